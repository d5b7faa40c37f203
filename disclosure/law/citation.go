package law

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
