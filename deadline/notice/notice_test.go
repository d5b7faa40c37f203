package notice_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/deadline/notice"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite RULES.md")

func date(s string) deadline.Date {
	if s == "" {
		return deadline.Date{}
	}
	return deadline.MustParseDate(s)
}

func TestCheck(t *testing.T) {
	own := notice.Rule{ID: "own", Matter: "本局公示", Display: deadline.MustParseLimit("公示期不少于3日"), Citation: law.Local("某局政务公开办法").Sec("八"), Verification: law.Verified}
	for _, c := range []struct {
		name       string
		n          notice.Notice
		code       string
		severity   notice.Severity
		want, cite string
	}{
		{"中标候选人三日末日是周日，顺延", notice.Notice{Rule: "tender-candidates", Start: date("2026-03-05"), End: date("2026-03-09")}, "", "", "", ""},
		{"末日是休息日没有顺延", notice.Notice{Rule: "tender-candidates", Start: date("2026-03-05"), End: date("2026-03-08")}, "DL-505", notice.Serious, "2026-03-09", "第二百零三条"},
		{"把公布当日算进去", notice.Notice{Rule: "tender-candidates", Start: date("2026-03-09"), End: date("2026-03-11")}, "DL-504", notice.Serious, "2026-03-12", "第二百零一条"},
		{"少了两日", notice.Notice{Rule: "tender-candidates", Start: date("2026-03-09"), End: date("2026-03-10")}, "DL-501", notice.Serious, "2026-03-12", "第五十四条"},
		{"工作日按自然日算", notice.Notice{Rule: "cadre-appointment", Start: date("2026-03-05"), End: date("2026-03-10")}, "DL-503", notice.Serious, "2026-03-12", "第四十二条"},
		{"任职公示五个工作日含补班", notice.Notice{Rule: "cadre-appointment", Start: date("2026-02-10"), End: date("2026-02-24")}, "", "", "", ""},
		{"结束在休息日只是提醒", notice.Notice{Rule: "cadre-appointment", Start: date("2026-03-05"), End: date("2026-03-14")}, "DL-505", notice.Warning, "2026-03-16", "第二百零三条"},
		{"BB-12 一般公示一日是提醒不是违法", notice.Notice{Start: date("2026-03-09"), End: date("2026-03-10")}, "DL-511", notice.Warning, "2026-03-11", "二至七日"},
		{"BB-12 一般公示十日是提醒", notice.Notice{Start: date("2026-03-09"), End: date("2026-03-19")}, "DL-511", notice.Warning, "2026-03-16", "二至七日"},
		{"BB-12 一般公示五日", notice.Notice{Start: date("2026-03-09"), End: date("2026-03-13")}, "", "", "", ""},
		{"BB-12 法律另有规定的，本地三日不能代替五个工作日", notice.Notice{Rule: "single-source", Own: &own, Start: date("2026-03-09"), End: date("2026-03-12")}, "DL-501", notice.Serious, "2026-03-16", "第三十八条"},
		{"BB-12 只有本地规定时按本地规定", notice.Notice{Own: &own, Start: date("2026-03-09"), End: date("2026-03-11")}, "DL-504", notice.Serious, "2026-03-12", "二百零一条"},
		{"决策征求意见缩短而说明理由", notice.Notice{Rule: "major-decision", Start: date("2026-03-09"), End: date("2026-03-23"), Reason: "汛期紧急"}, "", "", "", ""},
		{"决策征求意见缩短没有说明", notice.Notice{Rule: "major-decision", Start: date("2026-03-09"), End: date("2026-03-23")}, "DL-501", notice.Serious, "2026-04-08", "第十五条"},
		{"房屋征收不足三十日，说明理由也不行", notice.Notice{Rule: "housing-expropriation", Start: date("2026-03-09"), End: date("2026-03-23"), Reason: "紧急"}, "DL-501", notice.Serious, "2026-04-08", "第十条"},
		{"合法性审核超过十五个工作日", notice.Notice{Rule: "normative-review", Start: date("2026-03-02"), End: date("2026-03-24")}, "DL-502", notice.Warning, "2026-03-23", "国办发〔2018〕115号"},
		{"公示期间改变内容", notice.Notice{Rule: "cadre-appointment", Start: date("2026-03-02"), End: date("2026-03-09"), Changed: []deadline.Date{date("2026-03-05")}}, "DL-506", notice.Warning, "2026-03-12", "本库读法"},
		{"改变之后又公示了足够的时间", notice.Notice{Rule: "cadre-appointment", Start: date("2026-03-02"), End: date("2026-03-12"), Changed: []deadline.Date{date("2026-03-05")}}, "", "", "", ""},
		{"提前撤下", notice.Notice{Rule: "cadre-appointment", Start: date("2026-03-02"), End: date("2026-03-09"), Copies: []notice.Copy{{"政府网站", date("2026-03-06")}}}, "DL-507", notice.Serious, "2026-03-09", "第四十二条"},
		{"OA-20 期满没有结果", notice.Notice{Rule: "cadre-appointment", Start: date("2026-03-02"), End: date("2026-03-09"), AsOf: date("2026-03-20")}, "DL-509", notice.Warning, "", "本库读法"},
		{"OA-20 期满有结果", notice.Notice{Rule: "cadre-appointment", Start: date("2026-03-02"), End: date("2026-03-09"), AsOf: date("2026-03-20"), Result: date("2026-03-11")}, "", "", "", ""},
		{"OA-20 处罚三年期满仍有一份没有撤下", notice.Notice{Rule: "penalty", Event: date("2023-03-01"), Start: date("2023-03-06"), Copies: []notice.Copy{{"公示系统", date("2026-03-06")}, {"微信", date("")}}, AsOf: date("2026-04-01")}, "DL-508", notice.Serious, "2026-03-06", "第十三条"},
		{"OA-20 较低数额罚款三个月", notice.Notice{Rule: "penalty-minor", Event: date("2026-01-05"), Start: date("2026-01-06"), Copies: []notice.Copy{{"公示系统", date("")}}, AsOf: date("2026-04-07")}, "DL-508", notice.Serious, "2026-04-06", "第十三条"},
		{"OA-20 决定被撤销三个工作日内撤回", notice.Notice{Rule: "penalty", Event: date("2026-01-05"), Start: date("2026-01-06"), Fell: date("2026-03-05"), Copies: []notice.Copy{{"公示系统", date("2026-03-11")}}}, "DL-508", notice.Serious, "2026-03-10", "第四十八条"},
		{"处罚决定七个工作日内公示", notice.Notice{Rule: "penalty", Event: date("2026-03-02"), Start: date("2026-03-12")}, "DL-510", notice.Serious, "2026-03-11", "国办发〔2018〕118号"},
		{"至今没有公示", notice.Notice{Rule: "penalty", Event: date("2026-03-02"), AsOf: date("2026-03-12")}, "DL-510", notice.Serious, "2026-03-11", "国办发〔2018〕118号"},
		{"预算批准后二十日", notice.Notice{Rule: "budget-government", Event: date("2026-01-28"), Start: date("2026-02-24")}, "", "", "", ""},
		{"凭记忆的规定不下结论", notice.Notice{Rule: "eia-comment", Start: date("2026-03-02"), End: date("2026-03-05")}, "DL-501", notice.Undetermined, "2026-03-16", "第十条"},
		{"没有写明天数的不下结论", notice.Notice{Rule: "normative-draft", Start: date("2026-03-02"), End: date("2026-03-05")}, "DL-513", notice.Undetermined, "", ""},
		{"结束早于开始", notice.Notice{Rule: "single-source", Start: date("2026-03-02"), End: date("2026-03-01")}, "DL-512", notice.Serious, "", ""},
		{"放假通知未出时不下结论", notice.Notice{Rule: "single-source", Start: date("2027-02-01"), End: date("2027-02-15")}, "DL-514", notice.Undetermined, "2027-02-22", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			bs, err := notice.Check(c.n, deadline.China())
			require.NoError(t, err)
			if c.code == "" {
				assert.Empty(t, bs)
				return
			}
			require.Len(t, bs, 1, "%v", bs)
			b := bs[0]
			assert.Equal(t, c.code, b.Code, b.Detail)
			assert.Equal(t, c.severity, b.Severity)
			if c.code != "DL-514" {
				assert.Equal(t, c.want, b.Want.String(), b.Detail)
			}
			assert.Contains(t, b.Citation.String(), c.cite)
			assert.NotEmpty(t, b.Detail)
		})
	}
	t.Run("没有的规则", func(t *testing.T) {
		_, err := notice.Check(notice.Notice{Rule: "nothing", Start: date("2026-03-02")}, deadline.China())
		require.ErrorIs(t, err, notice.ErrRule)
	})
	t.Run("日历之外", func(t *testing.T) {
		_, err := notice.Check(notice.Notice{Rule: "tender-candidates", Start: date("2201-03-02"), End: date("2201-04-02")}, deadline.China())
		require.ErrorIs(t, err, deadline.ErrOutOfRange)
	})
	t.Run("一次给出所有的问题，并指明哪一份", func(t *testing.T) {
		bs, err := notice.Check(notice.Notice{Rule: "tender-candidates", Event: date("2026-03-02"), Start: date("2026-03-09"), End: date("2026-03-10"), AsOf: date("2026-03-30"),
			Copies: []notice.Copy{{"网站", date("2026-03-09")}, {"公示栏", date("2026-03-10")}}}, deadline.China())
		require.NoError(t, err)
		var codes []string
		for _, b := range bs {
			codes = append(codes, b.Code)
		}
		assert.Equal(t, []string{"DL-510", "DL-501", "DL-509", "DL-507"}, codes)
		assert.Equal(t, "网站", bs[3].Where)
	})
}

