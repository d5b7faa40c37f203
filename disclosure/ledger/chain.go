package ledger

import (
	"slices"
)

// Chain is what a store holds of one case, to be verified.
type Chain struct {
	Case    string
	Version int64 // the number of records that the index row claims; 0 = not known
	Records []Record
}

// VerifyChain verifies the records of one case, oldest first, and returns what
// is wrong with them; none means that they are whole in themselves. It needs no
// database and no key.
//
// A chain alone cannot tell that its last records were cut off, nor that all of
// it was rewritten with recomputed hashes: an Audit with the log and a
// checkpoint kept outside does. No suites means the built-in one.
func VerifyChain(tenant, caseID string, records []Record, suites ...Suite) []Fault {
	v := chainVerifier{tenant: tenant, suites: suites}
	return v.verify(Chain{Case: caseID, Records: records})
}

// chainVerifier verifies one chain after another with one buffer.
type chainVerifier struct {
	tenant string
	suites []Suite
	buf    []byte
	head   []byte // what the records of the chain share
	// whose finds the record that a hash belongs to in the log, if there is one.
	whose func(Digest) (Ref, bool)
}

func (v *chainVerifier) hash(s Suite, r *Record) Digest {
	v.buf = AppendForm(v.buf[:0], r)
	return sum(s, v.buf)
}

// hashEvent is hash for a record of the case that head was made for.
func (v *chainVerifier) hashEvent(s Suite, r *Record) Digest {
	v.buf = appendEvent(append(v.buf[:0], v.head...), r)
	return sum(s, v.buf)
}

func (v *chainVerifier) commitment(s Suite, r *Record) Digest {
	v.buf = appendPrivate(v.buf[:0], r.Salt, r.Private)
	return sum(s, v.buf)
}

// privateOK reports whether the private part fits its commitment or was erased.
func (v *chainVerifier) privateOK(s Suite, r *Record) bool {
	if len(r.Salt) == 0 && len(r.Private) == 0 {
		return true // erased: nothing left to check
	}
	return len(r.Salt) == saltSize && v.commitment(s, r) == r.Commitment
}

func (v *chainVerifier) verify(c Chain) []Fault {
	var prev Digest
	var suite Suite
	for i := range c.Records {
		r := &c.Records[i]
		if suite == nil || suite.ID() != r.Suite {
			if suite = suiteOf(v.suites, r.Suite); suite == nil {
				return v.diagnose(c)
			}
			v.head = appendCase(v.head[:0], r)
		}
		if r.Seq != int64(i)+1 || r.Prev != prev || r.Case != c.Case || r.Tenant != v.tenant ||
			v.hashEvent(suite, r) != r.Hash || !v.privateOK(suite, r) {
			return v.diagnose(c)
		}
		prev = r.Hash
	}
	if c.Version != 0 && c.Version != int64(len(c.Records)) {
		return v.diagnose(c)
	}
	return nil
}

// maxTries bounds the search for the true place of a record.
const maxTries = 512

// diagnose is the slow way, taken only when something is wrong.
func (v *chainVerifier) diagnose(c Chain) []Fault {
	var faults []Fault
	add := func(code Code, seq, to int64, part string, from Ref) {
		faults = append(faults, Fault{Code: code, Case: c.Case, Seq: seq, To: to, Place: -1, From: from, Part: part})
	}
	records := slices.Clone(c.Records)
	var top int64
	for _, r := range records {
		if r.Seq < top && r.Case == c.Case {
			add(Swapped, r.Seq, r.Seq, "order", Ref{})
		}
		top = max(top, r.Seq)
	}
	slices.SortStableFunc(records, func(a, b Record) int {
		switch {
		case a.Seq < b.Seq:
			return -1
		case a.Seq > b.Seq:
			return 1
		}
		return 0
	})

	// Each record for itself.
	sound := make([]bool, len(records))    // its own hash holds
	actual := make([]Digest, len(records)) // what its content gives now
	var broken []int                       // whose hash does not hold
	for i := range records {
		r := &records[i]
		suite := suiteOf(v.suites, r.Suite)
		if suite == nil {
			add(UnknownSuite, r.Seq, r.Seq, "suite", Ref{})
			continue
		}
		actual[i] = v.hash(suite, r)
		switch {
		case actual[i] != r.Hash:
			broken = append(broken, i)
			continue
		case r.Case != c.Case || r.Tenant != v.tenant:
			add(Copied, r.Seq, r.Seq, "case", Ref{r.Case, r.Seq})
			continue
		case i > 0 && records[i-1].Seq == r.Seq:
			add(Added, r.Seq, r.Seq, "seq", Ref{})
			continue
		}
		sound[i] = true
		if !v.privateOK(suite, r) {
			add(PrivateAltered, r.Seq, r.Seq, "commitment", Ref{})
		}
	}
	for _, i := range broken {
		r := &records[i]
		if from, ok := v.belongs(c.Case, r, records, broken); ok {
			code := Swapped
			if from.Case != c.Case {
				code = Copied
			}
			add(code, r.Seq, r.Seq, "place", from)
			continue
		}
		part := "content"
		if i+1 < len(records) && records[i+1].Prev == actual[i] {
			part = "hash" // the successor remembers what the content still gives
		}
		add(Altered, r.Seq, r.Seq, part, Ref{})
	}

	// One after the other.
	var last int64
	for i := range records {
		r := &records[i]
		if r.Seq > last+1 {
			add(Removed, last+1, r.Seq-1, "seq", Ref{})
		} else if sound[i] {
			switch {
			case i == 0:
				if !r.Prev.IsZero() {
					add(Replaced, r.Seq, r.Seq, "prev", Ref{})
				}
			case sound[i-1] && r.Prev != records[i-1].Hash:
				add(Replaced, last, last, "prev", Ref{})
			}
		}
		last = max(last, r.Seq)
	}
	switch {
	case c.Version > last:
		add(CutOff, last+1, c.Version, "version", Ref{})
	case c.Version != 0 && c.Version < last:
		add(Added, c.Version+1, last, "version", Ref{})
	}
	sortFaults(faults)
	return faults
}

// belongs finds the place that the stored hash of a record fits: the log knows,
// or another place in the same case whose record does not hold either.
func (v *chainVerifier) belongs(caseID string, r *Record, records []Record, broken []int) (Ref, bool) {
	suite := suiteOf(v.suites, r.Suite)
	try := func(at Ref) bool {
		moved := *r
		moved.Tenant, moved.Case, moved.Seq = v.tenant, at.Case, at.Seq
		return at != Ref{r.Case, r.Seq} && v.hash(suite, &moved) == r.Hash
	}
	if v.whose != nil {
		if at, ok := v.whose(r.Hash); ok && try(at) {
			return at, true
		}
	}
	for n, i := range broken {
		if n == maxTries {
			break
		}
		if at := (Ref{caseID, records[i].Seq}); try(at) {
			return at, true
		}
	}
	return Ref{}, false
}

func sortFaults(f []Fault) {
	slices.SortStableFunc(f, func(a, b Fault) int {
		switch {
		case a.Case != b.Case:
			if a.Case < b.Case {
				return -1
			}
			return 1
		case a.Seq != b.Seq:
			if a.Seq < b.Seq {
				return -1
			}
			return 1
		case a.Place != b.Place:
			if a.Place < b.Place {
				return -1
			}
			return 1
		}
		return 0
	})
}
