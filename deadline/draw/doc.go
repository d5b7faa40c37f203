// Package draw is the picture of a period: a month grid that shows which days
// were counted, which were not and why, as SVG and as text, and the same days as
// an iCalendar file.
//
// A Grid takes plain values: a calendar and marks. Count makes the marks of a
// count of working days (工作日); what else was computed, such as spans that are
// excluded (不计入) or an extension (延长), a caller marks itself. The picture is
// readable printed in black and white: every kind of day has its own pattern or
// frame and its own word, colour is only an addition. Weeks begin on Monday.
//
// A File is an iCalendar object (RFC 5545) of whole days: dues, or the days off
// and make-up days of a calendar from Holidays. Lines are folded at 75 octets and
// end in CRLF. The stamp is the caller's: this package has no clock.
//
// Text is Chinese unless English is asked for. Nothing is decided here: no due
// date is computed but by deadline.
package draw
