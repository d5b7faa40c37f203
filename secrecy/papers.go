package secrecy

// Papers with a letter before the digits, and those that only their context tells.

// paper reads a travel document at a letter: E12345678, EA1234567, C…, H…, L….
func (s *scan) paper(p *page, i int) int {
	if p.is(i-1, cAlnum) {
		return 0
	}
	letters := 0
	var l [3]uint16
	j := i
	for j < len(p.r) && p.cls[j]&cLetter != 0 && letters < 3 {
		c := p.r[j]
		if c >= 'a' {
			c -= 32
		}
		l[letters] = c
		letters++
		j++
	}
	if letters > 2 {
		return 0
	}
	if sep := p.skipSep(j, 1); sep != j {
		if sep-j > 2 || p.is(j, cBreak) {
			return 0
		}
		j = sep
	}
	n := 0
	last := j
	k := j
	for k < len(p.r) && n < 12 {
		if p.cls[k]&cNum == 0 {
			// Groups of a blank or a dash: H 7900 0602.
			g := p.skipSep(k, 1)
			if g == k || g-k > 2 || !p.is(g, cNum) || n == 0 || p.is(k, cBreak) && n%4 != 0 {
				break
			}
			k = g
		}
		n++
		last = k
		k++
	}
	if p.is(last+1, cAlnum) {
		// The longest run of digits that a letter touches is a longer code.
		return 0
	}
	if n != 7 && n != 8 && n != 10 {
		return 0
	}
	first, second := l[0], l[1]
	var kind Kind
	switch {
	case letters == 2 && n == 7 && first == 'E' && second != 'I' && second != 'O':
		kind = KindPassport
	case letters == 2 && n == 7 && (first == 'D' || first == 'S' || first == 'P') && second == 'E':
		kind = KindPassport
	case letters == 1 && n == 8 && first == 'E':
		kind = KindPassport
	case letters == 1 && n == 8 && first == 'G' && (s.cueNear(p, i, cuePass, 24) || !p.dateAt(j)):
		kind = KindPassport
	case letters == 1 && (n == 7 || n == 8) && (first == 'D' || first == 'S' || first == 'P') && s.cueNear(p, i, cuePass, 24):
		kind = KindPassport
	case letters == 2 && n == 7 && first == 'C' && second != 'I' && second != 'O':
		kind = KindPermitHKMO
	case letters == 1 && n == 8 && first == 'C':
		kind = KindPermitHKMO
	case letters == 1 && n == 8 && first == 'W' && s.cueNear(p, i, cueHKMO, 24):
		kind = KindPermitHKMO
	case letters == 1 && (n == 8 || n == 10) && (first == 'H' || first == 'M') && (s.cueNear(p, i, cueHome2, 24) || n == 8 && !p.dateAt(j)):
		kind = KindPermitHome
	case letters == 1 && n == 8 && (first == 'L' || first == 'T') && s.cueNear(p, i, cueToTW, 24):
		kind = KindPermitToTW
	default:
		return 0
	}
	// A model or contract number: HT-E12345678.
	if i > 1 && (p.r[i-1] == '-' || p.r[i-1] == '/' || p.r[i-1] == '_') && p.is(i-2, cAlnum) {
		return 0
	}
	if kind == KindPassport && s.cueNear(p, i, cueSet{"往来港澳"}, 12) && letters == 1 && first == 'G' {
		return 0
	}
	return s.emit(p, i, last, kind, 0, ByShape)
}

func (p *page) dateAt(i int) bool {
	if i+8 > len(p.r) {
		return false
	}
	var v [8]int
	for k := range v {
		if v[k] = numeral(p.r[i+k]); v[k] < 0 {
			return false
		}
	}
	y, m, d := v[0]*1000+v[1]*100+v[2]*10+v[3], v[4]*10+v[5], v[6]*10+v[7]
	return y >= 1900 && y < 2100 && validDay(y, m, d)
}

