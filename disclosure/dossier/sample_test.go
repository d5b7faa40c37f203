package dossier_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	mathrand "math/rand/v2"
	"testing"
	"testing/fstest"

	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
)

const tenant = "bengbu"

func newSuite(t testing.TB, name string) ledger.Suite {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	s, err := ledger.NewStandard(name, key)
	require.NoError(t, err)
	return s
}

// sampleEvents are the events of one matter, synthetic.
var sampleEvents = []struct{ typ, on, actor, event, text, basis string }{
	{"register", "2026-11-02", "u-liaison", "提报", "科室提报《2026年食堂食材采购结果公开》", "内部事务公开民主管理 提报"},
	{"assess", "2026-11-03", "u-head", "属性认定", "主动公开", "《中华人民共和国政府信息公开条例》第十九条"},
	{"review", "2026-11-04", "u-secrecy", "保密审查", "经审查不涉密，附件二删减个人联系方式后公开", "《中华人民共和国政府信息公开条例》第十七条"},
	{"approve", "2026-11-05", "u-leader", "审批", "同意公开", ""},
	{"publish", "2026-11-06", "u-office", "发布", "公告栏、公开平台", ""},
	{"feedback", "2026-11-10", "u-office", "反馈", "收到意见一件，已电话答复", ""},
	{"archive", "2026-11-17", "u-office", "归档", "", ""},
}

var sampleNames = map[string]string{"u-liaison": "王联络", "u-head": "李科长", "u-secrecy": "保密办 赵", "u-leader": "分管领导 钱", "u-office": "公开办"}

// sample is a case among others in an office whose log has 1,000 leaves.
func sample(t testing.TB, suite ledger.Suite) *dossier.Case {
	t.Helper()
	c := &dossier.Case{
		Tenant: tenant, ID: "01JDM0X3Q5W9V7", Title: "2026年食堂食材采购结果公开", Agency: "某市某局（示例）", Made: 1795500000000,
		Names:      func(id string) string { return sampleNames[id] },
		Definition: []byte(`{"id":"matter","edition":1}`),
		Summary: []dossier.Field{
			{Label: "目录编号", Value: "三-2-07"}, {Label: "公开属性", Value: "主动公开"}, {Label: "责任科室", Value: "综合科"},
			{Label: "意见提出人", Value: "张某某 13800000000", Personal: true},
		},
	}
	salts := mathrand.NewChaCha8([32]byte{1}) // the same each time, for the goldens
	var prev ledger.Digest
	for i, e := range sampleEvents {
		r := ledger.Record{Tenant: c.Tenant, Case: c.ID, Seq: int64(i) + 1, Type: e.typ, Time: 1793600000000 + int64(i)*86_400_000, On: e.on, Actor: e.actor,
			Structure: fmt.Appendf(nil, `{"stage":"%s"}`, e.typ), Private: fmt.Appendf(nil, `{"opinion":"%s","phone":"13800000000"}`, e.text)}
		require.NoError(t, ledger.Seal(suite, prev, &r, salts))
		prev = r.Hash
		c.Records = append(c.Records, r)
		row := dossier.Row{Seq: r.Seq, Event: e.event, Text: e.text, Basis: e.basis}
		if e.typ == "feedback" {
			row.Fields = []dossier.Field{{Label: "提出人", Value: "张某某", Personal: true}, {Label: "渠道", Value: "电话"}}
		}
		c.Rows = append(c.Rows, row)
	}
	for _, d := range []struct {
		name, body string
		personal   bool
	}{
		{"关于2026年食堂食材采购结果的公告.txt", "采购结果：某某公司，中标价 12.6 万元。", false},
		{"保密审查表.txt", "审查结论：可以公开。", false},
		{"意见登记表.txt", "张某某 13800000000：请公布单价。", true},
	} {
		c.Documents = append(c.Documents, dossier.Document{Name: d.name, Author: "综合科", Day: "2026-11-02", Digest: sha256.Sum256([]byte(d.body)), Personal: d.personal,
			Open: func() ([]byte, error) { return []byte(d.body), nil }})
	}

	tree := ledger.NewTree(suite)
	places := map[ledger.Digest]int64{}
	for i := range 1000 {
		h := ledger.Digest(sha256.Sum256(fmt.Append(nil, i)))
		if i%140 == 7 && i/140 < len(c.Records) {
			h = c.Records[i/140].Hash
		}
		places[h] = tree.Size()
		tree.Append(h)
	}
	at := func(size int64) (ledger.Checkpoint, []byte) {
		root, err := tree.Root(size)
		require.NoError(t, err)
		cp := ledger.Checkpoint{Tenant: tenant, Suite: suite.ID(), Size: size, Root: root, Time: 1795400000000}
		note, err := ledger.SignCheckpoint(t.Context(), suite, cp)
		require.NoError(t, err)
		return cp, note
	}
	cp, note := at(1000)
	old, oldNote := at(900)
	c.Proof = dossier.Proof{Checkpoint: note, Keys: []ledger.Key{suite.Key()}, Anchored: oldNote, AnchoredAt: "市档案馆"}
	var err error
	c.Proof.Places, c.Proof.Growth, err = dossier.Prove(tree, cp, c.Records, func(d ledger.Digest) (int64, bool) { p, ok := places[d]; return p, ok }, &old)
	require.NoError(t, err)
	require.Len(t, c.Proof.Places, len(c.Records))
	return c
}

// memory is a dossier in memory.
func memory(t testing.TB, c *dossier.Case, o *dossier.Options) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	require.NoError(t, dossier.Write(t.Context(), into(out), c, o))
	return out
}

func into(out fstest.MapFS) dossier.Sink {
	return func(name string, body []byte) error {
		out[name] = &fstest.MapFile{Data: append([]byte(nil), body...)}
		return nil
	}
}
