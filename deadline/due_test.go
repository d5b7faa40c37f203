package deadline_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func date(s string) deadline.Date { return deadline.MustParseDate(s) }

func TestDue(t *testing.T) {
	cal := deadline.China()
	for _, c := range []struct{ name, phrase, start, from, date string }{
		{"REG-26 形成之日起二十个工作日跨国庆与补班", "自信息形成或者变更之日起20个工作日内", "2026-09-25", "2026-09-25", "2026-10-29"},
		{"NN-07 解读材料三个工作日", "文件公开后3个工作日内", "2026-04-30", "2026-04-30", "2026-05-08"},
		{"TZ-04 提出七个工作日", "自信息形成或者变更之日起7个工作日内", "2026-09-25", "2026-09-25", "2026-10-12"},
		{"REG-33a 收到申请之日起二十个工作日", "自收到申请之日起20个工作日内", "2025-01-20", "2025-01-20", "2025-02-21"},
		{"周六补班是工作日", "3个工作日内", "2026-02-11", "2026-02-11", "2026-02-14"},
		{"自然日末日是国庆假期，顺延到假期结束的次日", "20日内", "2026-09-13", "2026-09-13", "2026-10-08"},
		{"自然日末日是补班的周六，不顺延", "10日内", "2026-02-04", "2026-02-04", "2026-02-14"},
		{"自然日末日是普通周六，顺延到周一", "10日内", "2026-03-04", "2026-03-04", "2026-03-16"},
		{"一个月到期没有对应日", "1个月内", "2026-01-31", "2026-01-31", "2026-02-28"},
		{"六个月的对应日是假日", "6个月内", "2026-04-01", "2026-04-01", "2026-10-08"},
		{"闰日满一年", "1年内", "2024-02-29", "2024-02-29", "2025-02-28"},
		{"当日", "当日公开", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"零个工作日", "0个工作日内", "2026-03-07", "2026-03-07", "2026-03-07"},
		{"不少于五个工作日最早届满", "公示期不少于5个工作日", "2026-03-02", "2026-03-09", ""},
		{"不少于三日末日是周日，届满顺延", "公示期不少于3日", "2026-03-05", "2026-03-09", ""},
		{"七至十五日", "公示期一般为7至15日", "2026-03-02", "2026-03-09", "2026-03-17"},
		{"至多七日不因休息日延长", "公示期不超过7日", "2026-03-01", "2026-03-01", "2026-03-08"},
		{"开会三日前不计会议当日", "会议召开3日前公布", "2026-03-20", "", "2026-03-17"},
		{"听证七个工作日前跨清明", "在举行听证的7个工作日前通知", "2026-04-10", "", "2026-03-31"},
		{"提前一个月", "提前一个月公布", "2026-03-31", "", "2026-02-28"},
		{"届满三年停止公示不顺延", "自公示之日起届满三年的，停止公示", "2023-03-07", "2023-03-07", "2026-03-07"},
		{"每年1月31日前的窗口", "每年1月31日前", "2026-02-01", "2027-01-01", "2027-01-31"},
		{"每年10月", "每年10月", "2026-10-05", "2026-10-01", "2026-10-31"},
		{"每年2月底", "每年2月底前", "2024-02-29", "2024-01-01", "2024-02-29"},
		{"跨年的窗口", "每年12月20日至1月10日", "2026-01-05", "2025-12-20", "2026-01-10"},
		{"TZ-03 七月上半月", "7月1日至15日公开", "2026-06-30", "2026-07-01", "2026-07-15"},
		{"每季度首月20日", "每季度的首个月20日", "2026-02-01", "2026-04-20", "2026-04-20"},
		{"每季度首月15日前", "每季度第一个月15日前", "2026-04-16", "2026-07-01", "2026-07-15"},
		{"每月10日前", "每月10日前", "2026-03-11", "2026-04-01", "2026-04-10"},
		{"次月10日前", "次月10日前", "2026-03-05", "2026-03-01", "2026-03-10"},
		{"每周三前", "每周三前", "2026-03-05", "2026-03-09", "2026-03-11"},
		{"每周", "每周", "2026-03-05", "2026-03-02", "2026-03-08"},
		{"每半年", "每半年公示", "2026-03-05", "2026-01-01", "2026-06-30"},
		{"每月第一周", "每月第一周", "2026-03-05", "2026-03-01", "2026-03-07"},
		{"每月前五个工作日", "每月前5个工作日内", "2026-10-01", "2026-10-01", "2026-10-13"},
		{"每三个月自上次起算", "每3个月更新一次", "2026-01-31", "2026-02-01", "2026-04-30"},
		{"一次性的期限", "2026年12月31日前", "2026-03-01", "2026-03-01", "2026-12-31"},
		{"一次性的窗口", "公示时间为2026年12月30日至1月5日", "2026-03-01", "2026-12-30", "2027-01-05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := deadline.MustParseLimit(c.phrase)
			d, err := l.Due(cal, date(c.start))
			require.NoError(t, err)
			assert.Equal(t, c.from, d.From.String(), "From")
			assert.Equal(t, c.date, d.Date.String(), "Date")
			assert.True(t, d.Settled)
			want := c.date
			if l.Kind == deadline.LimitAtLeast {
				want = c.from
			}
			assert.Equal(t, [2]string{want, want}, [2]string{d.Bound[0].String(), d.Bound[1].String()}, "Bound")
			assert.NotEmpty(t, d.Explain())
		})
	}
}

