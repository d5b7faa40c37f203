package profile_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// procedures are the shipped definitions. Their texts are public rules of the
// five agencies; what is ours in them is cited as such.
var procedures = []string{
	"bengbu/disclosure", "bengbu/matter", "bengbu/node",
	"chuxiong/decision", "chuxiong/document",
	"haikou/disclosure",
	"nanning/decision",
	"taizhou/disclosure",
}

func definition(t testing.TB, name string) workflow.Definition {
	t.Helper()
	b, err := fs.ReadFile(os.DirFS("."), name+".json")
	require.NoError(t, err)
	d, err := workflow.Parse(b)
	require.NoError(t, err, name)
	require.Equal(t, name, d.ID)
	return d
}

func procedure(t testing.TB, name string) *workflow.Machine {
	t.Helper()
	m, err := workflow.Compile(definition(t, name))
	require.NoError(t, err)
	return m
}

func TestProceduresCompile(t *testing.T) {
	var defs []workflow.Definition
	for _, name := range procedures {
		defs = append(defs, definition(t, name))
	}
	set, err := workflow.CompileSet(defs...)
	require.NoError(t, err)
	assert.Len(t, set, len(procedures))
	for _, d := range defs {
		var cited []law.Citation
		cited = append(cited, d.Basis...)
		for _, s := range d.Stages {
			assert.NotEmpty(t, s.Title, "%s %s", d.ID, s.ID)
			assert.NotEmpty(t, s.Basis, "%s %s", d.ID, s.ID)
			assert.NotEmpty(t, s.Answers.Business, "%s %s", d.ID, s.ID)
			assert.NotEmpty(t, s.Answers.Disclosure, "%s %s", d.ID, s.ID)
			assert.NotEmpty(t, s.Answers.Supervision, "%s %s", d.ID, s.ID)
			cited = append(cited, s.Basis...)
		}
		for _, r := range d.Roles {
			assert.NotEmpty(t, r.Title, "%s %s", d.ID, r.ID)
			cited = append(cited, r.Basis...)
		}
		for _, k := range d.Clocks {
			assert.NotEmpty(t, k.Basis, "%s %s", d.ID, k.ID)
			cited = append(cited, k.Basis...)
		}
		for _, mv := range d.Moves {
			assert.NotEmpty(t, mv.Title, "%s %s", d.ID, mv.ID)
			assert.NotEmpty(t, mv.By, "%s %s: everything here is done by somebody", d.ID, mv.ID)
			cited = append(cited, mv.Basis...)
		}
		for _, c := range cited {
			if c.Instrument == law.Own || strings.HasPrefix(string(c.Instrument), "local:") {
				assert.NotEmpty(t, c.Section, "%s: %s", d.ID, c)
				continue
			}
			assert.NoError(t, law.Resolve(c), "%s: %s", d.ID, c)
		}
	}
}

// golden compares with the file, and rewrites it under -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "procedures", filepath.FromSlash(name))
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, got, 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	if string(want) != string(got) {
		assert.Fail(t, "drifted", "%s: run the test with -update", file)
	}
}

func TestProceduresPrinted(t *testing.T) {
	for _, name := range procedures {
		m := procedure(t, name)
		flat := strings.ReplaceAll(name, "/", "-")
		golden(t, flat+".md", []byte(m.Markdown()))
		golden(t, flat+".svg", m.SVG(""))
	}
	t.Run("BB-25 主体责任逻辑示意图:各环节由谁对业务、公开、监督负责", func(t *testing.T) {
		for _, name := range procedures {
			m := procedure(t, name)
			rows := m.Responsibility()
			require.Len(t, rows, len(m.Definition().Stages))
			golden(t, strings.ReplaceAll(name, "/", "-")+"-responsibility.svg", workflow.ResponsibilitySVG(m.Definition().Title+"主体责任逻辑示意图", rows))
		}
		rows := procedure(t, "bengbu/node").Responsibility()
		assert.Equal(t, workflow.Responsibility{Node: "实施中", Business: "业务相关职能部门", Disclosure: "公开办（工会）", Supervision: "整顿办"}, rows[1])
	})
}

// walk is one case on a bare machine.
type walk struct {
	t     *testing.T
	m     *workflow.Machine
	stage workflow.Stage
	facts workflow.Facts
	done  []workflow.Done
}

