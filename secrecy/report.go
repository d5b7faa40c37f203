package secrecy

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"slices"
)

// ScanState is the verdict of a Report, the workflow fact "scan".
type ScanState uint8

const (
	NotScanned   ScanState = iota // none: the zero Report
	ScanPartial                   // partial: something could not be read
	ScanClear                     // clear: nothing that needs a decision
	ScanFindings                  // findings: a person has to decide
)

var scanStates = [...]string{"none", "partial", "clear", "findings"}

// String is the fact's value: none, partial, clear or findings.
func (s ScanState) String() string {
	if int(s) >= len(scanStates) {
		s = 0
	}
	return scanStates[s]
}

// PartReport is what was found in one part.
type PartReport struct {
	ID         string    `json:"id"`
	Digest     string    `json:"digest"` // 64 hexadecimal digits
	Unreadable string    `json:"unreadable,omitempty"`
	Findings   []Finding `json:"findings,omitempty"`
}

// Report is what a scanner found in the parts of a document. Only a Scanner makes
// one; the zero value says that nothing was scanned. It holds no text. Where a
// state-secret mark was found, nothing but the marks is kept (保密法: such a file is
// not to be processed here).
type Report struct {
	digest string
	rules  string
	parts  []PartReport
}

// Report scans the parts. The error lists parts without an id and ids used twice;
// the Report is then zero.
func (s *Scanner) Report(parts []Part) (Report, error) {
	seen := map[string]bool{}
	for _, p := range parts {
		if p.ID == "" || seen[p.ID] {
			return Report{}, &Error{Code: codeReport, Category: ErrOptions, What: "report: a part without an id, or an id used twice"}
		}
		seen[p.ID] = true
	}
	r := Report{rules: s.rules}
	for _, p := range parts {
		q := PartReport{ID: p.ID, Digest: partDigest(p), Unreadable: p.Unreadable}
		if p.Unreadable == "" {
			q.Findings = s.Scan(p.Text)
			if slices.ContainsFunc(q.Findings, func(f Finding) bool { return f.Kind == KindStateSecret }) {
				q.Findings = slices.DeleteFunc(q.Findings, func(f Finding) bool { return f.Kind != KindStateSecret })
			}
		}
		r.parts = append(r.parts, q)
	}
	r.digest = r.sum()
	return r, nil
}

// partDigest is the part's digest, in hex; that of its text where none is given.
func partDigest(p Part) string {
	d := p.Digest
	if d == [sha256.Size]byte{} {
		d = sha256.Sum256([]byte(p.Text))
	}
	return hex.EncodeToString(d[:])
}

func (r Report) sum() string {
	h := sha256.New()
	field := func(s string) { writeField(h, s) }
	field("gongkai scan report 1")
	field(r.rules)
	for _, p := range r.parts {
		field(p.ID)
		field(p.Digest)
		field(p.Unreadable)
		b, _ := json.Marshal(p.Findings)
		field(string(b))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func writeField(h hash.Hash, s string) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(s)))
	h.Write(n[:])
	h.Write([]byte(s))
}

// IsZero reports whether nothing was scanned.
func (r Report) IsZero() bool { return r.digest == "" }

// Digest binds the parts' digests, the rules and the findings together, in hex.
func (r Report) Digest() string { return r.digest }

// Rules is the digest of the scanner's rules and options.
func (r Report) Rules() string { return r.rules }

// Parts are the findings of each part, a fresh slice.
func (r Report) Parts() []PartReport {
	out := slices.Clone(r.parts)
	for i := range out {
		out[i].Findings = slices.Clone(out[i].Findings)
	}
	return out
}

// Covers reports whether the report is over exactly these parts, by id and
// digest, in any order.
func (r Report) Covers(parts []Part) bool {
	if r.IsZero() || len(parts) != len(r.parts) {
		return false
	}
	for _, p := range parts {
		d := partDigest(p)
		if !slices.ContainsFunc(r.parts, func(q PartReport) bool { return q.ID == p.ID && q.Digest == d }) {
			return false
		}
	}
	return true
}

// Level is the highest level that a state-secret mark in the parts states.
func (r Report) Level() Level {
	var l Level
	for _, p := range r.parts {
		for _, f := range p.Findings {
			l = max(l, f.Level)
		}
	}
	return l
}

// State is the verdict. A part that could not be read outranks what was found in
// the others. Officials, organisations and the marks of disclosure and urgency
// are found but need no decision.
func (r Report) State() ScanState {
	if r.IsZero() || len(r.parts) == 0 {
		return NotScanned
	}
	state := ScanClear
	for _, p := range r.parts {
		if p.Unreadable != "" {
			return ScanPartial
		}
		for _, f := range p.Findings {
			if f.Kind == KindUnreadable {
				return ScanPartial
			}
			if f.Open() {
				state = ScanFindings
			}
		}
	}
	return state
}

// Open reports whether a person has to decide on the finding before release.
func (f Finding) Open() bool {
	switch f.Kind {
	case KindDisclosure, KindUrgency, KindCopyNo:
		return false
	}
	return f.Role != Official && f.Role != Org
}

type reportJSON struct {
	Digest string       `json:"digest"`
	Rules  string       `json:"rules"`
	Parts  []PartReport `json:"parts"`
}

// MarshalJSON writes the report; null for the zero Report.
func (r Report) MarshalJSON() ([]byte, error) {
	if r.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(reportJSON{r.digest, r.rules, r.parts})
}

// UnmarshalJSON reads a report back. It refuses one whose digest does not fit its
// content; that proves no origin, so who must rely on it scans again.
func (r *Report) UnmarshalJSON(b []byte) error {
	var j *reportJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return &Error{Code: codeReport, Category: ErrSyntax, What: "decode report: " + err.Error()}
	}
	if j == nil {
		*r = Report{}
		return nil
	}
	n := Report{rules: j.Rules, parts: j.Parts}
	if n.digest = n.sum(); n.digest != j.Digest {
		return &Error{Code: codeReport, Category: ErrSyntax, What: "decode report: the digest does not fit the content"}
	}
	*r = n
	return nil
}
