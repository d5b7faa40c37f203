package workflow_test

import (
	"os"
	"testing"

	"github.com/opengongkai/gongkai/workflow"
)

func BenchmarkStep(b *testing.B) {
	m := compile(b, small())
	facts := clear()
	clerk, head := as("u1", "clerk"), as("u2", "head")
	done := []workflow.Done{{On: "propose", Actor: "u1"}}
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := m.Step("draft", facts, "propose", clerk); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("apart", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := m.Step("review", facts, "approve", head, done...); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("publish=5 facts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := m.Step("ready", facts, "publish", clerk); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkRefuse(b *testing.B) {
	m := compile(b, small())
	facts := clear()
	facts[workflow.FactReview] = workflow.ReviewStale
	clerk := as("u1", "clerk")
	b.Run("facts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := m.Step("ready", facts, "publish", clerk); err == nil {
				b.Fatal("not refused")
			}
		}
	})
	b.Run("level skipped", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := m.Step("draft", facts, "publish", clerk); err == nil {
				b.Fatal("not refused")
			}
		}
	})
}

func BenchmarkCompile(b *testing.B) {
	body, err := os.ReadFile("../disclosure/profile/chuxiong/document.json")
	if err != nil {
		b.Fatal(err)
	}
	d, err := workflow.Parse(body)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("chuxiong", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := workflow.Compile(d); err != nil {
				b.Fatal(err)
			}
		}
	})
}