func TestDueUnsettled(t *testing.T) {
	l := deadline.MustParseLimit("自收到申请之日起20个工作日内")
	t.Run("没有通知的年份：严格日历给出区间与错误", func(t *testing.T) {
		d, err := l.Due(deadline.China(), date("2027-02-01"))
		require.ErrorIs(t, err, deadline.ErrUnsettled)
		assert.True(t, d.Date.IsZero())
		assert.Equal(t, "2027-03-01", d.Bound[0].String())
		assert.Equal(t, "2027-03-11", d.Bound[1].String())
		assert.False(t, d.Settled)
		assert.NotEmpty(t, d.Assumed)
		assert.Equal(t, "2027-03-01", d.Safe().String())
		assert.Contains(t, d.Explain(), "尚无放假通知")
	})
	t.Run("推定的日历给出一点", func(t *testing.T) {
		d, err := l.Due(deadline.China().Projected(), date("2027-02-01"))
		require.NoError(t, err)
		assert.Equal(t, "2027-03-05", d.Date.String())
		assert.False(t, d.Settled)
		assert.NotEmpty(t, d.Assumed)
		assert.Contains(t, d.Explain(), "推定")
	})
	t.Run("自然日的末日落在未定的日子，只有顺延未定", func(t *testing.T) {
		d, err := deadline.MustParseLimit("30日内").Due(deadline.China(), date("2027-01-06"))
		require.ErrorIs(t, err, deadline.ErrUnsettled)
		assert.Equal(t, "2027-02-09", d.Bound[0].String(), "除夕与春节四天是法定的")
		assert.Equal(t, "2027-02-15", d.Bound[1].String())
	})
	t.Run("日历之外", func(t *testing.T) {
		for _, cal := range []*deadline.Calendar{deadline.China(), deadline.China().Projected()} {
			_, err := l.Due(cal, date("1999-01-01"))
			require.ErrorIs(t, err, deadline.ErrOutOfRange)
			_, err = deadline.MustParseLimit("1年内").Due(cal, date("2100-06-01"))
			require.ErrorIs(t, err, deadline.ErrOutOfRange)
		}
	})
}

func TestDueWithoutDate(t *testing.T) {
	for phrase, code := range map[string]string{
		"长期公开": "DL-301", "及时公开": "DL-302", "分阶段公开": "DL-303", "从其规定": "DL-304", "20日内；长期公开": "DL-305", "24小时内": "DL-306", "30分钟内": "DL-306", "每学期": "DL-307", "每个交易日": "DL-307",
	} {
		t.Run(phrase, func(t *testing.T) {
			l := deadline.MustParseLimit(phrase)
			_, err := l.Due(deadline.China(), date("2026-03-02"))
			require.ErrorIs(t, err, deadline.ErrNoDate)
			var e *deadline.NoDateError
			require.True(t, errors.As(err, &e))
			assert.Equal(t, code, e.Code)
		})
	}
	t.Run("零值与没有起算日", func(t *testing.T) {
		_, err := deadline.Limit{}.Due(deadline.China(), date("2026-03-02"))
		require.ErrorIs(t, err, deadline.ErrNoDate)
		_, err = deadline.MustParseLimit("20日内").Due(deadline.China(), deadline.Date{})
		require.ErrorIs(t, err, deadline.ErrNoDate)
		assert.Empty(t, deadline.Due{}.Explain())
		assert.True(t, deadline.Due{}.Safe().IsZero())
	})
}