// begin starts with everything settled that a release asks for.
func begin(t *testing.T, name string, facts workflow.Facts) *walk {
	t.Helper()
	m := procedure(t, name)
	w := &walk{t: t, m: m, stage: m.Start(), facts: workflow.Facts{
		workflow.FactAttribute: workflow.AttributePublic, workflow.FactReview: workflow.ReviewClear, workflow.FactScan: workflow.ScanClear,
		workflow.FactEarlier: workflow.EarlierNone, workflow.FactObjection: workflow.ObjectionNone,
	}}
	for f, v := range facts {
		w.facts[f] = v
	}
	return w
}

// do makes a step as somebody who has the role; each role is another person.
func (w *walk) do(event workflow.Event, role workflow.Role) workflow.Outcome {
	w.t.Helper()
	return w.by(event, workflow.Actor{ID: "person-" + string(role), Roles: []workflow.Role{role}})
}

func (w *walk) by(event workflow.Event, a workflow.Actor) workflow.Outcome {
	w.t.Helper()
	out, err := w.m.Step(w.stage, w.facts, event, a, w.done...)
	require.NoError(w.t, err)
	w.stage = out.To
	w.done = append(w.done, workflow.Done{On: event, Actor: a.ID})
	return out
}

func (w *walk) refused(event workflow.Event, role workflow.Role) *workflow.Refusal {
	w.t.Helper()
	return w.refusedTo(event, workflow.Actor{ID: "person-" + string(role), Roles: []workflow.Role{role}})
}

func (w *walk) refusedTo(event workflow.Event, a workflow.Actor) *workflow.Refusal {
	w.t.Helper()
	_, err := w.m.Step(w.stage, w.facts, event, a, w.done...)
	var r *workflow.Refusal
	require.True(w.t, errors.As(err, &r), "want a refusal, have %v", err)
	return r
}

func (w *walk) at(s workflow.Stage) { w.t.Helper(); assert.Equal(w.t, s, w.stage) }

func (w *walk) ended() {
	w.t.Helper()
	final, ok := w.m.Final(w.stage)
	assert.True(w.t, ok && final, "%s is no end", w.stage)
}

