package ledger

import (
	"encoding/hex"
	"fmt"
)

// Digest is the output of a suite's hash; every suite here has 32 bytes. The
// zero Digest means none.
type Digest [32]byte

// IsZero reports whether d is no digest.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns 64 lower-case hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes 64 lower-case hexadecimal digits, or nothing for the zero Digest.
func (d Digest) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Digest{}
		return nil
	}
	v, err := ParseDigest(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// ParseDigest reads 64 hexadecimal digits of either case.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	if len(s) != hex.EncodedLen(len(d)) {
		return Digest{}, fmt.Errorf("ledger: parse digest: %d characters, want 64", len(s))
	}
	if _, err := hex.Decode(d[:], []byte(s)); err != nil {
		return Digest{}, fmt.Errorf("ledger: parse digest: %w", err)
	}
	return d, nil
}

// Record is one sealed event of one case: what the hash covers, and the private
// part beside it. A Store keeps it byte for byte.
//
// The hash covers Suite, Tenant, Case, Seq, Type, Time, On, Actor, Structure,
// Commitment and Prev. Salt and Private are covered through Commitment only, so
// that both can be erased together and the chain still verifies.
type Record struct {
	Suite      string // the Suite that sealed it, e.g. "sha256-ed25519"
	Tenant     string // opaque id of the agency
	Case       string // opaque id of the case; never a name, number or title
	Seq        int64  // 1, 2, 3 … within the case
	Type       string // the event, ASCII
	Time       int64  // the instant it was written, Unix milliseconds
	On         string // the day the law counts, 2006-01-02; "" = none
	Actor      string // opaque id
	Structure  []byte // what the fold needs; never personal data, never erased
	Commitment Digest // H(tag ‖ salt ‖ Private)
	Prev       Digest // hash of record Seq-1 of the case; zero for Seq 1
	Hash       Digest // hash of this record
	Salt       []byte // 32 random bytes; nil once erased
	Private    []byte // everything else; nil once erased
}

// Erased reports whether the private part was erased by law: no salt, no body.
// A record that was never sealed is not erased, and neither is one that was
// sealed with an empty Private.
func (r *Record) Erased() bool {
	return !r.Hash.IsZero() && len(r.Salt) == 0 && len(r.Private) == 0
}

// Erase drops Salt and Private together, as the law may demand. What remains
// still verifies; without the salt a guess at Private cannot be checked.
func (r *Record) Erase() { r.Salt, r.Private = nil, nil }
