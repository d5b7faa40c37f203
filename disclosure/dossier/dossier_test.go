package dossier_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	keep   = flag.String("keep", "", "write the sample dossier into this folder, to look at")
)

func trust(suite ledger.Suite) *dossier.Trust {
	return &dossier.Trust{Keys: []ledger.Key{suite.Key()}}
}

func TestDossier(t *testing.T) {
	suite, err := ledger.NewStandard("office.example.gov.cn", ed25519.NewKeyFromSeed(make([]byte, 32)))
	require.NoError(t, err)
	c := sample(t, suite)
	signed := &dossier.Options{Suite: suite}
	if *keep != "" {
		require.NoError(t, dossier.Write(t.Context(), dossier.ToFolder(*keep), c, signed))
	}

	t.Run("BB-21 一项一卷：文件、记录、定义、证明齐全", func(t *testing.T) {
		m := memory(t, c, &dossier.Options{Suite: suite, Personal: true})
		for _, name := range []string{"dossier.json", "dossier.note", "index.html", "index.md", "records.jsonl", "definition.json", "proof.json"} {
			require.Contains(t, m, name)
		}
		r := dossier.Check(m, trust(suite))
		require.Empty(t, r.Faults)
		require.Empty(t, r.Notes)
		require.Equal(t, ledger.Intact, r.Verdict)
		require.Equal(t, len(c.Records), r.Records)
		require.Equal(t, len(c.Records), r.Placed)
		require.Zero(t, r.Erased)
		require.Equal(t, []ledger.Key{suite.Key()}, r.Signed)
	})
	t.Run("BB-21 导出再导入，逐字节相同", func(t *testing.T) {
		m := memory(t, c, &dossier.Options{Suite: suite, Personal: true})
		d, err := dossier.Read(m)
		require.NoError(t, err)
		require.Equal(t, c.Records, d.Records)
		require.Equal(t, c.Definition, d.Definition)
		require.Equal(t, c.Proof, d.Proof)
		require.Len(t, d.Manifest.Documents, len(c.Documents))
		for i, e := range d.Manifest.Documents {
			body, err := d.Document(e)
			require.NoError(t, err)
			want, err := c.Documents[i].Open()
			require.NoError(t, err)
			require.Equal(t, want, body)
			require.Equal(t, c.Documents[i].Name, e.Name)
		}
	})
	t.Run("BB-21 文件夹和压缩包相同", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "d")
		require.NoError(t, dossier.Write(t.Context(), dossier.ToFolder(dir), c, signed))
		r := dossier.Check(os.DirFS(dir), trust(suite))
		require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
		require.Error(t, dossier.Write(t.Context(), dossier.ToFolder(dir), c, signed), "nothing is replaced")

		var one, two bytes.Buffer
		for _, b := range []*bytes.Buffer{&one, &two} {
			w := zip.NewWriter(b)
			require.NoError(t, dossier.Write(t.Context(), dossier.ToZip(w), c, signed))
			require.NoError(t, w.Close())
		}
		require.Equal(t, one.Bytes(), two.Bytes(), "the same files give the same zip")
		z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
		require.NoError(t, err)
		r = dossier.Check(z, trust(suite))
		require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
	})
	t.Run("OA-19 未经要求，卷宗里没有个人信息", func(t *testing.T) {
		m := memory(t, c, signed)
		for name, f := range m {
			for _, secret := range []string{"13800000000", "张某某", "意见登记表"} {
				assert.NotContains(t, string(f.Data), secret, name)
			}
			sum := c.Documents[2].Digest.String()
			assert.NotContains(t, string(f.Data), sum[:16], "not even its digest, by which a guess could be confirmed: %s", name)
		}
		r := dossier.Check(m, trust(suite))
		require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
		require.Equal(t, len(c.Records), r.Erased, "left out, and verifies all the same")
	})
	t.Run("OA-19 经要求时完整", func(t *testing.T) {
		m := memory(t, c, &dossier.Options{Personal: true})
		require.Contains(t, string(m["index.html"].Data), "张某某")
		require.Contains(t, string(m["records.jsonl"].Data), "13800000000")
	})
	t.Run("BB-20 依法清除正文后导出的卷宗仍可核验", func(t *testing.T) {
		e := *c
		e.Records = slices.Clone(c.Records)
		e.Records[5].Erase()
		m := memory(t, &e, &dossier.Options{Suite: suite, Personal: true})
		r := dossier.Check(m, trust(suite))
		require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
		require.Equal(t, 1, r.Erased)
		require.Contains(t, string(m["index.html"].Data), "已依法清除")
	})
	t.Run("没有机关公钥时不作完好的结论", func(t *testing.T) {
		r := dossier.Check(memory(t, c, signed), nil)
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Undetermined, r.Verdict)
		require.Equal(t, []ledger.Key{suite.Key()}, r.Offered)
		require.NotEmpty(t, r.Notes)
	})
	t.Run("没有签名的卷宗不作完好的结论", func(t *testing.T) {
		r := dossier.Check(memory(t, c, nil), trust(suite))
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Undetermined, r.Verdict)
	})
	t.Run("尚未进入总账的记录说明在案", func(t *testing.T) {
		e := *c
		e.Proof.Places = c.Proof.Places[:5]
		r := dossier.Check(memory(t, &e, signed), trust(suite))
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Undetermined, r.Verdict)
		require.Contains(t, strings.Join(r.Notes, ""), "第 6、7 条记录没有总账证明")
	})
	t.Run("自带检查点的核验者", func(t *testing.T) {
		m := memory(t, c, signed)
		mine := &dossier.Trust{Keys: []ledger.Key{suite.Key()}, Checkpoints: [][]byte{c.Proof.Anchored, c.Proof.Checkpoint}}
		r := dossier.Check(m, mine)
		require.Equal(t, ledger.Intact, r.Verdict, "%v %v", r.Faults, r.Notes)
		require.Empty(t, r.Notes)

		// Another history of the same length, signed with the office's key.
		forged, err := ledger.SignCheckpoint(t.Context(), suite, ledger.Checkpoint{Tenant: tenant, Size: 900, Root: ledger.Digest{1}})
		require.NoError(t, err)
		mine.Checkpoints = [][]byte{forged}
		r = dossier.Check(m, mine)
		require.Equal(t, ledger.Broken, r.Verdict)
		require.Equal(t, dossier.Inconsistent, r.Faults[0].Code)

		other, err := ledger.SignCheckpoint(t.Context(), suite, ledger.Checkpoint{Tenant: tenant, Size: 950, Root: ledger.Digest{1}})
		require.NoError(t, err)
		mine.Checkpoints = [][]byte{other}
		require.Contains(t, strings.Join(dossier.Check(m, mine).Notes, ""), "没有附从所持检查点")
	})
	t.Run("坏的案卷不予导出", func(t *testing.T) {
		e := *c
		e.Records = slices.Clone(c.Records)
		e.Records[2].Actor = "x"
		require.ErrorIs(t, dossier.Write(t.Context(), into(fstest.MapFS{}), &e, nil), dossier.ErrWrite)
		e = *c
		e.Documents = slices.Clone(c.Documents)
		e.Documents[0].Digest[0] ^= 1
		require.ErrorIs(t, dossier.Write(t.Context(), into(fstest.MapFS{}), &e, nil), dossier.ErrWrite)
		require.ErrorIs(t, dossier.Write(t.Context(), into(fstest.MapFS{}), &dossier.Case{}, nil), dossier.ErrWrite)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, dossier.Write(ctx, into(fstest.MapFS{}), c, nil), context.Canceled)
	})
	t.Run("页面不从外部装载任何东西，且不执行卷内文字", func(t *testing.T) {
		e := *c
		e.Title = `<script>alert(1)</script>|`
		e.Rows = slices.Clone(c.Rows)
		e.Rows[0].Text = `<img src=x onerror=alert(1)> [点这里](javascript:alert(1)) | 单元格`
		m := memory(t, &e, signed)
		html, md := string(m["index.html"].Data), string(m["index.md"].Data)
		for _, bad := range []string{"<script", "<img", "http://", "https://", "@import", "url("} {
			require.NotContains(t, html, bad)
		}
		require.NotContains(t, md, "<img")
		require.NotContains(t, md, "[点这里](")
		require.NotRegexp(t, regexp.MustCompile(`(?m)^\| 1 \|.*[^\\]\| 单元格`), md)
	})
}

