package deadline_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

func ExampleCalendar_AddWorkdays() {
	c := deadline.China()
	from := deadline.NewDate(2026, 9, 18)
	due, err := c.AddWorkdays(from, 20) // 中秋节, 国庆节 and two make-up days lie between
	fmt.Println(due, err)
	n, err := c.WorkdaysBetween(from, due)
	fmt.Println(n, err)
	// Output:
	// 2026-10-22 <nil>
	// 20 <nil>
}

func ExampleCalendar_Day() {
	c := deadline.China()
	for _, s := range []string{"2026-09-20", "2026-10-01", "2026-10-05", "2026-10-11"} {
		d := c.Day(deadline.MustParseDate(s))
		fmt.Println(d.Date, d.Kind.Chinese(), d.Festival, d.Source.Number)
	}
	// Output:
	// 2026-09-20 补班 国庆节 国办发明电〔2025〕7号
	// 2026-10-01 法定节假日 国庆节 国办发明电〔2025〕7号
	// 2026-10-05 调休 国庆节 国办发明电〔2025〕7号
	// 2026-10-11 公休日
}

// A day for which no notice is out is an error, not a guess.
func ExampleCalendar_Bound() {
	c := deadline.China()
	from := deadline.NewDate(2027, 1, 4)
	_, err := c.AddWorkdays(from, 20)
	fmt.Println(errors.Is(err, deadline.ErrUnsettled))

	point, err := c.Projected().AddWorkdays(from, 20)
	fmt.Println(point, err)
	earliest, latest, assumed, err := c.Bound(from, 20)
	fmt.Println(earliest, latest, err)
	for _, a := range assumed {
		fmt.Println(a.Chinese())
	}
	// Output:
	// true
	// 2027-02-01 <nil>
	// 2027-01-30 2027-02-12 <nil>
	// 《全国年节及纪念日放假办法》不修改
	// 没有另行增加或者延长假期的决定
	// 放假调休的范围不超过2008年至2026年历次通知再各加两天
}

func ExampleParseArrangement() {
	a, err := deadline.ParseArrangement(`国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Year, a.Source.Title)
	for _, d := range a.Days {
		if !d.Off {
			fmt.Println(d.Date, d.Festival, "上班")
		}
	}
	_, err = deadline.ParseArrangement("2025年元旦：1月1日（周四）放假1天。")
	fmt.Println(err)
	// Output:
	// 2025 国务院办公厅关于2025年部分节假日安排的通知
	// 2025-01-26 春节 上班
	// 2025-02-08 春节 上班
	// deadline: arrangement: the weekday is wrong: the day is a Wednesday, not a Thursday: line 1: 2025-01-01: 「2025年元旦：1月1日（周四）放假1天」
}

func ExampleCalendar_With() {
	// An agency's own day, and the region's festival.
	own := deadline.Arrangement{Own: true, Days: []deadline.ArrangedDay{{Date: deadline.NewDate(2026, 8, 12), Off: true, Festival: "停电"}},
		Source: deadline.Source{Title: "关于8月12日停电停办公的通知", Verified: true}}
	festival, err := deadline.Guangxi.Holiday(2026)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := deadline.China().With(own, festival)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.IsWorkday(deadline.NewDate(2026, 8, 12)))
	d := c.Day(deadline.NewDate(2026, 4, 20))
	fmt.Println(d.Kind.Chinese(), d.Festival, d.Source.Verified)
	// Output:
	// false <nil>
	// 特别放假 壮族三月三 false
}

func ExampleReadHolidayCN() {
	a, err := deadline.ReadHolidayCN(strings.NewReader(`{"year": 2025, "papers": [], "days": [
		{"name": "元旦", "date": "2025-01-01", "isOffDay": true},
		{"name": "春节", "date": "2025-01-26", "isOffDay": false}]}`))
	fmt.Println(a.Year, a.Days, err)
	// Output: 2025 [{2025-01-01 true 元旦} {2025-01-26 false 春节}] <nil>
}

func ExampleNewCalendar() {
	// Six days a week, closed on one of them.
	c, err := deadline.NewCalendar(deadline.CalendarConfig{
		Week: deadline.Week{1, 2, 3, 4, 5, 6},
		Days: []deadline.ArrangedDay{{Date: deadline.NewDate(2026, 11, 28), Off: true}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.AddWorkdays(deadline.NewDate(2026, 11, 26), 2))
	// Output: 2026-11-30 <nil>
}
