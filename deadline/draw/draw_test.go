package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/deadline/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func day(s string) deadline.Date { return deadline.MustParseDate(s) }

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	if !bytes.Equal(want, got) {
		t.Fatalf("%s differs; got:\n%s", path, got)
	}
}

func answer(t *testing.T) draw.Grid {
	c := deadline.China()
	marks, err := draw.Count(c, day("2026-09-18"), 20)
	require.NoError(t, err)
	return draw.Grid{
		Title: "政府信息公开申请答复期限：自收到申请之日起20个工作日内", Calendar: c, Marks: marks,
		Notes: []string{"2026年9月18日收到申请，次日起算；9月20日、10月10日补班计入，中秋节、国庆节放假不计入；末日为10月22日。", "依据：《中华人民共和国政府信息公开条例》第三十三条第二款"},
	}
}

func projected(t *testing.T) draw.Grid {
	c := deadline.China().Projected()
	marks, err := draw.Count(c, day("2027-01-25"), 22)
	require.NoError(t, err)
	for _, d := range []string{"2027-02-16", "2027-02-17"} {
		marks = append(marks, draw.Mark{Date: day(d), Kind: draw.Excluded, Why: "third party"})
	}
	marks = append(marks, draw.Mark{Date: day("2027-02-25"), Kind: draw.Planned})
	return draw.Grid{Title: "22 working days from 25 January 2027", Calendar: c, Marks: marks, Language: draw.English, Notes: []string{"The notice for 2027 is not out."}}
}

func TestCountMarksEveryDay(t *testing.T) {
	c := deadline.China()
	marks, err := draw.Count(c, day("2026-09-18"), 20)
	require.NoError(t, err)
	assert.Equal(t, draw.Mark{Date: day("2026-09-18"), Kind: draw.Start}, marks[0])
	assert.Equal(t, draw.Mark{Date: day("2026-09-19"), Kind: draw.Skipped}, marks[1])
	assert.Equal(t, draw.Mark{Date: day("2026-09-20"), Kind: draw.Counted, Number: 1}, marks[2])
	assert.Equal(t, draw.Mark{Date: day("2026-10-22"), Kind: draw.Due, Number: 20}, marks[len(marks)-1])
	assert.Len(t, marks, day("2026-10-22").Sub(day("2026-09-18"))+1)
	back, err := draw.Count(c, day("2026-10-22"), -19)
	require.NoError(t, err)
	assert.Equal(t, draw.Mark{Date: day("2026-09-20"), Kind: draw.Due, Number: 19}, back[len(back)-1])
	_, err = draw.Count(c, day("2026-11-20"), 20)
	require.ErrorIs(t, err, deadline.ErrUnsettled)
	none, err := draw.Count(c, day("2026-11-20"), 0)
	require.NoError(t, err)
	assert.Len(t, none, 1)
}

func TestGridAsText(t *testing.T) {
	for name, g := range map[string]draw.Grid{"answer.txt": answer(t), "projected-en.txt": projected(t)} {
		t.Run(name, func(t *testing.T) {
			s, err := g.Text()
			require.NoError(t, err)
			golden(t, name, []byte(s))
		})
	}
}

func TestGridAsSVG(t *testing.T) {
	for name, g := range map[string]draw.Grid{"answer.svg": answer(t), "projected-en.svg": projected(t)} {
		t.Run(name, func(t *testing.T) {
			b, err := g.SVG()
			require.NoError(t, err)
			golden(t, name, b)
			wellFormed(t, b)
		})
	}
}

func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

// What a black-and-white printer needs: every kind of day has a fill, a frame
// or a tag that no other has.
func TestKindsOfDaysAreToldApartWithoutColour(t *testing.T) {
	a := deadline.Arrangement{Own: true, Days: []deadline.ArrangedDay{{Date: day("2026-09-16"), Off: true, Festival: "停电"}}}
	c, err := deadline.China().With(a)
	require.NoError(t, err)
	g := answer(t)
	g.Calendar = c
	g.Marks = append(g.Marks, draw.Mark{Date: day("2026-10-14"), Kind: draw.Excluded}, draw.Mark{Date: day("2026-10-20"), Kind: draw.Planned})
	b, err := g.SVG()
	require.NoError(t, err)
	for _, want := range []string{"url(#weekend)", "url(#statutory)", "url(#inlieu)", "url(#special)", "url(#excluded)", `stroke-width="4"`, `stroke-dasharray="7 4"`, ">法<", ">休<", ">班<", ">特<", ">起<", ">末日<", ">计划日<", "补班"} {
		assert.Contains(t, string(b), want)
	}
	assert.Contains(t, string(b), "<title>2026-10-08 星期四 工作日 · 计入 · 第9日</title>")
	assert.Contains(t, string(b), "<title>2026-09-20 星期日 补班 国庆节 · 计入 · 第1日</title>")
}

