// Package rickarcal takes working calendars to and from github.com/rickar/cal/v2.
//
// Business makes a cal.BusinessCalendar of a deadline.Calendar, so that code
// written for that library counts in China's working days (工作日), make-up days
// (补班) included. FromBusiness and FromCalendar make a deadline.Calendar of one of
// that library's, over a range of years, so that its holidays of other countries
// can be counted in constant time and with errors instead of silence.
//
// That library has no answer for "not known": on a day without a notice the
// caller of Business says himself what to answer. Days are the civil days of the
// time.Time given, in its own location, as that library takes them.
package rickarcal
