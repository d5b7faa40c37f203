package workflow

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
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

// JSON is the canonical form: the fields in their order, no blanks, no empty
// lists. Two definitions that say the same in the same order have the same JSON.
func (d Definition) JSON() ([]byte, error) {
	d = d.Clone()
	d.normalise()
	return d.canonical()
}

func (d *Definition) canonical() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return nil, fmt.Errorf("workflow: definition %s as JSON: %w", quote(d.ID), err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// normalise writes what may be written in two ways in one.
func (d *Definition) normalise() {
	for i := range d.Moves {
		if d.Moves[i].Effect == "none" {
			d.Moves[i].Effect = EffectNone
		}
	}
}

// MaxJSON is the most bytes of a definition as JSON.
const MaxJSON = 16 << 20

// Parse reads a definition from JSON. A field that does not exist, a value of
// the wrong kind and anything after the definition are errors; everything else
// is left to Compile.
func Parse(b []byte) (Definition, error) {
	var d Definition
	bad := func(what, want string) error {
		return &Invalid{ID: d.ID, Faults: []Fault{{CodeJSON, "", what, want}}}
	}
	if len(b) > MaxJSON {
		return Definition{}, bad(fmt.Sprintf("%d bytes", len(b)), fmt.Sprintf("at most %d", MaxJSON))
	}
	if !utf8.Valid(b) {
		return Definition{}, bad("not UTF-8", "a definition as JSON in UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return Definition{}, bad(err.Error(), "a definition as JSON")
	}
	if _, err := dec.Token(); err != io.EOF {
		return Definition{}, bad(fmt.Sprintf("something follows at byte %d", dec.InputOffset()), "one definition")
	}
	return d.Clone(), nil
}
