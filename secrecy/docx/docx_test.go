package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/secrecy/docx"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func body(inner string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + ns + `><w:body>` + inner + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`
}

// para writes a paragraph of runs, each in its own format.
func para(runs ...string) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>`)
	for i, r := range runs {
		fmt.Fprintf(&b, `<w:r><w:rPr><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, 20+i, r)
	}
	b.WriteString(`</w:p>`)
	return b.String()
}

func build(t testing.TB, parts map[string]string) []byte {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	add := func(n, s string) {
		w, err := zw.Create(n)
		require.NoError(t, err)
		_, err = io.WriteString(w, s)
		require.NoError(t, err)
	}
	if _, ok := parts["[Content_Types].xml"]; !ok {
		add("[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`)
	}
	for n, s := range parts {
		add(n, s)
	}
	require.NoError(t, zw.Close())
	return b.Bytes()
}

func open(t testing.TB, b []byte) *docx.File {
	f, err := docx.Read(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	return f
}

func unpack(t *testing.T, b []byte) map[string]string {
	zr, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range zr.File {
		r, err := f.Open()
		require.NoError(t, err)
		c, err := io.ReadAll(r)
		require.NoError(t, err)
		out[f.Name] = string(c)
	}
	return out
}

func sample() map[string]string {
	return map[string]string{
		"word/document.xml": body(para("申请人张", "建国，身份证号4311", "97201702189335，手机138", "00138000。") +
			`<w:tbl><w:tr><w:tc>` + para("姓名") + `</w:tc><w:tc>` + para("金额") + `</w:tc></w:tr><w:tr><w:tc>` + para("李", "秀英") + `</w:tc><w:tc>` + para("300") + `</w:tc></w:tr></w:tbl>` +
			`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏:19500024345</w:t></w:r></w:p>` +
			para("A &amp; B &lt;公司&gt;")),
		"word/header1.xml":             `<w:hdr ` + ns + `>` + para("张建国案卷") + `</w:hdr>`,
		"word/footnotes.xml":           `<w:footnotes ` + ns + `><w:footnote w:id="1">` + para("联系人李秀英，邮箱li@example.com") + `</w:footnote></w:footnotes>`,
		"word/comments.xml":            `<w:comments ` + ns + `><w:comment w:id="0" w:author="王经办" w:initials="W">` + para("张建国已到场") + `</w:comment></w:comments>`,
		"docProps/core.xml":            `<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:title>张建国的申请</dc:title><dc:creator>王经办</dc:creator><cp:lastModifiedBy>赵六</cp:lastModifiedBy></cp:coreProperties>`,
		"docProps/custom.xml":          `<Properties xmlns="c" xmlns:vt="d"><property fmtid="{D5}" pid="2" name="手机"><vt:lpwstr>13800138000</vt:lpwstr></property></Properties>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="e"><Relationship Id="rId1" Type="http://x/hyperlink" Target="mailto:li@example.com" TargetMode="External"/><Relationship Id="rId2" Type="http://x/header" Target="header1.xml"/></Relationships>`,
		"word/styles.xml":              `<w:styles ` + ns + `/>`,
	}
}

func TestRedact(t *testing.T) {
	b := build(t, sample())
	f := open(t, b)
	assert.Empty(t, f.Reasons())
	assert.Contains(t, f.Text(), "申请人张建国，身份证号431197201702189335，手机13800138000。\n姓名\t金额\t\n李秀英\t300\t\n")
	var out bytes.Buffer
	r, err := docx.Redact(&out, f, nil)
	require.NoError(t, err)
	assert.NotEmpty(t, r.Cuts)
	parts := unpack(t, out.Bytes())
	for n, s := range parts {
		for _, gone := range []string{"建国", "秀英", "431197", "9335", "138", "0013", "19500024345", "li@", "王经办", "赵六"} {
			if n == "word/document.xml" || strings.HasPrefix(gone, "1") || n == "word/comments.xml" || gone != "138" {
				assert.NotContains(t, s, gone, n)
			}
		}
		d := xml.NewDecoder(strings.NewReader(s))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else {
				require.NoError(t, err, n)
			}
		}
	}
	t.Run("版式不变", func(t *testing.T) {
		before := unpack(t, b)
		for _, n := range []string{"word/document.xml", "word/header1.xml"} {
			for _, s := range []string{"<w:r>", "<w:p>", "<w:tc>", "<w:rPr>", "w:sz"} {
				assert.Equal(t, strings.Count(before[n], s), strings.Count(parts[n], s), n+s)
			}
		}
		assert.Equal(t, before["word/styles.xml"], parts["word/styles.xml"])
		assert.Contains(t, parts["word/document.xml"], "A &amp; B &lt;公司&gt;")
	})
	t.Run("再删一次不变", func(t *testing.T) {
		again := open(t, out.Bytes())
		var out2 bytes.Buffer
		r, err := docx.Redact(&out2, again, nil)
		require.NoError(t, err)
		assert.Empty(t, r.Cuts)
		assert.Equal(t, again.Text(), open(t, out2.Bytes()).Text())
	})
}

func TestRefuses(t *testing.T) {
	with := func(n, s string) map[string]string {
		m := sample()
		m[n] = s
		return m
	}
	for name, parts := range map[string]map[string]string{
		"修订":            with("word/document.xml", body(`<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>张建国</w:t></w:r></w:ins></w:p>`)),
		"删除的文字":         with("word/document.xml", body(`<w:p><w:del w:id="1"><w:r><w:delText>张建国</w:delText></w:r></w:del></w:p>`)),
		"嵌入对象":          with("word/embeddings/oleObject1.bin", "x"),
		"宏":             with("word/vbaProject.bin", "x"),
		"图表":            with("word/charts/chart1.xml", "<c/>"),
		"自定义部件有文字":      with("customXml/item1.xml", "<a>张建国</a>"),
		"OA-11 图片没有人看过": with("word/media/image1.png", "png"),
		"词汇表":           with("word/glossary/document.xml", "<a/>"),
		"不认识的元素里有文字":    with("word/document.xml", body(`<w:p><x:note>张建国</x:note></w:p>`)),
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, build(t, parts))
			var out bytes.Buffer
			_, err := docx.Redact(&out, f, nil)
			assert.ErrorIs(t, err, docx.ErrCarriesText)
			var r *docx.Refusal
			require.ErrorAs(t, err, &r)
			assert.NotEmpty(t, r.Reasons)
			assert.Zero(t, out.Len(), "never half done")
			s, err := secrecy.NewScanner(nil)
			require.NoError(t, err)
			report, err := s.Report(f.Parts())
			require.NoError(t, err)
			assert.Equal(t, secrecy.ScanPartial, report.State())
		})
	}
	t.Run("人看过的图片可以留", func(t *testing.T) {
		f := open(t, build(t, with("word/media/image1.png", "png")))
		assert.Equal(t, []string{"word/media/image1.png"}, f.Images())
		var out bytes.Buffer
		_, err := docx.Redact(&out, f, &docx.Options{Images: f.Images()})
		require.NoError(t, err)
	})
	t.Run("页眉有密级", func(t *testing.T) {
		f := open(t, build(t, with("word/header1.xml", `<w:hdr `+ns+`>`+para("机　密")+`</w:hdr>`)))
		var out bytes.Buffer
		_, err := docx.Redact(&out, f, nil)
		var e *secrecy.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "SE-602", e.Code)
		assert.Zero(t, out.Len())
	})
}

