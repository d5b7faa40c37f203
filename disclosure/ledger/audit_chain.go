package ledger

import (
	"encoding/binary"
	"slices"
)

// index builds the table by which a record's hash finds its place: open
// addressing over the first eight bytes of the hash.
func (a *audit) index() {
	size := uint64(16)
	for size < 4*uint64(len(a.leaves)) {
		size *= 2
	}
	a.table, a.mask = make([]uint32, size), size-1
	a.seen = make([]uint64, (len(a.leaves)+63)/64)
	for p := range a.leaves {
		l := &a.leaves[p]
		slot := binary.LittleEndian.Uint64(l.Hash[:]) & a.mask
		for a.table[slot] != 0 && a.leaves[a.table[slot]-1].Hash != l.Hash {
			slot = (slot + 1) & a.mask
		}
		if a.table[slot] != 0 {
			a.fault(Fault{Code: Added, Case: l.Case, Seq: l.Seq, To: l.Seq, Place: int64(p), Until: int64(p) + 1, Part: "log"})
			a.see(int64(p))
			continue
		}
		a.table[slot] = uint32(p) + 1
	}
}

func (a *audit) place(h *Digest) int64 {
	slot := binary.LittleEndian.Uint64(h[:]) & a.mask
	for {
		p := a.table[slot]
		if p == 0 {
			return -1
		}
		if a.leaves[p-1].Hash == *h {
			return int64(p - 1)
		}
		slot = (slot + 1) & a.mask
	}
}

func (a *audit) see(p int64)          { a.seen[p/64] |= 1 << (p % 64) }
func (a *audit) wasSeen(p int64) bool { return a.seen[p/64]>>(p%64)&1 == 1 }

func (a *audit) allSeen() bool {
	for i, w := range a.seen {
		want := ^uint64(0)
		if rest := len(a.leaves) - 64*i; rest < 64 {
			want = 1<<rest - 1
		}
		if w != want {
			return false
		}
	}
	return true
}

func (a *audit) readChains() error {
	v := chainVerifier{tenant: a.Tenant, suites: a.Suites, whose: func(h Digest) (Ref, bool) {
		if p := a.place(&h); p >= 0 {
			return Ref{a.leaves[p].Case, a.leaves[p].Seq}, true
		}
		return Ref{}, false
	}}
	r := a.report
	var places []int64
	for c, err := range a.Chains {
		if err != nil {
			return err
		}
		r.Cases++
		r.Records += int64(len(c.Records))
		faults := v.verify(c)
		r.Faults = append(r.Faults, faults...)
		places = a.places(places, c.Records)
		var head int64
		pending := Span{Case: c.Case}
		flush := func() {
			if pending.Seq > 0 {
				if pending.Unlogged {
					a.unlogged = append(a.unlogged, pending)
				}
				r.NotYetAnchored = append(r.NotYetAnchored, pending)
				pending.Seq = 0
			}
		}
		for i := range c.Records {
			rec := &c.Records[i]
			head = max(head, rec.Seq)
			if rec.Erased() {
				r.Erased++
			}
			p := places[i]
			unlogged := p < 0
			if !unlogged {
				l := &a.leaves[p]
				if l.Seq != rec.Seq || l.Case != rec.Case {
					if len(faults) > 0 {
						continue // the chain's faults name it
					}
					a.fault(Fault{Code: LogAltered, Case: rec.Case, Seq: rec.Seq, To: rec.Seq, Place: p, Until: p + 1, Part: "label"})
				}
				a.see(p)
				if p < r.Anchored {
					continue
				}
			}
			if pending.Seq == 0 || pending.To+1 != rec.Seq || pending.Unlogged != unlogged {
				flush()
				pending.Seq, pending.Unlogged = rec.Seq, unlogged
			}
			pending.To = rec.Seq
		}
		flush()
		a.heads = append(a.heads, Ref{c.Case, head})
	}
	return nil
}

// places looks up all records of a chain together, so that the processor can
// wait for many places in memory at once.
func (a *audit) places(out []int64, records []Record) []int64 {
	out = out[:0]
	for i := range records {
		slot := binary.LittleEndian.Uint64(records[i].Hash[:]) & a.mask
		out = append(out, int64(a.table[slot])-1)
	}
	for i := range out {
		if p := out[i]; p >= 0 && a.leaves[p].Hash != records[i].Hash {
			out[i] = a.place(&records[i].Hash)
		}
	}
	return out
}

// maxSpan bounds what one fault with an absurd range may cost.
const maxSpan = 1 << 12

// missing goes through the places of the log that no record filled.
func (a *audit) missing() {
	if len(a.report.Faults) == 0 && len(a.unlogged) == 0 && a.allSeen() {
		return
	}
	heads := make(map[string]int64, len(a.heads))
	for _, h := range a.heads {
		heads[h.Case] = max(heads[h.Case], h.Seq)
	}
	a.faulty = map[Ref]bool{}
	for _, f := range a.report.Faults {
		if f.Case != "" && f.Code != LogAltered {
			for s := f.Seq; s <= f.To && s < f.Seq+maxSpan; s++ {
				a.faulty[Ref{f.Case, s}] = true
			}
		}
	}
	stray := map[string][]Span{}
	for _, s := range a.unlogged {
		stray[s.Case] = append(stray[s.Case], s)
	}
	isStray := func(l Leaf) bool {
		return slices.ContainsFunc(stray[l.Case], func(s Span) bool { return s.Seq <= l.Seq && l.Seq <= s.To })
	}
	gone := map[string]Fault{}
	cut := map[string]Fault{}
	topLogged := map[string]int64{}
	for p := range a.leaves {
		l := &a.leaves[p]
		if len(stray) > 0 && len(stray[l.Case]) > 0 {
			topLogged[l.Case] = max(topLogged[l.Case], l.Seq)
		}
		if a.wasSeen(int64(p)) {
			continue
		}
		head, ok := heads[l.Case]
		at := Fault{Case: l.Case, Seq: l.Seq, To: l.Seq, Place: int64(p), Until: int64(p) + 1}
		switch {
		case !ok || head == 0:
			widen(gone, at, CaseRemoved)
		case a.faulty[Ref{l.Case, l.Seq}]:
		case l.Seq > head:
			widen(cut, at, CutOff)
		case isStray(*l):
			at.Code = Replaced
			at.Part = "log"
			a.faulty[Ref{l.Case, l.Seq}] = true
			a.fault(at)
		default:
			at.Code = LogAltered // the place names a record that has another place
			a.fault(at)
		}
	}
	for _, m := range []map[string]Fault{gone, cut} {
		for _, f := range m {
			a.fault(f)
		}
	}
	// A record without a place, though one after it has one.
	for _, s := range a.unlogged {
		for seq := s.Seq; seq <= s.To && seq < topLogged[s.Case]; seq++ {
			if !a.faulty[Ref{s.Case, seq}] {
				a.fault(Fault{Code: LogAltered, Case: s.Case, Seq: seq, To: seq, Place: -1, Part: "no place"})
			}
		}
	}
}

// widen keeps one fault a case, from its first record to its last.
func widen(m map[string]Fault, f Fault, code Code) {
	old, ok := m[f.Case]
	if !ok {
		f.Code = code
		m[f.Case] = f
		return
	}
	old.Seq, old.To = min(old.Seq, f.Seq), max(old.To, f.To)
	old.Place, old.Until = min(old.Place, f.Place), max(old.Until, f.Until)
	m[f.Case] = old
}