func TestBengbu(t *testing.T) {
	// 「对照《公开目录》,选择必要的载体,按照提报、审批、发布、反馈、归档等环节进行信息公开。」
	t.Run("BB-14 提报、审批、发布、反馈、归档,各由其人", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", workflow.Facts{"weight": "routine", "content": "correct"})
		assert.Equal(t, []workflow.Role{"liaison"}, w.refused("propose", "department-head").Roles)
		w.do("propose", "liaison")
		w.do("approve", "department-head")
		out := w.do("publish", "liaison")
		assert.Equal(t, workflow.EffectPublish, out.Effect)
		w.at("feedback")
		w.do("archive", "department")
		w.ended()
	})
	// 「常态化事项公开由部门负责人依据有关制度对拟公开信息进行把关,确保信息内容真实、准确、完整,公开形式、期限符合相关规定即可发布」
	t.Run("BB-15 常态化事项由部门负责人把关", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", workflow.Facts{"weight": "routine", "content": "incorrect"})
		w.do("propose", "liaison")
		r := w.refused("approve", "department-head")
		assert.Equal(t, workflow.CodeMissing, r.Code)
		assert.Equal(t, workflow.Fact("content"), r.Missing[0].Fact)
		w.facts["content"] = "correct"
		assert.Equal(t, workflow.CodeNotRole, w.refused("approve", "leading-group").Code)
		w.do("approve", "department-head")
		w.at("publishing")
	})
	// 「重要事项由办事公开民主管理领导小组根据有关制度对拟公开信息的合规性进行审核并批准。」
	t.Run("BB-15 重要事项由领导小组批准", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", workflow.Facts{"weight": "important", "risk": "noted", "content": "correct"})
		w.do("propose", "liaison")
		w.do("approve", "department-head")
		w.at("group")
		assert.Equal(t, workflow.CodeNoMove, w.refused("publish", "liaison").Code)
		assert.Equal(t, workflow.CodeNotRole, w.refused("group-approve", "department-head").Code)
		w.do("group-approve", "leading-group")
		w.at("publishing")
	})
	t.Run("BB-15 提报人不得自己审批", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", workflow.Facts{"weight": "routine", "content": "correct"})
		both := workflow.Actor{ID: "one", Roles: []workflow.Role{"liaison", "department-head"}}
		w.by("propose", both)
		assert.Equal(t, workflow.CodeSamePerson, w.refusedTo("approve", both).Code)
	})
	t.Run("事项类别未定,不得提报", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", nil)
		assert.Equal(t, workflow.CodeMissing, w.refused("propose", "liaison").Code)
	})
	// 「合理选择公开范围,注重防范舆情风险、法律风险。」
	t.Run("BB-24 重要事项提报须附风险说明", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", workflow.Facts{"weight": "important"})
		r := w.refused("propose", "liaison")
		assert.Equal(t, []workflow.Missing{{Fact: "risk", Want: []workflow.Value{"noted"}, Have: workflow.Undetermined}}, r.Missing)
		w.facts["risk"] = "noted"
		w.do("propose", "liaison")
		w.at("approving")
	})
	// 「采取电话、书信、网络、面谈或选择规定的公开载体通过发布等形式予以反馈答复。」
	t.Run("BB-16 谁公开谁答复,未答复不得归档", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", workflow.Facts{"weight": "routine", "content": "correct"})
		w.do("propose", "liaison")
		w.do("approve", "department-head")
		w.do("publish", "liaison")
		w.do("opinion", "liaison")
		w.at("answering")
		assert.Equal(t, workflow.CodeNoMove, w.refused("archive", "department").Code)
		assert.Equal(t, workflow.Fact("channel"), w.refused("answer", "department").Missing[0].Fact)
		for _, channel := range []workflow.Value{"telephone", "letter", "network", "interview", "carrier"} {
			w.facts["channel"] = channel
			out := w.do("answer", "department")
			assert.Equal(t, workflow.EffectAnswer, out.Effect)
			w.do("opinion", "disclosure-office")
		}
		assert.Equal(t, workflow.CodeNotRole, w.refused("answer", "supervision-office").Code, "答复的是公开的部门")
		w.do("answer", "liaison")
		w.do("archive", "department")
		w.ended()
	})
	// 「上一个环节未通过,下一个环节不得实施」
	t.Run("BB-10 上一个环节未通过,下一个环节不得实施", func(t *testing.T) {
		for _, earlier := range []workflow.Value{workflow.EarlierOpen, workflow.EarlierFailed, workflow.Undetermined} {
			w := begin(t, "bengbu/node", workflow.Facts{workflow.FactEarlier: earlier})
			r := w.refused("start", "department")
			assert.Equal(t, workflow.FactEarlier, r.Missing[0].Fact)
			assert.Contains(t, r.Basis[0].String(), "四（三）1")
		}
		w := begin(t, "bengbu/node", workflow.Facts{workflow.FactEarlier: workflow.EarlierPassed})
		assert.Equal(t, workflow.EffectAdvance, w.do("start", "department").Effect)
	})
	// 「落实业务、公开、监督“三线并轨”」
	t.Run("BB-10 业务、公开、责任三线都过才算通过", func(t *testing.T) {
		w := begin(t, "bengbu/node", workflow.Facts{"business": "done"})
		w.do("start", "department")
		w.do("finish", "department")
		for f, v := range map[workflow.Fact]workflow.Value{"disclosed": "yes", "responsibility": "clear"} {
			assert.Equal(t, workflow.CodeMissing, w.refused("pass", "department-head").Code)
			w.facts[f] = v
		}
		w.do("pass", "department-head")
		w.at("passed")
		w.ended()
	})
	// 「凡涉及反馈意见歧义较大的项目须暂缓或暂停实施。严禁民主意见较大的项目或关键环节盲目推进。」
	t.Run("BB-17 公开办认定歧义较大,项目暂停", func(t *testing.T) {
		w := begin(t, "bengbu/node", workflow.Facts{"business": "done", "disclosed": "yes", "responsibility": "clear"})
		w.do("start", "department")
		assert.Equal(t, workflow.CodeMissing, w.refused("uphold", "disclosure-office").Code, "没有人提出,无从认定")
		w.facts[workflow.FactObjection] = workflow.ObjectionRaised
		assert.Equal(t, workflow.CodeNotRole, w.refused("uphold", "department").Code)
		w.do("uphold", "disclosure-office")
		w.facts[workflow.FactObjection] = workflow.ObjectionUpheld
		w.at(workflow.Stage("running").Halted())
		assert.Equal(t, workflow.CodeNoMove, w.refused("finish", "department").Code)
		assert.Equal(t, workflow.CodeMissing, w.refused("resume", "disclosure-office").Code)
		w.facts[workflow.FactObjection] = workflow.ObjectionNone
		w.do("resume", "disclosure-office")
		w.at("running")
		w.do("finish", "department")
		w.do("pass", "department-head")
	})
	t.Run("BB-17 异议成立的,终止", func(t *testing.T) {
		w := begin(t, "bengbu/node", workflow.Facts{workflow.FactObjection: workflow.ObjectionRaised})
		w.do("uphold", "disclosure-office")
		w.facts[workflow.FactObjection] = workflow.ObjectionUpheld
		w.do("stop", "leading-group")
		w.at("failed")
	})
	t.Run("BB-17 认定之后公开、答复、归档照常", func(t *testing.T) {
		w := begin(t, "bengbu/disclosure", workflow.Facts{"weight": "routine", "content": "correct", "channel": "letter", workflow.FactObjection: workflow.ObjectionUpheld})
		w.do("propose", "liaison")
		w.do("approve", "department-head")
		w.do("publish", "liaison")
		w.do("opinion", "liaison")
		w.do("answer", "department")
		w.do("archive", "department")
		w.ended()
		n := begin(t, "bengbu/node", workflow.Facts{workflow.FactObjection: workflow.ObjectionUpheld})
		assert.Equal(t, workflow.FactObjection, n.refused("start", "department").Missing[0].Fact)
	})
	// 「凡属重要或特殊类事项,均应在办事发起前由公开办登记汇总,经领导小组审核后,方可……实施公开。」
	t.Run("BB-09 重要事项先登记审核,常规事项边办边补录", func(t *testing.T) {
		w := begin(t, "bengbu/matter", workflow.Facts{"weight": "important", "nodes": "passed"})
		w.do("register", "disclosure-office")
		w.at("approving")
		w.do("approve", "leading-group")
		w.do("close", "department")
		w.do("archive", "liaison")
		w.ended()
		w = begin(t, "bengbu/matter", workflow.Facts{"weight": "routine", "nodes": "open"})
		w.do("register", "disclosure-office")
		w.at("running")
		assert.Equal(t, workflow.Fact("nodes"), w.refused("close", "department").Missing[0].Fact)
	})
}

