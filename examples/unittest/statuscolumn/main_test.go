package main

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/opengongkai/gongkai/workflow"
)

// The whole of a host's unit test of its procedure: no office, no store.
func TestNobodySignsWhatHeSubmitted(t *testing.T) {
	o, err := open()
	if err != nil {
		t.Fatal(err)
	}
	id := o.insert("通知", "正文。")
	o.rows[id].attribute = "主动公开"
	if err := o.press(id, deputy, "submit"); err != nil {
		t.Fatal(err)
	}
	var no *workflow.Refusal
	if err := o.press(id, deputy, "sign"); !errors.As(err, &no) || no.Code != workflow.CodeSamePerson {
		t.Fatalf("want the same person refused, have %v", err)
	}
	if o.rows[id].status != "待签发" {
		t.Fatalf("the status has moved to %s", o.rows[id].status)
	}
}

func TestNothingUnreviewedIsPublished(t *testing.T) {
	o, err := open()
	if err != nil {
		t.Fatal(err)
	}
	id := o.insert("通知", "正文。")
	o.rows[id].attribute = "主动公开"
	for _, step := range []struct {
		a workflow.Actor
		e workflow.Event
	}{{clerk, "submit"}, {head, "sign"}} {
		if err := o.press(id, step.a, step.e); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		do    func()
		fails workflow.Fact
	}{
		{"未经审查", func() {}, workflow.FactReview},
		{"审查之后又改", func() { o.review(id); o.rows[id].text += "改" }, workflow.FactReview},
		{"有身份证号", func() { o.rows[id].text = "身份证号11010519491231002X"; o.review(id) }, workflow.FactScan},
		{"不公开的", func() { o.rows[id].text = "正文。"; o.review(id); o.rows[id].attribute = "不予公开" }, workflow.FactAttribute},
		{"公开属性没有填", func() { o.rows[id].attribute = "" }, workflow.FactAttribute},
	} {
		c.do()
		var no *workflow.Refusal
		if err := o.press(id, operator, "publish"); !errors.As(err, &no) || no.Missing[0].Fact != c.fails {
			t.Fatalf("%s: have %v", c.name, err)
		}
	}
	o.rows[id].attribute = "主动公开"
	if err := o.press(id, operator, "publish"); err != nil {
		t.Fatal(err)
	}
}

// Two people press at once: the status column decides, once.
func TestTheStatusIsCompared(t *testing.T) {
	o, err := open()
	if err != nil {
		t.Fatal(err)
	}
	id := o.insert("通知", "正文。")
	var lock sync.Mutex // the database's
	var wg sync.WaitGroup
	moved := 0
	for range 8 {
		wg.Go(func() {
			lock.Lock()
			defer lock.Unlock()
			if o.update(id, "拟稿", "待签发") {
				moved++
			}
		})
	}
	wg.Wait()
	if moved != 1 {
		t.Fatalf("moved %d times", moved)
	}
}

func TestTell(t *testing.T) {
	var b strings.Builder
	if err := tell(&b); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/told.txt")
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Fatalf("testdata/told.txt has drifted:\n%s", b.String())
	}
}
