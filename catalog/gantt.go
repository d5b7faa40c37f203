package catalog

import (
	"fmt"
	"strings"
	"time"

	"github.com/opengongkai/gongkai/deadline"
)

// ganttRows bounds the picture; the rest is counted in its foot.
const ganttRows = 120

// SVG draws the year as a chart: one line a matter and limit, a bar for the
// window, a mark on the last day in time. It is readable in black and white.
func (s *Schedule) SVG() []byte {
	type line struct {
		name, lead, limit string
		kind              DutyKind
		duties            []Duty
	}
	var lines []*line
	at := map[string]*line{}
	left := 0
	for _, d := range s.Duties {
		key := fmt.Sprint(d.Entry, "\x00", d.Node, "\x00", d.Limit, "\x00", d.name())
		l := at[key]
		if l == nil {
			if len(lines) == ganttRows {
				left++
				continue
			}
			l = &line{name: d.name(), lead: d.Lead, limit: d.Limit, kind: d.Kind}
			at[key] = l
			lines = append(lines, l)
		}
		l.duties = append(l.duties, d)
	}
	const (
		gutter = 330
		leadX  = 216
		month  = 66
		rowH   = 26
		top    = 78
		right  = 20
	)
	width := gutter + 12*month + right
	height := top + max(len(lines), 1)*rowH + 56
	first := deadline.NewDate(s.Year, time.January, 1)
	days := float64(deadline.NewDate(s.Year, time.December, 31).Sub(first) + 1)
	x := func(d deadline.Date, end bool) float64 {
		n := float64(d.Sub(first))
		if end {
			n++
		}
		return gutter + min(max(n, 0), days)/days*12*month
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif" font-size="12">`+"\n", width, height, width, height)
	title := fmt.Sprintf("%s%d年公开日程", s.Agency, s.Year)
	fmt.Fprintf(&b, "<title>%s</title>\n", xmlText(title))
	b.WriteString(`<defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#1f4e79" stroke-width="2.4"/></pattern></defs>` + "\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	fmt.Fprintf(&b, `<text x="16" y="32" font-size="20" font-weight="bold">%s</text>`+"\n", xmlText(title))
	fmt.Fprintf(&b, `<text x="16" y="%d" fill="#444">事项</text><text x="%d" y="%d" fill="#444">责任部门</text>`+"\n", top-10, leadX, top-10)
	bottom := top + max(len(lines), 1)*rowH
	for i := range lines {
		if i%2 == 1 {
			fmt.Fprintf(&b, `<rect x="0" y="%d" width="%d" height="%d" fill="#f4f6f9"/>`+"\n", top+i*rowH, width, rowH)
		}
	}
	for m := range 12 {
		mx := x(deadline.NewDate(s.Year, time.Month(m+1), 1), false)
		sw := "0.6"
		if m%3 == 0 {
			sw = "1.4"
		}
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#999" stroke-width="%s"/>`+"\n", mx, top-24, mx, bottom, sw)
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle" fill="#222">%d月</text>`+"\n", mx+month/2, top-10, m+1)
	}
	fmt.Fprintf(&b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#999" stroke-width="1.4"/>`+"\n", gutter+12*month, top-24, gutter+12*month, bottom)
	fmt.Fprintf(&b, `<line x1="0" y1="%d" x2="%d" y2="%d" stroke="#333"/>`+"\n", top, width, top)
	if len(lines) == 0 {
		fmt.Fprintf(&b, `<text x="16" y="%d">没有按日期公开的事项</text>`+"\n", top+18)
	}
	for i, l := range lines {
		y := top + i*rowH
		fmt.Fprintf(&b, `<g><title>%s</title>`, xmlText(l.name+"｜"+l.lead+"｜"+l.limit))
		fmt.Fprintf(&b, `<text x="16" y="%d">%s</text><text x="%d" y="%d" fill="#444">%s</text>`, y+17, xmlText(fit(l.name, 15)), leadX, y+17, xmlText(fit(l.lead, 8)))
		var marks strings.Builder // over all bars of the line
		for _, d := range l.duties {
			by := d.last()
			if by.IsZero() {
				continue
			}
			from := d.From
			if from.IsZero() || from.Before(first) {
				from = first
			}
			if from.After(by) {
				from = by
			}
			x1, x2 := x(from, false), x(by, true)
			fill := "#c9d9ec"
			if d.Kind != DutyPeriodic {
				fill = "url(#h)"
			}
			fmt.Fprintf(&b, `<rect x="%.1f" y="%d" width="%.1f" height="10" rx="2" fill="%s" stroke="#1f4e79" stroke-width="0.8"/>`, x1+0.5, y+8, max(x2-x1-1, 2), fill)
			fmt.Fprintf(&marks, `<path d="M%.1f %d l5 7 l-5 7 l-5 -7 z" fill="#b3261e" stroke="#fff" stroke-width="0.8"><title>%s</title></path>`, x2, y+6, xmlText(by.Chinese()+"前"))
			if len(l.duties) <= 12 {
				at, anchor := x2-8, "end"
				if x2-x1 < 34 && x2 < gutter+12*month-24 { // a narrow window: behind the mark
					at, anchor = x2+7, "start"
				}
				fmt.Fprintf(&marks, `<text x="%.1f" y="%d" text-anchor="%s" font-size="10" fill="#111" stroke="#fff" stroke-width="3" paint-order="stroke">%d</text>`, at, y+17, anchor, by.Day())
			}
		}
		b.WriteString(marks.String())
		b.WriteString("</g>\n")
	}
	fmt.Fprintf(&b, `<line x1="0" y1="%d" x2="%d" y2="%d" stroke="#333"/>`+"\n", bottom, width, bottom)
	ly := bottom + 24
	fmt.Fprintf(&b, `<rect x="16" y="%d" width="34" height="10" rx="2" fill="#c9d9ec" stroke="#1f4e79"/><text x="56" y="%d">周期公开的时段</text>`, ly-9, ly)
	fmt.Fprintf(&b, `<rect x="170" y="%d" width="34" height="10" rx="2" fill="url(#h)" stroke="#1f4e79"/><text x="210" y="%d">定日、法定的时段</text>`, ly-9, ly)
	fmt.Fprintf(&b, `<path d="M346 %d l5 7 l-5 7 l-5 -7 z" fill="#b3261e"/><text x="358" y="%d">截止日（数字为日）</text>`+"\n", ly-11, ly)
	foot := fmt.Sprintf("随事件办理的时限 %d 处", len(s.Standing))
	if s.Unread > 0 {
		foot += fmt.Sprintf("，未写明或读不懂的时限 %d 处", s.Unread)
	}
	if left > 0 {
		foot += fmt.Sprintf("；另有 %d 个日期未画出，见日程表", left)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#444">%s</text>`+"\n</svg>\n", width-right, ly, xmlText(foot))
	return []byte(b.String())
}

// fit shortens a text to n wide characters.
func fit(s string, n int) string {
	w := 0
	for i, r := range s {
		if r < 0x2e80 {
			w++
		} else {
			w += 2
		}
		if w > 2*n {
			return strings.TrimRight(s[:i], "，、 ") + "…"
		}
	}
	return s
}

func xmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, s))
}
