package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Parcel is one signed delivery on a one-way channel between two networks
// (内外网): releases outward, applications inward. Parcels of a channel are
// numbered without gaps and each remembers the one before, so that the receiver
// sees what was lost, repeated, reordered or replaced on the way. Signed, it is
// a note:
//
//	gongkai.parcel/1
//	channel bengbu.inner-outer
//	seq 12
//	prev 3b47eb…
//	kind release
//	key 5f0c…
//	time 1795500000000
//	file 9f86d0… 20480 index.html
type Parcel struct {
	Channel string
	Seq     int64          // 1, 2, 3 …
	Prev    ledger.Digest  // Digest of parcel Seq-1; zero for 1
	Kind    string         // what the receiver does with it: "release", "withdraw", "application" …
	Key     string         // of what is sent, once, e.g. the id of an outbox order
	Time    int64          // Unix milliseconds
	Files   []dossier.File // by name
}

// ErrParcel is the category of what is no parcel or receipt, or not of the
// signer, or not whole.
var ErrParcel = errors.New("publish: parcel")

const (
	parcelTag  = "gongkai.parcel/1"
	receiptTag = "gongkai.receipt/1"

	parcelName = "parcel.note"
	fileFolder = "files/"
)

// Digest is the SHA-256 of the parcel's text, by which receipts and the next
// parcel name it.
func (p Parcel) Digest() ledger.Digest { return sha256.Sum256([]byte(p.text())) }

func (p Parcel) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nchannel %s\nseq %d\nprev %s\nkind %s\nkey %s\ntime %d\n", parcelTag, p.Channel, p.Seq, p.Prev, p.Kind, p.Key, p.Time)
	for _, f := range p.Files {
		fmt.Fprintf(&b, "file %s %d %s\n", f.SHA256, f.Size, f.Name)
	}
	return b.String()
}

func (p Parcel) check() error {
	switch {
	case !oneLine(p.Channel) || !oneLine(p.Kind) || !oneLine(p.Key):
		return errors.New("channel, kind and key are one line each, not empty")
	case p.Seq < 1 || (p.Seq == 1) != p.Prev.IsZero():
		return errors.New("parcel 1 has no predecessor, every other has one")
	}
	for i, f := range p.Files {
		switch {
		case !fs.ValidPath(f.Name) || f.Name == "." || !oneLine(f.Name):
			return fmt.Errorf("file name %q", f.Name)
		case i > 0 && p.Files[i-1].Name >= f.Name:
			return errors.New("files are not in order of their names")
		case f.Size < 0:
			return errors.New("negative size")
		}
	}
	return nil
}

func oneLine(s string) bool {
	return s != "" && strings.ToValidUTF8(s, "") == s && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f })
}

// fields reads "name value" lines in the given order.
type fields struct {
	lines []string
	bad   bool
}

func (f *fields) next(name string) string {
	if len(f.lines) == 0 {
		f.bad = true
		return ""
	}
	v, ok := strings.CutPrefix(f.lines[0], name+" ")
	f.lines = f.lines[1:]
	f.bad = f.bad || !ok
	return v
}

func (f *fields) number(name string) int64 {
	n, err := strconv.ParseInt(f.next(name), 10, 64)
	f.bad = f.bad || err != nil
	return n
}

func (f *fields) digest(name string) ledger.Digest {
	d, err := ledger.ParseDigest(f.next(name))
	f.bad = f.bad || err != nil
	return d
}

func split(text, tag string) *fields {
	rest, ok := strings.CutPrefix(text, tag+"\n")
	lines := strings.Split(rest, "\n")
	return &fields{lines: lines[:len(lines)-1], bad: !ok}
}

func parseParcel(text string) (Parcel, error) {
	f := split(text, parcelTag)
	p := Parcel{Channel: f.next("channel"), Seq: f.number("seq"), Prev: f.digest("prev"), Kind: f.next("kind"), Key: f.next("key"), Time: f.number("time")}
	for !f.bad && len(f.lines) > 0 {
		var file dossier.File
		sum, rest, _ := strings.Cut(f.next("file"), " ")
		size, name, _ := strings.Cut(rest, " ")
		var err1, err2 error
		file.SHA256, err1 = ledger.ParseDigest(sum)
		file.Size, err2 = strconv.ParseInt(size, 10, 64)
		f.bad = f.bad || err1 != nil || err2 != nil
		file.Name = name
		p.Files = append(p.Files, file)
	}
	if f.bad || p.text() != text {
		return Parcel{}, fmt.Errorf("%w: parse: not of its form", ErrParcel)
	}
	if err := p.check(); err != nil {
		return Parcel{}, fmt.Errorf("%w: parse: %w", ErrParcel, err)
	}
	return p, nil
}

