package secrecy

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A long text is scanned a page at a time, with a margin on either side, so that
// memory and the time per byte do not grow with the text.
const (
	pageSize   = 32 << 10
	pageMargin = 1 << 10
)

// scan is the state of one pass over a text.
type scan struct {
	opt   *Scanner
	run   run
	found []Finding
	page  *page
	core  span // bytes of the page whose findings are kept
	first bool // the page begins the text
	// taken holds, for each unit of the page, the kind that covers it.
	taken    []byte
	lex      *lexicon
	cues     *cueIndex
	lastRole Role
	people0  []nameSeen // names found so far, for their other mentions
	seen     map[string]bool
	buf      []byte
	bufAt    []int32
}

// emit keeps units from…to (inclusive) as a finding and returns the unit after.
func (s *scan) emit(p *page, from, to int, k Kind, role Role, e Evidence) int {
	return s.emitAs(p, from, to, k, role, e)
}

func (s *scan) emitAs(p *page, from, to int, k Kind, role Role, e Evidence) int {
	for i := from; i <= to; i++ {
		s.taken[i] = byte(k)
	}
	if k == KindPerson {
		s.remember(p, from, to, role)
	}
	s.emitRaw(p, from, to, Finding{Kind: k, Role: role, Evidence: e})
	return to + 1
}

// emitRaw keeps f at units from…to if the page answers for its start.
func (s *scan) emitRaw(p *page, from, to int, f Finding) {
	if s.opt.want&(1<<f.Kind) == 0 {
		return
	}
	start := int(p.at[from])
	if start < int(s.core.from) || start >= int(s.core.to) {
		return
	}
	f.Start, f.End = p.base+start, p.base+p.end(to)
	s.found = append(s.found, f)
}

func (s *scan) emitLevel(p *page, from, to int, l Level, e Evidence) int {
	n := len(s.found)
	next := s.emit(p, from, to, KindStateSecret, 0, e)
	if len(s.found) > n {
		s.found[n].Level = l
	}
	return next
}

// lineOf is the number of the line of unit i, from 1; blank lines are not
// counted. Past the head it may be any number greater than headLines.
func (s *scan) lineOf(p *page, i int) int {
	if !s.first || p.at[i] > 16<<10 {
		return headLines + 1
	}
	n, blank := 1, true
	for j := 0; j < i; j++ {
		switch {
		case p.cls[j]&cBreak != 0:
			if !blank {
				n++
			}
			blank = true
		case p.cls[j]&cSpace == 0:
			blank = false
		}
		if n > headLines {
			break
		}
	}
	return n
}

const (
	wantNumbers = 1<<KindID18 | 1<<KindID15 | 1<<KindUSCC | 1<<KindMobile | 1<<KindBankCard | 1<<KindStudentNo
	wantPapers  = 1<<KindPassport | 1<<KindPermitHKMO | 1<<KindPermitHome | 1<<KindPermitToTW
	wantContext = 1<<KindSocialSecurity | 1<<KindPermitTW | 1<<KindPassport
)