func TestUnsettledDaysSaySo(t *testing.T) {
	g := draw.Grid{Calendar: deadline.China(), From: day("2026-12-01"), To: day("2026-12-31")}
	s, err := g.Text()
	require.NoError(t, err)
	assert.Contains(t, s, "31?")
	assert.Contains(t, s, "? 未定")
	b, err := g.SVG()
	require.NoError(t, err)
	assert.Contains(t, string(b), "未定")
}

func TestForeignTextIsEscaped(t *testing.T) {
	g := answer(t)
	g.Title = "a<b>&\"'\x00\xff" + strings.Repeat("长", 200)
	g.Notes = []string{"<script>alert(1)</script>"}
	g.Marks = append(g.Marks, draw.Mark{Date: day("2026-09-25"), Kind: draw.Excluded, Why: "</text><script>"})
	b, err := g.SVG()
	require.NoError(t, err)
	wellFormed(t, b)
	assert.NotContains(t, string(b), "<script>")
	assert.True(t, utf8.Valid(b))
}

func TestGridRefused(t *testing.T) {
	for name, g := range map[string]draw.Grid{
		"没有日历": {From: day("2026-01-01"), To: day("2026-01-31")},
		"没有日子": {Calendar: deadline.China(), Marks: []draw.Mark{{}}},
		"倒置":   {Calendar: deadline.China(), From: day("2026-02-01"), To: day("2026-01-31")},
		"太长":   {Calendar: deadline.China(), From: day("2020-01-01"), To: day("2026-01-31")},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := g.SVG()
			require.ErrorIs(t, err, draw.ErrGrid)
			_, err = g.Text()
			require.ErrorIs(t, err, draw.ErrGrid)
		})
	}
	t.Run("最后一个能写的月份", func(t *testing.T) {
		_, err := draw.Grid{Calendar: deadline.China(), From: day("9999-12-01"), To: day("9999-12-31")}.SVG()
		require.NoError(t, err)
	})
}

func unfold(t *testing.T, s string) []string {
	t.Helper()
	require.True(t, strings.HasSuffix(s, "\r\n"))
	require.NotContains(t, strings.ReplaceAll(s, "\r\n", ""), "\n")
	require.NotContains(t, strings.ReplaceAll(s, "\r\n", ""), "\r")
	for _, l := range strings.Split(strings.TrimSuffix(s, "\r\n"), "\r\n") {
		require.LessOrEqual(t, len(l), 75, l)
		require.True(t, utf8.ValidString(l), l)
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(s, "\r\n ", ""), "\r\n"), "\r\n")
}

func TestICalendarOfDues(t *testing.T) {
	long := strings.Repeat("第三方意见期间不计入，", 20)
	f := draw.File{Name: "期限", Stamp: time.Date(2026, 11, 21, 9, 0, 0, 0, time.FixedZone("", 8*3600)), Sequence: 2, Events: []draw.Event{
		{UID: "case-1@example", Date: day("2026-10-22"), Summary: "答复末日；甲,乙\\丙", Description: "一\n二\r\n三" + long, Category: "期限", AlarmDays: 3, Busy: true},
		{Date: day("2026-09-25"), Through: day("2026-09-27"), Summary: "中秋节放假"},
	}}
	var b bytes.Buffer
	n, err := f.WriteTo(&b)
	require.NoError(t, err)
	assert.Equal(t, int64(b.Len()), n)
	golden(t, "dues.ics", b.Bytes())
	lines := unfold(t, b.String())
	assert.Contains(t, lines, `SUMMARY:答复末日；甲\,乙\\丙`)
	assert.Contains(t, lines, `DESCRIPTION:一\n二\n三`+long)
	assert.Contains(t, lines, "DTSTART;VALUE=DATE:20261022")
	assert.Contains(t, lines, "DTEND;VALUE=DATE:20261023")
	assert.Contains(t, lines, "DTEND;VALUE=DATE:20260928")
	assert.Contains(t, lines, "DTSTAMP:20261121T010000Z")
	assert.Contains(t, lines, "TRIGGER:-P3D")
	assert.Contains(t, lines, "SEQUENCE:2")
	var again bytes.Buffer
	_, err = f.WriteTo(&again)
	require.NoError(t, err)
	assert.Equal(t, b.String(), again.String(), "the same events have the same UIDs")
}

func TestDueAsAnEvent(t *testing.T) {
	l, err := deadline.ParseLimit("自收到申请之日起20个工作日内")
	require.NoError(t, err)
	due, err := l.Due(deadline.China(), day("2026-09-18"))
	require.NoError(t, err)
	e := draw.DueEvent("答复张三的申请", due, draw.Chinese)
	assert.Equal(t, day("2026-10-22"), e.Date)
	assert.Equal(t, "答复张三的申请", e.Summary)
	assert.Contains(t, e.Description, "第20个工作日")
	due, err = l.Due(deadline.China(), day("2027-01-04"))
	require.ErrorIs(t, err, deadline.ErrUnsettled)
	e = draw.DueEvent("答复", due, draw.Chinese)
	assert.Equal(t, day("2027-01-29"), e.Date, "the last working day before the earliest")
	assert.Equal(t, "答复（推算，放假通知未发布）", e.Summary)
	atLeast, err := deadline.ParseLimit("公示期不少于5个工作日")
	require.NoError(t, err)
	due, err = atLeast.Due(deadline.China(), day("2026-09-18"))
	require.NoError(t, err)
	assert.Equal(t, day("2026-09-24"), draw.DueEvent("公示期满", due, draw.Chinese).Date)
	var b bytes.Buffer
	_, err = draw.File{Events: []draw.Event{e}}.WriteTo(&b)
	require.NoError(t, err)
	unfold(t, b.String())
}