// TestPlanTwin: what Plan calls lawful Check finds nothing wrong with, and one day
// less it does.
func TestPlanTwin(t *testing.T) {
	t.Run("照方案公示没有问题，提前一日就有", func(t *testing.T) {
		cal := deadline.China()
		for _, r := range notice.Rules() {
			if r.Display.IsZero() {
				continue
			}
			for d := date("2025-01-01"); d.Before(date("2026-09-01")); d = d.AddDays(1) {
				if now, err := notice.Lookup(r.ID, d); err != nil || now.Citation != r.Citation {
					continue
				}
				p, err := notice.PlanOf(r.ID, cal, d)
				require.NoError(t, err)
				bs, err := notice.Check(notice.Notice{Rule: r.ID, Start: d, End: p.End}, cal)
				require.NoError(t, err)
				require.Empty(t, bs, "%s from %s to %s", r.ID, d, p.End)
				if less := p.End.AddDays(-1); !less.Before(d) {
					bs, err = notice.Check(notice.Notice{Rule: r.ID, Start: d, End: less}, cal)
					require.NoError(t, err)
					require.NotEmpty(t, bs, "%s from %s to %s", r.ID, d, less)
				}
			}
		}
	})
}

func TestPrevailing(t *testing.T) {
	get := func(id string) notice.Rule {
		r, err := notice.Lookup(id, date("2026-03-02"))
		require.NoError(t, err)
		return r
	}
	t.Run("BB-12 一般规则让位于任何其他规则", func(t *testing.T) {
		r, ok := notice.Prevailing(get(notice.General), get("tender-candidates"))
		assert.True(t, ok)
		assert.Equal(t, "tender-candidates", r.ID)
	})
	t.Run("法律先于规章", func(t *testing.T) {
		r, _ := notice.Prevailing(get("institution-recruitment"), get("civil-servant-recruitment"))
		assert.Equal(t, "civil-servant-recruitment", r.ID)
	})
	t.Run("同级的取较长的", func(t *testing.T) {
		r, _ := notice.Prevailing(get("tender-candidates"), get("housing-expropriation"))
		assert.Equal(t, "housing-expropriation", r.ID)
	})
	_, ok := notice.Prevailing()
	assert.False(t, ok)
}

