package workflow

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// picture writes an SVG. All coordinates are whole pixels, so that the same
// input gives the same bytes everywhere.
type picture struct{ b bytes.Buffer }

func newPicture(width, height int, title string) *picture {
	p := &picture{}
	fmt.Fprintf(&p.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&p.b, "<title>%s</title>\n", svgText(title))
	fmt.Fprintf(&p.b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", width, height)
	return p
}

func (p *picture) bytes() []byte {
	p.b.WriteString("</svg>\n")
	return p.b.Bytes()
}

func (p *picture) rect(x, y, w, h, round int, fill, stroke string, thick int, dash string) {
	fmt.Fprintf(&p.b, `<rect x="%d" y="%d" width="%d" height="%d" rx="%d" fill="%s" stroke="%s" stroke-width="%d"%s/>`+"\n",
		x, y, w, h, round, fill, stroke, thick, dashed(dash))
}

func (p *picture) text(x, y, size int, fill, anchor string, bold bool, s string) {
	if s == "" {
		return
	}
	weight := ""
	if bold {
		weight = ` font-weight="600"`
	}
	fmt.Fprintf(&p.b, `<text x="%d" y="%d" font-size="%d" fill="%s" text-anchor="%s"%s>%s</text>`+"\n", x, y, size, fill, anchor, weight, svgText(s))
}

func (p *picture) line(x1, y1, x2, y2 int, stroke, dash string) {
	fmt.Fprintf(&p.b, `<path d="M%d %dL%d %d" fill="none" stroke="%s"%s/>`+"\n", x1, y1, x2, y2, stroke, dashed(dash))
}

// arrow is a straight arrow, downwards.
func (p *picture) arrow(x1, y1, x2, y2 int, stroke string) {
	fmt.Fprintf(&p.b, `<path d="M%d %dL%d %d" fill="none" stroke="%s" stroke-width="1.5"/>`+"\n", x1, y1, x2, y2-7, stroke)
	fmt.Fprintf(&p.b, `<path d="M%d %dl-5 -9h10z" fill="%s"/>`+"\n", x2, y2, stroke)
}

// hook goes from one point sideways to a lane, along it, and back: both ends lie
// on the same side of the boxes. The head points back at the boxes.
func (p *picture) hook(x, y1, lane, y2 int, stroke string) {
	const r = 8
	side, down := 1, 1
	if lane < x {
		side = -1
	}
	if y2 < y1 {
		down = -1
	}
	fmt.Fprintf(&p.b, `<path d="M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d" fill="none" stroke="%s" stroke-width="1.5"/>`+"\n",
		x, y1, lane-side*r, lane, y1, lane, y1+down*r, y2-down*r, lane, y2, lane-side*r, y2, x+side*7, stroke)
	fmt.Fprintf(&p.b, `<path d="M%d %dl%d -5v10z" fill="%s"/>`+"\n", x, y2, side*9, stroke)
}

// pill is a number in a small rounded box around the point.
func (p *picture) pill(x, y int, s, fill string) {
	w := max(20, textWidth(s, 12)+10)
	p.rect(x-w/2, y-9, w, 18, 9, "#ffffff", fill, 1, "")
	p.text(x, y+4, 12, fill, "middle", true, s)
}

func dashed(d string) string {
	if d == "" {
		return ""
	}
	return ` stroke-dasharray="` + d + `"`
}

// textWidth estimates the width in pixels: an ideograph is as wide as it is
// high, anything else a little more than half.
func textWidth(s string, size int) int {
	w := 0
	for _, r := range s {
		switch {
		case r >= 0x2E80 && !unicode.Is(unicode.Mn, r), r >= 0x2010 && r <= 0x2027:
			w += 100
		case r >= 'A' && r <= 'Z', r == 'm', r == 'w':
			w += 70
		case unicode.Is(unicode.Mn, r):
		default:
			w += 58
		}
	}
	return (w*size + 99) / 100
}

// svgText escapes text; what XML does not allow is left out.
func svgText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < 0x20, r == 0xFFFE, r == 0xFFFF, r == unicode.ReplacementChar:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
