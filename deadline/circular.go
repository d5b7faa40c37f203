package deadline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// A circular is a notice of the State Council read into statements that do not
// know their year yet: many reprints leave it out, and it follows only from the
// weekdays and the festivals.
type circular struct {
	year       int // 0: not written
	title      string
	number     string
	amends     bool
	own        bool
	memorial   string // the occasion of a one-off day
	statements []statement
}

type predicate uint8

const (
	none    predicate = iota
	isOff             // 放假, 放假调休, 补休 …
	isWork            // 上班, 补班 …
	isShift           // 公休日调至
	isSwap            // 对调
	isLawful
	isRest   // 照常公休
	isExtend // 延长…假期至
	isIdle   // named, but neither off nor worked: 鼓励…休息
)

type statement struct {
	what     predicate
	spans    []span // what the predicate says something about; of isShift what moves
	to       []span // of isShift where it moves
	days     int    // 共N天, -1: not said
	rests    int    // N个公休日, -1: not said
	joined   bool   // 与周末连休
	festival string
	item     int
	line     int
	text     string
}

type span struct{ a, b mention } // b.day 0: one day

// mention is a day as written: what is left out is 0.
type mention struct {
	year, month, day int
	weekday          int    // -1: not said
	first            int    // of a range, behind it: （周六至周一）; -1: not said
	prior            []int  // of the days before it in the list: 17日、18日（星期六、日）
	lunar            string // 正月初七, 除夕 …
	onward           bool   // …起
}

// sentence is a piece of the folded text with its place in the original.
type sentence struct {
	text string // folded
	line int
	orig string
}

// readCircular reads the text into statements. The errors name sentences that
// hold days and were not understood.
func readCircular(text string) (*circular, []error) {
	f := hanzi.Fold(text, hanzi.Width|hanzi.Script|hanzi.Readings|hanzi.Invisible|hanzi.Blanks)
	s := f.Text
	c := &circular{}
	c.head(s)
	from := 0
	for at := 0; ; { // what stands before the last 如下 is preamble, when days follow it
		k := strings.Index(s[at:], "如下")
		if k < 0 {
			break
		}
		at += k + len("如下")
		if strings.Contains(s[at:], "日") {
			from = at
		}
	}
	var errs []error
	p := circularParser{c: c}
	for _, st := range sentences(f, text, from) {
		if err := p.read(st); err != nil {
			errs = append(errs, err)
		}
	}
	return c, errs
}

// head takes from the whole text what is said once: year, title, number, and
// whether it changes an earlier notice.
func (c *circular) head(s string) {
	if m := circularTitle.FindStringSubmatch(s); m != nil {
		c.title = m[1]
	}
	if m := circularNumber.FindString(s); m != "" {
		open := strings.IndexAny(m, "〔[(（【")
		_, w := utf8.DecodeRuneInString(m[open:])
		year := m[open+w : open+w+4]
		_, w2 := utf8.DecodeRuneInString(m[open+w+4:])
		c.number = m[:open] + "〔" + year + "〕" + m[open+w+4+w2:]
	}
	digits := s
	if containsAny(s, []string{"二〇", "二○", "二О", "二O", "二零", "2〇", "2○"}) {
		digits = circularHan.ReplaceAllStringFunc(s, yearInDigits)
	}
	if m := circularYear.FindStringSubmatch(digits); m != nil {
		c.year = number(m[1])
	} else if m := circularBare.FindStringSubmatch(digits); m != nil && !strings.HasPrefix(m[2], "修") && !strings.HasPrefix(m[2], "公") {
		c.year = number(m[1])
	}
	if containsAny(s, []string{"调整", "延长"}) {
		c.amends = circularAmend.MatchString(s)
		c.own = circularExtend.MatchString(s)
	}
	if !strings.Contains(s, "纪念日") {
		return
	}
	if m := circularDay.FindStringSubmatch(s); m != nil {
		c.memorial = m[1]
	}
	if m := circularWar.FindStringSubmatch(s); m != nil && c.year == 0 && len(m[1]) <= 3 {
		c.year = 1945 + number(m[1])
	}
}

