package sqlstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// partSize: a body is kept in parts, each written by itself, so that no packet
// limit and no write set of a cluster bounds it. The head is written last: a
// document without a head does not exist yet.
const partSize = 256 << 10

// Put implements disclosure.Documents.
func (s *Store) Put(ctx context.Context, tenant string, body []byte) (ledger.Digest, error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return ledger.Digest{}, err
	}
	digest := ledger.Digest(sha256.Sum256(body))
	if _, found, err := s.head(ctx, tenant, digest); err != nil || found {
		return digest, err
	}
	n := 0
	for part := range slices.Chunk(body, partSize) {
		err := s.write(ctx, func(x session) error {
			_, err := x.exec(ctx, `INSERT INTO {p}document_part (tenant, digest, part, body, repeated) VALUES (?, ?, ?, ?, 0)`+s.dialect.ifAbsent("repeated"), tenant, digest[:], n, part)
			return err
		})
		if err != nil {
			return ledger.Digest{}, err
		}
		n++
	}
	err := s.write(ctx, func(x session) error {
		_, err := x.exec(ctx, `INSERT INTO {p}document (tenant, digest, size, parts, repeated) VALUES (?, ?, ?, ?, 0)`+s.dialect.ifAbsent("repeated"), tenant, digest[:], len(body), n)
		return err
	})
	if err != nil {
		return ledger.Digest{}, err
	}
	return digest, nil
}

type headRow struct{ size, parts int64 }

func (s *Store) head(ctx context.Context, tenant string, digest ledger.Digest) (h headRow, found bool, err error) {
	err = s.reading(ctx, func(x session) error {
		rows, err := query(ctx, x, `SELECT size, parts FROM {p}document WHERE tenant = ? AND digest = ?`, []any{tenant, digest[:]}, func(h *headRow) []any { return []any{&h.size, &h.parts} })
		if found = len(rows) > 0; found {
			h = rows[0]
		}
		return err
	})
	return h, found, err
}

// Open implements disclosure.Documents.
func (s *Store) Open(ctx context.Context, tenant string, digest ledger.Digest) ([]byte, error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return nil, err
	}
	h, found, err := s.head(ctx, tenant, digest)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("%w: document %s", disclosure.ErrNotFound, digest)
	}
	var whole bytes.Buffer
	for n := range h.parts {
		err := s.reading(ctx, func(x session) error {
			parts, err := query(ctx, x, `SELECT body FROM {p}document_part WHERE tenant = ? AND digest = ? AND part = ?`, []any{tenant, digest[:], n}, func(b *[]byte) []any { return []any{b} })
			for _, b := range parts {
				whole.Write(b)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	body := append([]byte{}, whole.Bytes()...)
	if ledger.Digest(sha256.Sum256(body)) != digest {
		return nil, fmt.Errorf("%w: %s", disclosure.ErrDamaged, digest)
	}
	return body, nil
}
