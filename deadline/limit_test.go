package deadline_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type meaning struct {
	Phrase    string
	Kind      string
	Value     json.RawMessage
	Unit      string
	From      string
	Dir       string
	Role      string
	Min       int `json:"min_times"`
	Ambiguous []string
	Clauses   []meaning
	By        map[string]any
}

func devPhrases(t testing.TB) []meaning {
	b, err := os.ReadFile("testdata/phrases/dev.jsonl")
	require.NoError(t, err)
	var out []meaning
	for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan(); {
		var m meaning
		require.NoError(t, json.Unmarshal(sc.Bytes(), &m))
		out = append(out, m)
	}
	return out
}

// differs says how a limit differs from the meaning expected, "" if it does not.
func differs(w meaning, l deadline.Limit) string {
	kind := w.Kind
	if kind == "at-least" && w.Dir == "before" {
		kind = "before"
	}
	if l.Kind.String() != kind && !slices.Contains(w.Ambiguous, l.Kind.String()) {
		return fmt.Sprintf("kind %s, want %s", l.Kind, kind)
	}
	if kind == "compound" {
		var want []meaning
		for _, c := range w.Clauses {
			if c.Kind != "unparseable" {
				want = append(want, c)
			}
		}
		if len(want) != len(l.All) {
			return fmt.Sprintf("%d clauses, want %d: %v", len(l.All), len(want), l)
		}
		for i, c := range want {
			if d := differs(c, l.All[i]); d != "" {
				return fmt.Sprintf("clause %d: %s", i, d)
			}
		}
		return ""
	}
	var n int
	var pair []int
	switch {
	case json.Unmarshal(w.Value, &n) == nil && string(w.Value) != "null":
		if l.N != n {
			return fmt.Sprintf("N %d, want %d", l.N, n)
		}
	case json.Unmarshal(w.Value, &pair) == nil && len(pair) == 2:
		if l.N != pair[0] || l.Max != pair[1] {
			return fmt.Sprintf("N %d Max %d, want %v", l.N, l.Max, pair)
		}
	}
	if l.Unit.String() != w.Unit {
		return fmt.Sprintf("unit %s, want %s", l.Unit, w.Unit)
	}
	if w.From != "所涉事件发生" && w.From != "会议召开" && w.From != "临时检修" || kind != "before" && kind != "hours" {
		if a, b := l.Anchor(), (deadline.Limit{From: w.From}).Anchor(); a != b {
			return fmt.Sprintf("from %q (%s), want %q (%s)", l.From, a, w.From, b)
		}
	}
	if string(l.Role) != w.Role {
		return fmt.Sprintf("role %q, want %q", l.Role, w.Role)
	}
	if l.MinTimes != w.Min {
		return fmt.Sprintf("min times %d, want %d", l.MinTimes, w.Min)
	}
	return byDiffers(w, l)
}

