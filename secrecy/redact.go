package secrecy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Decision is a person's word on a stretch of the text: cut it on a ground, or
// keep what was found there (consent, public interest) on one. It outranks the
// profile. A mark of work secrecy is resolved by a Decision over it, and by
// nothing else.
type Decision struct {
	Start, End int // bytes, on rune borders
	Keep       bool
	Ground     law.Citation // owed either way
	By         string       // opaque id, owed
}

// RedactOptions are the choices of a rendition. The zero value: the default
// scanner, everything private removed, officials and organisations left.
type RedactOptions struct {
	Scanner *Scanner // default: all kinds
	Profile *Profile // default: strict
	// Names that the caller knows to stand in the text (the applicant, the parties).
	// Every mention goes; those that were not found are reported.
	Names     []string
	Decisions []Decision
	// Ground, By and On go into the ledger of cuts where no Decision says otherwise.
	Ground law.Citation
	By     string
	On     deadline.Date
	// Label is printed where something was removed instead of the placeholder, e.g.
	// 〔此处删减：第三方合法权益〕.
	Label string
	// Audience names for whom the rendition is made.
	Audience string
	// Key seals each cut's value (HMAC-SHA-256), so that a later dispute can be
	// settled without the ledger holding the value; nil = no seal.
	Key []byte
}

// Cut is a line of the ledger of cuts. It holds no text of the original.
type Cut struct {
	Start    int           `json:"start"` // in the original, bytes
	End      int           `json:"end"`
	At       int           `json:"at"` // in the rendition, bytes: what stands there instead
	To       int           `json:"to"`
	Kind     Kind          `json:"kind,omitempty"` // zero: a person's decision on no finding
	Role     Role          `json:"role,omitempty"`
	Evidence Evidence      `json:"evidence,omitempty"`
	Rule     string        `json:"rule,omitempty"`
	Action   Action        `json:"action"`
	Ground   law.Citation  `json:"ground,omitzero"`
	By       string        `json:"by,omitempty"`
	On       deadline.Date `json:"on,omitzero"`
	Seal     string        `json:"seal,omitempty"`
}

// Rendition (删减件) is what may be shown of a text. It was scanned again before it
// was returned. Safe to read concurrently.
type Rendition struct {
	Text string `json:"text"`
	Cuts []Cut  `json:"cuts"`
	// Left are findings of the original that stay by rule or decision.
	Left []Finding `json:"left,omitempty"`
	// Missing are the indexes of RedactOptions.Names that stand nowhere in the text.
	Missing  []int  `json:"missing,omitempty"`
	Audience string `json:"audience,omitempty"`
	Profile  string `json:"profile,omitempty"`
	// Source and Digest are the SHA-256 of the original and of Text, in hex.
	Source string `json:"source"`
	Digest string `json:"digest"`
}

func redactError(code, what string, basis law.Citation) *Error {
	return &Error{Code: code, Category: ErrRefused, What: "redact: " + what, Basis: basis}
}

// piece is a stretch to be cut, in the original.
type piece struct {
	Finding
	action Action
	head   int
	tail   int
	ground law.Citation
	by     string
	forced bool
}

