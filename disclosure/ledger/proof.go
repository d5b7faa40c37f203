package ledger

import (
	"encoding/binary"
	"fmt"

	"github.com/transparency-dev/merkle/proof"
)

// Inclusion proves that a record is in a log of a certain size (RFC 6962
// §2.1.1): 16 bytes and 32 for each of at most ⌈log₂ Size⌉ digests.
type Inclusion struct {
	Place int64    `json:"place"` // of the leaf, from 0
	Size  int64    `json:"size"`  // leaves in the log
	Path  []Digest `json:"path"`
}

// Verify reports, as an ErrProof, that record (the hash of a record) is not
// proven to be in the log that cp speaks of.
func (p Inclusion) Verify(suite Suite, record Digest, cp Checkpoint) error {
	if p.Place < 0 || p.Size < 0 || p.Size != cp.Size {
		return fmt.Errorf("%w: inclusion: place %d of %d, checkpoint of %d", ErrProof, p.Place, p.Size, cp.Size)
	}
	leaf := leafHash(suite, &record)
	if err := proof.VerifyInclusion(hasher{suite}, uint64(p.Place), uint64(p.Size), leaf[:], raw(p.Path), cp.Root[:]); err != nil {
		return fmt.Errorf("%w: inclusion: place %d of %d does not lead to the root", ErrProof, p.Place, p.Size)
	}
	return nil
}

// Consistency proves that a log only grew (RFC 6962 §2.1.2).
type Consistency struct {
	From int64    `json:"from"` // leaves in the older log
	To   int64    `json:"to"`   // leaves in the newer log
	Path []Digest `json:"path"`
}

// Verify reports, as an ErrProof, that the newer log is not proven to begin with
// the older one.
func (p Consistency) Verify(suite Suite, older, newer Checkpoint) error {
	if p.From < 0 || p.To < p.From || p.From != older.Size || p.To != newer.Size {
		return fmt.Errorf("%w: consistency: from %d to %d, checkpoints of %d and %d", ErrProof, p.From, p.To, older.Size, newer.Size)
	}
	if older.Suite != newer.Suite {
		return fmt.Errorf("%w: consistency: suites %q and %q", ErrProof, older.Suite, newer.Suite)
	}
	if p.From == 0 && older.Root != suite.Sum(nil) {
		return fmt.Errorf("%w: consistency: the older log is empty, its root is not", ErrProof)
	}
	if err := proof.VerifyConsistency(hasher{suite}, uint64(p.From), uint64(p.To), raw(p.Path), older.Root[:], newer.Root[:]); err != nil {
		return fmt.Errorf("%w: consistency: from %d to %d does not lead to both roots", ErrProof, p.From, p.To)
	}
	return nil
}

func raw(path []Digest) [][]byte {
	out := make([][]byte, len(path))
	for i := range path {
		out[i] = path[i][:]
	}
	return out
}

// MarshalBinary writes place and size as eight bytes each, then the path.
func (p Inclusion) MarshalBinary() ([]byte, error) { return marshalPath(p.Place, p.Size, p.Path), nil }

// UnmarshalBinary reads what MarshalBinary writes.
func (p *Inclusion) UnmarshalBinary(b []byte) (err error) {
	p.Place, p.Size, p.Path, err = unmarshalPath(b)
	return err
}

// MarshalBinary writes from and to as eight bytes each, then the path.
func (p Consistency) MarshalBinary() ([]byte, error) { return marshalPath(p.From, p.To, p.Path), nil }

// UnmarshalBinary reads what MarshalBinary writes.
func (p *Consistency) UnmarshalBinary(b []byte) (err error) {
	p.From, p.To, p.Path, err = unmarshalPath(b)
	return err
}

func marshalPath(a, b int64, path []Digest) []byte {
	out := make([]byte, 0, 16+32*len(path))
	out = binary.BigEndian.AppendUint64(out, uint64(a))
	out = binary.BigEndian.AppendUint64(out, uint64(b))
	for i := range path {
		out = append(out, path[i][:]...)
	}
	return out
}

func unmarshalPath(raw []byte) (a, b int64, path []Digest, err error) {
	// No log has 2^63 leaves, so no path is longer than 64 and one.
	if len(raw) < 16 || len(raw)%32 != 16 || len(raw) > 16+65*32 {
		return 0, 0, nil, fmt.Errorf("%w: %d bytes", ErrProof, len(raw))
	}
	a, b = int64(binary.BigEndian.Uint64(raw)), int64(binary.BigEndian.Uint64(raw[8:]))
	if a < 0 || b < 0 {
		return 0, 0, nil, fmt.Errorf("%w: negative number", ErrProof)
	}
	for rest := raw[16:]; len(rest) > 0; rest = rest[32:] {
		path = append(path, Digest(rest[:32]))
	}
	return a, b, path, nil
}
