package hanzi_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFold(t *testing.T) {
	for _, c := range []struct {
		name, in string
		o        hanzi.Options
		want     string
	}{
		{"TZ-14 繁体夹拼音与原意相同", "信息形成或變更之日起20個(gè)工作日內(nèi)公開(kāi)", hanzi.Everything, "信息形成或变更之日起20个工作日内公开"},
		{"TZ-14 批準(zhǔn)、產(chǎn)生", "批準(zhǔn)後，產(chǎn)生", hanzi.Everything, "批准后,产生"},
		{"TZ-14 全角括号的注音", "個（gè）人", hanzi.Everything, "个人"},
		{"TZ-14 分解的声调符号", "個(ge\u0300)人", hanzi.Everything, "个人"},
		{"TZ-14 轻声没有声调符号", "他們(men)", hanzi.Everything, "他们"},
		{"TZ-14 撇形短音符", "開(kăi)", hanzi.Everything, "开"},
		{"括号里是英文词，不是注音", "企业(app)信息", hanzi.Everything, "企业(app)信息"},
		{"括号里是大写字母", "人工智能(AI)", hanzi.Everything, "人工智能(AI)"},
		{"括号里是单位", "长度(km)", hanzi.Everything, "长度(km)"},
		{"括号前不是汉字", "x(gè)", hanzi.Everything, "x(gè)"},
		{"括号没有合上", "個(gè", hanzi.Everything, "个(gè"},
		{"全角数字与标点", "２０２６年，１２日（内）；", hanzi.Width, "2026年,12日(内);"},
		{"顿号句号书名号不动", "、。《》〔2016〕「」", hanzi.Everything, "、。《》〔2016〕「」"},
		{"汉字之间的空格", "信息形 成 20 个工作 日内", hanzi.Blanks, "信息形成20个工作日内"},
		{"全角空格", "长期公开　随时公开", hanzi.Everything, "长期公开随时公开"},
		{"数字之间的空格不动", "10 20 日", hanzi.Everything, "10 20日"},
		{"英文之间的空格不动", "open data 平台", hanzi.Everything, "open data 平台"},
		{"换行默认不动", "工作\n日", hanzi.Blanks, "工作\n日"},
		{"单元格里的换行", "工作\r\n日", hanzi.Blanks | hanzi.Breaks, "工作日"},
		{"空格不跨换行", "工作 \n 日", hanzi.Blanks, "工作 \n 日"},
		{"零宽字符", "身\u200b份\ufeff证\u00ad", hanzi.Invisible, "身份证"},
		{"零宽字符夹在空格里", "身 \u200b 份", hanzi.Everything, "身份"},
		{"部首字形", "⽇期⼯作⻓期", hanzi.Script, "日期工作长期"},
		{"兼容汉字", "\uf9d0", hanzi.Script, "类"},
		{"变体字 爲 啓 羣 衞", "爲啓羣衞", hanzi.Script, "为启群卫"},
		{"只选宽度时不动繁体", "個２", hanzi.Width, "個2"},
		{"什么都不选", "個(gè)２ \u200b", 0, "個(gè)２ \u200b"},
		{"不是 UTF-8 的字节原样保留", "個\xff\xfe２", hanzi.Everything, "个\xff\xfe2"},
		{"数学数字", "𝟏𝟐", hanzi.Width, "12"},
		{"空", "", hanzi.Everything, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := hanzi.Fold(c.in, c.o)
			assert.Equal(t, c.want, f.Text)
			again := hanzi.Fold(f.Text, c.o)
			assert.Equal(t, f.Text, again.Text, "a folded text stays as it is")
			assert.False(t, again.Changed())
		})
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct{ name, in, find, want string }{
		{"全角数字", "自２０２６年", "2026", "２０２６"},
		{"一个全角数字", "自２０２６年", "26", "２６"},
		{"注音随字", "第三個(gè)人", "个", "個(gè)"},
		{"注音夹在中间", "內(nèi)部個(gè)人", "内部个人", "內(nèi)部個(gè)人"},
		{"零宽字符夹在字与注音之间", "個\u200b(gè)人", "个人", "個\u200b(gè)人"},
		{"空格夹在中间", "工作 日内", "工作日", "工作 日"},
		{"空格在后面不算", "工作日 内", "工作日", "工作日"},
		{"空格在前面不算", "个 工作日内", "工作日", "工作日"},
		{"零宽字符夹在号码里", "号1\u200b2\u200b3。", "123", "1\u200b2\u200b3"},
		{"四字节变三字节", "𠁞号", "号", "号"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := hanzi.Fold(c.in, hanzi.Everything)
			i := strings.Index(f.Text, c.find)
			require.GreaterOrEqual(t, i, 0, "folded: %s", f.Text)
			a, b := f.Span(i, i+len(c.find))
			assert.Equal(t, c.want, c.in[a:b])
			assert.Equal(t, i, f.At(a))
		})
	}
	t.Run("越界与倒置的范围", func(t *testing.T) {
		f := hanzi.Fold("２０個(gè)", hanzi.Everything)
		a, b := f.Span(-5, 99)
		assert.Equal(t, []int{0, len("２０個(gè)")}, []int{a, b})
		a, b = f.Span(2, 1)
		assert.Equal(t, a, b)
		assert.Equal(t, len(f.Text), f.At(1<<40))
		assert.Equal(t, 0, f.At(-1))
	})
	t.Run("零值", func(t *testing.T) {
		var f hanzi.Folded
		a, b := f.Span(0, 3)
		assert.Zero(t, a+b+f.At(7))
	})
}

