package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// fold brings a heading or a word of a closed list to the form in which it is
// compared: half width, without blanks and brackets and what brackets hold.
func fold(s string) string {
	if s == "" {
		return ""
	}
	return foldWith(s, true)
}

// foldText is fold for names and contents: what brackets hold is kept.
func foldText(s string) string {
	if strings.ContainsAny(s, "(（") {
		s = hanzi.Fold(s, hanzi.Readings|hanzi.Width).Text
	}
	return foldWith(s, false)
}

func foldWith(s string, dropBrackets bool) string {
	var b strings.Builder
	b.Grow(len(s))
	depth := 0
	for _, r := range s {
		r = hanzi.Simple(half(r))
		switch {
		case r == '(' || r == '[' || r == '【' || r == '〔' || r == '{':
			if dropBrackets {
				depth++
				continue
			}
			if r != '(' {
				r = '('
			}
		case r == ')' || r == ']' || r == '】' || r == '〕' || r == '}':
			if dropBrackets {
				if depth > 0 {
					depth--
				}
				continue
			}
			r = ')'
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), r == 0xFFFD, unicode.IsControl(r):
			continue
		}
		if depth > 0 {
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	f := b.String()
	if f == "" && dropBrackets {
		return foldWith(s, false)
	}
	if dropBrackets {
		f = strings.Trim(f, "*:：.。、,，;；-—_")
	}
	return f
}

func half(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u3000', r == '\u00a0':
		return ' '
	case r == '“' || r == '”' || r == '„' || r == '「' || r == '」' || r == '『' || r == '』':
		return '"'
	case r == '‘' || r == '’':
		return '\''
	case r == '—' || r == '–' || r == '－' || r == '―':
		return '-'
	case r == '·' || r == '•' || r == '・':
		return '·'
	}
	return r
}

func isSeparator(r rune) bool {
	switch r {
	case '、', ',', '，', ';', '；', '/', '\\', '|', '。', '\n', '+', '和', '与', '及':
		return true
	}
	return unicode.IsSpace(r)
}

// trim removes blanks, byte order marks and zero-width marks round a cell.
func trim(s string) string {
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if !isBlank(r) {
			break
		}
		s = s[n:]
	}
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if !isBlank(r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

func isBlank(r rune) bool {
	switch {
	case r <= ' ':
		return true
	case r < 0x7f || r > 0x3000 && r < 0xfe00 || r >= 0x2070 && r < 0x3000:
		return false
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

func trimAll(cells []string) {
	for i, c := range cells {
		if c != "" {
			cells[i] = trim(c)
		}
	}
}

// clip shortens what a problem quotes.
func clip(s string) string {
	n := 0
	for i := range s {
		if n == 40 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// distance is the number of runes to add, drop or change.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diag := row[0]
		row[0] = i + 1
		for j := range b {
			up := row[j+1]
			cost := diag
			if a[i] != b[j] {
				cost = 1 + min(diag, up, row[j])
			}
			diag, row[j+1] = up, cost
		}
	}
	return row[len(b)]
}
