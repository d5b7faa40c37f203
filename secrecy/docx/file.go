package docx

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/opengongkai/gongkai/secrecy"
)

// Bounds of what is read; a file beyond them is refused.
const (
	MaxEntries = 4096
	MaxPart    = 64 << 20  // bytes of a part, unpacked
	MaxTotal   = 256 << 20 // bytes of all parts
	maxRatio   = 500       // unpacked to packed, for a part above 1 MiB
)

// Errors, to be matched with errors.Is.
var (
	// ErrNotDocx: not a readable .docx: another format, encrypted, damaged.
	ErrNotDocx = errors.New("docx: not a readable .docx file")
	// ErrTooLarge: beyond the bounds above.
	ErrTooLarge = errors.New("docx: beyond the bounds of what is read")
	// ErrCarriesText: something in the file carries text that is not handled; the
	// *Refusal lists all of it.
	ErrCarriesText = errors.New("docx: the file carries text that cannot be redacted")
)

// Refusal lists what in a file carries text and is not handled.
type Refusal struct{ Reasons []string }

func (r *Refusal) Error() string {
	return ErrCarriesText.Error() + ": " + strings.Join(r.Reasons, "; ")
}

// Unwrap gives ErrCarriesText.
func (r *Refusal) Unwrap() error { return ErrCarriesText }

// segment is a stretch of the whole text that stands in one place of a part.
type segment struct {
	part       int
	from, to   int // bytes of the part
	start, end int // bytes of the whole text
}

type part struct {
	name  string
	zf    *zip.File
	src   string
	wipe  [][2]int // values that are always emptied: authors
	drop  [][2]int // tags that are left out: the relation to a thumbnail
	start int      // of its text in the whole text
	end   int
}

// File is a .docx that was read. It is immutable.
type File struct {
	parts    []part
	segments []segment
	text     string
	images   []string
	reasons  []string
}

// Read reads a .docx of size bytes. What it refuses to redact later is only
// listed (Reasons); it fails on what it cannot read at all.
func Read(r io.ReaderAt, size int64) (*File, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrNotDocx, err)
	}
	if len(zr.File) > MaxEntries {
		return nil, ErrTooLarge
	}
	f := &File{}
	var text strings.Builder
	total := int64(0)
	seen := map[string]bool{}
	body := false
	// The body first: what stands at the head of the document is at the head of the
	// text.
	files := make([]*zip.File, 0, len(zr.File))
	for _, zf := range zr.File {
		if name(zf) == "word/document.xml" {
			files = append([]*zip.File{zf}, files...)
			body = true
		} else {
			files = append(files, zf)
		}
	}
	if !body {
		return nil, fmt.Errorf("%w: no word/document.xml", ErrNotDocx)
	}
	for _, zf := range files {
		n := name(zf)
		if strings.HasSuffix(n, "/") {
			continue
		}
		if seen[strings.ToLower(n)] {
			return nil, fmt.Errorf("%w: a part stands twice: %s", ErrNotDocx, n)
		}
		seen[strings.ToLower(n)] = true
		if zf.UncompressedSize64 > MaxPart || zf.UncompressedSize64 > 1<<20 && zf.UncompressedSize64 > maxRatio*max(zf.CompressedSize64, 1) {
			return nil, ErrTooLarge
		}
		if zf.Flags&1 != 0 {
			return nil, fmt.Errorf("%w: encrypted", ErrNotDocx)
		}
		p := part{name: n, zf: zf}
		switch k := kindOf(n); k {
		case image:
			f.images = append(f.images, n)
		case thumbnail:
			f.parts = append(f.parts, part{name: n})
			continue // left out of the rendition
		case foreign:
			f.reasons = append(f.reasons, "a part that is not handled: "+n)
		case plain, story, properties, relations, custom:
			b, err := readPart(zf)
			if err != nil {
				return nil, err
			}
			if total += int64(len(b)); total > MaxTotal {
				return nil, ErrTooLarge
			}
			p.src = string(b)
			p.start = text.Len()
			if err := f.read(&p, len(f.parts), k, &text); err != nil {
				return nil, fmt.Errorf("%w: %s", ErrNotDocx, n)
			}
			p.end = text.Len()
		}
		f.parts = append(f.parts, p)
	}
	f.text = text.String()
	return f, nil
}

func name(zf *zip.File) string {
	return strings.TrimPrefix(strings.ReplaceAll(zf.Name, "\\", "/"), "/")
}

func readPart(zf *zip.File) ([]byte, error) {
	rc, err := zf.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrNotDocx, err)
	}
	defer rc.Close()
	b, err := io.ReadAll(io.LimitReader(rc, MaxPart+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrNotDocx, err)
	}
	if len(b) > MaxPart {
		return nil, ErrTooLarge
	}
	return b, nil
}