func TestTaizhou(t *testing.T) {
	timely := workflow.Facts{"term": "timely", "weight": "ordinary", "gatekept": "no"}
	// 「政務公開的程序應按照提出、審核、公開、反饋和歸檔的程序進行。」
	t.Run("TZ-06 提出、审核、公开、反馈、归档", func(t *testing.T) {
		w := begin(t, "taizhou/disclosure", timely)
		out := w.do("form", "department")
		assert.Equal(t, []workflow.ClockOp{{Do: "start", Clock: "propose"}, {Do: "start", Clock: "disclose"}}, out.Clocks)
		w.do("propose", "department")
		w.do("approve", "leader")
		out = w.do("publish", "department")
		assert.Equal(t, workflow.EffectPublish, out.Effect)
		w.do("archive", "department")
		w.ended()
	})
	t.Run("TZ-06 长期公开另有时限", func(t *testing.T) {
		w := begin(t, "taizhou/disclosure", workflow.Facts{"term": "long-term", "weight": "ordinary", "gatekept": "no"})
		out := w.do("form", "department")
		assert.Equal(t, []workflow.ClockOp{{Do: "start", Clock: "collect"}, {Do: "start", Clock: "window"}}, out.Clocks)
		assert.Equal(t, []workflow.ClockOp{{Do: "stop", Clock: "collect"}}, w.do("propose", "department").Clocks)
	})
	// 「公開的內容經分管局領導審核同意后,按要求公開。特別重大、敏感問題或事項的公開由市局黨組領導班子集體討論決定。」
	t.Run("TZ-07 一般事项由分管局领导审核,特别重大、敏感的由党组集体决定", func(t *testing.T) {
		w := begin(t, "taizhou/disclosure", timely)
		w.do("form", "department")
		w.do("propose", "department")
		w.facts["weight"] = "major"
		r := w.refused("approve", "leader")
		assert.Equal(t, []workflow.Missing{{Fact: "weight", Want: []workflow.Value{"ordinary"}, Have: "major"}}, r.Missing)
		w.do("refer", "leader")
		assert.Equal(t, workflow.CodeNotRole, w.refused("decide", "leader").Code)
		w.do("decide", "party-group")
		w.at("publishing")
	})
	// 「公開載體實行扎口管理的,由主辦處室(單位)交由相關部門(單位)具體操作。」
	t.Run("TZ-08 扎口管理的载体只由扎口部门发布", func(t *testing.T) {
		w := begin(t, "taizhou/disclosure", workflow.Facts{"term": "timely", "weight": "ordinary", "gatekept": "yes"})
		w.do("form", "department")
		w.do("propose", "department")
		w.do("approve", "leader")
		w.refused("publish", "department")
		w.do("publish", "gatekeeper")
	})
	// 「明確專人負責收集、整理……及時反饋給政務公開領導小組,由政務公開領導小組將處理和落實情況再次公開。」
	t.Run("TZ-09 意见由专人报领导小组,处理情况再次公开", func(t *testing.T) {
		w := begin(t, "taizhou/disclosure", timely)
		w.do("form", "department")
		w.do("propose", "department")
		w.do("approve", "leader")
		w.do("publish", "department")
		assert.Equal(t, workflow.CodeNotRole, w.refused("report", "department").Code)
		w.do("report", "collector")
		assert.Equal(t, workflow.CodeNoMove, w.refused("archive", "department").Code, "未处理不得归档")
		assert.Equal(t, workflow.Fact("outcome"), w.refused("handle", "leading-group").Missing[0].Fact)
		w.facts["outcome"] = "settled"
		w.do("handle", "leading-group")
		w.at("publishing")
		w.facts[workflow.FactReview] = workflow.ReviewStale
		assert.Equal(t, workflow.FactReview, w.refused("publish", "department").Missing[0].Fact, "再次公开的内容须重新审查")
		w.facts[workflow.FactReview] = workflow.ReviewClear
		assert.Equal(t, workflow.EffectPublish, w.do("publish", "department").Effect)
	})
	// 「公開資料由各相關處室(單位)或者公開載體扎口管理部門(單位)負責歸檔留存。」
	t.Run("TZ-10 由处室或扎口管理部门归档", func(t *testing.T) {
		for _, role := range []workflow.Role{"department", "gatekeeper"} {
			w := begin(t, "taizhou/disclosure", timely)
			w.do("form", "department")
			w.do("propose", "department")
			w.do("approve", "leader")
			w.do("publish", "department")
			assert.Equal(t, workflow.CodeNotRole, w.refused("archive", "leader").Code)
			assert.Equal(t, workflow.EffectArchive, w.do("archive", role).Effect)
			w.ended()
		}
	})
}

