package law

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Provision is one article, or one section of a text without articles, as the
// index has it.
type Provision struct {
	Citation     Citation
	Heading      string // the first words, or what it is about; at most 30 characters
	Verification Verification
	// Items holds for each paragraph the number of its items; nil = the shape
	// is not known.
	Items []int
	// Open: the stored text may lack further paragraphs or items.
	Open bool

	printed string
}

type provisionKey struct {
	instrument Instrument
	article    int
	section    string
}

//go:embed articles.tsv
var articleData string

var index = sync.OnceValue(func() map[provisionKey]Provision {
	m := make(map[provisionKey]Provision)
	for f := range rows(articleData, 5) {
		p := Provision{Citation: Citation{Instrument: Instrument(f[0])}, Verification: verificationOf(f[2])}
		if section, ok := strings.CutPrefix(f[1], "#"); ok {
			p.Citation.Section = section
		} else {
			p.Citation.Article = mustNumber(f[1])
		}
		if f[3] != "?" {
			for part := range strings.SplitSeq(f[3], ",") {
				digits, open := strings.CutSuffix(part, "+")
				p.Open = p.Open || open
				if digits != "" {
					p.Items = append(p.Items, mustNumber(digits))
				}
			}
		}
		p.Heading, p.printed, _ = strings.Cut(f[4], "|")
		m[p.key()] = p
	}
	return m
})

func mustNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("law: built-in table is broken: " + s)
	}
	return n
}

func (p Provision) key() provisionKey {
	return provisionKey{p.Citation.Instrument, p.Citation.Article, p.Citation.Section}
}

// Provisions lists the provisions of the instrument that the index has, by
// article, then by section. The slice is the caller's; it is empty where there
// is no index.
func (i Instrument) Provisions() []Provision {
	var list []Provision
	for _, p := range index() {
		if p.Citation.Instrument == i {
			p.Items = slices.Clone(p.Items)
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b Provision) int {
		return cmp.Or(cmp.Compare(a.Citation.Article, b.Citation.Article), cmp.Compare(a.Citation.Section, b.Citation.Section))
	})
	return list
}

var (
	// ErrAbsent is the category of a citation that the index does not have: no
	// such article, section, paragraph or item.
	ErrAbsent = errors.New("law: no such provision")
	// ErrUnverified is the category of a citation whose text was not compared
	// with a stored copy, or only in part.
	ErrUnverified = errors.New("law: text not verified")
)

// Lookup finds the article or section of the citation, whatever paragraph and
// item it names. The error is ErrAbsent or ErrUnknownInstrument.
func Lookup(c Citation) (Provision, error) {
	if err := c.valid(); err != nil {
		return Provision{}, fmt.Errorf("law: look up: %w", err)
	}
	p, ok := index()[provisionKey{c.Instrument, c.Article, c.Section}]
	if !ok {
		return Provision{}, fmt.Errorf("%w: %s", ErrAbsent, c)
	}
	p.Items = slices.Clone(p.Items)
	return p, nil
}

// Resolve says whether the provision exists and its text was verified: nil for
// both; ErrAbsent when the index has no such article, section, paragraph or
// item; ErrUnverified when it has, but the text rests on less than a stored
// copy, or its paragraphs were never seen. A reading of ours resolves when it
// says which (Own.Sec); a local document has no index and is ErrUnverified.
// An instrument cited as a whole resolves when any of its text was seen.
func Resolve(c Citation) error {
	if err := c.valid(); err != nil {
		return fmt.Errorf("law: resolve: %w", err)
	}
	switch {
	case c.Instrument == Own:
		if c.Section == "" || c.Article != 0 {
			return fmt.Errorf("%w: a reading of ours is named by its section", ErrAbsent)
		}
		return nil
	case c.Instrument.isLocal():
		return fmt.Errorf("%w: local document: %s", ErrUnverified, c)
	case c.Article == 0 && c.Section == "":
		if c.Paragraph != 0 || c.Number != 0 {
			return fmt.Errorf("%w: %s: paragraph of no article", ErrAbsent, c)
		}
		if in := instruments()[c.Instrument]; in.Verification < Partly {
			return fmt.Errorf("%w: %s: %s", ErrUnverified, c, in.Verification)
		}
		return nil
	}
	p, err := Lookup(c)
	if err != nil {
		return err
	}
	if err := p.has(c); err != nil {
		return err
	}
	if p.Verification != Verified {
		return fmt.Errorf("%w: %s: %s", ErrUnverified, c, p.Verification)
	}
	return nil
}

// has checks the paragraph and the item against the shape of the provision.
func (p Provision) has(c Citation) error {
	if c.Paragraph == 0 && c.Number == 0 {
		return nil
	}
	absent := fmt.Errorf("%w: %s", ErrAbsent, c)
	if p.Open || p.Items == nil {
		absent = fmt.Errorf("%w: %s: the shape of the provision is not known", ErrUnverified, c)
	}
	if c.Paragraph > len(p.Items) {
		return absent
	}
	if c.Number == 0 {
		return nil
	}
	if c.Paragraph > 0 {
		if c.Number > p.Items[c.Paragraph-1] {
			return absent
		}
		return nil
	}
	found := 0
	for _, n := range p.Items {
		if n > 0 {
			found++
		}
	}
	switch {
	case found > 1:
		return fmt.Errorf("%w: %s: several paragraphs have items, name one", ErrAbsent, c)
	case found == 0 || c.Number > slices.Max(p.Items):
		return absent
	}
	return nil
}