func TestDueAt(t *testing.T) {
	at := time.Date(2026, 10, 1, 22, 30, 0, 0, time.FixedZone("", 8*3600))
	for _, c := range []struct {
		name, phrase, want string
	}{
		{"NN-08 特别重大事件五小时发布", "5小时内发布权威信息", "2026-10-02T03:30:00+08:00"},
		{"NN-08 一小时", "1小时内", "2026-10-01T23:30:00+08:00"},
		{"NN-08 其他舆情四十八小时", "48小时内予以回应", "2026-10-03T22:30:00+08:00"},
		{"CX-09 新闻发布会二十四小时，节假日不扣除", "最迟应在24小时内举行新闻发布会", "2026-10-02T22:30:00+08:00"},
		{"保密法实施条例61条 泄密二十四小时报告", "在24小时内报告", "2026-10-02T22:30:00+08:00"},
		{"事件之前倒数", "提前24小时通知", "2026-09-30T22:30:00+08:00"},
		{"三十分钟", "30分钟内", "2026-10-01T23:00:00+08:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := deadline.MustParseLimit(c.phrase).DueAt(at)
			require.NoError(t, err)
			assert.Equal(t, c.want, got.Format(time.RFC3339))
		})
	}
	t.Run("NN-08 起算的时刻必须写明", func(t *testing.T) {
		_, err := deadline.MustParseLimit("24小时内").DueAt(time.Time{})
		require.ErrorIs(t, err, deadline.ErrNoDate)
	})
	t.Run("按日的期限没有时刻", func(t *testing.T) {
		for _, s := range []string{"20个工作日内", "每月", "长期公开"} {
			_, err := deadline.MustParseLimit(s).DueAt(at)
			require.ErrorIs(t, err, deadline.ErrNoDate)
		}
	})
}

func TestOccurrences(t *testing.T) {
	cal := deadline.China()
	for _, c := range []struct {
		name, phrase, a, b string
		want               []string
	}{
		{"每年1月31日前", "每年1月31日前", "2024-01-01", "2026-12-31", []string{"2024-01-31", "2025-01-31", "2026-01-31"}},
		{"6月10日和12月20日", "每年6月10日和12月20日", "2025-07-01", "2026-12-31", []string{"2025-12-20", "2026-06-10", "2026-12-20"}},
		{"每季度", "每季度", "2026-01-01", "2026-12-31", []string{"2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"}},
		{"每月5日、20日", "每月5日、20日公布", "2026-01-10", "2026-02-28", []string{"2026-01-20", "2026-02-05", "2026-02-20"}},
		{"当月20日、次月5日前", "当月20号、次月5号前", "2026-01-01", "2026-02-28", []string{"2026-01-05", "2026-01-20", "2026-02-05", "2026-02-20"}},
		{"每季度结束后15日内", "每季度结束后15日内", "2026-01-01", "2026-12-31", []string{"2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15"}},
		{"每两个月", "每2个月公布一次", "2026-01-15", "2026-07-20", []string{"2026-03-15", "2026-05-15", "2026-07-15"}},
		{"一次性的只有一次", "2026年6月30日前", "2026-01-01", "2026-12-31", []string{"2026-06-30"}},
		{"一次性的已过", "2026年6月30日前", "2026-07-01", "2026-12-31", nil},
		{"每月最后一个工作日", "每月最后一个工作日", "2026-09-01", "2026-10-31", []string{"2026-09-30", "2026-10-30"}},
		{"每月31日在小月是月末", "每月31日", "2026-01-01", "2026-03-31", []string{"2026-01-31", "2026-02-28", "2026-03-31"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ds, err := deadline.MustParseLimit(c.phrase).Occurrences(cal, date(c.a), date(c.b))
			require.NoError(t, err)
			var got []string
			for _, d := range ds {
				got = append(got, d.Date.String())
			}
			assert.Equal(t, c.want, got)
		})
	}
	t.Run("TZ-03 收集与公开的窗口各自排列", func(t *testing.T) {
		l := deadline.MustParseLimit("7月1日至15日和次年1月1日至15日")
		var got []string
		for _, c := range l.Clauses() {
			ds, err := c.Occurrences(cal, date("2026-01-01"), date("2026-12-31"))
			require.NoError(t, err)
			for _, d := range ds {
				got = append(got, d.From.String()+".."+d.Date.String())
			}
		}
		assert.Equal(t, []string{"2026-07-01..2026-07-15", "2026-01-01..2026-01-15"}, got)
	})
	t.Run("没有窗口的期限", func(t *testing.T) {
		_, err := deadline.MustParseLimit("20日内").Occurrences(cal, date("2026-01-01"), date("2026-12-31"))
		require.ErrorIs(t, err, deadline.ErrNoDate)
	})
}

