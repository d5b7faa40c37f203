package deadline_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func reply(t testing.TB) deadline.ClockRule {
	r, err := deadline.ReplyRule(date("2026-01-05"))
	require.NoError(t, err)
	return r
}

func ev(kind deadline.EventKind, on string) deadline.Event {
	return deadline.Event{Kind: kind, On: date(on)}
}

func received(on string) deadline.Event {
	return deadline.Event{Kind: deadline.EventReceived, On: date(on), Channel: deadline.ChannelInPerson}
}

func began(k deadline.SpanKind, id, on string) deadline.Event {
	return deadline.Event{Kind: deadline.EventSpanBegan, Span: k, ID: id, On: date(on)}
}

func ended(id, on string) deadline.Event {
	return deadline.Event{Kind: deadline.EventSpanEnded, ID: id, On: date(on)}
}

func extended(n int, by, on string) deadline.Event {
	return deadline.Event{Kind: deadline.EventExtended, N: n, By: by, On: date(on)}
}

func served(m deadline.Means, on string) deadline.Event {
	return deadline.Event{Kind: deadline.EventServed, Means: m, On: date(on)}
}

const head = deadline.ByInstitutionHead

func TestClock(t *testing.T) {
	third, organ := deadline.SpanThirdParty, deadline.SpanOtherOrgan
	for _, c := range []struct {
		name   string
		events []deadline.Event
		due    string
	}{
		{"REG-33a 收到之日起二十个工作日", []deadline.Event{received("2026-03-02")}, "2026-03-30"},
		{"REG-31a 当面提交之日", []deadline.Event{{Kind: deadline.EventReceived, Channel: deadline.ChannelInPerson, On: date("2026-03-02")}}, "2026-03-30"},
		{"REG-31b 签收之日", []deadline.Event{{Kind: deadline.EventReceived, Channel: deadline.ChannelSignedPost, On: date("2026-03-03")}}, "2026-03-31"},
		{"REG-31c 平常信函自确认之日", []deadline.Event{{Kind: deadline.EventReceived, Channel: deadline.ChannelOrdinaryPost, On: date("2026-03-02")}, ev(deadline.EventConfirmed, "2026-03-04")}, "2026-04-01"},
		{"REG-31d 互联网自双方确认之日", []deadline.Event{{Kind: deadline.EventReceived, Channel: deadline.ChannelInternet, On: date("2026-03-02")}, ev(deadline.EventConfirmed, "2026-03-05")}, "2026-04-02"},
		{"REG-31d 确认在补班的周六", []deadline.Event{{Kind: deadline.EventReceived, Channel: deadline.ChannelFax, On: date("2026-02-12")}, ev(deadline.EventConfirmed, "2026-02-14")}, "2026-03-20"},
		{"REG-33c 第三方意见期间按实际所需扣除", []deadline.Event{received("2026-03-02"), began(third, "a", "2026-03-04"), ended("a", "2026-03-11")}, "2026-04-07"},
		{"REG-33c 两项征求意见重叠只扣一次", []deadline.Event{received("2026-03-02"), began(third, "a", "2026-03-04"), began(organ, "b", "2026-03-06"), ended("a", "2026-03-11"), ended("b", "2026-03-13")}, "2026-04-09"},
		{"REG-33c 当日去当日回的不扣", []deadline.Event{received("2026-03-02"), began(third, "a", "2026-03-04"), ended("a", "2026-03-04")}, "2026-03-30"},
		{"REG-33c 期满之后才征求意见救不回来", []deadline.Event{received("2026-03-02"), began(third, "a", "2026-03-31"), ended("a", "2026-04-20")}, "2026-03-30"},
		{"REG-33c 末日当天发出，次日仍可续", []deadline.Event{received("2026-03-02"), began(third, "a", "2026-03-27"), ended("a", "2026-04-10")}, "2026-04-13"},
		{"REG-33b 延长二十个工作日", []deadline.Event{received("2026-03-02"), extended(20, head, "2026-03-30")}, "2026-04-28"},
		{"REG-33b 征求意见期间内延长", []deadline.Event{received("2026-03-02"), began(third, "a", "2026-03-04"), extended(5, head, "2026-03-09"), ended("a", "2026-03-11")}, "2026-04-14"},
		{"REG-30a 第七个工作日补正告知，补正之日重新起算", []deadline.Event{received("2026-03-02"), ev(deadline.EventCorrectionNotice, "2026-03-11"), ev(deadline.EventCorrected, "2026-03-20")}, "2026-04-20"},
		{"REG-30a 第八个工作日的告知不停止期限", []deadline.Event{received("2026-03-02"), ev(deadline.EventCorrectionNotice, "2026-03-12"), ev(deadline.EventCorrected, "2026-03-20")}, "2026-03-30"},
		{"缴费后重新起算", []deadline.Event{received("2026-03-02"), ev(deadline.EventFeeNotice, "2026-03-05"), ev(deadline.EventFeePaid, "2026-03-10")}, "2026-04-08"},
		{"先补正后缴费", []deadline.Event{received("2026-03-02"), ev(deadline.EventCorrectionNotice, "2026-03-04"), ev(deadline.EventCorrected, "2026-03-06"), ev(deadline.EventFeeNotice, "2026-03-09"), ev(deadline.EventFeePaid, "2026-03-10")}, "2026-04-08"},
		{"补正之后延长重新计", []deadline.Event{received("2026-03-02"), extended(20, head, "2026-03-04"), ev(deadline.EventCorrectionNotice, "2026-03-05"), ev(deadline.EventCorrected, "2026-03-06")}, "2026-04-03"},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock, err := deadline.NewClock(reply(t), deadline.China(), c.events...)
			require.NoError(t, err)
			d, err := clock.Due()
			require.NoError(t, err)
			assert.Equal(t, c.due, d.Date.String())
			assert.True(t, d.Settled)
			assert.NotEmpty(t, clock.Explain())
		})
	}
}

func TestClockRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		events []deadline.Event
		code   string
		cites  string
	}{
		{"REG-33b 期满之后延长", []deadline.Event{received("2026-03-02"), extended(5, head, "2026-03-31")}, "DL-406", "第三十三条第二款"},
		{"REG-33b 延长超过二十个工作日", []deadline.Event{received("2026-03-02"), extended(21, head, "2026-03-10")}, "DL-407", "第三十三条第二款"},
		{"REG-33b 两次延长合计超过", []deadline.Event{received("2026-03-02"), extended(15, head, "2026-03-10"), extended(6, head, "2026-03-11")}, "DL-407", "第三十三条第二款"},
		{"REG-33b 职务不对", []deadline.Event{received("2026-03-02"), extended(5, "clerk", "2026-03-10")}, "DL-408", "第三十三条第二款"},
		{"REG-33b 机关负责人也不是", []deadline.Event{received("2026-03-02"), extended(5, "head-of-agency", "2026-03-10")}, "DL-408", "第三十三条第二款"},
		{"REG-33c 结束早于开始", []deadline.Event{received("2026-03-02"), began(deadline.SpanThirdParty, "a", "2026-03-10"), ended("a", "2026-03-06")}, "DL-403", "第三十三条第三款"},
		{"REG-33c 没有开始的结束", []deadline.Event{received("2026-03-02"), ended("a", "2026-03-06")}, "DL-404", "第三十三条第三款"},
		{"REG-33c 不在扣除之列", []deadline.Event{received("2026-03-02"), began("holiday", "a", "2026-03-06")}, "DL-405", "第三十三条"},
		{"收到两次", []deadline.Event{received("2026-03-02"), received("2026-03-03")}, "DL-409", ""},
		{"没有告知的补正", []deadline.Event{received("2026-03-02"), ev(deadline.EventCorrected, "2026-03-03")}, "DL-410", "第三十条"},
		{"收到之前的事", []deadline.Event{began(deadline.SpanThirdParty, "a", "2026-03-01"), received("2026-03-02")}, "DL-411", "第三十一条"},
		{"没有日期", []deadline.Event{{Kind: deadline.EventReceived}}, "DL-401", ""},
		{"不认识的事件", []deadline.Event{received("2026-03-02"), {Kind: "x", On: date("2026-03-03")}}, "DL-402", ""},
		{"不认识的渠道", []deadline.Event{{Kind: deadline.EventReceived, Channel: "pigeon", On: date("2026-03-03")}}, "DL-402", ""},
		{"同一项开始两次", []deadline.Event{received("2026-03-02"), began(deadline.SpanThirdParty, "a", "2026-03-03"), began(deadline.SpanThirdParty, "a", "2026-03-04")}, "DL-413", "第三十三条第三款"},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock, err := deadline.NewClock(reply(t), deadline.China(), c.events...)
			require.ErrorIs(t, err, deadline.ErrClock)
			assert.Nil(t, clock)
			var e *deadline.ClockError
			require.True(t, errors.As(err, &e))
			assert.Equal(t, c.code, e.Code)
			assert.Contains(t, e.Citation.String(), c.cites)
			assert.Contains(t, err.Error(), c.code)
		})
	}
	t.Run("一次报告所有的问题", func(t *testing.T) {
		_, err := deadline.NewClock(reply(t), deadline.China(), received("2026-03-02"), extended(30, head, "2026-03-03"), ended("a", "2026-03-04"))
		assert.Contains(t, err.Error(), "DL-407")
		assert.Contains(t, err.Error(), "DL-404")
	})
	t.Run("没有可计算的期限", func(t *testing.T) {
		_, err := deadline.NewClock(deadline.ClockRule{Limit: deadline.MustParseLimit("长期公开")}, deadline.China())
		require.ErrorIs(t, err, deadline.ErrClock)
	})
}