// Body is a file to be packed.
type Body struct {
	Name string
	Data []byte
}

// Channel is one end's memory of a channel: the digests of the parcels that it
// sent or took, in order. It is a value that its keeper stores after each step.
type Channel struct {
	ID      string          `json:"id"`
	Digests []ledger.Digest `json:"digests"`
}

// Pack writes the next parcel of the channel into a sink (a folder or a zip) and
// returns it with the channel as it stands after it. Packing again from the
// stored channel with the same bodies and time gives the same parcel.
func (c Channel) Pack(ctx context.Context, sink dossier.Sink, suite ledger.Suite, kind, key string, at int64, bodies []Body) (Parcel, Channel, error) {
	p := Parcel{Channel: c.ID, Seq: int64(len(c.Digests)) + 1, Kind: kind, Key: key, Time: at}
	if n := len(c.Digests); n > 0 {
		p.Prev = c.Digests[n-1]
	}
	bodies = slices.Clone(bodies)
	slices.SortFunc(bodies, func(a, b Body) int { return strings.Compare(a.Name, b.Name) })
	for _, b := range bodies {
		p.Files = append(p.Files, dossier.File{Name: b.Name, Size: int64(len(b.Data)), SHA256: sha256.Sum256(b.Data)})
	}
	if err := p.check(); err != nil {
		return Parcel{}, c, fmt.Errorf("%w: pack: %w", ErrParcel, err)
	}
	note, err := ledger.SignNote(ctx, suite, p.text())
	if err != nil {
		return Parcel{}, c, fmt.Errorf("%w: pack: %w", ErrParcel, err)
	}
	for _, b := range bodies {
		if err := sink(fileFolder+b.Name, b.Data); err != nil {
			return Parcel{}, c, err
		}
	}
	// The note last: a parcel without it was not finished.
	if err := sink(parcelName, note); err != nil {
		return Parcel{}, c, err
	}
	return p, c.with(p.Digest()), nil
}

func (c Channel) with(d ledger.Digest) Channel {
	return Channel{ID: c.ID, Digests: append(slices.Clip(c.Digests), d)}
}

// Unpack reads a parcel from a folder or zip and returns it with its files. It
// must be signed by one of keys, and every file must be as the parcel says, none
// missing and none added.
func Unpack(fsys fs.FS, keys []ledger.Key, suites ...ledger.Suite) (Parcel, []Body, error) {
	note, err := readFile(fsys, parcelName)
	if err != nil {
		return Parcel{}, nil, fmt.Errorf("%w: unpack: %w", ErrParcel, err)
	}
	text, _, err := ledger.OpenNote(note, keys, suites...)
	if err != nil {
		return Parcel{}, nil, fmt.Errorf("%w: unpack: %w", ErrParcel, err)
	}
	p, err := parseParcel(text)
	if err != nil {
		return Parcel{}, nil, err
	}
	var bodies []Body
	var errs []error
	listed := map[string]bool{parcelName: true}
	for _, f := range p.Files {
		listed[fileFolder+f.Name] = true
		data, err := readFile(fsys, fileFolder+f.Name)
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("%w: unpack: file %q: %w", ErrParcel, f.Name, err))
		case int64(len(data)) != f.Size || sha256.Sum256(data) != f.SHA256:
			errs = append(errs, fmt.Errorf("%w: unpack: file %q was altered", ErrParcel, f.Name))
		}
		bodies = append(bodies, Body{f.Name, data})
	}
	err = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !listed[name] {
			errs = append(errs, fmt.Errorf("%w: unpack: file %q was added", ErrParcel, name))
		}
		return err
	})
	if errs = append(errs, err); errors.Join(errs...) != nil {
		return p, nil, errors.Join(errs...)
	}
	return p, bodies, nil
}

// Outcome is what Take comes to. The zero Outcome is undetermined: take nothing.
type Outcome uint8