func TestHaikou(t *testing.T) {
	plain := workflow.Facts{"weight": "ordinary", "terms": "fixed", "affairs": "government", "scope": "society", "complexity": "ordinary", "slip": "filled"}
	approved := func(t *testing.T, facts workflow.Facts) *walk {
		w := begin(t, "haikou/disclosure", plain)
		for f, v := range facts {
			w.facts[f] = v
		}
		w.do("collect", "collector")
		w.do("examine", "group-office")
		if w.stage == "group-head" {
			w.do("sign", "group-head")
		}
		w.do("approve", "main-leader")
		return w
	}
	// 「信息收集→审查→审批→公开→立卷、归档」
	t.Run("HK-02 信息收集、审查、审批、公开、立卷归档", func(t *testing.T) {
		w := approved(t, nil)
		w.do("publish", "operator")
		w.do("file", "group-office")
		w.do("hand-over", "group-office")
		w.do("deposit", "group-head")
		w.ended()
	})
	// 「按规定确定公开的时限、范围、形式,在公文呈批表上签署意见。」
	t.Run("HK-02 审查时须确定时限、范围、形式并签署", func(t *testing.T) {
		w := begin(t, "haikou/disclosure", plain)
		delete(w.facts, "terms")
		w.do("collect", "collector")
		assert.Equal(t, workflow.Fact("terms"), w.refused("examine", "group-office").Missing[0].Fact)
	})
	// 「全区性的重要公开事项和内容由党政务公开领导小组组长签署审核意见。」「公开事项和内容须经委主要领导审批。」
	t.Run("HK-03 全区性的由组长签署,件件由主要领导审批", func(t *testing.T) {
		w := begin(t, "haikou/disclosure", plain)
		w.facts["weight"] = "zone-wide"
		w.do("collect", "collector")
		w.do("examine", "group-office")
		w.at("group-head")
		assert.Equal(t, workflow.CodeNoMove, w.refused("approve", "main-leader").Code)
		w.do("sign", "group-head")
		assert.Equal(t, workflow.CodeNotRole, w.refused("approve", "group-head").Code)
		w.do("approve", "main-leader")
		for _, event := range []workflow.Event{"approve"} {
			assert.False(t, reaches(procedure(t, "haikou/disclosure"), workflow.EffectPublish, event), "不经主要领导审批不能公开")
		}
	})
	// 「采取仅限于党内公开或先党内、后党外的程序进行公开。」
	t.Run("HK-04 党内事务仅限党内,或先党内后党外", func(t *testing.T) {
		w := approved(t, workflow.Facts{"affairs": "party", "scope": "society"})
		assert.Equal(t, workflow.CodeMissing, w.refused("publish", "operator").Code, "党内事务不得径行对外公开")
		w.facts["scope"] = "inside-first"
		w.do("publish", "operator")
		w.at("inside")
		w.do("publish", "operator")
		w.at("feedback")
		w = approved(t, workflow.Facts{"affairs": "party", "scope": "inside"})
		assert.Equal(t, workflow.MoveID("publish-inside"), w.do("publish", "operator").Move)
		w.at("feedback")
	})
	// 「填写政府信息公开交接单,党政务公开领导小组组长审批后送市档案馆备案。」
	t.Run("HK-05 交接单、组长审批、市档案馆备案", func(t *testing.T) {
		w := approved(t, workflow.Facts{"slip": ""})
		w.do("publish", "operator")
		w.do("file", "group-office")
		assert.Equal(t, workflow.Fact("slip"), w.refused("hand-over", "group-office").Missing[0].Fact)
		w.facts["slip"] = "filled"
		w.do("hand-over", "group-office")
		assert.Equal(t, workflow.CodeNotRole, w.refused("deposit", "group-office").Code)
		assert.Equal(t, workflow.EffectArchive, w.do("deposit", "group-head").Effect)
		w.at("deposited")
	})
	// 「重大或复杂的公开事项,应根据公开后的反馈意见,由党政务公开领导小组办公室收集、整理、完善后再次公开。」
	t.Run("HK-09 重大或复杂事项完善后再次公开", func(t *testing.T) {
		w := approved(t, nil)
		w.do("publish", "operator")
		w.refused("complete", "group-office")
		w.facts["complexity"] = "major"
		w.do("complete", "group-office")
		w.do("resubmit", "group-office")
		w.do("examine", "group-office")
		w.do("approve", "main-leader")
		w.facts[workflow.FactReview] = workflow.ReviewNone
		assert.Equal(t, workflow.FactReview, w.refused("publish", "operator").Missing[0].Fact)
		w.facts[workflow.FactReview] = workflow.ReviewClear
		assert.Equal(t, workflow.EffectPublish, w.do("publish", "operator").Effect)
	})
	t.Run("HK-18 由指定专人发布", func(t *testing.T) {
		w := approved(t, nil)
		for _, r := range []workflow.Role{"department", "collector", "group-office", "group-head", "main-leader", "party-office"} {
			assert.Equal(t, workflow.CodeNotRole, w.refused("publish", r).Code)
		}
	})
}