func TestClockStatus(t *testing.T) {
	run := func(events ...deadline.Event) *deadline.Clock {
		c, err := deadline.NewClock(reply(t), deadline.China(), events...)
		require.NoError(t, err)
		return c
	}
	for _, c := range []struct {
		name   string
		clock  *deadline.Clock
		today  string
		status deadline.Status
	}{
		{"REG-31d 未经确认的没有起算", run(deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInternet, On: date("2026-03-02")}), "2026-03-20", deadline.StatusNotStarted},
		{"末日当天还在期限内", run(received("2026-03-02")), "2026-03-30", deadline.StatusRunning},
		{"次日逾期", run(received("2026-03-02")), "2026-03-31", deadline.StatusOverdue},
		{"征求意见没有结束", run(received("2026-03-02"), began(deadline.SpanThirdParty, "a", "2026-03-04")), "2026-05-06", deadline.StatusSuspended},
		{"等待补正", run(received("2026-03-02"), ev(deadline.EventCorrectionNotice, "2026-03-04")), "2026-05-06", deadline.StatusWaiting},
		{"REG-33d 末日签收是按期", run(received("2026-03-02"), served(deadline.MeansSigned, "2026-03-30")), "2026-04-01", deadline.StatusMet},
		{"REG-33d 第二十日签发、第二十一日交邮是逾期", run(received("2026-03-02"), served(deadline.MeansPosted, "2026-03-31")), "2026-04-01", deadline.StatusLate},
		{"REG-33d 快递不算送达", run(received("2026-03-02"), served(deadline.MeansCourier, "2026-03-30")), "2026-04-01", deadline.StatusOverdue},
		{"撤回申请", run(received("2026-03-02"), ev(deadline.EventClosed, "2026-03-05")), "2026-04-01", deadline.StatusClosed},
		{"送达之前看", run(received("2026-03-02"), served(deadline.MeansSigned, "2026-03-30")), "2026-03-10", deadline.StatusRunning},
		{"没有给出日子", run(received("2026-03-02")), "", deadline.StatusUndetermined},
	} {
		t.Run(c.name, func(t *testing.T) {
			var today deadline.Date
			if c.today != "" {
				today = date(c.today)
			}
			assert.Equal(t, c.status, c.clock.Status(today))
		})
	}
	t.Run("剩余天数按期限自己的单位，扣除期间不计", func(t *testing.T) {
		c := run(received("2026-03-02"), began(deadline.SpanThirdParty, "a", "2026-03-04"), ended("a", "2026-03-11"))
		for day, want := range map[string]int{"2026-03-02": 20, "2026-03-04": 18, "2026-03-08": 18, "2026-03-11": 18, "2026-04-07": 0, "2026-04-08": -1} {
			n, err := c.Remaining(date(day))
			require.NoError(t, err)
			assert.Equal(t, want, n, day)
		}
	})
	t.Run("未结束的征求意见：剩余停在开始的那天", func(t *testing.T) {
		c := run(received("2026-03-02"), began(deadline.SpanThirdParty, "a", "2026-03-04"))
		n, err := c.Remaining(date("2026-06-01"))
		require.NoError(t, err)
		assert.Equal(t, 18, n)
		_, err = c.Due()
		require.ErrorIs(t, err, deadline.ErrNotRunning)
	})
	t.Run("颜色按内部期限", func(t *testing.T) {
		r := reply(t)
		r.Internal = []deadline.Internal{{Name: "承办科室", N: 10, Warn: 3}}
		c, err := deadline.NewClock(r, deadline.China(), received("2026-03-02"))
		require.NoError(t, err)
		in, err := c.InternalDue()
		require.NoError(t, err)
		assert.Equal(t, "2026-03-16", in[0].Date.String())
		for day, want := range map[string]deadline.Signal{"2026-03-05": deadline.SignalGreen, "2026-03-11": deadline.SignalAmber, "2026-03-17": deadline.SignalRed, "2026-03-31": deadline.SignalRed} {
			assert.Equal(t, want, c.Signal(date(day)), day)
		}
	})
	t.Run("2019年5月15日之前收到的按十五个工作日", func(t *testing.T) {
		r, err := deadline.ReplyRule(date("2019-05-14"))
		require.NoError(t, err)
		c, err := deadline.NewClock(r, deadline.China(), deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInternet, On: date("2019-05-14")})
		require.NoError(t, err)
		d, err := c.Due()
		require.NoError(t, err)
		assert.Equal(t, "2019-06-04", d.Date.String())
	})
	t.Run("行政许可按月、日计的期限扣除后顺延", func(t *testing.T) {
		r := deadline.ClockRule{ID: "x", Limit: deadline.MustParseLimit("自受理之日起60日内"), Citation: law.PetitionRegulation2022.Art(34),
			Spans: []deadline.SpanRule{{Kind: "hearing", Name: "听证", Citation: law.PetitionRegulation2022.Art(35)}}}
		c, err := deadline.NewClock(r, deadline.China(), ev(deadline.EventReceived, "2026-03-02"), began("hearing", "1", "2026-03-10"), ended("1", "2026-03-14"))
		require.NoError(t, err)
		d, err := c.Due()
		require.NoError(t, err)
		assert.Equal(t, "2026-05-06", d.Date.String(), "60 + 4 days end on 5 May, a holiday")
	})
	t.Run("没有通知的日子给出区间", func(t *testing.T) {
		c, err := deadline.NewClock(reply(t), deadline.China(), received("2026-12-28"), began(deadline.SpanThirdParty, "a", "2027-01-05"), ended("a", "2027-01-20"))
		require.NoError(t, err)
		d, err := c.Due()
		require.ErrorIs(t, err, deadline.ErrUnsettled)
		assert.False(t, d.Bound[0].IsZero() || d.Bound[1].IsZero())
		p, err := deadline.NewClock(reply(t), deadline.China().Projected(), received("2026-12-28"), began(deadline.SpanThirdParty, "a", "2027-01-05"), ended("a", "2027-01-20"))
		require.NoError(t, err)
		e, err := p.Due()
		require.NoError(t, err)
		assert.True(t, !e.Date.Before(d.Bound[0]) && !e.Date.After(d.Bound[1]), "%v in %v", e.Date, d.Bound)
		assert.Equal(t, d.Bound, e.Bound)
		assert.False(t, e.Settled)
	})
	t.Run("事件与规则是可以存储的数据", func(t *testing.T) {
		in := []deadline.Event{received("2026-03-02"), extended(5, head, "2026-03-10")}
		b, err := json.Marshal(in)
		require.NoError(t, err)
		var out []deadline.Event
		require.NoError(t, json.Unmarshal(b, &out))
		assert.Equal(t, in, out)
		r := reply(t)
		b, err = json.Marshal(r)
		require.NoError(t, err)
		var back deadline.ClockRule
		require.NoError(t, json.Unmarshal(b, &back))
		assert.Equal(t, r, back)
	})
}