// Redact makes a rendition of the text. It is refused, not half done: for bytes
// that are not text, for a state-secret mark (the processing stops; an ordinary
// machine must not handle the file), for a mark of work secrecy that nobody
// resolved, for a mask that leaves too few candidates, and where a cut value
// would survive. A rendition redacted again is unchanged.
func Redact(text string, o *RedactOptions) (*Rendition, error) {
	if o == nil {
		o = &RedactOptions{}
	}
	sc, prof, err := o.tools()
	if err != nil {
		return nil, err
	}
	if !utf8.ValidString(text) {
		return nil, redactError(codeRedactUnread, "the text is not UTF-8 and was not scanned", law.GovInfoRegulation2019.Art(17).Para(1))
	}
	found := sc.Scan(text)
	pieces, left, err := o.decide(text, found, prof)
	if err != nil {
		return nil, err
	}
	missing := o.names(text, &pieces)
	for round := 0; ; round++ {
		pieces = twins(text, pieces, prof)
		pieces = join(pieces)
		r := o.render(text, pieces, prof)
		r.Left, r.Missing = left, missing
		again, err := o.survivors(text, r, sc, prof, left)
		if err != nil {
			return nil, err
		}
		if len(again) == 0 {
			if err := strong(text, r, prof); err != nil {
				return nil, err
			}
			r.Left = slices.DeleteFunc(slices.Clone(left), func(f Finding) bool {
				return slices.ContainsFunc(r.Cuts, func(c Cut) bool { return c.Start < f.End && f.Start < c.End })
			})
			return r, nil
		}
		if round == 6 {
			return nil, redactError(codeRedactSurvives, "what was cut would survive in the rendition", law.GovInfoRegulation2019.Art(37))
		}
		pieces = append(pieces, again...)
	}
}

func (o *RedactOptions) tools() (*Scanner, *Profile, error) {
	sc, prof := o.Scanner, o.Profile
	if sc == nil {
		sc = standard()
	}
	if prof == nil {
		p := Profiles()[0]
		prof = &p
	}
	errs := prof.check()
	if len(Scan(o.Label)) > 0 || !utf8.ValidString(o.Label) || !utf8.ValidString(prof.Placeholder) {
		errs = append(errs, &Error{Code: codeProfile, Category: ErrOptions, What: "redact: the label itself would be found"})
	}
	return sc, prof, errors.Join(errs...)
}

// decide turns findings and decisions into pieces to cut and findings that stay.
func (o *RedactOptions) decide(text string, found []Finding, prof *Profile) (cut []piece, left []Finding, err error) {
	var errs []error
	for _, d := range o.Decisions {
		switch {
		case d.Start < 0 || d.End > len(text) || d.Start >= d.End,
			!utf8.RuneStart(text[d.Start]), d.End < len(text) && !utf8.RuneStart(text[d.End]):
			errs = append(errs, &Error{Code: codeDecision, Category: ErrOptions, What: "redact: a decision outside of the text or inside a character"})
		case d.By == "" || d.Ground.IsZero():
			errs = append(errs, &Error{Code: codeDecision, Category: ErrOptions, What: "redact: a decision without its ground or who made it", Basis: law.GovInfoRegulation2019.Art(37)})
		}
	}
	if len(errs) > 0 {
		return nil, nil, errors.Join(errs...)
	}
	for _, f := range found {
		covered := func(keep bool) *Decision {
			for i, d := range o.Decisions {
				if d.Keep == keep && d.Start <= f.Start && f.End <= d.End {
					return &o.Decisions[i]
				}
			}
			return nil
		}
		switch f.Kind {
		case KindStateSecret:
			return nil, nil, redactError(codeRedactSecret, "a state-secret mark ("+f.Level.String()+"): the processing stops here", law.GovInfoRegulation2019.Art(14))
		case KindUnreadable:
			return nil, nil, redactError(codeRedactUnread, "a part of the text could not be read", law.GovInfoRegulation2019.Art(17).Para(1))
		case KindWorkSecret:
			if covered(true) == nil && covered(false) == nil {
				errs = append(errs, redactError(codeRedactWork, "a mark of work secrecy that nobody resolved to a ground of 条例 14–16, or to open", law.GovInfoRegulation2019.Art(17).Para(3)))
			}
		}
		if covered(false) != nil {
			continue // cut below, as decided
		}
		if covered(true) != nil {
			left = append(left, f)
			continue
		}
		rule := prof.rule(f)
		if rule.Action == Keep {
			left = append(left, f)
			continue
		}
		cut = append(cut, piece{Finding: f, action: rule.Action, head: rule.Head, tail: rule.Tail, ground: o.Ground, by: o.By})
	}
	for _, d := range o.Decisions {
		if d.Keep {
			continue
		}
		p := piece{Finding: Finding{Start: d.Start, End: d.End}, ground: d.Ground, by: d.By, forced: true}
		for _, f := range found {
			if d.Start <= f.Start && f.End <= d.End {
				p.Kind, p.Role, p.Evidence = f.Kind, f.Role, f.Evidence
				break
			}
		}
		cut = append(cut, p)
	}
	return cut, left, errors.Join(errs...)
}

