package secrecy

// Marks on the paper: 密级, 工作秘密, 公开属性, 份号, 紧急程度. A mark is told by its place
// or its form; the words in running text are none.

const headLines = 15 // 密级 alone counts on a line of the head

// lineStart is the first unit of the line of unit i, lineEnd the one after its last.
func (p *page) lineStart(i int) int {
	for i > 0 && p.cls[i-1]&cBreak == 0 {
		i--
	}
	return i
}

func (p *page) lineEnd(i int) int {
	for i < len(p.r) && p.cls[i]&cBreak == 0 {
		i++
	}
	return i
}

// edgeBefore reports that unit i begins a line, a cell or a bracket.
func (p *page) edgeBefore(i int) bool {
	j := i
	for j > 0 && p.cls[j-1]&cSpace != 0 {
		j--
	}
	return j == 0 || p.cls[j-1]&(cBreak|cOpen) != 0
}

func (p *page) edgeAfter(i int) bool {
	for i < len(p.r) && p.cls[i]&cSpace != 0 {
		i++
	}
	return i == len(p.r) || p.cls[i]&(cBreak|cClose) != 0
}

func (p *page) skipBlank(i, n int) int {
	for k := 0; k < n && i < len(p.r) && p.cls[i]&cSpace != 0; k++ {
		i++
	}
	return i
}

// secret reads 密级 at 绝, 机 or 秘.
func (s *scan) secret(p *page, i int) int {
	var level Level
	switch p.r[i] {
	case '绝':
		level = TopSecret
	case '机':
		level = Secret
	case '秘':
		level = Confidential
	default:
		return 0
	}
	j := p.skipBlank(i+1, 6)
	if j >= len(p.r) || p.r[j] != '密' {
		return 0
	}
	for _, w := range [...]string{"工作", "商业", "技术", "国家", "军事", "核心商业", "个人", "职业", "审判", "企业"} {
		if p.hasBefore(i, w) {
			return 0
		}
	}
	end := j
	k := p.skipBlank(j+1, 6)
	if k < len(p.r) && p.cls[k]&cStar != 0 {
		// 密级★期限: certain wherever it stands. Two stars are a rating.
		if p.is(k+1, cStar) {
			return 0
		}
		end = k
		if t := p.term(p.skipBlank(k+1, 4)); t >= 0 {
			end = t
		}
		return s.emitLevel(p, i, end, level, ByShape)
	}
	start := i
	line := p.edgeBefore(start)
	labelled := false
	if !line {
		b := p.skipBack(i)
		for _, w := range [...]string{"密级", "保密等级", "密级程度", "秘密等级", "文件密级", "密 级"} {
			labelled = labelled || p.hasBefore(b, w)
		}
	}
	if !line && !labelled && !p.headItemBefore(i) {
		return 0
	}
	// 秘密 5年, 机密·10年: another sign between, on a line of its own.
	m := k
	if m < len(p.r) && (p.cls[m]&cJoin != 0 || p.r[m] == ':' || p.r[m] == '#' || p.r[m] == '☒' || p.r[m] == '■' || p.r[m] == '▲' || p.r[m] == '◆' || p.r[m] == '●' || p.r[m] == '※' || p.r[m] == '◇' || p.r[m] == '✦') {
		m = p.skipBlank(m+1, 4)
	}
	if t := p.term(m); t >= 0 && (p.edgeAfter(t+1) || p.headItemAfter(t+1)) {
		return s.emitLevel(p, start, t, level, ByPlace)
	}
	if !p.edgeAfter(end+1) && !p.headItemAfter(end+1) {
		return 0
	}
	if labelled {
		return s.emitLevel(p, start, end, level, ByPlace)
	}
	if p.is(p.back(start), cOpen) {
		// In brackets: quoted after a 《title》, or on a line of the head.
		b := p.back(start)
		if !(b > 0 && p.r[b-1] == '》') && !p.edgeBefore(b) {
			return 0
		}
		return s.emitLevel(p, start, end, level, ByPlace)
	}
	if s.lineOf(p, start) > headLines {
		return 0
	}
	return s.emitLevel(p, start, end, level, ByPlace)
}

// back is the unit before i that is not blank, -1 at the start.
func (p *page) back(i int) int {
	i--
	for i >= 0 && p.cls[i]&cSpace != 0 {
		i--
	}
	return i
}

// headItemBefore and headItemAfter: a copy number or an urgency on the same line.
func (p *page) headItemBefore(i int) bool {
	a := p.lineStart(i)
	return p.headOnly(a, i)
}

func (p *page) headItemAfter(i int) bool {
	return p.is(i, cSpace) && p.headOnly(i, p.lineEnd(i))
}

