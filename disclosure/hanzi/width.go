package hanzi

// narrow is the half-width form of a rune: the full-width ASCII block, the small
// and vertical forms of punctuation, the ideographic blank and the other blanks
// of Unicode, mathematical digits. Punctuation that ASCII does not have
// (、 。 《 》 〔 〕) stays.
func narrow(r rune) rune {
	switch {
	case r < 0xa0:
		return r
	case r < 0x2000:
		if r == 0xa0 || r == 0x1680 {
			return ' '
		}
		return r
	case r < 0x2e80:
		if r <= 0x200a || r == 0x202f || r == 0x205f {
			return ' '
		}
		return r
	case r < 0xfe10:
		if r == 0x3000 {
			return ' '
		}
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r < 0xff00:
		return narrowForm(r)
	case r >= 0x1d7ce && r <= 0x1d7ff:
		return '0' + (r-0x1d7ce)%10
	case r == 0xffe5:
		return '¥'
	case r == 0xff61:
		return '。'
	case r == 0xff64:
		return '、'
	}
	return r
}

func narrowForm(r rune) rune {
	switch r {
	case '︐', '﹐':
		return ','
	case '︑', '﹑':
		return '、'
	case '︒':
		return '。'
	case '︓', '﹕':
		return ':'
	case '︔', '﹔':
		return ';'
	case '︕', '﹗':
		return '!'
	case '︖', '﹖':
		return '?'
	case '︵', '﹙':
		return '('
	case '︶', '﹚':
		return ')'
	case '︹', '﹝':
		return '〔'
	case '︺', '﹞':
		return '〕'
	case '︽':
		return '《'
	case '︾':
		return '》'
	case '﹁':
		return '「'
	case '﹂':
		return '」'
	case '﹒':
		return '.'
	case '﹣':
		return '-'
	case '﹟':
		return '#'
	case '﹪':
		return '%'
	}
	return r
}

// invisible reports marks without width: joiners, directions, soft hyphens,
// byte order marks, variation selectors.
func invisible(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r == 0xad, r == 0x34f, r == 0x61c, r == 0x180e, r == 0xfeff:
		return true
	case r < 0x200b:
		return false
	case r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	}
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef
}

func blank(r rune) bool {
	return r == ' ' || r == '\t' || r == 0xa0 || r == 0x3000 || r >= 0x2000 && r <= 0x200a || r == 0x202f || r == 0x205f || r == 0x1680
}

func lineBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029
}
