package storetest

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// texts are what people and attackers write into fields.
var texts = []string{
	"蚌埠市政务公开办公室", "𠮷野家（4-byte）", "😀🀄", "trailing ", "trailing  ", "trailing", " leading", "全角　空格　", "tab\tnew\nline\r\n",
	"'; DROP TABLE gk_case; --", `" OR ""="`, "1 OR 1=1", "a' UNION SELECT * FROM gk_record --", "%_%", `\`, `\'`, `\\`, "`", "$1", "?", ":name", "@x", "{{.}}", "${x}", "/*x*/", "--", ";",
	"NULL", "null", "true", "0", "-1", "1e9", "é", "e\u0301", "ß", "ẞ", "İi", "Ａ", "A", "a", "\u200b", "\ufeff", "\u202e", "\x01\x1f\x7f", "\uffff", "\U0010ffff",
}

func testText(t *testing.T, b Backend) {
	t.Run("every text in every field comes back as it was", func(t *testing.T) {
		s := b.New(t)
		want := map[string]disclosure.Row{}
		for i, x := range texts {
			r := seal(ledger.Digest{}, ledger.Record{Tenant: tenant, Case: x, Seq: 1, Type: x, On: "2026-11-24", Actor: x, Structure: []byte(x), Private: []byte(x)})
			batch := of("键"+x, disclosure.Write{Case: x, Records: []ledger.Record{r}, Index: disclosure.Index{Kind: x, Stage: x, Unit: x, Parent: x, Title: x, Number: x, DueAt: epoch + int64(i), Open: true}})
			batch.Receipt = []byte(x)
			if _, ok := s.(disclosure.Outbox); ok {
				batch.Orders = []disclosure.Order{{ID: x, Case: x, Type: x, Carrier: x, Payload: []byte(x)}}
			}
			put(t, s, batch)
			want[x] = disclosure.Row{Case: x, Version: 1, Updated: epoch, Index: batch.Writes[0].Index}
			got := history(t, s, x)
			require.Len(t, got, 1, "case %q is told from all others", x)
			require.Equal(t, r, got[0], "record with %q", x)
			replay := put(t, s, batch)
			require.True(t, replay.Replayed)
			require.Equal(t, x, string(replay.Data))
			for name, q := range map[string]disclosure.Query{"Kind": {Kind: []string{x}}, "Stage": {Stage: []string{x}}, "Unit": {Unit: []string{x}}, "Parent": {Parent: x}, "Number": {Number: x}} {
				require.Equal(t, []disclosure.Row{want[x]}, rows(t, s, q), "%s %q finds its case and no other: compared bytewise", name, x)
			}
			if o, ok := s.(disclosure.Outbox); ok {
				orders, err := o.Orders(context.Background(), tenant, x)
				require.NoError(t, err)
				require.Equal(t, []disclosure.OrderState{{Order: batch.Orders[0]}}, orders)
			}
		}
		sorted := slices.Clone(texts)
		slices.Sort(sorted)
		assert.Equal(t, sorted, caseIDs(rows(t, s, disclosure.Query{Limit: 4})), "cases are ordered bytewise, whatever their script")
	})
	t.Run("every byte in every body comes back as it was", func(t *testing.T) {
		s := b.New(t)
		body := make([]byte, 256)
		for i := range body {
			body[i] = byte(i)
		}
		r := seal(ledger.Digest{}, ledger.Record{Tenant: tenant, Case: "c", Seq: 1, Structure: body, Private: bytes.Repeat(body, 3)})
		batch := of("k", disclosure.Write{Case: "c", Records: []ledger.Record{r}, Index: disclosure.Index{Kind: "k"}})
		batch.Receipt = body
		put(t, s, batch)
		assert.Equal(t, r, first(t, s, "c"), "bodies are bytes, not text")
		assert.Equal(t, body, put(t, s, batch).Data)
	})
}

