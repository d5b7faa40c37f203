package publish_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/disclosure/publish"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/require"
)

// twoNetworks are both ends of a channel over one folder.
func twoNetworks(t *testing.T, now func() time.Time) (*publish.Exchange, *publish.Intake) {
	t.Helper()
	dir := t.TempDir()
	inner, outer := newSuite(t, "inner"), newSuite(t, "outer")
	return &publish.Exchange{Dir: dir, Channel: "bengbu.inner-outer", Suite: inner, Peer: []ledger.Key{outer.Key()}, Now: now},
		&publish.Intake{Dir: dir, Channel: "bengbu.inner-outer", Suite: outer, Peer: []ledger.Key{inner.Key()}, Now: now}
}

func at(day string) func() time.Time {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return func() time.Time { return d.Add(2 * time.Hour) } // 10:00 in China
}

func body(s string) []publish.Body { return []publish.Body{{Name: "a.txt", Data: []byte(s)}} }

func TestExchange(t *testing.T) {
	send, take := twoNetworks(t, at("2026-11-24"))
	site := map[string]string{} // key → text, on the other side
	order := []int64{}
	deliver := func(_ context.Context, p publish.Parcel, bodies []publish.Body) (string, error) {
		order = append(order, p.Seq)
		site[p.Key] = string(bodies[0].Data)
		return "", nil
	}
	t.Run("OA-12 未签收前等待，签收后得回执", func(t *testing.T) {
		_, err := send.Send(t.Context(), "release", "o1", body("一"))
		require.ErrorIs(t, err, publish.ErrAwaited)
		n, err := take.Run(t.Context(), deliver)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		r, err := send.Send(t.Context(), "release", "o1", body("一"))
		require.NoError(t, err)
		require.EqualValues(t, 1, r.Seq)
		require.Equal(t, "一", site["o1"])
	})
	t.Run("OA-12 同一指令重发只有一件", func(t *testing.T) {
		for range 3 {
			_, err := send.Send(t.Context(), "release", "o2", body("二"))
			require.ErrorIs(t, err, publish.ErrAwaited)
		}
		fresh := publish.Exchange{Dir: send.Dir, Channel: send.Channel, Suite: send.Suite, Peer: send.Peer, Now: send.Now}
		_, err := fresh.Send(t.Context(), "release", "o2", body("二"))
		require.ErrorIs(t, err, publish.ErrAwaited, "another process finds it in the folder")
		n, err := take.Run(t.Context(), deliver)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		n, err = take.Run(t.Context(), deliver)
		require.NoError(t, err)
		require.Zero(t, n)
		_, err = send.Send(t.Context(), "withdraw", "o2", nil)
		require.ErrorIs(t, err, publish.ErrParcel, "one key, one thing")
	})
	t.Run("OA-12 对方拒收，理由写进回执", func(t *testing.T) {
		_, err := send.Send(t.Context(), "release", "o3", body("三"))
		require.ErrorIs(t, err, publish.ErrAwaited)
		_, err = take.Run(t.Context(), func(context.Context, publish.Parcel, []publish.Body) (string, error) {
			return "附件\n无法打开", nil
		})
		require.NoError(t, err)
		r, err := send.Send(t.Context(), "release", "o3", body("三"))
		require.NoError(t, err)
		require.Equal(t, "附件 无法打开", r.Refused)
	})
	t.Run("OA-12 对方一时办不了，下次再办，次序不乱", func(t *testing.T) {
		_, _ = send.Send(t.Context(), "release", "o4", body("四"))
		_, _ = send.Send(t.Context(), "release", "o5", body("五"))
		busy := errors.New("site is down")
		n, err := take.Run(t.Context(), func(context.Context, publish.Parcel, []publish.Body) (string, error) { return "", busy })
		require.ErrorIs(t, err, busy)
		require.Zero(t, n)
		n, err = take.Run(t.Context(), deliver)
		require.NoError(t, err)
		require.Equal(t, 2, n)
		require.Equal(t, []int64{1, 2, 4, 5}, order)
	})
	t.Run("OA-12 途中丢件：其后一概不办，并说缺哪件", func(t *testing.T) {
		_, _ = send.Send(t.Context(), "release", "o6", body("六"))
		_, _ = send.Send(t.Context(), "release", "o7", body("七"))
		path := filepath.Join(send.Dir, "000000000006.zip")
		kept, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.Remove(path))
		n, err := take.Run(t.Context(), deliver)
		require.ErrorIs(t, err, publish.ErrMissing)
		require.ErrorContains(t, err, "6 to 6")
		require.Zero(t, n)

		broken := slices.Clone(kept)
		broken[len(broken)/2] ^= 1
		require.NoError(t, os.WriteFile(path, broken, 0o644))
		_, err = take.Run(t.Context(), deliver)
		require.ErrorIs(t, err, publish.ErrParcel, "an altered parcel is not taken")
		require.NoError(t, os.WriteFile(path, kept[:len(kept)/2], 0o644))
		_, err = take.Run(t.Context(), deliver)
		require.ErrorIs(t, err, publish.ErrParcel, "nor one that is only half there")

		require.NoError(t, os.WriteFile(path, kept, 0o644))
		n, err = take.Run(t.Context(), deliver)
		require.NoError(t, err)
		require.Equal(t, 2, n)
	})
	t.Run("OA-12 别人签的件、别的通道的件、伪造的回执都不认", func(t *testing.T) {
		stranger, _ := twoNetworks(t, at("2026-11-24"))
		_, _ = stranger.Send(t.Context(), "release", "o8", body("八"))
		forged, err := os.ReadFile(filepath.Join(stranger.Dir, "000000000001.zip"))
		require.NoError(t, err)
		path := filepath.Join(send.Dir, "000000000008.zip")
		require.NoError(t, os.WriteFile(path, forged, 0o644))
		_, err = take.Run(t.Context(), deliver)
		require.ErrorIs(t, err, publish.ErrParcel)
		require.NoError(t, os.Remove(path))

		old, err := os.ReadFile(filepath.Join(send.Dir, "000000000007.zip"))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, old, 0o644))
		_, err = take.Run(t.Context(), deliver)
		require.ErrorIs(t, err, publish.ErrParcel, "an old parcel under a new number")
		require.NoError(t, os.Remove(path))

		_, err = send.Send(t.Context(), "release", "o8", body("八"))
		require.ErrorIs(t, err, publish.ErrAwaited)
		receipt, err := os.ReadFile(filepath.Join(send.Dir, "000000000007.receipt"))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(send.Dir, "000000000008.receipt"), receipt, 0o644))
		_, err = send.Send(t.Context(), "release", "o8", body("八"))
		require.ErrorIs(t, err, publish.ErrParcel, "the receipt of another parcel")
	})
	t.Run("缺件的两端不开工", func(t *testing.T) {
		_, err := (&publish.Exchange{}).Send(t.Context(), "k", "k", nil)
		require.ErrorIs(t, err, publish.ErrParcel)
		_, err = (&publish.Intake{}).Run(t.Context(), deliver)
		require.ErrorIs(t, err, publish.ErrParcel)
	})
}