// decided walks a decision up to the point before the given event.
func soliciting(t *testing.T, name string, institution workflow.Role) *walk {
	w := begin(t, name, workflow.Facts{"basis": "enclosed"})
	w.do("draft", "drafter")
	w.do("clear", institution)
	w.do("publish", "publisher")
	w.at("soliciting")
	return w
}

func TestNanning(t *testing.T) { decisionTests(t, "nanning/decision", "NN-01", "institution") }

func TestChuxiongDecision(t *testing.T) { decisionTests(t, "chuxiong/decision", "CX-18", "policy") }

// 南宁:「在决策前应向社会公布决策草案、决策依据……以适当方式公布意见收集和采纳情况,将意见收集和采纳情况在上报草案时一并说明,在政策解读时向社会公布。」
// 楚雄:「除依法应当保密的外,在决策前应向社会公开决策草案、决策依据等有关信息,并及时反馈意见采纳情况。」
func decisionTests(t *testing.T, name, row string, institution workflow.Role) {
	t.Run(row+" 决策前公布草案和依据,公布采纳情况,随草案上报,解读时再公布", func(t *testing.T) {
		w := soliciting(t, name, institution)
		w.do("opinion", "drafter")
		w.at("soliciting")
		w.do("close", "drafter")
		assert.Equal(t, workflow.Fact("uptake"), w.refused("compile", "drafter").Missing[0].Fact)
		w.facts["uptake"] = "compiled"
		w.do("compile", "drafter")
		assert.Equal(t, workflow.EffectPublish, w.do("publish", "publisher").Effect)
		w.facts["uptake"] = "published"
		r := w.refused("submit", "drafter")
		assert.Equal(t, []workflow.Value{"attached"}, r.Missing[0].Want, "采纳情况须随草案一并上报")
		w.facts["uptake"] = "attached"
		w.do("submit", "drafter")
		out := w.do("decide", "leader")
		assert.Equal(t, []workflow.ClockOp{{Do: "start", Clock: "interpret"}}, out.Clocks)
		w.do("publish", "publisher")
		w.do("archive", "drafter")
		w.ended()
	})
	t.Run(row+" 没有依据的草案不能预公开", func(t *testing.T) {
		w := begin(t, name, nil)
		assert.Equal(t, workflow.Fact("basis"), w.refused("draft", "drafter").Missing[0].Fact)
	})
	t.Run(row+" 依法应当保密的除外", func(t *testing.T) {
		w := begin(t, name, workflow.Facts{"basis": "enclosed", workflow.FactAttribute: workflow.AttributeWithheld})
		w.do("draft", "drafter")
		assert.Equal(t, workflow.CodeMissing, w.refused("clear", institution).Code)
		w.do("exempt", institution)
		w.do("submit", "drafter")
		w.do("decide", "leader")
		w.at("archived")
	})
	t.Run(row+" 应当公开的不得绕过预公开", func(t *testing.T) {
		w := begin(t, name, workflow.Facts{"basis": "enclosed"})
		w.do("draft", "drafter")
		assert.Equal(t, workflow.CodeMissing, w.refused("exempt", institution).Code)
		assert.Equal(t, workflow.CodeNoMove, w.refused("submit", "drafter").Code)
	})
	// 「试行利益相关方、公众、专家、媒体等列席工会有关会议制度」
	t.Run("NN-02 有利益相关方、公众、专家、媒体列席的会议", func(t *testing.T) {
		w := soliciting(t, name, institution)
		r := w.refused("hold-meeting", "drafter")
		assert.Equal(t, []workflow.Value{"invited"}, r.Missing[0].Want)
		w.facts["attendance"] = "invited"
		w.do("hold-meeting", "drafter")
		w.at("soliciting")
		assert.Contains(t, w.done, workflow.Done{On: "hold-meeting", Actor: "person-drafter"})
	})
}