type partKind int

const (
	foreign partKind = iota
	story            // body, headers, footers, notes, comments
	plain            // styles, settings, numbering: text only in attributes
	properties
	relations
	custom // customXml: handled only when it carries no text
	image
	thumbnail
)

func kindOf(n string) partKind {
	base := path.Base(n)
	switch {
	case strings.HasSuffix(n, ".rels"):
		return relations
	case n == "[Content_Types].xml":
		return plain
	case strings.HasPrefix(n, "docProps/thumbnail."):
		return thumbnail
	case n == "docProps/core.xml", n == "docProps/app.xml", n == "docProps/custom.xml":
		return properties
	case strings.HasPrefix(n, "customXml/") && strings.HasSuffix(n, ".xml"):
		return custom
	case strings.HasPrefix(n, "word/media/"):
		return image
	case strings.HasPrefix(n, "word/theme/") && strings.HasSuffix(n, ".xml"):
		return plain
	case path.Dir(n) != "word" || !strings.HasSuffix(n, ".xml"):
		return foreign
	}
	switch stem := strings.TrimRight(strings.TrimSuffix(base, ".xml"), "0123456789"); stem {
	case "document", "header", "footer", "footnotes", "endnotes", "comments":
		return story
	case "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "numbering", "commentsExtended", "commentsIds", "commentsExtensible", "people":
		return plain
	}
	return foreign
}

// textAttrs are attributes in which text stands where no reader looks, by element.
var textAttrs = map[string]string{
	"docPr": "descr title name", "cNvPr": "descr title name", "textpath": "string", "shape": "alt title", "docVar": "val name",
	"hyperlink": "tooltip anchor", "alias": "val", "tag": "val", "default": "val", "result": "val", "listItem": "displayText value", "listEntry": "val",
	"lvlText": "val", "bookmarkStart": "name", "fldSimple": "instr", "Relationship": "Target", "helpText": "val", "statusText": "val", "imagedata": "title",
	"property": "name", "style": "", "mailMerge": "", "query": "val", "dataSource": "", "calcOnExit": "",
}

// authorAttrs are always emptied.
var authorAttrs = map[string]bool{"author": true, "initials": true, "userId": true}

// refused are elements that carry text which a change of characters does not reach.
var refused = map[string]string{
	"ins": "tracked changes", "del": "tracked changes", "moveFrom": "tracked changes", "moveTo": "tracked changes", "delText": "tracked changes", "delInstrText": "tracked changes",
	"rPrChange": "tracked changes", "pPrChange": "tracked changes", "tblPrChange": "tracked changes", "trPrChange": "tracked changes", "tcPrChange": "tracked changes", "sectPrChange": "tracked changes", "numberingChange": "tracked changes", "cellIns": "tracked changes", "cellDel": "tracked changes", "cellMerge": "tracked changes", "tblGridChange": "tracked changes", "tblPrExChange": "tracked changes",
	"OLEObject": "an embedded object", "object": "an embedded object", "control": "a control", "altChunk": "an embedded document", "subDoc": "a linked document", "attachedSchema": "a foreign schema", "binData": "embedded data",
	"chart": "a chart", "relIds": "a diagram",
}

// layoutText are elements whose text is a measure of the layout.
var layoutText = map[string]bool{"posOffset": true, "align": true, "pctWidth": true, "pctHeight": true, "pctPosHOffset": true, "pctPosVOffset": true}

