package publish

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Exchange is the sending end of a channel between two networks (内外网): a folder
// that something outside this library carries across (光盘摆渡、单向网闸、共享目录), in
// which parcels and their receipts lie beside each other:
//
//	000000000012.zip      parcel 12
//	000000000012.receipt  what the other side answered
//
// It is a disclosure.Publisher and disclosure.Withdrawer: a release is published
// when the signed receipt of the other side is back, and on the day that it says.
// Until then it answers ErrAwaited, and the outbox asks again. Whatever is sent
// twice under one key lies in the folder once.
//
// Fill Dir, Channel, Suite, Peer and Now. An Exchange is safe for concurrent use,
// and several processes may send into one folder.
type Exchange struct {
	Dir     string // must be there
	Channel string // one direction between two ends, e.g. "bengbu.inner-outer"
	Suite   ledger.Suite
	Peer    []ledger.Key   // keys of the other side
	Suites  []ledger.Suite // of the other side; nil = Suite and the built-in one
	Now     func() time.Time

	mu   sync.Mutex
	sent Channel
	keys map[string]Parcel
}

// ErrAwaited: the parcel lies in the folder, and the other side has not answered.
var ErrAwaited = errors.New("publish: no receipt of the other side yet")

const (
	parcelExt  = ".zip"
	receiptExt = ".receipt"

	publicationName = "publication.json"
	bodyName        = "body"
)

func numbered(dir string, seq int64, ext string) string {
	return filepath.Join(dir, fmt.Sprintf("%012d%s", seq, ext))
}

// Send puts a parcel into the folder, unless one with this key is there, and
// returns the receipt of the other side. ErrAwaited if there is none yet.
func (e *Exchange) Send(ctx context.Context, kind, key string, bodies []Body) (Receipt, error) {
	if e.Now == nil || e.Suite == nil || e.Dir == "" {
		return Receipt{}, fmt.Errorf("%w: an exchange needs Dir, Channel, Suite, Peer and Now", ErrParcel)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for {
		if err := e.look(); err != nil {
			return Receipt{}, err
		}
		if p, ok := e.keys[key]; ok {
			if p.Kind != kind {
				return Receipt{}, fmt.Errorf("%w: key %q was sent as %q, not %q", ErrParcel, key, p.Kind, kind)
			}
			return e.receipt(p)
		}
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		p, _, err := e.sent.Pack(ctx, dossier.ToZip(w), e.Suite, kind, key, e.Now().UnixMilli(), bodies)
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			return Receipt{}, err
		}
		err = writeNew(numbered(e.Dir, p.Seq, parcelExt), buf.Bytes())
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return Receipt{}, fmt.Errorf("publish: send: %w", err)
		}
		// With ErrExist another process took the number: look what it sent.
	}
}

// look reads the parcels that came into the folder since the last look.
func (e *Exchange) look() error {
	if e.keys == nil {
		e.sent, e.keys = Channel{ID: e.Channel}, map[string]Parcel{}
	}
	for {
		seq := int64(len(e.sent.Digests)) + 1
		p, _, err := unpackFile(numbered(e.Dir, seq, parcelExt), []ledger.Key{e.Suite.Key()}, e.Suite)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		next, outcome := e.sent.Take(p)
		if outcome != Taken {
			return fmt.Errorf("%w: parcel %d of the folder: %s", ErrParcel, seq, outcome)
		}
		e.sent = next
		e.keys[p.Key] = p
	}
}

func (e *Exchange) receipt(p Parcel) (Receipt, error) {
	note, err := os.ReadFile(numbered(e.Dir, p.Seq, receiptExt))
	if errors.Is(err, fs.ErrNotExist) {
		return Receipt{}, fmt.Errorf("%w: parcel %d of channel %s", ErrAwaited, p.Seq, p.Channel)
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("publish: receipt: %w", err)
	}
	suites := e.Suites
	if suites == nil {
		suites = []ledger.Suite{e.Suite, ledger.Standard()}
	}
	r, err := OpenReceipt(note, e.Peer, suites...)
	if err != nil {
		return Receipt{}, err
	}
	if r.Channel != p.Channel || r.Seq != p.Seq || r.Parcel != p.Digest() {
		return Receipt{}, fmt.Errorf("%w: the receipt of parcel %d is of another parcel", ErrParcel, p.Seq)
	}
	return r, nil
}

