package draw

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/deadline"
)

// Sizes in user units, one of which is a pixel at 96 dpi.
const (
	cellWide, cellHigh = 68, 58
	margin             = 28
	headHigh           = 62 // month title and weekdays
	gutter             = 36
	monthWide          = 7 * cellWide
)

// SVG draws the grid as a document of its own. Every day carries a title that
// tells its whole story.
func (g Grid) SVG() ([]byte, error) {
	months, err := g.layout()
	if err != nil {
		return nil, err
	}
	p := &painter{lang: g.Language}
	columns := min(len(months), 2)
	if len(months) > 4 {
		columns = 3
	}
	wide := 2*margin + columns*monthWide + (columns-1)*gutter
	y := margin
	if g.Title != "" {
		y += 22
		for _, line := range wrap(g.Title, (wide-2*margin)/20) {
			p.text(margin, y, 20, "start", "700", line)
			y += 28
		}
		y += 4
	}
	for k := 0; k < len(months); k += columns {
		high := 0
		for c := 0; c < columns && k+c < len(months); c++ {
			m := months[k+c]
			p.month(margin+c*(monthWide+gutter), y, m)
			high = max(high, headHigh+len(m.weeks)*cellHigh)
		}
		y += high + gutter
	}
	y = p.legend(y-8, wide, months)
	for _, n := range g.Notes {
		for _, line := range wrap(n, (wide-2*margin)/13) {
			p.text(margin, y+14, 13, "start", "400", line)
			y += 21
		}
	}
	high := y + margin - 4
	var out bytes.Buffer
	title := g.Title
	if title == "" {
		title = months[0].title(g.Language)
	}
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Heiti SC',sans-serif" fill="#000">`+"\n", wide, high, wide, high)
	out.WriteString("<title>" + escape(title) + "</title>\n" + patterns)
	fmt.Fprintf(&out, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", wide, high)
	out.Write(p.b.Bytes())
	out.WriteString("</svg>\n")
	return out.Bytes(), nil
}

// patterns are told apart without colour, and on a printer that knows no grey:
// strokes of three directions, dots, a grid.
const patterns = `<defs>
<pattern id="weekend" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#e6e6e6"/><line x1="0" y1="3" x2="6" y2="3" stroke="#a8a8a8" stroke-width="1"/></pattern>
<pattern id="statutory" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#fbe9e7"/><line x1="0" y1="0" x2="0" y2="7" stroke="#b7867f" stroke-width="2"/></pattern>
<pattern id="inlieu" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="9" height="9" fill="#fdf3e3"/><circle cx="4.5" cy="4.5" r="1.4" fill="#9b8250"/></pattern>
<pattern id="special" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="7" height="7" fill="#ede7f6"/><line x1="0" y1="0" x2="0" y2="7" stroke="#8d7ea8" stroke-width="2"/></pattern>
<pattern id="excluded" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#eceff1"/><path d="M0 0L8 8M8 0L0 8" stroke="#78909c" stroke-width="1"/></pattern>
</defs>
`

type painter struct {
	b    bytes.Buffer
	lang Language
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a Buffer takes everything
	return b.String()
}

func (p *painter) text(x, y, size int, anchor, weight, s string) {
	fmt.Fprintf(&p.b, `<text x="%d" y="%d" font-size="%d" text-anchor="%s" font-weight="%s">%s</text>`+"\n", x, y, size, anchor, weight, escape(s))
}

// halo is a white rim that keeps letters readable on a pattern.
func (p *painter) halo(x, y, size int, anchor, weight, s string) {
	fmt.Fprintf(&p.b, `<text x="%d" y="%d" font-size="%d" text-anchor="%s" font-weight="%s" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">%s</text>`+"\n", x, y, size, anchor, weight, escape(s))
}

func (p *painter) month(x, y int, m month) {
	p.text(x, y+18, 17, "start", "700", m.title(p.lang))
	for k, w := range weekdayWords {
		p.text(x+k*cellWide+cellWide/2, y+headHigh-12, 13, "middle", "400", w.in(p.lang))
	}
	y += headHigh
	for _, week := range m.weeks {
		for k, c := range week {
			if !c.date.IsZero() {
				p.cell(x+k*cellWide, y, c)
			}
		}
		y += cellHigh
	}
}

func (p *painter) cell(x, y int, c cell) {
	fmt.Fprintf(&p.b, "<g><title>%s</title>\n", escape(c.tells(p.lang)))
	p.ground(x+2, y+2, cellWide-4, cellHigh-4, c)
	size, weight := 19, "400"
	if c.mark.Kind == Counted || c.mark.Kind == Due || c.mark.Kind == Start {
		weight = "700"
	}
	p.halo(x+9, y+24, size, "start", weight, fmt.Sprint(c.date.Day()))
	if c.mark.Number > 0 {
		p.number(x+cellWide-19, y+18, c.mark.Number, c.mark.Kind == Due)
	}
	switch why := c.why(p.lang); {
	case c.mark.Kind == Due || c.mark.Kind == Planned && c.mark.Why == "":
		p.halo(x+cellWide/2, y+cellHigh-11, 13, "middle", "700", shortWords[c.mark.Kind].in(p.lang))
	case why != "":
		p.halo(x+cellWide/2, y+cellHigh-11, p.fit(why), "middle", "400", clip(why))
	}
	if tag := p.tag(c); tag != "" && c.mark.Number == 0 {
		p.halo(x+cellWide-9, y+22, 14, "end", "700", tag)
	}
	p.b.WriteString("</g>\n")
}

// fit is the size of the small print.
func (p *painter) fit(s string) int {
	n := 0
	for _, r := range s {
		n += width(r)
	}
	if n > 8 {
		return 10
	}
	return 12
}

var shortWords = map[MarkKind]words{Due: {"末日", "last day"}, Planned: {"计划日", "plan"}}

// clip keeps the small print inside its cell: six characters, twelve letters.
func clip(s string) string {
	n := 0
	for i, r := range s {
		if n += width(r); n > 12 {
			return s[:i]
		}
	}
	return s
}

func (p *painter) tag(c cell) string {
	if w, ok := markTags[c.mark.Kind]; ok {
		return w.in(p.lang)
	}
	return kindTags[c.day.Kind].in(p.lang)
}

// number is the place in the count, in a ring; on the last day in a full disc.
func (p *painter) number(x, y, n int, full bool) {
	fill, ink := "#fff", "#000"
	if full {
		fill, ink = "#000", "#fff"
	}
	size := 12
	if n > 99 {
		size = 9
	}
	fmt.Fprintf(&p.b, `<circle cx="%d" cy="%d" r="11" fill="%s" stroke="#000"/><text x="%d" y="%d" font-size="%d" text-anchor="middle" font-weight="700" fill="%s">%d</text>`+"\n", x, y, fill, x, y+4, size, ink, n)
}

// ground paints the pattern and the frame of a day.
func (p *painter) ground(x, y, w, h int, c cell) {
	fill := "#fff"
	switch c.day.Kind {
	case deadline.DayWeekend:
		fill = "url(#weekend)"
	case deadline.DayStatutory:
		fill = "url(#statutory)"
	case deadline.DayInLieu:
		fill = "url(#inlieu)"
	case deadline.DaySpecial:
		fill = "url(#special)"
	}
	if c.mark.Kind == Excluded {
		fill = "url(#excluded)"
	}
	stroke, extra := "1", ""
	switch {
	case c.mark.Kind == Due:
		stroke = "4"
	case c.mark.Kind == Start:
		stroke, extra = "2.5", ` stroke-dasharray="7 4"`
	case c.mark.Kind == Planned:
		stroke = "2.5"
	case c.mark.Kind == 0:
		stroke, extra = "0.6", ""
	}
	if c.day.Kind == deadline.DayUndetermined || c.day.Projected() && c.mark.Kind < Start {
		extra = ` stroke-dasharray="2 3"`
	}
	fmt.Fprintf(&p.b, `<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="%s" stroke="#000" stroke-width="%s"%s/>`+"\n", x, y, w, h, fill, stroke, extra)
	if c.day.Kind == deadline.DayMakeup { // a second frame: a day of rest that is worked
		fmt.Fprintf(&p.b, `<rect x="%d" y="%d" width="%d" height="%d" rx="3" fill="none" stroke="#000" stroke-width="1"/>`+"\n", x+3, y+3, w-6, h-6)
	}
}

// legend explains what the picture holds and returns where it ends.
func (p *painter) legend(y, wide int, months []month) int {
	kinds, marks, projected := legend(months)
	type item struct {
		c    cell
		text string
		n    int
	}
	var items []item
	for _, m := range marks {
		if m == Skipped {
			continue
		}
		it := item{c: cell{day: deadline.Day{Kind: deadline.DayWorkday, Settled: true}, mark: Mark{Kind: m}}, text: markWords[m].in(p.lang)}
		if m == Counted || m == Due {
			it.n = 1
		}
		items = append(items, it)
	}
	for _, k := range kinds {
		if k == deadline.DayWorkday {
			continue
		}
		items = append(items, item{c: cell{day: deadline.Day{Kind: k, Settled: true}}, text: words{k.Chinese(), k.English()}.in(p.lang)})
	}
	if projected {
		items = append(items, item{c: cell{day: deadline.Day{Kind: deadline.DayWorkday}}, text: words{"推算，通知未发布", "projected, no notice yet"}.in(p.lang)})
	}
	x := margin
	for _, it := range items {
		w := 0
		for _, r := range it.text {
			w += width(r) * 7
		}
		if x > margin && x+46+w > wide-margin {
			x, y = margin, y+38
		}
		p.ground(x, y, 34, 28, it.c)
		switch tag := p.tag(it.c); {
		case it.n > 0:
			p.number(x+17, y+14, it.n, it.c.mark.Kind == Due)
		case tag != "":
			p.halo(x+17, y+19, 13, "middle", "700", tag)
		}
		p.text(x+42, y+19, 13, "start", "400", it.text)
		x += 42 + w + 26
	}
	return y + 44
}

// wrap breaks a line after n wide characters.
func wrap(s string, n int) []string {
	var lines []string
	for len(s) > 0 {
		w, end, space := 0, len(s), 0
		for i, r := range s {
			if w += width(r); w > 2*n && i > 0 {
				end = i
				break
			}
			if r == ' ' {
				space = i
			}
		}
		if end < len(s) && space > end/2 {
			end = space + 1
		}
		lines = append(lines, s[:end])
		s = s[end:]
	}
	return lines
}

// width is 2 for a wide character and 1 for the others.
func width(r rune) int {
	if r >= 0x1100 && r != utf8.RuneError {
		return 2
	}
	return 1
}