// oracle walks day by day over sets of days; it shares nothing with the clock.
func oracle(events []deadline.Event, works func(deadline.Date) bool) (due deadline.Date, ok, refused bool) {
	day := map[deadline.Date]bool{}
	var start, open deadline.Date
	type span struct{ from, to deadline.Date }
	spans := map[string]*span{}
	n, waiting, noticed := 20, false, false
	reckon := func() (deadline.Date, bool) {
		clear(day)
		open = deadline.Date{}
		for _, s := range spans {
			if s.to.IsZero() {
				if open.IsZero() || s.from.Before(open) {
					open = s.from
				}
				continue
			}
			for d := s.from.AddDays(1); !d.After(s.to); d = d.AddDays(1) {
				day[d] = true
			}
		}
		k := 0
		for d := start.AddDays(1); ; d = d.AddDays(1) {
			if !open.IsZero() && d.After(open) {
				return deadline.Date{}, false
			}
			if works(d) && !day[d] {
				if k++; k == n {
					return d, true
				}
			}
		}
	}
	seventh := func() deadline.Date {
		k, d := 0, start
		for k < 7 {
			if d = d.AddDays(1); works(d) {
				k++
			}
		}
		return d
	}
	late := false
	for _, e := range events {
		switch e.Kind {
		case deadline.EventReceived:
			if e.Channel == deadline.ChannelInPerson {
				start = e.On
			}
		case deadline.EventConfirmed:
			start = e.On
		case deadline.EventSpanBegan:
			spans[e.ID] = &span{from: e.On}
		case deadline.EventSpanEnded:
			if spans[e.ID] == nil {
				return deadline.Date{}, false, true
			}
			spans[e.ID].to = e.On
		case deadline.EventExtended:
			if d, ok := reckon(); ok && !waiting && e.On.After(d) || n+e.N > 40 {
				return deadline.Date{}, false, true
			}
			n += e.N
		case deadline.EventCorrectionNotice:
			if e.On.After(seventh()) {
				late = true
			} else {
				waiting, noticed = true, true
			}
		case deadline.EventCorrected:
			if noticed {
				start, n, waiting, noticed = e.On, 20, false, false
				for id, s := range spans {
					switch {
					case !s.to.IsZero():
						delete(spans, id)
					case s.from.Before(e.On):
						s.from = e.On
					}
				}
			} else if !late {
				return deadline.Date{}, false, true
			}
		}
	}
	if waiting || start.IsZero() {
		return deadline.Date{}, false, false
	}
	d, ok := reckon()
	return d, ok, false
}

