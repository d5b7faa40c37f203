package xlsx

import (
	"bytes"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/xuri/excelize/v2"
)

// sheet is what the XML of a sheet says beside its rows. The streaming reader of
// the library does not give it, and loading the whole sheet to ask would cost
// more than reading it.
type sheet struct {
	name     string
	ranges   []cellRange // merged, by first row
	active   []cellRange
	next     int
	vertical map[int]bool // columns with a merge over several rows
	last     int          // the last of them
	hidden   []string     // hidden columns
	formulas []string     // addresses
	more     int          // formulas beyond the first
}

type cellRange struct{ c1, r1, c2, r2 int }

const (
	maxMerges   = 200_000
	maxFormulas = 200
)

func newSheet(f *excelize.File, name string) *sheet {
	s := &sheet{name: name, vertical: map[int]bool{}}
	xml := sheetXML(f, name)
	s.scanMerges(xml)
	s.scanColumns(xml)
	s.scanFormulas(xml)
	return s
}

// sheetXML finds the part of a sheet by the workbook's list and relations.
func sheetXML(f *excelize.File, name string) []byte {
	part := func(path string) []byte {
		v, ok := f.Pkg.Load(path)
		if !ok {
			return nil
		}
		b, _ := v.([]byte)
		return b
	}
	rid := ""
	for _, e := range elements(part("xl/workbook.xml"), "sheet") {
		if attr(e, "name") == name {
			rid = attr(e, "id")
		}
	}
	for _, e := range elements(part("xl/_rels/workbook.xml.rels"), "Relationship") {
		if attr(e, "Id") == rid && rid != "" {
			t := strings.TrimPrefix(attr(e, "Target"), "/")
			if b := part(t); b != nil {
				return b
			}
			return part("xl/" + t)
		}
	}
	return nil
}

// elements returns the start tags with a local name.
func elements(xml []byte, local string) []string {
	var l []string
	for {
		i := bytes.IndexByte(xml, '<')
		if i < 0 {
			return l
		}
		xml = xml[i+1:]
		end := bytes.IndexByte(xml, '>')
		if end < 0 {
			return l
		}
		tag := xml[:end]
		xml = xml[end+1:]
		n := bytes.IndexAny(tag, " \t\r\n/")
		if n < 0 {
			n = len(tag)
		}
		q := tag[:n]
		if k := bytes.IndexByte(q, ':'); k >= 0 {
			q = q[k+1:]
		}
		if string(q) == local {
			l = append(l, string(tag))
		}
	}
}

// attr is an attribute of a start tag by its local name, with the five entities.
func attr(tag, local string) string {
	for rest := tag; ; {
		i := strings.Index(rest, local+"=")
		if i < 0 {
			return ""
		}
		if i > 0 && !strings.ContainsRune(" \t\r\n:", rune(rest[i-1])) {
			rest = rest[i+1:]
			continue
		}
		v := rest[i+len(local)+1:]
		if len(v) < 2 || v[0] != '"' && v[0] != '\'' {
			return ""
		}
		end := strings.IndexByte(v[1:], v[0])
		if end < 0 {
			return ""
		}
		return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&apos;", "'", "&amp;", "&").Replace(v[1 : 1+end])
	}
}

func (s *sheet) scanMerges(xml []byte) {
	// merges follow the rows: look behind them only
	if i := bytes.LastIndex(xml, []byte("sheetData>")); i >= 0 {
		xml = xml[i:]
	}
	for _, e := range elements(xml, "mergeCell") {
		if len(s.ranges) >= maxMerges {
			break
		}
		a, b, ok := strings.Cut(attr(e, "ref"), ":")
		if !ok {
			continue
		}
		c1, r1, err1 := excelize.CellNameToCoordinates(a)
		c2, r2, err2 := excelize.CellNameToCoordinates(b)
		if err1 != nil || err2 != nil {
			continue
		}
		m := cellRange{min(c1, c2), min(r1, r2), max(c1, c2), max(r1, r2)}
		s.ranges = append(s.ranges, m)
		if m.r2 > m.r1 && m.c2-m.c1 < 512 {
			for c := m.c1; c <= m.c2; c++ {
				s.vertical[c] = true
				s.last = max(s.last, c)
			}
		}
	}
	slices.SortFunc(s.ranges, func(a, b cellRange) int { return a.r1 - b.r1 })
}

func (s *sheet) scanColumns(xml []byte) {
	i, j := bytes.Index(xml, []byte("<cols")), bytes.Index(xml, []byte("<sheetData"))
	if i < 0 || j < i {
		return
	}
	for _, e := range elements(xml[i:j], "col") {
		if h := attr(e, "hidden"); h == "1" || h == "true" {
			s.hidden = append(s.hidden, attr(e, "min")+"-"+attr(e, "max"))
		}
	}
}

// scanFormulas finds <f> inside cells and the addresses of the first of them.
func (s *sheet) scanFormulas(xml []byte) {
	for at := 0; ; {
		i := bytes.Index(xml[at:], []byte("<f"))
		if i < 0 {
			return
		}
		i += at
		at = i + 2
		if at >= len(xml) || xml[at] != '>' && xml[at] != ' ' && xml[at] != '/' {
			continue
		}
		if len(s.formulas) >= maxFormulas {
			s.more++
			continue
		}
		from := max(0, i-400)
		k := bytes.LastIndex(xml[from:i], []byte("<c "))
		if k < 0 {
			continue
		}
		tag := xml[from+k+1 : i]
		if end := bytes.IndexByte(tag, '>'); end >= 0 {
			tag = tag[:end]
		}
		s.formulas = append(s.formulas, attr(string(tag), "r"))
	}
}

func (s *sheet) problems() catalog.Problems {
	var ps catalog.Problems
	for _, h := range s.hidden {
		ps = append(ps, catalog.Problem{Code: codeHidden, Severity: catalog.Warning, Sheet: s.name, Says: "第" + h + "列"})
	}
	for _, a := range s.formulas {
		c, r, err := excelize.CellNameToCoordinates(a)
		if err != nil {
			continue
		}
		ps = append(ps, catalog.Problem{Code: codeFormula, Severity: catalog.Warning, Sheet: s.name, Row: r, Column: c})
	}
	if s.more > 0 {
		ps = append(ps, catalog.Problem{Code: codeFormula, Severity: catalog.Warning, Sheet: s.name, Want: "其余公式不再逐一列出"})
	}
	return ps
}

// merges tells of the cells of a row, rows asked for in ascending order. It is
// empty when no merge touches the row.
func (s *sheet) merges(row int, out []catalog.Merge) []catalog.Merge {
	s.active = slices.DeleteFunc(s.active, func(m cellRange) bool { return m.r2 < row })
	for s.next < len(s.ranges) && s.ranges[s.next].r1 <= row {
		if m := s.ranges[s.next]; m.r2 >= row {
			s.active = append(s.active, m)
		}
		s.next++
	}
	for _, m := range s.active {
		for c := m.c1; c <= min(m.c2, 512); c++ {
			if row == m.r1 && c == m.c1 {
				continue
			}
			for len(out) < c {
				out = append(out, s.otherwise(len(out)+1))
			}
			if row > m.r1 && c == m.c1 {
				out[c-1] = catalog.MergedAbove
			} else {
				out[c-1] = catalog.MergeNone // swallowed by the cell to its left
			}
		}
	}
	return out
}

// otherwise is what an empty cell outside of merges means.
func (s *sheet) otherwise(column int) catalog.Merge {
	if s.vertical[column] {
		return catalog.MergeNone
	}
	return catalog.MergeUnknown
}
