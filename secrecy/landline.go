package secrecy

// landline reads an area code, a separator, seven or eight digits in one or two
// groups, and an extension. i is the unit of the first digit of a group.
func (s *scan) landline(p *page, i int) int {
	digit := func(j int) int {
		if j < len(p.r) && p.cls[j]&cNum != 0 {
			return numeral(p.r[j])
		}
		return -1
	}
	count := func(j int) int {
		n := 0
		for digit(j+n) >= 0 && n < 13 && (p.cls[j+n]&cAlnum != 0) == (p.cls[j]&cAlnum != 0) {
			n++
		}
		return n
	}
	from := i
	a := count(i)
	if a < 2 {
		return 0
	}
	v := func(j int) int { return digit(j) }
	plus := false
	j := i
	if v(i) == 8 && v(i+1) == 6 && a == 2 {
		// +86-571-…, 86 571 …
		plus = true
		j = p.skipSep(i+2, 2)
		if p.is(j, cOpen) {
			j++
		}
		a = count(j)
		if a == 3 && v(j) == 0 || a == 4 && v(j) == 0 {
			plus = false
		}
	}
	area := j
	piece := false
	switch {
	case plus && (a == 2 && v(j) == 1 && v(j+1) == 0 || a == 2 && v(j) == 2 || a == 3 && v(j) >= 3):
	case v(j) != 0:
		return 0
	case a == 3 && (v(j+1) == 1 && v(j+2) == 0 || v(j+1) == 2):
	case a == 4 && v(j+1) >= 3:
	case a >= 10 && a <= 12 && (v(j+1) == 1 && v(j+2) == 0 || v(j+1) == 2 || v(j+1) >= 3):
		piece = true
	default:
		return 0
	}
	open := p.is(from-1, cOpen)
	var to int
	if piece {
		// One piece: area and number run together. Only with a cue, and of a fitting length.
		n := 3
		if v(j+1) >= 3 {
			n = 4
		}
		rest := a - n
		if rest != 7 && rest != 8 || v(j+n) < 2 || !s.cueNear(p, i, cuePhone, 16) {
			return 0
		}
		to = j + a
	} else {
		j += a
		closed := p.is(j, cClose)
		if closed {
			j++
		}
		k := p.skipSep(j, 3)
		if k == j && !closed {
			return 0
		}
		n := count(k)
		switch {
		case (n == 7 || n == 8) && v(k) >= 1:
			to = k + n
		case (n == 3 || n == 4) && v(k) >= 2:
			m := p.skipSep(k+n, 2)
			if m == k+n || count(m) != 4 {
				return 0
			}
			to = m + 4
		case n == 1:
			// Every digit apart.
			m, c := k, 0
			for c < 8 && digit(m) >= 0 && count(m) == 1 {
				to = m + 1
				c++
				m = p.skipSep(m+1, 1)
				if m == to {
					break
				}
			}
			if c != 7 && c != 8 {
				return 0
			}
		default:
			return 0
		}
		if open && closed {
			from--
		}
	}
	if p.is(to, cAlnum) && p.cls[to-1]&cAlnum != 0 {
		return 0
	}
	if to+1 < len(p.r) && p.r[to] == '-' && count(to+1) > 5 {
		return 0
	}
	if p.is(area-1, cAlnum) && !plus && area == i {
		return 0
	}
	// A number that goes on to the left is a code of groups: 3401-02-….
	if from == area && from > 1 && (p.r[from-1] == '-' || p.r[from-1] == '/') && p.is(from-2, cAlnum) {
		return 0
	}
	if from > 0 && p.r[from-1] == '+' {
		from--
	}
	to = p.extension(to)
	role := Official
	if s.cueNear(p, from, cueHome, 12) {
		role = Private
	}
	return s.emit(p, from, to-1, KindLandline, role, ByShape)
}

// skipSep passes up to n separators at i (blanks and one sign).
func (p *page) skipSep(i, n int) int {
	signs := 0
	for k := 0; k < n+2 && i < len(p.r); k++ {
		c := p.cls[i]
		switch {
		case c&cBlank != 0:
		case c&cJoin != 0 && p.r[i] != '、' && p.r[i] != ',' && signs < 2:
			signs++
		default:
			return i
		}
		i++
	}
	return i
}

// extension passes 转711, -801, 转分机 8 after a landline.
func (p *page) extension(i int) int {
	j := i
	for j < len(p.r) && p.cls[j]&cSpace != 0 && j-i < 2 {
		j++
	}
	k := j
	for _, w := range [...]string{"转分机", "转接", "转", "分机号", "分机", "ext.", "ext", "EXT", "-", "*"} {
		if p.has(k, w) {
			for range w {
				k++
			}
			break
		}
	}
	if p.is(j, cOpen) && (p.has(j+1, "转") || p.has(j+1, "分机")) {
		k = j + 2
		if p.has(j+1, "分机") {
			k++
		}
	}
	if k == j {
		return i
	}
	for k < len(p.r) && (p.cls[k]&cSpace != 0 || p.r[k] == ':') && k-j < 6 {
		k++
	}
	n := 0
	for p.is(k+n, cNum) && n < 7 {
		n++
	}
	if n < 1 || n > 6 || p.is(k+n, cAlnum) || (p.r[j] == '-' && n < 2) {
		return i
	}
	k += n
	if p.is(j, cOpen) && p.is(k, cClose) {
		k++
	}
	return k
}
