package secrecy_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/secrecy"
)

// filler is running text of offices without anything to be found.
const filler = "各科室按照职责分工落实责任，结合实际制定方案，做到信息准确、渠道畅通、回应及时。" +
	"对涉及群众切身利益的事项，应当通过便于知晓的方式向社会说明，接受监督，并做好政策解释和资料归档。"

// benchText is Chinese text with one item in about 430 bytes.
func benchText(size int) string {
	g := &gen{r: rand.New(rand.NewPCG(3, 3)), names: map[string]string{}}
	fields := []string{"id", "mob", "card", "tel", "plate", "mail", "uscc", "id15"}
	for i := 0; g.b.Len() < size; i++ {
		g.b.WriteString(filler)
		g.b.WriteString("另附号码")
		g.field(fields[i%len(fields)])
		g.b.WriteString("，请予核对。\n")
		g.b.WriteString(filler[:120])
	}
	return g.b.String()
}

var eightKinds = []secrecy.Kind{secrecy.KindID18, secrecy.KindID15, secrecy.KindUSCC, secrecy.KindMobile, secrecy.KindLandline, secrecy.KindBankCard, secrecy.KindPlate, secrecy.KindEmail}

var eightExprs = []*regexp.Regexp{
	regexp.MustCompile(`[1-9]\d{16}[\dXx]`), regexp.MustCompile(`[1-9]\d{14}`), regexp.MustCompile(`[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}`),
	regexp.MustCompile(`1[3-9]\d{9}`), regexp.MustCompile(`0\d{2,3}-\d{7,8}`), regexp.MustCompile(`\d{16,19}`),
	regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}`),
	regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`),
}

// formExprs read the forms that the scanner reads: full width, and a separator
// between the groups.
var formExprs = func() (out []*regexp.Regexp) {
	const d, sep, x = `[0-9０-９]`, `[ \x{a0}\x{200b}\n·.\-]?`, `[0-9０-９XxＸ]`
	const c = `[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy０-９Ａ-Ｚ]`
	for _, e := range []string{
		d + `{6}` + sep + d + `{8}` + sep + d + `{3}` + x, d + `{6}` + sep + d + `{6}` + sep + d + `{3}`,
		c + `{2}` + sep + d + `{6}` + sep + c + `{9}` + sep + c, `(?:(?:\+|00)?86` + sep + `)?[1１][3-9３-９]` + d + sep + d + `{4}` + sep + d + `{4}`,
		`[(（]?[0０]` + d + `{2,3}[)）]?[ —-]?` + d + `{3,4}` + sep + d + `{4}(?:转` + d + `{1,4})?`, `(?:` + d + `{4}` + sep + `){4}` + d + `{0,3}`,
		`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-ZＡ-Ｚ][ ·]?[A-HJ-NP-Z0-9０-９Ａ-Ｚ]{4,6}[警学挂港澳]?`,
		`[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9.-]+\.[A-Za-z]{2,}`,
	} {
		out = append(out, regexp.MustCompile(e))
	}
	return out
}()

func mustScanner(b testing.TB, o *secrecy.ScannerOptions) *secrecy.Scanner {
	s, err := secrecy.NewScanner(o)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkScan(b *testing.B) {
	text := benchText(10 << 20)
	words := func(n int) []secrecy.WordList {
		l := secrecy.WordList{ID: "w"}
		r := rand.New(rand.NewPCG(1, 9))
		for range n {
			var w strings.Builder
			for range 2 + r.IntN(4) {
				w.WriteRune(rune(0x4E00 + r.IntN(6000)))
			}
			l.Words = append(l.Words, w.String())
		}
		return []secrecy.WordList{l}
	}
	run := func(name string, s *secrecy.Scanner, text string) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = len(s.Scan(text))
			}
			b.ReportMetric(float64(n), "findings")
		})
	}
	eight := mustScanner(b, &secrecy.ScannerOptions{Kinds: eightKinds})
	all := mustScanner(b, nil)
	run("kinds=8/10MiB", eight, text)
	run("kinds=all/10MiB", all, text)
	run("words=10000/10MiB", mustScanner(b, &secrecy.ScannerOptions{Kinds: []secrecy.Kind{secrecy.KindWord}, Lists: words(10000)}), text)
	for _, n := range []int{1 << 10, 64 << 10, 1 << 20} {
		run(fmt.Sprintf("kinds=all/%dKiB", n>>10), all, text[:n])
	}
	for name, exprs := range map[string][]*regexp.Regexp{"plain": eightExprs, "forms": formExprs} {
		b.Run("peer=regexp/"+name+"/1MiB", func(b *testing.B) {
			part := text[:1<<20]
			b.SetBytes(1 << 20)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = 0
				for _, e := range exprs {
					n += len(e.FindAllStringIndex(part, -1))
				}
			}
			b.ReportMetric(float64(n), "findings")
		})
	}
}

func BenchmarkRedact(b *testing.B) {
	text := benchText(1 << 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := secrecy.Redact(text, nil); err != nil {
			b.Fatal(err)
		}
	}
}
