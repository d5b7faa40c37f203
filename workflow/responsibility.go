package workflow

// Responsibility is one row of the diagram of who answers for what
// (主体责任逻辑示意图): a node of a matter on the three lines of business,
// disclosure and supervision. Its texts are printed as they are.
type Responsibility struct {
	Node        string
	Business    string
	Disclosure  string
	Supervision string
}

// Responsibility lists the stages for which somebody answers, in the order of
// the definition.
func (m *Machine) Responsibility() []Responsibility {
	var rows []Responsibility
	name := func(r Role) string {
		if r == "" {
			return ""
		}
		return m.def.roleTitle(r)
	}
	for i := range m.def.Stages {
		s := &m.def.Stages[i]
		if s.Answers == (Answers{}) {
			continue
		}
		rows = append(rows, Responsibility{m.def.stageTitle(s.ID), name(s.Answers.Business), name(s.Answers.Disclosure), name(s.Answers.Supervision)})
	}
	return rows
}

// ResponsibilitySVG draws the diagram: one row a node from top to bottom, three
// lines that go down side by side. Nodes of a catalog entry can be drawn as well
// as the stages of a definition; the same rows give the same bytes.
func ResponsibilitySVG(title string, rows []Responsibility) []byte {
	const (
		fs, top, rowH, gap, pad = 14, 96, 48, 28, 24
	)
	heads := [3]string{"业务线", "公开线", "监督线"}
	fill := [3]string{"#eef4fd", "#eaf6ee", "#fdf3e7"}
	line := [3]string{"#1f5fbf", "#2b8a4b", "#c0741a"}
	nodeW := 120
	colW := [3]int{140, 140, 140}
	for _, r := range rows {
		nodeW = max(nodeW, textWidth(r.Node, fs)+32)
		for c, t := range [3]string{r.Business, r.Disclosure, r.Supervision} {
			colW[c] = max(colW[c], textWidth(t, fs)+32)
		}
	}
	var x [3]int
	at := pad + nodeW + 40
	for c := range x {
		x[c] = at
		at += colW[c] + 28
	}
	width := max(at-28+pad, textWidth(title, 18)+2*pad)
	height := top + len(rows)*(rowH+gap) - gap + pad
	if len(rows) == 0 {
		height = top
	}
	p := newPicture(width, height, title)
	p.text(pad, 38, 18, "#1b2733", "start", true, title)
	for c := range x {
		p.rect(x[c], 58, colW[c], 26, 4, line[c], line[c], 1, "")
		p.text(x[c]+colW[c]/2, 76, fs, "#ffffff", "middle", true, heads[c])
	}
	p.text(pad+nodeW/2, 76, fs, "#5b6b82", "middle", true, "环节")
	last := [3]int{-1, -1, -1}
	for i, r := range rows {
		y := top + i*(rowH+gap)
		p.rect(pad, y, nodeW, rowH, 8, "#ffffff", "#5b6b82", 1, "")
		p.text(pad+nodeW/2, y+rowH/2+5, fs, "#1b2733", "middle", true, r.Node)
		if i+1 < len(rows) {
			p.arrow(pad+nodeW/2, y+rowH, pad+nodeW/2, y+rowH+gap, "#5b6b82")
		}
		from := pad + nodeW
		for c, t := range [3]string{r.Business, r.Disclosure, r.Supervision} {
			if t == "" {
				continue
			}
			p.line(from, y+rowH/2, x[c], y+rowH/2, "#c3ccd8", "4 3")
			from = x[c] + colW[c]
			if last[c] >= 0 {
				p.arrow(x[c]+colW[c]/2, top+last[c]*(rowH+gap)+rowH-4, x[c]+colW[c]/2, y+4, line[c])
			}
			last[c] = i
			p.rect(x[c], y+4, colW[c], rowH-8, 4, fill[c], line[c], 1, "")
			p.text(x[c]+colW[c]/2, y+rowH/2+5, fs, "#1b2733", "middle", false, t)
		}
	}
	return p.bytes()
}
