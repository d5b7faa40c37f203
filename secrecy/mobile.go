package secrecy

// mobile tries val[0:e] with or without the country code.
func (s *scan) mobile(p *page, r *run, k, e int, joints joint) int {
	v := r.val[:e]
	from, to := int(r.at[0]), int(r.at[e-1])
	skip := 0
	switch {
	case e == 11:
	case e == 13 && v[0] == '8' && v[1] == '6':
		skip = 2
	case e == 15 && string(v[:4]) == "0086":
		skip = 4
	case e == 12 && v[0] == '0':
		// 0 before a mobile: dialled from another place.
		skip = 1
	default:
		return 0
	}
	m := v[skip:]
	cue := -1
	hasCue := func() bool {
		if cue < 0 {
			cue = 0
			if s.cueNear(p, from, cuePhone, 16) {
				cue = 1
			}
		}
		return cue == 1
	}
	if m[0] != '1' || m[1] < '3' || m[1] > '9' || !r.digits(0, e) {
		var fixed [15]byte
		n := fixLetters(fixed[:], v)
		m = fixed[skip:e]
		ok := n > 0 && n <= 5 && hasCue() && m[0] == '1' && m[1] >= '3' && m[1] <= '9'
		for _, c := range m {
			ok = ok && c >= '0' && c <= '9'
		}
		if !ok {
			return 0
		}
	}
	if skip == 1 && !hasCue() {
		return 0
	}
	var buf [runMax]int
	g := r.groups(k, buf[:])
	if skip == 2 || skip == 4 {
		// The country code stands in a group of its own, or all is one piece.
		if g[0] == skip {
			g = g[1:]
		} else if g[0] > skip {
			g[0] -= skip
		} else {
			return 0
		}
	}
	if len(g) > 1 && !allOnes(g) {
		ok := false
		switch {
		case len(g) == 3 && g[0] == 3 && g[1] == 4, len(g) == 3 && g[0] == 3 && g[1] == 3, len(g) == 3 && g[0] == 4 && g[1] == 4, len(g) == 3 && g[0] == 4 && g[1] == 3:
			ok = joints&jBraket == 0 || hasCue()
		case len(g) == 2 && g[0] >= 3 && g[1] >= 3:
			ok = joints&jBraket == 0 || hasCue()
		default:
			ok = hasCue() && len(g) <= 6 && g[0] >= 2
		}
		if !ok {
			return 0
		}
		// 2019 1234567 and the like: two table cells.
		if len(g) == 2 && joints&(jSpace|jBreak) == joints && g[0] != 3 && g[0] != 7 && !hasCue() {
			return 0
		}
	}
	if joints&jDot != 0 && r.tok[1].join == ',' && !hasCue() {
		return 0
	}
	if from > 1 && p.r[from-1] == '.' && p.is(from-2, cDigit) {
		return 0
	}
	if from > 0 && (p.r[from-1] == 0xA5 || p.r[from-1] == '$') {
		return 0
	}
	if from > 4 && p.r[from-1] == '-' && p.is(from-2, cDigit) && !hasCue() && year(p, from-5) {
		return 0
	}
	if p.amountAfter(to + 1) {
		return 0
	}
	if joints&jSoft == 0 && len(g) == 1 && s.serial(p, from) && !hasCue() {
		return 0
	}
	// 15 digits that start with a phone, or a decimal.
	if to+2 < len(p.r) && p.r[to+1] == '.' && p.is(to+2, cDigit) {
		return 0
	}
	if skip == 2 && from > 0 && p.r[from-1] == '+' {
		from--
	}
	if skip == 2 && from > 0 && to+1 < len(p.r) && p.is(from-1, cOpen) && r.ntok > 1 && p.bracketed(from, int(r.at[skip])) {
		from--
	}
	// (138)0013-8000: the bracket belongs to it.
	if skip == 0 && len(g) > 1 && p.is(from-1, cOpen) && p.bracketed(from, int(r.at[g[0]])) {
		from--
	}
	// (+86) before the number.
	if skip == 0 {
		if f := p.countryBefore(from); f >= 0 {
			from = f
		}
	}
	return s.emit(p, from, to, KindMobile, Private, ByShape)
}