// yearInDigits is 2026年 for 二〇二六年, however its nought is written.
func yearInDigits(s string) string {
	if n, ok := hanzi.ParseNumber(strings.NewReplacer("○", "〇", "О", "〇", "O", "〇", "年", "").Replace(s)); ok {
		return strconv.FormatInt(n, 10) + "年"
	}
	return s
}

// sentences cuts the folded text at 。 ； ! and line ends, and at a full stop
// that does not stand between digits.
func sentences(f hanzi.Folded, orig string, from int) []sentence {
	var out []sentence
	s := f.Text
	line, counted := 1, 0
	add := func(a, b int) {
		if strings.TrimSpace(s[a:b]) == "" {
			return
		}
		i, j := f.Span(a, b)
		if i > counted {
			line += strings.Count(orig[counted:i], "\n")
			counted = i
		}
		lead := len(orig[i:j]) - len(strings.TrimLeft(orig[i:j], " \t\r\n"))
		out = append(out, sentence{s[a:b], line + strings.Count(orig[i:i+lead], "\n"), strings.TrimSpace(orig[i:j])})
	}
	start := from
	for i := from; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		stop := r == '。' || r == ';' || r == '!' || r == '\n' || r == '\r' ||
			r == '.' && !(i > 0 && digit(s[i-1]) && i+1 < len(s) && digit(s[i+1]))
		if stop {
			add(start, i)
			start = i + w
		}
		i += w
	}
	add(start, len(s))
	return out
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

type circularParser struct {
	c        *circular
	festival string
	item     int
}

