package secrecy

import (
	"sync"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// Detection reads a folded copy: full width halved, dashes, dots and stars of one
// spelling, zero-width marks dropped, traditional characters of cues and names
// simplified. One unit of the copy is one rune of the original, so that a span of
// units is a span of bytes; what is cut is always the original.

// class bits of a folded rune.
type class uint32

const (
	cDigit       class = 1 << iota // 0-9 after folding
	cLetter                        // A-Z, a-z after folding
	cHanDigit                      // 〇一二…九, 壹贰…
	cCircled                       // ① ❶ ⑴ and the like
	cSpace                         // blanks, no line break
	cBreak                         // \n, \r, line and paragraph separators
	cJoin                          // - · . / _ and other separators inside a number
	cHan                           // a Han character
	cStar                          // ★ ☆ *
	cOpen                          // opening bracket
	cClose                         // closing bracket
	cProvince                      // first character of a number plate
	cSurname                       // first character of a surname
	cTail                          // last character of an address part: 号 室 组 户 …
	cMark                          // first character of a mark: 密 内 工 此 删 特 加 平
	cDrop                          // zero width
	cAt                            // @
	cOrdinal                       // 第
	cSurname1                      // a surname of one character
	cWeakSurname                   // a surname that is oftener an ordinary word
	cCueEnd                        // the last character of a word that names follow
	cAfter                         // the first character of a word that follows names
	cLong                          // the first character of a longer word of the lexicon
	cTranslit                      // a character of transliterated names
	cMinor                         // the first character of a part of a minority name
	cPureSurname                   // a surname that is hardly ever anything else
	cSuffix                        // the first character of a suffix of addresses
)

const (
	cAlnum = cDigit | cLetter
	cNum   = cDigit | cHanDigit | cCircled
	cSep   = cSpace | cBreak | cJoin
	cBlank = cSpace | cBreak
)

type foldTable struct {
	to  [1 << 16]uint16
	cls [1 << 16]class // of the folded rune
	of  [1 << 16]class // of the rune itself, folded
}

var folding = sync.OnceValue(buildFold)

// runeExtB stands for a Han character outside the basic plane, runeOther for any
// other rune there, runeBad for bytes that are no rune.
const (
	runeExtB  = 0xE100
	runeOther = 0xE101
	runeBad   = 0xE102
)

func buildFold() *foldTable {
	t := new(foldTable)
	for r := range t.to {
		t.to[r] = uint16(r)
	}
	for r := 0xFF01; r <= 0xFF5E; r++ {
		t.to[r] = uint16(r - 0xFEE0)
	}
	for _, z := range []rune{0x0660, 0x06F0, 0x0966} { // Arabic-Indic and Devanagari digits
		for d := rune(0); d < 10; d++ {
			t.to[z+d] = uint16('0' + d)
		}
	}
	// Superscripts and subscripts.
	for d, r := range []rune{0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079} {
		t.to[r] = uint16('0' + d)
		t.to[0x2080+d] = uint16('0' + d)
	}
	same := func(to rune, from string) {
		for _, r := range from {
			t.to[r] = uint16(to)
		}
	}
	same('-', "‐‑‒–—―−﹘﹣ー─━⁃˗")
	same('·', "•・‧∙⋅･᛫●")
	same('.', "．｡")
	same('★', "☆✩✪✫✬✭✮✯✰⭐✱✲✳❋⁎∗﹡★")
	same('X', "ХΧⅩⅹⅺ✕")
	same('x', "хχ×╳")
	same('A', "ΑА")
	same('B', "ΒВ")
	same('E', "ΕЕ")
	same('H', "ΗН")
	same('K', "ΚК")
	same('M', "ΜМ")
	same('P', "ΡР")
	same('T', "ΤТ")
	same('C', "С")
	same('Y', "ΥУ")
	same('O', "ΟО")
	same('o', "οо")
	same('e', "е")
	same('a', "а")
	same('c', "с")
	same('p', "р")
	same('@', "﹫")
	same('〇', "○◯⚪")
	same('(', "（﹙❨⦅")
	same(')', "）﹚❩⦆")
	same(':', "：﹕∶︰")
	same(',', "，﹐")
	for r := rune(0x2E80); r < 0xFB00; r++ {
		if r >= 0xA000 && r < 0xF900 {
			continue
		}
		if s := hanzi.Simple(r); s != r && s < 0x10000 && t.to[r] == uint16(r) {
			t.to[r] = uint16(s)
		}
	}

	set := func(c class, s string) {
		for _, r := range s {
			t.cls[r] |= c
		}
	}
	for r := '0'; r <= '9'; r++ {
		t.cls[r] |= cDigit
	}
	for r := 'A'; r <= 'Z'; r++ {
		t.cls[r] |= cLetter
		t.cls[r+32] |= cLetter
	}
	for r := 0x3400; r <= 0x9FFF; r++ {
		t.cls[r] |= cHan
	}
	for r := 0xF900; r <= 0xFAFF; r++ {
		t.cls[r] |= cHan
	}
	t.cls[runeExtB] |= cHan
	t.cls['々'] |= cHan
	set(cHan|cHanDigit, "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺")
	for d := rune(0); d < 9; d++ {
		for _, z := range []rune{0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A, 0x3220, 0x3280} {
			t.cls[z+d] |= cCircled
		}
	}
	set(cCircled, "⓪⓿")
	set(cSpace, " \t\u00a0\u3000\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\v\f")
	set(cBreak, "\n\r\u0085\u2028\u2029")
	set(cJoin, "-·./_\\~*,'")
	set(cStar, "★*")
	set(cOpen, "([{【〔〖「『《<“")
	set(cClose, ")]}】〕〗」』》>”")
	set(cProvince, "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使")
	set(cTail, "号室组户栋幢楼层座院弄社队")
	set(cMark, "绝机秘密内工此本该删特加平部仅")
	for _, r := range "\x00\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\u20e3\u3164\ufe0e\ufe0f\ufeff\uffa0\u0332\u0336\u0335\u0338" {
		t.cls[r] |= cDrop
	}
	for r := 0x0300; r <= 0x036F; r++ {
		t.cls[r] |= cDrop
	}
	for r := 0xFE00; r <= 0xFE0F; r++ {
		t.cls[r] |= cDrop
	}
	l := names()
	for r := range l.surname {
		t.cls[r] |= cSurname | cSurname1
		if weakSurname(r) {
			t.cls[r] |= cWeakSurname
		}
	}
	for _, w := range l.pairs {
		r, _ := utf8.DecodeRuneInString(w)
		t.cls[r] |= cSurname
	}
	for r := range l.long {
		t.cls[r] |= cLong
	}
	set(cTranslit, translitRunes)
	set(cPureSurname, pureSurnames)
	set(cAt, "@")
	set(cOrdinal, "第")
	x := cuesOf()
	for r := range t.cls {
		if len(x.before[r]) > 0 {
			t.cls[r] |= cCueEnd
		}
		if len(x.after[r]) > 0 {
			t.cls[r] |= cAfter
		}
		if len(x.minor[r]) > 0 {
			t.cls[r] |= cMinor
		}
	}
	set(cCueEnd, wordEndRunes)
	for _, w := range firstSuffixes {
		r, _ := utf8.DecodeRuneInString(w)
		t.cls[r] |= cSuffix
	}
	for r := range t.of {
		t.of[r] = t.cls[t.to[r]]
	}
	return t
}

// page is a stretch of the text, folded. units r[i] stand at bytes at[i]; cls is
// their class. at has one more element, the end.
type page struct {
	src  string
	base int // offset of src in the whole text
	r    []uint16
	cls  []class
	at   []int32
	bad  []span // stretches that are not UTF-8, in units
}

type span struct{ from, to int32 }

// fold fills p from src; buffers are reused.
func (p *page) fold(src string, base int) {
	t := folding()
	p.src, p.base = src, base
	if cap(p.r) < len(src)+1 {
		n := len(src) + 1
		p.r, p.cls, p.at = make([]uint16, 0, n), make([]class, 0, n), make([]int32, 0, n)
	}
	r, cls, at := p.r[:len(src)], p.cls[:len(src)], p.at[:len(src)+1]
	p.bad = p.bad[:0]
	n := 0
	for i := 0; i < len(src); {
		c := src[i]
		if c < utf8.RuneSelf {
			k := t.cls[c]
			if k&cDrop == 0 {
				r[n], cls[n], at[n] = uint16(c), k, int32(i)
				n++
			}
			i++
			continue
		}
		// Three bytes: nearly all there is.
		if c >= 0xE1 && c < 0xED && i+2 < len(src) {
			b1, b2 := src[i+1], src[i+2]
			if b1&0xC0 == 0x80 && b2&0xC0 == 0x80 {
				v := uint16(c)<<12 | uint16(b1&0x3F)<<6 | uint16(b2&0x3F)
				if k := t.of[v]; k&cDrop == 0 {
					r[n], cls[n], at[n] = t.to[v], k, int32(i)
					n++
				}
				i += 3
				continue
			}
		}
		var u uint16
		size := 3
		if c >= 0xE0 && c < 0xF0 && i+2 < len(src) && src[i+1]&0xC0 == 0x80 && src[i+2]&0xC0 == 0x80 {
			v := uint32(c&0x0F)<<12 | uint32(src[i+1]&0x3F)<<6 | uint32(src[i+2]&0x3F)
			if v < 0x800 || v >= 0xD800 && v < 0xE000 {
				u, size = runeBad, 1
			} else {
				u = t.to[v]
			}
		} else {
			v, s := utf8.DecodeRuneInString(src[i:])
			size = s
			switch {
			case v == utf8.RuneError && s == 1:
				u = runeBad
			case v < 0x10000:
				u = t.to[v]
			case v >= 0x1D7CE && v <= 0x1D7FF:
				u = uint16('0' + (v-0x1D7CE)%10)
			case v >= 0x1D400 && v <= 0x1D6A3:
				// Mathematical letters.
				if k := (v - 0x1D400) % 52; k < 26 {
					u = uint16('A' + k)
				} else {
					u = uint16('a' + k - 26)
				}
			case v >= 0x20000 && v < 0x40000:
				u = runeExtB
			case v >= 0xE0000 && v < 0xE1000:
				i += size
				continue
			case v == 0x1F100 || v >= 0x1F101 && v <= 0x1F10A:
				u = uint16('0' + (v-0x1F101)%10)
				if v == 0x1F100 {
					u = '0'
				}
			default:
				u = runeOther
			}
		}
		if u == runeBad {
			if m := len(p.bad); m > 0 && int(p.bad[m-1].to)+2 >= i {
				p.bad[m-1].to = int32(i + 1)
			} else {
				p.bad = append(p.bad, span{int32(i), int32(i + 1)})
			}
		}
		k := t.cls[u]
		if k&cDrop == 0 {
			r[n], cls[n], at[n] = u, k, int32(i)
			n++
		}
		i += size
	}
	at[n] = int32(len(src))
	p.r, p.cls, p.at = r[:n], cls[:n], at[:n+1]
}

// end is the byte after unit i, without zero-width marks that follow it.
func (p *page) end(i int) int {
	b := int(p.at[i])
	switch c := p.src[b]; {
	case c < 0x80 || p.r[i] == runeBad:
		return b + 1
	case c < 0xE0:
		return b + 2
	case c < 0xF0:
		return b + 3
	}
	return b + 4
}

// firstUnit is the first character of s, which is not empty.
func firstUnit(s string) uint16 {
	if s[0] >= 0xE0 {
		return uint16(s[0])<<12 | uint16(s[1]&0x3F)<<6 | uint16(s[2]&0x3F)
	}
	return uint16(s[0])
}

// has reports whether the units from i spell s (BMP runes).
func (p *page) has(i int, s string) bool {
	if i < 0 || i >= len(p.r) {
		return false
	}
	// Mostly it does not, which the first character tells.
	if s[0] >= 0xE0 && p.r[i] != uint16(s[0])<<12|uint16(s[1]&0x3F)<<6|uint16(s[2]&0x3F) {
		return false
	}
	for _, c := range s {
		if i >= len(p.r) || p.r[i] != uint16(c) {
			return false
		}
		i++
	}
	return true
}

// hasBefore reports whether the units that end before i spell s.
func (p *page) hasBefore(i int, s string) bool {
	if i <= 0 || i > len(p.r) {
		return false
	}
	if n := len(s); n >= 3 && s[n-3] >= 0xE0 && p.r[i-1] != uint16(s[n-3])<<12|uint16(s[n-2]&0x3F)<<6|uint16(s[n-1]&0x3F) {
		return false
	}
	return p.has(i-utf8.RuneCountInString(s), s)
}

func (p *page) is(i int, c class) bool { return i >= 0 && i < len(p.cls) && p.cls[i]&c != 0 }

// numeral is the value of a digit of any script, -1 for none.
func numeral(r uint16) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	}
	switch r {
	case '〇', '零', '⓪', '⓿':
		return 0
	case '一', '壹', '幺':
		return 1
	case '二', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	for _, z := range [...]uint16{0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A, 0x3220, 0x3280} {
		if r >= z && r < z+9 {
			return int(r-z) + 1
		}
	}
	return -1
}
