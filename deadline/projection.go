package deadline

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sort"
	"time"
)

// Assumption names what an answer about days without a notice rests on. Its
// values are stored and sent: they do not change.
type Assumption string

// The assumptions of a bound. In a back-test over 2008–2026 (n = 20) the true
// day lay inside the bound for all but 37 of 6,940 starts; all of these belong to the
// one-off acts of 2015 and 2020.
const (
	// AssumeLaw: 全国年节及纪念日放假办法 stays as it is. It was changed late in
	// 2007, 2013 and 2024, weeks before the year to which it applied.
	AssumeLaw Assumption = "law-unchanged"
	// AssumeNoOneOff: no act gives or takes days outside the festivals, as on
	// 2015-09-03 and 2020-01-27.
	AssumeNoOneOff Assumption = "no-one-off-act"
	// AssumeReach: days in lieu and make-up days lie no further from a festival,
	// and are no more, than in any notice for 2008–2026, plus two.
	AssumeReach Assumption = "reach-of-past-notices-plus-two-days"
)

// ErrAssumption is wrapped when a text names no Assumption.
var ErrAssumption = errors.New("deadline: not an assumption")

var assumptions = []struct {
	a                Assumption
	chinese, english string
}{
	{AssumeLaw, "《全国年节及纪念日放假办法》不修改", "the law on public holidays is not changed"},
	{AssumeNoOneOff, "没有另行增加或者延长假期的决定", "no one-off act adds or prolongs a holiday"},
	{AssumeReach, "放假调休的范围不超过2008年至2026年历次通知再各加两天", "days in lieu reach no further than in the notices for 2008–2026 plus two days"},
}

// Chinese says the assumption in a sentence; "" for an unknown value.
func (a Assumption) Chinese() string {
	for _, x := range assumptions {
		if x.a == a {
			return x.chinese
		}
	}
	return ""
}

// English says the assumption in a sentence; "" for an unknown value.
func (a Assumption) English() string {
	for _, x := range assumptions {
		if x.a == a {
			return x.english
		}
	}
	return ""
}

// UnmarshalText takes the known values only.
func (a *Assumption) UnmarshalText(b []byte) error {
	if Assumption(b).Chinese() == "" {
		return fmt.Errorf("%w: %q", ErrAssumption, clip(string(b)))
	}
	*a = Assumption(b)
	return nil
}

// slack is added to every reach and every budget of the past.
const slack = 2

// habit is what the notices for 2008–2026 did around one festival: how many
// days before its first and after its last statutory day a weekday was off or a
// day of rest was worked, and how many of them at most.
type habit struct {
	festivals           []string // 中秋节 and 国庆节 are arranged together
	offBefore, offAfter int
	mkBefore, mkAfter   int
	mostOff, mostMakeup int
}

var habits = []habit{
	{[]string{"元旦"}, 1, 2, 3, 5, 2, 2},
	{[]string{"春节"}, 1, 4, 6, 9, 4, 2},
	{[]string{"清明节"}, 2, 2, 4, 3, 2, 2},
	{[]string{"劳动节"}, 2, 4, 8, 10, 3, 2},
	{[]string{"端午节"}, 2, 2, 4, 3, 2, 2},
	{[]string{"中秋节", "国庆节"}, 2, 5, 5, 9, 6, 4},
}

// reach is the days around one festival of a year without a notice whose status
// is open. All days lie in [lo, hi]; the masks count from lo. No reach is wider
// than 64 days and no two overlap: 1 January, the earliest and latest Spring
// Festival, 5 April, 1 May, Dragon Boat and Mid-Autumn lie far enough apart.
type reach struct {
	lo, hi   int32
	off, mk  uint64 // weekdays that may be off, days of rest that may be worked
	owed     int32  // weekdays off minus make-up days, art. 6
	mostOff  int32
	mostMake int32
	before   int32 // sum of owed over the reaches before this one
}

// reaches lists the open days of every year without a notice, ascending.
func (c *Calendar) reaches() {
	t := c.table
	t.open = nil
	if !t.china {
		return
	}
	known := make([]uint64, len(t.work.words)) // days that the law or an act names
	for _, m := range t.marks {
		if m.flag.has(listed | official) {
			known[m.i>>6] |= 1 << (m.i & 63)
		}
	}
	t.open = make([]reach, 0, (chinaLast-chinaKnown)*len(habits)+1)
	sum := int32(0)
	fs := make([]festival, 0, 8)
	for y := c.first.Year(); y <= c.last().Year()+1; y++ {
		if t.years[y] {
			continue
		}
		fs = fs[:0]
		if y <= chinaLast {
			fs = festivals(fs, y)
		} else {
			fs = append(fs, festival{"元旦", NewDate(y, time.January, 1), 1})
		}
		for k := range habits {
			if r, ok := c.reach(&habits[k], fs, known); ok {
				r.before = sum
				sum += r.owed
				t.open = append(t.open, r)
			}
		}
	}
}

