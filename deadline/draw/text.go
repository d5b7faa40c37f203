package draw

import (
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

const textCell = 9 // columns of a terminal

// Text draws the grid for a terminal or a log: per day its number, a tag for
// what it is, and its place in the count. A wide character takes two columns.
func (g Grid) Text() (string, error) {
	months, err := g.layout()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if g.Title != "" {
		b.WriteString(g.Title + "\n\n")
	}
	for _, m := range months {
		b.WriteString(m.title(g.Language) + "\n")
		line(&b, func(k int) string { return " " + weekdayWords[k].in(g.Language) })
		for _, week := range m.weeks {
			line(&b, func(k int) string {
				c := week[k]
				if c.date.IsZero() {
					return ""
				}
				s := fmt.Sprintf("%2d", c.date.Day())
				tag := c.textTag(g.Language)
				if tag != "" {
					s += tag
				}
				if c.mark.Number > 0 {
					s += fmt.Sprintf("(%d)", c.mark.Number)
				}
				return s
			})
		}
		b.WriteString("\n")
	}
	kinds, marks, projected := legend(months)
	var items []string
	for _, k := range marks {
		switch {
		case k == Counted:
			items = append(items, "(n) "+words{"第n日", "the n-th day"}.in(g.Language))
		case markTags[k].chinese != "":
			items = append(items, markTags[k].in(g.Language)+" "+markWords[k].in(g.Language))
		}
	}
	for _, k := range kinds {
		if t := textTags[k]; t.chinese != "" {
			items = append(items, t.in(g.Language)+" "+words{k.Chinese(), k.English()}.in(g.Language))
		}
	}
	if projected {
		items = append(items, "~ "+words{"推算", "projected"}.in(g.Language))
	}
	b.WriteString(strings.Join(items, "  ") + "\n")
	for _, n := range g.Notes {
		b.WriteString(n + "\n")
	}
	return b.String(), nil
}

// textTags adds a tag for the weekend, which has no pattern here.
var textTags = map[deadline.DayKind]words{
	deadline.DayWeekend: {"·", "."}, deadline.DayStatutory: kindTags[deadline.DayStatutory], deadline.DayInLieu: kindTags[deadline.DayInLieu],
	deadline.DayMakeup: kindTags[deadline.DayMakeup], deadline.DaySpecial: kindTags[deadline.DaySpecial], deadline.DayUndetermined: kindTags[deadline.DayUndetermined],
}

func (c cell) textTag(l Language) string {
	s := ""
	if c.day.Projected() {
		s = "~"
	}
	if w, ok := markTags[c.mark.Kind]; ok {
		return s + w.in(l)
	}
	return s + textTags[c.day.Kind].in(l)
}

// line writes seven cells and no blanks at the end.
func line(b *strings.Builder, cell func(int) string) {
	var row strings.Builder
	for k := range 7 {
		s := cell(k)
		row.WriteString(s)
		n := 0
		for _, r := range s {
			n += textWidth(r)
		}
		row.WriteString(strings.Repeat(" ", max(textCell-n, 1)))
	}
	b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
}

func textWidth(r rune) int {
	if r == '·' {
		return 1
	}
	return width(r)
}
