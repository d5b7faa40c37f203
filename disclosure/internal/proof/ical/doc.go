// Package ical reads the iCalendar files of deadline/draw back with a parser of
// other hands.
package ical
