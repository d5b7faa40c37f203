// Command catalog reads catalogs (公开目录) as agencies keep them, in CSV, TSV,
// .xlsx or JSON, and prints what is wrong with them by row and column, what they
// cover, and every date of the year to which they oblige.
//
//	go run ./examples/catalog FILE…
//	go run ./examples/catalog -list FILE             every row with the limit as it was read
//	go run ./examples/catalog -out clean.xlsx FILE   writes the catalog filled in and tidy (.csv, .tsv, .json, .xlsx)
//	go run ./examples/catalog -pictures DIR FILE     writes schedule.svg, schedule.ics and coverage.svg
//	go run ./examples/catalog -form standard -out form.xlsx
//
// It ends with 0 when there is no error, 1 when there is one (warnings do not
// count), 2 when it was called wrongly.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/catalog/xlsx"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

type options struct {
	year                       int
	taxonomy, regime, level    string
	out, pictures, form, sheet string
	list, all                  bool
	agency                     string
	files                      []string
	stdout                     io.Writer
}

func run(args []string, stdout, stderr io.Writer) int {
	o := options{stdout: stdout}
	f := flag.NewFlagSet("catalog", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.IntVar(&o.year, "year", 0, "year of the schedule; 0 = the catalog's, or this year")
	f.StringVar(&o.taxonomy, "taxonomy", catalog.TaxonomyRegulation, "what is owed: regulation, bengbu, taizhou, haikou, nanning, chuxiong; empty = nothing")
	f.StringVar(&o.regime, "regime", "", "empty = government; enterprise, party, mass-organisation")
	f.StringVar(&o.level, "level", "", "level that handles the matters: provincial, city, county, township")
	f.StringVar(&o.agency, "agency", "", "the agency, where the file does not say")
	f.StringVar(&o.sheet, "sheet", "", "only this sheet of a workbook")
	f.StringVar(&o.out, "out", "", "write the clean catalog; a folder when there are several files")
	f.StringVar(&o.pictures, "pictures", "", "folder for the schedule and the coverage as pictures")
	f.StringVar(&o.form, "form", "", "write an empty form to -out: standard, bengbu-list, bengbu-nodes")
	f.BoolVar(&o.list, "list", false, "print every row with the limit as it was read")
	f.BoolVar(&o.all, "all", false, "print notes too, not only errors and warnings")
	if err := f.Parse(args); err != nil {
		return 2
	}
	o.files = f.Args()
	if o.form != "" {
		if err := writeForm(o.form, o.out); err != nil {
			fmt.Fprintln(stderr, "catalog:", err)
			return 2
		}
		return 0
	}
	if len(o.files) == 0 {
		fmt.Fprintln(stderr, "catalog: no files; usage: catalog [options] FILE…")
		return 2
	}
	code := 0
	for _, name := range o.files {
		bad, err := o.one(name)
		if err != nil {
			fmt.Fprintln(stderr, "catalog:", err)
			code = 1
		}
		if bad {
			code = 1
		}
	}
	return code
}

// one reads, checks and prints one file; bad reports an error in the catalog.
func (o *options) one(name string) (bad bool, err error) {
	c, err := o.read(name)
	if c == nil {
		return true, err
	}
	var level catalog.Level
	if err := level.UnmarshalText([]byte(o.level)); err != nil {
		return false, err
	}
	var t *catalog.Taxonomy
	if o.taxonomy != "" {
		if t, err = catalog.LoadTaxonomy(o.taxonomy); err != nil {
			return false, err
		}
		if level != 0 {
			t = t.For(level)
		}
	}
	// Gaps are counted by the coverage, not once more as problems.
	found := append(c.Problems, c.Check(&catalog.CheckOptions{Regime: o.regime, Level: level, Taxonomy: t, Skip: []string{"CA-48"}})...)
	bad = o.problems(name, c, found)
	if o.list {
		o.rows(c)
	}
	w := o.stdout
	fmt.Fprintln(w)
	cover := c.Coverage(t)
	if err := cover.WriteMarkdown(w); err != nil {
		return bad, err
	}
	year := o.year
	if year == 0 {
		year = c.Year
	}
	if year == 0 {
		year = time.Now().Year()
	}
	fmt.Fprintln(w)
	plan, err := c.Schedule(year, nil, &catalog.ScheduleOptions{Department: o.regime == ""})
	if err != nil {
		fmt.Fprintln(w, "日程：", err)
	}
	if err := plan.WriteMarkdown(w); err != nil {
		return bad, err
	}
	if o.pictures != "" {
		if err := pictures(o.pictures, plan, cover); err != nil {
			return bad, err
		}
	}
	if o.out != "" {
		return bad, o.write(name, c)
	}
	return bad, nil
}

func (o *options) read(name string) (*catalog.Catalog, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	opt := catalog.ReadOptions{Agency: o.agency}
	var c *catalog.Catalog
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx", ".xlsm":
		c, err = xlsx.Read(f, &xlsx.Options{ReadOptions: opt, Sheet: o.sheet})
	case ".json":
		if c, err = catalog.ReadJSON(f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	default:
		c, err = catalog.ReadCSV(f, &opt)
	}
	if err != nil && !errors.Is(err, catalog.ErrProblems) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil // the problems stand in the catalog
}

// problems prints the head of the report.
func (o *options) problems(name string, c *catalog.Catalog, found catalog.Problems) bool {
	var n [3]int
	for _, p := range found {
		n[p.Severity]++
	}
	w := o.stdout
	fmt.Fprintf(w, "# %s\n\n", filepath.Base(name))
	for _, x := range [][2]string{{"标题", c.Title}, {"单位", c.Agency}} {
		if x[1] != "" {
			fmt.Fprintf(w, "%s：%s\n", x[0], x[1])
		}
	}
	fmt.Fprintf(w, "读入 %d 行。问题：错误 %d，警告 %d，提示 %d。\n", len(c.Entries), n[catalog.Error], n[catalog.Warning], n[catalog.Info])
	word := [...]string{catalog.Info: "提示", catalog.Warning: "警告", catalog.Error: "错误"}
	for _, p := range found {
		if p.Severity == catalog.Info && !o.all {
			continue
		}
		line := p.Chinese()
		if !p.Rule.IsZero() {
			line += "（" + p.Rule.String() + "）"
		}
		fmt.Fprintf(w, "- %s %s\n", word[p.Severity], line)
	}
	return n[catalog.Error] > 0
}

func (o *options) rows(c *catalog.Catalog) {
	fmt.Fprintf(o.stdout, "\n| 行 | 序号 | 事项 | 责任部门 | 公开时限 | 读作 |\n| --- | --- | --- | --- | --- | --- |\n")
	for i := range c.Entries {
		e := &c.Entries[i]
		for k := range e.Nodes {
			n := &e.Nodes[k]
			limit, err := n.Limit()
			read := limit.String()
			if err != nil {
				read = strings.TrimSpace(read + " ？")
			}
			title := strings.Join(append(append([]string(nil), e.Path...), e.Title()), "／")
			if n.Name != "" {
				title += "／" + n.Name
			}
			text := n.LimitText
			if e.Filled.Has(catalog.FieldLimit) {
				text += "（承上）"
			}
			fmt.Fprintf(o.stdout, "| %d | %s | %s | %s | %s | %s |\n", n.Row, e.Number, cell(title), cell(e.Lead), cell(text), cell(read))
		}
	}
}

func cell(s string) string { return strings.NewReplacer("|", "\\|", "\n", " ").Replace(s) }

// write writes the clean catalog in the format of the name.
func (o *options) write(from string, c *catalog.Catalog) error {
	name := o.out
	if len(o.files) > 1 {
		if err := os.MkdirAll(name, 0o755); err != nil {
			return err
		}
		base := filepath.Base(from)
		name = filepath.Join(name, strings.TrimSuffix(base, filepath.Ext(base))+".csv")
	}
	return create(name, func(w io.Writer) error {
		switch strings.ToLower(filepath.Ext(name)) {
		case ".xlsx":
			return xlsx.Write(w, c)
		case ".json":
			return c.WriteJSON(w)
		case ".tsv":
			return c.WriteCSV(w, &catalog.WriteOptions{Comma: '\t'})
		case ".csv":
			return c.WriteCSV(w, nil)
		}
		return fmt.Errorf("%s: write .csv, .tsv, .json or .xlsx", name)
	})
}

func writeForm(id, name string) error {
	t, err := catalog.LoadTemplate(id)
	if err != nil {
		return err
	}
	if name == "" {
		return errors.New("-form needs -out")
	}
	return create(name, func(w io.Writer) error {
		if strings.EqualFold(filepath.Ext(name), ".xlsx") {
			return xlsx.WriteTemplate(w, t)
		}
		return t.WriteCSV(w)
	})
}

func pictures(dir string, plan *catalog.Schedule, cover catalog.Coverage) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "schedule.svg"), plan.SVG(), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "coverage.svg"), cover.SVG(), 0o644); err != nil {
		return err
	}
	return create(filepath.Join(dir, "schedule.ics"), func(w io.Writer) error { return plan.WriteICal(w, time.Now(), 3) })
}

// create writes a file and leaves none behind when writing fails.
func create(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
