package hanzi

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Options is the set of folds to make. The zero value changes nothing.
type Options uint16

const (
	// Width folds full-width and other compatibility forms of ASCII to ASCII and
	// every kind of blank to a space. 。 、 《 stay.
	Width Options = 1 << iota
	// Script folds traditional characters, compatibility ideographs and radicals
	// to the usual simplified character.
	Script
	// Readings drops the pinyin that converters put in brackets behind a
	// character. The dropped note belongs to its character: a Span that ends with
	// the character takes the note with it.
	Readings
	// Invisible drops marks without width.
	Invisible
	// Blanks drops blanks between two characters, between a character and an
	// ASCII digit, and beside Chinese punctuation. Blanks between letters or digits
	// stay, and so do those at either end.
	Blanks
	// Breaks does the same with line breaks. Without it a line break stays, and
	// blanks do not reach across it.
	Breaks

	// Everything is all of the above.
	Everything = Width | Script | Readings | Invisible | Blanks | Breaks
)

// Folded is a folded text with the way back to the original. It is immutable.
type Folded struct {
	// Text is the folded text. It is the original string itself when nothing had
	// to be changed.
	Text string

	size  int // bytes of the original
	edits []edit
}

// edit is a run of n pieces, each of fu bytes in the folded text and ou in the
// original. Between the edits both run in step.
type edit struct {
	fold, orig int32
	n          int32
	fu, ou     int32
}

func (e edit) foldEnd() int { return int(e.fold + e.n*e.fu) }
func (e edit) origEnd() int { return int(e.orig + e.n*e.ou) }

// Fold folds s. Bytes that are not UTF-8 are kept as they are. Texts above 1 GiB
// are returned unfolded.
func Fold(s string, o Options) Folded {
	i, last := clean(s, 0, 0, o)
	if i == len(s) || len(s) > 1<<30 {
		return Folded{Text: s, size: len(s)}
	}
	w := folder{src: s, opt: o, last: last, edits: make([]edit, 0, 8)}
	w.out.Grow(len(s) + 8)
	w.out.WriteString(s[:i])
	w.run(i)
	return Folded{Text: w.out.String(), size: len(s), edits: w.edits}
}

// clean returns how far s needs no folding from i on, and the last rune before.
func clean(s string, i int, last rune, o Options) (int, rune) {
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '(':
				if o&Readings != 0 && IsHan(last) && reading(s[i:]) > 0 {
					return i, last
				}
			case c == ' ' || c == '\t':
				if o&Blanks != 0 {
					return i, last
				}
			case c < ' ' && o&Breaks != 0 && lineBreak(rune(c)):
				return i, last
			}
			last = rune(c)
			i++
			continue
		}
		if c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			// U+4000…U+9FFF, nearly all of a Chinese text
			r := rune(c&0xf)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
			if o&Script != 0 && Simple(r) != r {
				return i, last
			}
			last = r
			i += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r != utf8.RuneError &&
			(o&Width != 0 && narrow(r) != r || o&Script != 0 && Simple(r) != r || o&Invisible != 0 && invisible(r) ||
				o&Blanks != 0 && blank(r) || o&Breaks != 0 && lineBreak(r) ||
				o&Readings != 0 && r == '（' && IsHan(last) && reading(s[i:]) > 0) {
			return i, last
		}
		last = r
		i += size
	}
	return i, last
}

type folder struct {
	src   string
	opt   Options
	out   strings.Builder
	edits []edit
	last  rune // last rune written
}

func (w *folder) run(i int) {
	for i < len(w.src) {
		r, size := utf8.DecodeRuneInString(w.src[i:])
		if r == utf8.RuneError && size == 1 {
			w.out.WriteByte(w.src[i])
			w.last = r
			i++
			continue
		}
		if w.opt&Invisible != 0 && invisible(r) {
			w.edit(i, size, 0)
			i += size
			continue
		}
		if w.opt&(Blanks|Breaks) != 0 {
			if n := w.gap(i); n > 0 {
				w.edit(i, n, 0)
				i += n
				continue
			}
		}
		if w.opt&Readings != 0 && (r == '(' || r == '（') && IsHan(w.last) {
			if n := reading(w.src[i:]); n > 0 {
				w.note(i, n)
				i += n
				continue
			}
		}
		t := r
		if w.opt&Width != 0 {
			t = narrow(t)
		}
		if w.opt&Script != 0 {
			t = Simple(t)
		}
		if n := utf8.RuneLen(t); n != size {
			w.edit(i, size, n)
		}
		w.out.WriteRune(t)
		j, last := clean(w.src, i+size, t, w.opt)
		w.out.WriteString(w.src[i+size : j])
		i, w.last = j, last
	}
}

