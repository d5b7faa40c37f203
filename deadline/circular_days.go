package deadline

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ParseArrangement reads a notice of the State Council on the holidays of a
// year (国务院办公厅关于…年部分节假日安排的通知), as published or as provinces and
// papers reprint it, and the acts that change one (调整, 延长, a one-off day). Half
// and full width, either script and the readings of converters are folded.
//
// Every weekday, every 「共N天」, every lunar day that the text names is checked;
// a festival of the law that the text names must be off on its statutory days; a
// make-up day must be a day of rest. Where the year is not written it is the one
// year of 2004–2100 that all of this fits. A sentence that holds a day and is not
// understood is refused, and so is the text: the error names line and sentence,
// and all problems at once. Days are listed as the notice lists them, ascending:
// the weekends inside its ranges too, but not a weekend that it only alludes to
// (与周末连休). A text is at most 256 KiB.
func ParseArrangement(text string) (Arrangement, error) {
	if len(text) > maxCircular {
		return Arrangement{}, &ArrangementError{Problem: fmt.Sprintf("the text is longer than %d bytes", maxCircular), Code: "DL-110"}
	}
	c, errs := readCircular(text)
	if len(c.statements) > 400 {
		errs = append(errs, &ArrangementError{Problem: "the text arranges more than a year can hold", Code: "DL-110"})
	}
	if len(errs) == 0 && len(c.statements) == 0 {
		errs = append(errs, &ArrangementError{Problem: "no day is arranged", Code: "DL-130"})
	}
	if len(errs) > 0 {
		return Arrangement{}, joinErrors(errs)
	}
	year, err := c.findYear()
	if err != nil {
		return Arrangement{}, err
	}
	r := c.resolve(year)
	if len(r.errs) > 0 {
		return Arrangement{}, joinErrors(r.errs)
	}
	a := Arrangement{Year: year, Days: r.days(), Amends: c.amends, Own: c.own, Source: Source{Title: c.title, Number: c.number}}
	switch {
	case !r.lawful: // no day of a national festival: a one-off act, or a local one
		a.Amends, a.Own = true, true
	case r.local(): // a local notice that repeats the national days
		a.Own = true
	}
	return a, nil
}

const maxCircular = 1 << 18

// local reports an item whose days off hold no day of a national festival, in a
// text that no title makes the State Council's.
func (r *resolved) local() bool {
	if strings.HasPrefix(r.c.title, "国务院") {
		return false
	}
	lawful := map[int]bool{}
	for d, item := range r.off {
		lawful[item] = lawful[item] || r.law[d] != ""
	}
	for item, yes := range lawful {
		if !yes && r.named[item] != "" {
			return true
		}
	}
	return false
}

// resolved is a circular read for one year.
type resolved struct {
	c      *circular
	year   int
	off    map[Date]int // the item that gives the day off
	work   map[Date]int
	named  map[int]string  // festival by item, as headed
	ranges map[int][2]Date // first range off by item
	last   Date            // the day resolved last
	law    map[Date]string // statutory days of the year
	errs   []error
	lawful bool
}

func (c *circular) resolve(year int) *resolved {
	r := &resolved{c: c, year: year, off: map[Date]int{}, work: map[Date]int{}, named: map[int]string{}, ranges: map[int][2]Date{}, law: map[Date]string{}}
	for _, f := range festivals(nil, year) {
		for d := f.first; !d.After(f.last()); d = d.AddDays(1) {
			if was := r.law[d]; was != "" {
				r.law[d] = "中秋节、国庆节"
				continue
			}
			r.law[d] = f.name
		}
	}
	type late struct {
		s        *statement
		from, to []Date
	}
	var later []late
	for k := range c.statements {
		s := &c.statements[k]
		if s.festival != "" {
			r.named[s.item] = s.festival
		}
		if s.what == isExtend {
			r.extend(s)
			continue
		}
		days := r.dates(s, s.spans)
		if _, ranged := r.ranges[s.item]; s.what == isOff || s.what == isLawful && !ranged {
			r.give(s, days) // 4月15日为法定假日, where nothing before gave it off
			continue
		}
		later = append(later, late{s, days, r.dates(s, s.to)})
	}
	for _, l := range later {
		switch l.s.what {
		case isWork:
			r.makeUp(l.s, l.from)
		case isShift:
			r.shift(l.s, l.from, l.to)
		case isSwap:
			r.swap(l.s, l.from)
		case isLawful, isRest:
			for _, d := range l.from {
				if _, ok := r.off[d]; !ok {
					r.refuse(l.s, d, "the day is called a holiday and lies in no range off", "DL-125")
				}
			}
		}
	}
	r.check()
	return r
}

