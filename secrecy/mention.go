package secrecy

import (
	"slices"
	"sort"
)

// A name that was found in one place is a name in every place: in a signature, in
// a sentence that gives no hint, with blanks inside. mentions goes over the text
// once more for them.

type nameSeen struct {
	units []uint16
	role  Role
}

// remember keeps a name without its blanks.
func (s *scan) remember(p *page, from, to int, role Role) {
	var buf [16]uint16
	units := buf[:0]
	for i := from; i <= to; i++ {
		if p.cls[i]&cBlank == 0 && len(units) < cap(units) {
			units = append(units, p.r[i])
		}
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	key := string(unitsKey(units, s.buf[:0]))
	if s.seen[key] || len(s.people0) >= namesMax {
		return
	}
	s.seen[key] = true
	s.people0 = append(s.people0, nameSeen{slices.Clone(units), role})
}

const namesMax = 1 << 16

func unitsKey(u []uint16, dst []byte) []byte {
	for _, v := range u {
		dst = append(dst, byte(v>>8), byte(v))
	}
	return dst
}

// mentions marks the other mentions on a page. found are the findings so far,
// sorted.
func (s *scan) mentions(p *page, m *matcher) {
	found := s.found
	n := len(found)
	sort.Slice(found, func(a, b int) bool { return found[a].Start < found[b].Start })
	covered := func(from, to int) bool {
		a, b := p.base+int(p.at[from]), p.base+p.end(to)
		k := sort.Search(n, func(k int) bool { return found[k].End > a })
		return k < n && found[k].Start < b
	}
	lex := names()
	type hit struct {
		from, to int
		out      int32
	}
	var hits []hit
	m.scan(p, func(from, to int, out int32) {
		for len(hits) > 0 && hits[len(hits)-1].from >= from {
			hits = hits[:len(hits)-1] // a shorter name inside this one
		}
		if len(hits) > 0 && hits[len(hits)-1].to >= from {
			return
		}
		hits = append(hits, hit{from, to, out})
	})
	clear(s.taken)
	for _, h := range hits {
		if covered(h.from, h.to) {
			continue
		}
		name := s.people0[h.out]
		if len(name.units) == 2 && lex.begin.has(name.units[0], name.units[1]) {
			// The name is also a word: only where a sign or a cue stands beside it.
			left, _ := s.leftOf(p, h.from)
			if left < sideEdge || s.rightOf(p, h.to+1) < sideWeak {
				continue
			}
		}
		if s.notPerson(p, h.from, h.to+1) {
			continue
		}
		s.emitRaw(p, h.from, h.to, Finding{Kind: KindPerson, Role: name.role, Evidence: ByRepeat})
	}
}

// nameMatcher is the automaton of the names found so far.
func (s *scan) nameMatcher() *matcher {
	words := make([]wordEntry, len(s.people0))
	for i, n := range s.people0 {
		words[i] = wordEntry{n.units, int32(i)}
	}
	return newMatcher(words)
}
