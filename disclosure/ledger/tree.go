package ledger

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/bits"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
)

// Leaf is one record's place in the Merkle log: the leaf's data is Hash, the
// hash of the record, which covers tenant, case and seq. Case and Seq say where
// to find it.
type Leaf struct {
	Case string
	Seq  int64
	Hash Digest
}

// ErrProof is the category of proofs that cannot be made or do not hold.
var ErrProof = errors.New("ledger: proof")

// leafHash is RFC 6962 §2.1: H(0x00 ‖ d).
func leafHash(s Suite, d *Digest) Digest {
	var b [1 + 32]byte
	copy(b[1:], d[:])
	return sum(s, b[:])
}

// nodeHash is RFC 6962 §2.1: H(0x01 ‖ left ‖ right).
func nodeHash(s Suite, left, right *Digest) Digest {
	var b [1 + 64]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[33:], right[:])
	if _, ok := s.(*standard); ok {
		return sha256.Sum256(b[:])
	}
	return sum(s, b[:])
}

// hasher lets the proofs of transparency-dev/merkle run on a Suite.
type hasher struct{ suite Suite }

func (h hasher) EmptyRoot() []byte {
	d := h.suite.Sum(nil)
	return d[:]
}

func (h hasher) HashLeaf(leaf []byte) []byte {
	d := h.suite.Sum(append([]byte{0}, leaf...))
	return d[:]
}

func (h hasher) HashChildren(l, r []byte) []byte {
	d := nodeHash(h.suite, (*Digest)(l), (*Digest)(r))
	return d[:]
}

func (hasher) Size() int { return len(Digest{}) }

// Frontier grows a log without keeping it: it knows the root of what was
// appended and needs at most 64 digests. The sequencer holds one. Make it with
// NewFrontier. It is not safe for concurrent use.
type Frontier struct {
	suite Suite
	size  uint64
	left  [64]Digest // left[i] is the root of a full subtree of 2^i leaves, where bit i of size is set
}

// NewFrontier returns the frontier of an empty log.
func NewFrontier(suite Suite) *Frontier { return &Frontier{suite: suite} }

// Size is the number of leaves appended.
func (f *Frontier) Size() int64 { return int64(f.size) }

// Append adds the hash of a record as the next leaf.
func (f *Frontier) Append(record Digest) { f.push(leafHash(f.suite, &record)) }

func (f *Frontier) push(h Digest) {
	i := 0
	for ; f.size>>i&1 == 1; i++ {
		h = nodeHash(f.suite, &f.left[i], &h)
	}
	f.left[i] = h
	f.size++
}

// Root is the root of the log as it stands; of an empty log, the hash of nothing.
func (f *Frontier) Root() Digest {
	if f.size == 0 {
		return f.suite.Sum(nil)
	}
	i := bits.TrailingZeros64(f.size)
	h := f.left[i]
	for i++; i < 64; i++ {
		if f.size>>i&1 == 1 {
			h = nodeHash(f.suite, &f.left[i], &h)
		}
	}
	return h
}

// Tree is a whole log in memory, about 64 bytes a leaf, from which proofs are
// made. Make it with NewTree. Reading is safe for concurrent use while nobody
// appends.
type Tree struct {
	suite  Suite
	levels [][]Digest // levels[0] are the leaf hashes; only full subtrees
}

// NewTree returns an empty log.
func NewTree(suite Suite) *Tree { return &Tree{suite: suite, levels: make([][]Digest, 1)} }

// Size is the number of leaves.
func (t *Tree) Size() int64 { return int64(len(t.levels[0])) }

// Append adds the hash of a record as the next leaf.
func (t *Tree) Append(record Digest) { t.push(leafHash(t.suite, &record)) }

func (t *Tree) push(h Digest) {
	for l := 0; ; l++ {
		if l == len(t.levels) {
			t.levels = append(t.levels, nil)
		}
		t.levels[l] = append(t.levels[l], h)
		n := len(t.levels[l])
		if n%2 == 1 {
			return
		}
		h = nodeHash(t.suite, &t.levels[l][n-2], &t.levels[l][n-1])
	}
}

func (t *Tree) node(id compact.NodeID) []byte {
	return t.levels[id.Level][id.Index][:]
}

// Root is the root when the log had size leaves, 0 ≤ size ≤ Size().
func (t *Tree) Root(size int64) (Digest, error) {
	if size < 0 || size > t.Size() {
		return Digest{}, fmt.Errorf("%w: root of %d of %d leaves", ErrProof, size, t.Size())
	}
	if size == 0 {
		return t.suite.Sum(nil), nil
	}
	ids := compact.RangeNodes(0, uint64(size), nil)
	h := Digest(t.node(ids[len(ids)-1]))
	for i := len(ids) - 2; i >= 0; i-- {
		h = nodeHash(t.suite, (*Digest)(t.node(ids[i])), &h)
	}
	return h, nil
}

// Inclusion proves that the leaf at place, counted from 0, is in the log of the
// given size.
func (t *Tree) Inclusion(place, size int64) (Inclusion, error) {
	if place < 0 || size < 0 || size > t.Size() {
		return Inclusion{}, fmt.Errorf("%w: inclusion of place %d in %d of %d leaves", ErrProof, place, size, t.Size())
	}
	nodes, err := proof.Inclusion(uint64(place), uint64(size))
	if err != nil {
		return Inclusion{}, fmt.Errorf("%w: %w", ErrProof, err)
	}
	path, err := t.path(nodes)
	return Inclusion{Place: place, Size: size, Path: path}, err
}

// Consistency proves that the log of size from is the beginning of the log of
// size to, 0 ≤ from ≤ to ≤ Size().
func (t *Tree) Consistency(from, to int64) (Consistency, error) {
	if from < 0 || to < from || to > t.Size() {
		return Consistency{}, fmt.Errorf("%w: consistency of %d with %d of %d leaves", ErrProof, from, to, t.Size())
	}
	nodes, err := proof.Consistency(uint64(from), uint64(to))
	if err != nil {
		return Consistency{}, fmt.Errorf("%w: %w", ErrProof, err)
	}
	path, err := t.path(nodes)
	return Consistency{From: from, To: to, Path: path}, err
}

func (t *Tree) path(nodes proof.Nodes) ([]Digest, error) {
	hashes := make([][]byte, len(nodes.IDs))
	for i, id := range nodes.IDs {
		hashes[i] = t.node(id)
	}
	hashes, err := nodes.Rehash(hashes, hasher{t.suite}.HashChildren)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProof, err)
	}
	path := make([]Digest, len(hashes))
	for i, h := range hashes {
		path[i] = Digest(h)
	}
	return path, nil
}
