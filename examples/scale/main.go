// Scale fills a database with cases and prints how fast it went, how much room
// they take and how long the questions of a working day take.
//
//	go run ./examples/scale                                    10,000 cases in SQLite
//	go run ./examples/scale -cases 1000000
//	go run ./examples/scale -postgres 'postgres://…' -cases 100000
//
// In PostgreSQL it works in tables of its own, which it drops in the end. The
// figures of disclosure/sqlstore/SCALE.md come from here.
package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
)

const (
	tenant  = "bb-zw"
	prefix  = "scale_"
	records = 3 // of a case
	day     = 24 * 60 * 60 * 1000
	start   = 1_790_000_000_000
)

func main() {
	log.SetFlags(0)
	cases := flag.Int("cases", 10_000, "how many cases")
	postgres := flag.String("postgres", "", "DSN of PostgreSQL; empty: SQLite in a file")
	dir := flag.String("dir", "", "folder of the SQLite file; empty: a temporary one")
	flag.Parse()
	if err := run(context.Background(), *cases, *postgres, *dir); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, cases int, postgres, dir string) error {
	s, size, done, err := open(ctx, postgres, dir)
	if err != nil {
		return err
	}
	defer done()

	single := min(cases/4, 4000)
	var next atomic.Int64
	fill := func(writers, upTo, together int) (rate float64, err error) {
		begin, from := time.Now(), next.Load()
		var wg sync.WaitGroup
		errs := make(chan error, writers)
		for range writers {
			wg.Go(func() {
				for {
					first := next.Add(int64(together)) - int64(together)
					if first >= int64(upTo) {
						return
					}
					if err := add(ctx, s, first, min(first+int64(together), int64(upTo))); err != nil {
						errs <- err
						return
					}
				}
			})
		}
		wg.Wait()
		next.Store(int64(upTo))
		select {
		case err = <-errs:
		default:
		}
		return float64(int64(upTo)-from) / time.Since(begin).Seconds(), err
	}
	one, err := fill(1, single, 1)
	if err != nil {
		return err
	}
	eight, err := fill(8, 2*single, 1)
	if err != nil {
		return err
	}
	bulk, err := fill(4, cases, 100)
	if err != nil {
		return err
	}
	fmt.Printf("cases                      %d, %d records each\n", cases, records)
	fmt.Printf("a batch a case, 1 writer   %.0f batches/s\n", one)
	fmt.Printf("a batch a case, 8 writers  %.0f batches/s\n", eight)
	fmt.Printf("100 cases a batch          %.0f cases/s, %.0f records/s\n", bulk, records*bulk)
	bytes, err := size()
	if err != nil {
		return err
	}
	fmt.Printf("size                       %.1f MB, %d bytes a case, %d a record\n", float64(bytes)/1e6, bytes/int64(cases), bytes/int64(records*cases))

	ask := func(what string, f func(i int) error) error {
		var took []time.Duration
		for i := range 200 {
			begin := time.Now()
			if err := f(i); err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			took = append(took, time.Since(begin))
		}
		slices.Sort(took)
		fmt.Printf("%-26s %.2f ms median, %.2f ms at 95 %%\n", what, took[100].Seconds()*1e3, took[190].Seconds()*1e3)
		return nil
	}
	find := func(q disclosure.Query) func(int) error {
		return func(int) error {
			q.Tenant = tenant
			p, err := s.Find(ctx, q)
			if err == nil && len(p.Rows) == 0 {
				err = errors.New("no rows")
			}
			return err
		}
	}
	second, err := s.Find(ctx, disclosure.Query{Tenant: tenant, Sort: disclosure.ByDue})
	if err != nil {
		return err
	}
	return errors.Join(
		ask("due list, first 100", find(disclosure.Query{Sort: disclosure.ByDue})),
		ask("due list, next 100", find(disclosure.Query{Sort: disclosure.ByDue, Cursor: second.Next})),
		ask("a unit's due list", find(disclosure.Query{Unit: []string{"u8"}, Sort: disclosure.ByDue})),
		ask("latest changes", find(disclosure.Query{Sort: disclosure.ByUpdated})),
		ask("a number", find(disclosure.Query{Number: "2026-17"})),
		ask("the records of a case", func(i int) error {
			r, err := s.Records(ctx, tenant, caseID(int64(i*7919%cases)), 0, 0)
			if err == nil && len(r) != records {
				err = fmt.Errorf("%d records", len(r))
			}
			return err
		}),
		sequence(ctx, s, min(cases, 10_000)),
	)
}