func TestRules(t *testing.T) {
	t.Run("引文指向存在的条款，未核验的有标记", func(t *testing.T) {
		for _, r := range notice.Rules() {
			for _, c := range append([]law.Citation{r.Citation}, r.Also...) {
				if c.Instrument == law.Own {
					continue
				}
				if err := law.Resolve(c); err != nil {
					assert.ErrorIs(t, err, law.ErrUnverified, "%s: %s", r.ID, c)
					p, _ := law.Lookup(c)
					assert.True(t, r.Verification < law.Verified || p.Verification >= law.Partly, "%s: %s", r.ID, c)
				}
			}
		}
	})
	t.Run("按日期的版本：2014年条例与2019年条例", func(t *testing.T) {
		r, err := notice.Lookup("cadre-appointment", date("2018-01-02"))
		require.NoError(t, err)
		assert.Equal(t, law.CadreRegulation2014, r.Citation.Instrument)
		r, err = notice.Lookup("cadre-appointment", date("2026-01-05"))
		require.NoError(t, err)
		assert.Equal(t, law.CadreRegulation2019, r.Citation.Instrument)
	})
}

func TestRulesPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# 公示期\n\n由 `rule.go` 生成，请勿手改。凭记忆、二手的规定只作提示，不据以认定违法。\n\n")
	b.WriteString("| 编号 | 事项 | 公示期 | 公布时限 | 撤下 | 撤回 | 结果 | 依据 | 核验 | 说明 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, r := range notice.Rules() {
		cite := r.Citation.String()
		for _, c := range r.Also {
			cite += "；" + c.String()
		}
		result := ""
		if r.Result {
			result = "应有"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", r.ID, r.Matter, r.Display, r.Publish, r.TakeDown, r.Withdraw, result, cite, r.Verification, r.Note)
	}
	if *update {
		require.NoError(t, os.WriteFile("RULES.md", []byte(b.String()), 0o644))
	}
	got, err := os.ReadFile("RULES.md")
	require.NoError(t, err)
	assert.Equal(t, string(got), b.String(), "RULES.md is not what the table says: run the test with -update")
}