func (c *Calendar) reach(h *habit, fs []festival, known []uint64) (reach, bool) {
	r := reach{mostOff: int32(h.mostOff + slack), mostMake: int32(h.mostMakeup + slack)}
	blocks := make([][2]int32, 0, 2) // first and last statutory day
	for _, f := range fs {
		if slices.Contains(h.festivals, f.name) {
			blocks = append(blocks, [2]int32{f.first.n - c.first.n, f.last().n - c.first.n})
		}
	}
	if len(blocks) == 0 {
		return r, false
	}
	first, last := blocks[0][0], blocks[0][1]
	for k, b := range blocks {
		first, last = min(first, b[0]), max(last, b[1])
		for i := b[0]; i <= b[1]; i++ {
			if !c.week[c.date(i).Weekday()] || k > 0 && blocks[0][0] <= i && i <= blocks[0][1] {
				r.owed++
			}
		}
	}
	widest := int32(max(h.offBefore, h.offAfter, h.mkBefore, h.mkAfter) + slack)
	r.lo, r.hi = first-widest, last+widest // a day that is outside the table is open
	for i := r.lo; i <= r.hi; i++ {
		if i < 0 || i < c.size && known[i>>6]>>(i&63)&1 != 0 {
			continue
		}
		works := c.week[c.date(i).Weekday()]
		for _, b := range blocks {
			before, after := int(b[0]-i), int(i-b[1])
			switch {
			case before <= 0 && after <= 0: // the day itself, beyond the table
			case works && before <= h.offBefore+slack && after <= h.offAfter+slack:
				r.off |= 1 << (i - r.lo)
			case !works && before <= h.mkBefore+slack && after <= h.mkAfter+slack:
				r.mk |= 1 << (i - r.lo)
			}
		}
	}
	all := r.off | r.mk
	if all == 0 || r.lo >= c.size {
		return r, false
	}
	r.hi = r.lo + 63 - int32(bits.LeadingZeros64(all))
	low := bits.TrailingZeros64(all)
	r.lo, r.off, r.mk = r.lo+int32(low), r.off>>low, r.mk>>low
	return r, r.lo < c.size
}

// count gives the least and the most that the reach adds to the plain count of
// the interval (lo, hi]: nothing where it lies outside; the exact balance where
// it lies wholly inside; else as many days off or worked as the habit allows.
func (r reach) count(lo, hi int32) (least, most int32) {
	a, b := max(lo+1, r.lo)-r.lo, min(hi, r.hi)-r.lo
	if a > b {
		return 0, 0
	}
	seen := (^uint64(0) << a) & (^uint64(0) >> (63 - b))
	if all := r.off | r.mk; seen&all == all {
		return -r.owed, -r.owed
	}
	return -min(r.mostOff, int32(bits.OnesCount64(r.off&seen))), min(r.mostMake, int32(bits.OnesCount64(r.mk&seen)))
}

// counts gives the least and the most working days in (lo, hi].
func (c *Calendar) counts(lo, hi int32) (least, most int32) {
	plain := c.plain.rank(hi) - c.plain.rank(lo)
	least, most = plain, plain
	l := sort.Search(len(c.open), func(k int) bool { return c.open[k].hi > lo })
	r := sort.Search(len(c.open), func(k int) bool { return c.open[k].lo > hi }) - 1
	for k := l; k <= r; k++ {
		if k == l+1 && r > k { // those between the ends lie wholly inside
			owed := c.open[r].before - c.open[k].before
			least, most = least-owed, most-owed
			k = r
		}
		a, b := c.open[k].count(lo, hi)
		least, most = least+a, most+b
	}
	return least, most
}

// forward bounds the n-th working day with an index above i, n ≥ 1, around the
// projected one.
func (c *Calendar) forward(i, p int32, n int32) (earliest, latest int32, ok bool) {
	earliest, latest = p, p
	for earliest > i+1 {
		if _, most := c.counts(i, earliest-1); most < n {
			break
		}
		earliest--
	}
	for ; latest < c.size; latest++ {
		if least, _ := c.counts(i, latest); least >= n {
			return earliest, latest, true
		}
	}
	return 0, 0, false
}

