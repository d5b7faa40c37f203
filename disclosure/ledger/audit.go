package ledger

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
)

// Verdict is what an audit comes to. The zero Verdict is undetermined.
type Verdict uint8

// The verdicts of an audit.
const (
	Undetermined Verdict = iota // whole in itself, but nothing kept outside to hold it against
	Intact                      // everything up to Report.Anchored is as it was when it was anchored, and the rest whole in itself
	Broken                      // see Report.Faults
)

// String is English; for people see Report.
func (v Verdict) String() string {
	switch v {
	case Intact:
		return "intact"
	case Broken:
		return "broken"
	}
	return "undetermined"
}

// Books is what an auditor is handed. Nothing of it is trusted but Keys and what
// Deposits say under a signature of one of them.
type Books struct {
	Tenant      string
	Keys        []Key                   // whose signatures count: the office's, past ones too, and witnesses'
	Suites      []Suite                 // nil = the built-in one
	Chains      iter.Seq2[Chain, error] // every case once, in any order; records oldest first
	Leaves      iter.Seq2[Leaf, error]  // the log as the office holds it, by place
	Checkpoints [][]byte                // signed notes that the office holds; nil allowed
	Deposits    []Deposit               // what was kept outside
}

// Span is a run of records of one case.
type Span struct {
	Case     string
	Seq, To  int64 // first and last record
	Unlogged bool  // they have no place in the log yet
}

// Report is what an Audit found.
type Report struct {
	Verdict  Verdict
	Tenant   string
	Cases    int64
	Records  int64
	Erased   int64 // records whose private part was erased by law
	Leaves   int64 // places in the log
	Anchored int64 // the log up to here is as a checkpoint kept outside says
	Root     Digest
	Faults   []Fault // by case, record and place
	// NotYetAnchored are the records after the last anchored checkpoint: whole
	// in themselves, but whoever holds the database could still rewrite them.
	NotYetAnchored []Span
}

// Audit verifies a whole office: every chain, the log, and both against the
// checkpoints, above all those kept outside. The error is one of reading Books;
// what is wrong with the records themselves is in the Report.
func Audit(b Books) (*Report, error) {
	a := &audit{Books: b, report: &Report{Tenant: b.Tenant}}
	a.openCheckpoints()
	a.takeDeposits()
	if err := a.readLog(); err != nil {
		return nil, err
	}
	a.index()
	if err := a.readChains(); err != nil {
		return nil, err
	}
	a.missing()
	return a.finish(), nil
}

// mark is a checkpoint to hold the log against.
type mark struct {
	Checkpoint
	outside bool
	met     bool // the log has the root
}

type audit struct {
	Books
	report *Report
	marks  []mark // by size

	known    []Leaf // the leaves that deposits prove, from place 0
	leaves   []Leaf // known, then the office's own beyond them
	held     int64  // leaves that the office holds
	differs  bool   // the office's log differs from known
	table    []uint32
	mask     uint64
	seen     []uint64
	heads    []Ref        // cases with their last record
	unlogged []Span       // records whose hash is not in the log
	faulty   map[Ref]bool // records that a fault names already
}

func (a *audit) fault(f Fault) { a.report.Faults = append(a.report.Faults, f) }

func (a *audit) openCheckpoints() {
	open := func(signed []byte, outside bool) {
		c, _, err := OpenCheckpoint(signed, a.Keys, a.Suites...)
		switch {
		case err != nil || c.Tenant != a.Tenant:
			size := int64(-1)
			if c, err := ParseCheckpoint(string(signed)); err == nil {
				size = c.Size
			}
			part := "office"
			if outside {
				part = "outside"
			}
			a.fault(Fault{Code: Forged, Place: size, Until: size, Part: part})
		case suiteOf(a.Suites, c.Suite) == nil:
			a.fault(Fault{Code: UnknownSuite, Place: c.Size, Until: c.Size, Part: c.Suite})
		default:
			a.marks = append(a.marks, mark{Checkpoint: c, outside: outside})
		}
	}
	for _, d := range a.Deposits {
		open(d.Note, true)
	}
	for _, n := range a.Checkpoints {
		open(n, false)
	}
	slices.SortStableFunc(a.marks, func(x, y mark) int { return cmp.Compare(x.Size, y.Size) })
}

// takeDeposits joins the leaves of the deposits to one row from place 0, as far
// as they lead to the roots of their own checkpoints.
func (a *audit) takeDeposits() {
	type part struct {
		Checkpoint
		Deposit
	}
	var parts []part
	for _, d := range a.Deposits {
		c, _, err := OpenCheckpoint(d.Note, a.Keys, a.Suites...)
		if err == nil && c.Tenant == a.Tenant && d.Leaves != nil && suiteOf(a.Suites, c.Suite) != nil {
			parts = append(parts, part{c, d})
		}
	}
	slices.SortStableFunc(parts, func(x, y part) int { return cmp.Compare(x.Size, y.Size) })
	frontiers := map[string]*Frontier{}
	for _, p := range parts {
		have := int64(len(a.known))
		if p.From < 0 || p.From > have || p.Size < have || p.From+int64(len(p.Leaves)) != p.Size {
			continue // does not join on; its checkpoint counts all the same
		}
		more := p.Leaves[have-p.From:]
		f := frontiers[p.Suite]
		if f == nil {
			f = NewFrontier(suiteOf(a.Suites, p.Suite))
			frontiers[p.Suite] = f
		}
		trial := *f
		for _, l := range a.known[f.Size():] {
			trial.Append(l.Hash)
		}
		for _, l := range more {
			trial.Append(l.Hash)
		}
		if trial.Root() != p.Root {
			a.fault(Fault{Code: DepositBroken, Place: p.From, Until: p.Size})
			continue
		}
		*f = trial
		a.known = append(a.known, more...)
	}
}