// read takes the text of a part apart.
func (f *File) read(p *part, index int, k partKind, text *strings.Builder) error {
	type side struct{ from, to int }
	var aside []side
	depth, field := 0, 0 // inside an element that holds text; a field instruction
	props, wipe := false, false
	line := false // a paragraph ended, its line break is owed
	parent := ""  // the element that text stands in
	reasons := map[string]bool{}
	add := func(from, to int, cdata bool) error {
		if from == to {
			return nil
		}
		v, err := p.src[from:to], error(nil)
		if !cdata {
			if v, err = unescape(v); err != nil {
				return err
			}
		}
		if line {
			text.WriteByte('\n')
			line = false
		}
		start := text.Len()
		text.WriteString(v)
		f.segments = append(f.segments, segment{index, from, to, start, text.Len()})
		return nil
	}
	flush := func() {
		if line {
			text.WriteByte('\n')
			line = false
		}
	}
	err := walk(p.src, func(from, to int, cdata bool) error {
		switch {
		case depth > 0 && k == story:
			if cdata {
				return errXML // Word writes none; a cut inside would need its own escaping
			}
			return add(from, to, false)
		case field > 0 && k == story:
			aside = append(aside, side{from, to})
		case props && k == properties && strings.TrimSpace(p.src[from:to]) != "":
			if wipe {
				p.wipe = append(p.wipe, [2]int{from, to})
			} else {
				aside = append(aside, side{from, to})
			}
		case k != properties && !layoutText[parent] && strings.TrimSpace(p.src[from:to]) != "":
			reasons["text that is not handled in "+p.name] = true
		}
		return nil
	}, func(t *tag) error {
		parent = ""
		if t.open && !t.empty {
			parent = t.name
		}
		if why := refused[t.name]; why != "" && k == story && t.open {
			reasons[why+" in "+p.name] = true
		}
		for _, a := range t.attrs {
			v := p.src[a.from:a.to]
			switch {
			case authorAttrs[a.name] && v != "" && (k == story || k == plain):
				p.wipe = append(p.wipe, [2]int{a.from, a.to})
			case v != "" && k != custom && listed(textAttrs[t.name], a.name):
				if t.name == "Relationship" && !external(p.src, t) {
					continue
				}
				aside = append(aside, side{a.from, a.to})
			}
		}
		if k == relations && t.name == "Relationship" {
			for _, a := range t.attrs {
				if a.name == "Type" && strings.HasSuffix(p.src[a.from:a.to], "/thumbnail") {
					p.drop = append(p.drop, [2]int{t.start, t.end})
				}
				if a.name == "Type" && (strings.HasSuffix(p.src[a.from:a.to], "/attachedTemplate") || strings.HasSuffix(p.src[a.from:a.to], "/mailMergeSource")) {
					reasons["a link to a template or data source in "+p.name] = true
				}
			}
		}
		if k == properties {
			props = t.open && !t.empty
			wipe = t.name == "creator" || t.name == "lastModifiedBy" || t.name == "Manager"
			return nil
		}
		if k != story {
			return nil
		}
		switch t.name {
		case "t":
			depth += step(t)
		case "instrText":
			field += step(t)
		case "tab", "ptab":
			// Not the tab stop in paragraph properties, which has a val.
			if t.open && !hasAttr(t, "val") {
				flush()
				text.WriteByte('\t')
			}
		case "br", "cr":
			if t.open {
				flush()
				text.WriteByte('\n')
			}
		case "noBreakHyphen":
			if t.open {
				flush()
				text.WriteByte('-')
			}
		case "p":
			if t.closing || t.empty {
				flush()
				line = true
			}
		case "tc":
			if t.closing {
				line = false // the border of the cell stands for it
				text.WriteByte('\t')
			}
		case "tr":
			if t.closing {
				line = false
				text.WriteByte('\n')
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if depth != 0 || field != 0 {
		return errXML
	}
	for _, a := range aside {
		line = false
		if text.Len() > p.start {
			text.WriteString("\n|\n") // so that nothing joins over it
		}
		if err := add(a.from, a.to, false); err != nil {
			return err
		}
	}
	if text.Len() > p.start {
		text.WriteString("\n|\n")
	}
	f.reasons = append(f.reasons, sortedKeys(reasons)...)
	return nil
}

func step(t *tag) int {
	switch {
	case t.empty:
		return 0
	case t.open:
		return 1
	}
	return -1
}

func hasAttr(t *tag, name string) bool {
	for _, a := range t.attrs {
		if a.name == name {
			return true
		}
	}
	return false
}

func external(src string, t *tag) bool {
	for _, a := range t.attrs {
		if a.name == "TargetMode" && src[a.from:a.to] == "External" {
			return true
		}
	}
	return false
}

func listed(list, name string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == name {
			return true
		}
	}
	return false
}

func sortedKeys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && out[j] < out[j-1]; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// Text is the whole text: the body, then the other parts, each with what stands
// in its attributes and fields. Offsets of Decisions are into it.
func (f *File) Text() string { return f.text }

// Images are the parts that were not scanned because they are images.
func (f *File) Images() []string { return append([]string(nil), f.images...) }

// Reasons lists what in the file carries text and is not handled; Redact refuses
// while there are any.
func (f *File) Reasons() []string { return append([]string(nil), f.reasons...) }

// Parts are the file's parts as a Scanner's Report takes them: the text, and each
// image and foreign part as not scanned.
func (f *File) Parts() []secrecy.Part {
	out := []secrecy.Part{{ID: "text", Text: f.text}}
	for _, p := range f.parts {
		why := ""
		switch kindOf(p.name) {
		case image:
			why = "image"
		case foreign:
			why = "foreign part"
		default:
			continue
		}
		q := secrecy.Part{ID: p.name, Unreadable: why}
		if p.zf != nil {
			if b, err := readPart(p.zf); err == nil {
				q.Digest = sha256.Sum256(b)
			}
		}
		out = append(out, q)
	}
	if len(f.reasons) > 0 {
		out = append(out, secrecy.Part{ID: "refused", Text: strings.Join(f.reasons, "\n"), Unreadable: "carries text that is not handled"})
	}
	return out
}