// checkMap holds the laws of the map for one text.
func checkMap(t *testing.T, s string, o hanzi.Options) {
	t.Helper()
	f := hanzi.Fold(s, o)
	require.LessOrEqual(t, len(f.Text), len(s)+3)
	lastEnd := 0
	for i, r := range f.Text {
		n := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, n = utf8.DecodeRuneInString(f.Text[i:])
		}
		a, b := f.Span(i, i+n)
		require.True(t, lastEnd <= a && a < b && b <= len(s), "%q %d: [%d,%d) after %d", s, i, a, b, lastEnd)
		require.Equal(t, i, f.At(a), "%q %d", s, i)
		// the piece alone folds to the same character
		require.Equal(t, f.Text[i:i+n], strings.Trim(hanzi.Fold(s[a:b], o).Text, ""), "%q %d", s, i)
		lastEnd = b
	}
	a, b := f.Span(0, len(f.Text))
	require.True(t, 0 <= a && a <= b && b <= len(s))
	for i := 0; i <= len(s); i++ {
		require.LessOrEqual(t, f.At(i), len(f.Text))
		if i > 0 {
			require.GreaterOrEqual(t, f.At(i), f.At(i-1))
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"信息形成或變更之日起20個(gè)工作日內(nèi)公開(kāi)", "２０ 個\u200b(gè)（nèi）", "\xff個 \n\t日", "個(ge\u0300)", "𠁞⼯"} {
		f.Add(s, uint16(hanzi.Everything))
	}
	f.Fuzz(func(t *testing.T, s string, o uint16) {
		if len(s) > 400 {
			s = s[:400]
		}
		checkMap(t, s, hanzi.Options(o)&hanzi.Everything)
	})
}

func TestSimple(t *testing.T) {
	t.Run("表中每个字一步到底", func(t *testing.T) {
		b, err := os.ReadFile("opencc/table.txt")
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSpace(string(b)), "\n")
		require.Len(t, lines, 2)
		from, to := []rune(lines[0]), []rune(lines[1])
		require.Len(t, to, len(from))
		require.Greater(t, len(from), 4000)
		for i, r := range from {
			require.Equal(t, string(to[i]), string(hanzi.Simple(r)), "%c", r)
			require.Equal(t, to[i], hanzi.Simple(to[i]), "%c becomes %c, which is not simple", r, to[i])
		}
	})
	t.Run("不在表中的字不动", func(t *testing.T) {
		for _, r := range "信息公开条例著a1。\U0010ffff" {
			assert.Equal(t, r, hanzi.Simple(r))
		}
	})
}

func TestIsHan(t *testing.T) {
	for _, r := range "一龥〇㐀𠀀⼯豈" {
		assert.True(t, hanzi.IsHan(r), "%c", r)
	}
	for _, r := range "a1。、「，㈠①가あ\u3000" {
		assert.False(t, hanzi.IsHan(r), "%c", r)
	}
}

func ExampleFold() {
	s := "信息形成之日起２０個(gè)工作 日內(nèi)"
	f := hanzi.Fold(s, hanzi.Everything)
	fmt.Println(f.Text)
	i := strings.Index(f.Text, "20个")
	start, end := f.Span(i, i+len("20个"))
	fmt.Println(s[start:end])
	// Output:
	// 信息形成之日起20个工作日内
	// ２０個(gè)
}

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{
		"clean=57":  "自政府信息形成或者变更之日起20个工作日内",
		"folded=90": "信息形成或變更之日起20個(gè)工作日內(nèi)公開(kāi)，并及時更新。",
		"clean=6k":  strings.Repeat("自政府信息形成或者变更之日起20个工作日内，", 100),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				hanzi.Fold(s, hanzi.Everything)
			}
		})
	}
}