func testLimits(t *testing.T, b Backend) {
	t.Run("the longest lawful everything", func(t *testing.T) {
		s := b.New(t)
		for i, id := range []string{strings.Repeat("x", disclosure.MaxID), strings.Repeat("𠮷", disclosure.MaxID/4), strings.Repeat("长", disclosure.MaxID/3)} {
			title := strings.Repeat("𠮷", disclosure.MaxTitle/4)
			r := ledger.Record{Tenant: tenant, Case: id, Seq: 1, Time: math.MaxInt64, Type: id, Actor: id, Suite: "sha256-ed25519",
				Structure: bytes.Repeat([]byte{0xff}, disclosure.MaxPayload/2), Private: bytes.Repeat([]byte{0}, disclosure.MaxPayload/2)}
			r = seal(ledger.Digest{}, r)
			ix := disclosure.Index{Kind: id, Stage: id, Unit: id, Parent: id, Number: id, Title: title, DueAt: math.MaxInt64, Open: true}
			batch := disclosure.Batch{Tenant: tenant, Key: id, Fingerprint: digest(id), Time: math.MaxInt64, Receipt: bytes.Repeat([]byte("r"), disclosure.MaxPayload),
				Writes: []disclosure.Write{{Case: id, Records: []ledger.Record{r}, Index: ix}}}
			if _, ok := s.(disclosure.Outbox); ok {
				batch.Orders = []disclosure.Order{{ID: id, Case: id, Type: id, Carrier: id, Group: id, After: []string{strings.Repeat("y", disclosure.MaxID)}, NotUntil: math.MaxInt64 - 1, Payload: bytes.Repeat([]byte("p"), disclosure.MaxPayload)}}
			}
			put(t, s, batch)
			require.Equal(t, r, first(t, s, id), "%d", i)
			require.Equal(t, batch.Receipt, put(t, s, batch).Data)
			require.Equal(t, []disclosure.Row{{Case: id, Version: 1, Updated: math.MaxInt64, Index: ix}}, rows(t, s, disclosure.Query{Number: id}))
		}
		assert.Len(t, rows(t, s, disclosure.Query{Sort: disclosure.ByUpdated, Limit: 1}), 3)
		assert.Len(t, rows(t, s, disclosure.Query{Sort: disclosure.ByDue, Limit: 1}), 3)
	})
	t.Run("a private part alone, a structure alone, of the full size", func(t *testing.T) {
		s := b.New(t)
		big := bytes.Repeat([]byte("公"), disclosure.MaxPayload/3)
		r1 := seal(ledger.Digest{}, ledger.Record{Tenant: tenant, Case: "c", Seq: 1, Structure: []byte{}, Private: append(big, 'x')})
		r2 := seal(r1.Hash, ledger.Record{Tenant: tenant, Case: "c", Seq: 2, Structure: append(big, 'x'), Private: []byte{}})
		put(t, s, of("k", disclosure.Write{Case: "c", Records: []ledger.Record{r1, r2}, Index: disclosure.Index{Kind: "k"}}))
		assert.Empty(t, ledger.VerifyChain(tenant, "c", history(t, s, "c")))
	})
}