// names adds every mention of the caller's names and returns the indexes of those
// that stand nowhere.
func (o *RedactOptions) names(text string, pieces *[]piece) (missing []int) {
	if len(o.Names) == 0 {
		return nil
	}
	var words []wordEntry
	seen := make([]bool, len(o.Names))
	for i, n := range o.Names {
		if u := foldWord(n); len(u) > 0 && len(u) <= wordMax {
			words = append(words, wordEntry{u, int32(i)})
		}
	}
	each(text, words, func(start, end int, out int32) {
		seen[out] = true
		f := Finding{Start: start, End: end, Kind: KindPerson, Role: Private, Evidence: ByList}
		*pieces = append(*pieces, piece{Finding: f, action: Remove, ground: o.Ground, by: o.By})
	})
	for i, ok := range seen {
		if !ok {
			missing = append(missing, i)
		}
	}
	return missing
}

// each finds words in the text, folded, over blanks.
func each(text string, words []wordEntry, hit func(start, end int, out int32)) {
	if len(words) == 0 {
		return
	}
	m := newMatcher(words)
	s := scan{opt: standard()}
	var p page
	s.pages(text, &p, func(p *page) {
		m.scan(p, func(from, to int, out int32) {
			start := p.base + int(p.at[from])
			if start < p.base+int(s.core.from) || start >= p.base+int(s.core.to) {
				return
			}
			hit(start, p.base+p.end(to), out)
		})
	})
}

// twins adds the other places where a cut value stands: full width, broken over a
// line, repeated.
func twins(text string, pieces []piece, prof *Profile) []piece {
	var words []wordEntry
	for i, p := range pieces {
		if p.action == Keep || p.Start >= p.End {
			continue
		}
		if u := valueUnits(text[p.Start:p.End], p.Kind); len(u) >= 2 && len(u) <= wordMax {
			words = append(words, wordEntry{u, int32(i)})
		}
	}
	covered := join(slices.Clone(pieces))
	var more []piece
	each(text, words, func(start, end int, out int32) {
		k := sort.Search(len(covered), func(k int) bool { return covered[k].End > start })
		if k < len(covered) && covered[k].Start <= start && end <= covered[k].End {
			return
		}
		q := pieces[out]
		if insideNumber(text, start, end, q.Kind) {
			return
		}
		q.Start, q.End = start, end
		q.Evidence |= ByRepeat
		more = append(more, q)
	})
	return append(pieces, more...)
}

// insideNumber: the stretch is a part of a longer number or word of letters, which
// is another value.
func insideNumber(text string, start, end int, k Kind) bool {
	r, _ := utf8.DecodeRuneInString(text[start:])
	if !asciiAlnum(r) {
		return false
	}
	b, _ := utf8.DecodeLastRuneInString(text[:start])
	a, _ := utf8.DecodeRuneInString(text[end:])
	return k != 0 && (asciiAlnum(b) || asciiAlnum(a)) && k != KindID18 && k != KindBankCard
}

func asciiAlnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xFF10 && r <= 0xFF19
}

// valueUnits is a value folded, without blanks; separators of a number stay out
// only where they are blanks, since the twins are looked for over blanks.
func valueUnits(v string, k Kind) []uint16 {
	return foldWord(v)
}