// items runs the detectors that start at one character.
func (s *scan) items(p *page) {
	want := s.opt.want
	hot := cDigit | cHanDigit | cCircled
	if want&(wantPapers|wantNumbers) != 0 {
		hot |= cLetter
	}
	if want&(1<<KindPlate) != 0 {
		hot |= cProvince
	}
	if want&(1<<KindStateSecret|1<<KindWorkSecret|1<<KindDisclosure|1<<KindUrgency) != 0 {
		hot |= cMark
	}
	if want&(1<<KindEmail) != 0 {
		hot |= cAt | cOpen
	}
	if want&(1<<KindOfficerID) != 0 {
		hot |= cOrdinal
	}
	cls, r := p.cls, p.r
	for i := 0; i < len(r); i++ {
		c := cls[i]
		if c&hot == 0 {
			continue
		}
		if c&(cAt|cOpen|cOrdinal) != 0 {
			n := 0
			switch {
			case c&cAt != 0:
				n = s.email(p, i, 1)
			case c&cOpen != 0:
				if w := p.atWord(i); w > 0 {
					n = s.email(p, i, w)
				}
			default:
				n = s.officer(p, i)
			}
			if n > 0 {
				i = n - 1
			}
			continue
		}
		if c&cNum != 0 {
			// Only the first character of a group begins anything.
			if i > 0 && script(cls[i-1]) == script(c) && (c&cDigit == 0 || cls[i-1]&cAlnum != 0) {
				continue
			}
			if n := s.digitsAt(p, i); n > 0 {
				i = n - 1
				continue
			}
		}
		if c&cLetter != 0 {
			if i > 0 && cls[i-1]&cAlnum != 0 {
				continue
			}
			if i > 0 && hot&cAt != 0 && p.r[i]|0x20 == 'a' {
				if w := p.atWord(i - 1); w > 0 {
					if n := s.email(p, i-1, w); n > 0 {
						i = n - 1
						continue
					}
				}
			}
			if n := s.lettersAt(p, i); n > 0 {
				i = n - 1
				continue
			}
		}
		if c&cProvince != 0 && i+1 < len(r) && hot&cProvince != 0 && cls[i+1]&(cLetter|cSep) != 0 {
			if n := s.plate(p, i); n > 0 {
				i = n - 1
				continue
			}
		}
		if c&cMark != 0 && hot&cMark != 0 {
			if n := s.markAt(p, i); n > 0 {
				i = n - 1
			}
		}
	}
}

func (s *scan) digitsAt(p *page, i int) int {
	// A short number is the common case: a year, an amount. Five characters with
	// gaps between are the least that anything is made of.
	n, j := 0, i
	for j < len(p.r) && n < 5 {
		if script(p.cls[j]) != 0 {
			n++
		} else if p.cls[j]&(cSep|cStar|cOpen|cClose) == 0 {
			break
		} else if j-i > 40 {
			break
		}
		j++
	}
	if n < 5 {
		return 0
	}
	want := s.opt.want
	if want&(1<<KindCopyNo) != 0 && s.first && i < 512 {
		if n := s.copyNo(p, i); n > 0 {
			return n
		}
	}
	if want&(1<<KindLandline) != 0 {
		if d := numeral(p.r[i]); d == 0 || d == 8 {
			if n := s.landline(p, i); n > 0 {
				return n
			}
		}
	}
	if want&wantNumbers != 0 {
		if n := s.number(p, i); n > 0 {
			return n
		}
	}
	if want&wantContext != 0 {
		if n := s.contextual(p, i); n > 0 {
			return n
		}
	}
	return 0
}

func (s *scan) lettersAt(p *page, i int) int {
	n := i
	for n < len(p.r) && p.cls[n]&cLetter != 0 && n-i < 5 {
		n++
	}
	if n-i > 4 && p.cls[n-1]&cLetter != 0 && !p.is(n, cDigit) && n-i == 5 {
		// A word of a language.
		return 0
	}
	if s.opt.want&wantNumbers != 0 {
		if n := s.number(p, i); n > 0 {
			return n
		}
	}
	if s.opt.want&wantPapers != 0 {
		if n := s.paper(p, i); n > 0 {
			return n
		}
	}
	return 0
}

func (s *scan) markAt(p *page, i int) int {
	want := s.opt.want
	switch p.r[i] {
	case '绝', '机', '秘':
		if want&(1<<KindStateSecret) != 0 {
			return s.secret(p, i)
		}
	case '内', '工', '仅':
		if want&(1<<KindWorkSecret) != 0 {
			return s.work(p, i)
		}
	case '此', '本', '该', '删':
		if want&(1<<KindDisclosure) != 0 {
			return s.disclosureMark(p, i)
		}
	case '特', '加', '平':
		if want&(1<<KindUrgency) != 0 {
			return s.urgency(p, i)
		}
	}
	return 0
}

// strength orders kinds where two findings overlap: a check character first, then
// form, then what only words tell.
func strength(f Finding) int {
	n := 0
	switch {
	case f.Kind == KindStateSecret:
		n = 60
	case f.Evidence&ByChecksum != 0:
		n = 50
	case f.Kind == KindEmail:
		n = 45
	case f.Kind == KindStudentNo, f.Kind == KindPlate, f.Kind == KindOfficerID:
		n = 40
	case f.Kind == KindAddress:
		n = 36
	case f.Evidence&ByShape != 0:
		n = 35
	case f.Kind == KindPerson:
		n = 20
	case f.Kind == KindWord, f.Kind == KindPattern:
		n = 10
	default:
		n = 30
	}
	return n
}