// read turns one sentence into statements.
func (p *circularParser) read(st sentence) error {
	refuse := func(problem, code string) error {
		return &ArrangementError{Line: st.line, Text: st.orig, Problem: problem, Code: code}
	}
	if containsAny(st.text, principles) && circularRule.MatchString(st.text) && !circularWeek.MatchString(st.text) {
		return nil
	}
	s, heading := p.heading(st.text)
	var (
		pending []span
		out     []statement
		lead    predicate
		rests   = -1
		dates   int
		years   int
		off     = -1 // where 放假 ended
		pair    = false
		vague   = false
		counted = false
	)
	emit := func(what predicate) {
		out = append(out, statement{what: what, spans: pending, days: -1, rests: rests, festival: p.festival, line: st.line, text: st.orig})
		pending, rests = nil, -1
	}
	shift := func() { // the days after 调至 end with a comma or another predicate
		if n := len(out); n > 0 && out[n-1].what == isShift && out[n-1].to == nil && len(pending) > 0 {
			out[n-1].to, pending = pending, nil
		}
	}
	for i := 0; i < len(s); {
		if i == off { // 放假1日 is a length
			if v, k := hanzi.ReadNumber(s[i:]); k > 0 && strings.HasPrefix(s[i+k:], "日") && !strings.HasPrefix(s[i+k:], "日(") {
				out[len(out)-1].days = int(min(v, 1000))
				i += k + len("日")
				continue
			}
		}
		if sp, n := readSpan(s[i:]); n > 0 && (sp.a.month > 0 || bareDay(s[:i], len(pending) > 0)) {
			if w := prefixOf(s[i+n:], []string{"电", "讯", "发布", "印发", "公布", "的教学", "教学", "的课", "课表", "课程", "的工作"}); w != "" {
				i += n + len(w) // 安排5月5日（周一）的教学工作: neither off nor made up
				continue
			}
			if is := strings.HasSuffix(s[:i], "是") || strings.HasSuffix(s[:i], "为"); is && len(pending) == 0 && circularLunar.MatchString(s[:i]) {
				i += n // 今年农历三月初三是4月22日
				continue
			}
			if len(pending) == 1 && (strings.HasSuffix(s[:i], "与") || strings.HasSuffix(s[:i], "和")) {
				pair = true
			}
			for k, w := range sp.a.prior {
				if at := len(pending) - len(sp.a.prior) + k; at >= 0 && pending[at].b.day == 0 && pending[at].a.weekday < 0 {
					pending[at].a.weekday = w
				}
			}
			pending = append(pending, sp)
			dates++
			if sp.a.year > 0 {
				years++
			}
			i += n
			continue
		}
		if n, size, rest := readCount(s[i:]); size > 0 {
			counted = counted || !rest
			switch {
			case rest:
				rests = n
			case len(pending) > 0 && (p.festival != "" && len(out) == 0 && lead == none || lead == isOff && !vague):
				emit(isOff) // 元旦：1月1日至3日，共3天
				out[len(out)-1].days = n
			case len(out) > 0 && (out[len(out)-1].what == isOff || out[len(out)-1].what == isExtend) && out[len(out)-1].days < 0:
				out[len(out)-1].days = n
			}
			i += size
			continue
		}
		if strings.HasPrefix(s[i:], "(即") { // 与周末连休（即1月1日至3日）: the same once more
			if end := strings.IndexByte(s[i:], ')'); end > 0 {
				i += end + 1
				continue
			}
		}
		if s[i] == ',' {
			if shift(); lead == isExtend && len(pending) > 0 {
				emit(isExtend)
				lead = none
			}
			i++
			continue
		}
		if w := prefixOf(s[i:], joins); w != "" {
			if len(pending) > 0 { // 与8月12日（星期六）、8月13日（星期日）周末连休
				emit(isIdle)
			}
			for k := range out {
				out[k].joined = out[k].joined || out[k].what == isOff
			}
			i += len(w)
			continue
		}
		if strings.HasPrefix(s[i:], "即") && len(out) > 0 && strings.HasSuffix(s[:i], ",") {
			lead = isIdle // what follows says the same once more
		}
		if len(out) > 0 && len(pending) == 0 {
			if m := circularClass.FindString(s[i:]); m != "" {
				i += len(m)
				continue
			}
		}
		if strings.HasPrefix(s[i:], "延长") {
			lead = isExtend
			i += len("延长")
			continue
		}
		if what, n := keyword(s[i:]); n > 0 {
			shift()
			switch {
			case what == none:
			case what == isIdle && len(pending) == 0 && !strings.HasPrefix(s[i:], "不"):
				// 鼓励 … governs the rest of its sentence
				lead = isIdle
			case lead == isIdle:
			case lead == isExtend:
			case len(pending) > 0 && lead != none && !vague && prefixOf(s[i+n:], []string{":", "时间", "日期"}) != "":
				emit(lead)
				lead = what
			case len(pending) == 2 && pair && s[i:i+n] == "调休": // 4月20日与4月15日调休
				emit(isSwap)
			case len(pending) > 0:
				if emit(what); what == isOff {
					off = i + n
				}
			case len(out) == 0 && lead == none, prefixOf(s[i+n:], []string{":", "时间", "日期"}) != "":
				lead, vague = what, s[i:i+n] == "调休" // 调休：1月4日 may be off and may be worked
			}
			i += n
			continue
		}
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	shift()
	if len(pending) > 0 && lead == none && len(out) == 0 && p.festival != "" && strings.Contains(s, "假期") {
		lead = isOff // 元旦假期：1月1日至3日
	}
	if len(pending) > 0 && lead != none {
		if vague {
			return refuse("not understood: 调休 may be a day off and a day worked", "DL-120")
		}
		emit(lead)
	}
	if dates == 0 {
		if heading && circularLost.MatchString(s) {
			return refuse("not understood: no day that could be read", "DL-120")
		}
		return nil
	}
	if containsAny(s, limiting) {
		return refuse("not understood", "DL-120")
	}
	if len(pending) > 0 {
		if len(out) == 0 && !heading && !counted && years == 1 && dates == 1 && pending[0].b.day == 0 && (circularSign.MatchString(s) || circularAlone.MatchString(s)) {
			return nil // the day of the notice itself
		}
		return refuse("not understood: nothing is said about a day", "DL-120")
	}
	for k := range out {
		if out[k].what == isShift && len(out[k].to) == 0 {
			return refuse("not understood: it is not said where the day of rest is moved", "DL-120")
		}
	}
	if heading || len(out) > 0 && out[0].what == isOff {
		p.item++
	}
	for k := range out {
		out[k].item = p.item
	}
	p.c.statements = append(p.c.statements, out...)
	return nil
}

// bareDay reports whether a day without a month can stand behind s: in a list,
// or at the beginning of a clause; not in 〔2025〕7号 or 第3日.
func bareDay(s string, inList bool) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	if inList {
		return strings.ContainsRune("、,和及与", r)
	}
	return !strings.ContainsRune("〕])）】第共初", r) && (r < '0' || r > '9')
}