// TestPages: both pages as printed, without and with personal data.
func TestPages(t *testing.T) {
	suite, err := ledger.NewStandard("office.example.gov.cn", ed25519.NewKeyFromSeed(make([]byte, 32)))
	require.NoError(t, err)
	c := sample(t, suite)
	masked, full := memory(t, c, nil), memory(t, c, &dossier.Options{Personal: true})
	golden(t, "index.html", string(masked["index.html"].Data))
	golden(t, "index.md", string(masked["index.md"].Data))
	golden(t, "index-personal.md", string(full["index.md"].Data))
}

// TestDossierTamper alters a dossier as somebody with a text editor could.
func TestDossierTamper(t *testing.T) {
	suite := newSuite(t, "office.example.gov.cn")
	c := sample(t, suite)
	whole := memory(t, c, &dossier.Options{Suite: suite, Personal: true})
	check := func(t *testing.T, alter func(fstest.MapFS)) *dossier.Report {
		t.Helper()
		m := fstest.MapFS{}
		for name, f := range whole {
			m[name] = &fstest.MapFile{Data: bytes.Clone(f.Data)}
		}
		alter(m)
		r := dossier.Check(m, trust(suite))
		require.Equal(t, ledger.Broken, r.Verdict)
		return r
	}
	has := func(t *testing.T, r *dossier.Report, code ledger.Code, file string, seq int64) {
		t.Helper()
		require.True(t, slices.ContainsFunc(r.Faults, func(f dossier.Fault) bool {
			if f.Record != nil {
				return f.Code == code && f.Record.Seq <= seq && seq <= f.Record.To
			}
			return f.Code == code && f.File == file && f.Seq == seq
		}), "want %s %s %d, got %v", code, file, seq, r.Faults)
	}
	edit := func(file, old, new string) func(fstest.MapFS) {
		return func(m fstest.MapFS) {
			body := string(m[file].Data)
			if !strings.Contains(body, old) {
				panic("the sample has no " + old)
			}
			m[file].Data = []byte(strings.Replace(body, old, new, 1))
		}
	}
	recordLines := func(m fstest.MapFS) []string { return strings.SplitAfter(string(m["records.jsonl"].Data), "\n") }
	document := func(m fstest.MapFS) string {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if strings.HasPrefix(name, "documents/") {
				return name
			}
		}
		return ""
	}

	t.Run("BB-20 改一条记录", func(t *testing.T) {
		r := check(t, edit("records.jsonl", `\"stage\":\"review\"`, `\"stage\":\"Review\"`))
		has(t, r, ledger.Altered, "records.jsonl", 3)
		has(t, r, dossier.FileAltered, "records.jsonl", 0)
	})
	t.Run("BB-20 改非公开部分", func(t *testing.T) {
		has(t, check(t, edit("records.jsonl", "同意公开", "不同意公开")), ledger.PrivateAltered, "records.jsonl", 4)
	})
	t.Run("BB-20 抽走一条记录", func(t *testing.T) {
		r := check(t, func(m fstest.MapFS) {
			l := recordLines(m)
			m["records.jsonl"].Data = []byte(strings.Join(slices.Delete(l, 2, 3), ""))
		})
		has(t, r, ledger.Removed, "records.jsonl", 3)
		has(t, r, dossier.ProofBroken, "proof.json", 3)
	})
	t.Run("BB-20 截去末条", func(t *testing.T) {
		has(t, check(t, func(m fstest.MapFS) {
			m["records.jsonl"].Data = []byte(strings.Join(recordLines(m)[:6], ""))
		}), ledger.CutOff, "records.jsonl", 7)
	})
	t.Run("BB-20 两行对调", func(t *testing.T) {
		has(t, check(t, func(m fstest.MapFS) {
			l := recordLines(m)
			l[1], l[2] = l[2], l[1]
			m["records.jsonl"].Data = []byte(strings.Join(l, ""))
		}), ledger.Swapped, "records.jsonl", 2)
	})
	t.Run("BB-20 一行不成样子", func(t *testing.T) {
		r := check(t, func(m fstest.MapFS) {
			l := recordLines(m)
			l[3] = "{\"suite\":\n"
			m["records.jsonl"].Data = []byte(strings.Join(l, ""))
		})
		require.True(t, slices.ContainsFunc(r.Faults, func(f dossier.Fault) bool { return f.Code == dossier.Unreadable && f.Line == 4 }), "%v", r.Faults)
		has(t, r, ledger.Removed, "records.jsonl", 4)
	})
	t.Run("BB-20 换一份文件", func(t *testing.T) {
		var name string
		r := check(t, func(m fstest.MapFS) {
			name = document(m)
			m[name].Data = append(m[name].Data, '!')
		})
		has(t, r, dossier.FileAltered, name, 0)
		require.NotEmpty(t, r.Faults[0].Document, "the document is named as people know it")
	})
	t.Run("BB-20 换一份文件并改清单", func(t *testing.T) {
		has(t, check(t, func(m fstest.MapFS) {
			name := document(m)
			m[name].Data = append(m[name].Data, '!')
			rewriteManifest(t, m)
		}), dossier.SealBroken, "dossier.json", 0)
	})
	t.Run("BB-20 抽走一份文件", func(t *testing.T) {
		var name string
		has(t, check(t, func(m fstest.MapFS) { name = document(m); delete(m, name) }), dossier.FileMissing, name, 0)
	})
	t.Run("BB-20 塞进一份文件", func(t *testing.T) {
		has(t, check(t, func(m fstest.MapFS) { m["documents/伪造.txt"] = &fstest.MapFile{Data: []byte("x")} }), dossier.FileAdded, "documents/伪造.txt", 0)
	})
	t.Run("BB-20 改页面上的字", func(t *testing.T) {
		has(t, check(t, edit("index.html", "同意公开", "不同意公开")), dossier.FileAltered, "index.html", 0)
		has(t, check(t, edit("index.md", "同意公开", "不同意公开")), dossier.FileAltered, "index.md", 0)
	})
	t.Run("BB-20 改定义", func(t *testing.T) {
		has(t, check(t, edit("definition.json", "matter", "other")), dossier.FileAltered, "definition.json", 0)
	})
	t.Run("BB-20 改证明", func(t *testing.T) {
		r := check(t, edit("proof.json", `"place": 7`, `"place": 8`))
		has(t, r, dossier.ProofBroken, "proof.json", 1)
		has(t, check(t, edit("proof.json", `\n1000\n`, `\n1001\n`)), dossier.CheckpointBroken, "proof.json", 0)
		has(t, check(t, edit("proof.json", `"from": 900`, `"from": 899`)), dossier.Inconsistent, "proof.json", 0)
	})
	t.Run("BB-20 改签名", func(t *testing.T) {
		has(t, check(t, func(m fstest.MapFS) {
			forged := memory(t, c, &dossier.Options{Suite: newSuite(t, "office.example.gov.cn"), Personal: true})
			m["dossier.note"] = forged["dossier.note"]
		}), dossier.SealBroken, "dossier.note", 0)
	})
	t.Run("BB-20 整卷重造，没有机关的密钥", func(t *testing.T) {
		other := newSuite(t, "office.example.gov.cn")
		r := dossier.Check(memory(t, sample(t, other), &dossier.Options{Suite: other}), trust(suite))
		require.Equal(t, ledger.Broken, r.Verdict)
		has(t, r, dossier.SealBroken, "dossier.note", 0)
		has(t, r, dossier.CheckpointBroken, "proof.json", 0)
	})
	t.Run("清单不成样子", func(t *testing.T) {
		has(t, check(t, func(m fstest.MapFS) { m["dossier.json"].Data = []byte("{") }), dossier.Unreadable, "dossier.json", 0)
		has(t, check(t, func(m fstest.MapFS) { delete(m, "dossier.json") }), dossier.Unreadable, "dossier.json", 0)
		has(t, check(t, edit("dossier.json", `"name": "records.jsonl"`, `"name": "../records.jsonl"`)), dossier.Unreadable, "dossier.json", 0)
	})
	t.Run("BB-20 卷内每个文件每隔几个字节改一位，无一漏网", func(t *testing.T) {
		n := 0
		for name, f := range whole {
			for at := 0; at < len(f.Data); at += 197 {
				r := check(t, func(m fstest.MapFS) { m[name].Data[at] ^= 4 })
				require.NotEmpty(t, r.Faults, "%s byte %d", name, at)
				n++
			}
		}
		require.Greater(t, n, 100)
	})
}