// store is what both databases give.
type store interface {
	disclosure.Store
	disclosure.Log
}

func open(ctx context.Context, postgres, dir string) (s store, size func() (int64, error), done func(), err error) {
	if postgres == "" {
		own := dir == ""
		if own {
			if dir, err = os.MkdirTemp("", "scale"); err != nil {
				return nil, nil, nil, err
			}
		}
		path := filepath.Join(dir, "scale.db")
		lite, err := sqlite.Open(path)
		if err != nil {
			return nil, nil, nil, err
		}
		size = func() (int64, error) {
			if _, err := lite.DB().ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
				return 0, err
			}
			info, err := os.Stat(path)
			if err != nil {
				return 0, err
			}
			return info.Size(), nil
		}
		return lite, size, func() {
			lite.Close()
			if own {
				os.RemoveAll(dir)
			}
		}, nil
	}
	db, err := sql.Open("pgx", postgres)
	if err != nil {
		return nil, nil, nil, err
	}
	db.SetMaxOpenConns(10)
	db.SetMaxIdleConns(10)
	pg, err := sqlstore.New(db, sqlstore.PostgreSQL, &sqlstore.Options{Prefix: prefix})
	if err != nil {
		return nil, nil, nil, err
	}
	drop := func() {
		for _, table := range []string{"case", "record", "receipt", "order", "lease", "pending", "leaf", "log", "checkpoint", "document", "document_part", "schema"} {
			if _, err := db.ExecContext(ctx, "DROP TABLE IF EXISTS "+prefix+table); err != nil {
				log.Print(err)
			}
		}
	}
	drop()
	if err := errors.Join(pg.Migrate(ctx), pg.Check(ctx)); err != nil {
		return nil, nil, nil, err
	}
	size = func() (n int64, err error) {
		if _, err := db.ExecContext(ctx, "ANALYZE "+prefix+"case"); err != nil {
			return 0, err
		}
		err = db.QueryRowContext(ctx, `SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'scale\_%'`).Scan(&n)
		return n, err
	}
	return pg, size, func() { drop(); db.Close() }, nil
}

// caseID scatters the cases over the key, as random ids do.
func caseID(i int64) string {
	return fmt.Sprintf("%08x-%d", uint32(i)*2654435761, i)
}

// add appends the cases in [from, to) in one batch. One in twelve is open.
func add(ctx context.Context, s disclosure.Store, from, to int64) error {
	b := disclosure.Batch{Tenant: tenant, Key: fmt.Sprint("fill ", from), Time: start + from}
	for i := from; i < to; i++ {
		w := disclosure.Write{Case: caseID(i), Index: disclosure.Index{Kind: "matter", Stage: "archived", Unit: fmt.Sprint("u", i%40),
			Title: fmt.Sprintf("关于公开某项目征地补偿安置方案批复文件的事项（%d）", i), Number: fmt.Sprint("2026-", i)}}
		if i%12 == 0 {
			w.Index.Stage, w.Index.Open, w.Index.DueAt = "review", true, start+i*7919%400*day
		}
		var prev ledger.Digest
		for seq := int64(1); seq <= records; seq++ {
			r := ledger.Record{Tenant: tenant, Case: w.Case, Seq: seq, Type: "advance", Time: start + i, On: "2026-11-24", Actor: fmt.Sprint("u", i%500),
				Structure: []byte(`{"event":"advance","stage":"review","facts":{"attribute":"public","review":"clear"}}`),
				Private:   []byte(`{"opinion":"经审查，该事项属于主动公开范围，拟同意公开，请办公室按程序办理。","contact":"0552-0000000","files":["批复.pdf","方案.docx"]}`)}
			if err := ledger.Seal(ledger.Standard(), prev, &r, rand.Reader); err != nil {
				return err
			}
			prev = r.Hash
			w.Records = append(w.Records, r)
		}
		b.Writes = append(b.Writes, w)
	}
	_, err := s.Append(ctx, b)
	return err
}

// sequence gives n records their place in the log.
func sequence(ctx context.Context, s disclosure.Log, n int) error {
	begin := time.Now()
	size, err := s.Size(ctx, tenant)
	for done := 0; err == nil && done < n; {
		var leaves []disclosure.Leaf
		if leaves, err = s.Unsequenced(ctx, tenant, 1000); err == nil && len(leaves) > 0 {
			err = s.Sequence(ctx, tenant, size, leaves)
			size += int64(len(leaves))
			done += len(leaves)
		}
	}
	fmt.Printf("%-26s %.0f records/s\n", "sequencer", float64(n)/time.Since(begin).Seconds())
	return err
}