func TestReadRefuses(t *testing.T) {
	read := func(b []byte) error {
		_, err := docx.Read(bytes.NewReader(b), int64(len(b)))
		return err
	}
	assert.ErrorIs(t, read([]byte("not a zip")), docx.ErrNotDocx)
	assert.ErrorIs(t, read(build(t, map[string]string{"a.xml": "<a/>"})), docx.ErrNotDocx)
	assert.ErrorIs(t, read(build(t, map[string]string{"word/document.xml": "<w:p><w:t>"})), docx.ErrNotDocx)
	assert.ErrorIs(t, read(build(t, map[string]string{"word/document.xml": "<!DOCTYPE a [<!ENTITY x \"y\">]><a/>"})), docx.ErrNotDocx)
	assert.ErrorIs(t, read(build(t, map[string]string{"word/document.xml": body(strings.Repeat(" ", 30<<20))})), docx.ErrTooLarge, "a bomb")
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(body(para("申请人张建国", "，手机13800138000"))))
	f.Add([]byte("<w:p><w:t>&#x41;&amp;</w:t></w:p>"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		b := build(t, map[string]string{"word/document.xml": string(doc)})
		file, err := docx.Read(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if _, err := docx.Redact(&out, file, nil); err != nil {
			if out.Len() > 0 {
				t.Fatal("written and refused")
			}
			return
		}
		again, err := docx.Read(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if r, err := secrecy.Redact(again.Text(), nil); err != nil || len(r.Cuts) > 0 {
			t.Fatal("something survives", err)
		}
	})
}

func ExampleRedact() {
	// file.docx read into memory
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	w, _ := zw.Create("word/document.xml")
	_, _ = io.WriteString(w, `<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>申请人张建国</w:t></w:r></w:p></w:body></w:document>`)
	_ = zw.Close()
	f, err := docx.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		fmt.Println(err)
		return
	}
	var out bytes.Buffer
	r, err := docx.Redact(&out, f, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(len(r.Cuts), " ", strings.TrimRight(r.Text, "\n|"))
	// Output: 1 申请人■■■
}
