package secrecy

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
)

// Part is one part of what is reviewed: the text, an attachment, an image.
type Part struct {
	// ID names this version of the part. Ids are compared, never shown.
	ID string
	// Digest is that of the part's bytes. It may be zero where every version of a
	// part has a new random id: then the ids alone bind, and nothing about the
	// content can be guessed from the binding.
	Digest [sha256.Size]byte
	// Text is what a Scanner reads; a Review does not look at it.
	Text string
	// Unreadable says why there is no text (image, encrypted, no text layer). A
	// Report lists such a part as not scanned, which blocks automatic release.
	Unreadable string
}

// Binding stands for all parts together, in whatever order: one part added,
// taken away or changed gives another Binding. It is comparable; the zero
// Binding binds nothing. Its text is 64 hexadecimal digits.
type Binding [sha256.Size]byte

// Bind computes the Binding: SHA-256 over a tag, the number of parts and, sorted
// by id, each id with its length and its digest. No parts, a part without an id
// or two of one id are an error.
func Bind(parts []Part) (Binding, error) {
	if len(parts) == 0 {
		return Binding{}, reviewError(codeReviewParts, "no parts")
	}
	sorted := slices.Clone(parts)
	slices.SortFunc(sorted, func(a, b Part) int { return cmp.Compare(a.ID, b.ID) })
	h := sha256.New()
	h.Write([]byte("gongkai secrecy review v1\x00"))
	writeLen := func(n int) {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	writeLen(len(sorted))
	for i, p := range sorted {
		if p.ID == "" || i > 0 && p.ID == sorted[i-1].ID {
			return Binding{}, reviewError(codeReviewParts, "a part without an id, or two of one id")
		}
		writeLen(len(p.ID))
		h.Write([]byte(p.ID))
		h.Write(p.Digest[:])
	}
	var b Binding
	h.Sum(b[:0])
	return b, nil
}

// IsZero reports whether nothing is bound.
func (b Binding) IsZero() bool { return b == Binding{} }

// String is 64 lower-case hexadecimal digits.
func (b Binding) String() string { return hex.EncodeToString(b[:]) }

// MarshalText writes String, or nothing for the zero Binding.
func (b Binding) MarshalText() ([]byte, error) {
	if b.IsZero() {
		return []byte{}, nil
	}
	return []byte(b.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (b *Binding) UnmarshalText(text []byte) error {
	var v Binding
	if len(text) != 0 {
		fault := &Error{Code: codeReviewEncoding, Category: ErrSyntax, What: "decode binding: not 64 hexadecimal digits"}
		if len(text) != hex.EncodedLen(len(v)) {
			return fault
		}
		if _, err := hex.Decode(v[:], text); err != nil {
			return fault
		}
	}
	*b = v
	return nil
}