// backward is forward for the n-th working day with an index below i.
func (c *Calendar) backward(i, p int32, n int32) (earliest, latest int32, ok bool) {
	earliest, latest = p, p
	for latest < i-1 {
		if _, most := c.counts(latest, i-1); most < n {
			break
		}
		latest++
	}
	for ; earliest >= 0; earliest-- {
		if least, _ := c.counts(earliest-1, i-1); least >= n {
			return earliest, latest, true
		}
	}
	return 0, 0, false
}

// Bound gives the earliest and the latest day on which AddWorkdays(from, n) can
// fall. Where it rests on settled days only both are that day and nothing is
// assumed. Else statutory days are certain; days off and make-up days around a
// festival are open as far as the notices ever reached, plus two days; a festival
// whose reach lies wholly inside counts with its exact balance. Both ends may
// agree although days are open: then the day is exact if the assumptions hold.
// It answers alike on the strict and on the projected calendar; ErrOutOfRange
// where the result, or the latest one, lies outside the table.
func (c *Calendar) Bound(from Date, n int) (earliest, latest Date, assumed []Assumption, err error) {
	if _, ok := c.index(from); !ok {
		return Date{}, Date{}, nil, c.outside(from)
	}
	if n == 0 {
		return from, from, nil, nil
	}
	return c.bound(from.n-c.first.n, n)
}

// BoundOnOrAfter gives the earliest and the latest day that OnOrAfter(d) can be.
func (c *Calendar) BoundOnOrAfter(d Date) (earliest, latest Date, assumed []Assumption, err error) {
	if _, ok := c.index(d); !ok {
		return Date{}, Date{}, nil, c.outside(d)
	}
	return c.bound(d.n-c.first.n-1, 1)
}

// BoundOnOrBefore gives the earliest and the latest day that OnOrBefore(d) can be.
func (c *Calendar) BoundOnOrBefore(d Date) (earliest, latest Date, assumed []Assumption, err error) {
	if _, ok := c.index(d); !ok {
		return Date{}, Date{}, nil, c.outside(d)
	}
	return c.bound(d.n-c.first.n+1, -1)
}

// bound takes an index from -1 to size.
func (c *Calendar) bound(i int32, n int) (earliest, latest Date, assumed []Assumption, err error) {
	var k int
	if n > 0 {
		k = int(c.work.rank(i)) + n - 1
	} else {
		k = int(c.work.rank(i-1)) + n
	}
	if n > len(c.nth) || uint(k) >= uint(len(c.nth)) {
		return Date{}, Date{}, nil, c.outside(Date{})
	}
	p := int32(c.nth[k])
	lo, hi := min(p, i+1), max(p, i-1)
	if !c.gapIn(lo, hi) {
		return c.date(p), c.date(p), nil, nil
	}
	var e, l int32
	var ok bool
	if n > 0 {
		e, l, ok = c.forward(i, p, int32(n))
	} else {
		e, l, ok = c.backward(i, p, int32(-n))
	}
	if !ok {
		return Date{}, Date{}, nil, c.outside(Date{})
	}
	return c.date(e), c.date(l), []Assumption{AssumeLaw, AssumeNoOneOff, AssumeReach}, nil
}

// CountBound gives the least and the most that WorkdaysBetween(a, b) can be;
// like it, it is negative when b is before a.
func (c *Calendar) CountBound(a, b Date) (least, most int, assumed []Assumption, err error) {
	i, ok := c.index(a)
	if !ok {
		return 0, 0, nil, c.outside(a)
	}
	j, ok := c.index(b)
	if !ok {
		return 0, 0, nil, c.outside(b)
	}
	lo, hi := min(i, j), max(i, j)
	if lo == hi || !c.gapIn(lo+1, hi) {
		n := int(c.work.rank(j) - c.work.rank(i))
		return n, n, nil, nil
	}
	x, y := c.counts(lo, hi)
	least, most = max(0, int(x)), min(int(hi-lo), int(y))
	if j < i {
		least, most = -most, -least
	}
	return least, most, []Assumption{AssumeLaw, AssumeNoOneOff, AssumeReach}, nil
}

// Awaits lists the years whose notices would settle the days from a to b, both
// inside, ascending; none when all are settled or outside the table.
func (c *Calendar) Awaits(a, b Date) []int {
	var years []int
	if c.size == 0 {
		return years
	}
	for _, g := range c.gaps {
		if c.date(g.lo).After(b) || c.date(g.hi).Before(a) || slices.Contains(years, int(g.notice)) {
			continue
		}
		years = append(years, int(g.notice))
	}
	return years
}

func (c *Calendar) gapIn(lo, hi int32) bool {
	if hi < c.sure {
		return false
	}
	for _, g := range c.gaps {
		if g.lo <= hi && lo <= g.hi {
			return true
		}
	}
	return false
}
