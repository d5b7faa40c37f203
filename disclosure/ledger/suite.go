package ledger

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Suite is the cryptography of a ledger: one hash of 32 bytes and one signature
// scheme under one name. SHA-256 with Ed25519 is built in (Standard,
// NewStandard); SM3 with SM2 (国密 GB/T 32905, GB/T 32918), in software or in a
// certified device (密码机、签名验签服务器), is a host's type with these five
// methods.
//
// Duties of an implementation:
//   - ID never changes its meaning; it stands in every record and is hashed.
//   - Sum keeps no reference to data and is deterministic.
//   - Sign signs exactly the bytes given, with the private half of Key, and may
//     block on a device: it obeys ctx. Without a private key it returns an error
//     that is ErrNoKey.
//   - Verify is true only if signature is one of key over message. It never
//     panics, whatever it is given. With SM2 the signer's identifier (默认
//     "1234567812345678") is part of the implementation.
//
// A Suite is safe for concurrent use.
type Suite interface {
	ID() string
	Sum(data []byte) Digest
	Key() Key
	Sign(ctx context.Context, message []byte) ([]byte, error)
	Verify(key Key, message, signature []byte) bool
}

// ErrNoKey: the suite has no private key and cannot sign.
var ErrNoKey = errors.New("ledger: suite has no signing key")

// Key is a public key with the name under which it signs, e.g.
// "gongkai.example.gov.cn". Its text form is the verifier key of signed notes:
// name+hash+base64. The zero Key is none.
type Key struct {
	Name   string // no space, no plus sign, not empty
	Public string // raw bytes: one byte of algorithm (1 = Ed25519), then the key
}

// IsZero reports whether k is no key.
func (k Key) IsZero() bool { return k == Key{} }

// ID is the 32-bit key hash of signed notes: the first four bytes of
// SHA-256(name ‖ "\n" ‖ algorithm and key), whatever the suite.
func (k Key) ID() uint32 {
	sum := sha256.Sum256([]byte(k.Name + "\n" + k.Public))
	return binary.BigEndian.Uint32(sum[:])
}

// String returns name+hash+base64, the form that ParseKey and
// golang.org/x/mod/sumdb/note read.
func (k Key) String() string {
	if k.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s+%08x+%s", k.Name, k.ID(), base64.StdEncoding.EncodeToString([]byte(k.Public)))
}

// MarshalText is String.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText is ParseKey; empty text is the zero Key.
func (k *Key) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*k = Key{}
		return nil
	}
	v, err := ParseKey(string(text))
	if err == nil {
		*k = v
	}
	return err
}

// ParseKey reads name+hash+base64 and refuses a hash that is not the key's.
func ParseKey(s string) (Key, error) {
	name, rest, _ := strings.Cut(s, "+")
	hash, b64, _ := strings.Cut(rest, "+")
	id, err1 := strconv.ParseUint(hash, 16, 32)
	raw, err2 := base64.StdEncoding.DecodeString(b64)
	if !validName(name) || len(hash) != 8 || err1 != nil || err2 != nil || len(raw) < 2 {
		return Key{}, errors.New("ledger: parse key: not of the form name+hash+base64")
	}
	k := Key{Name: name, Public: string(raw)}
	if k.ID() != uint32(id) {
		return Key{}, errors.New("ledger: parse key: the hash is not the key's")
	}
	return k, nil
}

func validName(s string) bool {
	return s != "" && len(s) <= 256 && utf8.ValidString(s) && !strings.Contains(s, "+") &&
		strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) < 0
}

// StandardID is the ID of the built-in suite: SHA-256 and Ed25519.
const StandardID = "sha256-ed25519"

const algEd25519 = 1 // as in signed notes

type standard struct {
	key  Key
	priv ed25519.PrivateKey
}

// Standard returns the built-in suite without a private key. It seals and
// verifies; it cannot sign checkpoints.
func Standard() Suite { return &standard{} }

// NewStandard returns the built-in suite that signs with an Ed25519 key under a
// name without spaces and plus signs.
func NewStandard(name string, key ed25519.PrivateKey) (Suite, error) {
	if !validName(name) {
		return nil, fmt.Errorf("ledger: new suite: key name %q is empty, too long, or has a space or plus sign", name)
	}
	if len(key) != ed25519.PrivateKeySize {
		return nil, fmt.Errorf("ledger: new suite: private key of %d bytes, want %d", len(key), ed25519.PrivateKeySize)
	}
	key = append(ed25519.PrivateKey(nil), key...)
	pub := key.Public().(ed25519.PublicKey)
	return &standard{key: Key{Name: name, Public: string([]byte{algEd25519}) + string(pub)}, priv: key}, nil
}

func (*standard) ID() string             { return StandardID }
func (*standard) Sum(data []byte) Digest { return sha256.Sum256(data) }
func (s *standard) Key() Key             { return s.key }

func (s *standard) Sign(ctx context.Context, message []byte) ([]byte, error) {
	if s.priv == nil {
		return nil, ErrNoKey
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return ed25519.Sign(s.priv, message), nil
}

func (*standard) Verify(key Key, message, signature []byte) bool {
	if len(key.Public) != 1+ed25519.PublicKeySize || key.Public[0] != algEd25519 {
		return false
	}
	return ed25519.Verify(ed25519.PublicKey(key.Public[1:]), message, signature)
}

// sum hashes b. The built-in suite is called without the interface, so that b
// need not escape to the heap.
func sum(s Suite, b []byte) Digest {
	if _, ok := s.(*standard); ok {
		return sha256.Sum256(b)
	}
	return s.Sum(append([]byte(nil), b...))
}

func suiteOf(suites []Suite, id string) Suite {
	if len(suites) == 0 {
		if id == StandardID {
			return builtin
		}
		return nil
	}
	for _, s := range suites {
		if s.ID() == id {
			return s
		}
	}
	return nil
}

var builtin Suite = &standard{}
