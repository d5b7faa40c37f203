package deadline

import (
	"errors"
	"fmt"
	"time"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// ErrArrangement is wrapped by every refusal of ParseArrangement,
// ReadHolidayCN, With and NewCalendar. The details are *ArrangementError.
var ErrArrangement = errors.New("deadline: arrangement refused")

// ArrangementError is one thing that is wrong with an arrangement.
type ArrangementError struct {
	Line    int    // of the text, from 1; 0 when there is no text
	Text    string // the sentence, as given
	Day     Date   // the day in question, if one
	Problem string
	Code    string // DL-110 to DL-130, by the kind of problem
}

// Error names the line, the day and the sentence.
func (e *ArrangementError) Error() string {
	s := "deadline: arrangement: " + e.Problem
	if e.Line > 0 {
		s += fmt.Sprintf(": line %d", e.Line)
	}
	if !e.Day.IsZero() {
		s += ": " + e.Day.String()
	}
	if e.Text != "" {
		s += fmt.Sprintf(": 「%s」", clip(e.Text))
	}
	return s
}

// Unwrap gives ErrArrangement.
func (e *ArrangementError) Unwrap() error { return ErrArrangement }

// Source is the act by which days are off or worked.
type Source struct {
	Title    string       `json:"title,omitempty"`    // 国务院办公厅关于2026年部分节假日安排的通知
	Number   string       `json:"number,omitempty"`   // 国办发明电〔2025〕7号, where it is known
	URL      string       `json:"url,omitempty"`      // where it was published
	Citation law.Citation `json:"citation,omitzero"`  // the provision it rests on
	Verified bool         `json:"verified,omitempty"` // the text itself was read
	Note     string       `json:"note,omitempty"`     // in Chinese: what is doubtful
}

// IsZero reports that no act is named.
func (s Source) IsZero() bool { return s == Source{} }

// Arrangement is the days that one act names: the yearly notice of the State
// Council (国务院办公厅关于…年部分节假日安排的通知), an act that changes it, a
// regional holiday, an agency's own day. It is a plain value; With takes it.
type Arrangement struct {
	// Year is the year whose days the act arranges. A yearly notice may also
	// name days of the December before.
	Year int           `json:"year"`
	Days []ArrangedDay `json:"days"`
	// Amends: the act says that it changes an earlier one, so that it may
	// contradict what is there. It does not settle a year.
	Amends bool `json:"amends,omitempty"`
	// Own: the act adds days of its own to what the law and the yearly notice
	// give: a one-off act, a regional holiday, an agency's own day. It does not
	// settle a year.
	Own    bool   `json:"own,omitempty"`
	Source Source `json:"source,omitzero"`
}

// ArrangedDay is one day that an act names: off, or worked.
type ArrangedDay struct {
	Date     Date   `json:"date"`
	Off      bool   `json:"off"`
	Festival string `json:"festival,omitempty"`
}

// With returns a calendar to which the arrangements are added in their order.
// A yearly notice settles its year up to 30 November, and the December before.
// Refused, all at once: a second notice for a year, a day of another year, a
// day named twice in two ways, a day that contradicts an earlier act when the
// later one does not say that it amends, a working day on a statutory holiday.
func (c *Calendar) With(as ...Arrangement) (*Calendar, error) {
	if c.size == 0 {
		return nil, c.outside(Date{})
	}
	t := *c.table
	n := &Calendar{first: c.first, size: c.size, table: &t, projected: c.projected}
	t.given = append([]given(nil), t.given...)
	t.acts = append([]Source(nil), t.acts...)
	t.names = append([]string(nil), t.names...)
	t.years = make(map[int]bool, len(c.years)+len(as))
	for y := range c.years {
		t.years[y] = true
	}
	var errs []error
	for _, a := range as {
		add := make([]given, 0, len(a.Days))
		for _, d := range a.Days {
			add = append(add, given{d.Date, t.name(d.Festival), uint16(len(t.acts)), d.Off, a.Own})
		}
		if err := n.admit(a); err != nil {
			errs = append(errs, err)
			continue
		}
		old := t.given
		if a.Amends {
			old = nil
		}
		if err := n.contradictions(add, old); err != nil {
			errs = append(errs, err)
			continue
		}
		if t.china && !a.Amends && !a.Own {
			t.years[a.Year] = true
		}
		t.given = append(t.given, add...)
		t.acts = append(t.acts, a.Source)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	n.build()
	return n, nil
}

// admit looks at the year of an arrangement.
func (c *Calendar) admit(a Arrangement) error {
	yearly := c.china && !a.Amends && !a.Own
	first, last := c.Range()
	switch {
	case len(c.acts) >= 1<<16-1:
		return &ArrangementError{Problem: "too many arrangements", Code: "DL-110"}
	case yearly && (a.Year < first.Year() || a.Year > last.Year()):
		return &ArrangementError{Problem: fmt.Sprintf("the year %d is outside the calendar", a.Year), Code: "DL-111"}
	case yearly && c.years[a.Year]:
		return &ArrangementError{Problem: fmt.Sprintf("there is a notice for %d already", a.Year), Code: "DL-112"}
	case yearly && len(a.Days) == 0:
		return &ArrangementError{Problem: fmt.Sprintf("the notice for %d names no day", a.Year), Code: "DL-113"}
	}
	if !yearly {
		return nil
	}
	var errs []error
	for _, d := range a.Days {
		y, m, _ := d.Date.Civil()
		if y != a.Year && (y != a.Year-1 || m != time.December) {
			errs = append(errs, &ArrangementError{Day: d.Date, Problem: fmt.Sprintf("the day does not belong to the notice for %d", a.Year), Code: "DL-114"})
		}
	}
	return errors.Join(errs...)
}

// contradictions looks for days that are named in two ways.
func (c *Calendar) contradictions(add, old []given) error {
	var errs []error
	was := make(map[Date]bool, len(old)+len(add))
	for _, g := range old {
		was[g.date] = g.off
	}
	lawful := make(map[int32]bool)
	if c.china {
		for _, m := range c.statutory(nil) {
			lawful[m.i] = m.flag.has(official)
		}
	}
	own := make(map[Date]bool, len(add))
	for _, g := range add {
		d := g.date
		i, ok := c.index(d)
		if !ok {
			errs = append(errs, &ArrangementError{Day: d, Problem: "the day lies outside the calendar", Code: "DL-115"})
			continue
		}
		if off, dup := own[d]; dup && off != g.off {
			errs = append(errs, &ArrangementError{Day: d, Problem: "the day is named both off and worked", Code: "DL-116"})
			continue
		}
		own[d] = g.off
		if off, before := was[d]; before && off != g.off {
			errs = append(errs, &ArrangementError{Day: d, Problem: "the day contradicts an earlier act and the later one does not say that it amends", Code: "DL-117"})
		}
		if lawful[i] && !g.off {
			errs = append(errs, &ArrangementError{Day: d, Problem: "a statutory holiday cannot be a working day", Code: "DL-118"})
		}
	}
	return errors.Join(errs...)
}

// joinErrors is errors.Join that leaves a single error alone.
func joinErrors(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}