func (r *resolved) refuse(s *statement, d Date, problem, code string) {
	e := &ArrangementError{Day: d, Problem: problem, Code: code}
	if s != nil {
		e.Line, e.Text = s.line, s.text
	}
	r.errs = append(r.errs, e)
}

// dates turns the spans of a statement into days.
func (r *resolved) dates(s *statement, spans []span) []Date {
	var days []Date
	var before Date // the day named before in this list
	for _, sp := range spans {
		a := r.date(s, sp.a, before)
		if a.IsZero() {
			return days
		}
		before = a
		if sp.b.day == 0 {
			days = append(days, a)
			continue
		}
		b := r.date(s, sp.b, a)
		if b.IsZero() {
			return days
		}
		if b.Before(a) || b.Sub(a) > 60 {
			r.refuse(s, b, "the range ends before it begins, or is longer than two months", "DL-122")
			return days
		}
		before = b
		for d := a; !d.After(b); d = d.AddDays(1) {
			days = append(days, d)
		}
	}
	return days
}

// date fills in what the text leaves out. A day without a month takes that of
// the day before it in the list, else the month in which the item's range
// begins or ends, else the month named last, whichever has the weekday.
// December belongs to the year before, as days of 元旦: no other holiday of the
// State Council lies in it.
func (r *resolved) date(s *statement, m mention, before Date) Date {
	var tries []Date
	in := func(y int, month time.Month) { tries = append(tries, NewDate(y, month, m.day)) }
	switch {
	case m.month > 0:
		y := m.year
		if y == 0 {
			y = r.year
			if newYear := s.festival == "" || strings.Contains(s.festival, "元旦"); newYear && m.month == 12 && !(before.Year() == y && before.Month() == 12) {
				y--
			}
		}
		in(y, time.Month(m.month))
	case !before.IsZero():
		in(before.Year(), before.Month())
	default:
		if w, ok := r.ranges[s.item]; ok {
			in(w[0].Year(), w[0].Month())
			in(w[1].Year(), w[1].Month())
		}
		if !r.last.IsZero() {
			in(r.last.Year(), r.last.Month())
		}
	}
	pick, inside := Date{}, false
	for _, d := range tries {
		if d.IsZero() || m.weekday >= 0 && d.Weekday() != time.Weekday(m.weekday) {
			continue
		}
		w, ok := r.ranges[s.item]
		is := ok && !d.Before(w[0]) && !d.After(w[1])
		if pick.IsZero() || is && !inside && (s.what == isLawful || s.what == isRest) {
			pick, inside = d, is
		}
	}
	if pick.IsZero() {
		for _, d := range tries {
			if !d.IsZero() {
				r.refuse(s, d, fmt.Sprintf("the weekday is wrong: the day is a %s, not a %s", d.Weekday(), time.Weekday(m.weekday)), "DL-121")
				return Date{}
			}
		}
		r.refuse(s, Date{}, fmt.Sprintf("there is no such day: month %d, day %d of %d", m.month, m.day, r.year), "DL-122")
		return Date{}
	}
	if y := pick.Year(); y != r.year && (y != r.year-1 || pick.Month() != time.December) {
		r.refuse(s, pick, fmt.Sprintf("the day does not belong to the notice for %d", r.year), "DL-114")
		return Date{}
	}
	if want := lunarOf(m.lunar, pick.Year()); !want.IsZero() && want != pick {
		r.refuse(s, pick, fmt.Sprintf("the lunar day is wrong: %s is %s", m.lunar, want), "DL-123")
	}
	r.last = pick
	return pick
}

