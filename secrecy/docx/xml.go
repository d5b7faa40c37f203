package docx

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// A small tokenizer that knows where everything stands in the bytes, which
// encoding/xml does not tell of attributes.

type tag struct {
	name       string // local name
	start, end int    // of the whole tag
	open       bool   // a start tag or an empty one
	empty      bool
	closing    bool
	attrs      []attr
}

type attr struct {
	name     string // local name
	from, to int    // of the value, without quotes
}

var errXML = errors.New("docx: a part is not well-formed XML")

// walk calls text for each run of character data and tag for each tag.
func walk(src string, onText func(from, to int, cdata bool) error, onTag func(t *tag) error) error {
	if !utf8.ValidString(src) {
		return errXML
	}
	var t tag
	for i := 0; i < len(src); {
		if src[i] != '<' {
			n := strings.IndexByte(src[i:], '<')
			if n < 0 {
				n = len(src) - i
			}
			if err := onText(i, i+n, false); err != nil {
				return err
			}
			i += n
			continue
		}
		rest := src[i:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			n := strings.Index(rest[4:], "-->")
			if n < 0 {
				return errXML
			}
			i += 4 + n + 3
			continue
		case strings.HasPrefix(rest, "<![CDATA["):
			n := strings.Index(rest, "]]>")
			if n < 0 {
				return errXML
			}
			if err := onText(i+9, i+n, true); err != nil {
				return err
			}
			i += n + 3
			continue
		case strings.HasPrefix(rest, "<?"):
			n := strings.Index(rest, "?>")
			if n < 0 {
				return errXML
			}
			i += n + 2
			continue
		case strings.HasPrefix(rest, "<!"):
			return errXML // a document type: entities could hide anything
		}
		t = tag{start: i, attrs: t.attrs[:0]}
		j := i + 1
		if j < len(src) && src[j] == '/' {
			t.closing = true
			j++
		}
		k := j
		for k < len(src) && !strings.ContainsRune(" \t\r\n/>", rune(src[k])) {
			k++
		}
		t.name = local(src[j:k])
		if t.name == "" {
			return errXML
		}
		for {
			for k < len(src) && strings.IndexByte(" \t\r\n", src[k]) >= 0 {
				k++
			}
			if k >= len(src) {
				return errXML
			}
			if src[k] == '>' {
				k++
				break
			}
			if src[k] == '/' {
				t.empty = true
				k++
				continue
			}
			a := k
			for k < len(src) && strings.IndexByte("= \t\r\n/>", src[k]) < 0 {
				k++
			}
			name := local(src[a:k])
			for k < len(src) && strings.IndexByte(" \t\r\n", src[k]) >= 0 {
				k++
			}
			if k+1 >= len(src) || src[k] != '=' {
				return errXML
			}
			k++
			for k < len(src) && strings.IndexByte(" \t\r\n", src[k]) >= 0 {
				k++
			}
			if k >= len(src) || src[k] != '"' && src[k] != '\'' {
				return errXML
			}
			n := strings.IndexByte(src[k+1:], src[k])
			if n < 0 {
				return errXML
			}
			t.attrs = append(t.attrs, attr{name, k + 1, k + 1 + n})
			k += n + 2
		}
		t.end = k
		t.open = !t.closing
		if err := onTag(&t); err != nil {
			return err
		}
		i = k
	}
	return nil
}

func local(s string) string {
	if n := strings.IndexByte(s, ':'); n >= 0 {
		return s[n+1:]
	}
	return s
}

// unescape resolves the five entities and numbers; an unknown one is an error.
func unescape(s string) (string, error) {
	if strings.IndexByte(s, '&') < 0 {
		return s, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '&' {
			b.WriteByte(s[i])
			i++
			continue
		}
		n := strings.IndexByte(s[i:], ';')
		if n < 0 || n > 12 {
			return "", errXML
		}
		e := s[i+1 : i+n]
		switch e {
		case "lt":
			b.WriteByte('<')
		case "gt":
			b.WriteByte('>')
		case "amp":
			b.WriteByte('&')
		case "quot":
			b.WriteByte('"')
		case "apos":
			b.WriteByte('\'')
		default:
			if len(e) < 2 || e[0] != '#' {
				return "", errXML
			}
			r, base, digits := rune(0), rune(10), e[1:]
			if digits[0] == 'x' || digits[0] == 'X' {
				base, digits = 16, digits[1:]
			}
			if digits == "" {
				return "", errXML
			}
			for _, c := range digits {
				d := rune(-1)
				switch {
				case c >= '0' && c <= '9':
					d = c - '0'
				case c >= 'a' && c <= 'f':
					d = c - 'a' + 10
				case c >= 'A' && c <= 'F':
					d = c - 'A' + 10
				}
				if d < 0 || d >= base || r > utf8.MaxRune {
					return "", errXML
				}
				r = r*base + d
			}
			if !utf8.ValidRune(r) {
				return "", errXML
			}
			b.WriteRune(r)
		}
		i += n + 1
	}
	return b.String(), nil
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")
