package disclosure_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func signingSuite(t testing.TB) ledger.Suite {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	s, err := ledger.NewStandard("office.example.gov.cn", key)
	require.NoError(t, err)
	return s
}

// appendRecords writes n records of a case, one batch each, from where it stands.
func appendRecords(t testing.TB, store disclosure.Store, suite ledger.Suite, tenant, id string, n int) {
	t.Helper()
	have, err := store.Records(t.Context(), tenant, id, 0, 0)
	require.NoError(t, err)
	var prev ledger.Digest
	if len(have) > 0 {
		prev = have[len(have)-1].Hash
	}
	for i := range n {
		seq := int64(len(have)+i) + 1
		r := ledger.Record{Tenant: tenant, Case: id, Seq: seq, Type: "e", Time: 1795500000000, On: "2026-11-24", Actor: "u", Structure: []byte("{}"), Private: []byte("p")}
		require.NoError(t, ledger.Seal(suite, prev, &r, rand.Reader))
		prev = r.Hash
		_, err := store.Append(t.Context(), disclosure.Batch{Tenant: tenant, Key: fmt.Sprintf("%s-%d", id, seq), Time: 1795500000000,
			Writes: []disclosure.Write{{Case: id, Expect: seq - 1, Records: []ledger.Record{r}, Index: disclosure.Index{Kind: "matter", Stage: "s", Open: true}}}})
		require.NoError(t, err)
	}
}

// testClock is a clock that a test moves.
type testClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *testClock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newTestClock() *testClock { return &testClock{at: time.UnixMilli(1795500000000)} }

func TestSequencer(t *testing.T) {
	suite := signingSuite(t)
	clock := newTestClock()
	sequencer := func(store *disclosure.Memory, holder string) *disclosure.Sequencer {
		return &disclosure.Sequencer{Tenant: "t", Store: store, Suite: suite, Holder: holder, Now: clock.Now, Batch: 7}
	}

	t.Run("BB-20 每条记录在总账中恰有一位，检查点已签", func(t *testing.T) {
		store := disclosure.NewMemory()
		for i := range 10 {
			appendRecords(t, store, suite, "t", fmt.Sprintf("c%d", i), 3)
		}
		s := sequencer(store, "a")
		done, err := s.Run(t.Context())
		require.NoError(t, err)
		require.True(t, done.Held)
		require.EqualValues(t, 30, done.Leaves)
		require.EqualValues(t, 30, done.Size)
		cp, _, err := ledger.OpenCheckpoint(done.Checkpoint, []ledger.Key{suite.Key()})
		require.NoError(t, err)
		require.EqualValues(t, 30, cp.Size)

		again, err := s.Run(t.Context())
		require.NoError(t, err)
		require.Zero(t, again.Leaves)
		require.Equal(t, done.Checkpoint, again.Checkpoint, "nothing new, nothing signed anew")

		appendRecords(t, store, suite, "t", "c3", 2)
		fresh := sequencer(store, "b")
		other, err := fresh.Run(t.Context())
		require.NoError(t, err)
		require.False(t, other.Held, "the lease is with the first")
		clock.Add(2 * time.Minute)
		other, err = fresh.Run(t.Context())
		require.NoError(t, err)
		require.True(t, other.Held)
		require.EqualValues(t, 2, other.Leaves)

		r, err := disclosure.Audit(t.Context(), store, ledger.Books{Tenant: "t", Keys: []ledger.Key{suite.Key()}, Deposits: []ledger.Deposit{{Note: other.Checkpoint}}})
		require.NoError(t, err)
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Intact, r.Verdict)
		require.Empty(t, r.NotYetAnchored)
	})
	t.Run("空账不签", func(t *testing.T) {
		done, err := sequencer(disclosure.NewMemory(), "a").Run(t.Context())
		require.NoError(t, err)
		require.Nil(t, done.Checkpoint)
	})
	t.Run("没有密钥时总账照记，不出检查点", func(t *testing.T) {
		store := disclosure.NewMemory()
		appendRecords(t, store, suite, "t", "c", 3)
		s := sequencer(store, "a")
		s.Suite = ledger.Standard()
		done, err := s.Run(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 3, done.Size)
		require.Nil(t, done.Checkpoint)
	})
	t.Run("缺件的登记员不开工", func(t *testing.T) {
		_, err := (&disclosure.Sequencer{}).Run(t.Context())
		require.ErrorIs(t, err, disclosure.ErrInvalid)
		_, err = (&disclosure.Sequencer{}).Deposit(t.Context())
		require.ErrorIs(t, err, disclosure.ErrInvalid)
	})
}

// flaky is a store whose log fails before or after it has written, and a process
// that dies there.
type flaky struct {
	*disclosure.Memory
	mu     sync.Mutex
	random *mathrand.Rand
	rate   int // one call in rate fails
}

var errDied = errors.New("the process died")

func (f *flaky) roll(do func() error) error {
	f.mu.Lock()
	n := f.random.IntN(f.rate)
	f.mu.Unlock()
	switch n {
	case 0:
		return errDied // before
	case 1:
		if err := do(); err != nil {
			return err
		}
		return errDied // after
	case 2:
		if err := do(); err != nil {
			return err
		}
		return disclosure.ErrUnknown // the answer was lost
	}
	return do()
}

