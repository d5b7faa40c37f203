package secrecy

// Names without a Chinese surname: transliterations with a middle dot, and names
// made of known parts.

// dotted reads names with a middle dot: 努尔买买提·托合提.
func (s *scan) dotted(p *page) {
	for i := 1; i+1 < len(p.r); i++ {
		if p.r[i] != '·' && p.r[i] != '.' || p.cls[i-1]&cHan == 0 || p.cls[i+1]&cHan == 0 || s.taken[i] != 0 {
			continue
		}
		if p.r[i] == '.' && !s.translit(p, i-1) {
			continue
		}
		from := i
		for from > 0 && p.cls[from-1]&cHan != 0 && s.taken[from-1] == 0 && i-from < 8 {
			// A cue ends here: the name begins.
			if from < i {
				if w, _ := s.leftOf(p, from); i-from >= 2 && (w >= sideStrong || w >= sideWeak && !s.translit(p, from-1)) {
					break
				}
			}
			if i-from >= 2 && !s.translit(p, from-1) {
				break
			}
			from--
		}
		to := i + 1
		parts := 0
		for to < len(p.r) && s.taken[to] == 0 {
			if p.r[to] == '·' && to+1 < len(p.r) && p.cls[to+1]&cHan != 0 {
				parts++
				to++
				continue
			}
			if p.cls[to]&cHan == 0 || to-i > 14 {
				break
			}
			if n := s.minorAt(p, to); n > 0 {
				to += n
				continue
			}
			if to-i > 1 && (!s.translit(p, to) || s.rightOf(p, to) >= sideWeak) {
				break
			}
			to++
		}
		if i-from < 1 || to-i < 3 || !s.mostlyTranslit(p, from, to) {
			continue
		}
		role := Private
		if w, r := s.leftOf(p, from); w >= sideStrong && r != 0 {
			role = r
		}
		i = s.name(p, from, to-1, role) - 1
	}
}

const translitRunes = "阿艾安奥巴拜保贝比毕宾波布才柴楚茨次措达丹旦道得德登迪蒂丁东都杜敦多额恩尔法菲费夫弗福盖噶嘎高戈格古贵哈海汉赫黑亨洪胡花华霍基吉加嘉贾江杰捷金久卡开凯康柯科克肯孔库夸拉来莱赖兰朗劳勒雷蕾丽莉李里利力列林琳隆卢鲁路伦罗洛吕马玛买迈麦曼芒毛茅梅门蒙孟米娜纳奈南瑙内妮尼年涅宁努诺欧帕潘培佩皮平普其奇恰乔切钦琴琼曲热仁日荣如茹瑞若撒萨赛桑森沙莎山珊尚舍圣施什史士舒朔丝司斯松苏素孙索所塔太泰坦汤唐特提廷通图土吐托陀瓦万旺威维卫温文翁沃乌吾伍武西希席喜锡夏先肖谢辛欣休许雅亚延扬央仰耶叶伊依易因英尤玉约云赞泽曾扎詹章哲珍芝治朱珠祖尊佐买提江汗木逊孜甫肉依明古丽努热合卡德帕夏扎布图雅牧仁白音帖再则玛迪帖妥外居祖买克孜木"

func (s *scan) translit(p *page, i int) bool { return p.is(i, cTranslit) }

func (s *scan) mostlyTranslit(p *page, a, b int) bool {
	n, good := 0, 0
	for i := a; i < b; i++ {
		if p.cls[i]&cHan != 0 {
			n++
			if s.translit(p, i) {
				good++
			}
		}
	}
	return good*3 >= n*2
}

// minorAt is the length of the part of a minority name at unit i, 0 for none.
func (s *scan) minorAt(p *page, i int) int {
	for _, m := range s.cues.minor[p.r[i]] {
		if p.spells(i, m.word) {
			return m.n
		}
	}
	return 0
}

// foreign reads names of parts without a surname or a dot: 巴特尔, 卓玛央金.
func (s *scan) foreign(p *page, i int) int {
	left, role := s.leftOf(p, i)
	if lr, ok := s.list(p, i); ok && left < sideStrong {
		left, role = sideStrong-1, lr
	}
	if left < sideEdge {
		return 0
	}
	j, parts := i, 0
	for j < len(p.r) && s.taken[j] == 0 {
		hit := 0
		for _, m := range s.cues.minor[p.r[j]] {
			if p.spells(j, m.word) {
				hit = m.n
				break
			}
		}
		if hit == 0 {
			break
		}
		j += hit
		parts++
	}
	if parts == 0 || j-i < 3 && left < sideStrong {
		return 0
	}
	if parts == 1 && j-i < 2 {
		return 0
	}
	// One more character of a transliteration: 阿依古丽罕.
	if s.rightOf(p, j) == sideNone && s.translit(p, j) && s.rightOf(p, j+1) > sideNone {
		j++
	}
	right := s.rightOf(p, j)
	if right < sideWeak || s.notPerson(p, i, j) {
		return 0
	}
	if parts == 1 && left < sideStrong && right < sideStrong {
		return 0
	}
	return s.name(p, i, j-1, s.roleAfter(p, j, role))
}