// TestExchangeCrowd: several processes send into one folder at once, each key
// more than once; every key is one parcel, and the numbers have no gap.
func TestExchangeCrowd(t *testing.T) {
	send, take := twoNetworks(t, at("2026-11-24"))
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			own := publish.Exchange{Dir: send.Dir, Channel: send.Channel, Suite: send.Suite, Peer: send.Peer, Now: send.Now}
			for i := range 12 {
				key := fmt.Sprintf("o%d", (i*5+w*3)%16)
				if _, err := own.Send(t.Context(), "release", key, body(key)); !errors.Is(err, publish.ErrAwaited) {
					t.Errorf("OA-12 send %s: %v", key, err)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]int{}
	n, err := take.Run(t.Context(), func(_ context.Context, p publish.Parcel, bodies []publish.Body) (string, error) {
		seen[p.Key]++
		require.Equal(t, p.Key, string(bodies[0].Data))
		return "", nil
	})
	require.NoError(t, err)
	require.Equal(t, len(seen), n)
	require.Len(t, seen, 16)
	for key, n := range seen {
		require.Equal(t, 1, n, key)
	}
}

// TestOfficeAcrossNetworks: the office stands on the inner network, the web site
// on the outer one. A release goes out as a parcel and is published on the day of
// the outer receipt; an application comes in as a parcel and is registered once.
func TestOfficeAcrossNetworks(t *testing.T) {
	p, err := profile.Load("chuxiong")
	require.NoError(t, err)
	today := "2026-09-25"
	now := func() time.Time { return at(today)() }
	send, take := twoNetworks(t, now)
	o, err := disclosure.Open(disclosure.Config{Tenant: "chuxiong", Profile: p, Store: disclosure.NewMemory(), Now: now,
		Publishers: map[string]disclosure.Publisher{"website": send}})
	require.NoError(t, err)
	person := disclosuretest.Person
	drafter, reviewer, publisher := person("u-drafter", "projects", "drafter"), person("u-reviewer", "office", "reviewer"), person("u-publisher", "operations", "publisher")
	var id disclosure.CaseID
	n := 0
	for _, a := range []disclosure.Act{
		{Actor: drafter, Command: disclosure.Register{Kind: "document", Title: "通知", Unit: "projects"}},
		{Actor: drafter, Command: disclosure.Attach{Texts: []disclosure.Text{{Name: "通知.txt", Bytes: []byte("现将有关事项通知如下。")}}}},
		{Actor: drafter, Command: disclosure.Opine{On: "propose", Words: "此件公开发布"}},
		{Actor: person("u-section", "projects", "section-head"), Command: disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"}},
		{Actor: person("u-office", "office", "office"), Command: disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"}},
		{Actor: person("u-leader", "leadership", "leader"), Command: disclosure.Opine{On: "leader-sign", Words: "此件公开发布"}},
		{Actor: drafter, Command: disclosure.Take{On: "print"}},
		{Actor: person("u-office", "office", "office"), Command: disclosure.Take{On: "register"}},
		{Actor: person("u-office", "office", "office"), Command: disclosure.Take{On: "seal"}},
		{Actor: drafter, Command: disclosure.Take{On: "hand-over"}},
		{Actor: reviewer, Command: disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear}},
		{Actor: publisher, Command: disclosure.Release{On: "publish", Carriers: []string{"website"}}},
	} {
		n++
		a.Key, a.Case = fmt.Sprintf("k%d", n), id
		r, err := o.Do(t.Context(), a)
		require.NoError(t, err)
		id = r.Case
	}
	deliver := func(t *testing.T) disclosure.Delivery {
		t.Helper()
		ds, err := o.Deliver(t.Context(), 10)
		require.NoError(t, err)
		require.Len(t, ds, 1)
		return ds[0]
	}
	t.Run("OA-12 发布以外网回执之日为公开之日", func(t *testing.T) {
		d := deliver(t)
		require.ErrorIs(t, d.Err, publish.ErrAwaited)
		require.False(t, d.Final)
		today = "2026-09-28"
		_, err := take.Run(t.Context(), func(_ context.Context, parcel publish.Parcel, bodies []publish.Body) (string, error) {
			got, err := publish.PublicationOf(bodies)
			require.NoError(t, err)
			require.Equal(t, "release", parcel.Kind)
			require.Equal(t, "通知", got.Title)
			require.Equal(t, "现将有关事项通知如下。", string(got.Body))
			require.Equal(t, parcel.Key, got.Order)
			return "", nil
		})
		require.NoError(t, err)
		today = "2026-09-30"
		d = deliver(t)
		require.NoError(t, d.Err)
		require.Equal(t, deadline.NewDate(2026, 9, 28), d.Published)
	})
	t.Run("OA-12 外网受理的申请逐件入内网，重复只登记一次", func(t *testing.T) {
		send, take := twoNetworks(t, now) // the other direction
		for i := range 3 {
			_, err := send.Send(t.Context(), "application", fmt.Sprintf("apply-%d", i), []publish.Body{{Name: "title.txt", Data: fmt.Appendf(nil, "申请%d", i)}})
			require.ErrorIs(t, err, publish.ErrAwaited)
		}
		died := errors.New("died before the receipt")
		dies := true
		register := func(ctx context.Context, p publish.Parcel, bodies []publish.Body) (string, error) {
			_, err := o.Do(ctx, disclosure.Act{Key: p.Key, Actor: drafter, Command: disclosure.Register{Kind: "document", Title: string(bodies[0].Data)}})
			if err == nil && dies {
				dies = false
				return "", died
			}
			return "", err
		}
		before := count(t, o)
		_, err := take.Run(t.Context(), register)
		require.ErrorIs(t, err, died)
		done, err := take.Run(t.Context(), register)
		require.NoError(t, err)
		require.Equal(t, 3, done)
		require.Equal(t, before+3, count(t, o), "the one that died in between is not registered twice")
		r, err := send.Send(t.Context(), "application", "apply-1", nil)
		require.NoError(t, err)
		require.EqualValues(t, 2, r.Seq)
	})
}

func count(t *testing.T, o *disclosure.Office) int {
	t.Helper()
	r, err := o.Audit(t.Context(), nil)
	require.NoError(t, err)
	return int(r.Cases)
}
