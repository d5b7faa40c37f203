package deadline

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed holidays/*.csv
var holidayFiles embed.FS

//go:embed festivals.csv
var festivalFile string

const (
	chinaFirst = 2004
	chinaKnown = 2026 // the last year with a built-in notice
	chinaLast  = 2100
)

// China is the working calendar of the mainland: every notice of the State
// Council for 2004 to 2026 with the acts that changed it, and the statutory days
// to 2100 by the law of the time. It is settled through 2026-11-30. It is built
// once, on the first call.
func China() *Calendar { return china() }

var china = sync.OnceValue(func() *Calendar {
	c, err := buildChina(chinaKnown)
	if err != nil {
		panic(err) // a broken built-in table; a test loads it
	}
	return c
})

// buildChina takes the notices up to that for the year known.
func buildChina(known int) (*Calendar, error) {
	first, last := NewDate(chinaFirst, time.January, 1), NewDate(chinaLast, time.December, 31)
	t := &table{china: true, years: map[int]bool{}, acts: []Source{statutorySource, substituteSource}}
	for w := time.Monday; w <= time.Friday; w++ {
		t.week[w] = true
	}
	for y := chinaFirst; y <= known; y++ {
		b, err := holidayFiles.ReadFile(fmt.Sprintf("holidays/%d.csv", y))
		if err != nil {
			return nil, err
		}
		if err := t.read(string(b)); err != nil {
			return nil, err
		}
		t.years[y] = true
	}
	c := &Calendar{first: first, size: int32(last.Sub(first)) + 1, table: t}
	c.build()
	return c, nil
}

// read takes one file of holidays: a line "# kind,title,number,url" for each
// act, then its days as "date,off|lieu|work,festival"; lieu is a day in lieu that
// a one-off act gives.
func (t *table) read(s string) error {
	own := false
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if head, ok := strings.CutPrefix(line, "# "); ok {
			f := strings.Split(head, ",")
			if len(f) != 4 {
				return fmt.Errorf("deadline: built-in notice: %q", line)
			}
			own = f[0] == "one-off"
			t.acts = append(t.acts, Source{Title: f[1], Number: f[2], URL: f[3], Verified: f[3] != ""})
			continue
		}
		f := strings.Split(line, ",")
		if len(f) != 3 || f[1] != "off" && f[1] != "lieu" && f[1] != "work" {
			return fmt.Errorf("deadline: built-in day: %q", line)
		}
		d, err := ParseDate(f[0])
		if err != nil {
			return err
		}
		t.given = append(t.given, given{ArrangedDay{d, f[1] != "work", f[2]}, uint16(len(t.acts) - 1), own && f[1] == "off"})
	}
	return nil
}

// holidayLaw is art. 2 of 全国年节及纪念日放假办法 in one of its versions: for
// each festival the days counted from its anchor.
type holidayLaw struct {
	since    int // the first year
	version  string
	festival []lawfulFestival
}

type lawfulFestival struct {
	name   string
	anchor string // MM-DD, or a column of festivals.csv
	days   []int  // days from the anchor
}

// The version of 1999 is from memory, the others from the texts.
var holidayLaws = []holidayLaw{
	{2004, "1999", []lawfulFestival{
		{"元旦", "01-01", []int{0}}, {"春节", "chunjie", []int{0, 1, 2}}, {"劳动节", "05-01", []int{0, 1, 2}},
		{"国庆节", "10-01", []int{0, 1, 2}},
	}},
	{2008, "2007", []lawfulFestival{
		{"元旦", "01-01", []int{0}}, {"春节", "chunjie", []int{-1, 0, 1}}, {"清明节", "qingming", []int{0}},
		{"劳动节", "05-01", []int{0}}, {"端午节", "duanwu", []int{0}}, {"中秋节", "zhongqiu", []int{0}}, {"国庆节", "10-01", []int{0, 1, 2}},
	}},
	{2014, "2013", []lawfulFestival{
		{"元旦", "01-01", []int{0}}, {"春节", "chunjie", []int{0, 1, 2}}, {"清明节", "qingming", []int{0}},
		{"劳动节", "05-01", []int{0}}, {"端午节", "duanwu", []int{0}}, {"中秋节", "zhongqiu", []int{0}}, {"国庆节", "10-01", []int{0, 1, 2}},
	}},
	{2025, "2024", []lawfulFestival{
		{"元旦", "01-01", []int{0}}, {"春节", "chunjie", []int{-1, 0, 1, 2}}, {"清明节", "qingming", []int{0}},
		{"劳动节", "05-01", []int{0, 1}}, {"端午节", "duanwu", []int{0}}, {"中秋节", "zhongqiu", []int{0}}, {"国庆节", "10-01", []int{0, 1, 2}},
	}},
}

// statutorySource and substituteSource are the first two acts of the calendar.
var (
	statutorySource  = Source{Title: "全国年节及纪念日放假办法", Verified: true}
	substituteSource = Source{Title: "全国年节及纪念日放假办法", Verified: true}
)

// festivalDates reads festivals.csv: by year the lunar and solar anchors in the
// order of its columns.
var festivalDates = sync.OnceValue(func() [chinaLast - chinaFirst + 1][5]Date {
	var t [chinaLast - chinaFirst + 1][5]Date
	for line := range strings.Lines(festivalFile) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) != 6 || !allDigits(f[0]) {
			continue
		}
		for k := range t[0] {
			t[number(f[0])-chinaFirst][k] = MustParseDate(f[k+1])
		}
	}
	return t
})

// anchors are the columns of festivals.csv after the year.
var anchors = []string{"chunjie", "chuxi", "qingming", "duanwu", "zhongqiu"}

// festival is one statutory festival of a year: its days off by law.
type festival struct {
	name string
	days []Date
}

// festivals lists the statutory festivals of a year by the law of that year, in
// the order of art. 2.
func festivals(year int) []festival {
	v := holidayLaws[0]
	for _, l := range holidayLaws {
		if year >= l.since {
			v = l
		}
	}
	fs := make([]festival, 0, len(v.festival))
	for _, f := range v.festival {
		var a Date
		if f.anchor[2] == '-' {
			a = NewDate(year, time.Month(number(f.anchor[:2])), number(f.anchor[3:]))
		} else {
			a = festivalDates()[year-chinaFirst][slices.Index(anchors, f.anchor)]
		}
		one := festival{name: f.name}
		for _, k := range f.days {
			one.days = append(one.days, a.AddDays(k))
		}
		fs = append(fs, one)
	}
	return fs
}

// statutory marks the statutory days of every year and, in a year without a
// notice, the days owed for those that fall on a weekend or on one another
// (art. 6: 应当在工作日补假), each on the next free weekday.
func (c *Calendar) statutory(off map[int32]mark) {
	t := c.table
	for y := c.first.Year(); y <= c.last().Year(); y++ {
		type owed struct {
			after Date
			name  uint16
		}
		var owe []owed
		for _, f := range festivals(y) {
			name := t.name(f.name)
			for _, d := range f.days {
				i, ok := c.index(d)
				if !ok {
					continue
				}
				was, both := off[i]
				switch {
				case both:
					was.name = t.name("中秋节、国庆节")
					off[i] = was
					owe = append(owe, owed{d, name})
				default:
					off[i] = mark{i: i, kind: DayStatutory, name: name, official: true}
				}
				if !both && !t.week[d.Weekday()] {
					owe = append(owe, owed{d, name})
				}
			}
		}
		if t.years[y] {
			continue
		}
		for _, o := range owe {
			for d := o.after.AddDays(1); ; d = d.AddDays(1) {
				i, ok := c.index(d)
				if !ok {
					break
				}
				if _, taken := off[i]; !taken && t.week[d.Weekday()] {
					off[i] = mark{i: i, kind: DayInLieu, name: o.name, act: 1}
					break
				}
			}
		}
	}
}
