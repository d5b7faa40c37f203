package catalog

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Taxonomy is what one text orders to be disclosed, by class and part.
type Taxonomy struct {
	ID       string // frozen: bengbu, taizhou, haikou, nanning, chuxiong, regulation
	Title    string
	Basis    law.Instrument
	Classes  []Class
	Carriers []Carrier // the carriers that the text names
}

// Class is one class of contents (类), a family of tasks, or an article.
type Class struct {
	ID          string
	Title       string
	Lead        string   // who leads it, where the text says so
	Cooperating []string // who cooperates
	Cite        law.Citation
	Parts       []Part
}

// Part is one part of a class.
type Part struct {
	ID    string
	Title string
	Words []string // words in a matter's name by which it is found
	Cite  law.Citation
}

//go:embed taxonomy/*.tsv
var taxonomyFiles embed.FS

// The ids of the built-in taxonomies.
const (
	TaxonomyBengbu     = "bengbu"
	TaxonomyTaizhou    = "taizhou"
	TaxonomyHaikou     = "haikou"
	TaxonomyNanning    = "nanning"
	TaxonomyChuxiong   = "chuxiong"
	TaxonomyRegulation = "regulation"
)

var taxonomyIDs = []string{TaxonomyBengbu, TaxonomyTaizhou, TaxonomyHaikou, TaxonomyNanning, TaxonomyChuxiong, TaxonomyRegulation}

// Taxonomies returns the built-in taxonomies, fresh copies.
func Taxonomies() []Taxonomy {
	l := make([]Taxonomy, 0, len(taxonomyIDs))
	for _, id := range taxonomyIDs {
		t, err := LoadTaxonomy(id)
		if err != nil {
			panic(err) // a built-in table
		}
		l = append(l, *t)
	}
	return l
}

// LoadTaxonomy returns a built-in taxonomy by its id.
func LoadTaxonomy(id string) (*Taxonomy, error) {
	b, err := taxonomyFiles.ReadFile("taxonomy/" + id + ".tsv")
	if err != nil {
		return nil, fmt.Errorf("catalog: no such taxonomy: %q", clip(id))
	}
	return parseTaxonomy(id, string(b))
}

func parseTaxonomy(id, text string) (*Taxonomy, error) {
	t := &Taxonomy{ID: id}
	cite := func(sec string) law.Citation {
		if id != TaxonomyRegulation {
			return t.Basis.Sec(sec)
		}
		c, err := law.ParseCitation(string(law.GovInfoRegulation2019) + ":" + sec)
		if err != nil {
			panic(err) // a built-in table
		}
		return c
	}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		for len(f) < 8 {
			f = append(f, "")
		}
		switch f[0] {
		case "title":
			t.Title = f[1]
			t.Basis = law.Local(f[1])
			if id == TaxonomyRegulation {
				t.Basis = law.GovInfoRegulation2019
			}
		case "class":
			c := Class{ID: f[1], Title: f[2], Cite: cite(f[3]), Lead: f[4]}
			if f[5] != "" {
				c.Cooperating = strings.Split(f[5], "、")
			}
			t.Classes = append(t.Classes, c)
		case "part":
			if len(t.Classes) == 0 {
				return nil, fmt.Errorf("catalog: taxonomy %s line %d: part before class", id, n+1)
			}
			c := &t.Classes[len(t.Classes)-1]
			c.Parts = append(c.Parts, Part{ID: f[1], Title: f[2], Cite: cite(f[3]), Words: strings.Fields(f[4])})
		case "carrier":
			var k CarrierKind
			var s Scope
			if k.UnmarshalText([]byte(f[2])) != nil || s.UnmarshalText([]byte(f[3])) != nil {
				return nil, fmt.Errorf("catalog: taxonomy %s line %d: carrier", id, n+1)
			}
			t.Carriers = append(t.Carriers, Carrier{Name: f[1], Kind: k, Scope: s, Gatekeeper: f[4], Consent: f[5], Contents: strings.Fields(f[6])})
		default:
			return nil, fmt.Errorf("catalog: taxonomy %s line %d: %q", id, n+1, f[0])
		}
	}
	return t, nil
}

// Part finds a part by its id.
func (t *Taxonomy) Part(id string) (Class, Part, bool) {
	for _, c := range t.Classes {
		for _, p := range c.Parts {
			if p.ID == id {
				return c, p, true
			}
		}
	}
	return Class{}, Part{}, false
}

// For leaves out the classes that do not bind at a level: the additions of
// 条例第二十一条 for cities and counties, and those for townships.
func (t *Taxonomy) For(l Level) *Taxonomy {
	d := *t
	d.Classes = nil
	for _, c := range t.Classes {
		switch {
		case t.ID == TaxonomyRegulation && c.ID == "21s" && l&(City|County) == 0,
			t.ID == TaxonomyRegulation && c.ID == "21x" && l&Township == 0:
			continue
		}
		d.Classes = append(d.Classes, c)
	}
	return &d
}

// Classify sorts entries into the parts of the taxonomy by the words of their
// names, levels and contents, and returns the ids of the parts that each serves,
// none where no word is met; several where the same word names parts of several
// classes. An Entry.Part that the taxonomy knows decides alone. It is a proposal:
// what a matter is, people say.
func (t *Taxonomy) Classify(entries []Entry) [][]string {
	m := t.matcher()
	out := make([][]string, len(entries))
	cache := map[string][]string{}
	var key strings.Builder
	for i := range entries {
		e := &entries[i]
		if e.Part != "" && m.known[e.Part] {
			out[i] = []string{e.Part}
			continue
		}
		key.Reset()
		for _, p := range e.Path {
			key.WriteString(p)
			key.WriteByte(0)
		}
		key.WriteString(e.Name)
		if ids, ok := cache[key.String()]; ok && ids != nil {
			out[i] = ids
			continue
		}
		var best []string
		score := 0
		m.score(foldText(e.Name), 4, &best, &score)
		for k := len(e.Path) - 1; k >= 0; k-- {
			m.score(foldText(e.Path[k]), 3, &best, &score)
		}
		if best == nil {
			m.score(foldText(e.Content), 1, &best, &score)
		}
		out[i] = best
		if len(cache) < 1<<14 {
			cache[key.String()] = best
		}
	}
	return out
}

type wordPart struct {
	word string
	part string
}

type partMatcher struct {
	known map[string]bool
	first map[rune][]wordPart
}

func (t *Taxonomy) matcher() partMatcher {
	m := partMatcher{known: map[string]bool{}, first: map[rune][]wordPart{}}
	for _, c := range t.Classes {
		for _, p := range c.Parts {
			m.known[p.ID] = true
			for _, w := range append([]string{p.Title}, p.Words...) {
				w = foldText(w)
				r, _ := utf8.DecodeRuneInString(w)
				m.first[r] = append(m.first[r], wordPart{w, p.ID})
			}
		}
	}
	return m
}

// score keeps the parts with the longest word of the weightiest text.
func (m partMatcher) score(text string, weight int, best *[]string, score *int) {
	for i, r := range text {
		for _, w := range m.first[r] {
			s := len(w.word) * weight
			if s < *score || !strings.HasPrefix(text[i:], w.word) {
				continue
			}
			if s > *score {
				*best, *score = nil, s
			}
			if !slices.Contains(*best, w.part) {
				*best = append(*best, w.part)
			}
		}
	}
}