// gap returns the length of the run of blanks at i that is dropped, 0 if it stays.
func (w *folder) gap(i int) int {
	j := i
	for j < len(w.src) {
		r, size := utf8.DecodeRuneInString(w.src[j:])
		if !(w.opt&Blanks != 0 && blank(r) || w.opt&Breaks != 0 && lineBreak(r) || j > i && w.opt&Invisible != 0 && invisible(r)) {
			if j == i || lineBreak(r) {
				return 0
			}
			if closes(w.last) && closes(r) && (!digit(w.last) || !digit(r)) {
				return j - i
			}
			return 0
		}
		j += size
	}
	return 0
}

func digit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// closes reports that Chinese writes no blank beside r.
func closes(r rune) bool {
	return IsHan(r) || digit(r) || r >= 0x3001 && r <= 0x3020 || r >= 0xff01 && r <= 0xff0f || r >= 0xff1a && r <= 0xff1f ||
		r == '(' || r == ')' || r == '[' || r == ']' || r == ';' || r == ',' || r == ':' || r == '—' || r == '“' || r == '”'
}

// edit notes that ou bytes of the original at i become fu bytes.
func (w *folder) edit(i, ou, fu int) {
	f := w.out.Len()
	if k := len(w.edits) - 1; k >= 0 && fu > 0 {
		if e := &w.edits[k]; int(e.fu) == fu && int(e.ou) == ou && e.foldEnd() == f && e.origEnd() == i {
			e.n++
			return
		}
	}
	w.edits = append(w.edits, edit{fold: int32(f), orig: int32(i), n: 1, fu: int32(fu), ou: int32(ou)})
}

// note adds a dropped note of n bytes at i to the character before it.
func (w *folder) note(i, n int) {
	fu := utf8.RuneLen(w.last)
	f := w.out.Len() - fu
	if k := len(w.edits) - 1; k >= 0 {
		e := &w.edits[k]
		if e.fu > 0 && e.foldEnd() == w.out.Len() && e.origEnd() == i { // the character was itself folded
			one := *e
			if e.n--; e.n == 0 {
				w.edits = w.edits[:k]
			}
			orig := one.origEnd() - int(one.ou)
			w.edits = append(w.edits, edit{int32(f), int32(orig), 1, int32(fu), int32(i + n - orig)})
			return
		}
		if e.fu == 0 && e.foldEnd() == w.out.Len() { // a mark was dropped between the two
			orig := int(e.orig) - fu
			if k > 0 && w.edits[k-1].fu > 0 && w.edits[k-1].origEnd() == int(e.orig) {
				w.edit(i, n, 0)
				return
			}
			*e = edit{int32(f), int32(orig), 1, int32(fu), int32(i + n - orig)}
			return
		}
	}
	w.edits = append(w.edits, edit{int32(f), int32(i - fu), 1, int32(fu), int32(n + fu)})
}

// Changed reports whether any fold moved a byte. A text in which only
// characters of the same length were exchanged is not changed in this sense:
// its offsets are those of the original.
func (f Folded) Changed() bool { return len(f.edits) > 0 }

// Span maps the range [i, j) of Text to the range [start, end) of the original
// that it was made from. Offsets inside a character, out of order or outside of
// the text are moved to the nearest that are not. An empty range maps to an
// empty range.
func (f Folded) Span(i, j int) (start, end int) {
	i, j = min(max(i, 0), len(f.Text)), min(max(j, 0), len(f.Text))
	if j <= i {
		start = f.origin(i)
		return start, start
	}
	return f.origin(i), f.originEnd(j)
}

// origin is where in the original the piece begins that holds folded offset i.
func (f Folded) origin(i int) int {
	k := sort.Search(len(f.edits), func(k int) bool { return int(f.edits[k].fold) > i }) - 1
	if k < 0 {
		return i
	}
	e := f.edits[k]
	if i < e.foldEnd() {
		return int(e.orig) + (i-int(e.fold))/int(e.fu)*int(e.ou)
	}
	return e.origEnd() + i - e.foldEnd()
}

// originEnd is where in the original the piece ends that holds folded offset j-1.
func (f Folded) originEnd(j int) int {
	k := sort.Search(len(f.edits), func(k int) bool { return int(f.edits[k].fold) >= j }) - 1
	if k < 0 {
		return j
	}
	e := f.edits[k]
	if j <= e.foldEnd() {
		return int(e.orig) + (j-int(e.fold)+int(e.fu)-1)/int(e.fu)*int(e.ou)
	}
	return e.origEnd() + j - e.foldEnd()
}

// At maps an offset of the original to Text: the offset of the piece that holds
// it; what was dropped maps to where it stood. It is the other direction of Span.
func (f Folded) At(orig int) int {
	orig = min(max(orig, 0), f.size)
	k := sort.Search(len(f.edits), func(k int) bool { return int(f.edits[k].orig) > orig }) - 1
	if k < 0 {
		return min(orig, len(f.Text))
	}
	e := f.edits[k]
	if orig < e.origEnd() {
		return int(e.fold) + (orig-int(e.orig))/int(e.ou)*int(e.fu)
	}
	return min(e.foldEnd()+orig-e.origEnd(), len(f.Text))
}
