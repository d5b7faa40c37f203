package dossier

import (
	"slices"
	"time"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Case is what a dossier is written from: plain values, rendered by whoever
// knows the case.
type Case struct {
	Tenant  string
	ID      string
	Title   string // printed; "" = the ID
	Agency  string // printed name of the agency
	Made    int64  // when the dossier is made, Unix milliseconds
	Summary []Field
	Rows    []Row // one a record; nil = what the records themselves show
	// Names turns opaque ids of people and units into names; nil prints the ids.
	Names      func(id string) string
	Records    []ledger.Record // all of the case, oldest first
	Documents  []Document
	Definition []byte // JSON; nil = none
	Proof      Proof
}

// Field is a labelled value that prints. A personal one prints as ●●● unless
// personal data are asked for.
type Field struct {
	Label    string
	Value    string
	Personal bool
}

// Row is what one record shows to people.
type Row struct {
	Seq    int64
	Event  string // 环节
	Text   string // one line
	Basis  string // citation, "" = none
	Fields []Field
}

// Document is a document of the case.
type Document struct {
	Name     string // as people know it, with its extension
	Author   string // 责任者， printed
	Day      string // 2006-01-02, "" = none
	Digest   ledger.Digest
	Personal bool // listed without name and body unless personal data are asked for
	// Open returns the bytes, whose SHA-256 is Digest; nil = the body is not enclosed.
	Open func() ([]byte, error)
}

// Proof places the records of the case in the office's log.
type Proof struct {
	Checkpoint []byte       // signed note; nil = not yet in the log
	Keys       []ledger.Key // that signed it, for whoever has no better source
	Places     []Place
	// Anchored is an earlier checkpoint that is kept outside the office, and
	// Growth the proof that Checkpoint grew from it. Optional.
	Anchored   []byte
	AnchoredAt string // where, for people
	Growth     *ledger.Consistency
}

// Place proves one record to be in the log.
type Place struct {
	Seq int64 `json:"seq"`
	ledger.Inclusion
}

// Prove fills a Proof from the whole log: tree holds at least the leaves of cp,
// and placeOf says where a record's hash stands in it (false: not in the log).
// kept is an older checkpoint that is kept outside, or nil.
func Prove(tree *ledger.Tree, cp ledger.Checkpoint, records []ledger.Record, placeOf func(ledger.Digest) (int64, bool), kept *ledger.Checkpoint) ([]Place, *ledger.Consistency, error) {
	var places []Place
	for i := range records {
		at, ok := placeOf(records[i].Hash)
		if !ok || at >= cp.Size {
			continue
		}
		p, err := tree.Inclusion(at, cp.Size)
		if err != nil {
			return nil, nil, err
		}
		places = append(places, Place{records[i].Seq, p})
	}
	if kept == nil {
		return places, nil, nil
	}
	growth, err := tree.Consistency(kept.Size, cp.Size)
	if err != nil {
		return nil, nil, err
	}
	return places, &growth, nil
}

// zone is the civil time of the whole country.
var zone = time.FixedZone("CST", 8*60*60)

func clock(ms int64) string { return time.UnixMilli(ms).In(zone).Format("2006-01-02 15:04") }

// rows returns the rows to print: given ones, and for records without one what
// the record itself shows.
func (c *Case) rows() []Row {
	out := slices.Clone(c.Rows)
	for i := range c.Records {
		r := &c.Records[i]
		if !slices.ContainsFunc(out, func(row Row) bool { return row.Seq == r.Seq }) {
			out = append(out, Row{Seq: r.Seq, Event: r.Type})
		}
	}
	slices.SortStableFunc(out, func(a, b Row) int { return int(min(max(a.Seq-b.Seq, -1), 1)) })
	return out
}

func (c *Case) name(id string) string {
	if c.Names != nil && id != "" {
		if n := c.Names(id); n != "" {
			return n
		}
	}
	return id
}
