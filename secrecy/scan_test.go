package secrecy_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func ExampleScan() {
	text := "当事人驾驶证号33089819430417686x，车辆闽D·17E57。"
	for _, f := range secrecy.Scan(text) {
		fmt.Println(f.Kind, text[f.Start:f.End], f.Evidence)
	}
	// Output:
	// cn_id18 33089819430417686x checksum
	// plate 闽D·17E57 shape
}

func ExampleNewScanner() {
	s, err := secrecy.NewScanner(&secrecy.ScannerOptions{
		Kinds:    []secrecy.Kind{secrecy.KindMobile},
		Lists:    []secrecy.WordList{{ID: "staff", Words: []string{"王建国"}, Kind: secrecy.KindPerson, Role: secrecy.Official}},
		Patterns: []secrecy.Pattern{{ID: "case", Literal: "案卷", Expr: `案卷(?P<v>[A-Z]{2}-\d{4})`}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "王建国经手案卷QZ-0042,电话一三八〇〇一三八〇〇〇。"
	for _, f := range s.Scan(text) {
		fmt.Println(f.Kind, f.Role, f.Rule, text[f.Start:f.End])
	}
	// Output:
	// person official staff 王建国
	// pattern  case QZ-0042
	// mobile private  一三八〇〇一三八〇〇〇
}

// checked is the slow twin: every window of eighteen and the check character.
func checkedIDs(text string) (out [][2]int) {
	re := regexp.MustCompile(`\d{17}[\dXx]`)
	alnum := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
	for i := range text {
		m := re.FindStringIndex(text[i:])
		if m == nil || m[0] != 0 {
			continue
		}
		v := strings.ToUpper(text[i : i+18])
		if i > 0 && alnum(text[i-1]) || i+18 < len(text) && alnum(text[i+18]) || idCheck(v[:17]) != v[17:] {
			continue
		}
		var y, mo, d int
		fmt.Sscanf(v[6:14], "%4d%2d%2d", &y, &mo, &d)
		if y < 1800 || y > 2099 || mo < 1 || mo > 12 || d < 1 || d > 28 || !strings.Contains(" 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 ", " "+v[:2]+" ") {
			continue
		}
		out = append(out, [2]int{i, i + 18})
	}
	return out
}

func wellFormed(t testing.TB, text string, f []secrecy.Finding) {
	end := 0
	for _, x := range f {
		if x.Start < end || x.End <= x.Start || x.End > len(text) || x.Kind.String() == "" {
			t.Fatalf("%+v after %d of %d", x, end, len(text))
		}
		if x.Kind != secrecy.KindUnreadable && (!utf8.RuneStart(text[x.Start]) || x.End < len(text) && !utf8.RuneStart(text[x.End])) && utf8.ValidString(text) {
			t.Fatalf("%+v cuts a character", x)
		}
		end = x.End
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{petition, "机密★5年\n特急", "身份证11010519491231002X,", "\xff\xfe1380013\x008000", "住址：云江市白塔县大塘镇前进村6组10号", "姓名\t电话\n张三\t13800138000", "a@b.cn(at)c.cn"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := secrecy.Scan(s)
		wellFormed(t, s, got)
		for _, id := range checkedIDs(s) {
			ok := false
			for _, x := range got {
				ok = ok || x.Start <= id[0] && id[1] <= x.End
			}
			if !ok {
				t.Fatalf("a right number is not covered: %q in %q", s[id[0]:id[1]], s)
			}
		}
		sc := mustScanner(t, nil)
		i := 0
		for x, err := range sc.ScanReader(strings.NewReader(s)) {
			if err != nil || i >= len(got) {
				t.Fatal(err, i, len(got))
			}
			i++
			_ = x
		}
		if i != len(got) {
			t.Fatalf("reader finds %d, scan %d", i, len(got))
		}
	})
}

func FuzzRedact(f *testing.F) {
	f.Add(petition)
	f.Add("申请人张建国,张 建国,１３８００１３８０００ 13800\n138000 138001380001")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := secrecy.Redact(s, nil)
		if err != nil {
			return
		}
		if err := secrecy.Verify(s, r, nil); err != nil {
			t.Fatal(err)
		}
		again, err := secrecy.Redact(r.Text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if again.Text != r.Text {
			t.Fatalf("twice changes %q to %q", r.Text, again.Text)
		}
		for i := 0; i <= len(r.Text); i++ {
			if o := r.Original(i); o < 0 || o > len(s) {
				t.Fatalf("offset %d maps to %d of %d", i, o, len(s))
			}
		}
	})
}

func TestScanReader(t *testing.T) {
	s := mustScanner(t, nil)
	text := benchText(600 << 10)
	want := s.Scan(text)
	for name, r := range map[string]io.Reader{"一次给完": strings.NewReader(text), "一字节一字节": iotest.OneByteReader(strings.NewReader(text)), "数据与结束同来": iotest.DataErrReader(strings.NewReader(text))} {
		t.Run(name, func(t *testing.T) {
			var got []secrecy.Finding
			for f, err := range s.ScanReader(r) {
				require.NoError(t, err)
				got = append(got, f)
			}
			assert.Equal(t, want, got)
		})
	}
	t.Run("读错", func(t *testing.T) {
		var last error
		for _, err := range s.ScanReader(iotest.ErrReader(errors.New("disk"))) {
			last = err
		}
		assert.Equal(t, "SE-504", code(t, last))
	})
}

// A text cut into pages gives what one page gives.
func TestPages(t *testing.T) {
	one := strings.Repeat(filler, 20) + "\n申请人张建国，身份证号11010519491231002X，手机138 0013 8000，住云江市白塔县大塘镇前进村6组10号。\n"
	got := secrecy.Scan(strings.Repeat(one, 200))
	want := secrecy.Scan(one)
	require.Len(t, want, 4)
	require.Len(t, got, 4*200)
	for i, f := range got {
		w := want[i%4]
		assert.Equal(t, w.Start+i/4*len(one), f.Start)
		assert.Equal(t, w.End-w.Start, f.End-f.Start)
	}
}

func TestBadInput(t *testing.T) {
	for name, s := range map[string]string{
		"一个数字":   strings.Repeat("1", 8<<20),
		"空":      "",
		"只有换行":   strings.Repeat("\n", 1<<20),
		"NUL":    strings.Repeat("1\x00", 1<<20),
		"数字空格":   strings.Repeat("1 ", 1<<20),
		"姓":      strings.Repeat("王", 1<<20),
		"号":      strings.Repeat("1号", 1<<19),
		"市":      strings.Repeat("市", 1<<19),
		"艾特":     strings.Repeat("a@", 1<<19),
		"点":      strings.Repeat("艾·", 1<<18),
		"制表":     strings.Repeat("姓名\t", 1<<17),
		"坏字节":    strings.Repeat("\xff", 1<<20),
		"零宽":     strings.Repeat("\u200b", 1<<18),
		"密":      strings.Repeat("机密★", 1<<17),
		"零长标记":   strings.Repeat("内部资料", 1<<16),
		"括号":     strings.Repeat("((1", 1<<18),
		"姓名顿号":   strings.Repeat("张建国、", 1<<16),
		"电话一行到底": strings.Repeat("13800138000 ", 1<<16),
	} {
		t.Run(name, func(t *testing.T) { wellFormed(t, s, secrecy.Scan(s)) })
	}
	t.Run("不是UTF-8的是发现", func(t *testing.T) {
		got := secrecy.Scan("正文\xb5\xb5\xbb\xb0正文")
		require.Len(t, got, 1)
		assert.Equal(t, secrecy.KindUnreadable, got[0].Kind)
		assert.Equal(t, 6, got[0].Start)
		assert.Equal(t, 10, got[0].End)
	})
}

func TestScannerOptions(t *testing.T) {
	for name, o := range map[string]*secrecy.ScannerOptions{
		"没有这个种类":  {Kinds: []secrecy.Kind{99}},
		"词表没有名字":  {Lists: []secrecy.WordList{{Words: []string{"a"}}}},
		"空词":      {Lists: []secrecy.WordList{{ID: "a", Words: []string{" "}}}},
		"没有必需的字":  {Patterns: []secrecy.Pattern{{ID: "a", Expr: `\d+`}}},
		"表达式不对":   {Patterns: []secrecy.Pattern{{ID: "a", Literal: "案卷", Expr: `(`}}},
		"匹配空串":    {Patterns: []secrecy.Pattern{{ID: "a", Literal: "案卷", Expr: `\d*`}}},
		"窗口太大":    {Patterns: []secrecy.Pattern{{ID: "a", Literal: "案卷", Expr: `\d`, Window: 4096}}},
		"几个问题一起报": {Kinds: []secrecy.Kind{99}, Patterns: []secrecy.Pattern{{ID: "a"}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := secrecy.NewScanner(o)
			assert.ErrorIs(t, err, secrecy.ErrOptions)
		})
	}
	t.Run("词表过宽度、繁简和空格", func(t *testing.T) {
		s := mustScanner(t, &secrecy.ScannerOptions{Kinds: []secrecy.Kind{secrecy.KindWord}, Lists: []secrecy.WordList{{ID: "p", Words: []string{"蓝天项目", "ABC-1"}}}})
		for _, v := range []string{"蓝天项目", "藍天項目", "蓝 天 项 目", "蓝天\u200b项目", "ＡＢＣ－１"} {
			got := s.Scan("关于" + v + "的函")
			if assert.Len(t, got, 1, v) {
				assert.Equal(t, v, ("关于" + v + "的函")[got[0].Start:got[0].End])
				assert.Equal(t, "p", got[0].Rule)
			}
		}
		assert.Empty(t, s.Scan("XABC-12"))
	})
	t.Run("词表与逐词查找一致", func(t *testing.T) {
		words := []string{"甲乙", "乙丙", "甲乙丙丁", "丁", "丁丁", "戊"}
		s := mustScanner(t, &secrecy.ScannerOptions{Kinds: []secrecy.Kind{secrecy.KindWord}, Lists: []secrecy.WordList{{ID: "p", Words: words}}})
		letters := []string{"甲", "乙", "丙", "丁", "己"}
		for n := range 5 * 5 * 5 * 5 * 5 {
			var b strings.Builder
			for k := n; b.Len() < 15; k /= 5 {
				b.WriteString(letters[k%5])
			}
			text := b.String()
			covered := make([]bool, len(text))
			for _, w := range words {
				for i := 0; ; i++ {
					j := strings.Index(text[i:], w)
					if j < 0 {
						break
					}
					i += j
					for k := i; k < i+len(w); k++ {
						covered[k] = true
					}
				}
			}
			got := make([]bool, len(text))
			for _, f := range s.Scan(text) {
				for k := f.Start; k < f.End; k++ {
					got[k] = true
				}
			}
			require.Equal(t, covered, got, text)
		}
	})
}

// Codes are a contract: unique, listed, never reassigned.
func TestCodes(t *testing.T) {
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	re := regexp.MustCompile(`(code[A-Za-z]+)\s*=\s*"(SE-\d+)"`)
	seen := map[string]string{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		b, err := os.ReadFile(f.Name())
		require.NoError(t, err)
		for _, m := range re.FindAllSubmatch(b, -1) {
			assert.Empty(t, seen[string(m[2])], "%s stands twice", m[2])
			seen[string(m[2])] = string(m[1])
		}
	}
	golden(t, "testdata/codes.golden", sortedCodes(seen))
}

func sortedCodes(m map[string]string) string {
	var b bytes.Buffer
	for i := 0; i < 1000; i++ {
		if n, ok := m[fmt.Sprintf("SE-%03d", i)]; ok {
			fmt.Fprintf(&b, "SE-%03d %s\n", i, n)
		}
	}
	return b.String()
}
