package deadline

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxHolidayCN bounds what ReadHolidayCN takes in; a year is some 4 KiB.
const maxHolidayCN = 1 << 20

// ReadHolidayCN reads the JSON that the project NateScarlet/holiday-cn publishes
// for each year and many systems hold already:
//
//	{"year": 2026, "papers": ["https://…"], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}
//
// The file of a year is the final state of it: acts that changed the notice are
// in. Days are returned ascending; a worked day that is an ordinary weekday
// says nothing and is left out. An empty list of days is an error: the project
// keeps such a file for a year whose notice is not out. The input is at most
// 1 MiB.
func ReadHolidayCN(r io.Reader) (Arrangement, error) {
	refuse := func(d Date, problem, code string) error {
		return &ArrangementError{Day: d, Problem: problem, Code: code}
	}
	b, err := io.ReadAll(io.LimitReader(r, maxHolidayCN+1))
	if err != nil {
		return Arrangement{}, fmt.Errorf("deadline: holiday-cn: %w", err)
	}
	if len(b) > maxHolidayCN {
		return Arrangement{}, refuse(Date{}, "the file is longer than 1 MiB", "DL-110")
	}
	var f struct {
		Year   int      `json:"year"`
		Papers []string `json:"papers"`
		Days   []struct {
			Name string `json:"name"`
			Date string `json:"date"`
			Off  *bool  `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return Arrangement{}, fmt.Errorf("%w: holiday-cn: %w", ErrArrangement, err)
	}
	a := Arrangement{Year: f.Year, Source: Source{Title: "holiday-cn", URL: strings.Join(f.Papers, " ")}}
	var errs []error
	if f.Year < minYear || f.Year > maxYear {
		errs = append(errs, refuse(Date{}, fmt.Sprintf("the year %d is outside the calendar", f.Year), "DL-111"))
	}
	if len(f.Days) == 0 {
		errs = append(errs, refuse(Date{}, fmt.Sprintf("the file for %d names no day", f.Year), "DL-113"))
	}
	was := map[Date]bool{}
	for k, x := range f.Days {
		d, err := ParseDate(x.Date)
		switch {
		case err != nil:
			errs = append(errs, refuse(Date{}, fmt.Sprintf("entry %d has no day: %q", k+1, clip(x.Date)), "DL-122"))
			continue
		case x.Off == nil:
			errs = append(errs, refuse(d, fmt.Sprintf("entry %d does not say whether it is off", k+1), "DL-120"))
			continue
		case d.Year() != f.Year && !(d.Year() == f.Year-1 && d.Month() == 12):
			errs = append(errs, refuse(d, fmt.Sprintf("the day does not belong to %d", f.Year), "DL-114"))
			continue
		}
		if off, dup := was[d]; dup {
			if off != *x.Off {
				errs = append(errs, refuse(d, "the day is named both off and worked", "DL-116"))
			}
			continue
		}
		was[d] = *x.Off
		if !*x.Off && !restDay(d) {
			continue
		}
		a.Days = append(a.Days, ArrangedDay{d, *x.Off, x.Name})
	}
	if len(errs) > 0 {
		return Arrangement{}, joinErrors(errs)
	}
	slices.SortFunc(a.Days, func(x, y ArrangedDay) int { return x.Date.Compare(y.Date) })
	return a, nil
}
