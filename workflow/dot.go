package workflow

import (
	"fmt"
	"strings"
)

// DOT draws the definition for Graphviz. The stage in which a case stands is
// marked; "" marks none.
func (m *Machine) DOT(present Stage) string {
	var b strings.Builder
	d := &m.def
	fmt.Fprintf(&b, "digraph %s {\n", dotText(d.ID))
	fmt.Fprintf(&b, "  label=%s; labelloc=t; rankdir=TB;\n", dotText(m.title()))
	b.WriteString("  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f4f7fb\", color=\"#5b6b82\", fontname=\"Noto Sans CJK SC\"];\n")
	b.WriteString("  edge [color=\"#5b6b82\", fontname=\"Noto Sans CJK SC\", fontsize=11];\n")
	b.WriteString("  start [shape=circle, label=\"\", width=0.15, fillcolor=\"#5b6b82\"];\n")
	for _, n := range m.order {
		fmt.Fprintf(&b, "  s%d [label=%s", n.index, dotText(d.stageTitle(n.id)))
		if n.final {
			b.WriteString(", peripheries=2")
		}
		if _, halted := n.id.Base(); halted {
			b.WriteString(", style=\"rounded,filled,dashed\"")
		}
		if n.id == present {
			b.WriteString(", fillcolor=\"#1f5fbf\", fontcolor=\"#ffffff\"")
		}
		b.WriteString("];\n")
	}
	fmt.Fprintf(&b, "  start -> s%d;\n", m.stages[d.Start].index)
	for _, n := range m.order {
		for i := range n.edges {
			e := &n.edges[i]
			mv := &d.Moves[e.move]
			fmt.Fprintf(&b, "  s%d -> s%d [label=%s];\n", n.index, m.stages[e.out.To].index,
				dotText(moveTitle(mv)+"\n"+d.roleTitles(mv.By)))
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func (m *Machine) title() string {
	if m.def.Title != "" {
		return m.def.Title
	}
	return m.def.ID
}

func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
