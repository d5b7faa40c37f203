package secrecy

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync"
)

// rulesEdition changes whenever the built-in detectors find something else.
const rulesEdition = "1"

// ScannerOptions configure a Scanner. The zero value scans for every kind.
type ScannerOptions struct {
	// Kinds to look for; nil = all.
	Kinds []Kind
}

// Scanner finds what must not leave unseen. It is immutable and safe for
// concurrent use.
type Scanner struct {
	want  uint64
	rules string
}

// NewScanner checks the options and builds a Scanner; nil means the zero options.
func NewScanner(o *ScannerOptions) (*Scanner, error) {
	if o == nil {
		o = &ScannerOptions{}
	}
	s := &Scanner{}
	for _, k := range o.Kinds {
		if k == 0 || int(k) > kindCount {
			return nil, &Error{Code: codeScanOptions, Category: ErrOptions, What: "new scanner: no such kind"}
		}
		s.want |= 1 << k
	}
	if len(o.Kinds) == 0 {
		s.want = 1<<(kindCount+1) - 2
	}
	h := sha256.New()
	writeField(h, "gongkai scan rules "+rulesEdition)
	writeField(h, strconv.FormatUint(s.want, 16))
	s.rules = hex.EncodeToString(h.Sum(nil))
	return s, nil
}

var standard = sync.OnceValue(func() *Scanner {
	s, err := NewScanner(nil)
	if err != nil {
		panic(err)
	}
	return s
})

// Scan finds all kinds in the text with the default Scanner: sorted, not
// overlapping, byte offsets into text.
func Scan(text string) []Finding { return standard().Scan(text) }

// Scan finds the scanner's kinds in the text: sorted, not overlapping, byte
// offsets into text. Time is linear in the text.
func (s *Scanner) Scan(text string) []Finding {
	st := scan{opt: s}
	return st.text(text)
}
