package deadline

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// findYear is the year written, or the one that fits.
func (c *circular) findYear() (int, error) {
	if c.year != 0 {
		if c.year < chinaFirst || c.year > chinaLast {
			return 0, &ArrangementError{Problem: fmt.Sprintf("the year %d is outside the calendar", c.year), Code: "DL-111"}
		}
		return c.year, nil
	}
	for _, s := range c.statements {
		for _, sp := range slices.Concat(s.spans, s.to) {
			for _, m := range []mention{sp.a, sp.b} {
				if m.year > 0 && m.month > 0 && m.month < 12 && m.year >= chinaFirst && m.year <= chinaLast {
					c.year = m.year
					return m.year, nil
				}
			}
		}
	}
	var fit []int
	for y := chinaFirst; y <= chinaLast; y++ {
		if c.plausible(y) && len(c.resolve(y).errs) == 0 {
			fit = append(fit, y)
		}
	}
	if len(fit) > 1 { // the balance of art. 6 decides
		fit = slices.DeleteFunc(fit, func(y int) bool { return !c.resolve(y).balanced() })
	}
	switch len(fit) {
	case 0:
		return 0, joinErrors(append([]error{&ArrangementError{Problem: "the year is not written, and the weekdays and festivals fit no year", Code: "DL-129"}}, c.nearest()...))
	case 1:
		return fit[0], nil
	}
	return 0, &ArrangementError{Problem: fmt.Sprintf("the year is not written, and the days fit %d years: %s", len(fit), strings.Trim(fmt.Sprint(fit), "[]")), Code: "DL-129"}
}

// nearest is what is wrong with the text in the one year in which the least is
// wrong: most likely the mistake. Nothing when several years tie.
func (c *circular) nearest() []error {
	var best []error
	least, tie := 0, false
	for y := chinaFirst; y <= chinaLast; y++ {
		r := c.resolve(y)
		wrong := len(r.errs)
		for d := range r.law { // whatever else is wrong, the festivals tell the year
			if _, off := r.off[d]; !off {
				wrong++
			}
		}
		switch {
		case best == nil || wrong < least:
			best, least, tie = r.errs, wrong, false
		case wrong == least:
			tie = true
		}
	}
	if tie || len(best) > 5 {
		return nil
	}
	return best
}

// plausible looks at the weekdays that stand beside a month, and nothing else.
func (c *circular) plausible(year int) bool {
	for _, s := range c.statements {
		for _, sp := range s.spans {
			if m := sp.a; m.weekday >= 0 && m.month > 0 && m.month < 12 && (m.year == 0 || m.year == year) {
				if NewDate(year, time.Month(m.month), m.day).Weekday() != time.Weekday(m.weekday) {
					return false
				}
			}
		}
	}
	return true
}

// balanced: weekdays off less make-up days are the statutory days that fall on
// a weekend or on one another, over the whole year (art. 6).
func (r *resolved) balanced() bool {
	n := -len(r.work)
	for d := range r.off {
		if r.law[d] == "" && !restDay(d) {
			n++
		}
	}
	for d, name := range r.law {
		if restDay(d) {
			n--
		}
		if strings.Contains(name, "、") {
			n--
		}
	}
	return n == 0
}
