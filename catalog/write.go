package catalog

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteOptions are the choices of WriteCSV; nil is the defaults.
type WriteOptions struct {
	Comma rune // ',' (default) or '\t'
	Plain bool // no byte order mark; by default one is written, for spreadsheets
	Bare  bool // the table alone, without the lines above and below
}

// WriteCSV writes the catalog as a table in UTF-8 that ReadCSV reads back as it
// is. Every cell is written in full, also those that were filled from above.
// Text that a spreadsheet would run as a formula gets an apostrophe before it,
// which ReadCSV takes off again.
func (c *Catalog) WriteCSV(w io.Writer, o *WriteOptions) error {
	var opt WriteOptions
	if o != nil {
		opt = *o
	}
	comma := byte(',')
	if opt.Comma == '\t' {
		comma = '\t'
	}
	b := bufio.NewWriterSize(w, 64<<10)
	if !opt.Plain {
		b.WriteString("\uFEFF")
	}
	for row := range c.Table(!opt.Bare) {
		writeRecord(b, row, comma)
	}
	return b.Flush()
}

// Table yields the rows that WriteCSV writes, the heading among them; frame adds
// the lines above and below. The slice is used again for the next row.
func (c *Catalog) Table(frame bool) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		p := c.plan()
		if frame {
			for _, row := range c.headLines() {
				if !yield(row) {
					return
				}
			}
		}
		head := make([]string, len(p.cols))
		for i, col := range p.cols {
			head[i] = col.title
		}
		if !yield(head) {
			return
		}
		row := make([]string, len(p.cols))
		for i := range c.Entries {
			e := &c.Entries[i]
			nodes := e.Nodes
			if len(nodes) == 0 {
				nodes = []Node{{}}
			}
			for k := range nodes {
				p.row(row, e, &nodes[k], k)
				if !yield(row) {
					return
				}
				p.before, p.beforeNode = e, &nodes[k]
			}
		}
		if frame {
			for _, n := range c.Notes {
				if !yield([]string{"附注：", n}) {
					return
				}
			}
		}
	}
}

func (c *Catalog) headLines() [][]string {
	var rows [][]string
	if c.Title != "" {
		t := c.Title
		if !isTitle(t) || yearIn(t) > 0 && yearIn(t) != c.Year || strings.ContainsAny(t, ":：") {
			t = "标题：" + t
		}
		rows = append(rows, []string{t})
	}
	var line []string
	add := func(key, val string) {
		if val != "" {
			line = append(line, key+"："+val)
		}
	}
	add("编制单位", c.Agency)
	if c.Year > 0 {
		add("年度", itoa(c.Year)+"年")
	}
	if c.Version > 0 {
		add("版本", itoa(c.Version))
	}
	add("施行日期", c.From.String())
	add("有效期至", c.Until.String())
	add("分类体系", c.Taxonomy)
	if line != nil {
		rows = append(rows, line)
	}
	return rows
}

// keepMark before a heading keeps its column as it is: the heading would be
// understood, but its cells were not.
const keepMark = "※"

var levelNumerals = [...]string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}

const none = "/" // an empty cell that is not to be filled from above

// joinFields are filled from above in a row that goes on with the matter above.
const joinFields = nodeFields | Fields(1<<FieldIndex|1<<FieldContent|1<<FieldBasis|1<<FieldPerson|1<<FieldCooperating|1<<FieldYear|1<<FieldAspects|1<<FieldImportance|1<<FieldAudience|1<<FieldMode|1<<FieldLevel)

// nodeFields belong to a node and are written for each.
const nodeFields = Fields(1<<FieldNode | 1<<FieldPhase | 1<<FieldLimit | 1<<FieldUpdate | 1<<FieldNotice | 1<<FieldLead | 1<<FieldCarrier | 1<<FieldForm | 1<<FieldScope)

const lateWord = "边公开边补录"

// writeRecord writes one record with the quoting that every reader understands.
func writeRecord(b *bufio.Writer, cells []string, comma byte) {
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(comma)
		}
		c = Harmless(c)
		if !strings.ContainsAny(c, "\",;\t\r\n") && strings.TrimSpace(c) == c {
			b.WriteString(c)
			continue
		}
		b.WriteByte('"')
		for {
			k := strings.IndexByte(c, '"')
			if k < 0 {
				break
			}
			b.WriteString(c[:k+1])
			b.WriteByte('"')
			c = c[k+1:]
		}
		b.WriteString(c)
		b.WriteByte('"')
	}
	b.WriteString("\r\n")
}

// Harmless puts an apostrophe before text that a spreadsheet would run as a
// formula (= + - @, in full width too, and control characters), and before one
// that already begins so; any other text is returned as it is.
func Harmless(s string) string {
	if runs(strings.TrimLeft(s, "'")) && (s[0] == '\'' || runs(s)) {
		return "'" + s
	}
	return s
}

// runs reports text that a spreadsheet takes for a formula.
func runs(s string) bool {
	if s == "" {
		return false
	}
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠':
		return len(s) > n || r != '-'
	}
	return false
}

// unharm takes the apostrophe of Harmless off.
func unharm(s string) string {
	if len(s) > 1 && s[0] == '\'' && runs(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}
