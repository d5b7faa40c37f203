// Package ownstore shows how a host brings a storage of its own: here a journal,
// an append-only file with one line of JSON for each batch, such as an archive
// keeps. What makes it a disclosure.Store is that it passes storetest; see the
// test beside it, which is all that a host has to write.
//
// The truth is the file. What is in memory is an index over it and is built again
// when the file is opened: disclosure.Memory, which answers what a batch, a key and
// a query mean. A store without that help needs the same three methods.
package ownstore

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Journal is a disclosure.Store in a file of its own. It is safe for concurrent
// use by one process.
type Journal struct {
	mu     sync.Mutex
	file   *os.File
	index  *disclosure.Memory
	broken error // a write failed: the file must be opened again to know what is in it
}

var _ disclosure.Store = (*Journal)(nil)

// Open opens the journal, or makes it. A last line that a crash cut off was never
// acknowledged and is taken away; any other line that cannot be read is an error.
func Open(path string) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: file, index: disclosure.NewMemory()}
	whole, err := j.load()
	if err == nil {
		err = file.Truncate(whole)
	}
	if err == nil {
		_, err = file.Seek(whole, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ownstore: %s: %w", path, err), file.Close())
	}
	return j, nil
}

// load reads every whole line into the index and returns where they end.
func (j *Journal) load() (whole int64, err error) {
	r := bufio.NewReader(j.file)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return whole, nil // what follows the last line end was cut off
		}
		if err != nil {
			return 0, err
		}
		var b disclosure.Batch
		if err := json.Unmarshal(line, &b); err != nil {
			return 0, fmt.Errorf("at byte %d: %w", whole, err)
		}
		if _, err := j.index.Append(context.Background(), b); err != nil {
			return 0, fmt.Errorf("at byte %d: %w", whole, err)
		}
		whole += int64(len(line))
	}
}

// Append implements disclosure.Store: the index decides, the file makes it last.
func (j *Journal) Append(ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.broken != nil {
		return disclosure.Receipt{}, j.broken
	}
	if err := b.Validate(); err != nil {
		return disclosure.Receipt{}, err
	}
	if len(b.Orders)+len(b.Settle) > 0 { // said, not forgotten
		return disclosure.Receipt{}, fmt.Errorf("%w: the journal has no outbox", disclosure.ErrInvalid)
	}
	receipt, err := j.index.Append(ctx, b)
	if err != nil || receipt.Replayed {
		return receipt, err
	}
	line, err := json.Marshal(b)
	if err == nil {
		_, err = j.file.Write(append(line, '\n'))
	}
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil { // in the index, perhaps in the file: only opening it again tells
		j.broken = fmt.Errorf("%w: ownstore: %w", disclosure.ErrUnknown, err)
		return disclosure.Receipt{}, j.broken
	}
	return receipt, nil
}

// Records implements disclosure.Store.
func (j *Journal) Records(ctx context.Context, tenant, caseID string, after int64, limit int) ([]ledger.Record, error) {
	return j.index.Records(ctx, tenant, caseID, after, limit)
}

// Find implements disclosure.Store.
func (j *Journal) Find(ctx context.Context, q disclosure.Query) (disclosure.Page, error) {
	return j.index.Find(ctx, q)
}

// Close closes the file.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.broken = fmt.Errorf("%w: ownstore: closed", disclosure.ErrUnavailable)
	return j.file.Close()
}