// contextual reads what bare digits mean by the words before them: a personal
// number of the social insurance (10 digits), a 台胞证 (8, or 8+2 and a letter), an
// old passport (14 or 15 and 7).
func (s *scan) contextual(p *page, i int) int {
	n, last, k := 0, i, i
	groups := 1
	for k < len(p.r) && n <= 12 {
		if p.cls[k]&cNum == 0 {
			g := p.skipSep(k, 1)
			if g == k || g-k > 2 || !p.is(g, cNum) {
				break
			}
			k = g
			groups++
		}
		n++
		last = k
		k++
	}
	if p.is(last+1, cAlnum) || p.is(i-1, cAlnum) {
		return 0
	}
	switch {
	case n == 10 && !p.amountAfter(last+1):
		if s.cueJust(p, i, cueTW) && groups <= 2 {
			if p.is(last+1, cOpen) && p.is(last+2, cLetter) && p.is(last+3, cClose) {
				last += 3
			}
			return s.emit(p, i, last, KindPermitTW, 0, ByCue)
		}
		if s.cueJust(p, i, cueSocial) && !s.endsWith(p, p.skipBack(i), cueSet{"单位编号", "单位社保编号", "单位参保号"}) {
			return s.emit(p, i, last, KindSocialSecurity, 0, ByCue)
		}
	case n == 8 && s.cueJust(p, i, cueTW):
		return s.emit(p, i, last, KindPermitTW, 0, ByCue)
	case n == 9 && (p.has(i, "14") || p.has(i, "15")) && groups == 1 && s.cueJust(p, i, cuePass):
		return s.emit(p, i, last, KindPassport, 0, ByShape|ByCue)
	}
	return 0
}

// officer reads 海字第56157857号 at the character 第, unit i.
func (s *scan) officer(p *page, i int) int {
	a := i - 1
	for a > 0 && p.cls[a]&cSpace != 0 {
		a--
	}
	if a < 1 || p.r[a] != '字' {
		return 0
	}
	a--
	for a > 0 && p.cls[a]&cSpace != 0 {
		a--
	}
	switch p.r[a] {
	case '军', '南', '北', '海', '空', '政', '参', '后', '装', '沈', '济', '兰', '成', '广', '京', '士', '兵', '武', '警', '文', '干', '总', '战', '联', '火', '陆', '东', '西', '中', '信', '航', '网', '学', '退', '职':
	default:
		return 0
	}
	b := a
	for b > 0 && p.cls[b-1]&cSpace != 0 {
		b--
	}
	for _, w := range [...]string{"房权证", "房产证", "产权证", "房地证", "土地证", "林权证", "使用证", "不动产权", "国用", "集用", "权证", "房字", "房地产证", "不动产权证", "宅基地证", "执照", "许可证", "沪", "房权证市"} {
		if p.hasBefore(b, w) {
			return 0
		}
	}
	k := i + 1
	n, last := 0, 0
	for k < len(p.r) && n <= 9 {
		if p.cls[k]&cNum == 0 {
			g := p.skipSep(k, 1)
			if g == k || g-k > 2 || !p.is(g, cNum) {
				break
			}
			k = g
		}
		n++
		last = k
		k++
	}
	k = last + 1
	for k < len(p.r) && p.cls[k]&cBlank != 0 && k-last < 3 {
		k++
	}
	if n < 6 || n > 8 || k >= len(p.r) || p.r[k] != '号' {
		return 0
	}
	return s.emit(p, a, k, KindOfficerID, 0, ByShape)
}

// plate reads a number plate at its province, unit i.
func (s *scan) plate(p *page, i int) int {
	j := p.skipSep(i+1, 1)
	if j-i > 3 || j >= len(p.r) || p.cls[j]&cLetter == 0 {
		return 0
	}
	l := p.r[j] &^ 0x20
	if l == 'I' || l == 'O' || l < 'A' || l > 'Z' {
		return 0
	}
	k := p.skipSep(j+1, 2)
	if k-j > 4 {
		return 0
	}
	var v [8]byte
	n, digits, letters, last := 0, 0, 0, k
	m := k
	for m < len(p.r) && n < 8 {
		c := p.r[m]
		switch {
		case p.cls[m]&cDigit != 0:
			v[n] = byte(c)
			digits++
		case p.cls[m]&cLetter != 0:
			if c >= 'a' {
				c -= 32
			}
			v[n] = byte(c)
			letters++
		case p.cls[m]&(cHanDigit|cCircled) != 0 && (n > 0 || digits > 0 || p.is(m+1, cNum|cLetter)):
			v[n] = byte('0' + numeral(c))
			digits++
		default:
			g := p.skipSep(m, 1)
			if g == m || g-m > 2 || n == 0 || !p.is(g, cAlnum) || p.is(m, cBreak) && n >= 5 || p.r[m] == ',' {
				goto done
			}
			if n >= 5 && !(n == 5 && newEnergy(v[0]) && p.is(g, cDigit) && !p.is(g+1, cAlnum)) {
				goto done
			}
			m = g
			continue
		}
		n++
		last = m
		m++
	}
done:
	if p.is(last+1, cAlnum) {
		return 0
	}
	end := last
	special := false
	if last+1 < len(p.r) {
		switch p.r[last+1] {
		case '警', '学', '挂', '港', '澳', '领', '使', '试', '超':
			special = n == 4 || n == 5 && p.r[last+1] != '挂'
			// 粤Z1234港: five with the last character. 学 after five digits is a word.
			if n == 5 {
				special = false
			}
		}
	}
	for _, c := range v[:n] {
		if c == 'I' || c == 'O' {
			return 0
		}
	}
	switch {
	case special && n == 4 && digits >= 3:
		end = last + 1
	case n == 5 && letters <= 2 && digits >= 3:
	case n == 6 && letters == 0:
		// 使014578, or six digits after the letter: not a plate.
		return 0
	case n == 6 && (newEnergy(v[0]) && allDigits(v[2:6]) || allDigits(v[:5]) && newEnergy(v[5])):
	default:
		return 0
	}
	return s.emit(p, i, end, KindPlate, 0, ByShape)
}

