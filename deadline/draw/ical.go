package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/deadline"
)

// Event is a whole day, or a run of them, in an iCalendar file.
type Event struct {
	// UID is what a later file replaces the event by. Empty: made from the day
	// and the summary, so that the same event has the same UID in every file.
	UID         string
	Date        deadline.Date
	Through     deadline.Date // the last day of a run; zero: one day
	Summary     string
	Description string
	Category    string
	// AlarmDays reminds that many days before, at the beginning of the day; 0: no
	// reminder.
	AlarmDays int
	Busy      bool // shown as busy; else as free
}

// File is an iCalendar object (RFC 5545).
type File struct {
	Name   string
	Events []Event
	// Stamp is when the file is made (DTSTAMP); zero: 1970-01-01T00:00:00Z.
	Stamp time.Time
	// Sequence counts the revisions of what has been sent before (SEQUENCE).
	Sequence int
	Language Language
}

// ErrEvent is wrapped by the errors about events that cannot be written.
var ErrEvent = errors.New("draw: event refused")

// WriteTo writes the file, or nothing: an event without a day or without a
// summary, one that ends before it begins, and two with one UID are refused, all
// at once.
func (f File) WriteTo(w io.Writer) (int64, error) {
	var errs []error
	seen := map[string]bool{}
	for i := range f.Events {
		e := &f.Events[i]
		switch uid := e.uid(); {
		case e.Date.IsZero():
			errs = append(errs, fmt.Errorf("%w: event %d has no day", ErrEvent, i+1))
		case strings.TrimSpace(e.Summary) == "":
			errs = append(errs, fmt.Errorf("%w: event %d of %s has no summary", ErrEvent, i+1, e.Date))
		case !e.Through.IsZero() && e.Through.Before(e.Date):
			errs = append(errs, fmt.Errorf("%w: event %d ends on %s, before it begins on %s", ErrEvent, i+1, e.Through, e.Date))
		case e.last().AddDays(1).IsZero():
			errs = append(errs, fmt.Errorf("%w: event %d ends on the last day that can be written", ErrEvent, i+1))
		case e.AlarmDays < 0:
			errs = append(errs, fmt.Errorf("%w: event %d reminds after its day", ErrEvent, i+1))
		case seen[uid]:
			errs = append(errs, fmt.Errorf("%w: event %d has the UID of another: %s", ErrEvent, i+1, uid))
		default:
			seen[uid] = true
		}
	}
	if len(errs) > 0 {
		return 0, errors.Join(errs...)
	}
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//gongkai//deadline//"+words{"ZH", "EN"}.in(f.Language))
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	if f.Name != "" {
		line("NAME", escapeText(f.Name))
		line("X-WR-CALNAME", escapeText(f.Name))
	}
	stamp := f.Stamp
	if stamp.IsZero() {
		stamp = time.Unix(0, 0)
	}
	at := stamp.UTC().Format("20060102T150405Z")
	for _, e := range f.Events {
		line("BEGIN", "VEVENT")
		line("UID", escapeText(e.uid()))
		line("DTSTAMP", at)
		if f.Sequence > 0 {
			line("SEQUENCE", fmt.Sprint(f.Sequence))
		}
		line("DTSTART;VALUE=DATE", compact(e.Date))
		line("DTEND;VALUE=DATE", compact(e.last().AddDays(1))) // the end is not inside
		line("SUMMARY", escapeText(e.Summary))
		if e.Description != "" {
			line("DESCRIPTION", escapeText(e.Description))
		}
		if e.Category != "" {
			line("CATEGORIES", escapeText(e.Category))
		}
		if e.Busy {
			line("TRANSP", "OPAQUE")
		} else {
			line("TRANSP", "TRANSPARENT")
		}
		if e.AlarmDays > 0 {
			line("BEGIN", "VALARM")
			line("ACTION", "DISPLAY")
			line("DESCRIPTION", escapeText(e.Summary))
			line("TRIGGER", fmt.Sprintf("-P%dD", e.AlarmDays))
			line("END", "VALARM")
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func (e *Event) last() deadline.Date {
	if e.Through.IsZero() {
		return e.Date
	}
	return e.Through
}

func (e *Event) uid() string {
	if e.UID != "" {
		return e.UID
	}
	h := sha256.Sum256([]byte(e.Date.String() + "\x00" + e.Through.String() + "\x00" + e.Summary))
	return hex.EncodeToString(h[:12]) + "@gongkai"
}

func compact(d deadline.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// escapeText is TEXT of RFC 5545 §3.3.11. Control characters cannot be written
// and are left out.
func escapeText(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold writes a content line in pieces of at most 75 octets, never inside a
// character (RFC 5545 §3.1).
func fold(b *strings.Builder, s string) {
	for limit := 75; ; limit = 74 { // the blank that goes on takes one
		if len(s) <= limit {
			b.WriteString(s + "\r\n")
			return
		}
		cut := limit
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut] + "\r\n ")
		s = s[cut:]
	}
}

// DueEvent is the last day in time as an event, with the reckoning day by day as
// its description. Where the day is not settled it is the day to plan with
// (Due.Safe), and the summary says so. A limit that has no last day, only a first
// one on which it may end, gives that one.
func DueEvent(summary string, d deadline.Due, l Language) Event {
	e := Event{Date: d.Date, Summary: summary, Description: d.Explain(), Category: words{"期限", "limit"}.in(l), Busy: true}
	switch {
	case !d.Settled && !d.Safe().IsZero():
		e.Date = d.Safe()
		e.Summary += words{"（推算，放假通知未发布）", " (projected, no notice yet)"}.in(l)
	case e.Date.IsZero():
		e.Date = d.From
	}
	return e
}

// Holidays lists the days from a to b, both inside, on which the calendar
// differs from its week: the days off of one festival as one event, each make-up
// day as one. Days that are not settled are left out on a strict calendar and
// are called projected on a projected one.
func Holidays(c *deadline.Calendar, a, b deadline.Date, l Language) []Event {
	var out []Event
	first, last := c.Range()
	if a.Before(first) {
		a = first
	}
	if b.After(last) {
		b = last
	}
	open := false // the event before this day is a festival that goes on
	for d := a; !d.IsZero() && !d.After(b); d = d.AddDays(1) {
		day := c.Day(d)
		name := day.Festival
		if l == English && festivalWords[name] != "" {
			name = festivalWords[name]
		}
		sign := ""
		if day.Projected() {
			sign = words{"（推算）", " (projected)"}.in(l)
		}
		switch day.Kind {
		case deadline.DayMakeup:
			e := Event{Date: d, Summary: strings.TrimSpace(name+words{"补班", " make-up day"}.in(l)) + sign, Category: words{"补班", "make-up day"}.in(l), Description: day.Source.Title, Busy: true}
			out = append(out, e)
			open = false
		case deadline.DayStatutory, deadline.DayInLieu, deadline.DaySpecial, deadline.DayWeekend:
			if day.Kind == deadline.DayWeekend && day.Festival == "" {
				open = open && c.Day(d.AddDays(1)).Kind == deadline.DayWeekend
				continue
			}
			if name == "" {
				name = words{day.Kind.Chinese(), day.Kind.English()}.in(l)
			}
			summary := name + words{"放假", " (off)"}.in(l) + sign
			if n := len(out); open && n > 0 && out[n-1].Summary == summary && out[n-1].last().AddDays(1) == d {
				out[n-1].Through = d
				continue
			}
			out = append(out, Event{Date: d, Summary: summary, Category: words{"放假", "day off"}.in(l), Description: day.Source.Title})
			open = true
		default:
			open = false
		}
	}
	return out
}