// The outcomes of Take.
const (
	OutcomeUndetermined Outcome = iota
	Taken                       // the next one: carry it out, store the channel, send the receipt
	Repeated                    // taken before: carry out nothing, send the same receipt again
	Early                       // earlier ones are missing (see Awaited): keep it aside or ask for them
	Contradicts                 // another parcel with this number was taken, or it does not follow the last one
	Foreign                     // of another channel
)

// String is English.
func (o Outcome) String() string {
	switch o {
	case Taken:
		return "taken"
	case Repeated:
		return "repeated"
	case Early:
		return "early"
	case Contradicts:
		return "contradicts"
	case Foreign:
		return "foreign"
	}
	return "undetermined"
}

// Take says what an unpacked parcel is to the receiving end, and returns the
// channel as it stands after it: changed only when it is Taken.
func (c Channel) Take(p Parcel) (Channel, Outcome) {
	n := int64(len(c.Digests))
	switch {
	case p.check() != nil:
		return c, OutcomeUndetermined
	case p.Channel != c.ID:
		return c, Foreign
	case p.Seq <= n:
		if c.Digests[p.Seq-1] == p.Digest() {
			return c, Repeated
		}
		return c, Contradicts
	case p.Seq > n+1:
		return c, Early
	case n > 0 && p.Prev != c.Digests[n-1]:
		return c, Contradicts
	}
	return c.with(p.Digest()), Taken
}

// Awaited returns the numbers [from, to] that are missing before an Early parcel.
func (c Channel) Awaited(p Parcel) (from, to int64) { return int64(len(c.Digests)) + 1, p.Seq - 1 }

// Receipt is what the receiving end answers to a parcel, signed (签收回执).
type Receipt struct {
	Channel string
	Seq     int64
	Parcel  ledger.Digest
	Time    int64  // when it was taken, Unix milliseconds
	Refused string // "" = taken; else why, one line
}

func (r Receipt) text() string {
	s := fmt.Sprintf("%s\nchannel %s\nseq %d\nparcel %s\ntime %d\n", receiptTag, r.Channel, r.Seq, r.Parcel, r.Time)
	if r.Refused != "" {
		s += "refused " + r.Refused + "\n"
	}
	return s
}

// SignReceipt returns the signed note of a receipt.
func SignReceipt(ctx context.Context, suite ledger.Suite, r Receipt) ([]byte, error) {
	if !oneLine(r.Channel) || r.Seq < 1 || r.Refused != "" && !oneLine(r.Refused) {
		return nil, fmt.Errorf("%w: sign receipt: channel %q, seq %d", ErrParcel, r.Channel, r.Seq)
	}
	return ledger.SignNote(ctx, suite, r.text())
}

// OpenReceipt reads a receipt that one of keys signed.
func OpenReceipt(note []byte, keys []ledger.Key, suites ...ledger.Suite) (Receipt, error) {
	text, _, err := ledger.OpenNote(note, keys, suites...)
	if err != nil {
		return Receipt{}, fmt.Errorf("%w: receipt: %w", ErrParcel, err)
	}
	f := split(text, receiptTag)
	r := Receipt{Channel: f.next("channel"), Seq: f.number("seq"), Parcel: f.digest("parcel"), Time: f.number("time")}
	if !f.bad && len(f.lines) == 1 {
		r.Refused = f.next("refused")
	}
	if f.bad || r.text() != text || r.Seq < 1 {
		return Receipt{}, fmt.Errorf("%w: receipt: not of its form", ErrParcel)
	}
	return r, nil
}

// Unconfirmed returns the numbers of the parcels of a sending end for which no
// receipt says that exactly this parcel was taken: send them again, in order.
func (c Channel) Unconfirmed(receipts []Receipt) []int64 {
	confirmed := make([]bool, len(c.Digests))
	for _, r := range receipts {
		if r.Channel == c.ID && r.Refused == "" && r.Seq >= 1 && r.Seq <= int64(len(c.Digests)) && c.Digests[r.Seq-1] == r.Parcel {
			confirmed[r.Seq-1] = true
		}
	}
	var out []int64
	for i, ok := range confirmed {
		if !ok {
			out = append(out, int64(i)+1)
		}
	}
	return out
}

// maxFile bounds what is read of one file of a parcel: 256 MiB.
const maxFile = 256 << 20

func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(body) > maxFile {
		err = fmt.Errorf("publish: parcel: %s is larger than 256 MiB", name)
	}
	return body, err
}
