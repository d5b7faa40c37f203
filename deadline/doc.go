// Package deadline is the working calendar of China, time limits as offices write
// them, and running periods.
//
// # Words
//
//	工作日    working day      补班    make-up working day (a day of rest that is worked)
//	公休日    weekly rest      调休    day off in lieu
//	法定节假日 statutory holiday 放假安排 arrangement: the notice of a year
//	时限、期限 limit            起算    start
//	末日      last day         顺延    put off to the next working day
//
// # Days
//
// A day is a Date, a civil day in China; an instant becomes one in DateOf, in the
// fixed zone UTC+08:00. The day of the event is not counted (民法典 201): twenty
// working days from 18 September end on the twentieth working day after it.
// Intervals of days are (a, b]: b is inside, a is not.
//
// # The calendar
//
// China is settled as far as the notices of the State Council reach:
// 国务院办公厅关于…年部分节假日安排的通知 for 2004 to 2026 and the acts that changed
// them. December of a year is settled only by the notice of the next year, which
// may take days from it. Statutory days to 2100 are known by the law of the time
// (全国年节及纪念日放假办法, art. 2), but not which weekdays are off in lieu and which
// weekends are worked. So IsWorkday, AddWorkdays and WorkdaysBetween answer
// ErrUnsettled where an answer would rest on a day without a notice, and
// ErrOutOfRange outside 2004 to 2100. They never guess unasked:
//
//   - Bound says between which days the answer lies, and what that assumes;
//   - Projected gives a calendar that answers with the expected day;
//   - With adds the notice when it is out, read by ParseArrangement from its text or
//     by ReadHolidayCN from JSON, or a local holiday or an agency's own day.
//
// CALENDAR.md prints the whole table.
//
//	c := deadline.China()
//	c.AddWorkdays(deadline.NewDate(2026, 9, 18), 20)  // 2026-10-22
//	c.AddWorkdays(deadline.NewDate(2026, 11, 20), 20) // ErrUnsettled: waits for the notice of 2027
//	c.Bound(deadline.NewDate(2026, 12, 1), 20)        // 2026-12-28 … 2027-01-05
//
// # Limits
//
// ParseLimit reads a limit as a catalog or a statute writes it, and Limit.String
// writes it back in one canonical way. 「20日」 is calendar days and 「20个工作日」 working
// days; what a statute turns into working days is read by Limit.Under. Limit.Due
// reckons it: months by 民法典 202, the last day of a period in days by 203. What has
// no date (长期、及时) says so; nothing is guessed: 「1年」 alone is an error. Rules
// lists the statutory limits, LIMITS.md prints them.
//
//	l, _ := deadline.ParseLimit("自收到申请之日起20个工作日内")
//	d, _ := l.Due(deadline.China(), deadline.MustParseDate("2026-09-25"))
//	d.Date      // 2026-10-29
//	d.Explain() // day by day why, in Chinese
//
// # Clocks
//
// A Clock is a running period: a ClockRule, a Calendar and the Events so far, and
// nothing else; a stored due date is a cache. Excluded spans (不计入) are merged and
// counted once in the limit's own unit, an extension (延长) is told before expiry,
// a correction (补正) begins the period anew. Impact says which open periods another
// calendar moves. Periods of public display (公示期) are in deadline/notice.
//
// Not decided here: what a court makes of a day that only a region or an agency
// has off; such days are added by With and never built in.
package deadline
