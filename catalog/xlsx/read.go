package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/xuri/excelize/v2"
)

// Options are the choices of Read; nil is the defaults named at each field.
type Options struct {
	catalog.ReadOptions        // Encoding and Comma are not used
	Sheet               string // the only sheet to read; "" = all that hold a table
	MaxFile             int64  // bytes of the workbook; 0 = 64 MiB
	MaxUnpacked         int64  // bytes of all its parts unpacked; 0 = 512 MiB
	MaxSheets           int    // 0 = 200
}

func (o *Options) withDefaults() Options {
	var v Options
	if o != nil {
		v = *o
	}
	if v.MaxFile <= 0 {
		v.MaxFile = 64 << 20
	}
	if v.MaxUnpacked <= 0 {
		v.MaxUnpacked = 512 << 20
	}
	if v.MaxSheets <= 0 {
		v.MaxSheets = 200
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
	return v
}

// The codes of package catalog that a workbook adds to.
const (
	codeNotTable  = "CA-01"
	codeBound     = "CA-03"
	codeNoHeading = "CA-04"
	codeHidden    = "CA-14"
	codeFormula   = "CA-15"
	codeForeign   = "CA-16"
	codeNoTable   = "CA-26"
	codeRead      = "CA-30"
)

func refuse(id, want string, err error) (*catalog.Catalog, error) {
	p := catalog.Problem{Code: id, Severity: catalog.Error, Want: want, Err: catalog.ErrRefused}
	if err != nil {
		p.Err = errors.Join(catalog.ErrRefused, err)
	}
	ps := catalog.Problems{p}
	return &catalog.Catalog{Problems: ps}, ps
}

// Read reads a catalog from a workbook (.xlsx, .xlsm). Errors are those of
// catalog.ReadCSV: the catalog is never nil and is usable even when the error
// lists problems.
func Read(r io.Reader, o *Options) (*catalog.Catalog, error) {
	opt := o.withDefaults()
	data, err := io.ReadAll(io.LimitReader(r, opt.MaxFile+1))
	if err != nil {
		return refuse(codeRead, err.Error(), err)
	}
	if int64(len(data)) > opt.MaxFile {
		return refuse(codeBound, fmt.Sprintf("工作簿超过 %d 字节", opt.MaxFile), nil)
	}
	if want := weigh(data, opt); want != "" {
		id := codeBound
		if !bytes.HasPrefix(data, []byte("PK")) {
			id = codeNotTable
		}
		return refuse(id, want, nil)
	}
	f, err := open(data, opt)
	if err != nil {
		return refuse(codeNotTable, "打不开工作簿："+err.Error(), err)
	}
	defer f.Close()
	return readFile(f, opt)
}

// open guards against panics of the library on broken workbooks.
func open(data []byte, opt Options) (f *excelize.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("broken workbook: %v", p)
		}
	}()
	return excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: opt.MaxUnpacked, UnzipXMLSizeLimit: opt.MaxUnpacked, ShortDatePattern: "yyyy-mm-dd"})
}

// weigh unpacks nothing it need not: it measures every part and stops at the
// bound, whatever the directory of the archive says of the sizes.
func weigh(data []byte, opt Options) string {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return "这是旧版 .xls 或者加密的工作簿，请另存为不加密的 .xlsx"
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "不是 .xlsx 工作簿"
	}
	if len(z.File) > 10_000 {
		return "工作簿的部件超过 10000 个"
	}
	left := opt.MaxUnpacked
	for _, f := range z.File {
		if f.UncompressedSize64 > uint64(left) {
			return fmt.Sprintf("解压后超过 %d 字节", opt.MaxUnpacked)
		}
		if f.UncompressedSize64 > 32<<20 || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64 > 200*max(f.CompressedSize64, 1) {
			// large, or packed suspiciously well: count what really comes out
			rc, err := f.Open()
			if err != nil {
				return "工作簿损坏：" + f.Name
			}
			n, err := io.Copy(io.Discard, io.LimitReader(rc, left+1))
			rc.Close()
			if err != nil {
				return "工作簿损坏：" + f.Name
			}
			if n > left {
				return fmt.Sprintf("解压后超过 %d 字节", opt.MaxUnpacked)
			}
			left -= n
			continue
		}
		left -= int64(f.UncompressedSize64)
		if left < 0 {
			return fmt.Sprintf("解压后超过 %d 字节", opt.MaxUnpacked)
		}
	}
	return ""
}