func TestClockOracle(t *testing.T) {
	t.Run("十万个随机经过与逐日推算一致", func(t *testing.T) {
		cal := deadline.China()
		works := func(d deadline.Date) bool { w, _ := cal.IsWorkday(d); return w }
		rule := reply(t)
		rng := rand.New(rand.NewPCG(1, 2))
		kinds := []deadline.SpanKind{deadline.SpanThirdParty, deadline.SpanOtherOrgan, deadline.SpanCoMaker}
		count := map[string]int{}
		for i := range 100_000 {
			at := date("2020-01-01").AddDays(rng.IntN(2000))
			var es []deadline.Event
			if rng.IntN(3) == 0 {
				es = append(es, deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInternet, On: at})
				at = at.AddDays(rng.IntN(4))
				es = append(es, deadline.Event{Kind: deadline.EventConfirmed, On: at})
			} else {
				es = append(es, deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInPerson, On: at})
			}
			var ids []string
			for k := range rng.IntN(9) {
				at = at.AddDays(rng.IntN(9))
				switch rng.IntN(7) {
				case 0, 1, 2:
					id := fmt.Sprint(k)
					ids = append(ids, id)
					es = append(es, deadline.Event{Kind: deadline.EventSpanBegan, Span: kinds[rng.IntN(3)], ID: id, On: at})
				case 3, 4:
					if len(ids) > 0 {
						j := rng.IntN(len(ids))
						es = append(es, deadline.Event{Kind: deadline.EventSpanEnded, ID: ids[j], On: at})
						ids = append(ids[:j:j], ids[j+1:]...)
					}
				case 5:
					es = append(es, deadline.Event{Kind: deadline.EventExtended, N: 1 + rng.IntN(15), By: head, On: at})
				case 6:
					es = append(es, deadline.Event{Kind: deadline.EventCorrectionNotice, On: at})
					at = at.AddDays(rng.IntN(12))
					if rng.IntN(4) > 0 {
						es = append(es, deadline.Event{Kind: deadline.EventCorrected, On: at})
					}
				}
			}
			want, ok, refused := oracle(es, works)
			c, err := deadline.NewClock(rule, cal, es...)
			if refused {
				require.Error(t, err, "%d %v", i, es)
				count["refused"]++
				continue
			}
			require.NoError(t, err, "%d %v", i, es)
			got, err := c.Due()
			if !ok {
				require.ErrorIs(t, err, deadline.ErrNotRunning, "%d %v", i, es)
				count["not running"]++
				continue
			}
			require.NoError(t, err, "%d %v", i, es)
			require.Equal(t, want, got.Date, "%d %v", i, es)
			left, err := c.Remaining(c.Start())
			require.NoError(t, err)
			require.GreaterOrEqual(t, left, 20)
			require.Equal(t, deadline.StatusOverdue, c.Status(want.AddDays(1)))
			count["reckoned"]++
		}
		t.Log(count)
		assert.Greater(t, count["reckoned"], 30_000)
		assert.Greater(t, count["refused"], 1_000)
		assert.Greater(t, count["not running"], 10_000)
	})
}

