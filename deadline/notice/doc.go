// Package notice is the period for which something is put on public display before
// it is decided, or after (公示期): which law sets it, how long it is at least and at
// most, whether a given display kept it, and from when to when a lawful one would run.
//
// 公示期 display period · 公示 notice · 结果 result · 撤下 take down · 一般 ordinarily
// (an exception has its reason stated) · 原则上 in principle.
//
// The day of publication is not counted (民法典 201). A period in days (日) whose last
// day is a day of rest ends on the next working day (203); a period in working days
// (工作日) counts only those. Days are civil days in China.
//
// Not decided here: whether a matter must be displayed at all, and what the display
// must contain.
//
//	p, _ := notice.PlanOf("tender-candidates", deadline.China(), deadline.MustParseDate("2026-03-05"))
//	p.End // 2026-03-09: three days end on Sunday the 8th
package notice