// Publish implements disclosure.Publisher.
func (e *Exchange) Publish(ctx context.Context, p disclosure.Publication) (disclosure.Published, error) {
	bodies, err := publicationBodies(p)
	if err != nil {
		return disclosure.Published{}, err
	}
	return published(e.Send(ctx, "release", p.Order, bodies))
}

// Withdraw implements disclosure.Withdrawer.
func (e *Exchange) Withdraw(ctx context.Context, p disclosure.Publication) (disclosure.Published, error) {
	p.Body, p.Digest = nil, ledger.Digest{}
	bodies, err := publicationBodies(p)
	if err != nil {
		return disclosure.Published{}, err
	}
	return published(e.Send(ctx, "withdraw", "withdraw "+p.Order, bodies))
}

func published(r Receipt, err error) (disclosure.Published, error) {
	switch {
	case err != nil:
		return disclosure.Published{}, err
	case r.Refused != "":
		return disclosure.Published{}, fmt.Errorf("%w: %s", disclosure.ErrRefusedByCarrier, r.Refused)
	}
	return disclosure.Published{At: time.UnixMilli(r.Time)}, nil
}

func publicationBodies(p disclosure.Publication) ([]Body, error) {
	body := p.Body
	p.Body = nil
	meta, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("publish: publication: %w", err)
	}
	out := []Body{{publicationName, meta}}
	if body != nil {
		out = append(out, Body{bodyName, body})
	}
	return out, nil
}

// PublicationOf reads the release or withdrawal that an Exchange packed.
func PublicationOf(bodies []Body) (disclosure.Publication, error) {
	var p disclosure.Publication
	var body []byte
	found := false
	for _, b := range bodies {
		switch b.Name {
		case publicationName:
			if err := json.Unmarshal(b.Data, &p); err != nil {
				return p, fmt.Errorf("%w: %s: %w", ErrParcel, publicationName, err)
			}
			found = true
		case bodyName:
			body = b.Data
		}
	}
	if !found {
		return p, fmt.Errorf("%w: no %s", ErrParcel, publicationName)
	}
	p.Body = body
	return p, nil
}

// Intake is the receiving end of a channel: it takes the parcels of a folder in
// order, each once, and lays a signed receipt beside each. Fill all fields but
// Suites. An Intake is not safe for concurrent use.
type Intake struct {
	Dir     string
	Channel string
	Suite   ledger.Suite // signs the receipts
	Peer    []ledger.Key // keys of the sending side
	Suites  []ledger.Suite
	Now     func() time.Time
}

// ErrMissing: a later parcel is there and an earlier one is not. Nothing after
// the gap is taken.
var ErrMissing = errors.New("publish: a parcel is missing")