func (f *flaky) Sequence(ctx context.Context, tenant string, size int64, leaves []disclosure.Leaf) error {
	return f.roll(func() error { return f.Memory.Sequence(ctx, tenant, size, leaves) })
}

func (f *flaky) PutCheckpoint(ctx context.Context, tenant string, size int64, note []byte) error {
	return f.roll(func() error { return f.Memory.PutCheckpoint(ctx, tenant, size, note) })
}

// TestSequencersDie: two sequencers at once, each dying again and again at any
// point, leases that run out under their hands, and writers beside them. Nothing
// is lost, nothing doubled.
func TestSequencersDie(t *testing.T) {
	const cases, perCase = 40, 6
	suite, clock := signingSuite(t), newTestClock()
	store := &flaky{Memory: disclosure.NewMemory(), random: mathrand.New(mathrand.NewPCG(3, 4)), rate: 6}
	var writers, sequencers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for k := range perCase {
				for i := w; i < cases; i += 4 {
					appendRecords(t, store, suite, "t", fmt.Sprintf("c%02d", i), 1)
				}
				_ = k
			}
		})
	}
	stop := make(chan struct{})
	var deaths, passes int
	var mu sync.Mutex
	for p := range 2 {
		sequencers.Go(func() {
			for life := 0; ; life++ {
				s := &disclosure.Sequencer{Tenant: "t", Store: store, Suite: suite, Holder: fmt.Sprintf("p%d-%d", p, life), Now: clock.Now, Batch: 5, Lease: time.Millisecond}
				for {
					select {
					case <-stop:
						return
					default:
					}
					clock.Add(700 * time.Microsecond) // so that leases run out while their holder works
					_, err := s.Run(context.Background())
					mu.Lock()
					passes++
					if err != nil {
						deaths++
					}
					mu.Unlock()
					if err != nil {
						if !errors.Is(err, errDied) && !errors.Is(err, disclosure.ErrUnknown) && !errors.Is(err, disclosure.ErrConflict) {
							t.Error(err)
						}
						break // a new process
					}
				}
			}
		})
	}
	writers.Wait()
	require.Eventually(t, func() bool {
		n, err := store.Size(t.Context(), "t")
		return err == nil && n == cases*perCase
	}, 20*time.Second, time.Millisecond)
	close(stop)
	sequencers.Wait()
	t.Logf("%d passes, %d deaths", passes, deaths)
	require.Positive(t, deaths)

	clock.Add(time.Hour)
	last := &disclosure.Sequencer{Tenant: "t", Store: store.Memory, Suite: suite, Holder: "last", Now: clock.Now}
	done, err := last.Run(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, cases*perCase, done.Size)
	leaves, err := store.Leaves(t.Context(), "t", 0, done.Size)
	require.NoError(t, err)
	seen := map[disclosure.Leaf]int{}
	for _, l := range leaves {
		seen[l]++
	}
	require.Len(t, seen, cases*perCase)
	for i := range cases {
		id := fmt.Sprintf("c%02d", i)
		records, err := store.Records(t.Context(), "t", id, 0, 0)
		require.NoError(t, err)
		require.Len(t, records, perCase)
		for _, r := range records {
			require.Equal(t, 1, seen[disclosure.Leaf{Case: id, Seq: r.Seq, Hash: r.Hash}], "%s %d", id, r.Seq)
		}
	}
	r, err := disclosure.Audit(t.Context(), store, ledger.Books{Tenant: "t", Keys: []ledger.Key{suite.Key()}, Deposits: []ledger.Deposit{{Note: done.Checkpoint}}})
	require.NoError(t, err)
	require.Empty(t, r.Faults, "every checkpoint that any of them signed holds")
	require.Equal(t, ledger.Intact, r.Verdict)
}

// tampered hands out another log than was written.
type tampered struct {
	*disclosure.Memory
	alter func([]disclosure.Leaf) []disclosure.Leaf
}

func (s tampered) Leaves(ctx context.Context, tenant string, from, to int64) ([]disclosure.Leaf, error) {
	l, err := s.Memory.Leaves(ctx, tenant, from, to)
	if err != nil || from > 0 {
		return l, err
	}
	return s.alter(l), nil
}

