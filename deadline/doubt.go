package deadline

import "fmt"

// Doubts says what is odd about a yearly notice although it contradicts nothing:
// a statutory day that it does not give off; a balance that art. 6 of
// 全国年节及纪念日放假办法 does not give (weekdays off less make-up days are the
// statutory days that fall on a weekend or on one another, true of every yearly
// notice 2004–2026); a day further from every festival than any notice for 2008–2026
// went, by more than two days. A notice that somebody made up has usually one of
// them; a real one of a year with a one-off act may. The details are
// *ArrangementError; nil for what is not a yearly notice.
func (a Arrangement) Doubts() []error {
	if a.Amends || a.Own || a.Year < chinaFirst || a.Year > chinaLast {
		return nil
	}
	listed := make(map[Date]bool, len(a.Days))
	for _, d := range a.Days {
		listed[d.Date] = d.Off
	}
	var errs []error
	lawful := map[Date]bool{}
	owed := 0
	fs := festivals(nil, a.Year)
	for _, f := range fs {
		for d := f.first; !d.After(f.last()); d = d.AddDays(1) {
			if restDay(d) || lawful[d] {
				owed++
			}
			lawful[d] = true
			if !listed[d] {
				errs = append(errs, &ArrangementError{Day: d, Problem: "the statutory day of " + f.name + " is not listed", Code: "DL-131"})
			}
		}
	}
	if a.Year >= 2008 { // December of the year may hold days off of the next
		fs = append(fs, festival{"元旦", NewDate(a.Year+1, 1, 1), 1})
	}
	given := 0
	for d, off := range listed {
		switch {
		case off && !restDay(d) && !lawful[d]:
			given++
		case !off && restDay(d):
			given--
		}
		if a.Year >= 2008 && (off && !restDay(d) && !lawful[d] || !off) && !habitual(d, off, fs) {
			errs = append(errs, &ArrangementError{Day: d, Problem: "the day lies further from every festival than in any notice before", Code: "DL-133"})
		}
	}
	if given != owed {
		errs = append(errs, &ArrangementError{Problem: fmt.Sprintf("%d weekdays are given off beyond the make-up days, and the law owes %d", given, owed), Code: "DL-132"})
	}
	return errs
}

// habitual reports that a day off, or worked, lies in the reach of a festival.
func habitual(d Date, off bool, fs []festival) bool {
	for _, f := range fs {
		for _, h := range habits {
			for _, name := range h.festivals {
				before, after := h.mkBefore, h.mkAfter
				if off {
					before, after = h.offBefore, h.offAfter
				}
				if name == f.name && f.first.Sub(d) <= before+slack && d.Sub(f.last()) <= after+slack {
					return true
				}
			}
		}
	}
	return false
}