// Run takes what has come, and returns how many parcels it took. do carries one
// out and says "" or why it refuses it for good, which goes into the receipt; an
// error of do is temporary, and the parcel is tried again in the next Run. A
// process that dies after do and before the receipt does it again: do must be
// idempotent by Parcel.Key (an Office is, with the key as Act.Key).
//
// A parcel that was altered, is not of Peer, is of another channel or does not
// follow the one before stops the intake with an ErrParcel, a gap with
// ErrMissing: both name the number.
func (i *Intake) Run(ctx context.Context, do func(ctx context.Context, p Parcel, bodies []Body) (refused string, err error)) (int, error) {
	if i.Now == nil || i.Suite == nil || i.Dir == "" {
		return 0, fmt.Errorf("%w: an intake needs Dir, Channel, Suite, Peer and Now", ErrParcel)
	}
	c, err := i.memory()
	if err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		seq := int64(len(c.Digests)) + 1
		suites := i.Suites
		if suites == nil {
			suites = []ledger.Suite{i.Suite, ledger.Standard()}
		}
		p, bodies, err := unpackFile(numbered(i.Dir, seq, parcelExt), i.Peer, suites...)
		if errors.Is(err, fs.ErrNotExist) {
			return n, i.gap(seq)
		}
		if err != nil {
			return n, fmt.Errorf("parcel %d: %w", seq, err)
		}
		next, outcome := c.Take(p)
		if outcome != Taken {
			return n, fmt.Errorf("%w: parcel %d: %s", ErrParcel, seq, outcome)
		}
		refused, err := do(ctx, p, bodies)
		if err != nil {
			return n, fmt.Errorf("publish: parcel %d: %w", seq, err)
		}
		refused = strings.Join(strings.Fields(strings.ToValidUTF8(refused, "\uFFFD")), " ") // one line
		note, err := SignReceipt(ctx, i.Suite, Receipt{Channel: i.Channel, Seq: seq, Parcel: p.Digest(), Time: i.Now().UnixMilli(), Refused: refused})
		if err != nil {
			return n, err
		}
		if err := writeNew(numbered(i.Dir, seq, receiptExt), note); err != nil && !errors.Is(err, fs.ErrExist) {
			return n, fmt.Errorf("publish: receipt: %w", err)
		}
		c = next
	}
}

// memory is the channel as the receipts remember it.
func (i *Intake) memory() (Channel, error) {
	c := Channel{ID: i.Channel}
	for {
		seq := int64(len(c.Digests)) + 1
		note, err := os.ReadFile(numbered(i.Dir, seq, receiptExt))
		if errors.Is(err, fs.ErrNotExist) {
			return c, nil
		}
		if err != nil {
			return c, fmt.Errorf("publish: receipt: %w", err)
		}
		r, err := OpenReceipt(note, []ledger.Key{i.Suite.Key()}, i.Suite)
		if err != nil {
			return c, fmt.Errorf("receipt %d: %w", seq, err)
		}
		if r.Channel != i.Channel || r.Seq != seq {
			return c, fmt.Errorf("%w: receipt %d is of parcel %d of %s", ErrParcel, seq, r.Seq, r.Channel)
		}
		c = c.with(r.Parcel)
	}
}

// gap reports the parcels that are missing before one that is there.
func (i *Intake) gap(want int64) error {
	entries, err := os.ReadDir(i.Dir)
	if err != nil {
		return fmt.Errorf("publish: intake: %w", err)
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), parcelExt)
		if seq, err := strconv.ParseInt(name, 10, 64); ok && err == nil && seq > want {
			return fmt.Errorf("%w: %d to %d of channel %s", ErrMissing, want, seq-1, i.Channel)
		}
	}
	return nil
}

func unpackFile(path string, keys []ledger.Key, suites ...ledger.Suite) (Parcel, []Body, error) {
	if _, err := os.Stat(path); err != nil {
		return Parcel{}, nil, err
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return Parcel{}, nil, fmt.Errorf("%w: unpack: %v", ErrParcel, err) // %v: an error inside is not that of the file
	}
	defer z.Close()
	p, bodies, err := Unpack(z, keys, suites...)
	if err != nil && errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: unpack: %v", ErrParcel, err)
	}
	return p, bodies, err
}

// writeNew writes a whole file or none, and never over another (fs.ErrExist).
// Where the file system has no hard links (a share, a memory stick) a process
// that dies in between can leave half a file, which nothing takes for a whole one.
func writeNew(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := fill(f, body); err != nil {
		return err
	}
	if err = os.Link(f.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if f, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644); err != nil {
		return err
	}
	return fill(f, body)
}

func fill(f *os.File, body []byte) error {
	_, err := f.Write(body)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}
