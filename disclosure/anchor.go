package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// AnchorFolder is a place outside in the simplest form: a folder with one JSON
// file a deposit, never replaced. It protects as far as whoever keeps the
// database cannot write there: a share of the superior organ (上级机关), a medium
// that is written once, a folder from which the archive (档案馆) collects.
func AnchorFolder(dir string) ledger.Anchor { return anchorFolder(dir) }

type anchorFolder string

func (a anchorFolder) place(tenant string) string {
	return filepath.Join(string(a), "t-"+url.PathEscape(tenant))
}

// Keep implements ledger.Anchor. Another checkpoint of a size that is kept is
// ErrConflict.
func (a anchorFolder) Keep(ctx context.Context, tenant string, d ledger.Deposit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	cp, err := ledger.ParseCheckpoint(string(d.Note))
	if err != nil || cp.Tenant != tenant {
		return fmt.Errorf("%w: no checkpoint of tenant %q", ErrInvalid, tenant)
	}
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(a.place(tenant), 0o755); err != nil {
		return fmt.Errorf("disclosure: anchor: %w", err)
	}
	path := filepath.Join(a.place(tenant), fmt.Sprintf("%019d.json", cp.Size))
	err = writeNew(path, body)
	if errors.Is(err, fs.ErrExist) {
		have, err := readDeposit(path)
		if err != nil {
			return err
		}
		if old, err := ledger.ParseCheckpoint(string(have.Note)); err != nil || old.Root != cp.Root || old.Suite != cp.Suite {
			return fmt.Errorf("%w: another checkpoint of %d leaves is kept", ErrConflict, cp.Size)
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("disclosure: anchor: %w", err)
	}
	return nil
}

// writeNew writes a whole file or none, and never over another (fs.ErrExist).
// Where the file system has no hard links (a share, a memory stick) a process
// that dies in between can leave half a file, which nothing takes for a whole one.
func writeNew(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := fill(f, body); err != nil {
		return err
	}
	if err = os.Link(f.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if f, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644); err != nil {
		return err
	}
	return fill(f, body)
}

func fill(f *os.File, body []byte) error {
	_, err := f.Write(body)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// Kept implements ledger.Anchor.
func (a anchorFolder) Kept(ctx context.Context, tenant string) ([]ledger.Deposit, error) {
	entries, err := os.ReadDir(a.place(tenant)) // sorted, and so by size
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("disclosure: anchor: %w", err)
	}
	var out []ledger.Deposit
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".json" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d, err := readDeposit(filepath.Join(a.place(tenant), e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func readDeposit(path string) (d ledger.Deposit, err error) {
	body, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(body, &d)
	}
	if err != nil {
		return ledger.Deposit{}, fmt.Errorf("disclosure: anchor: %s: %w", filepath.Base(path), err)
	}
	return d, nil
}