func twenty() []deadline.Event {
	es := []deadline.Event{received("2026-03-02")}
	for i := range 8 {
		on := date("2026-03-03").AddDays(3 * i)
		es = append(es, deadline.Event{Kind: deadline.EventSpanBegan, Span: deadline.SpanThirdParty, ID: string(rune('a' + i)), On: on},
			deadline.Event{Kind: deadline.EventSpanEnded, ID: string(rune('a' + i)), On: on.AddDays(2)})
	}
	return append(es, extended(5, head, "2026-03-30"), extended(5, head, "2026-03-31"), served(deadline.MeansSigned, "2026-04-20"))
}

func BenchmarkClockDue(b *testing.B) {
	rule, cal, es := reply(b), deadline.China(), twenty()
	b.Run("events=20", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c, err := deadline.NewClock(rule, cal, es...)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := c.Due(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func ExampleNewClock() {
	rule, _ := deadline.ReplyRule(deadline.MustParseDate("2026-03-02"))
	clock, err := deadline.NewClock(rule, deadline.China(),
		deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInPerson, On: deadline.MustParseDate("2026-03-02")},
		deadline.Event{Kind: deadline.EventSpanBegan, Span: deadline.SpanThirdParty, ID: "1", On: deadline.MustParseDate("2026-03-04")},
		deadline.Event{Kind: deadline.EventSpanEnded, ID: "1", On: deadline.MustParseDate("2026-03-11")},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	due, _ := clock.Due()
	fmt.Println(due.Date, clock.Status(deadline.MustParseDate("2026-03-10")))
	// Output: 2026-04-07 suspended
}

func FuzzNewClock(f *testing.F) {
	f.Add([]byte{0, 0, 4, 3, 5, 9, 6, 2, 9, 40})
	f.Fuzz(func(t *testing.T, b []byte) {
		kinds := []deadline.EventKind{deadline.EventReceived, deadline.EventConfirmed, deadline.EventCorrectionNotice, deadline.EventCorrected, deadline.EventSpanBegan,
			deadline.EventSpanEnded, deadline.EventExtended, deadline.EventFeeNotice, deadline.EventFeePaid, deadline.EventServed, deadline.EventClosed, "x"}
		var es []deadline.Event
		for i := 0; i+1 < len(b) && i < 60; i += 2 {
			es = append(es, deadline.Event{Kind: kinds[int(b[i])%len(kinds)], On: date("2026-10-01").AddDays(int(b[i+1])), Span: deadline.SpanThirdParty, ID: string(rune('a' + b[i]%3)),
				N: int(b[i+1] % 25), By: head, Means: deadline.MeansSigned})
		}
		for _, cal := range []*deadline.Calendar{deadline.China(), deadline.China().Projected()} {
			c, err := deadline.NewClock(reply(t), cal, es...)
			if err != nil {
				require.ErrorIs(t, err, deadline.ErrClock)
				continue
			}
			_, _ = c.Due()
			_ = c.Explain()
			for d := date("2026-09-28"); d.Before(date("2026-12-10")); d = d.AddDays(3) {
				c.Status(d)
				c.Signal(d)
				_, _ = c.Remaining(d)
			}
			c.Safe()
		}
	})
}

func TestClockExplain(t *testing.T) {
	t.Run("逐项、逐日说明的样张", func(t *testing.T) {
		r := reply(t)
		r.Internal = []deadline.Internal{{Name: "承办科室", N: 15, Warn: 3}}
		c, err := deadline.NewClock(r, deadline.China(),
			deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInternet, On: date("2026-03-02")},
			ev(deadline.EventConfirmed, "2026-03-03"),
			began(deadline.SpanThirdParty, "1", "2026-03-05"), began(deadline.SpanOtherOrgan, "2", "2026-03-06"), ended("1", "2026-03-11"), ended("2", "2026-03-13"),
			ev(deadline.EventCorrectionNotice, "2026-03-20"),
			extended(5, head, "2026-04-01"), served(deadline.MeansPosted, "2026-04-10"))
		require.NoError(t, err)
		printed(t, "testdata/clock_explain.golden", c.Explain())
	})
	t.Run("没有起算、等待、未结束的都说明白", func(t *testing.T) {
		for _, es := range [][]deadline.Event{
			{{Kind: deadline.EventReceived, Channel: deadline.ChannelInternet, On: date("2026-03-02")}},
			{received("2026-03-02"), ev(deadline.EventCorrectionNotice, "2026-03-05")},
			{received("2026-03-02"), began(deadline.SpanThirdParty, "1", "2026-03-05")},
			{received("2026-12-28")},
		} {
			c, err := deadline.NewClock(reply(t), deadline.China(), es...)
			require.NoError(t, err)
			assert.Regexp(t, "尚未起算|没有在进行|尚未结束|尚无放假通知", c.Explain())
		}
	})
}