func byDiffers(w meaning, l deadline.Limit) string {
	day := func(v any) int {
		switch v := v.(type) {
		case float64:
			return int(v)
		case string:
			return -1
		}
		return 0
	}
	for k, v := range w.By {
		var got int
		switch k {
		case "month_of_period":
			got = l.By.To.Month
		case "day", "day_to":
			got = l.By.To.Day
		case "day_from":
			got = l.By.From.Day
		case "weekday":
			got = l.By.Weekday
		case "week_of_period":
			got = l.By.Week
		case "next_period":
			if !l.By.Next {
				return "not in the next period"
			}
			continue
		case "days":
			if l.By.To.Day != 20 || l.By.Also[0].Day != 5 || !l.By.Next {
				return fmt.Sprint("days ", l.By)
			}
			continue
		default:
			return "unknown by " + k
		}
		if got != day(v) {
			return fmt.Sprintf("by %s %d, want %v", k, got, v)
		}
	}
	if w.Kind != "fixed-date" {
		return ""
	}
	var one map[string]any
	var many []map[string]any
	if json.Unmarshal(w.Value, &one) != nil {
		_ = json.Unmarshal(w.Value, &many)
		if len(many) != 2 || day(many[1]["month"]) != l.By.Also[0].Month || day(many[1]["day"]) != l.By.Also[0].Day {
			return fmt.Sprint("list ", l.By)
		}
		one = many[0]
	}
	for k, v := range one {
		var got any
		switch k {
		case "month", "month_to":
			got = l.By.To.Month
		case "day", "day_to":
			got = l.By.To.Day
		case "month_from":
			got = l.By.From.Month
		case "day_from":
			got = l.By.From.Day
		case "quarter":
			got = (l.By.To.Month + 2) / 3
			if l.By.From.Month != 3*day(v)-2 || l.By.To.Month != 3*day(v) {
				return fmt.Sprint("quarter ", l.By)
			}
		case "start", "end":
			d := l.By.Start
			if k == "end" {
				d = l.By.End
			}
			if d.String() != v {
				return fmt.Sprintf("%s %s, want %v", k, d, v)
			}
			continue
		}
		if got != day(v) {
			return fmt.Sprintf("%s %v, want %v", k, got, v)
		}
	}
	return ""
}

func lacks(w meaning) bool {
	return slices.ContainsFunc(w.Clauses, func(c meaning) bool { return c.Kind == "unparseable" })
}

// judge is right, wrong or refused.
func judge(w meaning) (verdict, why string) {
	l, err := deadline.ParseLimit(w.Phrase)
	switch {
	case w.Kind == "unparseable" && (err != nil && l.IsZero() || slices.Contains(w.Ambiguous, l.Kind.String())):
		return "right", ""
	case w.Kind == "unparseable":
		return "wrong", "read as " + l.String()
	case err != nil && !lacks(w):
		return "refused", err.Error()
	case lacks(w) && err == nil:
		return "wrong", "no error for the clause that sets nothing"
	}
	if d := differs(w, l); d != "" {
		return "wrong", d
	}
	return "right", ""
}

func TestParseLimitOnPhrasesOfCatalogs(t *testing.T) {
	t.Run("TZ-14 真实目录中的时限写法", func(t *testing.T) {
		count := map[string]int{}
		all := devPhrases(t)
		for _, w := range all {
			v, why := judge(w)
			count[v]++
			if v != "right" {
				t.Logf("%s: %q: %s", v, w.Phrase, why)
			}
		}
		n := float64(len(all))
		t.Logf("%d phrases: right %d, wrong %d, refused %d", len(all), count["right"], count["wrong"], count["refused"])
		assert.GreaterOrEqual(t, float64(count["right"])/n, 0.97)
		assert.LessOrEqual(t, float64(count["wrong"])/n, 0.005)
	})
	t.Run("String 写出的规范写法读回来相等", func(t *testing.T) {
		for _, w := range devPhrases(t) {
			l, err := deadline.ParseLimit(w.Phrase)
			if l.IsZero() {
				require.Error(t, err)
				continue
			}
			back, err := deadline.ParseLimit(l.String())
			assert.NoError(t, err, "%s → %s", w.Phrase, l)
			assert.True(t, back.Equal(l), "%s → %s\n%+v\n%+v", w.Phrase, l, l, back)
		}
	})
	t.Run("错误带有编码与位置", func(t *testing.T) {
		for _, w := range devPhrases(t) {
			if _, err := deadline.ParseLimit(w.Phrase); err != nil {
				var e *deadline.LimitError
				require.True(t, errors.As(err, &e))
				assert.Regexp(t, `^DL-2\d\d$`, e.Code)
				assert.True(t, e.Offset >= 0 && e.Offset <= len(w.Phrase))
				assert.ErrorIs(t, err, deadline.ErrLimit)
			}
		}
	})
}

func BenchmarkParseLimit(b *testing.B) {
	all := devPhrases(b)
	b.Run("dev.jsonl", func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			deadline.ParseLimit(all[i%len(all)].Phrase)
			i++
		}
	})
}

