package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"

	"github.com/opengongkai/gongkai/deadline"
)

// ReadOptions are the choices of a reader; nil and the zero value are the
// defaults named at each field.
type ReadOptions struct {
	Agency      string // the agency; "" = as the lines above the table say
	Year        int    // the year; 0 = as the lines above the table say
	Taxonomy    string // the taxonomy that entries are sorted into; "" = none
	Encoding    string // utf-8, gb18030, utf-16le, utf-16be; "" = found by itself
	Comma       rune   // ',', '\t' or ';'; 0 = found by itself
	Literal     bool   // leave empty cells empty; false = fill them from above
	MaxCell     int    // bytes in a cell; 0 = 256 KiB
	MaxColumns  int    // 0 = 512
	MaxRows     int    // 0 = 1,000,000
	MaxProblems int    // problems kept, the rest is counted; 0 = 10,000
}

func (o *ReadOptions) withDefaults() ReadOptions {
	var v ReadOptions
	if o != nil {
		v = *o
	}
	if v.MaxCell <= 0 {
		v.MaxCell = 256 << 10
	}
	if v.MaxColumns <= 0 {
		v.MaxColumns = 512
	}
	if v.MaxRows <= 0 {
		v.MaxRows = 1_000_000
	}
	if v.MaxProblems <= 0 {
		v.MaxProblems = 10_000
	}
	return v
}

// Row is one row of a table from another source than text, see ReadTable.
type Row struct {
	Number int      // from 1
	Cells  []string // may be reused after the next row
	Merged []Merge  // per cell, what is known of merges; nil = nothing
	Hidden bool
}

// Merge is what a source knows of an empty cell.
type Merge uint8

// What is known of an empty cell. MergeUnknown is treated as a text table is:
// empty cells of a column that offices merge are filled from above.
const (
	MergeUnknown Merge = iota
	MergedAbove        // belongs to the cell above
	MergeNone          // stands alone: empty is empty
)

// ReadCSV reads a catalog from text with commas or tabs in UTF-8, UTF-16 or
// GB18030, with or without a byte order mark. The catalog is never nil and is
// usable even when the error lists problems (errors.Is ErrProblems); with
// ErrRefused it holds what was read until then. Problems of severity Info alone
// make no error; all stand in Catalog.Problems.
func ReadCSV(r io.Reader, o *ReadOptions) (*Catalog, error) {
	opt := o.withDefaults()
	rd := newReader(opt, "")
	in, err := newTextReader(r, opt.Encoding)
	if err != nil {
		rd.fail(err, 0)
		return rd.finish()
	}
	s := &scanner{in: in, limits: bounds{opt.MaxCell, opt.MaxColumns, opt.MaxRows}, report: rd.report}
	switch opt.Comma {
	case 0:
		if _, err := s.fill(); err != nil {
			rd.fail(err, 0)
			return rd.finish()
		}
		s.comma = separator(s.buf[:min(s.end, 32<<10)])
	case ',', '\t', ';':
		s.comma = byte(opt.Comma)
	default:
		rd.fail(fmt.Errorf("%w: separator %q", ErrRefused, opt.Comma), 0)
		return rd.finish()
	}
	if bytes.IndexByte(s.buf[:min(s.end, 4096)], 0) >= 0 {
		rd.fail(refused(codeNotTable, "含有零字节，不是文本"), 0)
		return rd.finish()
	}
	if size := sizeOf(r); size > 0 {
		rd.estimate = func(rows int) int {
			rest := size - s.read
			return max(0, min(rest/max(s.read/rows, 8)*21/20, opt.MaxRows))
		}
	}
	rd.table(s.rows())
	return rd.finish()
}

// sizeOf is the number of bytes that the reader will give, 0 = not known. It is
// a hint and never trusted.
func sizeOf(r io.Reader) int {
	switch x := r.(type) {
	case interface{ Size() int64 }:
		return int(min(x.Size(), 1<<30))
	case interface{ Stat() (fs.FileInfo, error) }:
		if i, err := x.Stat(); err == nil && i.Mode().IsRegular() {
			return int(min(i.Size(), 1<<30))
		}
	}
	return 0
}

// ReadTable reads a catalog from rows of any source, such as a sheet of a
// workbook. sheet names it in problems and entries and may be "".
func ReadTable(rows iter.Seq2[Row, error], sheet string, o *ReadOptions) (*Catalog, error) {
	rd := newReader(o.withDefaults(), sheet)
	rd.table(rows)
	return rd.finish()
}

