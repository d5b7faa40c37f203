package workflow

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names checks the definition's own name and its size.
func (c *compiler) names() {
	d := c.d
	c.id(d.ID, "id", "")
	c.text(d.Title, "title", "")
	c.text(d.Edition, "edition", "")
	for _, s := range []struct {
		path    string
		n, most int
	}{{"stages", len(d.Stages), MaxStages}, {"moves", len(d.Moves), MaxMoves}, {"clocks", len(d.Clocks), MaxClocks},
		{"roles", len(d.Roles), MaxRoles}, {"subs", len(d.Subs), MaxFacts}, {"facts", len(d.Facts), 4 * MaxFacts}} {
		if s.n > s.most {
			c.fault(CodeSize, s.path, fmt.Sprintf("%d of them", s.n), fmt.Sprintf("at most %d", s.most))
			c.tooLarge = true
		}
	}
}

// id reports whether the identifier may be stored.
func (c *compiler) id(s, path, field string) bool {
	if bad := badID(s); bad != "" {
		c.fault(CodeID, path+field, bad+": "+quote(s), idWanted)
		return false
	}
	return true
}

const idWanted = `1 to 120 bytes of letters, digits and . _ - / : # +`

func badID(s string) string {
	if s == "" {
		return "empty identifier"
	}
	if len(s) > MaxID {
		return "identifier of " + strconv.Itoa(len(s)) + " bytes"
	}
	for i := 0; i < len(s); i++ {
		if b := s[i]; b >= utf8.RuneSelf || !idByte[b] {
			return badIDSlow(s)
		}
	}
	return ""
}

var idByte = func() (t [utf8.RuneSelf]bool) {
	for b := range t {
		t[b] = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("._-/:#+", byte(b)) >= 0
	}
	return t
}()

func badIDSlow(s string) string {
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(s[i:]); n <= 1 {
				return "identifier that is not UTF-8"
			}
			return "identifier with a replacement character"
		case r < utf8.RuneSelf:
			if !idByte[r] {
				return fmt.Sprintf("identifier with %U", r)
			}
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			return fmt.Sprintf("identifier with %U", r)
		}
	}
	return ""
}

// text checks what is only printed.
func (c *compiler) text(s, path, field string) {
	if len(s) > 512 {
		c.fault(CodeText, path+field, fmt.Sprintf("%d bytes", len(s)), "at most 512")
		return
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n <= 1 {
				c.fault(CodeText, path+field, "not UTF-8: "+quote(s), "printable text")
				return
			}
		}
		if unicode.IsControl(r) || (unicode.Is(unicode.Cf, r)) || r == '\u2028' || r == '\u2029' {
			c.fault(CodeText, path+field, fmt.Sprintf("has %U: %s", r, quote(s)), "printable text on one line")
			return
		}
	}
}
