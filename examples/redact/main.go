// Redact scans files for what must not leave unseen, shows it in colour with the
// reason, and writes a rendition without it and the ledger of the cuts:
//
//	go run ./examples/redact -out /tmp/r -profile gov examples/redact/testdata/*
//
// A file is UTF-8 text or a .docx. Nothing is written of a file that is refused.
// It ends with 0 if nothing certain stands in the files as they are, 1 if
// something does (an identity number, a card, a secrecy mark: do not publish them
// so), 2 if a file was refused or could not be read.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/secrecy/docx"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("redact", flag.ContinueOnError)
	flags.SetOutput(errs)
	dir := flags.String("out", "", "删减件和台账写入的文件夹；不写则只列出发现")
	id := flags.String("profile", "strict", "脱敏方案：strict、gov、court、penalty")
	color := flags.Bool("color", false, "用颜色标出")
	if flags.Parse(args) != nil {
		return 2
	}
	profile, err := secrecy.ProfileByID(*id)
	if err != nil || flags.NArg() == 0 {
		fmt.Fprintln(errs, "用法：redact [-out 文件夹] [-profile 方案] [-color] 文件…")
		return 2
	}
	code := 0
	for _, name := range flags.Args() {
		code = max(code, file(name, *dir, profile, *color, out, errs))
	}
	return code
}

func file(name, dir string, profile *secrecy.Profile, color bool, out, errs io.Writer) int {
	body, err := os.ReadFile(name)
	if err != nil {
		fmt.Fprintln(errs, err)
		return 2
	}
	options := &secrecy.RedactOptions{Profile: profile}
	text, doc := string(body), (*docx.File)(nil)
	if strings.EqualFold(filepath.Ext(name), ".docx") {
		if doc, err = docx.Read(bytes.NewReader(body), int64(len(body))); err != nil {
			fmt.Fprintf(errs, "%s：%v\n", name, err)
			return 2
		}
		text = doc.Text()
	}
	code := 0
	fmt.Fprintf(out, "%s\n", name)
	found := secrecy.Scan(text)
	for _, f := range found {
		fmt.Fprintln(out, line(text, f, color))
		if f.Certain() && f.Open() {
			code = 1
		}
	}
	var rendition bytes.Buffer
	var ledger *secrecy.Rendition
	if doc != nil {
		ledger, err = docx.Redact(&rendition, doc, &docx.Options{Redact: options})
	} else if ledger, err = secrecy.Redact(text, options); err == nil {
		rendition.WriteString(ledger.Text)
	}
	if err != nil {
		fmt.Fprintf(errs, "%s：不出删减件：%v\n", name, err)
		return 2
	}
	fmt.Fprintf(out, "  发现 %d 处，删减 %d 处，留下 %d 处\n", len(found), len(ledger.Cuts), len(ledger.Left))
	if dir == "" {
		return code
	}
	cuts, err := json.MarshalIndent(ledger.Cuts, "", "  ")
	if err == nil {
		base := filepath.Join(dir, filepath.Base(name))
		if err = os.MkdirAll(dir, 0o755); err == nil {
			if err = os.WriteFile(base, rendition.Bytes(), 0o644); err == nil {
				err = os.WriteFile(base+".cuts.json", cuts, 0o644)
			}
		}
	}
	if err != nil {
		fmt.Fprintln(errs, err)
		return 2
	}
	return code
}

// line shows a finding in its surroundings. What is certain is red, the rest yellow.
func line(text string, f secrecy.Finding, color bool) string {
	around := func(s string, n int, tail bool) string {
		r := []rune(strings.Map(func(c rune) rune {
			if c < ' ' {
				return ' '
			}
			return c
		}, s))
		switch {
		case len(r) <= n:
		case tail:
			r = r[len(r)-n:]
		default:
			r = r[:n]
		}
		return string(r)
	}
	on, off := "〔", "〕"
	if color {
		on, off = "\x1b[33m", "\x1b[0m"
		if f.Certain() {
			on = "\x1b[31;1m"
		}
	}
	role := map[secrecy.Role]string{secrecy.Private: "，私人", secrecy.Official: "，公务", secrecy.Org: "，单位"}[f.Role]
	return fmt.Sprintf("  %s%s（%s）：%s%s%s%s%s", f.Kind.Chinese(), role, f.Evidence,
		around(text[max(0, f.Start-60):f.Start], 8, true), on, around(text[f.Start:f.End], 80, false), off, around(text[f.End:min(len(text), f.End+60)], 8, false))
}