func (p *page) headOnly(a, b int) bool {
	if b-a > 30 || a == b {
		return false
	}
	for a < b {
		switch {
		case p.cls[a]&(cSpace|cDigit) != 0 || p.r[a] == ':':
			a++
		case p.has(a, "特急"), p.has(a, "加急"), p.has(a, "平急"), p.has(a, "特提"), p.has(a, "份号"), p.has(a, "密级"), p.has(a, "秘密"), p.has(a, "机密"), p.has(a, "绝密"):
			a += 2
		case p.r[a] == '№', p.cls[a]&cStar != 0, p.r[a] == '年', p.r[a] == '月':
			a++
		default:
			return false
		}
	}
	return true
}

// term reads a term of secrecy at unit i: 5年, 三个月, 2027年5月11日, 长期, 会议开始前.
// It returns its last unit, or -1.
func (p *page) term(i int) int {
	if i >= len(p.r) {
		return -1
	}
	for _, w := range [...]string{"长期", "永久", "解密", "长久"} {
		if p.has(i, w) && w != "解密" {
			return i + 1
		}
	}
	if p.r[i] == '至' || p.r[i] == '到' {
		if t := p.term(i + 1); t >= 0 {
			return t
		}
		return -1
	}
	n, j := 0, i
	for j < len(p.r) && (p.cls[j]&cNum != 0 || p.r[j] == '十' || p.r[j] == '半' || p.r[j] == '〇' || p.cls[j]&cSpace != 0 && n > 0) && n < 6 {
		if p.cls[j]&cSpace == 0 {
			n++
		}
		j++
	}
	if n > 0 {
		unit := func(j int) int {
			j = p.skipBlank(j, 2)
			for _, w := range [...]string{"个月", "年", "月", "天", "日", "个工作日", "周", "小时"} {
				if p.has(j, w) {
					return j + len([]rune(w)) - 1
				}
			}
			return -1
		}
		e := unit(j)
		if e < 0 {
			// 2027-05-11, 2027.5.11
			k, parts := i, 0
			for k < len(p.r) && p.cls[k]&cDigit != 0 {
				for k < len(p.r) && p.cls[k]&cDigit != 0 {
					k++
				}
				parts++
				if parts < 3 && k < len(p.r) && (p.r[k] == '-' || p.r[k] == '.' || p.r[k] == '/') {
					k++
				} else {
					break
				}
			}
			if parts == 3 {
				return k - 1
			}
			return -1
		}
		// A date goes on: 年 … 月 … 日; 1年6个月.
		for {
			k := p.skipBlank(e+1, 2)
			m := k
			for m < len(p.r) && (p.cls[m]&cNum != 0 || p.r[m] == '十') && m-k < 4 {
				m++
			}
			if m == k {
				break
			}
			f := unit(m)
			if f < 0 {
				break
			}
			e = f
		}
		if p.has(e+1, "解密") {
			e += 2
		} else if p.r[e] == '日' && p.has(e+1, "前") {
			e++
		}
		return e
	}
	// A condition: Han characters up to 前, 后 or 时 and an edge.
	for k := i; k < len(p.r) && k-i < 16 && p.cls[k]&(cHan|cDigit) != 0; k++ {
		if (p.r[k] == '前' || p.r[k] == '后' || p.r[k] == '时') && k > i && (p.edgeAfter(k+1) || p.is(k+1, cSpace) || k+1 < len(p.r) && p.cls[k+1]&cHan == 0) {
			return k
		}
	}
	if p.has(i, "解密日期") || p.has(i, "解密时间") {
		e := p.lineEnd(i)
		if e-i < 20 {
			return e - 1
		}
	}
	return -1
}

// work reads the marks of work secrets: 内部★, 工作秘密, 内部资料 注意保存.
func (s *scan) work(p *page, i int) int {
	edge := p.edgeBefore(i)
	if p.has(i, "工作") {
		j := p.skipBlank(i+2, 4)
		if j+1 >= len(p.r) || p.r[j] != '秘' {
			return 0
		}
		k := p.skipBlank(j+1, 4)
		if k >= len(p.r) || p.r[k] != '密' {
			return 0
		}
		return s.starred(p, i, k, edge, true)
	}
	if p.r[i] == '本' || p.r[i] == '此' || p.r[i] == '仅' {
		for _, w := range [...]string{"仅供内部使用", "仅限内部使用", "仅供内部参考", "仅供内部参阅", "仅限内部传阅", "仅供内部传阅", "仅限内部", "仅供内部"} {
			if p.has(i, w) && edge {
				e := i + len([]rune(w)) - 1
				return s.workTail(p, i, e, true)
			}
		}
		return 0
	}
	// The two characters of 内部 may stand apart.
	j := p.skipBlank(i+1, 3)
	if !p.has(j, "部") {
		return 0
	}
	e := j
	if k := p.skipBlank(e+1, 3); p.is(k, cStar) && !p.is(k+1, cStar) {
		return s.starred(p, i, e, edge, false)
	}
	noun := false
	for _, w := range [...]string{"资料", "事项", "使用", "文件", "材料", "刊物", "情况", "参阅", "参考", "传阅", "掌握", "文稿", "信息", "发行", "交流", "读物", "文电", "简报", "用件", "工作"} {
		if p.hasBlank(p.skipBlank(e+1, 3), w, &e) {
			noun = true
			if w == "工作" && p.has(e+1, "资料") {
				e += 2
			}
			break
		}
	}
	if k := p.skipBlank(e+1, 3); noun && p.is(k, cStar) && !p.is(k+1, cStar) {
		if n := s.workTail(p, i, e, edge); n > 0 {
			return n
		}
		return s.starred(p, i, e, edge, false)
	}
	return s.workTail(p, i, e, edge)
}

