package catalog_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestEncodings(t *testing.T) {
	encodings := map[string]encoding.Encoding{
		"UTF-8":         encoding.Nop,
		"UTF-8 带标记":     unicode.UTF8BOM,
		"UTF-16LE 带标记":  unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16BE 带标记":  unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16LE 没有标记": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16BE 没有标记": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		"GB18030":       simplifiedchinese.GB18030,
		"GBK":           simplifiedchinese.GBK,
	}
	files, err := filepath.Glob("testdata/catalogs/*.tsv")
	require.NoError(t, err)
	for name, enc := range encodings {
		t.Run(name+"：自己认出来", func(t *testing.T) {
			for _, f := range files {
				text, err := os.ReadFile(f)
				require.NoError(t, err)
				want, _ := catalog.ReadCSV(bytes.NewReader(text), nil)
				coded, err := enc.NewEncoder().Bytes(text)
				require.NoError(t, err, f)
				got, err := catalog.ReadCSV(bytes.NewReader(coded), nil)
				require.NotErrorIs(t, err, catalog.ErrRefused)
				assert.Equal(t, want.Digest(), got.Digest(), f)
				assert.Equal(t, len(want.Problems), len(got.Problems), f)
			}
		})
	}
	t.Run("汉字出现在六万字节以后也认得出", func(t *testing.T) {
		head := "no,name,limit\r\n"
		body := strings.Repeat("1,plain ascii name,\r\n", 4000)
		text := "序号,事项名称,公开时限\r\n1,甲,及时公开\r\n"
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		require.NoError(t, err)
		c, err := catalog.ReadCSV(strings.NewReader(head+body+gb), nil)
		require.NotErrorIs(t, err, catalog.ErrRefused)
		var all strings.Builder
		require.NoError(t, c.WriteCSV(&all, nil))
		assert.Contains(t, all.String(), "及时公开")
	})
	t.Run("指明编码", func(t *testing.T) {
		gb, _ := simplifiedchinese.GB18030.NewEncoder().String("序号,事项名称,公开时限\n1,甲,及时公开\n")
		c, err := catalog.ReadCSV(strings.NewReader(gb), &catalog.ReadOptions{Encoding: "gb18030"})
		require.NoError(t, err)
		assert.Equal(t, "甲", c.Entries[0].Name)
		_, err = catalog.ReadCSV(strings.NewReader(gb), &catalog.ReadOptions{Encoding: "big5-hkscs"})
		require.ErrorIs(t, err, catalog.ErrRefused)
	})
	t.Run("夹杂坏字节：读下去并报告", func(t *testing.T) {
		c, err := catalog.ReadCSV(strings.NewReader("序号,事项名称,公开时限,责任部门\n1,甲\xff\xfe乙,及时公开,办公室\n2,丙,及时公开,办公室\n"), nil)
		require.ErrorIs(t, err, catalog.ErrProblems)
		assert.Contains(t, codes(c.Problems), "CA-02")
		assert.Len(t, c.Entries, 2)
		assert.Contains(t, c.Entries[0].Name, "\uFFFD")
	})
}

func TestNotATextTable(t *testing.T) {
	for name, text := range map[string]string{
		"xlsx": "PK\x03\x04....", "xls": "\xd0\xcf\x11\xe0\xa1\xb1", "pdf": "%PDF-1.7", "gzip": "\x1f\x8b\x08", "网页": "<!DOCTYPE html><html>", "rtf": "{\\rtf1",
		"零字节": "序号,事项\x00名称\n",
	} {
		t.Run(name, func(t *testing.T) {
			c, err := catalog.ReadCSV(strings.NewReader(text), nil)
			require.ErrorIs(t, err, catalog.ErrRefused)
			require.ErrorIs(t, err, catalog.ErrProblems)
			assert.NotNil(t, c)
			assert.Equal(t, "CA-01", c.Problems[0].Code)
			assert.NotEmpty(t, c.Problems[0].Want)
		})
	}
}

// endless gives one byte for ever.
type endless struct{ b byte }

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.b
	}
	return len(p), nil
}