func FuzzCheck(f *testing.F) {
	f.Add("tender-candidates", 20260305, 4, 3, 10)
	f.Fuzz(func(t *testing.T, id string, start, length, down, fell int) {
		d := deadline.NewDate(1, 1, 1).AddDays(start % 800_000)
		n := notice.Notice{Rule: id, Event: d, Start: d.AddDays(fell % 50), End: d.AddDays(length % 5000), Changed: []deadline.Date{d.AddDays(down % 90)}, Fell: d.AddDays(fell % 900),
			AsOf: d.AddDays(9000), Copies: []notice.Copy{{"a", d.AddDays(down % 9000)}, {}}}
		_, _ = notice.Check(n, deadline.China())
		_, _ = notice.Check(notice.Notice{}, deadline.China().Projected())
	})
}

func ExamplePlanOf() {
	p, _ := notice.PlanOf("tender-candidates", deadline.China(), deadline.MustParseDate("2026-03-05"))
	fmt.Println(p.End)
	// Output: 2026-03-09
}

func ExampleCheck() {
	bs, _ := notice.Check(notice.Notice{
		Rule:  "cadre-appointment",
		Start: deadline.MustParseDate("2026-03-05"),
		End:   deadline.MustParseDate("2026-03-10"),
	}, deadline.China())
	for _, b := range bs {
		fmt.Println(b.Code, b.Severity, b.Detail, b.Citation)
	}
	// Output: DL-503 breach 规定的是5个工作日，按自然日计算了；最早应至2026年3月12日 《党政领导干部选拔任用工作条例》第四十二条
}