// TestDueTwin compares with a twin that walks day by day.
func TestDueTwin(t *testing.T) {
	t.Run("逐日推算与Due一致", func(t *testing.T) {
		cal := deadline.China()
		works := func(d deadline.Date) bool { ok, err := cal.IsWorkday(d); return err == nil && ok }
		limits := map[string]func(deadline.Date) deadline.Date{
			"15个工作日内": func(d deadline.Date) deadline.Date {
				for n := 0; n < 15; {
					if d = d.AddDays(1); works(d) {
						n++
					}
				}
				return d
			},
			"30日内": func(d deadline.Date) deadline.Date {
				for range 30 {
					d = d.AddDays(1)
				}
				for !works(d) {
					d = d.AddDays(1)
				}
				return d
			},
			"2个月内": func(d deadline.Date) deadline.Date {
				y, m, day := d.Civil()
				e := deadline.NewDate(y+(int(m)+1)/12, time.Month((int(m)+1)%12+1), day)
				for k := day; e.IsZero(); k-- {
					e = deadline.NewDate(y+(int(m)+1)/12, time.Month((int(m)+1)%12+1), k)
				}
				for !works(e) {
					e = e.AddDays(1)
				}
				return e
			},
		}
		for phrase, twin := range limits {
			l := deadline.MustParseLimit(phrase)
			for d := date("2004-01-01"); d.Before(date("2026-09-01")); d = d.AddDays(1) {
				got, err := l.Due(cal, d)
				require.NoError(t, err)
				require.Equal(t, twin(d), got.Date, "%s from %s", phrase, d)
			}
		}
	})
}

func FuzzDue(f *testing.F) {
	f.Add("20个工作日内", int32(20260925), true)
	f.Add("每月5日、20日", int32(20260131), false)
	f.Fuzz(func(t *testing.T, s string, at int32, projected bool) {
		l, err := deadline.ParseLimit(s)
		if err != nil {
			return
		}
		cal := deadline.China()
		if projected {
			cal = cal.Projected()
		}
		d := deadline.NewDate(1, 1, 1).AddDays(int(at))
		for _, c := range l.Clauses() {
			due, err := c.Due(cal, d)
			if err == nil && !due.Date.IsZero() {
				require.True(t, !due.Bound[0].After(due.Date) && !due.Bound[1].Before(due.Date), "%v from %s: %+v", c, d, due)
			}
			due.Safe()
			if c.N < 1000 && c.Max < 1000 {
				due.Explain()
			}
			_, _ = c.DueAt(d.Time())
		}
	})
}

func ExampleLimit_Due() {
	l, _ := deadline.ParseLimit("自收到申请之日起20个工作日内")
	d, _ := l.Due(deadline.China(), deadline.MustParseDate("2026-09-25"))
	fmt.Println(d.Date)
	// Output: 2026-10-29
}

func ExampleDue_Explain() {
	l, _ := deadline.ParseLimit("收到异议之日起3个工作日内")
	d, _ := l.Due(deadline.China(), deadline.MustParseDate("2026-02-12"))
	fmt.Print(d.Explain())
	// Output:
	// 起算事由发生：2026年2月12日（周四），当日不计入，自次日起算（《中华人民共和国民法典》第二百零一条第一款）。
	// 按工作日计算，共3个工作日：
	//   2026年2月13日（周五）　第1个工作日
	//   2026年2月14日（周六）　第2个工作日（补班，国办发明电〔2025〕7号）
	//   2026年2月15日（周日）　不计：春节公休日，国办发明电〔2025〕7号
	//   2026年2月16日（周一）　不计：春节法定节假日，国办发明电〔2025〕7号
	//   2026年2月17日（周二）　不计：春节法定节假日，国办发明电〔2025〕7号
	//   2026年2月18日（周三）　不计：春节法定节假日，国办发明电〔2025〕7号
	//   2026年2月19日（周四）　不计：春节法定节假日，国办发明电〔2025〕7号
	//   2026年2月20日（周五）　不计：春节调休，国办发明电〔2025〕7号
	//   2026年2月21日（周六）　不计：春节公休日，国办发明电〔2025〕7号
	//   2026年2月22日（周日）　不计：春节公休日，国办发明电〔2025〕7号
	//   2026年2月23日（周一）　不计：春节调休，国办发明电〔2025〕7号
	//   2026年2月24日（周二）　第3个工作日
	// 最后一日：2026年2月24日（周二）二十四时；有业务时间的，至停止业务活动时止（《中华人民共和国民法典》第二百零三条第二款）。
}

func BenchmarkDue(b *testing.B) {
	cal := deadline.China()
	for _, s := range []string{"20个工作日内", "30日内", "6个月内"} {
		b.Run(s, func(b *testing.B) {
			l := deadline.MustParseLimit(s)
			at := date("2026-01-05")
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := l.Due(cal, at.AddDays(i%100)); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