// rewriteManifest is the forger's hand: sizes and digests as the files now are.
func rewriteManifest(t *testing.T, m fstest.MapFS) {
	t.Helper()
	var manifest dossier.Manifest
	require.NoError(t, json.Unmarshal(m["dossier.json"].Data, &manifest))
	for i := range manifest.Files {
		f := &manifest.Files[i]
		data := m[f.Name].Data
		f.Size, f.SHA256 = int64(len(data)), ledger.Standard().Sum(data)
		for k := range manifest.Documents {
			if manifest.Documents[k].File == f.Name {
				manifest.Documents[k].Digest = f.SHA256
			}
		}
	}
	body, err := json.MarshalIndent(manifest, "", "  ")
	require.NoError(t, err)
	m["dossier.json"].Data = append(body, '\n')
}

func TestCodes(t *testing.T) {
	var b strings.Builder
	for _, code := range dossier.Codes() {
		f := dossier.Fault{Code: code, File: "f", Document: "名"}
		fmt.Fprintf(&b, "%s\t%s\t%s\n", code, f.Error(), f.Explain())
		require.NotContains(t, ledger.Codes(), code)
	}
	golden(t, "codes.golden", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func FuzzReadRecords(f *testing.F) {
	f.Add([]byte(`{"suite":"s","tenant":"t","case":"c","seq":1,"type":"e","time":0,"commitment":"","prev":"","hash":"","structure":"x"}` + "\n"))
	f.Add([]byte("{}\n\n{"))
	f.Fuzz(func(t *testing.T, body []byte) {
		records, _ := dossier.ReadRecords(body)
		var b bytes.Buffer
		require.NoError(t, dossier.WriteRecords(&b, records))
		again, err := dossier.ReadRecords(b.Bytes())
		require.NoError(t, err)
		require.Equal(t, len(records), len(again))
		for i := range records {
			require.Equal(t, ledger.AppendForm(nil, &records[i]), ledger.AppendForm(nil, &again[i]))
			require.Equal(t, records[i].Private, again[i].Private)
		}
	})
}

func FuzzCheck(f *testing.F) {
	suite := newSuite(f, "office")
	whole := memory(f, sample(f, suite), &dossier.Options{Suite: suite})
	f.Add(whole["dossier.json"].Data, whole["proof.json"].Data, whole["dossier.note"].Data)
	f.Add([]byte("{}"), []byte("{}"), []byte(""))
	f.Fuzz(func(t *testing.T, manifest, proof, note []byte) {
		m := maps.Clone(whole)
		m["dossier.json"], m["proof.json"], m["dossier.note"] = &fstest.MapFile{Data: manifest}, &fstest.MapFile{Data: proof}, &fstest.MapFile{Data: note}
		r := dossier.Check(m, trust(suite))
		if r.Verdict == ledger.Intact {
			require.Equal(t, whole["dossier.json"].Data, manifest)
		}
		for _, fault := range r.Faults {
			require.NotEmpty(t, fault.Explain())
		}
	})
}
