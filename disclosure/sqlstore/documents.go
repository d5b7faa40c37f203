package sqlstore

import (
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
	found := false
	err := s.reading(ctx, func(x session) (err error) {
		_, found, err = x.head(ctx, tenant, digest)
		return err
	})
	if err != nil || found {
		return digest, err
	}
	err = putParts(ctx, tenant, digest, body, func(put func(session) error) error { return s.write(ctx, put) })
	if err != nil {
		return ledger.Digest{}, err
	}
	return digest, nil
}

// putParts writes the parts and then the head, each in a run of its own.
func putParts(ctx context.Context, tenant string, digest ledger.Digest, body []byte, run func(func(session) error) error) error {
	n := 0
	for part := range slices.Chunk(body, partSize) {
		err := run(func(x session) error {
			_, err := x.exec(ctx, `INSERT INTO {p}document_part (tenant, digest, part, body, repeated) VALUES (?, ?, ?, ?, 0)`+x.s.dialect.ifAbsent("repeated"), tenant, digest[:], n, part)
			return err
		})
		if err != nil {
			return err
		}
		n++
	}
	return run(func(x session) error {
		_, err := x.exec(ctx, `INSERT INTO {p}document (tenant, digest, size, parts, repeated) VALUES (?, ?, ?, ?, 0)`+x.s.dialect.ifAbsent("repeated"), tenant, digest[:], len(body), n)
		return err
	})
}

type headRow struct{ size, parts int64 }

func (x session) head(ctx context.Context, tenant string, digest ledger.Digest) (headRow, bool, error) {
	rows, err := query(ctx, x, `SELECT size, parts FROM {p}document WHERE tenant = ? AND digest = ?`, []any{tenant, digest[:]}, func(h *headRow) []any { return []any{&h.size, &h.parts} })
	if err != nil || len(rows) == 0 {
		return headRow{}, false, err
	}
	return rows[0], true, nil
}

// Open implements disclosure.Documents.
func (s *Store) Open(ctx context.Context, tenant string, digest ledger.Digest) (body []byte, err error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return nil, err
	}
	err = s.reading(ctx, func(x session) (err error) {
		body, err = x.document(ctx, tenant, digest)
		return err
	})
	return body, err
}

func (x session) document(ctx context.Context, tenant string, digest ledger.Digest) ([]byte, error) {
	h, found, err := x.head(ctx, tenant, digest)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("%w: document %s", disclosure.ErrNotFound, digest)
	}
	body := []byte{}
	for n := range h.parts {
		parts, err := query(ctx, x, `SELECT body FROM {p}document_part WHERE tenant = ? AND digest = ? AND part = ?`, []any{tenant, digest[:], n}, func(b *[]byte) []any { return []any{b} })
		if err != nil {
			return nil, err
		}
		for _, b := range parts {
			body = append(body, b...)
		}
	}
	if ledger.Digest(sha256.Sum256(body)) != digest {
		return nil, fmt.Errorf("%w: %s", disclosure.ErrDamaged, digest)
	}
	return body, nil
}

// Put implements disclosure.Documents: the document is there if the host commits.
func (j *Joined) Put(ctx context.Context, tenant string, body []byte) (ledger.Digest, error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return ledger.Digest{}, err
	}
	digest := ledger.Digest(sha256.Sum256(body))
	if _, found, err := j.x.head(ctx, tenant, digest); err != nil || found {
		return digest, j.classify(err)
	}
	err := putParts(ctx, tenant, digest, body, func(put func(session) error) error { return put(j.x) })
	return digest, j.classify(err)
}

// Open implements disclosure.Documents.
func (j *Joined) Open(ctx context.Context, tenant string, digest ledger.Digest) ([]byte, error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return nil, err
	}
	body, err := j.x.document(ctx, tenant, digest)
	return body, j.classify(err)
}