// lunarOf is the day of a lunar day that the table knows.
func lunarOf(name string, year int) Date {
	if name == "" || year < chinaFirst || year > chinaLast {
		return Date{}
	}
	t := festivalDates()[year-chinaFirst]
	switch {
	case name == "除夕":
		return t[1]
	case name == "五月初五":
		return t[3]
	case name == "八月十五":
		return t[4]
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	k := slices.Index([]rune("一二三四五六七八九十"), last)
	if k < 0 {
		return Date{}
	}
	return t[0].AddDays(k)
}

// give marks days off, and checks 共N天 and 与周末连休.
func (r *resolved) give(s *statement, days []Date) {
	for _, d := range days {
		if was, ok := r.off[d]; ok && was != s.item && r.named[was] != r.named[s.item] {
			r.refuse(s, d, "the day is given off by two items", "DL-127")
		}
		if _, ok := r.off[d]; !ok {
			r.off[d] = s.item
		}
	}
	if len(days) == 0 {
		return
	}
	if _, ok := r.ranges[s.item]; !ok {
		r.ranges[s.item] = [2]Date{days[0], days[len(days)-1]}
	}
	first, last := slices.MinFunc(days, Date.Compare), slices.MaxFunc(days, Date.Compare)
	if s.joined {
		if first == last && first.Weekday() != time.Monday && first.Weekday() != time.Friday && !restDay(first) {
			r.refuse(s, first, fmt.Sprintf("a %s does not join a weekend", first.Weekday()), "DL-124")
		}
		for restDay(first.AddDays(-1)) {
			first = first.AddDays(-1)
		}
		for restDay(last.AddDays(1)) {
			last = last.AddDays(1)
		}
	}
	if s.days >= 0 && s.days != len(days) && !(s.joined && s.days == last.Sub(first)+1) && !r.wholeItem(s, len(days)) {
		r.refuse(s, Date{}, fmt.Sprintf("the count is wrong: %d days are named, not %d", len(days), s.days), "DL-124")
	}
}

// wholeItem: 「4月5日放假，4月7日补休，共3天」 counts the whole stretch of rest.
func (r *resolved) wholeItem(s *statement, own int) bool {
	var first, last Date
	n := 0
	for d, item := range r.off {
		if item != s.item {
			continue
		}
		n++
		if first.IsZero() || d.Before(first) {
			first = d
		}
		if d.After(last) {
			last = d
		}
	}
	if n <= own {
		return false
	}
	for d := first; d.Before(last); d = d.AddDays(1) {
		if _, ok := r.off[d]; !ok && !restDay(d) {
			return false
		}
	}
	return s.days == last.Sub(first)+1 || s.days == n
}

func restDay(d Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// makeUp marks days worked. 「2月3日（星期一）起正常上班」 says nothing about a
// weekday that is worked anyhow.
func (r *resolved) makeUp(s *statement, days []Date) {
	for k, d := range days {
		if !restDay(d) {
			_, off := r.off[d]
			onward := k < len(s.spans) && s.spans[k].a.onward || strings.Contains(s.text, "正常") || strings.Contains(s.text, "恢复") || strings.Contains(s.text, "正式") || strings.Contains(s.text, "开始") || strings.Contains(s.text, "起")
			if off || !onward {
				r.refuse(s, d, fmt.Sprintf("a %s cannot be a make-up day", d.Weekday()), "DL-126")
			}
			continue
		}
		r.toil(s, d)
	}
}

func (r *resolved) toil(s *statement, d Date) {
	if _, off := r.off[d]; off {
		r.refuse(s, d, "the day is named both off and worked", "DL-116")
		return
	}
	r.work[d] = s.item
}

// shift: a day of rest that is moved and lies in no range off is worked, with
// or without 上班; the day to which it moves is off.
func (r *resolved) shift(s *statement, from, to []Date) {
	if s.rests >= 0 && s.rests != len(from) {
		r.refuse(s, Date{}, fmt.Sprintf("the count is wrong: %d days of rest are named, not %d", len(from), s.rests), "DL-124")
	}
	for _, d := range to {
		if _, off := r.off[d]; !off {
			r.off[d] = s.item
		}
		if restDay(d) {
			r.refuse(s, d, "a day of rest is moved to a day of rest", "DL-126")
		}
	}
	for _, d := range from {
		if _, off := r.off[d]; off {
			continue
		}
		if !restDay(d) {
			r.refuse(s, d, fmt.Sprintf("a %s is no day of rest that could be moved", d.Weekday()), "DL-126")
			continue
		}
		r.work[d] = s.item
	}
}

// swap: of two days that change places the weekday is off.
func (r *resolved) swap(s *statement, days []Date) {
	for _, d := range days {
		if restDay(d) {
			r.toil(s, d)
		} else if _, off := r.off[d]; !off {
			r.off[d] = s.item
		}
	}
}

// extend: 延长2020年春节假期至2月2日 gives the days after the holiday as it was
// arranged, or, where that is not known, after the festival.
func (r *resolved) extend(s *statement) {
	days := r.dates(s, s.spans)
	if len(days) != 1 {
		r.refuse(s, Date{}, "not understood: one last day is wanted", "DL-120")
		return
	}
	end := days[0]
	var after Date
	for d, name := range r.law {
		if strings.Contains(s.text, name) && d.Before(end) && d.After(after) {
			after = d
		}
	}
	r.named[s.item] = r.law[after]
	if after.IsZero() {
		r.refuse(s, end, "not understood: which holiday is prolonged", "DL-120")
		return
	}
	if r.year <= chinaKnown {
		for _, d := range listedRun(r.year, after) {
			after = d
		}
	}
	if !after.Before(end) {
		r.refuse(s, end, "the holiday lasts longer than that already", "DL-125")
		return
	}
	for d := after.AddDays(1); !d.After(end); d = d.AddDays(1) {
		r.off[d] = s.item
	}
	r.ranges[s.item] = [2]Date{after.AddDays(1), end}
	if s.days >= 0 && s.days != end.Sub(after) {
		r.refuse(s, end, fmt.Sprintf("the count is wrong: %d days are added, not %d", end.Sub(after), s.days), "DL-124")
	}
}

// listedRun is the days off that the yearly notice of a built-in year lists
// right behind d.
func listedRun(year int, d Date) []Date {
	c := China()
	var run []Date
	for next := d.AddDays(1); ; next = next.AddDays(1) {
		yearly := false
		for _, g := range c.given {
			if g.date == next && g.off && !g.own {
				yearly = true
			}
		}
		if !yearly || next.Year() != year {
			return run
		}
		run = append(run, next)
	}
}

// check looks at what only the whole shows.
func (r *resolved) check() {
	if len(r.off)+len(r.work) == 0 && len(r.errs) == 0 {
		r.refuse(nil, Date{}, "no day is arranged", "DL-130")
	}
	heads := ""
	for _, name := range r.named {
		heads += name + "、"
	}
	for d, name := range r.law {
		_, off := r.off[d]
		if off {
			r.lawful = true
		}
		if _, work := r.work[d]; work {
			r.refuse(nil, d, "a statutory holiday cannot be a working day", "DL-118")
		}
		if off || r.c.amends || len(r.errs) > 0 { // what was refused may be the reason
			continue
		}
		if r.c.year == 0 && len(r.ranges) > 3 || named(heads, name) {
			r.refuse(nil, d, "the statutory day of "+name+" is not off", "DL-128")
		}
	}
}

func named(heads, name string) bool {
	for one := range strings.SplitSeq(name, "、") {
		if strings.Contains(heads, one+"、") {
			return true
		}
	}
	return false
}

// days lists the arrangement, ascending.
func (r *resolved) days() []ArrangedDay {
	var out []ArrangedDay
	names := map[int]string{}
	for _, d := range slices.SortedFunc(maps.Keys(r.off), Date.Compare) {
		out = append(out, ArrangedDay{Date: d, Off: true})
		item := r.off[d]
		if name := r.law[d]; name != "" && !strings.Contains(names[item], name) {
			names[item] = strings.TrimPrefix(names[item]+"、"+name, "、")
		}
	}
	for d := range r.work {
		out = append(out, ArrangedDay{Date: d})
	}
	slices.SortFunc(out, func(a, b ArrangedDay) int { return a.Date.Compare(b.Date) })
	for k := range out {
		item, ok := r.off[out[k].Date]
		if !ok {
			item = r.work[out[k].Date]
		}
		switch {
		case r.named[item] != "":
			out[k].Festival = r.named[item]
		case names[item] != "":
			out[k].Festival = names[item]
		default:
			out[k].Festival = r.c.memorial
		}
	}
	return out
}
