package secrecy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"sync"
)

// rulesEdition changes whenever the built-in detectors find something else.
const rulesEdition = "1"

// ScannerOptions configure a Scanner. The zero value scans for every kind.
type ScannerOptions struct {
	// Kinds to look for; nil = all.
	Kinds []Kind
	// Lists are the caller's words; 200,000 in all, 64 characters each.
	Lists []WordList
	// Patterns are the caller's expressions around a required literal.
	Patterns []Pattern
}

// Scanner finds what must not leave unseen. It is immutable and safe for
// concurrent use.
type Scanner struct {
	want     uint64
	rules    string
	lists    []WordList // without their words
	patterns []compiled
	words    *matcher
}

// NewScanner checks the options, reports all problems at once, and builds a
// Scanner; nil means the zero options. Kinds of Lists and Patterns are looked for
// whatever Kinds says.
func NewScanner(o *ScannerOptions) (*Scanner, error) {
	if o == nil {
		o = &ScannerOptions{}
	}
	s := &Scanner{}
	var errs []error
	fail := func(what string) {
		errs = append(errs, &Error{Code: codeScanOptions, Category: ErrOptions, What: "new scanner: " + what})
	}
	h := sha256.New()
	writeField(h, "gongkai scan rules "+rulesEdition)
	for _, k := range o.Kinds {
		if k == 0 || int(k) > kindCount {
			fail("no such kind")
			continue
		}
		s.want |= 1 << k
	}
	if len(o.Kinds) == 0 {
		s.want = 1<<(kindCount+1) - 2
	}
	writeField(h, strconv.FormatUint(s.want, 16))
	var words []wordEntry
	total := 0
	for _, l := range o.Lists {
		if l.ID == "" {
			fail("a word list without an id")
		}
		if l.Kind == 0 {
			l.Kind = KindWord
		}
		if int(l.Kind) > kindCount {
			fail("no such kind in word list " + l.ID)
			continue
		}
		s.want |= 1 << l.Kind
		writeField(h, l.ID+" "+l.Kind.String()+" "+l.Role.String())
		for _, w := range l.Words {
			u := foldWord(w)
			if len(u) == 0 || len(u) > wordMax {
				fail("word list " + l.ID + ": a word is empty or longer than 64 characters")
				continue
			}
			writeField(h, w)
			words = append(words, wordEntry{u, int32(len(s.lists))})
			total++
		}
		l.Words = nil
		s.lists = append(s.lists, l)
	}
	if total > wordsMax || len(o.Lists) > listsMax || len(o.Patterns) > listsMax {
		fail("more than 200,000 words or 4,096 lists or patterns")
		return nil, errors.Join(errs...)
	}
	for _, p := range o.Patterns {
		c, err := compilePattern(p)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if int(c.Kind) > kindCount {
			fail("no such kind in pattern " + p.ID)
			continue
		}
		s.want |= 1 << c.Kind
		for _, f := range []string{p.ID, p.Literal, p.Expr, strconv.Itoa(c.Window), c.Kind.String(), c.Role.String()} {
			writeField(h, f)
		}
		words = append(words, wordEntry{foldWord(p.Literal), int32(len(s.lists) + len(s.patterns))})
		s.patterns = append(s.patterns, c)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if len(words) > 0 {
		s.words = newMatcher(words)
	}
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