func TestChuxiongDocument(t *testing.T) {
	signed := func(t *testing.T, attribute workflow.Value) *walk {
		w := begin(t, "chuxiong/document", workflow.Facts{workflow.FactAttribute: attribute})
		w.do("propose", "drafter")
		w.do("section-opinion", "section-head")
		w.do("office-opinion", "office")
		w.do("leader-sign", "leader")
		return w
	}
	made := func(t *testing.T, attribute workflow.Value) *walk {
		w := signed(t, attribute)
		w.do("print", "drafter")
		w.do("register", "office")
		w.do("seal", "office")
		return w
	}
	// 「起草人即可印制文件并在办公室登记后,用印发文。」
	t.Run("CX-06 签发之后才印制、编号登记、用印,各有记录", func(t *testing.T) {
		w := begin(t, "chuxiong/document", nil)
		for _, step := range []struct {
			event workflow.Event
			role  workflow.Role
		}{
			{"propose", "drafter"}, {"section-opinion", "section-head"}, {"office-opinion", "office"}, {"leader-sign", "leader"},
			{"print", "drafter"}, {"register", "office"}, {"seal", "office"}, {"hand-over", "drafter"}, {"publish", "publisher"}, {"archive", "drafter"},
		} {
			for _, later := range []workflow.Event{"print", "register", "seal", "hand-over", "publish"} {
				if later != step.event && !slices.ContainsFunc(w.done, func(d workflow.Done) bool { return d.On == later }) {
					assert.Equal(t, workflow.CodeNoMove, w.refused(later, "drafter").Code, "%s 之前不得 %s", step.event, later)
				}
			}
			w.do(step.event, step.role)
		}
		w.ended()
		assert.Len(t, w.done, 10)
		m := procedure(t, "chuxiong/document")
		for _, event := range []workflow.Event{"propose", "section-opinion", "office-opinion", "leader-sign", "print", "register", "seal", "hand-over"} {
			assert.False(t, reaches(m, workflow.EffectPublish, event), "不经 %s 不能公开", event)
		}
	})
	t.Run("CX-06 越级被拒绝,并指出规定", func(t *testing.T) {
		w := begin(t, "chuxiong/document", nil)
		w.do("propose", "drafter")
		r := w.refused("leader-sign", "leader")
		assert.Equal(t, workflow.CodeNoMove, r.Code)
		assert.Equal(t, []workflow.Stage{"leader"}, r.From)
		assert.Equal(t, "《楚雄州商务局政务公开工作实施方案》四（一）4", r.Basis[0].String())
	})
	t.Run("CX-06 公开属性未定的不得印制", func(t *testing.T) {
		w := signed(t, workflow.Undetermined)
		assert.Equal(t, workflow.FactAttribute, w.refused("print", "drafter").Missing[0].Fact)
	})
	// 「如文件公开属性为“此件公开发布” “此件依申请公开”或“此件删减后公开”,应持文件审批单在文件制作后3日内(规范性文件可延长至5日)将文件电子版拷贝至商务运行科进行公开发布。」
	t.Run("CX-07 移交的时限自制作起算,规范性文件可以延长", func(t *testing.T) {
		w := signed(t, workflow.AttributePublic)
		assert.Equal(t, []workflow.ClockOp{{Do: "start", Clock: "handover"}}, w.do("print", "drafter").Clocks)
		assert.Equal(t, workflow.CodeMissing, w.refused("extend-handover", "office").Code)
		w.facts["document"] = "normative"
		assert.Equal(t, []workflow.ClockOp{{Do: "extend", Clock: "handover"}}, w.do("extend-handover", "office").Clocks)
		w.at("registering")
	})
	t.Run("CX-07 不公开的不移交,直接存档", func(t *testing.T) {
		w := made(t, workflow.AttributeWithheld)
		assert.Equal(t, workflow.CodeMissing, w.refused("hand-over", "drafter").Code)
		assert.Equal(t, workflow.MoveID("file-withheld"), w.do("archive", "drafter").Move)
		w.ended()
	})
	t.Run("CX-07 移交不等于公开:依申请公开的至多列标题和索引号", func(t *testing.T) {
		w := made(t, workflow.AttributeOnRequest)
		w.do("hand-over", "drafter")
		assert.Equal(t, workflow.EffectTitle, w.do("publish", "publisher").Effect)
	})
	t.Run("CX-07 删减后公开的照样公开", func(t *testing.T) {
		w := made(t, workflow.AttributeRedacted)
		assert.Equal(t, workflow.EffectNone, w.do("hand-over", "drafter").Effect)
		w.facts[workflow.FactScan] = workflow.ScanPartial
		assert.Equal(t, workflow.FactScan, w.refused("publish", "publisher").Missing[0].Fact)
		w.facts[workflow.FactScan] = workflow.ScanClear
		assert.Equal(t, workflow.EffectPublish, w.do("publish", "publisher").Effect)
	})
	t.Run("反馈与归档不在楚雄的文本里,标明是本库读法", func(t *testing.T) {
		for _, mv := range definition(t, "chuxiong/document").Moves {
			if slices.Contains([]workflow.MoveID{"opinion", "answer", "archive", "withdraw"}, mv.ID) {
				assert.Equal(t, law.Own, mv.Basis[0].Instrument, mv.ID)
			}
		}
	})
}

// reaches reports whether a move with the effect can be reached without the event.
func reaches(m *workflow.Machine, effect workflow.Effect, without workflow.Event) bool {
	d := m.Definition()
	seen := map[workflow.Stage]bool{d.Start: true}
	queue := []workflow.Stage{d.Start}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		for _, mv := range d.Moves {
			if mv.On == without || !slices.Contains(mv.From, s) {
				continue
			}
			if mv.Effect == effect {
				return true
			}
			if mv.To != workflow.Here && !seen[mv.To] {
				seen[mv.To] = true
				queue = append(queue, mv.To)
			}
		}
	}
	return false
}

func TestFilesAreTheProcedures(t *testing.T) {
	files, err := filepath.Glob("*/*.json")
	require.NoError(t, err)
	for _, name := range procedures {
		assert.Contains(t, files, filepath.FromSlash(name+".json"))
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		if strings.Contains(string(b), `"moves":`) {
			assert.Contains(t, procedures, strings.TrimSuffix(path.Clean(filepath.ToSlash(f)), ".json"), "a procedure without tests")
		}
	}
}
