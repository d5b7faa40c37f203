package secrecy

import (
	"errors"
	"strconv"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// tokens gives the same person the same token in one document.
type tokens struct {
	of    map[string]string
	count map[string]int
}

func newTokens() *tokens { return &tokens{map[string]string{}, map[string]int{}} }

func (o *RedactOptions) mask(value string, p piece, prof *Profile, tk *tokens) string {
	gone := prof.placeholder()
	if o.Label != "" {
		gone = o.Label
	}
	units := []rune(value)
	switch p.action {
	case Surname:
		key := string(unitsKey(foldWord(value), nil))
		if t := tk.of[key]; t != "" {
			return t
		}
		u := foldWord(value)
		n := 1
		if len(u) > 2 && names().compound.has(u[0], u[1]) {
			n = 2
		}
		var kept []rune
		for _, c := range units {
			if len(kept) < n && c != ' ' && c != 0x3000 {
				kept = append(kept, c)
			}
		}
		t := string(kept) + "某"
		tk.count[t]++
		if tk.count[t] > 1 {
			t += strconv.Itoa(tk.count[t])
		}
		tk.of[key] = t
		return t
	case Ends:
		u := foldWord(value)
		var v []rune
		for _, c := range u {
			if c < 128 && c > ' ' && c != '-' && c != '.' || c >= 128 && numeral(c) >= 0 {
				v = append(v, rune(c))
			}
		}
		if p.Kind == KindMobile && len(v) > 11 {
			v = v[len(v)-11:]
		}
		if p.head+p.tail >= len(v) {
			return gone
		}
		return string(v[:p.head]) + strings.Repeat("*", len(v)-p.head-p.tail) + string(v[len(v)-p.tail:])
	case County:
		for i := 1; i < len(units) && i < 24; i++ {
			switch units[i] {
			case '县', '旗', '區', '区', '縣':
				if units[i-1] == '小' || units[i-1] == '社' || units[i-1] == '园' || i+2 < len(units) && units[i] == '区' && units[i-1] == '治' {
					continue
				}
				return string(units[:i+1]) + "***"
			}
		}
		return gone
	}
	return gone
}

// strong refuses masks that leave too few candidates beside what else is shown.
func strong(text string, r *Rendition, prof *Profile) error {
	if prof.MinCandidates == 0 {
		return nil
	}
	var errs []error
	for _, c := range r.Cuts {
		if c.Action != Ends {
			continue
		}
		rule := prof.rule(Finding{Kind: c.Kind, Role: c.Role})
		n := Candidates(c.Kind, rule.Head, rule.Tail, shownBeside(r, c))
		if n > 0 && n < prof.MinCandidates {
			errs = append(errs, redactError(codeRedactWeak, "a "+c.Kind.String()+" shown in part leaves "+strconv.Itoa(n)+" candidates beside what else is shown; profile "+prof.ID+" asks for "+strconv.Itoa(prof.MinCandidates), law.GovInfoRegulation2019.Art(15)))
		}
	}
	return errors.Join(errs...)
}

// shownBeside looks for an age, a birth date and the sex in the sentence or row
// of a cut, in the rendition.
func shownBeside(r *Rendition, c Cut) (s Shown) {
	lo := strings.LastIndexAny(r.Text[:c.At], "。\n") + 1
	hi := len(r.Text)
	if n := strings.IndexAny(r.Text[c.To:], "。\n"); n >= 0 {
		hi = c.To + n
	}
	lo, hi = max(lo, c.At-300), min(hi, c.To+300)
	near := r.Text[lo:c.At] + "\n" + r.Text[c.To:hi]
	var p page
	p.fold(strings.ToValidUTF8(near, ""), 0)
	for i := 0; i < len(p.r); i++ {
		switch {
		case p.r[i] == '岁' && p.numeralAt(i-1), p.has(i, "年龄") && p.numeralAt(p.skipSep(i+2, 1)), p.has(i, "年龄:"):
			s.Year = true
		case p.r[i] == '男' || p.r[i] == '女':
			s.Sex = true
		case p.r[i] == '生' && (p.has(i-1, "出生") || p.has(i-1, "日生") || p.has(i-1, "月生")):
			s.Year = true
			for j := max(0, i-14); j < min(len(p.r), i+16); j++ {
				s.Birth = s.Birth || p.r[j] == '日' && p.numeralAt(j-1) || p.dateAt(j)
			}
		}
	}
	return s
}