// join merges pieces that touch or overlap into one of the stronger.
func join(pieces []piece) []piece {
	sort.SliceStable(pieces, func(a, b int) bool {
		return pieces[a].Start < pieces[b].Start || pieces[a].Start == pieces[b].Start && pieces[a].End > pieces[b].End
	})
	var out []piece
	for _, p := range pieces {
		n := len(out)
		if n == 0 || p.Start >= out[n-1].End {
			out = append(out, p)
			continue
		}
		last := &out[n-1]
		if p.Start == last.Start && p.End == last.End && !p.forced {
			continue
		}
		end := max(last.End, p.End)
		if p.forced && !last.forced {
			start := last.Start
			*last = p
			last.Start = start
		}
		if end != last.End || p.End != last.End {
			// Together they are no longer what a mask fits.
			if end != last.End {
				last.action = Remove
			}
		}
		last.End = end
	}
	return out
}

// render writes the rendition from the pieces, which are sorted and apart.
func (o *RedactOptions) render(text string, pieces []piece, prof *Profile) *Rendition {
	r := &Rendition{Audience: o.Audience, Profile: prof.ID, Cuts: []Cut{}}
	var b strings.Builder
	tokens := newTokens()
	at := 0
	for _, p := range pieces {
		b.WriteString(text[at:p.Start])
		c := Cut{Start: p.Start, End: p.End, At: b.Len(), Kind: p.Kind, Role: p.Role, Evidence: p.Evidence, Rule: p.Rule, Action: p.action, Ground: p.ground, By: p.by, On: o.On}
		value := text[p.Start:p.End]
		b.WriteString(o.mask(value, p, prof, tokens))
		c.To = b.Len()
		if o.Key != nil {
			h := hmac.New(sha256.New, o.Key)
			h.Write([]byte(value))
			c.Seal = hex.EncodeToString(h.Sum(nil))
		}
		r.Cuts = append(r.Cuts, c)
		at = p.End
	}
	b.WriteString(text[at:])
	r.Text = b.String()
	src, dst := sha256.Sum256([]byte(text)), sha256.Sum256([]byte(r.Text))
	r.Source, r.Digest = hex.EncodeToString(src[:]), hex.EncodeToString(dst[:])
	return r
}

// survivors scans the rendition again. What is found there and should have gone
// comes back as pieces of the original.
func (o *RedactOptions) survivors(text string, r *Rendition, sc *Scanner, prof *Profile, left []Finding) ([]piece, error) {
	var out []piece
	add := func(start, end int, f Finding) bool {
		a, b := r.Original(start), r.Original(end)
		// A finding that takes in a placeholder is widened to the cut.
		if a >= b {
			return false
		}
		f.Start, f.End = a, b
		out = append(out, piece{Finding: f, action: Remove, ground: o.Ground, by: o.By})
		return true
	}
	for _, f := range sc.Scan(r.Text) {
		if rule := prof.rule(f); rule.Action == Keep {
			continue
		}
		a, b := r.Original(f.Start), r.Original(f.End)
		if insideOf(left, a, b) || o.keptBy(a, b) {
			continue
		}
		if f.Kind == KindStateSecret {
			return nil, redactError(codeRedactSecret, "a state-secret mark", law.GovInfoRegulation2019.Art(14))
		}
		add(f.Start, f.End, f)
	}
	// Any eighteen characters with a right check character, whatever stands around.
	for _, s := range strictIDs(r.Text) {
		a, b := r.Original(s[0]), r.Original(s[1])
		if o.keptBy(a, b) || insideOf(left, a, b) {
			continue
		}
		add(s[0], s[1], Finding{Kind: KindID18, Evidence: ByChecksum})
	}
	// No value that was cut stands anywhere, over blanks and line breaks.
	var words []wordEntry
	for i, c := range r.Cuts {
		if u := valueUnits(text[c.Start:c.End], c.Kind); len(u) >= 2 && len(u) <= wordMax {
			words = append(words, wordEntry{u, int32(i)})
		}
	}
	each(r.Text, words, func(start, end int, i int32) {
		c := r.Cuts[i]
		if insideNumber(r.Text, start, end, c.Kind) {
			return
		}
		a, b := r.Original(start), r.Original(end)
		if o.keptBy(a, b) {
			return
		}
		add(start, end, Finding{Kind: c.Kind, Role: c.Role, Evidence: ByRepeat})
	})
	return out, nil
}