// workTail takes the warning after 内部资料: 注意保存, 不得外传.
func (s *scan) workTail(p *page, i, e int, edge bool) int {
	k := e + 1
	for n := 0; k < len(p.r) && n < 6 && (p.cls[k]&cSpace != 0 || p.r[k] == ',' || p.r[k] == '、' || p.r[k] == '·' || p.r[k] == '-' || p.r[k] == '.' || p.r[k] == '!' || p.r[k] == ':' || p.r[k] == ';' || p.r[k] == '。' || p.r[k] == '(' || p.r[k] == '★'); n++ {
		k++
	}
	closed := -1
	for again := true; again; {
		again = false
		for _, a := range [...]string{"注意", "妥善", "请妥善", "请注意", "谨慎", "不得", "严禁", "请勿", "切勿", "禁止", "不准", "勿", "严防", "不可", "不许", "未经许可不得", "未经批准不得", "未经允许不得", "阅后", "用后", "请"} {
			last := 0
			if !p.hasBlank(k, a, &last) {
				continue
			}
			m := p.skipBlank(last+1, 2)
			for _, b := range [...]string{"保存", "保管", "保密", "外传", "外泄", "扩散", "公开", "转发", "翻印", "复制", "传播", "泄露", "外借", "上网", "对外提供", "对外公开", "收回", "退回", "销毁", "转载", "引用", "外流", "带出", "散发", "摘抄", "传抄"} {
				if p.hasBlank(m, b, &last) {
					closed = last
					k = closed + 1
					for n := 0; k < len(p.r) && n < 3 && (p.cls[k]&cSpace != 0 || p.r[k] == ',' || p.r[k] == '、'); n++ {
						k++
					}
					again = true
					break
				}
			}
			if again {
				break
			}
		}
	}
	if closed < 0 {
		// 内部资料 alone on a line of the head.
		if edge && p.edgeAfter(e+1) && e-i >= 1 && s.lineOf(p, i) <= headLines && (e > i+1 || !p.is(e+1, cSpace)) && p.aloneOrBracket(i, e) {
			return s.emit(p, i, e, KindWorkSecret, 0, ByPlace)
		}
		return 0
	}
	after := p.edgeAfter(closed+1) || closed+1 < len(p.r) && (p.r[closed+1] == '。' || p.r[closed+1] == '!' || p.r[closed+1] == ';' || p.r[closed+1] == ',')
	before := edge || i > 0 && (p.r[i-1] == '。' || p.r[i-1] == ':' || p.r[i-1] == ';')
	if !before || !after {
		return 0
	}
	return s.emit(p, i, closed, KindWorkSecret, 0, ByPlace)
}

// aloneOrBracket: the words are the whole line, or all inside one bracket.
func (p *page) aloneOrBracket(i, e int) bool {
	return p.edgeBefore(i) && p.edgeAfter(e+1)
}

// starred ends 内部★3年 and 工作秘密★. bare says that the words alone on a line count.
func (s *scan) starred(p *page, i, e int, edge, bare bool) int {
	k := p.skipBlank(e+1, 4)
	if p.is(k, cStar) && !p.is(k+1, cStar) {
		end := k
		if t := p.term(p.skipBlank(k+1, 4)); t >= 0 {
			end = t
		}
		return s.emit(p, i, end, KindWorkSecret, 0, ByShape)
	}
	if !bare {
		return 0
	}
	if t := p.term(k); t >= 0 && edge && p.edgeAfter(t+1) {
		return s.emit(p, i, t, KindWorkSecret, 0, ByPlace)
	}
	if edge && p.edgeAfter(e+1) && p.aloneOrBracket(i, e) && s.lineOf(p, i) <= headLines {
		return s.emit(p, i, e, KindWorkSecret, 0, ByPlace)
	}
	// 工作秘密 注意保存, on a line of its own.
	if edge {
		return s.workTail(p, i, e, edge)
	}
	return 0
}

