package workflow

import (
	"fmt"
	"strings"
)

// Mermaid draws the definition as a Mermaid state diagram. The stage in which a
// case stands is marked; "" marks none.
func (m *Machine) Mermaid(present Stage) string {
	var b strings.Builder
	d := &m.def
	b.WriteString("stateDiagram-v2\n")
	for _, n := range m.order {
		fmt.Fprintf(&b, "    state \"%s\" as s%d\n", mermaidText(d.stageTitle(n.id)), n.index)
	}
	fmt.Fprintf(&b, "    [*] --> s%d\n", m.stages[d.Start].index)
	for _, n := range m.order {
		for i := range n.edges {
			e := &n.edges[i]
			mv := &d.Moves[e.move]
			fmt.Fprintf(&b, "    s%d --> s%d : %s（%s）\n", n.index, m.stages[e.out.To].index,
				mermaidText(moveTitle(mv)), mermaidText(d.roleTitles(mv.By)))
		}
		if n.final {
			fmt.Fprintf(&b, "    s%d --> [*]\n", n.index)
		}
	}
	if n := m.stages[present]; n != nil {
		b.WriteString("    classDef present fill:#1f5fbf,color:#ffffff,stroke:#123a75,stroke-width:2px\n")
		fmt.Fprintf(&b, "    class s%d present\n", n.index)
	}
	return b.String()
}

// mermaidText writes the characters that Mermaid reads as syntax as entities.
func mermaidText(s string) string {
	return strings.NewReplacer("&", "#amp;", "#", "#35;", ";", "#59;", ":", "#58;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "`", "#96;",
		"\\", "#92;", "{", "#123;", "}", "#125;", "%", "#37;").Replace(s)
}
