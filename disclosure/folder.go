package disclosure

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// ErrDamaged: what is stored under a digest no longer has it.
var ErrDamaged = errors.New("disclosure: document damaged")

// Folder returns Documents in a folder, which is made when first written to. A
// document lies at tenant/ab/abcd… under the hex of its digest. It appears whole
// or not at all (written aside, flushed, renamed), is never overwritten, and is
// read only if it still has its digest; what does not is ErrDamaged. The folders
// of tenants are apart: a tenant whose id is not a plain lower-case name lies
// under the digest of its id. Any number of processes may share the folder.
func Folder(dir string) Documents { return folder(dir) }

type folder string

func (f folder) place(tenant string, digest ledger.Digest) string {
	name := hex.EncodeToString(digest[:])
	return filepath.Join(string(f), tenantFolder(tenant), name[:2], name)
}

func tenantFolder(tenant string) string {
	plain := len(tenant) <= 64
	for i := 0; i < len(tenant); i++ {
		c := tenant[i]
		plain = plain && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || i > 0 && (c == '-' || c == '_'))
	}
	if plain {
		return "t-" + tenant // the prefix keeps device names and the next line's names apart
	}
	sum := sha256.Sum256([]byte(tenant))
	return "x-" + hex.EncodeToString(sum[:])
}

// Put implements Documents.
func (f folder) Put(ctx context.Context, tenant string, body []byte) (ledger.Digest, error) {
	if err := CheckIDs("tenant", tenant); err != nil {
		return ledger.Digest{}, err
	}
	if err := ctx.Err(); err != nil {
		return ledger.Digest{}, err
	}
	digest := ledger.Digest(sha256.Sum256(body))
	path := f.place(tenant, digest)
	if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, body) {
		return digest, nil
	}
	if err := writeWhole(path, body); err != nil {
		return ledger.Digest{}, fmt.Errorf("disclosure: document not stored: %w", err)
	}
	return digest, nil
}

// writeWhole makes the file appear with all its bytes or not at all, on the disk
// too. A damaged file of the same name is replaced.
func writeWhole(path string, body []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, ".part-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(body)
	if err == nil {
		err = tmp.Sync()
	}
	err = errors.Join(err, tmp.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return syncFolders(dir, 3)
}

// syncFolders flushes a folder and those above it that may be new, so that the
// name outlives a power cut as the bytes do. Systems that cannot flush a folder
// are left to their own ways.
func syncFolders(dir string, levels int) error {
	for range levels {
		d, err := os.Open(dir)
		if err != nil {
			return err
		}
		_ = d.Sync()
		if err := d.Close(); err != nil {
			return err
		}
		dir = filepath.Dir(dir)
	}
	return nil
}

// Open implements Documents.
func (f folder) Open(ctx context.Context, tenant string, digest ledger.Digest) ([]byte, error) {
	if err := CheckIDs("tenant", tenant); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	body, err := os.ReadFile(f.place(tenant, digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: document %x", ErrNotFound, digest)
	}
	if err != nil {
		return nil, fmt.Errorf("disclosure: document not read: %w", err)
	}
	if sha256.Sum256(body) != digest {
		return nil, fmt.Errorf("%w: %x", ErrDamaged, digest)
	}
	return body, nil
}
