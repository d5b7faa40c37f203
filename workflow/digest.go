package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// Digest is SHA-256 of a definition's canonical JSON. It pins the definition on
// which a case was opened.
type Digest [sha256.Size]byte

// String is lower-case hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// IsZero reports whether no definition is named.
func (d Digest) IsZero() bool { return d == Digest{} }

// MarshalText writes String, and nothing for the zero Digest.
func (d Digest) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Digest) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Digest{}
		return nil
	}
	var v Digest
	if len(b) != hex.EncodedLen(len(v)) {
		return fmt.Errorf("workflow: digest of %d characters: want %d", len(b), hex.EncodedLen(len(v)))
	}
	if _, err := hex.Decode(v[:], b); err != nil {
		return fmt.Errorf("workflow: digest %s: %w", quote(string(b)), err)
	}
	*d = v
	return nil
}

const digestTag = "gongkai workflow definition 1\n"

// Digest is the digest of the definition as it stands, compiled or not.
func (d Definition) Digest() (Digest, error) {
	d = d.Clone()
	d.normalise()
	return d.digest()
}

// digest is Digest of a definition that has been normalised.
func (d *Definition) digest() (Digest, error) {
	b, err := d.canonical()
	if err != nil {
		return Digest{}, err
	}
	h := sha256.New()
	io.WriteString(h, digestTag)
	h.Write(b)
	return Digest(h.Sum(nil)), nil
}
