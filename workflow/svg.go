package workflow

import (
	"sort"
	"strings"
)

// SVG draws the definition: the stages from top to bottom in the order of the
// definition, beside each what can be done there and by whom. Ways on run right
// of the stages, ways back left of them; the numbers are those of the moves in
// Markdown. The stage in which a case stands is filled; "" fills none. The same
// input gives the same bytes.
func (m *Machine) SVG(present Stage) []byte {
	l := m.layOut(present)
	return l.draw()
}

const (
	svgFont  = 14
	svgLine  = 22
	svgGap   = 44
	svgLane  = 28
	svgTop   = 100
	svgPad   = 24
	svgInk   = "#1b2733"
	svgGrey  = "#5b6b82"
	svgBlue  = "#1f5fbf"
	svgAmber = "#c0741a"
)

// layout is the picture before it is drawn.
type layout struct {
	m       *Machine
	present Stage
	rows    []svgRow
	halted  []svgEntry // what can be done while suspended
	left    []*svgWay
	right   []*svgWay
	boxX    int
	boxW    int
	textX   int
	width   int
	height  int
}

type svgRow struct {
	stage *StageDef
	y, h  int
	lines []svgEntry
	next  []string // numbers on the arrow to the following row
}

type svgEntry struct {
	number string
	title  string
	rest   string
}

// svgWay is a line beside the boxes, from one row to another.
type svgWay struct {
	from, to int
	numbers  []string
	y1, y2   int
	lane     int
}

func (m *Machine) layOut(present Stage) *layout {
	l := &layout{m: m, present: present}
	d := &m.def
	row := make(map[Stage]int, len(d.Stages))
	for i := range d.Stages {
		row[d.Stages[i].ID] = i
		l.rows = append(l.rows, svgRow{stage: &d.Stages[i]})
	}
	ways := make(map[[2]int]*svgWay)
	for i := range d.Moves {
		mv := &d.Moves[i]
		for _, from := range mv.From {
			line := svgEntry{number(i), moveTitle(mv), d.roleTitles(mv.By)}
			if from == Suspended {
				line.rest += " → " + d.stageTitle(mv.To)
				l.halted = append(l.halted, line)
				continue
			}
			a := row[from]
			to, known := row[mv.To]
			switch {
			case mv.To == Here, known && to == a:
			case mv.To == Suspended:
				line.rest += " → 中止"
			case to == a+1:
				l.rows[a].next = append(l.rows[a].next, number(i))
			default:
				line.rest += " → " + d.stageTitle(mv.To)
				w := ways[[2]int{a, to}]
				if w == nil {
					w = &svgWay{from: a, to: to}
					ways[[2]int{a, to}] = w
					if to > a {
						l.right = append(l.right, w)
					} else {
						l.left = append(l.left, w)
					}
				}
				w.numbers = append(w.numbers, number(i))
			}
			l.rows[a].lines = append(l.rows[a].lines, line)
		}
	}
	l.place()
	return l
}

// place settles all coordinates.
func (l *layout) place() {
	d := &l.m.def
	l.boxW = 132
	for i := range l.rows {
		s := l.rows[i].stage
		l.boxW = max(l.boxW, textWidth(d.stageTitle(s.ID), svgFont)+36)
		if s.Clock != "" {
			l.boxW = max(l.boxW, textWidth(l.m.limitOf(s.Clock), 11)+24)
		}
	}
	ends := make([][2]int, len(l.rows)) // lines that end at the left and right side
	for _, w := range l.left {
		ends[w.from][0]++
		ends[w.to][0]++
	}
	for _, w := range l.right {
		ends[w.from][1]++
		ends[w.to][1]++
	}
	y := svgTop
	for i := range l.rows {
		r := &l.rows[i]
		r.y = y
		r.h = max(46, len(r.lines)*svgLine+14, (max(ends[i][0], ends[i][1])+1)*13)
		y += r.h + svgGap
	}
	bottom := y - svgGap
	lanesL := l.lanes(l.left, false)
	lanesR := l.lanes(l.right, true)
	l.boxX = svgPad + lanesL*svgLane + 10
	l.textX = l.boxX + l.boxW + lanesR*svgLane + 26
	right := l.textX
	for i := range l.rows {
		for _, t := range l.rows[i].lines {
			right = max(right, l.textX+t.width())
		}
	}
	if len(l.halted) > 0 {
		bottom += 40 + len(l.halted)*svgLine
		for _, t := range l.halted {
			right = max(right, l.textX+t.width())
		}
	}
	l.width = max(right+svgPad, textWidth(l.m.title(), 18)+2*svgPad)
	l.height = bottom + svgPad
}

func (t svgEntry) width() int {
	return 34 + textWidth(t.title, svgFont) + 14 + textWidth(t.rest, 12)
}