func testBadInput(t *testing.T, b Backend) {
	long := strings.Repeat("x", disclosure.MaxID+1)
	bad := map[string]func(*disclosure.Batch){
		"no tenant":            func(b *disclosure.Batch) { b.Tenant = "" },
		"tenant too long":      func(b *disclosure.Batch) { b.Tenant, b.Writes[0].Records[0].Tenant = long, long },
		"no key":               func(b *disclosure.Batch) { b.Key = "" },
		"key too long":         func(b *disclosure.Batch) { b.Key = long },
		"NUL in the key":       func(b *disclosure.Batch) { b.Key = "a\x00b" },
		"key not UTF-8":        func(b *disclosure.Batch) { b.Key = "a\xff" },
		"half a character":     func(b *disclosure.Batch) { b.Key = "公"[:2] },
		"a surrogate":          func(b *disclosure.Batch) { b.Key = "\xed\xa0\x80" },
		"negative time":        func(b *disclosure.Batch) { b.Time = -1 },
		"negative version":     func(b *disclosure.Batch) { b.Writes[0].Expect = -1 },
		"least version":        func(b *disclosure.Batch) { b.Writes[0].Expect = math.MinInt64 },
		"version past the end": func(b *disclosure.Batch) { b.Writes[0].Expect = math.MaxInt64 },
		"no case":              func(b *disclosure.Batch) { b.Writes[0].Case, b.Writes[0].Records[0].Case = "", "" },
		"NUL in the case": func(b *disclosure.Batch) {
			b.Writes[0].Case, b.Writes[0].Records[0].Case = "c\x00", "c\x00"
		},
		"no record":           func(b *disclosure.Batch) { b.Writes[0].Records = nil },
		"a gap":               func(b *disclosure.Batch) { b.Writes[0].Records[0].Seq = 2 },
		"a record of 0":       func(b *disclosure.Batch) { b.Writes[0].Records[0].Seq = 0 },
		"another's record":    func(b *disclosure.Batch) { b.Writes[0].Records[0].Case = "other" },
		"another's tenant":    func(b *disclosure.Batch) { b.Writes[0].Records[0].Tenant = "other" },
		"a case twice":        func(b *disclosure.Batch) { b.Writes = append(b.Writes, open("c", 1)) },
		"written and guarded": func(b *disclosure.Batch) { b.Guards = []disclosure.Guard{{Case: "c"}} },
		"guarded twice":       func(b *disclosure.Batch) { b.Guards = []disclosure.Guard{{Case: "g"}, {Case: "g"}} },
		"negative guard":      func(b *disclosure.Batch) { b.Guards = []disclosure.Guard{{Case: "g", Version: -1}} },
		"oversize structure": func(b *disclosure.Batch) {
			b.Writes[0].Records[0].Structure = make([]byte, disclosure.MaxPayload+1)
		},
		"oversize together": func(b *disclosure.Batch) {
			b.Writes[0].Records[0].Structure = make([]byte, disclosure.MaxPayload/2+1)
			b.Writes[0].Records[0].Private = make([]byte, disclosure.MaxPayload/2)
		},
		"oversize receipt": func(b *disclosure.Batch) { b.Receipt = make([]byte, disclosure.MaxPayload+1) },
		"no kind":          func(b *disclosure.Batch) { b.Writes[0].Index.Kind = "" },
		"NUL in the title": func(b *disclosure.Batch) { b.Writes[0].Index.Title = "\x00" },
		"title too long":   func(b *disclosure.Batch) { b.Writes[0].Index.Title = strings.Repeat("x", disclosure.MaxTitle+1) },
		"title not UTF-8":  func(b *disclosure.Batch) { b.Writes[0].Index.Title = "\xb9\xab\xbf\xaa" }, // GB 18030
		"negative due":     func(b *disclosure.Batch) { b.Writes[0].Index.DueAt = -1 },
		"order without id": func(b *disclosure.Batch) { b.Orders = []disclosure.Order{{Case: "c", Type: "publish"}} },
		"an order twice": func(b *disclosure.Batch) {
			b.Orders = []disclosure.Order{{ID: "o", Case: "c", Type: "publish"}, {ID: "o", Case: "c", Type: "publish"}}
		},
		"an order after itself": func(b *disclosure.Batch) {
			b.Orders = []disclosure.Order{{ID: "o", Case: "c", Type: "publish", After: []string{"o"}}}
		},
		"oversize order": func(b *disclosure.Batch) {
			b.Orders = []disclosure.Order{{ID: "o", Case: "c", Type: "publish", Payload: make([]byte, disclosure.MaxPayload+1)}}
		},
		"settled twice":   func(b *disclosure.Batch) { b.Settle = []string{"o", "o"} },
		"a probe with it": func(b *disclosure.Batch) { b.Writes, b.Settle = nil, []string{"o"} },
	}
	t.Run("refused, and nothing stored", func(t *testing.T) {
		s := b.New(t)
		for name, spoil := range bad {
			batch := of("k", open("c", 1))
			spoil(&batch)
			_, err := s.Append(context.Background(), batch)
			require.ErrorIs(t, err, disclosure.ErrInvalid, "%s", name)
		}
		untouched(t, s, "c")
		assert.False(t, put(t, s, of("k", open("c", 1))).Replayed, "a refused batch does not use up its key")
	})
	t.Run("all that is wrong is named at once", func(t *testing.T) {
		s := b.New(t)
		batch := of("k", open("c", 1))
		batch.Time, batch.Writes[0].Index.Kind, batch.Writes[0].Records[0].Seq = -1, "", 7
		_, err := s.Append(context.Background(), batch)
		var invalid *disclosure.InvalidError
		require.ErrorAs(t, err, &invalid)
		assert.Len(t, invalid.Problems, 3)
	})
	t.Run("reads with bad ids are refused", func(t *testing.T) {
		s := b.New(t)
		ctx := context.Background()
		for i, id := range []string{"", "\x00", "\xff", long} {
			_, err := s.Records(ctx, id, "c", 0, 0)
			require.ErrorIs(t, err, disclosure.ErrInvalid, "tenant %d", i)
			_, err = s.Records(ctx, tenant, id, 0, 0)
			require.ErrorIs(t, err, disclosure.ErrInvalid, "case %d", i)
			_, err = s.Find(ctx, disclosure.Query{Tenant: id})
			require.ErrorIs(t, err, disclosure.ErrInvalid, "tenant %d", i)
		}
		for i, q := range []disclosure.Query{{Limit: -1}, {Limit: disclosure.MaxPage + 1}, {Sort: "name"}, {DueBefore: -1}, {Parent: long}, {Number: "\x00"}, {Kind: []string{"\xff"}}, {Stage: []string{""}}} {
			q.Tenant = tenant
			_, err := s.Find(ctx, q)
			require.ErrorIs(t, err, disclosure.ErrInvalid, "query %d", i)
		}
	})
}