// insideOf reports whether [a, b) lies in one of the findings, which are sorted.
func insideOf(f []Finding, a, b int) bool {
	k := sort.Search(len(f), func(k int) bool { return f[k].End > a })
	return k < len(f) && f[k].Start <= a && b <= f[k].End
}

func (o *RedactOptions) keptBy(a, b int) bool {
	return slices.ContainsFunc(o.Decisions, func(d Decision) bool { return d.Keep && d.Start <= a && b <= d.End })
}

// strictIDs are stretches of eighteen touching ASCII digits (the last may be X)
// with a right check character, date and province, also inside longer runs.
func strictIDs(text string) (out [][2]int) {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		j := i
		for j < len(text) && text[j] >= '0' && text[j] <= '9' {
			j++
		}
		if j-i > 64 {
			// A run this long is no number that a person wrote.
			i = j
			continue
		}
		end := j
		if j < len(text) && text[j]|0x20 == 'x' {
			end++
		}
		for a := i; a+18 <= end; a++ {
			var v [18]byte
			copy(v[:], text[a:a+18])
			if v[17] == 'x' {
				v[17] = 'X'
			}
			if validID18(v[:]) {
				out = append(out, [2]int{a, a + 18})
				a += 17
			}
		}
		i = j
	}
	return out
}

// Original maps an offset of the rendition to the original. Inside what stands
// for a cut it is the cut's start, or its end for the offset at its end.
func (r *Rendition) Original(at int) int {
	k := sort.Search(len(r.Cuts), func(k int) bool { return r.Cuts[k].At >= at })
	if k == 0 {
		return at
	}
	c := r.Cuts[k-1]
	if at < c.To {
		return c.Start
	}
	return at + c.End - c.To
}

// Offset maps an offset of the original to the rendition; ok is false inside a cut.
func (r *Rendition) Offset(at int) (int, bool) {
	k := sort.Search(len(r.Cuts), func(k int) bool { return r.Cuts[k].Start >= at })
	if k == 0 {
		return at, true
	}
	c := r.Cuts[k-1]
	if at < c.End {
		return c.At, false
	}
	return at + c.To - c.End, true
}

// Renditions makes one rendition for each profile, for as many audiences. It is
// refused where two of them together show more than either may: the head of one
// and the tail of another.
func Renditions(text string, o *RedactOptions, profiles ...*Profile) ([]*Rendition, error) {
	if o == nil {
		o = &RedactOptions{}
	}
	var out []*Rendition
	floor := 0
	for _, p := range profiles {
		q := *o
		q.Profile = p
		if q.Audience == "" && p != nil {
			q.Audience = p.ID
		}
		r, err := Redact(text, &q)
		if err != nil {
			return nil, err
		}
		if p != nil {
			floor = max(floor, p.MinCandidates)
		}
		out = append(out, r)
	}
	type shown struct {
		head, tail int
		beside     Shown
	}
	all := map[[2]int]shown{}
	for i, r := range out {
		for _, c := range r.Cuts {
			if c.Action != Ends {
				continue
			}
			key := [2]int{c.Start, c.End}
			rule := profiles[i].rule(Finding{Kind: c.Kind, Role: c.Role})
			s, b := all[key], shownBeside(r, c)
			s.head, s.tail = max(s.head, rule.Head), max(s.tail, rule.Tail)
			s.beside = Shown{s.beside.Year || b.Year, s.beside.Birth || b.Birth, s.beside.Sex || b.Sex}
			all[key] = s
			if n := Candidates(c.Kind, s.head, s.tail, s.beside); n > 0 && n < floor {
				return nil, redactError(codeRedactWeak, "two renditions together leave "+strconv.Itoa(n)+" candidates for a "+c.Kind.String(), law.GovInfoRegulation2019.Art(15))
			}
		}
	}
	return out, nil
}
