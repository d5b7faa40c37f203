package ledger

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ErrCheckpoint is the category of what is no checkpoint, or not signed by a
// key that counts.
var ErrCheckpoint = errors.New("ledger: checkpoint")

// Checkpoint says what the log of an office was when it had Size leaves. Signed,
// it is a note that prints on one page:
//
//	gongkai.log/bengbu
//	20852163
//	CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//	suite sha256-ed25519
//	time 1795500000000
//
//	— gongkai.example.gov.cn Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
//
// that is: tenant (percent-encoded), size, root, suite, and the time in Unix
// milliseconds, as in golang.org/x/mod/sumdb/note and the tlog-checkpoint format.
type Checkpoint struct {
	Tenant string
	Suite  string // whose hash made Root
	Size   int64
	Root   Digest
	Time   int64 // Unix milliseconds
}

const originPrefix = "gongkai.log/"

// Text is the signed text, ending in a newline.
func (c Checkpoint) Text() string {
	return originPrefix + url.PathEscape(c.Tenant) + "\n" +
		strconv.FormatInt(c.Size, 10) + "\n" +
		base64.StdEncoding.EncodeToString(c.Root[:]) + "\n" +
		"suite " + c.Suite + "\n" +
		"time " + strconv.FormatInt(c.Time, 10) + "\n"
}

// ParseCheckpoint reads the text of a checkpoint, exactly as Text writes it,
// with or without signatures after it, which it does not verify.
func ParseCheckpoint(text string) (Checkpoint, error) {
	if i := strings.Index(text, "\n\n"); i >= 0 {
		text = text[:i+1]
	}
	bad := func(what string) (Checkpoint, error) {
		return Checkpoint{}, fmt.Errorf("%w: parse: %s", ErrCheckpoint, what)
	}
	lines := strings.Split(text, "\n")
	if len(lines) != 6 || lines[5] != "" {
		return bad("not five lines")
	}
	var c Checkpoint
	origin, ok := strings.CutPrefix(lines[0], originPrefix)
	if !ok {
		return bad("first line")
	}
	var err error
	if c.Tenant, err = url.PathUnescape(origin); err != nil {
		return bad("tenant")
	}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 {
		return bad("size")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != len(c.Root) {
		return bad("root")
	}
	c.Root = Digest(root)
	if c.Suite, ok = strings.CutPrefix(lines[3], "suite "); !ok || c.Suite == "" {
		return bad("suite")
	}
	ms, ok := strings.CutPrefix(lines[4], "time ")
	if !ok {
		return bad("time")
	}
	if c.Time, err = strconv.ParseInt(ms, 10, 64); err != nil {
		return bad("time")
	}
	if c.Text() != text {
		return bad("not in canonical form")
	}
	return c, nil
}

// SignCheckpoint returns the signed note. c.Suite is that of suite, or empty.
func SignCheckpoint(ctx context.Context, suite Suite, c Checkpoint) ([]byte, error) {
	if c.Suite == "" {
		c.Suite = suite.ID()
	}
	if c.Suite != suite.ID() || c.Tenant == "" || c.Size < 0 {
		return nil, fmt.Errorf("%w: sign: suite %q, tenant %q, size %d", ErrCheckpoint, c.Suite, c.Tenant, c.Size)
	}
	return SignNote(ctx, suite, c.Text())
}

// OpenCheckpoint returns the checkpoint of a signed note and those of the given
// keys that signed it: at least one must have. No suites means the built-in one.
func OpenCheckpoint(signed []byte, keys []Key, suites ...Suite) (Checkpoint, []Key, error) {
	text, by, err := OpenNote(signed, keys, suites...)
	if err != nil {
		return Checkpoint{}, nil, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	c, err := ParseCheckpoint(text)
	return c, by, err
}

// ErrNote is the category of what is not a signed note, or not signed by a key
// that counts.
var ErrNote = errors.New("ledger: signed note")

// SignNote signs a text, which ends in a newline, as a note. Its first line must
// say what it is, so that no note can pass for one of another kind.
func SignNote(ctx context.Context, suite Suite, text string) ([]byte, error) {
	if suite.Key().IsZero() {
		return nil, ErrNoKey
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer{ctx, suite})
	if err != nil {
		return nil, fmt.Errorf("%w: sign: %w", ErrNote, err)
	}
	return signed, nil
}

// Cosign adds the signature of another suite or key to a signed note, of which
// at least one signature must be by keys: how a witness confirms a checkpoint
// that it has found consistent with what it saw before.
func Cosign(ctx context.Context, suite Suite, signed []byte, keys []Key, suites ...Suite) ([]byte, error) {
	if suite.Key().IsZero() {
		return nil, ErrNoKey
	}
	n, err := openStrict(signed, verifiers(keys, suites))
	if err != nil {
		return nil, fmt.Errorf("%w: cosign: %w", ErrNote, err)
	}
	out, err := note.Sign(n, signer{ctx, suite})
	if err != nil {
		return nil, fmt.Errorf("%w: cosign: %w", ErrNote, err)
	}
	return out, nil
}

// OpenNote returns the text of a signed note and those of the given keys that
// signed it: at least one must have. Signatures of keys not given do not count;
// a wrong signature of a given key is an error, an ErrNote.
func OpenNote(signed []byte, keys []Key, suites ...Suite) (string, []Key, error) {
	n, err := openStrict(signed, verifiers(keys, suites))
	if err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrNote, err)
	}
	var by []Key
	for _, s := range n.Sigs {
		for _, k := range keys {
			if k.Name == s.Name && k.ID() == s.Hash {
				by = append(by, k)
				break
			}
		}
	}
	return n.Text, by, nil
}

// openStrict is note.Open that takes each signature in one spelling only: the
// spare bits of base64 must be zero, so that no byte of a note can change unseen.
func openStrict(signed []byte, known note.Verifiers) (*note.Note, error) {
	n, err := note.Open(signed, known)
	if err != nil {
		return nil, err
	}
	for _, s := range slices.Concat(n.Sigs, n.UnverifiedSigs) {
		if _, err := base64.StdEncoding.Strict().DecodeString(s.Base64); err != nil {
			return nil, fmt.Errorf("signature of %s: %w", s.Name, err)
		}
	}
	return n, nil
}

type signer struct {
	ctx   context.Context // of the one call of note.Sign
	suite Suite
}

func (s signer) Name() string                    { return s.suite.Key().Name }
func (s signer) KeyHash() uint32                 { return s.suite.Key().ID() }
func (s signer) Sign(msg []byte) ([]byte, error) { return s.suite.Sign(s.ctx, msg) }

type verifier struct {
	key    Key
	suites []Suite
}

func (v verifier) Name() string    { return v.key.Name }
func (v verifier) KeyHash() uint32 { return v.key.ID() }
func (v verifier) Verify(msg, sig []byte) bool {
	for _, s := range v.suites {
		if s.Verify(v.key, msg, sig) {
			return true
		}
	}
	return false
}

func verifiers(keys []Key, suites []Suite) note.Verifiers {
	if len(suites) == 0 {
		suites = []Suite{builtin}
	}
	var list []note.Verifier
	seen := map[Key]bool{}
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			list = append(list, verifier{k, suites})
		}
	}
	return note.VerifierList(list...)
}