// disclosureMark reads 此件公开发布 and its kin in brackets or alone on a line.
func (s *scan) disclosureMark(p *page, i int) int {
	e := i
	lead := false
	for _, w := range [...]string{"此件", "本件", "该件", "此文", "本文件", "此文件"} {
		if p.hasBlank(i, w, &e) {
			lead = true
			break
		}
	}
	k := i
	if lead {
		k = p.skipBlank(e+1, 3)
		if p.has(k, "应") {
			k = p.skipBlank(k+1, 2)
		}
	} else if p.r[i] != '删' {
		return 0
	}
	for _, w := range [...]string{"公开发布", "主动公开", "依申请公开", "不予公开", "不公开", "删减后公开发布", "删减后主动公开", "删减后公开", "删减公开", "免予公开", "公开"} {
		if !p.hasBlank(k, w, &e) {
			continue
		}
		before := p.edgeBefore(i) || i > 0 && p.r[i-1] == ':'
		after := p.edgeAfter(e+1) || lead && e+1 < len(p.r) && p.r[e+1] == '。' && p.edgeAfter(e+2)
		quoted := p.is(p.back(i), cOpen) && (p.r[p.back(i)] == '“' || p.r[p.back(i)] == '「')
		if before && after && !quoted {
			return s.emit(p, i, e, KindDisclosure, 0, ByPlace)
		}
		// At the end of a paragraph, after a full stop.
		if lead && after && i > 0 && (p.r[i-1] == '。' || p.is(i-1, cClose)) {
			return s.emit(p, i, e, KindDisclosure, 0, ByPlace)
		}
		return 0
	}
	return 0
}

// hasBlank is has with blanks between the characters; *end is the last unit.
func (p *page) hasBlank(i int, w string, end *int) bool {
	last := i
	for _, c := range w {
		j := p.skipBlank(i, 2)
		if j >= len(p.r) || p.r[j] != uint16(c) {
			return false
		}
		last = j
		i = j + 1
	}
	*end = last
	return true
}

// urgency reads 特急, 加急, 特提, 平急 alone on a line of the head.
func (s *scan) urgency(p *page, i int) int {
	j := p.skipBlank(i+1, 6)
	if j >= len(p.r) {
		return 0
	}
	a, b := p.r[i], p.r[j]
	if !(a == '特' && (b == '急' || b == '提') || a == '加' && b == '急' || a == '平' && b == '急') {
		return 0
	}
	labelled := false
	for _, w := range [...]string{"紧急程度", "紧急级别", "缓急", "等级", "急缓程度"} {
		labelled = labelled || p.hasBefore(p.skipBack(i), w)
	}
	if !(labelled || p.edgeBefore(i) || p.headItemBefore(i)) || !(p.edgeAfter(j+1) || p.headItemAfter(j+1) || labelled && !p.is(j+1, cHan)) {
		return 0
	}
	if s.lineOf(p, i) > headLines {
		return 0
	}
	return s.emit(p, i, j, KindUrgency, 0, ByPlace)
}

// copyNo reads the number of the copy on the first line: six digits alone, or
// after 份号 or №.
func (s *scan) copyNo(p *page, i int) int {
	if s.lineOf(p, i) > 3 {
		return 0
	}
	n, j := 0, i
	for p.is(j, cNum) && n < 8 {
		n++
		j++
	}
	if n != 6 || p.is(i-1, cAlnum) || p.is(j, cAlnum) || !(p.edgeAfter(j) || p.headItemAfter(j)) {
		return 0
	}
	b := p.skipBack(i)
	if p.hasBefore(b, "份号") || b > 0 && p.r[b-1] == '№' || p.hasBefore(b, "No.") || p.hasBefore(b, "NO.") || p.hasBefore(b, "份 号") || p.hasBefore(b, "编号") && s.lineOf(p, i) == 1 && p.edgeBefore(b-2) {
		return s.emit(p, i, j-1, KindCopyNo, 0, ByPlace)
	}
	if !p.edgeBefore(i) || s.lineOf(p, i) != 1 {
		return 0
	}
	if p.r[i] != '0' && numeral(p.r[i]) != 0 && !p.headFollows(j) {
		return 0
	}
	return s.emit(p, i, j-1, KindCopyNo, 0, ByPlace)
}

// headFollows: 密级 or urgency on the same or the next line.
func (p *page) headFollows(i int) bool {
	for n := 0; n < 12 && i < len(p.r); n++ {
		for _, w := range [...]string{"绝密", "机密", "秘密", "特急", "加急", "平急", "特提", "内部"} {
			if p.has(i, w) {
				return true
			}
		}
		if p.cls[i]&cHan != 0 {
			return false
		}
		i++
	}
	return false
}
