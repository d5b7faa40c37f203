package catalog_test

import (
	"fmt"
	"testing"
)

func TestDump(t *testing.T) {
	for f := range rowsOf {
		c, err := readFile(t, f)
		fmt.Println("==", f, len(c.Entries), err != nil)
		seen := map[string]bool{}
		for _, e := range c.Entries {
			n := e.Nodes[0]
			l, err := n.Limit()
			if !seen[n.LimitText] {
				fmt.Println("  ", n.LimitText, "=>", l.Kind, l.N, l.Unit, l.From, l, err)
			}
			seen[n.LimitText] = true
		}
		for _, p := range c.Problems {
			if p.Severity > 0 {
				fmt.Println("   ", p.Chinese())
			}
		}
		for _, p := range c.Check(nil) {
			fmt.Println("   CHECK", p.Severity, p.Chinese(), p.Rule)
		}
	}
}
