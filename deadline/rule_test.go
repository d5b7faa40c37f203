package deadline_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files and the generated tables")

func TestRules(t *testing.T) {
	t.Run("每一条都能查到、引文指向的条款存在、期限读得懂", func(t *testing.T) {
		all := deadline.Rules()
		require.GreaterOrEqual(t, len(all), 115)
		seen := map[string]law.Instrument{}
		for _, r := range all {
			require.NotEqual(t, r.Citation.Instrument, seen[r.ID], r.ID)
			seen[r.ID] = r.Citation.Instrument
			for _, c := range append([]law.Citation{r.Citation}, r.Also...) {
				if c.Instrument != law.Own {
					if err := law.Resolve(c); err != nil {
						assert.ErrorIs(t, err, law.ErrUnverified, "%s: %s", r.ID, c)
						p, _ := law.Lookup(c)
						assert.True(t, r.Verification < law.Verified || p.Verification >= law.Partly, "%s wears a text that was not read: %s", r.ID, c)
					}
				}
			}
			assert.NotEqual(t, law.Unknown, r.Verification, r.ID)
			if !r.Limit.IsZero() {
				back, err := deadline.ParseLimit(r.Limit.String())
				assert.NoError(t, err, r.ID)
				assert.True(t, back.Equal(r.Limit), r.ID)
			}
		}
	})
	for _, c := range []struct{ name, id, on, limit string }{
		{"REG-33a 2019年5月15日起二十个工作日", "gir-reply", "2019-05-15", "20个工作日"},
		{"REG-33a 前一日仍是十五个工作日", "gir-reply", "2019-05-14", "15个工作日"},
		{"REG-26 主动公开", "gir-proactive-publish", "2026-01-05", "20个工作日"},
		{"REG-30a 补正告知", "gir-correction-notice", "2026-01-05", "7个工作日"},
		{"行政处罚信息撤回三日是工作日", "penalty-withdraw-publication", "2026-01-05", "3个工作日"},
		{"REG-06 CX-09 新闻发布会", "opinion-press-conference", "2026-01-05", "24小时"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := deadline.LookupRule(c.id, date(c.on))
			require.NoError(t, err)
			assert.Contains(t, r.Limit.String(), c.limit)
		})
	}
	t.Run("查不到", func(t *testing.T) {
		_, err := deadline.LookupRule("nothing", date("2026-01-05"))
		require.ErrorIs(t, err, deadline.ErrRule)
		_, err = deadline.LookupRule("gir-reply", date("2007-01-01"))
		require.ErrorIs(t, err, deadline.ErrRule)
		_, err = deadline.LookupRule("gir-reply", deadline.Date{})
		require.ErrorIs(t, err, deadline.ErrRule)
	})
	t.Run("改动返回的切片不影响表", func(t *testing.T) {
		deadline.Rules()[0].ID = ""
		assert.NotEmpty(t, deadline.Rules()[0].ID)
	})
}

func TestUnder(t *testing.T) {
	for _, c := range []struct {
		name   string
		law    law.Instrument
		phrase string
		want   deadline.Unit
	}{
		{"处罚法85条：七日是工作日", law.AdministrativePenaltyLaw2021, "七日内", deadline.UnitWorkday},
		{"处罚法85条：十日不在其列", law.AdministrativePenaltyLaw2021, "十日内", deadline.UnitDay},
		{"处罚法85条：九十日是自然日", law.AdministrativePenaltyLaw2021, "九十日内", deadline.UnitDay},
		{"强制法69条：十日以内", law.AdministrativeCompulsionLaw2011, "十日内", deadline.UnitWorkday},
		{"强制法69条：三十日", law.AdministrativeCompulsionLaw2011, "三十日内", deadline.UnitDay},
		{"许可法82条：四十五日", law.AdministrativeLicensingLaw2019, "四十五日内", deadline.UnitWorkday},
		{"复议法88条：五日", law.AdministrativeReconsiderationLaw2023, "五日内", deadline.UnitWorkday},
		{"复议法88条：六十日", law.AdministrativeReconsiderationLaw2023, "六十日内", deadline.UnitDay},
		{"招标投标法没有这样的规定", law.BiddingRegulation2019, "三日内", deadline.UnitDay},
		{"按月计算的不变", law.AdministrativeLicensingLaw2019, "三个月内", deadline.UnitMonth},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, deadline.MustParseLimit(c.phrase).Under(c.law).Unit)
		})
	}
	for _, r := range deadline.CountingRules() {
		assert.NoError(t, law.Resolve(r.Citation))
	}
}

// TestLimitsPage compares LIMITS.md with the table; -update writes it.
func TestLimitsPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# 法定期限\n\n由 `rule_table.go` 生成，请勿手改。“核验”一栏说明引文是否与存本核对过；凭记忆、二手的不得直接当作硬规则。\n\n")
	b.WriteString("| 编号 | 事项 | 期限 | 起算 | 延长 | 不计入 | 依据 | 核验 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, r := range deadline.Rules() {
		cite := r.Citation.String()
		for _, c := range r.Also {
			cite += "；" + c.String()
		}
		limit := r.Limit.String()
		if limit == "" {
			limit = "无数字"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", r.ID, r.Matter, limit, r.Starts, r.Extension, r.Excluded, cite, r.Verification)
	}
	b.WriteString("\n## 以工作日计算的“日”\n\n| 依据 | 天数 | 原文 | 说明 |\n| --- | --- | --- | --- |\n")
	for _, r := range deadline.CountingRules() {
		days := strings.Trim(strings.ReplaceAll(fmt.Sprint(r.Days), " ", "、"), "[]")
		if days == "" {
			days = "全部"
			if r.Most > 0 {
				days = fmt.Sprintf("%d日以内", r.Most)
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.Citation, days, r.Quote, r.Note)
	}
	printed(t, "LIMITS.md", b.String())
}