// heading takes the number and the festivals at the beginning of a sentence.
// It reports whether a new item begins.
func (p *circularParser) heading(s string) (rest string, item bool) {
	t := strings.TrimLeft(s, " \t*#·•-①②③④⑤⑥⑦⑧⑨⑩●■◆★☆▶")
	switch {
	case strings.HasPrefix(t, "("), strings.HasPrefix(t, "【"), strings.HasPrefix(t, "第"):
		_, w := utf8.DecodeRuneInString(t)
		if _, n := hanzi.ReadNumber(t[w:]); n > 0 || strings.HasPrefix(t, "【") {
			t = strings.TrimLeft(t[w+n:], ")条】、:. ")
			item = true
		}
	default:
		if _, n := hanzi.ReadNumber(t); n > 0 {
			if u := t[n:]; strings.HasPrefix(u, "、") || strings.HasPrefix(u, ".") || strings.HasPrefix(u, ")") || strings.HasPrefix(u, ":") {
				t, item = strings.TrimLeft(u, "、.):"), true
			}
		}
	}
	var names []string
	u := t
	if y := regexpYear.FindString(u); y != "" && aliasAt(u[len(y):]) {
		u = u[len(y):]
	}
	for {
		u = strings.TrimLeft(u, "“”\"'‘’「」【】《》 和及与、")
		name, n := alias(u)
		if n == 0 {
			break
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		u = u[n:]
	}
	if len(names) > 0 {
		p.festival = strings.Join(names, "、")
		return u, true
	}
	if head, after, ok := strings.Cut(t, ":"); ok && circularOther.MatchString(head) {
		p.festival = strings.Trim(circularYearOf.ReplaceAllString(head, ""), "“”\"《》【】 ")
		return after, true
	}
	if item {
		p.festival = ""
	}
	return t, item
}

// readCount reads 7天, 共三天, 共1日 and 两个公休日.
func readCount(s string) (n, size int, rest bool) {
	lead := prefixOf(s, []string{"共计", "合计", "总共", "共", "为期"})
	v, k := hanzi.ReadNumber(s[len(lead):])
	if k == 0 || v > 1000 {
		return 0, 0, false
	}
	k += len(lead)
	if w := prefixOf(s[k:], []string{"个公休日", "个休息日", "天公休日", "个双休日"}); w != "" {
		return int(v), k + len(w), true
	}
	if w := prefixOf(s[k:], []string{"天", "日"}); w == "天" || w == "日" && lead != "" {
		return int(v), k + len(w), false
	}
	return 0, 0, false
}

// readSpan reads a day, or two joined by 至 or a dash.
func readSpan(s string) (span, int) {
	a, n := readMention(s)
	if n == 0 {
		return span{}, 0
	}
	k := n
	for _, w := range []string{"至", "到", "—", "–", "－", "-", "~", "～", "〜", "∼", "―", "─", "‐", "‑"} {
		for strings.HasPrefix(s[k:], w) {
			k += len(w)
		}
	}
	if k == n {
		return span{a: a}, n
	}
	b, m := readMention(s[k:])
	if m == 0 {
		return span{a: a}, n
	}
	if a.weekday < 0 {
		a.weekday = b.first
	}
	return span{a, b}, k + m
}

// readMention reads [2026年][1月]4日[（周日）][起], with 号 for 日, in digits or
// characters.
func readMention(s string) (mention, int) {
	m := mention{weekday: -1, first: -1}
	i := 0
	field := func(unit string, most int64) int {
		v, k := hanzi.ReadNumber(s[i:])
		if k == 0 || v < 1 || v > most || !strings.HasPrefix(s[i+k:], unit) {
			return 0
		}
		i += k + len(unit)
		return int(v)
	}
	if iso := isoDay.FindString(s); iso != "" {
		p := strings.FieldsFunc(iso, func(r rune) bool { return r == '-' || r == '/' })
		m.year, m.month, m.day, i = number(p[0]), number(p[1]), number(p[2]), len(iso)
	} else {
		if m.year = field("年", 9999); m.year > 0 && m.year < 1000 {
			return m, 0
		}
		m.month = field("月", 12)
		if m.year > 0 && m.month == 0 {
			return m, 0
		}
		if m.day = field("日", 31); m.day == 0 {
			if m.day = field("号", 31); m.day == 0 {
				return m, 0
			}
		}
	}
	if n := weekdayAt(s[i:], &m); n > 0 {
		i += n
	}
	if i < len(s) && s[i] == '(' {
		if end := strings.IndexByte(s[i:], ')'); end > 0 && end < 90 {
			m.note(s[i+1 : i+end])
			i += end + 1
		}
	}
	for _, w := range []string{"起", "开始"} {
		if strings.HasPrefix(s[i:], w) {
			m.onward = true
			i += len(w)
		}
	}
	return m, i
}

var isoDay = regexp.MustCompile(`^\d{4}[-/]\d{1,2}[-/]\d{1,2}`)

var weekdayNames = map[rune]time.Weekday{
	'一': time.Monday, '二': time.Tuesday, '三': time.Wednesday, '四': time.Thursday, '五': time.Friday, '六': time.Saturday,
	'日': time.Sunday, '天': time.Sunday, '末': -1,
	'1': time.Monday, '2': time.Tuesday, '3': time.Wednesday, '4': time.Thursday, '5': time.Friday, '6': time.Saturday, '7': time.Sunday,
}

// weekdayAt reads a weekday at the beginning of s.
func weekdayAt(s string, m *mention) int {
	for _, w := range []string{"星期", "礼拜", "周"} {
		if strings.HasPrefix(s, w) {
			r, n := utf8.DecodeRuneInString(s[len(w):])
			if d, ok := weekdayNames[r]; ok && d >= 0 {
				m.weekday = int(d)
				return len(w) + n
			}
		}
	}
	return 0
}

// note takes weekday and lunar day from the bracket behind a day.
func (m *mention) note(s string) {
	var found []int
	for i := 0; i < len(s); {
		w := mention{weekday: -1}
		if n := weekdayAt(s[i:], &w); n > 0 {
			found = append(found, w.weekday)
			i += n
			if m := weekdayShort.FindString(s[i:]); m != "" { // 星期六、日
				r, _ := utf8.DecodeLastRuneInString(m)
				found = append(found, int(weekdayNames[r]))
				i += len(m)
			}
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	if len(found) > 0 {
		m.weekday = found[len(found)-1]
	}
	ranged := strings.ContainsAny(s, "至到-~—")
	switch {
	case len(found) == 2 && ranged:
		m.first = found[0]
	case len(found) > 1 && !ranged:
		m.prior = found[:len(found)-1]
	}
	switch {
	case ranged: // 农历大年初一至初七 is said of a range
	case strings.Contains(s, "除夕"):
		m.lunar = "除夕"
	default:
		m.lunar = lunarDay.FindString(s)
	}
}

var weekdayShort = regexp.MustCompile(`^[、,和及]?[一二三四五六日天]$`)

var lunarDay = regexp.MustCompile(`(?:正月|大年)初[一二三四五六七八九十]|五月初五|八月十五`)