// resolve sorts findings and removes overlaps. A finding inside another goes;
// two that overlap in part become one over both, of the stronger kind, so that
// no byte of either is left.
func resolve(f []Finding) []Finding {
	if len(f) < 2 {
		return f
	}
	slices.SortStableFunc(f, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(strength(b), strength(a)))
	})
	out := f[:1]
	for _, g := range f[1:] {
		last := &out[len(out)-1]
		if g.Start >= last.End {
			out = append(out, g)
			continue
		}
		if g.Start == last.Start && g.End == last.End {
			continue
		}
		if g.End <= last.End {
			// Inside. A strong one inside a list word or a name keeps its kind for the whole.
			if strength(g) > strength(*last) && strength(*last) <= 20 {
				g.Start, g.End = last.Start, last.End
				*last = g
			}
			continue
		}
		if strength(g) > strength(*last) {
			g.Start = last.Start
			*last = g
		} else {
			last.End = g.End
		}
	}
	return out
}

// text scans a whole text.
func (s *scan) text(text string) []Finding {
	var p page
	pages := s.pages(text, &p, s.scanPage)
	if len(s.people0) > 0 && s.opt.want&(1<<KindPerson) != 0 {
		m := s.nameMatcher()
		if pages == 1 {
			s.mentions(&p, m)
		} else {
			s.pages(text, &p, func(p *page) {
				s.room(p)
				s.mentions(p, m)
			})
		}
	}
	return resolve(s.found)
}

// pages folds the text page by page and calls do for each.
func (s *scan) pages(text string, p *page, do func(*page)) (n int) {
	for from := 0; ; n++ {
		to := cutPage(text, from)
		lo, hi := from, to
		if from > 0 {
			lo = marginBefore(text, from)
		}
		if to < len(text) {
			hi = min(len(text), to+pageMargin)
			for hi < len(text) && !utf8.RuneStart(text[hi]) {
				hi++
			}
		}
		s.first = lo == 0
		s.core = span{int32(from - lo), int32(to - lo)}
		p.fold(text[lo:hi], lo)
		do(p)
		if to >= len(text) {
			return n + 1
		}
		from = to
	}
}

// room makes taken fit the page.
func (s *scan) room(p *page) {
	if cap(s.taken) < len(p.r) {
		s.taken = make([]byte, len(p.r))
	}
	s.taken = s.taken[:len(p.r)]
	clear(s.taken)
}

// cutPage is the end of the page that begins at from: at a line break if one is
// near, else on a rune border.
func cutPage(text string, from int) int {
	to := from + pageSize
	if to >= len(text) {
		return len(text)
	}
	if n := strings.LastIndexByte(text[to-pageMargin/2:to], '\n'); n >= 0 {
		return to - pageMargin/2 + n + 1
	}
	for k := 0; k < 4 && !utf8.RuneStart(text[to]); k++ {
		to--
	}
	return to
}

func marginBefore(text string, from int) int {
	lo := max(0, from-pageMargin)
	if n := strings.IndexByte(text[lo:from], '\n'); n >= 0 && n < pageMargin/2 {
		return lo + n + 1
	}
	for k := 0; k < 4 && lo > 0 && !utf8.RuneStart(text[lo]); k++ {
		lo--
	}
	return lo
}

func (s *scan) scanPage(p *page) {
	s.page = p
	s.room(p)
	if s.opt.want&(1<<KindUnreadable) != 0 {
		for _, b := range p.bad {
			if b.from >= s.core.from && b.from < s.core.to {
				s.found = append(s.found, Finding{Start: p.base + int(b.from), End: p.base + int(b.to), Kind: KindUnreadable, Evidence: ByShape})
			}
		}
	}
	s.callers(p)
	s.items(p)
	if s.opt.want&(1<<KindAddress) != 0 {
		s.addresses(p)
	}
	if s.opt.want&(1<<KindPerson) != 0 {
		s.people(p)
	}
}