// reader turns rows into entries.
type reader struct {
	opt       ReadOptions
	sheet     string
	cat       *Catalog
	problems  Problems
	more      int
	cols      []column
	levels    []int // columns of the path and, last, of the name
	headRows  [][]string
	has       Fields // fields that have a column
	section   string
	heading   string // a section line in a table with levels, until the first level below it is known
	pathless  bool
	prev      *Entry // the entry above, nil = none
	chunks    [][]Entry
	estimate  func(rows int) int // rows that are still to come, by what rows so far took
	carriers  map[string]int
	cells     map[string]carrierCell
	units     map[string][]string
	slab      []Node
	fillCount [fieldCount]int
	fillRow   [fieldCount]int
	limits    limitCache
}

type carrierCell struct {
	names  []string
	listed int
}

func newReader(o ReadOptions, sheet string) *reader {
	return &reader{
		opt: o, sheet: sheet,
		cat:      &Catalog{Agency: o.Agency, Year: o.Year, Taxonomy: o.Taxonomy},
		carriers: map[string]int{}, cells: map[string]carrierCell{}, units: map[string][]string{},
	}
}

func (r *reader) report(p Problem) {
	if len(r.problems) >= r.opt.MaxProblems {
		r.more++
		return
	}
	if p.Sheet == "" {
		p.Sheet = r.sheet
	}
	if p.Severity == Info {
		p.Severity = codeRow(p.Code).severity
	}
	p.Says = clip(p.Says)
	r.problems = append(r.problems, p)
}

// fail records why the table was not read to its end.
func (r *reader) fail(err error, row int) {
	var ps Problems
	if errors.As(err, &ps) {
		for _, p := range ps {
			r.report(p)
		}
		return
	}
	id := codeRead
	if errors.Is(err, ErrRefused) {
		id = codeBound
	}
	r.report(Problem{Code: id, Row: row, Want: err.Error(), Err: err})
}

func (r *reader) finish() (*Catalog, error) {
	for _, f := range []Field{FieldPath, FieldName, FieldContent, FieldBasis, FieldLimit, FieldLead, FieldCarrier, FieldForm, FieldScope, FieldAudience, FieldMode, FieldLevel, FieldAspects} {
		if n := r.fillCount[f]; n > 0 {
			r.report(Problem{Code: codeFilled, Row: r.fillRow[f], Heading: f.Title(), Want: "共 " + itoa(n) + " 行"})
		}
	}
	if r.more > 0 {
		r.problems = append(r.problems, Problem{Code: codeMore, Severity: Warning, Sheet: r.sheet, Want: "另有 " + itoa(r.more) + " 个"})
	}
	r.cat.Problems = r.problems
	return r.cat, r.problems.Err()
}

// next is room for one more entry. Entries are kept in chunks until the table
// ends, so that growing does not copy what was read; where the size of the input
// is known, the first two thousand rows tell how much room the rest needs.
func (r *reader) next() *Entry {
	n := len(r.chunks)
	if n == 0 || len(r.chunks[n-1]) == cap(r.chunks[n-1]) {
		size := 64
		if n > 0 {
			size = min(2*cap(r.chunks[n-1]), 4096)
		}
		if n == 6 && r.estimate != nil {
			have := 64 * 63
			all := make([]Entry, 0, have+r.estimate(have))
			for _, c := range r.chunks {
				all = append(all, c...)
			}
			clear(r.chunks)
			r.chunks = append(r.chunks[:0], all)
			if r.prev != nil {
				r.prev = &all[len(all)-1]
			}
			if len(all) < cap(all) {
				return r.next()
			}
			n = 1
		}
		r.chunks = append(r.chunks, make([]Entry, 0, size))
		n++
	}
	c := &r.chunks[n-1]
	*c = (*c)[:len(*c)+1]
	return &(*c)[len(*c)-1]
}

// drop gives the room of the last entry back.
func (r *reader) drop() {
	c := &r.chunks[len(r.chunks)-1]
	(*c)[len(*c)-1] = Entry{}
	*c = (*c)[:len(*c)-1]
}

// gather makes one slice of the chunks, freeing them as it goes.
func (r *reader) gather() {
	n := 0
	for _, c := range r.chunks {
		n += len(c)
	}
	r.prev = nil
	if len(r.chunks) == 1 {
		r.cat.Entries = r.chunks[0]
		r.chunks = nil
		return
	}
	all := make([]Entry, 0, n)
	for i, c := range r.chunks {
		all = append(all, c...)
		r.chunks[i] = nil
	}
	r.cat.Entries, r.chunks = all, nil
}

const headWindow = 40