// newEnergy: D and F at first, A B C E G H J K since the letters ran out.
func newEnergy(c byte) bool {
	switch c {
	case 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K':
		return true
	}
	return false
}

func allDigits(v []byte) bool {
	for _, c := range v {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// email walks out from the @ at unit i, both ways.
func (s *scan) email(p *page, i, width int) int {
	local := func(j int) bool {
		return p.is(j, cAlnum) || j >= 0 && j < len(p.r) && (p.r[j] == '.' || p.r[j] == '_' || p.r[j] == '-' || p.r[j] == '+' || p.r[j] == '%' || p.r[j] == '\'')
	}
	a := i
	for a > 0 && p.cls[a-1]&cSpace != 0 && i-a < 2 {
		a--
	}
	from := a
	for from > 0 && local(from-1) && a-from < 64 {
		from--
	}
	for from < a && !p.is(from, cAlnum) {
		from++
	}
	if from == a {
		return 0
	}
	b := i + width
	for b < len(p.r) && p.cls[b]&cSpace != 0 && b-i-width < 2 {
		b++
	}
	to := b
	lastDot, good, label := -1, -1, 0
	for to < len(p.r) && to-b < 128 {
		c := p.r[to]
		switch {
		case p.cls[to]&cAlnum != 0:
			label++
			if lastDot >= 0 && letterRun(p, lastDot+1, to) >= 2 {
				good = to
			}
			to++
			continue
		case c == '-' && label > 0:
			to++
			continue
		case label > 0 && (c == '.' || (c == '。' || c == '·' || c == '点') && p.is(to+1, cLetter)):
			lastDot, label = to, 0
			to++
			continue
		case label > 0 && width > 0 && p.dotWord(to) > 0:
			to += p.dotWord(to)
			lastDot, label = to-1, 0
			continue
		case label > 0 && p.cls[to]&cSpace != 0 && p.is(to+1, cJoin) && p.r[to+1] == '.' && p.is(to+2, cLetter|cSpace):
			to++
			continue
		case label == 0 && lastDot == to-1 && p.cls[to]&cSpace != 0 && p.is(to+1, cLetter) && to-b > 1 && p.is(lastDot-1, cSpace):
			lastDot = to
			to++
			continue
		}
		break
	}
	if good < 0 {
		return 0
	}
	role := Private
	if s.cueNear(p, from, cueSet{"传真", "办公邮箱", "单位邮箱", "咨询", "监督", "公开信箱", "投诉", "举报邮箱", "工作邮箱", "公务邮箱"}, 24) {
		role = Official
	}
	return s.emit(p, from, good, KindEmail, role, ByShape)
}

// letterRun is the number of letters from i to j, 0 if anything else is between.
func letterRun(p *page, i, j int) int {
	for k := i; k <= j; k++ {
		if p.cls[k]&cLetter == 0 {
			return 0
		}
	}
	return j - i + 1
}

// dotWord is the length of a spelled-out dot at unit i: (dot), [dot], " dot ".
func (p *page) dotWord(i int) int {
	for _, w := range [...]string{"(dot)", "[dot]", " dot ", "(点)", "[点]", "(.)", "[.]", "【.】"} {
		if p.has(i, w) {
			return len([]rune(w))
		}
	}
	return 0
}

// atWord is the length of a spelled-out @ at unit i.
func (p *page) atWord(i int) int {
	for _, w := range [...]string{"(at)", "[at]", "(AT)", "[AT]", "【at】", "(@)", "[@]", "【@】", " at ", " AT "} {
		if p.has(i, w) {
			return len([]rune(w))
		}
	}
	return 0
}
