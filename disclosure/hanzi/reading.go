package hanzi

import "unicode/utf8"

// reading returns the length in bytes of a converter's pinyin note at the
// beginning of s, e.g. "(gè)" or "（nèi）", and 0 if there is none. Converters put
// it directly behind the character. Without a tone mark only a syllable of
// pinyin is taken for a reading, so that 「企业(app)」 keeps its bracket.
func reading(s string) int {
	var i int
	switch {
	case len(s) > 0 && s[0] == '(':
		i = 1
	case len(s) > 2 && s[0] == 0xef && s[1] == 0xbc && s[2] == 0x88: // （
		i = 3
	default:
		return 0
	}
	var syllable [8]byte
	n, tone := 0, false
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if r == ')' || r == '）' {
			if n > 0 && (tone || isSyllable(string(syllable[:n]))) {
				return i
			}
			return 0
		}
		base, marked := untone(r)
		tone = tone || marked
		if base == 0 {
			if marked { // a combining mark
				continue
			}
			return 0
		}
		if n == 6 { // zhuang, shuang, chuang are the longest
			return 0
		}
		syllable[n] = base
		n++
	}
	return 0
}

// untone gives the letter of pinyin without its tone (ü = v); 0 with true for a
// combining tone mark, 0 with false for what is no letter of pinyin.
func untone(r rune) (base byte, marked bool) {
	switch {
	case r >= 'a' && r <= 'z':
		return byte(r), false
	case r >= 0xff41 && r <= 0xff5a:
		return byte(r - 0xff41 + 'a'), false
	}
	switch r {
	case 'ā', 'á', 'ǎ', 'à', 'ă':
		return 'a', true
	case 'ē', 'é', 'ě', 'è', 'ĕ', 'ê':
		return 'e', true
	case 'ī', 'í', 'ǐ', 'ì', 'ĭ':
		return 'i', true
	case 'ō', 'ó', 'ǒ', 'ò', 'ŏ':
		return 'o', true
	case 'ū', 'ú', 'ǔ', 'ù', 'ŭ':
		return 'u', true
	case 'ǖ', 'ǘ', 'ǚ', 'ǜ':
		return 'v', true
	case 'ü':
		return 'v', false
	case 'ń', 'ň', 'ǹ':
		return 'n', true
	case 'ḿ':
		return 'm', true
	case 'ɡ':
		return 'g', false
	case 'ɑ':
		return 'a', false
	case 0x300, 0x301, 0x304, 0x306, 0x308, 0x30c:
		return 0, true
	}
	return 0, false
}

func isSyllable(s string) bool {
	i := 0
	if len(s) > 1 && s[1] == 'h' && (s[0] == 'z' || s[0] == 'c' || s[0] == 's') {
		i = 2
	} else if len(s) > 1 {
		switch s[0] {
		case 'b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'r', 'z', 'c', 's', 'y', 'w':
			i = 1
		}
	}
	switch s[i:] {
	case "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er", "ong":
		return true
	case "i", "ia", "ie", "iao", "iu", "ian", "in", "iang", "ing", "iong",
		"u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ueng", "v", "ve", "van", "vn", "ue":
		return i > 0
	}
	return false
}
