// Verify checks dossiers with nothing else at hand, and says in Chinese what is
// wrong and where:
//
//	go run ./examples/verify examples/verify/testdata/sample
//	go run ./examples/verify -key KEY.txt -checkpoint KEPT.txt DOSSIER.zip …
//
// A dossier is a folder or a zip. -key is a file with the office's public keys,
// one name+hash+base64 a line, taken from where the office publishes them and
// not from the dossier; -checkpoint is a signed checkpoint that the checker has
// kept. Both may be given more than once. It ends with 0 if nothing is wrong, 1
// if something is, 2 if it could not check.
package main

import (
	"archive/zip"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(errs)
	trust := &dossier.Trust{}
	flags.Func("key", "机关公钥文件，每行一个", func(path string) error {
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(body)) {
			if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			key, err := ledger.ParseKey(line)
			if err != nil {
				return err
			}
			trust.Keys = append(trust.Keys, key)
		}
		return nil
	})
	flags.Func("checkpoint", "自己保存的检查点（已签名）", func(path string) error {
		body, err := os.ReadFile(path)
		trust.Checkpoints = append(trust.Checkpoints, body)
		return err
	})
	if flags.Parse(args) != nil {
		return 2
	}
	if flags.NArg() == 0 {
		fmt.Fprintln(errs, "用法：verify [-key 公钥文件] [-checkpoint 检查点文件] 卷宗（文件夹或 zip）…")
		return 2
	}
	code := 0
	for _, path := range flags.Args() {
		fsys, done, err := open(path)
		if err != nil {
			fmt.Fprintf(errs, "%s：无法打开：%v\n", path, err)
			code = 2
			continue
		}
		report := dossier.Check(fsys, trust)
		done()
		show(out, path, report)
		if report.Verdict == ledger.Broken && code == 0 {
			code = 1
		}
	}
	return code
}

func open(path string) (fs.FS, func(), error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return os.DirFS(path), func() {}, nil
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, err
	}
	return z, func() { _ = z.Close() }, nil
}

func show(out io.Writer, path string, r *dossier.Report) {
	fmt.Fprintf(out, "%s\n", path)
	if r.Case != "" {
		fmt.Fprintf(out, "  卷宗：%s（%s）%s\n", r.Title, r.Case, r.Agency)
		fmt.Fprintf(out, "  记录 %d 条，其中 %d 条在机关总账中得到证明；文件 %d 个与清单相符。\n", r.Records, r.Placed, r.Files)
	}
	if r.Erased > 0 {
		fmt.Fprintf(out, "  %d 条记录的非公开部分未附或已依法清除，不影响核验。\n", r.Erased)
	}
	for _, k := range r.Signed {
		fmt.Fprintf(out, "  由核验者所持的公钥认定签名：%s\n", k.Name)
	}
	for _, k := range r.Offered {
		fmt.Fprintf(out, "  签名公钥由卷宗自带，须与机关公布的核对：%s\n", k)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(out, "  注意：%s\n", n)
	}
	for _, f := range r.Faults {
		fmt.Fprintf(out, "  × [%s] %s\n", f.Code, f.Explain())
	}
	switch r.Verdict {
	case ledger.Intact:
		fmt.Fprintln(out, "  结论：完好。")
	case ledger.Broken:
		fmt.Fprintf(out, "  结论：有 %d 处不符。\n", len(r.Faults))
	default:
		fmt.Fprintln(out, "  结论：自身一致，未见改动；出处未认定。")
	}
}
