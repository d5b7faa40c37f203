package secrecy

import (
	"regexp"
	"unicode/utf8"
)

// Pattern is an agency's own rule, an RE2 expression that is run only around a
// required literal, so that a hundred patterns cost no more than one.
type Pattern struct {
	ID string // names the pattern in Finding.Rule
	// Literal must stand in every match; folded (ASCII digits and signs,
	// simplified characters), at least two bytes.
	Literal string
	// Expr is matched against the folded text around the literal. A group named
	// "v" narrows the finding to itself.
	Expr string
	// Window is how many characters on either side are looked at, 1…512; 0 = 64.
	Window int
	Kind   Kind // zero = KindPattern
	Role   Role
}

type compiled struct {
	Pattern
	re    *regexp.Regexp
	group int
}

func compilePattern(p Pattern) (compiled, *Error) {
	bad := func(what string) *Error {
		return &Error{Code: codeScanPattern, Category: ErrOptions, What: "new scanner: pattern " + p.ID + ": " + what}
	}
	if p.ID == "" {
		return compiled{}, bad("no id")
	}
	if len(p.Literal) < 2 || len(foldWord(p.Literal)) == 0 || len(foldWord(p.Literal)) > wordMax {
		return compiled{}, bad("the required literal is shorter than two bytes or too long")
	}
	if p.Window == 0 {
		p.Window = 64
	}
	if p.Window < 1 || p.Window > 512 {
		return compiled{}, bad("the window is not within 1…512")
	}
	if p.Kind == 0 {
		p.Kind = KindPattern
	}
	re, err := regexp.Compile(p.Expr)
	if err != nil {
		return compiled{}, bad(err.Error())
	}
	if re.MatchString("") {
		return compiled{}, bad("it matches the empty text")
	}
	return compiled{p, re, re.SubexpIndex("v")}, nil
}

// around runs a pattern on the units around a literal at [from, to].
func (s *scan) around(p *page, c *compiled, from, to int) {
	lo, hi := max(0, from-c.Window), min(len(p.r), to+1+c.Window)
	buf := s.buf[:0]
	at := s.bufAt[:0]
	for i := lo; i < hi; i++ {
		n := len(buf)
		buf = utf8.AppendRune(buf, rune(p.r[i]))
		for range len(buf) - n {
			at = append(at, int32(i))
		}
	}
	at = append(at, int32(hi))
	s.buf, s.bufAt = buf, at
	for _, m := range c.re.FindAllSubmatchIndex(buf, -1) {
		a, b := m[0], m[1]
		if int(at[a]) > from || int(at[b-1]) < to {
			continue // not around this literal
		}
		if c.group > 0 && m[2*c.group] >= 0 && m[2*c.group+1] > m[2*c.group] {
			a, b = m[2*c.group], m[2*c.group+1]
		}
		s.own(p, int(at[a]), int(at[b-1]), c.Kind, c.Role, c.ID)
	}
}

// own emits a finding of the caller's.
func (s *scan) own(p *page, from, to int, k Kind, role Role, rule string) {
	n := len(s.found)
	s.emitAs(p, from, to, k, role, ByList)
	if len(s.found) > n {
		s.found[n].Rule = rule
	}
}

// callers runs the word lists and the patterns on the page.
func (s *scan) callers(p *page) {
	if s.opt.words == nil {
		return
	}
	s.opt.words.scan(p, func(from, to int, out int32) {
		if int(out) < len(s.opt.lists) {
			l := s.opt.lists[out]
			// A word of letters or digits is not part of a longer one.
			if p.cls[from]&cAlnum != 0 && p.is(from-1, cAlnum) || p.cls[to]&cAlnum != 0 && p.is(to+1, cAlnum) {
				return
			}
			s.own(p, from, to, l.Kind, l.Role, l.ID)
			return
		}
		s.around(p, &s.opt.patterns[int(out)-len(s.opt.lists)], from, to)
	})
}
