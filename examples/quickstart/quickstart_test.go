package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
)

// What a reader of the story must see.
var scenes = []string{
	"跳过办公室，领导直接签发",
	"科室与办公室意见不一致",
	"最后一日 2026年10月29日",
	"公民身份号码",
	"保密审查为“未审”",
	"楚雄商务局网站：2026年9月28日公开",
	"政务微博、微信：2026年9月28日公开",
	"环环相扣",
	"被改动过",
}

func check(t *testing.T, out string) {
	t.Helper()
	for _, s := range scenes {
		if !strings.Contains(out, s) {
			t.Errorf("the story lacks %q", s)
		}
	}
	published := out[strings.Index(out, "制作删减后的文本"):]
	for _, secret := range []string{"532398198503072211", "13900000000", "张三"} {
		if strings.Contains(published, secret) {
			t.Errorf("%q survives the redaction", secret)
		}
	}
}

func TestStoryInMemory(t *testing.T) {
	var out bytes.Buffer
	if err := tell(&out, disclosure.NewMemory(), ""); err != nil {
		t.Fatal(err)
	}
	check(t, out.String())
}

func TestStoryTwiceOnOneFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "office.db")
	for range 2 {
		dir := filepath.Join(t.TempDir(), "dossier")
		store, err := sqlite.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		err = tell(&out, store, dir)
		if cerr := store.Close(); err != nil || cerr != nil {
			t.Fatal(err, cerr)
		}
		check(t, out.String())
		suite, err := newSuite()
		if err != nil {
			t.Fatal(err)
		}
		r := dossier.Check(os.DirFS(dir), &dossier.Trust{Keys: []ledger.Key{suite.Key()}})
		if r.Verdict != ledger.Intact || r.Placed != r.Records {
			t.Errorf("the dossier is %s: %v %v", r.Verdict, r.Faults, r.Notes)
		}
	}
}
