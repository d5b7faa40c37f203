package dossier_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/require"
)

// TestOf takes a real case of an office from the draft to its dossier.
func TestOf(t *testing.T) {
	suite := newSuite(t, "office.example.gov.cn")
	p, err := profile.Load("chuxiong")
	require.NoError(t, err)
	now := time.Date(2026, 9, 28, 9, 0, 0, 0, time.UTC)
	o, err := disclosure.Open(disclosure.Config{
		Tenant: "chuxiong", Profile: p, Store: disclosure.NewMemory(), Suite: suite, Now: func() time.Time { return now },
	})
	require.NoError(t, err)
	person := disclosuretest.Person
	drafter, section, office, leader, reviewer := person("u-drafter", "projects", "drafter"), person("u-section", "projects", "section-head"),
		person("u-office", "office", "office"), person("u-leader", "leadership", "leader"), person("u-reviewer", "office", "reviewer")
	var id disclosure.CaseID
	n := 0
	do := func(act disclosure.Act) disclosure.Result {
		t.Helper()
		n++
		act.Key, act.Case = strings.Repeat("k", n), id
		r, err := o.Do(t.Context(), act)
		require.NoError(t, err)
		return r
	}
	id = do(disclosure.Act{Actor: drafter, Command: disclosure.Register{Kind: "document", Title: "关于下达补助资金的通知", Unit: "projects"}}).Case
	do(disclosure.Act{Actor: drafter, Command: disclosure.Attach{Texts: []disclosure.Text{{Name: "通知.txt", Bytes: []byte("补助对象：张三，公民身份号码11010519491231002X，补助20000元。")}}}})
	words := "此件删减后公开"
	do(disclosure.Act{Actor: drafter, Command: disclosure.Opine{On: "propose", Words: words, Reason: "含个人信息", Grounds: []law.Citation{law.GovInfoRegulation2019.Art(15)}}})
	do(disclosure.Act{Actor: section, Command: disclosure.Opine{On: "section-opinion", Words: "同意" + words}})
	do(disclosure.Act{Actor: office, Command: disclosure.Opine{On: "office-opinion", Words: "同意" + words}})
	do(disclosure.Act{Actor: leader, Command: disclosure.Opine{On: "leader-sign", Words: words}})
	do(disclosure.Act{Actor: drafter, Command: disclosure.Take{On: "print"}})
	do(disclosure.Act{Actor: office, Command: disclosure.Take{On: "register"}})
	do(disclosure.Act{Actor: office, Command: disclosure.Take{On: "seal"}})
	do(disclosure.Act{Actor: drafter, Command: disclosure.Take{On: "hand-over"}})
	c, err := o.Case(t.Context(), id)
	require.NoError(t, err)
	do(disclosure.Act{Actor: reviewer, Command: disclosure.Redact{Part: c.Parts[0].ID, Names: []string{"张三"}}})
	do(disclosure.Act{Actor: reviewer, Command: disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear}})

	outside := disclosure.AnchorFolder(t.TempDir())
	q, err := o.Sequencer("p1", outside)
	require.NoError(t, err)
	_, err = q.Run(t.Context())
	require.NoError(t, err)
	_, err = q.Deposit(t.Context())
	require.NoError(t, err)
	kept, err := outside.Kept(t.Context(), "chuxiong")
	require.NoError(t, err)

	export := func(t *testing.T, key string) *dossier.Case {
		t.Helper()
		d, err := dossier.Of(t.Context(), o, disclosure.Act{Key: key, Actor: office, Case: id, Command: disclosure.Look{Why: "归档"}}, now.UnixMilli(), kept, "州档案馆")
		require.NoError(t, err)
		return d
	}
	t.Run("BB-21 真实案卷导出后可读可验", func(t *testing.T) {
		d := export(t, "x1")
		if *keep != "" {
			require.NoError(t, dossier.Write(t.Context(), dossier.ToFolder(*keep+"-office"), d, &dossier.Options{Suite: suite}))
		}
		m := memory(t, d, &dossier.Options{Suite: suite})
		r := dossier.Check(m, &dossier.Trust{Keys: []ledger.Key{suite.Key()}})
		require.Empty(t, r.Faults)
		require.Equal(t, 12, r.Placed)
		require.Contains(t, strings.Join(r.Notes, ""), "第 13 条记录没有总账证明", "the look itself was written a moment ago")
		md := string(m["index.md"].Data)
		for _, want := range []string{"关于下达补助资金的通知", "删减后公开", "同意此件删减后公开", "审查结论：可以公开", "查阅", "用途：归档"} {
			require.Contains(t, md, want)
		}
		require.Contains(t, string(m["definition.json"].Data), "leader-sign")
		require.Len(t, slices.DeleteFunc(slices.Collect(maps.Keys(m)), func(name string) bool {
			return !strings.HasPrefix(name, "documents/") || !strings.HasSuffix(name, ".txt")
		}), 1, "the rendition, which opens as text")

		_, err = q.Run(t.Context())
		require.NoError(t, err)
		r = dossier.Check(memory(t, export(t, "x1"), &dossier.Options{Suite: suite}), &dossier.Trust{Keys: []ledger.Key{suite.Key()}})
		require.Equal(t, ledger.Intact, r.Verdict, "the same act again writes nothing new: %v", r.Notes)
		require.Equal(t, 13, r.Placed)
	})
	t.Run("OA-19 导出即查阅，查阅在案；原文不随卷外带", func(t *testing.T) {
		m := memory(t, export(t, "x2"), nil)
		for name, f := range m {
			require.NotContains(t, string(f.Data), "11010519491231002X", name)
			require.NotContains(t, string(f.Data), "张三", name)
		}
		c, err := o.Case(t.Context(), id)
		require.NoError(t, err)
		last := c.Records[len(c.Records)-1]
		require.Equal(t, string(disclosure.EventRead), last.Type)
		require.Equal(t, "u-office", last.Actor)
		full := memory(t, export(t, "x3"), &dossier.Options{Personal: true})
		found := false
		for _, f := range full {
			found = found || strings.Contains(string(f.Data), "11010519491231002X")
		}
		require.True(t, found, "asked for, and on record")
	})
	t.Run("OA-19 不说用途不得导出", func(t *testing.T) {
		_, err := dossier.Of(t.Context(), o, disclosure.Act{Key: "x4", Actor: office, Case: id, Command: disclosure.Look{}}, 0, nil, "")
		require.ErrorIs(t, err, disclosure.ErrRefused)
		_, err = dossier.Of(t.Context(), o, disclosure.Act{Key: "x5", Actor: office, Case: id, Command: disclosure.Take{On: "archive"}}, 0, nil, "")
		require.True(t, errors.Is(err, disclosure.ErrInvalid))
	})
}
