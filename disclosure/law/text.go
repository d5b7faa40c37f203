package law

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPart bounds an article, paragraph or item number; maxText a stored citation.
const (
	maxPart = 9999
	maxText = 1024
)

// ErrSyntax is the category of a citation that cannot be read or written.
var ErrSyntax = errors.New("law: malformed citation")

// ErrUnknownInstrument is the category of a citation whose instrument is not on
// the list.
var ErrUnknownInstrument = errors.New("law: unknown instrument")

// MarshalText is the stored form: instrument, then ":article.paragraph.item"
// without trailing zeros, then "#section":
//
//	gov-info-regulation-2019:33.2
//	gov-info-regulation-2019:36.0.7        (item 7, no paragraph named)
//	enforcement-publicity-2018#六
//	local:某局政务公开方案#三
//
// In the title of a local document ":", "#" and "%" are written %3A, %23, %25.
// The zero Citation is the empty text. A citation that could not be read back
// is an error (ErrSyntax, ErrUnknownInstrument).
func (c Citation) MarshalText() ([]byte, error) {
	if c.IsZero() {
		return []byte{}, nil
	}
	if err := c.valid(); err != nil {
		return nil, fmt.Errorf("law: write citation: %w", err)
	}
	var b strings.Builder
	if c.Instrument.isLocal() {
		b.WriteString(localPrefix)
		b.WriteString(escapeTitle(c.Instrument.localTitle()))
	} else {
		b.WriteString(string(c.Instrument))
	}
	if parts := c.parts(); parts != "" {
		b.WriteByte(':')
		b.WriteString(parts)
	}
	if c.Section != "" {
		b.WriteByte('#')
		b.WriteString(c.Section)
	}
	if b.Len() > maxText {
		return nil, fmt.Errorf("law: write citation: %w: longer than %d bytes", ErrSyntax, maxText)
	}
	return []byte(b.String()), nil
}

// parts is article.paragraph.item without trailing zero parts.
func (c Citation) parts() string {
	switch {
	case c.Number != 0:
		return arabic(c.Article) + "." + arabic(c.Paragraph) + "." + arabic(c.Number)
	case c.Paragraph != 0:
		return arabic(c.Article) + "." + arabic(c.Paragraph)
	case c.Article != 0:
		return arabic(c.Article)
	}
	return ""
}

func (c Citation) valid() error {
	for _, n := range [...]int{c.Article, c.Paragraph, c.Number} {
		if n < 0 || n > maxPart {
			return fmt.Errorf("%w: number %d outside 0 … %d", ErrSyntax, n, maxPart)
		}
	}
	if !printable(c.Section) {
		return fmt.Errorf("%w: section %q", ErrSyntax, c.Section)
	}
	return c.Instrument.valid()
}

func (i Instrument) valid() error {
	if i.isLocal() {
		if t := i.localTitle(); t == "" || !printable(t) {
			return fmt.Errorf("%w: title %q", ErrSyntax, t)
		}
		return nil
	}
	if _, ok := instruments()[i]; !ok && i != Own {
		return fmt.Errorf("%w: %q", ErrUnknownInstrument, string(i))
	}
	return nil
}

// printable: UTF-8 without control characters, not beginning or ending with space.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) && strings.TrimSpace(s) == s
}

// UnmarshalText reads the form that MarshalText writes, and only that: leading
// zeros, an unknown instrument or a stray character are errors. It leaves the
// citation unchanged on error.
func (c *Citation) UnmarshalText(text []byte) error {
	d, err := ParseCitation(string(text))
	if err != nil {
		return err
	}
	*c = d
	return nil
}

// ParseCitation reads the stored form of a citation (MarshalText); the empty
// text is the zero Citation. Errors are ErrSyntax and ErrUnknownInstrument.
func ParseCitation(s string) (Citation, error) {
	var c Citation
	if s == "" {
		return c, nil
	}
	fail := func(err error) (Citation, error) {
		return Citation{}, fmt.Errorf("law: read citation: %w: %.80q", err, s)
	}
	if len(s) > maxText {
		return fail(ErrSyntax)
	}
	head, section, cut := strings.Cut(s, "#")
	if cut && section == "" {
		return fail(ErrSyntax)
	}
	c.Section = section
	name, local := strings.CutPrefix(head, localPrefix)
	name, parts, cut := strings.Cut(name, ":")
	if cut {
		fields := strings.Split(parts, ".")
		if len(fields) > 3 {
			return fail(ErrSyntax)
		}
		for i, to := range []*int{&c.Article, &c.Paragraph, &c.Number}[:len(fields)] {
			n, err := strconv.Atoi(fields[i])
			if err != nil {
				return fail(ErrSyntax)
			}
			*to = n
		}
	}
	c.Instrument = Instrument(name)
	if local {
		title, err := unescapeTitle(name)
		if err != nil {
			return fail(err)
		}
		c.Instrument = Local(title)
	}
	if err := c.valid(); err != nil {
		return fail(err)
	}
	// One text, one citation: whatever would be written otherwise was not ours.
	if back, err := c.MarshalText(); err != nil || string(back) != s {
		return fail(ErrSyntax)
	}
	return c, nil
}

var titleEscapes = strings.NewReplacer("%", "%25", ":", "%3A", "#", "%23")

func escapeTitle(s string) string { return titleEscapes.Replace(s) }

func unescapeTitle(s string) (string, error) {
	t := strings.NewReplacer("%25", "%", "%3A", ":", "%23", "#").Replace(s)
	if escapeTitle(t) != s {
		return "", ErrSyntax
	}
	return t, nil
}

func arabic(n int) string { return strconv.Itoa(n) }