func (r *reader) table(rows iter.Seq2[Row, error]) {
	var head []Row
	started := false
	defer func() {
		if r.gather(); len(r.cat.Entries) == 0 {
			r.report(Problem{Code: codeNoTable})
		}
	}()
	begin := func() {
		started = true
		n := r.findHeading(head)
		for _, row := range head[n:] {
			r.row(row)
		}
		head = nil
	}
	for row, err := range rows {
		if err != nil {
			if !started {
				begin()
			}
			r.fail(err, row.Number)
			return
		}
		if row.Hidden {
			r.report(Problem{Code: codeHidden, Row: row.Number})
		}
		if started {
			trimAll(row.Cells)
			r.row(row)
			continue
		}
		row.Cells = append([]string(nil), row.Cells...)
		row.Merged = append([]Merge(nil), row.Merged...)
		trimAll(row.Cells)
		head = append(head, row)
		if len(head) == headWindow {
			begin()
		}
	}
	if !started {
		begin()
	}
}

// findHeading finds the heading rows, reads the lines above them, and returns
// the number of rows that are used up.
func (r *reader) findHeading(head []Row) int {
	at := -1
	for _, least := range []int{3, 2} {
		for i, row := range head {
			known, filled := isHeadingRow(row.Cells)
			if known >= least && known*2 >= filled && filled >= 2 {
				at = i
				break
			}
		}
		if at >= 0 {
			break
		}
	}
	if at < 0 {
		at = likeliest(head)
	}
	if at < 0 {
		if len(head) > 0 {
			r.report(Problem{Code: codeNoHeading, Row: head[0].Number, Want: "表头行至少写明「事项名称」「公开时限」「责任部门」等栏目"})
		}
		return 0
	}
	for _, row := range head[:at] {
		r.above(row)
	}
	rows := [][]string{head[at].Cells}
	n := at + 1
	for n < len(head) && len(rows) < 4 {
		if filledCells(head[n].Cells) == 0 && n+1 < len(head) && isSubHeading(rows[len(rows)-1], head[n+1].Cells) {
			n++
			continue
		}
		if !isSubHeading(rows[len(rows)-1], head[n].Cells) && !(len(rows) == 1 && isSpread(rows[0], head[n].Cells)) {
			break
		}
		rows = append(rows, head[n].Cells)
		n++
	}
	if n < len(head) && isNumbering(head[n].Cells) {
		n++
	}
	var sample [][]string
	for _, row := range head[n:] {
		sample = append(sample, row.Cells)
	}
	r.setLayout(spread(rows), sample, head[at].Number)
	return n
}

// likeliest is the row that most resembles a heading where none is plainly one:
// short cells, some of them headings by their key words.
func likeliest(head []Row) int {
	at, best := -1, 2
	for i, row := range head[:min(len(head), 15)] {
		score, filled, certain := 0, 0, 0
		for _, c := range row.Cells {
			if c == "" {
				continue
			}
			filled++
			if l, _ := deadline.ParseLimit(c); len(c) > 60 || digits(c) || !l.IsZero() {
				score = -100 // a cell of data
			}
			switch _, sure, ok := readHeading(c); {
			case ok && sure:
				score += 2
				certain++
			case ok:
				score++
			}
		}
		if filled >= 2 && certain > 0 && score > best {
			at, best = i, score
		}
	}
	return at
}

func filledCells(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

func (r *reader) setLayout(rows, sample [][]string, number int) {
	r.headRows = rows
	r.cols = layout(rows, sample, func(p Problem) { p.Row = number; r.report(p) })
	r.has, r.levels = 0, r.levels[:0]
	var name = -1
	for i, c := range r.cols {
		r.has.add(c.field)
		switch {
		case c.field == FieldName || c.field == FieldPath && c.slots < 0:
			name = i
		case c.field == FieldPath:
			r.levels = append(r.levels, i)
		}
	}
	for a := 1; a < len(r.levels); a++ {
		for b := a; b > 0 && r.cols[r.levels[b-1]].level > r.cols[r.levels[b]].level; b-- {
			r.levels[b-1], r.levels[b] = r.levels[b], r.levels[b-1]
		}
	}
	r.pathless = len(r.levels) == 0
	r.levels = append(r.levels, name) // −1: the table names no matters
	r.section, r.heading = "", ""
}

func (r *reader) row(row Row) {
	filled := filledCells(row.Cells)
	if filled == 0 {
		return
	}
	if r.repeatsHeading(row) {
		r.report(Problem{Code: codeRepeated, Row: row.Number})
		return
	}
	if filled >= 4 && r.otherHeading(row) {
		r.report(Problem{Code: codeRepeated, Row: row.Number, Want: "按新的表头继续读入"})
		r.setLayout([][]string{append([]string(nil), row.Cells...)}, nil, row.Number)
		r.prev = nil
		return
	}
	if filled <= 4 || oneText(row.Cells) {
		if r.aside(row, filled) {
			return
		}
	}
	r.entry(row)
}
