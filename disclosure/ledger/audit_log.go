package ledger

import (
	"cmp"
	"slices"
)

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