func testTenants(t *testing.T, b Backend) {
	ctx := context.Background()
	s := b.New(t)
	ids := []string{"t", "T", "t ", "ｔ", "甲", "乙"}
	for i, id := range ids {
		w := disclosure.Write{Case: "c", Records: chain(id, "c", 0, ledger.Digest{}, i+1), Index: disclosure.Index{Kind: "k", Title: id}}
		batch := disclosure.Batch{Tenant: id, Key: "k", Fingerprint: digest(id), Time: epoch, Writes: []disclosure.Write{w}}
		if _, ok := s.(disclosure.Outbox); ok {
			batch.Orders = []disclosure.Order{{ID: "o", Case: "c", Type: id}}
		}
		got := put(t, s, batch)
		require.False(t, got.Replayed, "the same case, key and order of another tenant are another's")
	}
	for i, id := range ids {
		records, err := s.Records(ctx, id, "c", 0, 0)
		require.NoError(t, err)
		require.Len(t, records, i+1, "tenant %q sees its own records only", id)
		require.Empty(t, ledger.VerifyChain(id, "c", records))
		require.Equal(t, []disclosure.Row{{Case: "c", Version: int64(i + 1), Updated: epoch, Index: disclosure.Index{Kind: "k", Title: id}}}, rows(t, s, disclosure.Query{Tenant: id}))
		if o, ok := s.(disclosure.Outbox); ok {
			leased, err := o.Lease(ctx, id, "w", epoch, epoch+1, 10)
			require.NoError(t, err)
			require.Len(t, leased, 1)
			require.Equal(t, id, leased[0].Type)
		}
		if l, ok := s.(disclosure.Log); ok {
			leaves, err := l.Unsequenced(ctx, id, 100)
			require.NoError(t, err)
			require.Len(t, leaves, i+1)
		}
	}
	guard := disclosure.Batch{Tenant: "t", Key: "g", Time: epoch, Writes: []disclosure.Write{{Case: "d", Records: chain("t", "d", 0, ledger.Digest{}, 1), Index: disclosure.Index{Kind: "k"}}},
		Guards: []disclosure.Guard{{Case: "c", Version: 2}}}
	_, err := s.Append(ctx, guard)
	require.ErrorIs(t, err, disclosure.ErrConflict, "a guard looks at its own tenant: there c stands at 1, at 2 only in T")
	_, err = s.Records(ctx, "unknown", "c", 0, 0)
	require.NoError(t, err, "an unknown tenant has no records, which is no error")
}
