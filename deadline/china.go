package deadline

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/opengongkai/gongkai/disclosure/law"
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

//go:generate go test -run ^(TestGeneratedTables|TestLimitsPage)$ . -update

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
	t := &table{china: true, years: map[int]bool{}, acts: make([]Source, 0, 32), given: make([]given, 0, 800)}
	t.acts = append(t.acts, statutorySource, substituteSource)
	for w := time.Monday; w <= time.Friday; w++ {
		t.week[w] = true
	}
	var file bytes.Buffer
	for y := chinaFirst; y <= known; y++ {
		f, err := holidayFiles.Open(fmt.Sprintf("holidays/%d.csv", y))
		if err != nil {
			return nil, err
		}
		file.Reset()
		if _, err := file.ReadFrom(f); err != nil {
			return nil, err
		}
		if err := t.read(file.Bytes()); err != nil {
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
func (t *table) read(file []byte) error {
	own := false
	for line := range bytes.Lines(file) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if head, ok := bytes.CutPrefix(line, []byte("# ")); ok {
			f := strings.Split(string(head), ",")
			if len(f) != 4 {
				return fmt.Errorf("deadline: built-in notice: %q", line)
			}
			own = f[0] == "one-off"
			t.acts = append(t.acts, Source{Title: f[1], Number: f[2], URL: f[3], Verified: f[3] != ""})
			continue
		}
		date, rest, _ := bytes.Cut(line, []byte(","))
		what, name, ok := bytes.Cut(rest, []byte(","))
		kind := string(what)
		if !ok || kind != "off" && kind != "lieu" && kind != "work" || len(date) != 10 {
			return fmt.Errorf("deadline: built-in day: %q", line)
		}
		two := func(k int) int { return int(date[k]-'0')*10 + int(date[k+1]-'0') }
		d := NewDate(two(0)*100+two(2), time.Month(two(5)), two(8))
		if d.IsZero() {
			return fmt.Errorf("deadline: built-in day: %q", line)
		}
		t.given = append(t.given, given{d, t.seen(name), uint16(len(t.acts) - 1), kind != "work", own && kind == "off"})
	}
	return nil
}

// seen is name without a new string for a name that is there.
func (t *table) seen(b []byte) uint16 {
	for i, s := range t.names {
		if s == string(b) {
			return uint16(i)
		}
	}
	return t.name(string(b))
}

// holidayLaw is art. 2 of 全国年节及纪念日放假办法 in one of its versions: the
// festivals in the order of the article.
type holidayLaw struct {
	since    int // the first year
	text     law.Instrument
	festival []lawfulFestival
}

// lawfulFestival is a run of days: days of them, from the anchor moved by shift.
type lawfulFestival struct {
	name   string
	anchor string // MM-DD, or a column of festivals.csv
	shift  int
	days   int
}

// The text of 1999 is from memory, the others were read.
var holidayLaws = []holidayLaw{
	{2004, law.HolidayRegulation1999, []lawfulFestival{
		{"元旦", "01-01", 0, 1}, {"春节", "chunjie", 0, 3}, {"劳动节", "05-01", 0, 3}, {"国庆节", "10-01", 0, 3},
	}},
	{2008, law.HolidayRegulation2007, []lawfulFestival{
		{"元旦", "01-01", 0, 1}, {"春节", "chunjie", -1, 3}, {"清明节", "qingming", 0, 1}, {"劳动节", "05-01", 0, 1},
		{"端午节", "duanwu", 0, 1}, {"中秋节", "zhongqiu", 0, 1}, {"国庆节", "10-01", 0, 3},
	}},
	{2014, law.HolidayRegulation2013, []lawfulFestival{
		{"元旦", "01-01", 0, 1}, {"春节", "chunjie", 0, 3}, {"清明节", "qingming", 0, 1}, {"劳动节", "05-01", 0, 1},
		{"端午节", "duanwu", 0, 1}, {"中秋节", "zhongqiu", 0, 1}, {"国庆节", "10-01", 0, 3},
	}},
	{2025, law.HolidayRegulation2024, []lawfulFestival{
		{"元旦", "01-01", 0, 1}, {"春节", "chunjie", -1, 4}, {"清明节", "qingming", 0, 1}, {"劳动节", "05-01", 0, 2},
		{"端午节", "duanwu", 0, 1}, {"中秋节", "zhongqiu", 0, 1}, {"国庆节", "10-01", 0, 3},
	}},
}

// statutorySource and substituteSource are the first two acts of the calendar.
var (
	statutorySource = Source{Title: "全国年节及纪念日放假办法", Number: "国务院令第795号",
		Citation: law.HolidayRegulation2024.Art(2), Verified: true}
	substituteSource = Source{Title: "全国年节及纪念日放假办法", Number: "国务院令第795号",
		Citation: law.HolidayRegulation2024.Art(6), Verified: true}
)

// festivalDates reads festivals.csv: by year the lunar and solar anchors in the
// order of its columns.
var festivalDates = sync.OnceValue(func() *[chinaLast - chinaFirst + 1][5]Date {
	t := new([chinaLast - chinaFirst + 1][5]Date)
	for line := range strings.Lines(festivalFile) {
		year, rest, _ := strings.Cut(strings.TrimSpace(line), ",")
		if !allDigits(year) {
			continue
		}
		for k := range t[0] {
			d := rest[11*k:]
			t[number(year)-chinaFirst][k] = NewDate(number(d[:4]), time.Month(number(d[5:7])), number(d[8:10]))
		}
	}
	return t
})

// anchors are the columns of festivals.csv after the year.
var anchors = []string{"chunjie", "chuxi", "qingming", "duanwu", "zhongqiu"}

// festival is a statutory festival of one year: a run of days off by law.
type festival struct {
	name  string
	first Date
	days  int
}

func (f festival) last() Date { return f.first.AddDays(f.days - 1) }

// festivals appends the statutory festivals of a year by the law of that year.
func festivals(fs []festival, year int) []festival {
	v := &holidayLaws[0]
	for k := range holidayLaws {
		if year >= holidayLaws[k].since {
			v = &holidayLaws[k]
		}
	}
	for _, f := range v.festival {
		var a Date
		if f.anchor[2] == '-' {
			a = NewDate(year, time.Month(number(f.anchor[:2])), number(f.anchor[3:]))
		} else {
			a = festivalDates()[year-chinaFirst][slices.Index(anchors, f.anchor)]
		}
		fs = append(fs, festival{f.name, a.AddDays(f.shift), f.days})
	}
	return fs
}

// statutory appends the statutory days of every year and, in a year without a
// notice, the days owed for those that fall on a weekend or on one another
// (art. 6: 应当在工作日补假), each on the next free weekday.
func (c *Calendar) statutory(marks []mark) []mark {
	t := c.table
	fs := make([]festival, 0, 8)
	owe := make([]mark, 0, 16)
	for y := c.first.Year(); y <= c.last().Year(); y++ {
		start := len(marks)
		at := func(i int32) int { return slices.IndexFunc(marks[start:], func(m mark) bool { return m.i == i }) }
		fs, owe = festivals(fs[:0], y), owe[:0]
		for _, f := range fs {
			name := t.name(f.name)
			for k := range f.days {
				d := f.first.AddDays(k)
				i, ok := c.index(d)
				if !ok {
					continue
				}
				m := mark{i: i, kind: DayStatutory, name: name, flag: official}
				if was := at(i); was >= 0 {
					marks[start+was].name = t.name("中秋节、国庆节")
					owe = append(owe, m)
					continue
				}
				marks = append(marks, m)
				if !t.week[d.Weekday()] {
					owe = append(owe, m)
				}
			}
		}
		if t.years[y] {
			continue
		}
		for _, o := range owe {
			for i := o.i + 1; i < c.size; i++ {
				if at(i) < 0 && t.week[c.date(i).Weekday()] {
					marks = append(marks, mark{i: i, kind: DayInLieu, name: o.name, act: 1})
					break
				}
			}
		}
	}
	return marks
}
