package stores_test

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"database/sql"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

// The test binary starts itself again as a process that may be killed: the
// variable holds what the child is to do, as JSON.
const childVariable = "GONGKAI_PROOF_CHILD"

type child struct {
	Role    string           // write, publish, sequence, sweep
	Dialect sqlstore.Dialect // SQLite: Where is a path
	Driver  string
	Where   string
	Prefix  string
	Name    string
	Site    string // folder that stands for the web site
}

func TestMain(m *testing.M) {
	if v := os.Getenv(childVariable); v != "" {
		var c child
		if err := json.Unmarshal([]byte(v), &c); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		if err := c.run(); err != nil {
			fmt.Fprintln(os.Stderr, c.Role, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// start runs the child; the reader gets its standard output.
func (c child) start(t testing.TB) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	what, err := json.Marshal(c)
	require.NoError(t, err)
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childVariable+"="+string(what))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	return cmd, bufio.NewScanner(out)
}

func (c child) open() (*sqlstore.Store, error) {
	if c.Dialect == sqlstore.SQLite {
		s, err := sqlite.Open(c.Where)
		if err != nil {
			return nil, err
		}
		return s.Store, nil
	}
	db, err := sql.Open(c.Driver, c.Where)
	if err != nil {
		return nil, err
	}
	return sqlstore.New(db, c.Dialect, &sqlstore.Options{Prefix: c.Prefix})
}

func (c child) run() error {
	s, err := c.open()
	if err != nil {
		return err
	}
	ctx := context.Background()
	switch c.Role {
	case "write":
		w := storetest.Work{Tenant: "t", Name: c.Name, Cases: 3}
		for n := 0; ; n++ {
			fmt.Println("try", n)
			if err := w.Do(ctx, s, n); err != nil {
				return err
			}
			fmt.Println("ack", n)
		}
	case "publish":
		return c.publish(ctx, s)
	case "sequence":
		return c.sequence(ctx, s)
	case "sweep":
		return c.sweep(ctx, s)
	}
	return fmt.Errorf("no such role: %s", c.Role)
}

func now() int64 { return time.Now().UnixMilli() }

// add appends a record to a case under a key and lets everybody else win.
func add(ctx context.Context, s disclosure.Store, caseID, key, event string, settle ...string) error {
	records, err := s.Records(ctx, "t", caseID, 0, 0)
	if err != nil || len(records) == 0 {
		return err
	}
	last := records[len(records)-1]
	r := ledger.Record{Tenant: "t", Case: caseID, Seq: last.Seq + 1, Type: event, Structure: []byte(key), Time: now()}
	if err := ledger.Seal(ledger.Standard(), last.Hash, &r, randomness{}); err != nil {
		return err
	}
	_, err = s.Append(ctx, disclosure.Batch{Tenant: "t", Key: key, Fingerprint: ledger.Digest{1}, Time: r.Time, Settle: settle,
		Writes: []disclosure.Write{{Case: caseID, Expect: last.Seq, Records: []ledger.Record{r}, Index: disclosure.Index{Kind: "matter", DueAt: 1, Open: true}}}})
	if errors.Is(err, disclosure.ErrConflict) {
		return nil
	}
	return err
}

type randomness struct{}

func (randomness) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
	return len(b), nil
}

// publish leases orders, puts each on the site under its id, and records it.
func (c child) publish(ctx context.Context, s *sqlstore.Store) error {
	for {
		leased, err := s.Lease(ctx, "t", c.Name, now(), now()+250, 2)
		if err != nil && !errors.Is(err, disclosure.ErrConflict) {
			return err
		}
		for _, l := range leased {
			// The key makes the site take the order once, however often it comes.
			f, err := os.OpenFile(filepath.Join(c.Site, l.ID), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
			if err == nil {
				f.Close()
			} else if !errors.Is(err, os.ErrExist) {
				return err
			}
			time.Sleep(time.Millisecond)
			if err := add(ctx, s, l.Case, "published "+l.ID, "published", l.ID); err != nil {
				return err
			}
		}
		if len(leased) == 0 {
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// sequencer is the library's, with a key that all processes share.
func sequencer(s *sqlstore.Store, holder string) (*disclosure.Sequencer, error) {
	suite, err := ledger.NewStandard("office.example.gov.cn", ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	return &disclosure.Sequencer{Tenant: "t", Store: s, Suite: suite, Holder: holder, Now: time.Now, Lease: 100 * time.Millisecond, Batch: 7}, err
}

// sequence gives records their places and signs checkpoints.
func (c child) sequence(ctx context.Context, s *sqlstore.Store) error {
	q, err := sequencer(s, c.Name)
	for err == nil {
		_, err = q.Run(ctx)
		time.Sleep(5 * time.Millisecond)
	}
	return err
}

// sweep reminds once of every case that is due.
func (c child) sweep(ctx context.Context, s *sqlstore.Store) error {
	for {
		mine, err := s.Acquire(ctx, "t", "sweeper", c.Name, now(), now()+100)
		if err != nil {
			return err
		}
		if !mine {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		q := disclosure.Query{Tenant: "t", Sort: disclosure.ByDue, DueBefore: 2, Limit: 10}
		for {
			page, err := s.Find(ctx, q)
			if err != nil {
				return err
			}
			for _, r := range page.Rows {
				if err := add(ctx, s, r.Case, "remind "+r.Case, "reminded"); err != nil {
					return err
				}
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
}
