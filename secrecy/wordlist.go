package secrecy

import "slices"

// WordList is a list of the caller's: the agency's staff, project code names, the
// applicants of a case. Words are matched folded (width, script, zero-width marks)
// and over blanks inside them.
type WordList struct {
	ID    string // names the list in Finding.Rule
	Words []string
	Kind  Kind // zero = KindWord; KindPerson for lists of names
	Role  Role // e.g. Official for staff
}

const (
	wordsMax   = 200_000
	wordMax    = 64 // units of a word
	listsMax   = 1 << 12
	noNode     = 0
	hashFactor = 0x9E3779B97F4A7C15
)

// matcher is an Aho–Corasick automaton over folded units. The edges of the root
// stand in a table, the others in one open-addressed hash.
type matcher struct {
	root  []uint32 // by unit
	keys  []uint64 // (node+1)<<16 | unit; 0 = free
	next  []uint32
	shift uint
	fail  []uint32
	out   []int32            // list index of a word that ends at the node, -1 for none
	depth []uint8            // units of the word
	link  []uint32           // next node on the fail path with an output
	extra map[uint32][]int32 // further outputs of a node
}

// wordEntry is a folded word and what it stands for.
type wordEntry struct {
	units []uint16
	out   int32
}

// foldWord is a word as a page has it, without blanks.
func foldWord(w string) []uint16 {
	var p page
	p.fold(w, 0)
	out := make([]uint16, 0, len(p.r))
	for i, r := range p.r {
		if p.cls[i]&cBlank == 0 {
			out = append(out, r)
		}
	}
	return out
}

func newMatcher(words []wordEntry) *matcher {
	n := 1
	for _, w := range words {
		n += len(w.units)
	}
	size := 16
	for size < 2*n {
		size *= 2
	}
	m := &matcher{root: make([]uint32, 1<<16), keys: make([]uint64, size), next: make([]uint32, size), shift: 64}
	for s := size; s > 1; s /= 2 {
		m.shift--
	}
	m.fail = append(m.fail, 0)
	m.out = append(m.out, -1)
	m.depth = append(m.depth, 0)
	type edge struct {
		from uint32
		unit uint16
		to   uint32
	}
	var edges []edge
	for _, w := range words {
		at := uint32(0)
		for d, u := range w.units {
			to := m.step(at, u)
			if to == noNode {
				to = uint32(len(m.fail))
				m.fail = append(m.fail, 0)
				m.out = append(m.out, -1)
				m.depth = append(m.depth, uint8(d+1))
				m.add(at, u, to)
				edges = append(edges, edge{at, u, to})
			}
			at = to
		}
		switch {
		case m.out[at] < 0:
			m.out[at] = w.out
		case m.out[at] != w.out:
			if m.extra == nil {
				m.extra = map[uint32][]int32{}
			}
			m.extra[at] = append(m.extra[at], w.out)
		}
	}
	// Fail links, breadth first.
	slices.SortStableFunc(edges, func(a, b edge) int { return int(m.depth[a.to]) - int(m.depth[b.to]) })
	m.link = make([]uint32, len(m.fail))
	for _, e := range edges {
		if e.from == 0 {
			continue
		}
		f := m.fail[e.from]
		for {
			if to := m.step(f, e.unit); to != noNode {
				m.fail[e.to] = to
				break
			}
			if f == 0 {
				break
			}
			f = m.fail[f]
		}
		f = m.fail[e.to]
		if m.out[f] >= 0 {
			m.link[e.to] = f
		} else {
			m.link[e.to] = m.link[f]
		}
	}
	return m
}

func (m *matcher) slot(key uint64) uint64 { return key * hashFactor >> m.shift }

func (m *matcher) add(from uint32, u uint16, to uint32) {
	if from == 0 {
		m.root[u] = to
		return
	}
	key := uint64(from)<<16 | uint64(u)
	mask := uint64(len(m.keys) - 1)
	for i := m.slot(key); ; i = (i + 1) & mask {
		if m.keys[i] == 0 {
			m.keys[i], m.next[i] = key, to
			return
		}
	}
}

func (m *matcher) step(from uint32, u uint16) uint32 {
	if from == 0 {
		return m.root[u]
	}
	key := uint64(from)<<16 | uint64(u)
	mask := uint64(len(m.keys) - 1)
	for i := m.slot(key); ; i = (i + 1) & mask {
		switch m.keys[i] {
		case key:
			return m.next[i]
		case 0:
			return noNode
		}
	}
}

// scan calls hit for every word on the page, the longest at each end first.
// Blanks inside a word are passed over, at most two together.
func (m *matcher) scan(p *page, hit func(from, to int, out int32)) {
	var ring [wordMax]int32 // units of the characters of the current word
	at := uint32(0)
	n, blanks := 0, 0
	for i, u := range p.r {
		if p.cls[i]&cBlank != 0 {
			if at != 0 {
				if blanks++; blanks > 2 {
					at, blanks = 0, 0
				}
			}
			continue
		}
		blanks = 0
		to := m.step(at, u)
		for to == noNode && at != 0 {
			at = m.fail[at]
			to = m.step(at, u)
		}
		at = to
		if at == 0 {
			continue
		}
		ring[n%wordMax] = int32(i)
		n++
		for o := at; o != 0; o = m.link[o] {
			if m.out[o] < 0 {
				continue
			}
			from := int(ring[(n-int(m.depth[o])+wordMax)%wordMax])
			hit(from, i, m.out[o])
			for _, e := range m.extra[o] {
				hit(from, i, e)
			}
		}
	}
}