func TestICalendarRefused(t *testing.T) {
	var b bytes.Buffer
	_, err := draw.File{Events: []draw.Event{
		{Summary: "没有日子"}, {Date: day("2026-10-22"), Summary: " "}, {Date: day("2026-10-22"), Through: day("2026-10-21"), Summary: "倒置"},
		{Date: day("2026-10-22"), Summary: "一"}, {Date: day("2026-10-22"), Summary: "一"}, {Date: day("9999-12-31"), Summary: "最后一天"}, {Date: day("2026-10-22"), Summary: "提醒", AlarmDays: -1},
	}}.WriteTo(&b)
	require.ErrorIs(t, err, draw.ErrEvent)
	assert.Len(t, err.(interface{ Unwrap() []error }).Unwrap(), 6)
	assert.Zero(t, b.Len())
}

func TestICalendarOfTheCalendar(t *testing.T) {
	events := draw.Holidays(deadline.China(), day("2026-01-01"), day("2026-12-31"), draw.Chinese)
	var got []string
	for _, e := range events {
		s := e.Date.String()[5:]
		if !e.Through.IsZero() {
			s += "–" + e.Through.String()[5:]
		}
		got = append(got, s+" "+e.Summary)
	}
	assert.Equal(t, []string{
		"01-01–01-03 元旦放假", "01-04 元旦补班", "02-14 春节补班", "02-15–02-23 春节放假", "02-28 春节补班", "04-04–04-06 清明节放假",
		"05-01–05-05 劳动节放假", "05-09 劳动节补班", "06-19–06-21 端午节放假", "09-20 国庆节补班", "09-25–09-27 中秋节放假", "10-01–10-07 国庆节放假", "10-10 国庆节补班",
	}, got)
	p := draw.Holidays(deadline.China().Projected(), day("2027-01-01"), day("2027-12-31"), draw.English)
	require.NotEmpty(t, p)
	assert.Equal(t, "New Year (off) (projected)", p[0].Summary)
	assert.Empty(t, draw.Holidays(deadline.China(), day("2027-01-01"), day("2027-12-31"), draw.Chinese), "a strict calendar says nothing about it")
	assert.NotEmpty(t, draw.Holidays(deadline.China(), day("1990-01-01"), day("2004-12-31"), draw.Chinese))
}

func FuzzICalendarLines(f *testing.F) {
	f.Add("答复末日", "说明\r\n第二行；,\\", "")
	f.Add(strings.Repeat("字", 60), strings.Repeat("a", 300), "\x00\x1f\xff")
	f.Fuzz(func(t *testing.T, summary, description, name string) {
		var b bytes.Buffer
		_, err := draw.File{Name: name, Events: []draw.Event{{Date: day("2026-10-22"), Summary: summary, Description: description}}}.WriteTo(&b)
		if err != nil {
			require.ErrorIs(t, err, draw.ErrEvent)
			return
		}
		lines := unfold(t, b.String())
		require.Equal(t, "END:VCALENDAR", lines[len(lines)-1])
	})
}

func ExampleGrid_Text() {
	c := deadline.China()
	marks, err := draw.Count(c, deadline.MustParseDate("2026-04-29"), 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := draw.Grid{Title: "4个工作日", Calendar: c, Marks: marks, To: deadline.MustParseDate("2026-05-31")}.Text()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(s)
	// Output:
	// 4个工作日
	//
	// 2026年4月
	//  一       二       三       四       五       六       日
	//                    1        2        3        4·       5法
	//  6休      7        8        9       10       11·      12·
	// 13       14       15       16       17       18·      19·
	// 20       21       22       23       24       25·      26·
	// 27       28       29起     30(1)
	//
	// 2026年5月
	//  一       二       三       四       五       六       日
	//                                      1法      2法      3·
	//  4休      5休      6(2)     7(3)     8末(4)   9班     10·
	// 11       12       13       14       15       16·      17·
	// 18       19       20       21       22       23·      24·
	// 25       26       27       28       29       30·      31·
	//
	// (n) 第n日  起 起始日  末 末日  · 公休日  法 法定节假日  休 调休  班 补班
}

func BenchmarkSVG(b *testing.B) {
	c := deadline.China()
	marks, err := draw.Count(c, day("2026-09-18"), 20)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (draw.Grid{Calendar: c, Marks: marks}).SVG(); err != nil {
			b.Fatal(err)
		}
	}
}
