package secrecy

// Numbers are read from runs: characters of a number with at most a short
// separator between groups. A run is tried from each group on, so that a table of
// numbers joined by blanks never hides one.

const (
	runMax = 40 // characters of a run that are looked at
	gapMax = 6  // units between two groups
)

type joint uint8 // what stands before a group

const (
	jSoft   joint = 1 << iota // a change of script, nothing between
	jSpace                    // blanks
	jBreak                    // a line break
	jDash                     // - and the like
	jDot                      // . · ,
	jSlash                    // / | _
	jBraket                   // brackets
)

type run struct {
	n    int
	val  [runMax]byte  // digits, upper-case letters
	at   [runMax]int32 // units
	alt  [runMax]bool  // a letter or circled digit read as a digit
	more bool          // the run goes on beyond runMax or touches more
	ntok int
	tok  [runMax]struct {
		from  int // index into val
		joint joint
		join  uint16 // the separating rune, 0 if several
	}
}

func (r *run) tokEnd(k int) int {
	if k+1 < r.ntok {
		return r.tok[k+1].from
	}
	return r.n
}

// script of a unit that can stand in a number: 0 none, 1 ASCII, 2 Han, 3 circled.
func script(c class) int {
	switch {
	case c&cAlnum != 0:
		return 1
	case c&cHanDigit != 0:
		return 2
	case c&cCircled != 0:
		return 3
	}
	return 0
}

// read fills r with the run that starts at unit i.
func (p *page) read(r *run, i int) {
	r.n, r.ntok, r.more = 0, 0, false
	var j joint
	var sep uint16
	prev := 0
	for {
		s := 0
		if i < len(p.r) {
			s = script(p.cls[i])
		}
		if s == 0 {
			if prev == 0 {
				return
			}
			// A gap: short, of separators only, and something after it.
			g := i
			j, sep = 0, 0
			for g < len(p.r) && g-i < gapMax {
				c := p.cls[g]
				var b joint
				switch {
				case p.r[g] == '\t':
					b = 0 // another cell
				case c&cBreak != 0:
					b = jBreak
				case c&cSpace != 0:
					b = jSpace
				case c&(cOpen|cClose) != 0 && p.r[g] != '<' && p.r[g] != '>':
					b = jBraket
				case c&(cJoin|cStar) == 0 || c&cStar != 0 && g > i && p.cls[g-1]&cStar != 0:
					b = 0 // two stars are a mask
				default:
					switch p.r[g] {
					case '-', '~':
						b = jDash
					case '.', '·', ',', '\'', '*', '、', '★':
						b = jDot
					default:
						b = jSlash
					}
				}
				if b == 0 {
					break
				}
				if b&(jDash|jDot|jSlash) != 0 && j&(jDash|jDot|jSlash) != 0 && sep != p.r[g] {
					b |= jSoft
				}
				j |= b
				if sep == 0 || b&jSpace == 0 {
					sep = p.r[g]
				}
				g++
			}
			if g == i || g >= len(p.r) || script(p.cls[g]) == 0 {
				return
			}
			i, s = g, script(p.cls[g])
			prev = 0
		} else {
			j, sep = jSoft, 0
		}
		if r.n == runMax {
			r.more = true
			return
		}
		if s != prev {
			if r.n == 0 {
				j = 0
			}
			t := &r.tok[r.ntok]
			t.from, t.joint, t.join = r.n, j, sep
			r.ntok++
		}
		prev = s
		c := p.r[i]
		r.alt[r.n] = s == 3
		if d := numeral(c); d >= 0 {
			r.val[r.n] = byte('0' + d)
		} else {
			if c >= 'a' && c <= 'z' {
				c -= 32
			}
			r.val[r.n] = byte(c)
		}
		r.at[r.n] = int32(i)
		r.n++
		i++
	}
}

