package hanzi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadNumber(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int64
		read string
	}{
		{"20个工作日", 20, "20"}, {"二十日", 20, "二十"}, {"十五", 15, "十五"}, {"廿日", 20, "廿"}, {"廿五", 25, "廿五"}, {"卅", 30, "卅"},
		{"两个月", 2, "两"}, {"兩個", 2, "兩"}, {"壹次", 1, "壹"}, {"贰拾", 20, "贰拾"}, {"貳佰伍拾", 250, "貳佰伍拾"},
		{"一百零八", 108, "一百零八"}, {"一百二十", 120, "一百二十"}, {"一千零一夜", 1001, "一千零一"}, {"三百六十五日", 365, "三百六十五"},
		{"二〇二六年", 2026, "二〇二六"}, {"二○一九", 2019, "二○一九"}, {"一九四九", 1949, "一九四九"},
		{"3万元", 30000, "3万"}, {"十二万三千四百五十六", 123456, "十二万三千四百五十六"}, {"一亿二千万", 120000000, "一亿二千万"},
		{"〇", 0, "〇"}, {"零", 0, "零"}, {"007", 7, "007"}, {"九十九", 99, "九十九"}, {"十十", 10, "十"}, {"五五十", 55, "五五"},
		{"半", 0, ""}, {"百", 0, ""}, {"abc", 0, ""}, {"", 0, ""}, {"一百二", 0, ""}, {"99999999999999999999", 0, ""},
		{"万一", 0, ""}, {"一月", 1, "一"}, {"二百一十", 210, "二百一十"}, {"一十", 10, "一十"}, {"一万零五", 10005, "一万零五"},
	} {
		t.Run(c.in, func(t *testing.T) {
			n, size := hanzi.ReadNumber(c.in)
			assert.Equal(t, c.n, n)
			assert.Equal(t, c.read, c.in[:size])
		})
	}
	t.Run("0至99999逐个写出再读回", func(t *testing.T) {
		for i := range 100000 {
			s := write(i)
			n, ok := hanzi.ParseNumber(s)
			require.True(t, ok, s)
			require.EqualValues(t, i, n, s)
		}
	})
}

// write is the obvious twin: it writes a number in characters.
func write(n int) string {
	d := []rune("零一二三四五六七八九")
	if n == 0 {
		return "零"
	}
	var b strings.Builder
	zero := false
	for _, u := range []struct {
		v int
		s string
	}{{10000, "万"}, {1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		k := n / u.v % 10
		if k == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteString("零")
			zero = false
		}
		if !(u.v == 10 && k == 1 && b.Len() == 0) {
			b.WriteRune(d[k])
		}
		b.WriteString(u.s)
	}
	return b.String()
}

func TestApproximate(t *testing.T) {
	assert.True(t, hanzi.Approximate("两三天"))
	assert.True(t, hanzi.Approximate("三五日"))
	assert.True(t, hanzi.Approximate("七八个"))
	assert.False(t, hanzi.Approximate("二〇二六"))
	assert.False(t, hanzi.Approximate("三十"))
	assert.False(t, hanzi.Approximate("23天"))
	assert.False(t, hanzi.Approximate(""))
}

func FuzzReadNumber(f *testing.F) {
	for _, s := range []string{"二十", "3万亿", "一百零八", "九亿亿亿", "零零", "千万"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, size := hanzi.ReadNumber(s)
		require.True(t, n >= 0 && n <= 999_999_999_999_999 && size >= 0 && size <= len(s), "%q: %d %d", s, n, size)
		if size > 0 {
			m, again := hanzi.ReadNumber(s[:size])
			require.Equal(t, []any{n, size}, []any{m, again}, "%q", s)
		}
	})
}

func ExampleReadNumber() {
	n, size := hanzi.ReadNumber("二十个工作日")
	fmt.Println(n, "二十个工作日"[size:])
	// Output: 20 个工作日
}
