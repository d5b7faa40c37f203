package secrecy

// support on one side of a candidate.
const (
	sideNone   = 0
	sideWeak   = 1 // a preposition, a verb
	sideEdge   = 2 // punctuation, a line's end
	sideStrong = 4 // a word that goes with names
)

// leftOf weighs what stands before unit i.
func (s *scan) leftOf(p *page, i int) (weight int, role Role) {
	x := s.cues
	j := i
	colon := false
	for n := 0; j > 0 && n < 6; n++ {
		c := p.r[j-1]
		if p.cls[j-1]&cSpace != 0 || c == ':' || c == '=' || c == '"' || c == '“' || c == '*' && n < 2 {
			colon = colon || c == ':' || c == '='
			j--
			continue
		}
		break
	}
	// A bracketed remark after the label: 申请人（签字）：.
	k := j
	if colon && j > 0 && p.is(j-1, cClose) {
		for m := j - 1; m >= 0 && j-m < 12; m-- {
			if p.is(m, cOpen) {
				k = m
				break
			}
		}
	}
	if k > 0 {
		for _, c := range x.before[p.r[k-1]] {
			if p.spellsBefore(k, c.word) {
				// 申请人1：, 原告一
				if c.verb && colon {
					return sideEdge, 0
				}
				if c.weak && !colon {
					if k != i && c.n == 1 {
						// A blank after a preposition: no cue.
						continue
					}
					if c.n == 1 && s.lex.end.has(p.r[k-1], p.r[i]) {
						continue
					}
					if c.n >= 2 && !c.verb && k == i {
						return sideEdge, c.role // 村民, 教师: a word for a person
					}
					return sideWeak, c.role
				}
				if colon && c.n == 1 && c.weak {
					return sideEdge, 0
				}
				return sideStrong, c.role
			}
		}
		// 甲方 1, 申请人一 …
		if k > 1 && (p.cls[k-1]&cNum != 0 || p.r[k-1] == '甲' || p.r[k-1] == '乙' || p.r[k-1] == '丙') {
			for _, c := range x.before[p.r[k-2]] {
				if !c.weak && p.spellsBefore(k-1, c.word) {
					return sideStrong, c.role
				}
			}
		}
	}
	if colon && k > 1 {
		// Any label for a person: 共有人：, 领取人签字：.
		switch p.r[k-1] {
		case '人', '员', '者', '名', '方', '户', '字', '长', '师', '生', '主', '属', '章':
			if p.cls[k-2]&cHan != 0 && !p.hasBefore(k, "文字") && !p.hasBefore(k, "文章") && !p.hasBefore(k, "第一章") && !p.hasBefore(k, "品名") && !p.hasBefore(k, "题名") && !p.hasBefore(k, "单位名") && !p.hasBefore(k, "文件名") && !p.hasBefore(k, "地名") && !p.hasBefore(k, "数字") {
				return sideStrong, Private
			}
		}
	}
	if i == 0 || p.cls[i-1]&cHan == 0 && p.r[i-1] != runeOther {
		if i > 0 && p.cls[i-1]&cAlnum != 0 {
			return sideNone, 0
		}
		return sideEdge, 0
	}
	// 检查人员王某, 退役士兵李某: any word for a person.
	if i > 1 && p.cls[i-2]&cHan != 0 && !s.lex.end.has(p.r[i-1], p.r[i]) {
		switch p.r[i-1] {
		case '人', '员', '者', '方', '兵', '友', '属', '亲', '师', '生', '警', '官', '民', '户', '匠', '徒', '犯', '客', '手', '星', '丁', '工', '模':
			return sideEdge, 0
		}
	}
	// A word ends here: 听取了|…, 证明|….
	if p.r[i-1] == '了' || p.r[i-1] == '经' || i > 1 && s.lex.word.has(p.r[i-2], p.r[i-1]) {
		return sideWeak, 0
	}
	return sideNone, 0
}

// rightOf weighs what stands at unit i, after a candidate.
func (s *scan) rightOf(p *page, i int) int {
	if i >= len(p.r) {
		return sideEdge
	}
	c := p.cls[i]
	if c&cHan == 0 {
		j := i
		for j < len(p.r) && (p.cls[j]&cSpace != 0) {
			j++
		}
		if j > i && j < len(p.r) && p.cls[j]&cHan == 0 && s.numberAt(j) {
			return sideStrong
		}
		if p.is(i, cOpen) || j < len(p.r) && p.r[j] == ',' {
			// （男，73岁 · ，女，汉族 · （身份证号
			m := j
			if p.is(i, cOpen) {
				m = i + 1
			} else {
				m = p.skipBlank(j+1, 2)
			}
			for _, w := range [...]string{"男", "女", "身份证", "公民身份", "现年", "居民身份", "汉族", "回族", "生于", "出生", "证件", "系", "另案", "已判", "时年", "户主", "电话", "手机", "护照", "学籍", "化名", "港澳", "住", "户籍", "本人", "联系电话", "联系方式", "原", "身份号"} {
				if p.has(m, w) {
					return sideStrong
				}
			}
			if m < len(p.r) && s.numberAt(m) {
				return sideStrong
			}
		}
		if c&cAlnum != 0 {
			if s.numberAt(i) {
				return sideStrong
			}
			return sideNone
		}
		if p.r[i] == '*' || p.r[i] == 'x' || p.r[i] == 'X' {
			return -10 // masked
		}
		return sideEdge
	}
	if p.r[i] == '某' {
		return -10
	}
	if s.taken[i] != 0 {
		return sideEdge
	}
	for _, w := range s.cues.after[p.r[i]] {
		if p.spells(i, w.word) {
			if w.n >= 2 {
				return sideStrong - 1
			}
			return sideWeak
		}
	}
	// Any common word begins here, so what is before it has ended.
	if i+1 < len(p.r) && s.lex.word.has(p.r[i], p.r[i+1]) {
		return sideEdge
	}
	return sideNone
}

// numberAt reports that unit i is taken by a number or a mail box.
func (s *scan) numberAt(i int) bool {
	k := Kind(s.taken[i])
	return k != 0 && k <= KindEmail || k == KindSocialSecurity || k == KindOfficerID || k == KindStudentNo
}

// givenScore is how much the unit looks like a given-name character, 0-9; -20 for
// what is none.
func (s *scan) givenScore(p *page, i int) int {
	if i >= len(p.r) || p.cls[i]&cHan == 0 || s.taken[i] != 0 {
		return -20
	}
	r := p.r[i]
	if r == runeExtB {
		return 7
	}
	switch r {
	case '某', '的', '了', '们', '等', '省', '市', '县', '区', '镇', '乡', '局', '厅', '处', '科', '院', '校', '厂', '店', '号', '室', '部', '第', '证':
		return -20
	}
	v := int(s.lex.given[r])
	if v < 0 {
		if r >= 0x4E00 {
			return 2 // a rare character: rarely part of a word either
		}
		return 1
	}
	return v
}