// digits reports whether val[from:to] is all digits.
func (r *run) digits(from, to int) bool {
	for _, c := range r.val[from:to] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// fixLetters reads letters that an OCR or a prankster puts for digits.
func fixLetters(dst, v []byte) (n int) {
	for i, c := range v {
		switch c {
		case 'O', 'Q', 'D':
			c, n = '0', n+1
		case 'I', 'L':
			c, n = '1', n+1
		case 'Z':
			c, n = '2', n+1
		case 'S':
			c, n = '5', n+1
		case 'B':
			c, n = '8', n+1
		}
		dst[i] = c
	}
	return n
}

// number tries every kind of number at the group that starts at unit i. It
// returns the unit after the finding, or 0.
func (s *scan) number(p *page, i int) int {
	r := &s.run
	p.read(r, i)
	if r.n < 5 {
		return 0
	}
	glued := i > 0 && p.cls[i]&cAlnum != 0 && p.is(i-1, cAlnum)
	if glued {
		return 0
	}
	// Ends of groups, longest first, so that the longest valid reading wins.
	for k := r.ntok - 1; k >= 0; k-- {
		e := r.tokEnd(k)
		if e < 8 || e > 23 || k == r.ntok-1 && r.more {
			continue
		}
		if next := s.numberTo(p, r, k, e); next > 0 {
			return next
		}
	}
	if next := s.glued(p, r, i); next > 0 {
		return next
	}
	return 0
}

// numberTo tries val[0:e], groups 0…k.
func (s *scan) numberTo(p *page, r *run, k, e int) int {
	v := r.val[:e]
	from, to := int(r.at[0]), int(r.at[e-1])
	var joints joint
	for g := 1; g <= k; g++ {
		joints |= r.tok[g].joint
	}
	switch e {
	case 19:
		if (v[0] == 'G' || v[0] == 'J') && validID18(v[1:]) || v[0] == 'L' && r.digits(1, 19) && validStudentL(v) {
			return s.emit(p, from, to, KindStudentNo, 0, ByShape|ByChecksum)
		}
	case 18:
		if validID18(v) {
			return s.emit(p, from, to, KindID18, 0, ByChecksum)
		}
		// All digits: a card or a misspelt identity number passes one time in 31.
		if validUSCC(v) && s.groupedCode(p, r, k, e, joints) &&
			(!r.digits(0, 18) || s.cueNear(p, from, cueCode, 16) || !datedID(v) && !(validLuhn(v) && (v[0] == '6' || v[0] == '4')) && !s.headIs(p, from, cueCard)) {
			return s.emit(p, from, to, KindUSCC, Org, ByChecksum)
		}
		var fixed [18]byte
		if n := fixLetters(fixed[:], v); n > 0 && n <= 8 && validID18(fixed[:]) {
			return s.emit(p, from, to, KindID18, 0, ByChecksum)
		}
		// A code has no O and no I: they are zeros and ones.
		o := 0
		for i, c := range v {
			switch c {
			case 'O':
				c, o = '0', o+1
			case 'I':
				c, o = '1', o+1
			}
			fixed[i] = c
		}
		if o > 0 && o <= 3 && validUSCC(fixed[:]) && provinceCode(fixed[2:]) && s.cueNear(p, from, cueCode, 16) {
			return s.emit(p, from, to, KindUSCC, Org, ByChecksum)
		}
	case 15:
		if validID15(v) && s.grouped15(p, r, k, joints) && !s.serial(p, from) {
			return s.emit(p, from, to, KindID15, 0, ByShape)
		}
	}
	if e >= 16 && e <= 19 && s.card(p, r, k, e, joints) {
		return s.emit(p, from, to, KindBankCard, 0, ByChecksum)
	}
	if e >= 11 && e <= 15 {
		if next := s.mobile(p, r, k, e, joints); next > 0 {
			return next
		}
	}
	return 0
}

// datedID: eighteen digits with a province and a date, whatever the check.
func datedID(v []byte) bool {
	y := num(v[6:10])
	return provinceCode(v) && y >= 1900 && y < 2100 && validDay(y, num(v[10:12]), num(v[12:14]))
}

func validStudentL(v []byte) bool {
	return provinceCode(v[1:]) && num(v[7:11]) >= 1900 && num(v[7:11]) < 2100 && validDay(num(v[7:11]), num(v[11:13]), num(v[13:15]))
}

// groupedCode: one piece, or broken as codes are written. Letters and digits of
// neighbouring cells pass the check one time in 31, so more is asked of pieces.
func (s *scan) groupedCode(p *page, r *run, k, e int, joints joint) bool {
	if k == 0 {
		return true
	}
	if joints&^jSoft == 0 {
		return true
	}
	v := r.val[:e]
	if !provinceCode(v[2:]) && string(v[2:4]) != "10" && string(v[2:4]) != "00" {
		return false
	}
	// A number of neighbouring cells is broken where the cells end; a code that was
	// broken on purpose has at least one group that is neither a phone nor a word.
	return k <= 1 || sameJoints(r, k) || s.cueNear(p, int(r.at[0]), cueCode, 16)
}

func sameJoints(r *run, k int) bool {
	first := uint16(0)
	for g := 1; g <= k; g++ {
		t := r.tok[g]
		if t.joint == jSoft {
			continue
		}
		if first == 0 {
			first = t.join
		}
		if t.join != first {
			return false
		}
	}
	return true
}

// groups returns the lengths of the groups 0…k, soft borders not counted.
func (r *run) groups(k int, dst []int) []int {
	dst = dst[:0]
	last := 0
	for g := 1; g <= k; g++ {
		if r.tok[g].joint == jSoft {
			continue
		}
		dst = append(dst, r.tok[g].from-last)
		last = r.tok[g].from
	}
	return append(dst, r.tokEnd(k)-last)
}

func allOnes(g []int) bool {
	for _, n := range g {
		if n != 1 {
			return false
		}
	}
	return true
}

func (s *scan) grouped15(p *page, r *run, k int, joints joint) bool {
	var buf [runMax]int
	g := r.groups(k, buf[:])
	switch {
	case len(g) == 1, allOnes(g):
		return true
	case len(g) == 3 && g[0] == 6 && g[1] == 6 && g[2] == 3:
		return true
	case len(g) == 2 && g[0] == 6, len(g) == 2 && joints&jBreak != 0:
		return true
	case len(g) == 5 && g[0] == 6 && g[1] == 2 && g[2] == 2 && g[3] == 2:
		return true
	case len(g) == 5 && g[0] == 3 && g[1] == 3 && g[2] == 3 && g[3] == 3, len(g) == 4 && g[0] == 4 && g[1] == 4 && g[2] == 4:
		return s.cueNear(p, int(r.at[0]), cueID, 16)
	}
	return s.cueNear(p, int(r.at[0]), cueID, 16)
}

// serial reports that the words before a number call it a serial of papers.
func (s *scan) serial(p *page, i int) bool {
	i = p.skipBack(i)
	for _, w := range [...]string{"办件编号", "受理编号", "案件编号", "流水号", "流水", "订单号", "凭证号", "序列号", "批号", "单号", "交易号", "发票号码", "发票号", "发票", "项目编号", "项目代码", "产权证号", "许可证号", "文件编号", "登记号", "设备号", "资产编号", "条形码", "宗地代码", "地块编号", "运单", "快递单号", "合同编号", "合同号", "工单编号", "工单号"} {
		if p.hasBefore(i, w) {
			return true
		}
	}
	return false
}

// skipBack goes left over blanks, colons, brackets and 为 是 至.
func (p *page) skipBack(i int) int {
	for n := 0; i > 0 && n < 8; n++ {
		c := p.r[i-1]
		if p.cls[i-1]&(cBlank|cOpen) != 0 || c == ':' || c == '=' || c == '为' || c == '是' || c == '-' || c == '：' || c == ',' || c == '即' || c == '至' {
			i--
			continue
		}
		break
	}
	return i
}

func (s *scan) card(p *page, r *run, k, e int, joints joint) bool {
	v := r.val[:e]
	if !r.digits(0, e) {
		var fixed [19]byte
		if n := fixLetters(fixed[:], v); n == 0 || n > 3 || !validLuhn(fixed[:e]) || !s.cueNear(p, int(r.at[0]), cueCard, 12) || k > 0 {
			return false
		}
		v = fixed[:e]
	}
	if !validLuhn(v) {
		return false
	}
	uniform := true
	for _, c := range v {
		uniform = uniform && c == v[0]
	}
	if uniform {
		return false
	}
	strong := v[0] == '6' && v[1] == '2' || v[0] == '4' || v[0] == '5' && v[1] >= '1' && v[1] <= '5' || v[0] == '9' && string(v[:4]) == "9558" ||
		v[0] == '6' && (v[1] == '0' || v[1] == '5') || v[0] == '3' && v[1] == '5' || v[0] == '8' && v[1] == '1'
	cue := s.cueNear(p, int(r.at[0]), cueCard, 20)
	if !strong && !cue || e == 18 && !cue && datedID(v) {
		return false
	}
	var buf [runMax]int
	g := r.groups(k, buf[:])
	if len(g) == 1 || allOnes(g) {
		return !s.invoice(p, int(r.at[0])) || cue
	}
	if !sameJoints(r, k) && (!cue || joints&jDot != 0 && joints&(jSpace|jDash) != 0) {
		return false // 6228 4850 6412 1961,149: the next cell
	}
	fours := true
	for _, n := range g[:len(g)-1] {
		fours = fours && n == 4
	}
	if fours && g[len(g)-1] <= 7 {
		return true
	}
	if len(g) == 2 && (g[0] == 6 || joints&jBreak != 0) {
		return true
	}
	return cue && g[0] >= 2
}

func (s *scan) invoice(p *page, i int) bool {
	i = p.skipBack(i)
	for _, w := range [...]string{"发票号码", "发票", "项目代码", "宗地代码", "不动产单元号"} {
		if p.hasBefore(i, w) {
			return true
		}
	}
	return false
}

// bracketed reports a closing bracket between units a and b.
func (p *page) bracketed(a, b int) bool {
	for i := a; i < b && i < len(p.r); i++ {
		if p.is(i, cClose) {
			return true
		}
	}
	return false
}

func year(p *page, i int) bool {
	if i < 0 || i+3 >= len(p.r) || p.is(i-1, cDigit) {
		return false
	}
	for j := i; j < i+4; j++ {
		if p.cls[j]&cDigit == 0 {
			return false
		}
	}
	return p.has(i, "19") || p.has(i, "20")
}

// countryBefore finds (+86) or （86） before unit i.
func (p *page) countryBefore(i int) int {
	j := i
	for j > 0 && i-j < 2 && p.cls[j-1]&cSpace != 0 {
		j--
	}
	if j < 4 || !p.is(j-1, cClose) || p.r[j-2] != '6' || p.r[j-3] != '8' {
		return -1
	}
	k := j - 4
	if p.r[k] == '+' {
		k--
	}
	if k >= 0 && p.is(k, cOpen) {
		return k
	}
	return -1
}

// amountAfter reports a unit of money or measure at unit i.
func (p *page) amountAfter(i int) bool {
	for i < len(p.r) && p.cls[i]&cSpace != 0 {
		i++
	}
	for _, w := range [...]string{"元", "万", "亿", "美元", "港元", "欧元", "平方", "立方", "公里", "千克", "公斤", "吨", "千瓦", "亩", "人次", "%", "户次", "余元"} {
		if p.has(i, w) {
			return true
		}
	}
	return false
}

// glued: an identity number that letters touch. Its check character, date and
// province are right, and it must not be published for the letters.
func (s *scan) glued(p *page, r *run, i int) int {
	e := r.tokEnd(0)
	if e < 19 || e > 24 || r.more && r.ntok == 1 {
		return 0
	}
	for a := 1; a+18 <= e; a++ {
		if r.val[a-1] >= 'A' && validID18(r.val[a:a+18]) && (a+18 == e || r.val[a+18] >= 'A') {
			return s.emit(p, int(r.at[a]), int(r.at[a+17]), KindID18, 0, ByChecksum)
		}
	}
	return 0
}