func TestSequencerRefusesTamperedLog(t *testing.T) {
	suite, clock := signingSuite(t), newTestClock()
	store := disclosure.NewMemory()
	appendRecords(t, store, suite, "t", "c", 9)
	good := &disclosure.Sequencer{Tenant: "t", Store: store, Suite: suite, Holder: "a", Now: clock.Now, Outside: disclosure.AnchorFolder(t.TempDir())}
	_, err := good.Run(t.Context())
	require.NoError(t, err)
	size, err := good.Deposit(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 9, size)
	for name, alter := range map[string]func([]disclosure.Leaf) []disclosure.Leaf{
		"改一位":  func(l []disclosure.Leaf) []disclosure.Leaf { l[4].Hash[0] ^= 1; return l },
		"抽一位":  func(l []disclosure.Leaf) []disclosure.Leaf { return slices.Delete(l, 4, 5) },
		"换两位":  func(l []disclosure.Leaf) []disclosure.Leaf { l[4], l[5] = l[5], l[4]; return l },
		"截末位":  func(l []disclosure.Leaf) []disclosure.Leaf { return l[:8] },
		"全部抽走": func([]disclosure.Leaf) []disclosure.Leaf { return nil },
	} {
		t.Run("BB-20 总账"+name+"后不再签名、不再存证", func(t *testing.T) {
			clock.Add(time.Hour)
			s := &disclosure.Sequencer{Tenant: "t", Store: tampered{store, alter}, Suite: suite, Holder: name, Now: clock.Now, Outside: good.Outside}
			_, err := s.Run(t.Context())
			require.ErrorIs(t, err, disclosure.ErrTampered)
			_, err = s.Deposit(t.Context())
			require.ErrorIs(t, err, disclosure.ErrTampered)
			r, err := disclosure.Audit(t.Context(), tampered{store, alter}, ledger.Books{Tenant: "t", Keys: []ledger.Key{suite.Key()}})
			require.NoError(t, err)
			require.Equal(t, ledger.Broken, r.Verdict)
		})
	}
}

func TestDeposit(t *testing.T) {
	suite, clock := signingSuite(t), newTestClock()
	store := disclosure.NewMemory()
	dir := t.TempDir()
	s := &disclosure.Sequencer{Tenant: "局/一", Store: store, Suite: suite, Holder: "a", Now: clock.Now, Outside: disclosure.AnchorFolder(dir)}
	size, err := s.Deposit(t.Context())
	require.NoError(t, err)
	require.Zero(t, size, "nothing to deposit")
	for range 3 {
		appendRecords(t, store, suite, "局/一", "c1", 4)
		appendRecords(t, store, suite, "局/一", "c2", 1)
		_, err := s.Run(t.Context())
		require.NoError(t, err)
		for range 2 { // the second time there is nothing new
			_, err = s.Deposit(t.Context())
			require.NoError(t, err)
		}
	}
	kept, err := s.Outside.Kept(t.Context(), "局/一")
	require.NoError(t, err)
	require.Len(t, kept, 3)
	for i, d := range kept {
		require.EqualValues(t, 5*i, d.From)
		require.Len(t, d.Leaves, 5)
	}
	other, err := s.Outside.Kept(t.Context(), "局")
	require.NoError(t, err)
	require.Empty(t, other, "tenants apart")

	r, err := disclosure.Audit(t.Context(), store, ledger.Books{Tenant: "局/一", Keys: []ledger.Key{suite.Key()}, Deposits: kept})
	require.NoError(t, err)
	require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)

	t.Run("BB-20 外存之地不收自相矛盾的检查点", func(t *testing.T) {
		forged, err := ledger.SignCheckpoint(t.Context(), suite, ledger.Checkpoint{Tenant: "局/一", Size: 10, Root: ledger.Digest{1}})
		require.NoError(t, err)
		require.ErrorIs(t, s.Outside.Keep(t.Context(), "局/一", ledger.Deposit{Note: forged}), disclosure.ErrConflict)
		require.ErrorIs(t, s.Outside.Keep(t.Context(), "别局", ledger.Deposit{Note: forged}), disclosure.ErrInvalid)
		require.NoError(t, s.Outside.Keep(t.Context(), "局/一", kept[1]), "the same again is no error")
	})
	t.Run("BB-20 库被退回旧时不再存证", func(t *testing.T) {
		old := disclosure.NewMemory()
		appendRecords(t, old, suite, "局/一", "c1", 2)
		clock.Add(time.Hour)
		s := &disclosure.Sequencer{Tenant: "局/一", Store: old, Suite: suite, Holder: "b", Now: clock.Now, Outside: s.Outside}
		_, err := s.Run(t.Context())
		require.NoError(t, err, "whole in itself")
		_, err = s.Deposit(t.Context())
		require.ErrorIs(t, err, disclosure.ErrTampered)
		r, err := disclosure.Audit(t.Context(), old, ledger.Books{Tenant: "局/一", Keys: []ledger.Key{suite.Key()}, Deposits: kept})
		require.NoError(t, err)
		require.Equal(t, ledger.Broken, r.Verdict)
		assert.True(t, slices.ContainsFunc(r.Faults, func(f ledger.Fault) bool {
			return f.Code == ledger.CutOff && f.Case == "c1" && f.Seq == 3 && f.To == 12
		}), "%v", r.Faults)
		assert.True(t, slices.ContainsFunc(r.Faults, func(f ledger.Fault) bool { return f.Code == ledger.CaseRemoved && f.Case == "c2" }), "%v", r.Faults)
	})
	t.Run("外存文件损坏是错误", func(t *testing.T) {
		files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
		require.NoError(t, err)
		require.Len(t, files, 3)
		require.NoError(t, os.WriteFile(files[0], []byte("{"), 0o644))
		_, err = s.Outside.Kept(t.Context(), "局/一")
		require.Error(t, err)
	})
}