// lanes gives each line its ends on the boxes and its distance from them, and
// returns how many lanes there are. Long lines run outside short ones, and the
// ends are ordered so that a line does not cross another where it leaves.
func (l *layout) lanes(ways []*svgWay, right bool) int {
	length := func(w *svgWay) int { return abs(w.to - w.from) }
	for i := range l.rows {
		var in, out []*svgWay
		for _, w := range ways {
			if w.to == i {
				in = append(in, w)
			}
			if w.from == i {
				out = append(out, w)
			}
		}
		// Right: lines come in from above, near ones first, and leave downwards,
		// far ones first. Left: they leave upwards, near ones first, and come in
		// from below, far ones first.
		near := func(s []*svgWay) {
			sort.SliceStable(s, func(a, b int) bool { return length(s[a]) < length(s[b]) })
		}
		far := func(s []*svgWay) {
			sort.SliceStable(s, func(a, b int) bool { return length(s[a]) > length(s[b]) })
		}
		first, second := in, out
		if !right {
			first, second = out, in
		}
		near(first)
		far(second)
		n := len(first) + len(second)
		for k, w := range append(append([]*svgWay(nil), first...), second...) {
			y := l.rows[i].y + l.rows[i].h*(k+1)/(n+1)
			if w.from == i {
				w.y1 = y
			} else {
				w.y2 = y
			}
		}
	}
	order := append([]*svgWay(nil), ways...)
	sort.SliceStable(order, func(a, b int) bool { return length(order[a]) < length(order[b]) })
	var taken [][][2]int // spans by lane
	for _, w := range order {
		lo, hi := min(w.y1, w.y2), max(w.y1, w.y2)
		k := 0
		for ; k < len(taken); k++ {
			free := true
			for _, s := range taken[k] {
				free = free && (hi+6 < s[0] || lo > s[1]+6)
			}
			if free {
				break
			}
		}
		if k == len(taken) {
			taken = append(taken, nil)
		}
		taken[k] = append(taken[k], [2]int{lo, hi})
		w.lane = k
	}
	return len(taken)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func (l *layout) draw() []byte {
	d := &l.m.def
	p := newPicture(l.width, l.height, l.m.title())
	p.text(svgPad, 36, 18, svgInk, "start", true, l.m.title())
	base, halted := l.present.Base()
	if n := l.m.stages[l.present]; n != nil {
		p.text(svgPad, 58, 12, svgGrey, "start", false, "当前环节："+d.stageTitle(l.present))
	}
	mid := l.boxX + l.boxW/2
	for _, w := range l.left {
		lane := l.boxX - 18 - w.lane*svgLane
		p.hook(l.boxX, w.y1, lane, w.y2, svgAmber)
	}
	for _, w := range l.right {
		lane := l.boxX + l.boxW + 18 + w.lane*svgLane
		p.hook(l.boxX+l.boxW, w.y1, lane, w.y2, svgGrey)
	}
	for i := range l.rows {
		r := &l.rows[i]
		here := r.stage.ID == base && l.m.stages[l.present] != nil
		l.box(p, r, here, halted)
		if r.stage.ID == d.Start {
			p.arrow(mid, r.y-14, mid, r.y, svgGrey)
			p.rect(mid-5, r.y-22, 10, 10, 5, svgGrey, svgGrey, 1, "")
		}
		if len(r.next) > 0 {
			p.arrow(mid, r.y+r.h, mid, r.y+r.h+svgGap, svgGrey)
			p.pill(mid, r.y+r.h+svgGap/2-4, strings.Join(r.next, ", "), svgGrey)
		}
		top := r.y + (r.h-len(r.lines)*svgLine)/2
		for k, t := range r.lines {
			l.entry(p, top+k*svgLine, t)
		}
	}
	for _, w := range l.left {
		l.pillOn(p, w, l.boxX-18-w.lane*svgLane, svgAmber)
	}
	for _, w := range l.right {
		l.pillOn(p, w, l.boxX+l.boxW+18+w.lane*svgLane, svgGrey)
	}
	if len(l.halted) > 0 {
		y := l.height - svgPad - len(l.halted)*svgLine
		p.text(l.textX, y-8, 12, svgAmber, "start", true, "中止期间")
		for k, t := range l.halted {
			l.entry(p, y+k*svgLine, t)
		}
	}
	return p.bytes()
}

// pillOn sets the numbers of a line near its beginning.
func (l *layout) pillOn(p *picture, w *svgWay, x int, colour string) {
	step := 18
	if w.y2 < w.y1 {
		step = -18
	}
	y := w.y1 + step
	for _, n := range w.numbers {
		p.pill(x, y, n, colour)
		y += step
	}
}

func (l *layout) box(p *picture, r *svgRow, here, halted bool) {
	fill, stroke, ink, thick, dash := "#f4f7fb", svgGrey, svgInk, 1, ""
	if here {
		fill, stroke, ink, thick = svgBlue, "#123a75", "#ffffff", 2
		if halted {
			fill, stroke, dash = "#fdf3e7", svgAmber, "5 3"
			ink = svgInk
		}
	}
	p.rect(l.boxX, r.y, l.boxW, r.h, 8, fill, stroke, thick, dash)
	if r.stage.Final {
		p.rect(l.boxX+4, r.y+4, l.boxW-8, r.h-8, 5, "none", stroke, 1, "")
	}
	mid, y := l.boxX+l.boxW/2, r.y+r.h/2+5
	small := ""
	if r.stage.Clock != "" {
		small = l.m.limitOf(r.stage.Clock)
	}
	if here && halted {
		small = "已中止"
	}
	if small != "" {
		y -= 8
		p.text(mid, y+17, 11, ink, "middle", false, small)
	}
	p.text(mid, y, svgFont, ink, "middle", true, l.m.def.stageTitle(r.stage.ID))
}

func (l *layout) entry(p *picture, y int, t svgEntry) {
	p.pill(l.textX+10, y+svgLine/2, t.number, svgGrey)
	p.text(l.textX+28, y+svgLine/2+5, svgFont, svgInk, "start", false, t.title)
	p.text(l.textX+28+textWidth(t.title, svgFont)+12, y+svgLine/2+5, 12, svgGrey, "start", false, t.rest)
}
