package deadline

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Region names an area whose government gives days off of its own (全国年节及纪念
// 日放假办法 art. 4: 少数民族习惯的节日，由各少数民族聚居地区的地方人民政府规定放假
// 日期). The values are stored.
type Region string

// The regions with a holiday here.
const (
	Guangxi  Region = "guangxi"  // 广西壮族自治区: 壮族三月三
	Hainan   Region = "hainan"   // 海南省民族自治地方: 黎族苗族三月三
	Chuxiong Region = "chuxiong" // 云南省楚雄彝族自治州: 火把节
)

// ErrRegion is wrapped when a region is not known, or nothing can be said for a
// year.
var ErrRegion = errors.New("deadline: no regional holiday")

// regionalLunar holds, for 2004–2100, the days of the lunar calendar on which
// the holidays hang, and the leap month of the year. Two implementations of the
// lunar calendar and ICU agree on every one of them.
//
//go:embed regional.csv
var regionalLunar string

// announced is what the notice of a region gave in a year, taken from reprints.
type announced struct {
	region Region
	year   int
	days   string // MM-DD, with + for a day worked
}

var regionalNotices = []announced{
	{Guangxi, 2017, "03-30 03-31 04-01 +04-08"},
	{Guangxi, 2018, "04-18 04-19 04-20 +04-15"},
	{Guangxi, 2023, "04-21 04-22 04-23"},
	{Guangxi, 2024, "04-11 04-12"},
	{Guangxi, 2026, "04-17 04-18 04-19 04-20"},
	{Chuxiong, 2017, "08-14 08-15 08-16"},
	{Chuxiong, 2023, "08-09 08-10 08-11"},
	{Chuxiong, 2024, "07-29 07-30 07-31"},
	{Chuxiong, 2025, "07-16 07-17 07-18"},
}

// regionalRule is what is known of a region's festival.
type regionalRule struct {
	festival string
	since    int
	column   int // of regional.csv
	days     int // certain ones, from the lunar day on
	title    string
	number   string
	note     string
}

var regionalRules = map[Region]regionalRule{
	Guangxi: {"壮族三月三", 2014, 1, 2, "广西壮族自治区少数民族习惯节日放假办法", "广西壮族自治区人民政府令第98号",
		"办法规定放假2天，具体日期由自治区人民政府办公厅每年公布；本条按农历三月初三、初四推算，适逢周末的移动未计入"},
	Hainan: {"黎族苗族三月三", 2014, 1, 1, "海南省实施《中华人民共和国民族区域自治法》若干规定", "",
		"放假的具体办法由各民族自治地方规定，天数和日期各县不一；本条只取农历三月初三一天"},
	Chuxiong: {"火把节", 2014, 2, 1, "云南省楚雄彝族自治州自治条例", "",
		"放假3天，具体日期由州人民政府办公室每年公布；本条只取农历六月二十四一天"},
}

// Holiday gives the region's days off of a year, to be added with With. It is
// never part of a calendar unasked. Every one is unverified: the rules and the
// notices are known from reprints and from memory, and Source.Note says what is
// doubtful. For the years whose notice was seen in a reprint the days are those
// announced, and the arrangement amends, for it may give off a make-up day of
// the State Council. For other years they are the days that the rule makes
// certain; where one falls on a make-up day With refuses it, and the notice of
// the region is wanted. For 火把节 in a year with a leap sixth month (闰六月) the
// rule does not say which month, and the error wraps ErrRegion.
//
// Better than any of this is the notice itself: ParseArrangement reads it.
func (r Region) Holiday(year int) (Arrangement, error) {
	rule, ok := regionalRules[r]
	if !ok {
		return Arrangement{}, fmt.Errorf("%w: %q", ErrRegion, clip(string(r)))
	}
	if year < rule.since || year > chinaLast {
		return Arrangement{}, fmt.Errorf("%w: %s: the rule is known for %d to %d, not for %d", ErrRegion, r, rule.since, chinaLast, year)
	}
	cite := law.HolidayRegulation2024.Art(4)
	if year < 2025 {
		cite = law.HolidayRegulation2013.Art(4)
	}
	a := Arrangement{Year: year, Own: true, Source: Source{Title: rule.title, Number: rule.number, Citation: cite, Note: rule.note}}
	for _, n := range regionalNotices {
		if n.region != r || n.year != year {
			continue
		}
		a.Amends = true
		a.Source.Note = "据当年通知的转载，未见原件"
		for f := range strings.FieldsSeq(n.days) {
			md, worked := strings.CutPrefix(f, "+")
			d := NewDate(year, time.Month(number(md[:2])), number(md[3:]))
			a.Days = append(a.Days, ArrangedDay{d, !worked, rule.festival})
		}
		return a, nil
	}
	for line := range strings.Lines(regionalLunar) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if f[0] != fmt.Sprint(year) {
			continue
		}
		if r == Chuxiong && f[3] == "6" {
			return Arrangement{}, fmt.Errorf("%w: %s: %d has a leap sixth month, and which of the two counts is announced each time", ErrRegion, r, year)
		}
		d, err := ParseDate(f[rule.column])
		if err != nil {
			return Arrangement{}, err
		}
		for k := range rule.days {
			a.Days = append(a.Days, ArrangedDay{d.AddDays(k), true, rule.festival})
		}
		return a, nil
	}
	return Arrangement{}, fmt.Errorf("%w: %s: no lunar day for %d", ErrRegion, r, year)
}
