package xlsx

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/xuri/excelize/v2"
)

const mainSheet = "公开目录"

// Write writes the catalog as a workbook with one sheet, which Read reads back as
// it is. Every cell is text: nothing is a formula.
func Write(w io.Writer, c *catalog.Catalog) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", mainSheet); err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Border: borders(), Fill: fill(), Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	if err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	body, err := f.NewStyle(&excelize.Style{Border: borders(), Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}, NumFmt: 49})
	if err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	s, err := f.NewStreamWriter(mainSheet)
	if err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	lines := framed(c)
	var heading []string
	for row := range c.Table(false) {
		heading = slices.Clone(row)
		break
	}
	for i, h := range heading {
		if err := s.SetColWidth(i+1, i+1, width(h)); err != nil {
			return fmt.Errorf("xlsx: write: %w", err)
		}
	}
	n := 0
	cells := make([]any, 0, 32)
	for row := range c.Table(true) {
		n++
		style := body
		if n == lines+1 {
			style = head
		}
		cells = cells[:0]
		for _, v := range row {
			switch {
			case n <= lines:
				cells = append(cells, v)
			case v == "" && style == body:
				cells = append(cells, excelize.Cell{StyleID: style})
			default:
				cells = append(cells, excelize.Cell{StyleID: style, Value: v})
			}
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return fmt.Errorf("xlsx: write: %w", err)
		}
		if err := s.SetRow(at, cells); err != nil {
			return fmt.Errorf("xlsx: write: row %d: %w", n, err)
		}
	}
	if err := s.Flush(); err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	return nil
}

// framed is the number of lines above the heading.
func framed(c *catalog.Catalog) int {
	var first []string
	for row := range c.Table(false) {
		first = slices.Clone(row)
		break
	}
	n := 0
	for row := range c.Table(true) {
		if slices.Equal(row, first) {
			return n
		}
		n++
	}
	return n
}

func width(heading string) float64 {
	switch {
	case strings.Contains(heading, "内容"):
		return 40
	case strings.Contains(heading, "依据"), strings.Contains(heading, "载体"), strings.Contains(heading, "时限"):
		return 28
	case strings.Contains(heading, "事项"):
		return 22
	}
	return float64(max(8, 2*utf8.RuneCountInString(heading)+2))
}

func borders() []excelize.Border {
	var b []excelize.Border
	for _, t := range []string{"left", "right", "top", "bottom"} {
		b = append(b, excelize.Border{Type: t, Color: "888888", Style: 1})
	}
	return b
}

func fill() excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}}
}

const formRows = 2000 // rows with drop-down lists

// WriteTemplate writes an empty form: title, headings of one or two rows, and
// drop-down lists where the column has choices. A list proposes and does not
// forbid: a cell may say what no list foresees.
func WriteTemplate(w io.Writer, t catalog.Template) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := fillTemplate(f, t); err != nil {
		return fmt.Errorf("xlsx: template %s: %w", t.ID, err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("xlsx: template %s: %w", t.ID, err)
	}
	return nil
}

func fillTemplate(f *excelize.File, t catalog.Template) error {
	if err := f.SetSheetName("Sheet1", mainSheet); err != nil {
		return err
	}
	title, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: &excelize.Alignment{Horizontal: "center"}})
	if err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Border: borders(), Fill: fill(), Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	if err != nil {
		return err
	}
	cell := func(c, r int) string {
		n, _ := excelize.CoordinatesToCellName(c, r) // small positive numbers
		return n
	}
	grouped := slices.ContainsFunc(t.Columns, func(c catalog.TemplateColumn) bool { return c.Group != "" })
	last := len(t.Columns)
	low := 2
	if grouped {
		low = 3
	}
	var errs []error
	do := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	do(f.SetCellStr(mainSheet, "A1", t.Title))
	do(f.MergeCell(mainSheet, "A1", cell(last, 1)))
	do(f.SetCellStyle(mainSheet, "A1", cell(last, 1), title))
	for i := 0; i < last; i++ {
		c := t.Columns[i]
		col, _ := excelize.ColumnNumberToName(i + 1)
		do(f.SetColWidth(mainSheet, col, col, float64(c.Width)))
		if grouped && c.Group == "" {
			do(f.SetCellStr(mainSheet, cell(i+1, 2), c.Heading))
			do(f.MergeCell(mainSheet, cell(i+1, 2), cell(i+1, 3)))
		} else {
			do(f.SetCellStr(mainSheet, cell(i+1, low), c.Heading))
		}
		if c.Group != "" && (i == 0 || t.Columns[i-1].Group != c.Group) {
			j := i
			for j+1 < last && t.Columns[j+1].Group == c.Group {
				j++
			}
			do(f.SetCellStr(mainSheet, cell(i+1, 2), c.Group))
			if j > i {
				do(f.MergeCell(mainSheet, cell(i+1, 2), cell(j+1, 2)))
			}
		}
		if len(c.Choices) > 0 || c.Hint != "" {
			v := excelize.NewDataValidation(true)
			v.SetSqref(cell(i+1, low+1) + ":" + cell(i+1, low+formRows))
			if len(c.Choices) > 0 {
				do(dropList(f, v, i+1, c.Choices))
				v.ShowErrorMessage = false
			}
			if c.Hint != "" {
				v.SetInput(c.Heading, c.Hint)
			}
			do(f.AddDataValidation(mainSheet, v))
		}
	}
	do(f.SetCellStyle(mainSheet, "A2", cell(last, low), head))
	do(f.SetPanes(mainSheet, &excelize.Panes{Freeze: true, YSplit: low, TopLeftCell: cell(1, low+1), ActivePane: "bottomLeft"}))
	if len(errs) > 0 {
		return errs[0]
	}
	return nil
}

const listSheet = "选项"

// dropList keeps the choices on a sheet of their own: a list inside the cell may
// hold 255 characters and no comma.
func dropList(f *excelize.File, v *excelize.DataValidation, column int, choices []string) error {
	if i, err := f.GetSheetIndex(listSheet); err != nil || i < 0 {
		if _, err := f.NewSheet(listSheet); err != nil {
			return err
		}
		if err := f.SetSheetVisible(listSheet, false); err != nil {
			return err
		}
	}
	col, err := excelize.ColumnNumberToName(column)
	if err != nil {
		return err
	}
	for i, c := range choices {
		if err := f.SetCellStr(listSheet, fmt.Sprintf("%s%d", col, i+1), c); err != nil {
			return err
		}
	}
	v.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, col, col, len(choices)))
	return nil
}
