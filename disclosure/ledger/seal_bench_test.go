package ledger_test

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// A record of 400 bytes: 200 of Structure, 200 of Private, and its ids.
func record400() ledger.Record {
	return ledger.Record{
		Tenant: "bb", Case: "01JDM0X3Q5W9V7", Seq: 1, Type: "propose", Time: 1795500000000, On: "2026-11-24", Actor: "u7",
		Structure: make([]byte, 180), Private: make([]byte, 180),
	}
}

func BenchmarkSeal(b *testing.B) {
	b.Run("peer=sha256-of-400-bytes", func(b *testing.B) {
		b.ReportAllocs()
		data := make([]byte, 400)
		for b.Loop() {
			_ = sha256.Sum256(data)
		}
	})
	for name, random := range map[string]io.Reader{"crypto/rand": rand.Reader, "buffered": bufio.NewReader(rand.Reader)} {
		b.Run("record=400-bytes/random="+name, func(b *testing.B) {
			b.ReportAllocs()
			suite := ledger.Standard()
			for b.Loop() {
				r := record400()
				if err := ledger.Seal(suite, ledger.Digest{}, &r, random); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
