package ledger

import (
	"cmp"
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