func TestBounds(t *testing.T) {
	head := "序号,事项名称,公开时限,责任部门\n1,甲,及时公开,办公室\n"
	for name, in := range map[string]io.Reader{
		"1 GiB 的一格":  io.MultiReader(strings.NewReader(head), io.LimitReader(endless{'x'}, 1<<30)),
		"1 GiB 的引号格": io.MultiReader(strings.NewReader(head+"2,\""), io.LimitReader(endless{'x'}, 1<<30)),
		"没有尽头的一行":    io.MultiReader(strings.NewReader(head), endless{'y'}),
		"一万列":        strings.NewReader(head + strings.Repeat("x,", 10_000) + "\n"),
		"一万列的表头":     strings.NewReader("序号,事项名称" + strings.Repeat(",列", 10_000) + "\n"),
		"没有尽头的逗号":    io.MultiReader(strings.NewReader(head), endless{','}),
		"没有尽头的引号":    io.MultiReader(strings.NewReader(head), endless{'"'}),
	} {
		t.Run(name, func(t *testing.T) {
			c, err := catalog.ReadCSV(in, nil)
			require.ErrorIs(t, err, catalog.ErrRefused)
			assert.Contains(t, codes(c.Problems), "CA-03")
			if !strings.Contains(name, "表头") {
				assert.Equal(t, "甲", c.Entries[0].Name, "读到的留下")
			}
		})
	}
	t.Run("行数上限", func(t *testing.T) {
		c, err := catalog.ReadCSV(strings.NewReader(head+"2,乙,及时公开,办公室\n3,丙,及时公开,办公室\n"), &catalog.ReadOptions{MaxRows: 3})
		require.ErrorIs(t, err, catalog.ErrRefused)
		assert.Len(t, c.Entries, 2)
	})
	t.Run("空行没有尽头也有上限", func(t *testing.T) {
		_, err := catalog.ReadCSV(io.MultiReader(strings.NewReader(head), endless{'\n'}), nil)
		require.ErrorIs(t, err, catalog.ErrRefused)
	})
	t.Run("问题太多只计数", func(t *testing.T) {
		c, err := catalog.ReadCSV(strings.NewReader(head+strings.Repeat("2,乙,不知何时,办公室\n", 500)), &catalog.ReadOptions{MaxProblems: 10})
		require.Error(t, err)
		assert.Len(t, c.Problems, 11)
		assert.Equal(t, "CA-27", c.Problems[10].Code)
		assert.Len(t, c.Entries, 501)
	})
	t.Run("读到一半断了：前面的留下", func(t *testing.T) {
		broken := errors.New("断线")
		c, err := catalog.ReadCSV(io.MultiReader(strings.NewReader(head+strings.Repeat("2,乙,及时公开,办公室\n", 10_000)), iotest.ErrReader(broken)), nil)
		require.ErrorIs(t, err, broken)
		assert.NotEmpty(t, c.Entries)
	})
	t.Run("一个字节一个字节地来", func(t *testing.T) {
		c, err := catalog.ReadCSV(iotest.OneByteReader(strings.NewReader(head)), nil)
		require.NoError(t, err)
		assert.Len(t, c.Entries, 1)
	})
	t.Run("空文件", func(t *testing.T) {
		c, err := catalog.ReadCSV(strings.NewReader(""), nil)
		require.NoError(t, err)
		assert.Empty(t, c.Entries)
		assert.Equal(t, []string{"CA-26"}, codes(c.Problems))
	})
}

func TestQuotes(t *testing.T) {
	head := "序号,事项名称,公开内容,责任部门\n"
	for name, x := range map[string]struct {
		line, name, content string
		code                string
	}{
		"引号里有逗号换行引号": {"1,\"甲,乙\",\"第一行\n第二行 \"\"引\"\"\",办公室\n", "甲,乙", "第一行\n第二行 \"引\"", ""},
		"格内的引号是文字":   {"1,甲\"乙\",内容,办公室\n", "甲\"乙\"", "内容", ""},
		"引号后还有文字":    {"1,\"三公\"经费,内容,办公室\n", "\"三公\"经费", "内容", ""},
		"没有配对的引号":    {"1,\"甲,内容,办公室\n2,乙,内容,办公室\n", "\"甲", "内容", "CA-20"},
		"回车换行":       {"1,甲,内容,办公室\r\n", "甲", "内容", ""},
		"只有回车":       {"1,甲,内容,办公室\r2,乙,内容,办公室\r", "甲", "内容", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := catalog.ReadCSV(strings.NewReader(head+x.line), nil)
			require.NotEmpty(t, c.Entries)
			assert.Equal(t, x.name, c.Entries[0].Name)
			assert.Equal(t, x.content, c.Entries[0].Content)
			assert.Equal(t, "办公室", c.Entries[0].Lead)
			if x.code == "" {
				assert.Empty(t, c.Problems)
			} else {
				assert.Contains(t, codes(c.Problems), x.code)
				assert.Len(t, c.Entries, 2)
			}
		})
	}
}

// FuzzScanner compares the splitting of records with encoding/csv where that
// accepts the text.
func FuzzScanner(f *testing.F) {
	f.Add("a,b\n1,\"x\"\"y\"\n")
	f.Add("a,\"b\nc\",d\r\n,,\n")
	f.Add("甲,乙\n\"丙,丁\",戊\n")
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\r\x00\uFEFF'") || strings.Contains(s, "\xef\xbb\xbf") {
			return
		}
		r := csv.NewReader(strings.NewReader(s))
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		if err != nil {
			return
		}
		got, err := catalog.Records(s)
		if err != nil {
			return
		}
		var a, b [][]string
		for _, l := range want {
			for i := range l {
				l[i] = strings.ToValidUTF8(strings.TrimFunc(l[i], func(r rune) bool { return r <= ' ' }), "\uFFFD")
			}
			if strings.Join(l, "") != "" {
				a = append(a, l)
			}
		}
		for _, l := range got {
			if strings.Join(l, "") != "" {
				b = append(b, l)
			}
		}
		require.Equal(t, a, b)
	})
}

// FuzzReadCSV: whatever comes in, nothing panics, nothing is nil, and what was
// read is written and read back the same.
func FuzzReadCSV(f *testing.F) {
	files, err := filepath.Glob("testdata/catalogs/*.tsv")
	require.NoError(f, err)
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte("序号,事项名称,公开时限\n1,=cmd,同上\n,,\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, _ := catalog.ReadCSV(bytes.NewReader(data), nil)
		if c == nil {
			t.Fatal("nil catalog")
		}
		c.Check(nil)
		var b bytes.Buffer
		require.NoError(t, c.WriteCSV(&b, nil))
		d, _ := catalog.ReadCSV(&b, nil)
		if d == nil {
			t.Fatal("nil catalog")
		}
		if _, err := c.Schedule(2026, nil, nil); err != nil {
			require.ErrorContains(t, err, "catalog: schedule")
		}
		c.Coverage(nil).SVG()
	})
}
