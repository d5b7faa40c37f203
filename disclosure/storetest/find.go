package storetest

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
)

// sampleRows fills the store with cases of every sort and returns their rows.
func sampleRows(t *testing.T, s disclosure.Store) []disclosure.Row {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	ids := []string{"a", "B", "b", "aa", "a ", "a-", "ä", "z", "Z", "0", "中", "中文", "文", "国", "𠮷", "吉", "🀄", "～", "\u00a0"}
	for i := range 40 {
		ids = append(ids, fmt.Sprintf("case-%02d", i))
	}
	var all []disclosure.Row
	for i, id := range ids {
		w := open(id, 1+i%3)
		w.Index = disclosure.Index{
			Kind: pick("matter", "request", "请求"), Stage: pick("draft", "review", "closed"), Unit: pick("", "u1", "u2", "公开办"),
			Parent: pick("", "p1", "p2"), Number: pick("", "2026-1", "2026-2"), Title: pick("", "标题"), Open: r.IntN(3) > 0,
		}
		if r.IntN(4) > 0 {
			w.Index.DueAt = epoch + int64(r.IntN(5))*day // ties on purpose
		}
		batch := of("open "+id, w)
		batch.Time = epoch + int64(r.IntN(6))
		put(t, s, batch)
		all = append(all, disclosure.Row{Case: id, Version: int64(1 + i%3), Updated: batch.Time, Index: w.Index})
	}
	return all
}

func testFind(t *testing.T, b Backend) {
	t.Run("every order and every filter, page by page", func(t *testing.T) {
		s := b.New(t)
		all := sampleRows(t, s)
		queries := []disclosure.Query{
			{}, {Kind: []string{"request"}}, {Kind: []string{"matter", "请求"}}, {Stage: []string{"draft", "closed"}}, {Unit: []string{"公开办"}}, {Unit: []string{"u1", "u2"}},
			{Parent: "p1"}, {Number: "2026-2"}, {Open: true}, {DueBefore: epoch}, {DueBefore: epoch + 1}, {DueBefore: epoch + 2*day}, {DueBefore: epoch + 2*day, Open: true, Kind: []string{"request", "matter"}},
			{Kind: []string{"nothing"}}, {Kind: []string{"request"}, Stage: []string{"review"}, Unit: []string{"u1"}, Parent: "p2", Number: "2026-1", Open: true},
		}
		for _, q := range queries {
			for _, sort := range []disclosure.SortBy{"", disclosure.ByCase, disclosure.ByDue, disclosure.ByUpdated} {
				for _, limit := range []int{0, 1, 3, disclosure.MaxPage} {
					q.Sort, q.Limit = sort, limit
					want := expected(all, q)
					got := rows(t, s, q)
					require.Equal(t, caseIDs(want), caseIDs(got), "rows of %+v in their order, ties by case id bytewise", q)
					if len(want) > 0 {
						require.Equal(t, want, got, "rows of %+v", q)
					}
				}
			}
		}
	})
	t.Run("pages hold while cases are added", func(t *testing.T) {
		s := b.New(t)
		for i := range 20 {
			put(t, s, of(fmt.Sprint("k", i), open(fmt.Sprintf("c%02d", 2*i), 1)))
		}
		q := disclosure.Query{Tenant: tenant, Limit: 6}
		var seen []string
		for i := 0; ; i++ {
			p, err := s.Find(context.Background(), q)
			require.NoError(t, err)
			seen = append(seen, caseIDs(p.Rows)...)
			if q.Cursor = p.Next; p.Next == "" {
				break
			}
			put(t, s, of(fmt.Sprint("new", i), open(fmt.Sprintf("b%02d", i), 1))) // before the place where the reader stands
		}
		assert.Len(t, seen, 20, "no row twice and none left out: pages go by key, not by number")
		assert.True(t, slices.IsSorted(seen))
	})
	t.Run("the last page is known as the last", func(t *testing.T) {
		s := b.New(t)
		for i := range 4 {
			put(t, s, of(fmt.Sprint("k", i), open(fmt.Sprint("c", i), 1)))
		}
		p, err := s.Find(context.Background(), disclosure.Query{Tenant: tenant, Limit: 4})
		require.NoError(t, err)
		assert.Empty(t, p.Next, "exactly a page of rows has no next page")
		p, err = s.Find(context.Background(), disclosure.Query{Tenant: "nobody"})
		require.NoError(t, err, "an unknown tenant has no rows, which is no error")
		assert.Empty(t, p.Rows)
	})
	t.Run("a cursor of another order is refused", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k", open("a", 1), open("b", 1)))
		p, err := s.Find(context.Background(), disclosure.Query{Tenant: tenant, Limit: 1})
		require.NoError(t, err)
		require.Greater(t, len(p.Next), 4, "there is a second page")
		for _, q := range []disclosure.Query{{Sort: disclosure.ByDue, Cursor: p.Next}, {Cursor: "no cursor"}, {Cursor: p.Next[:4]}} {
			q.Tenant = tenant
			_, err = s.Find(context.Background(), q)
			require.ErrorIs(t, err, disclosure.ErrInvalid)
		}
	})
	t.Run("a read sees every batch whose Append has returned", func(t *testing.T) {
		s := b.New(t)
		w := open("c", 1)
		put(t, s, of("k0", w))
		last := w.Records[0]
		for i := range 5 {
			next := follow("c", last)
			next.Index.Stage = fmt.Sprint("stage", i)
			put(t, s, of(fmt.Sprint("next", i), next))
			last = next.Records[0]
			got := rows(t, s, disclosure.Query{})
			require.Equal(t, last.Seq, got[0].Version)
			require.Equal(t, next.Index.Stage, got[0].Stage)
		}
	})
}

// expected is the answer by plain means.
func expected(all []disclosure.Row, q disclosure.Query) []disclosure.Row {
	var out []disclosure.Row
	for _, r := range all {
		in := func(list []string, v string) bool { return list == nil || slices.Contains(list, v) }
		if in(q.Kind, r.Kind) && in(q.Stage, r.Stage) && in(q.Unit, r.Unit) && (q.Parent == "" || q.Parent == r.Parent) &&
			(q.Number == "" || q.Number == r.Number) && (!q.Open || r.Open) && (q.DueBefore == 0 || r.DueAt > 0 && r.DueAt < q.DueBefore) &&
			(q.Sort != disclosure.ByDue || r.DueAt > 0) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b disclosure.Row) int {
		switch q.Sort {
		case disclosure.ByDue:
			return cmp.Or(cmp.Compare(a.DueAt, b.DueAt), cmp.Compare(a.Case, b.Case))
		case disclosure.ByUpdated:
			return cmp.Or(-cmp.Compare(a.Updated, b.Updated), cmp.Compare(a.Case, b.Case))
		}
		return cmp.Compare(a.Case, b.Case)
	})
	return out
}