func readFile(f *excelize.File, opt Options) (*catalog.Catalog, error) {
	var own catalog.Problems
	own = append(own, foreign(f)...)
	names := f.GetSheetList()
	if opt.Sheet != "" {
		if !slices.Contains(names, opt.Sheet) {
			return refuse(codeNoTable, "没有名为「"+opt.Sheet+"」的工作表", nil)
		}
		names = []string{opt.Sheet}
	}
	if len(names) > opt.MaxSheets {
		return refuse(codeBound, fmt.Sprintf("工作表超过 %d 个", opt.MaxSheets), nil)
	}
	var all *catalog.Catalog
	var empty catalog.Problems
	known := map[string]bool{}
	for _, name := range names {
		s := newSheet(f, name)
		c, err := catalog.ReadTable(s.rows(f, opt), sheetName(name, len(names)), &opt.ReadOptions)
		if len(c.Entries) == 0 || lacksHeading(c.Problems) && len(names) > 1 {
			empty = append(empty, catalog.Problem{Code: codeNoTable, Severity: catalog.Info, Sheet: name})
			if all == nil && err != nil && len(names) == 1 {
				own = append(own, c.Problems...)
			}
			if errors.Is(err, catalog.ErrRefused) && len(names) > 1 {
				own = append(own, c.Problems...)
			}
			continue
		}
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			own = append(own, catalog.Problem{Code: codeHidden, Severity: catalog.Warning, Sheet: name, Says: "工作表"})
		}
		own = append(own, s.problems()...)
		if all == nil {
			all = c
			for _, x := range c.Carriers {
				known[x.Name] = true
			}
			continue
		}
		all.Entries = append(all.Entries, c.Entries...)
		all.Problems = append(all.Problems, c.Problems...)
		all.Notes = append(all.Notes, c.Notes...)
		for _, x := range c.Carriers {
			if !known[x.Name] {
				known[x.Name] = true
				all.Carriers = append(all.Carriers, x)
			}
		}
	}
	if all == nil {
		all = &catalog.Catalog{Agency: opt.Agency, Year: opt.Year, Taxonomy: opt.Taxonomy}
		if len(own) == 0 || own.Err() == nil {
			own = append(own, catalog.Problem{Code: codeNoHeading, Severity: catalog.Error, Want: "工作簿里没有目录表"})
		}
	}
	all.Problems = slices.Concat(own, all.Problems, empty)
	return all, all.Problems.Err()
}

func sheetName(name string, sheets int) string {
	if sheets == 1 {
		return ""
	}
	return name
}

func lacksHeading(ps catalog.Problems) bool {
	return slices.ContainsFunc(ps, func(p catalog.Problem) bool { return p.Code == codeNoHeading })
}

// foreign reports links to other files and macros.
func foreign(f *excelize.File) catalog.Problems {
	var links, macros bool
	f.Pkg.Range(func(k, _ any) bool {
		n, _ := k.(string)
		links = links || strings.HasPrefix(n, "xl/externalLinks/")
		macros = macros || strings.HasSuffix(n, "vbaProject.bin")
		return true
	})
	var ps catalog.Problems
	if links {
		ps = append(ps, catalog.Problem{Code: codeForeign, Severity: catalog.Warning, Says: "外部链接"})
	}
	if macros {
		ps = append(ps, catalog.Problem{Code: codeForeign, Severity: catalog.Warning, Says: "宏"})
	}
	return ps
}

// rows streams the rows of a sheet with what is known of merges.
func (s *sheet) rows(f *excelize.File, opt Options) iter.Seq2[catalog.Row, error] {
	return func(yield func(catalog.Row, error) bool) {
		number := 0
		stopped := false
		defer func() {
			if p := recover(); p != nil && !stopped {
				yield(catalog.Row{Number: number}, fmt.Errorf("%w: broken sheet: %v", catalog.ErrRefused, p))
			}
		}()
		rows, err := f.Rows(s.name)
		if err != nil {
			yield(catalog.Row{}, fmt.Errorf("%w: %w", catalog.ErrRefused, err))
			return
		}
		defer rows.Close()
		var merged []catalog.Merge
		send := func(r catalog.Row, err error) bool {
			ok := yield(r, err)
			stopped = !ok
			return ok
		}
		for rows.Next() {
			number++
			cells, err := rows.Columns()
			if err != nil {
				send(catalog.Row{Number: number}, fmt.Errorf("%w: %w", catalog.ErrRefused, err))
				return
			}
			n := len(cells)
			for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
				n--
			}
			merged = s.merges(number, merged[:0])
			if n == 0 && len(merged) == 0 {
				continue
			}
			cells = cells[:n]
			if len(cells) > opt.MaxColumns {
				send(catalog.Row{Number: number}, fmt.Errorf("%w: more than %d columns", catalog.ErrRefused, opt.MaxColumns))
				return
			}
			if number > opt.MaxRows {
				send(catalog.Row{Number: number}, fmt.Errorf("%w: more than %d rows", catalog.ErrRefused, opt.MaxRows))
				return
			}
			for _, c := range cells {
				if len(c) > opt.MaxCell {
					send(catalog.Row{Number: number}, fmt.Errorf("%w: a cell longer than %d bytes", catalog.ErrRefused, opt.MaxCell))
					return
				}
			}
			if n == 0 {
				continue
			}
			for len(merged) < max(len(cells), s.last) {
				merged = append(merged, s.otherwise(len(merged)+1))
			}
			hidden := rows.GetRowOpts().Hidden
			if !send(catalog.Row{Number: number, Cells: cells, Merged: merged, Hidden: hidden}, nil) {
				return
			}
		}
		if err := rows.Error(); err != nil {
			send(catalog.Row{Number: number}, fmt.Errorf("%w: %w", catalog.ErrRefused, err))
		}
	}
}
