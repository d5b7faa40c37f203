package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

func testCancel(t *testing.T, b Backend) {
	t.Run("cancelled before", func(t *testing.T) {
		s := b.New(t)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := s.Append(ctx, of("k", open("c", 1)))
		require.ErrorIs(t, err, context.Canceled)
		untouched(t, s, "c")
		_, err = s.Records(ctx, tenant, "c", 0, 0)
		require.ErrorIs(t, err, context.Canceled)
		_, err = s.Find(ctx, disclosure.Query{Tenant: tenant})
		require.ErrorIs(t, err, context.Canceled)
		put(t, s, of("k", open("c", 1)))
	})
	t.Run("cancelled at any moment: stored whole or not at all, and the key tells", func(t *testing.T) {
		s := b.New(t)
		ctx := context.Background()
		for i := range 60 {
			a, c := fmt.Sprint("a", i), fmt.Sprint("c", i)
			batch := of(fmt.Sprint("k", i), open(a, 2), open(c, 1))
			cut, cancel := context.WithTimeout(ctx, time.Duration(rand.IntN(3000))*time.Microsecond)
			_, first := s.Append(cut, batch)
			cancel()
			stored := func() int { return len(history(t, s, a)) + len(history(t, s, c)) }
			have := stored()
			// A server may carry out what its caller has given up, between the two reads
			// even: half a batch is what stays half.
			for try := 0; have != 0 && have != 3 && try < 100; try++ {
				time.Sleep(10 * time.Millisecond)
				have = stored()
			}
			require.Contains(t, []int{0, 3}, have, "half a batch is stored")
			if first == nil {
				require.Equal(t, 3, have, "acknowledged but not stored")
			}
			got, err := s.Append(ctx, batch)
			require.NoError(t, err, "the same batch again after %v", first)
			if first == nil {
				require.True(t, got.Replayed, "the first time was acknowledged")
			}
			require.Equal(t, 3, len(history(t, s, a))+len(history(t, s, c)), "written once")
		}
	})
}

// testConcurrency: whatever is acknowledged is there, whatever is refused is not.
func testConcurrency(t *testing.T, b Backend) {
	t.Run("one hot case and eight writers", func(t *testing.T) {
		s := b.New(t)
		ctx := context.Background()
		put(t, s, of("k", open("hot", 1)))
		var mu sync.Mutex
		wins := 0
		var fs []func() error
		for w := range 8 {
			fs = append(fs, func() error {
				for i := range 12 {
					records, err := s.Records(ctx, tenant, "hot", 0, 0)
					if err != nil || len(records) == 0 {
						return cmp.Or(err, errLost)
					}
					_, err = s.Append(ctx, of(fmt.Sprintf("w%d-%d", w, i), follow("hot", records[len(records)-1])))
					switch {
					case err == nil:
						mu.Lock()
						wins++
						mu.Unlock()
					case !isConflict(err):
						return err
					}
				}
				return nil
			})
		}
		for _, err := range together(fs...) {
			require.NoError(t, err, "a writer that loses a race gets ErrConflict and nothing else")
		}
		records := history(t, s, "hot")
		assert.Len(t, records, wins+1, "the number of versions is the number of acknowledged batches: no update lost, none doubled")
		assert.Empty(t, ledger.VerifyChain(tenant, "hot", records), "the chain is whole: each writer wrote on what it had read")
		assert.GreaterOrEqual(t, wins, 12, "at every moment somebody gets on")
	})
	t.Run("transfers between cases in both directions", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k", open("x", 1), open("y", 1)))
		var fs []func() error
		for w := range 4 {
			fs = append(fs, func() error {
				for i := range 8 {
					key := fmt.Sprintf("w%d-%d", w, i)
					for try := 0; ; try++ {
						if try > 2000 {
							return errors.New("the writers keep each other from getting on")
						}
						x, y, err := lastTwo(s, "x", "y")
						if err != nil {
							return err
						}
						writes := []disclosure.Write{follow("x", x), follow("y", y)}
						if w%2 == 1 { // the other order: a store that locks as it comes would stand still
							writes[0], writes[1] = writes[1], writes[0]
						}
						if _, err = s.Append(context.Background(), of(key, writes...)); err == nil {
							break
						} else if !isConflict(err) {
							return err
						}
					}
				}
				return nil
			})
		}
		for _, err := range together(fs...) {
			require.NoError(t, err)
		}
		assert.Len(t, history(t, s, "x"), 33)
		assert.Len(t, history(t, s, "y"), 33)
	})
}

var errLost = errors.New("a case that was acknowledged has no record")

func lastTwo(s disclosure.Store, x, y string) (a, b ledger.Record, err error) {
	rx, err := s.Records(context.Background(), tenant, x, 0, 0)
	if err != nil {
		return a, b, err
	}
	ry, err := s.Records(context.Background(), tenant, y, 0, 0)
	if err != nil || len(rx) == 0 || len(ry) == 0 {
		return a, b, cmp.Or(err, errLost)
	}
	return rx[len(rx)-1], ry[len(ry)-1], nil
}
