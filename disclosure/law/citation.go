package law

import (
	"cmp"
	"strings"
)

// Instrument names one law, regulation, rule, notice, standard or local
// document. The constants of this package are the instruments that the library
// itself cites; an agency's own document is made with Local.
type Instrument string

// Own is the library's own reading or choice, where no text decides. It never
// wears a statute's citation: Own.Sec("…") prints as a reading of ours.
const Own Instrument = "own"

const localPrefix = "local:"

// Local names a document of an agency by its title, e.g. the scheme from which
// a profile was built. It has no index of articles.
func Local(title string) Instrument { return Instrument(localPrefix + title) }

// Citation points into an instrument. It is comparable; the zero Citation cites
// nothing. Article, Paragraph and Number (of the item) count from 1; 0 = not
// named. Section is for notices, standards and local documents without articles
// («六», «（二）»), as the text numbers it.
type Citation struct {
	Instrument Instrument
	Article    int
	Paragraph  int
	Number     int
	Section    string
}

// Art cites article n (第n条).
func (i Instrument) Art(n int) Citation { return Citation{Instrument: i, Article: n} }

// Sec cites a section of a text without articles.
func (i Instrument) Sec(s string) Citation { return Citation{Instrument: i, Section: s} }

// Para narrows the citation to paragraph n (第n款).
func (c Citation) Para(n int) Citation { c.Paragraph = n; return c }

// Item narrows the citation to item n (第（n）项).
func (c Citation) Item(n int) Citation { c.Number = n; return c }

// IsZero reports whether nothing is cited.
func (c Citation) IsZero() bool { return c == Citation{} }

// Compare orders citations by instrument (its stored name), article, paragraph,
// item and section: -1, 0 or 1.
func (c Citation) Compare(d Citation) int {
	return cmp.Or(
		cmp.Compare(c.Instrument, d.Instrument),
		cmp.Compare(c.Article, d.Article),
		cmp.Compare(c.Paragraph, d.Paragraph),
		cmp.Compare(c.Number, d.Number),
		cmp.Compare(c.Section, d.Section),
	)
}

// String is the citation as a Chinese document writes it:
// 《中华人民共和国政府信息公开条例》第三十三条第二款, 国办发〔2018〕118号（六）,
// 《title》（三） for a local document, 本库读法：… for a reading of ours. An
// edition that is no longer in force carries the year from which it was, since
// its title is that of its successor.
func (c Citation) String() string {
	if c.IsZero() {
		return ""
	}
	var b strings.Builder
	section := c.Section
	switch {
	case c.Instrument == Own:
		b.WriteString("本库读法")
		if section != "" {
			b.WriteString("：")
		}
	case c.Instrument.isLocal():
		b.WriteString(bookTitle(c.Instrument.localTitle()))
		section = numbered(section)
	default:
		in, known := instruments()[c.Instrument]
		switch {
		case !known:
			b.WriteString(string(c.Instrument))
		case section != "" && in.Number != "":
			b.WriteString(in.Number)
		default:
			b.WriteString(bookTitle(in.Title))
			b.WriteString(in.edition())
		}
		if p, ok := index()[provisionKey{c.Instrument, 0, section}]; ok && p.printed != "" {
			section = p.printed
		} else {
			section = numbered(section)
		}
		if section != "" && section[0] < 0x80 {
			section = " " + section
		}
	}
	b.WriteString(section)
	writePart(&b, c.Article, "第", "条")
	writePart(&b, c.Paragraph, "第", "款")
	writePart(&b, c.Number, "第（", "）项")
	return b.String()
}

func writePart(b *strings.Builder, n int, before, after string) {
	if n == 0 {
		return
	}
	b.WriteString(before)
	b.WriteString(numeral(n))
	b.WriteString(after)
}

// bookTitle sets a title in 《》; a title inside the title goes into 〈〉 (GB/T 15834).
func bookTitle(s string) string {
	if strings.HasPrefix(s, "《") && strings.HasSuffix(s, "》") && strings.Count(s, "《") == 1 {
		return s
	}
	return "《" + strings.NewReplacer("《", "〈", "》", "〉").Replace(s) + "》"
}

// numbered prints a bare Chinese numeral as a section number, 六 → （六）.
func numbered(s string) string {
	if s == "" || strings.Trim(s, "零一二三四五六七八九十百") != "" {
		return s
	}
	return "（" + s + "）"
}

// numeral writes 1 … 9999 in Chinese; anything else, which no statute has, in
// Arabic figures.
func numeral(n int) string {
	const digits = "零一二三四五六七八九"
	if n < 1 || n > maxPart {
		return arabic(n)
	}
	digit := func(d int) string { return digits[3*d : 3*d+3] }
	var b strings.Builder
	gap := false
	for _, u := range [...]struct {
		size int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.size % 10
		switch {
		case d == 0:
			gap = b.Len() > 0
			continue
		case gap:
			b.WriteString("零")
			gap = false
		}
		if !(u.size == 10 && d == 1 && b.Len() == 0) { // 十二, but 一百一十二
			b.WriteString(digit(d))
		}
		b.WriteString(u.name)
	}
	return b.String()
}

func (i Instrument) isLocal() bool { return strings.HasPrefix(string(i), localPrefix) }

func (i Instrument) localTitle() string { return strings.TrimPrefix(string(i), localPrefix) }