// madeMeaning compares a limit with one clause of the table's own notation.
func madeMeaning(want string, l deadline.Limit) bool {
	f := strings.Fields(want)
	if len(f) == 0 || l.Kind.String() != f[0] && !(f[0] == "hours" && l.Kind == deadline.LimitHours) {
		return false
	}
	if len(f) == 1 {
		return true
	}
	lo, hi, ranged := strings.Cut(f[1], "-")
	if strconv.Itoa(l.N) != lo || ranged && strconv.Itoa(l.Max) != hi || !ranged && l.Max != 0 || l.Unit.String() != f[2] {
		return false
	}
	anchor, role, back := deadline.AnchorNone, deadline.RoleNone, false
	for _, x := range f[3:] {
		switch {
		case x == "before":
			back = true
		case x[0] == '@':
			anchor = deadline.Anchor(x[1:])
		default:
			role = deadline.Role(x)
		}
	}
	if l.Kind != deadline.LimitBefore && !back && l.Anchor() != anchor || anchor != "" && l.Anchor() != anchor {
		return false
	}
	return l.Role == role && l.Backward == back
}

func TestParseLimitOnMadePhrases(t *testing.T) {
	b, err := os.ReadFile("testdata/phrases/made.tsv")
	require.NoError(t, err)
	n := 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSuffix(line, "\n")
		phrase, want, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		n++
		name := phrase
		if id, rest, ok := strings.Cut(phrase, " "); ok && strings.Contains(id, "-0") {
			phrase = rest
		}
		t.Run(name, func(t *testing.T) {
			l, err := deadline.ParseLimit(phrase)
			if code, ok := strings.CutPrefix(want, "!"); ok {
				var e *deadline.LimitError
				require.True(t, errors.As(err, &e), "read as %v", l)
				assert.True(t, l.IsZero(), "%v", l)
				assert.Equal(t, code, e.Code)
				return
			}
			rest, partial := strings.CutSuffix(want, " + !")
			if partial {
				assert.Error(t, err)
				assert.True(t, l.Partial)
			} else {
				require.NoError(t, err)
			}
			if text, ok := strings.CutPrefix(rest, "="); ok {
				if partial {
					text += "；其余未识别"
				}
				assert.Equal(t, text, l.String())
			} else {
				clauses := strings.Split(rest, " + ")
				require.Len(t, l.Clauses(), len(clauses), "%v", l)
				for i, c := range l.Clauses() {
					assert.True(t, madeMeaning(clauses[i], c), "want %s, read %s %d-%d %s @%s %s: %v", clauses[i], c.Kind, c.N, c.Max, c.Unit, c.Anchor(), c.Role, c)
				}
			}
			back, err := deadline.ParseLimit(l.String())
			assert.NoError(t, err, "%v", l)
			assert.True(t, back.Equal(l), "%v\n%+v\n%+v", l, l, back)
		})
	}
	assert.GreaterOrEqual(t, n, 300)
}

func FuzzParseLimit(f *testing.F) {
	for _, w := range devPhrases(f) {
		f.Add(w.Phrase)
	}
	b, err := os.ReadFile("testdata/phrases/made.tsv")
	require.NoError(f, err)
	for line := range strings.Lines(string(b)) {
		phrase, _, _ := strings.Cut(line, "\t")
		f.Add(phrase)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := deadline.ParseLimit(s)
		if l.IsZero() {
			require.Error(t, err, "%q", s)
			require.ErrorIs(t, err, deadline.ErrLimit)
			return
		}
		back, err := deadline.ParseLimit(l.String())
		require.NoError(t, err, "%q → %q", s, l.String())
		require.True(t, back.Equal(l), "%q → %q\n%+v\n%+v", s, l.String(), l, back)
		j, err := json.Marshal(l)
		require.NoError(t, err)
		var k deadline.Limit
		require.NoError(t, json.Unmarshal(j, &k))
		require.True(t, k.Equal(l))
	})
}