// readLog streams the office's log past the deposits' leaves and the checkpoints.
func (a *audit) readLog() error {
	var frontiers []*Frontier
	used := map[string]*Frontier{}
	add := func(id string) *Frontier {
		f := used[id]
		if f == nil {
			if s := suiteOf(a.Suites, id); s != nil {
				f = NewFrontier(s)
				used[id] = f
				frontiers = append(frontiers, f)
			}
		}
		return f
	}
	for _, m := range a.marks {
		add(m.Suite)
	}
	if len(frontiers) == 0 {
		id := StandardID
		if len(a.Suites) > 0 {
			id = a.Suites[0].ID()
		}
		add(id)
	}
	next := 0
	meet := func() {
		for ; next < len(a.marks) && a.marks[next].Size == a.held; next++ {
			m := &a.marks[next]
			m.met = used[m.Suite].Root() == m.Root
		}
	}
	meet()
	// A checkpoint says how much is to come; no more is believed than fits a
	// small machine.
	expect := int64(len(a.known))
	if n := len(a.marks); n > 0 {
		expect = max(expect, min(a.marks[n-1].Size, 1<<22))
	}
	a.leaves = append(make([]Leaf, 0, expect), a.known...)
	differ := int64(-1) // first place of a run that differs from the deposits
	flush := func(until int64) {
		if differ >= 0 {
			l := a.known[differ]
			a.fault(Fault{Code: LogAltered, Case: l.Case, Seq: l.Seq, To: l.Seq, Place: differ, Until: until})
			differ = -1
		}
	}
	for l, err := range a.Leaves {
		if err != nil {
			return err
		}
		if a.held < int64(len(a.known)) {
			switch same := a.known[a.held] == l; {
			case same:
				flush(a.held)
			case differ < 0:
				differ, a.differs = a.held, true
			}
		} else {
			flush(a.held)
			a.leaves = append(a.leaves, l)
		}
		for _, f := range frontiers {
			f.Append(l.Hash)
		}
		a.held++
		if next < len(a.marks) && a.marks[next].Size == a.held {
			meet()
		}
	}
	flush(min(a.held, int64(len(a.known))))
	a.report.Leaves = a.held
	a.report.Root = frontiers[0].Root()
	a.judgeMarks()
	return nil
}

// judgeMarks says up to where the log is anchored, where it ends too early, and
// between which checkpoints it was rewritten.
func (a *audit) judgeMarks() {
	var sound, soundOutside int64 // the largest sizes whose root the log has
	for _, m := range a.marks {
		if m.met {
			sound = m.Size
			if m.outside {
				soundOutside = m.Size
			}
		}
	}
	a.report.Anchored = soundOutside
	first, cut := -1, int64(-1)
	resigned := true // no checkpoint of the office's own speaks against its log
	for i, m := range a.marks {
		switch {
		case m.met:
		case m.Size > a.held:
			cut = max(cut, m.Size)
		case m.outside && m.Size < soundOutside, !m.outside && m.Size < sound:
			// Signed, and yet a later one that holds says otherwise.
			a.fault(Fault{Code: Forked, Place: m.Size, Until: m.Size})
		default:
			if first < 0 {
				first = i
			}
			resigned = resigned && m.outside
		}
	}
	if first >= 0 {
		// A root depends on all before it, so only the first that is not met
		// tells. If no checkpoint of the office's speaks against its log, they
		// were signed anew and show nothing about where.
		from, until := int64(0), a.marks[first].Size
		for _, m := range a.marks[:first] {
			if m.met && m.Size < until && (m.outside || !resigned) {
				from = m.Size
			}
		}
		f := Fault{Code: Rewritten, Place: from, Until: until}
		if from < int64(len(a.leaves)) {
			f.From = Ref{a.leaves[from].Case, a.leaves[from].Seq}
		}
		if until > int64(len(a.known)) || !a.differs {
			a.fault(f) // else the deposits' leaves have named each place
		}
	}
	if cut >= 0 {
		a.fault(Fault{Code: LogCutOff, Place: a.held, Until: cut})
	}
}

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

func (a *audit) finish() *Report {
	r := a.report
	sortFaults(r.Faults)
	slices.SortStableFunc(r.NotYetAnchored, func(x, y Span) int {
		return cmp.Or(cmp.Compare(x.Case, y.Case), cmp.Compare(x.Seq, y.Seq))
	})
	outside := slices.ContainsFunc(a.marks, func(m mark) bool { return m.outside && m.met })
	switch {
	case len(r.Faults) > 0:
		r.Verdict = Broken
	case outside:
		r.Verdict = Intact
	}
	return r
}
