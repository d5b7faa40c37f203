package dossier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Options of Write. The zero Options mask personal data and sign nothing.
type Options struct {
	Personal bool         // enclose private bodies, personal documents and personal fields; default false
	Suite    ledger.Suite // signs the manifest; default nil: not signed
}

// Manifest is dossier.json.
type Manifest struct {
	Format   int           `json:"format"` // 1
	Tenant   string        `json:"tenant"`
	Case     string        `json:"case"`
	Title    string        `json:"title"`
	Agency   string        `json:"agency"`
	Made     int64         `json:"made"`     // Unix milliseconds
	Personal bool          `json:"personal"` // personal data are enclosed
	Records  int64         `json:"records"`
	Head     ledger.Digest `json:"head"` // hash of the last record
	Files    []File        `json:"files"`
	// Documents says under which name each document is enclosed.
	Documents []Enclosed `json:"documents"`
}

// File is one file of a dossier or package.
type File struct {
	Name   string        `json:"name"`
	Size   int64         `json:"size"`
	SHA256 ledger.Digest `json:"sha256"`
}

// Enclosed is a document as the manifest lists it.
type Enclosed struct {
	Name   string        `json:"name"`
	Digest ledger.Digest `json:"digest"`
	File   string        `json:"file,omitempty"` // "" = the body is not enclosed
	Masked bool          `json:"masked,omitempty"`
	Author string        `json:"author,omitempty"`
	Day    string        `json:"day,omitempty"`
}

const (
	manifestName   = "dossier.json"
	noteName       = "dossier.note"
	recordsName    = "records.jsonl"
	definitionName = "definition.json"
	proofName      = "proof.json"
	htmlName       = "index.html"
	markdownName   = "index.md"

	mask = "●●●"
)

// ErrWrite is the category of what Write refuses.
var ErrWrite = errors.New("dossier: cannot write")

// Write writes the dossier of a case into a sink. It refuses a case whose
// records do not verify, or a document that does not have its digest: a dossier
// that is broken from the start helps nobody. suites are those that sealed the
// records; none means the built-in one.
func Write(ctx context.Context, sink Sink, c *Case, o *Options, suites ...ledger.Suite) error {
	if o == nil {
		o = &Options{}
	}
	if len(c.Records) == 0 {
		return fmt.Errorf("%w: case %q has no records", ErrWrite, c.ID)
	}
	if faults := ledger.VerifyChain(c.Tenant, c.ID, c.Records, suites...); len(faults) > 0 {
		errs := []error{ErrWrite}
		for _, f := range faults {
			errs = append(errs, f)
		}
		return errors.Join(errs...)
	}
	m := &Manifest{Format: 1, Tenant: c.Tenant, Case: c.ID, Title: c.title(), Agency: c.Agency, Made: c.Made, Personal: o.Personal,
		Records: int64(len(c.Records)), Head: c.Records[len(c.Records)-1].Hash}
	put := func(name string, body []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		m.Files = append(m.Files, File{name, int64(len(body)), sha256.Sum256(body)})
		return sink(name, body)
	}

	records := slices.Clone(c.Records)
	if !o.Personal {
		for i := range records {
			records[i].Erase()
		}
	}
	var buf bytes.Buffer
	if err := WriteRecords(&buf, records); err != nil {
		return err
	}
	if err := put(recordsName, buf.Bytes()); err != nil {
		return err
	}
	if c.Definition != nil {
		if err := put(definitionName, c.Definition); err != nil {
			return err
		}
	}
	if err := writeDocuments(c, o, m, put); err != nil {
		return err
	}
	if c.Proof.Checkpoint != nil {
		body, err := marshalProof(&c.Proof)
		if err != nil {
			return err
		}
		if err := put(proofName, body); err != nil {
			return err
		}
	}
	v := newView(c, o, m)
	html, err := v.html()
	if err != nil {
		return err
	}
	if err := put(htmlName, html); err != nil {
		return err
	}
	if err := put(markdownName, v.markdown()); err != nil {
		return err
	}
	body, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	body = append(body, '\n')
	if err := sink(manifestName, body); err != nil {
		return err
	}
	if o.Suite == nil {
		return nil
	}
	signed, err := ledger.SignNote(ctx, o.Suite, sealText(m, body))
	if err != nil {
		return err
	}
	return sink(noteName, signed)
}

const sealTag = "gongkai.dossier/1"

func sealText(m *Manifest, manifest []byte) string {
	sum := sha256.Sum256(manifest)
	return fmt.Sprintf("%s\ncase %s\nmanifest %x\n", sealTag, escape(m.Case), sum)
}

func escape(s string) string {
	return strings.NewReplacer("%", "%25", "\n", "%0A", "\r", "%0D").Replace(strings.ToValidUTF8(s, "\uFFFD"))
}

func (c *Case) title() string {
	if c.Title != "" {
		return c.Title
	}
	return c.ID
}

// plainExt finds the extension of a name, also of one like 通知.txt（删减）.
var plainExt = regexp.MustCompile(`(\.[A-Za-z0-9]{1,8})(?:（[^（）]*）)?$`)

func writeDocuments(c *Case, o *Options, m *Manifest, put func(string, []byte) error) error {
	written := map[string]bool{}
	m.Documents = []Enclosed{}
	for i := range c.Documents {
		d := &c.Documents[i]
		e := Enclosed{Name: d.Name, Digest: d.Digest, Author: d.Author, Day: d.Day}
		if d.Personal && !o.Personal {
			// The digest of a personal document could confirm a guess at it.
			e = Enclosed{Name: mask, Masked: true, Day: d.Day}
			m.Documents = append(m.Documents, e)
			continue
		}
		if d.Open != nil {
			body, err := d.Open()
			if err != nil {
				return fmt.Errorf("dossier: document %q: %w", d.Name, err)
			}
			if sha256.Sum256(body) != d.Digest {
				return fmt.Errorf("%w: document %q does not have its digest", ErrWrite, d.Name)
			}
			ext := ".bin"
			if m := plainExt.FindStringSubmatch(d.Name); m != nil {
				ext = strings.ToLower(m[1])
			}
			e.File = "documents/" + d.Digest.String()[:32] + ext
			if !written[e.File] {
				written[e.File] = true
				if err := put(e.File, body); err != nil {
					return err
				}
			}
		}
		m.Documents = append(m.Documents, e)
	}
	return nil
}

// proofFile is proof.json.
type proofFile struct {
	Checkpoint string              `json:"checkpoint"`
	Keys       []ledger.Key        `json:"keys"`
	Places     []Place             `json:"places"`
	Anchored   string              `json:"anchored,omitempty"`
	AnchoredAt string              `json:"anchoredAt,omitempty"`
	Growth     *ledger.Consistency `json:"growth,omitempty"`
}

func marshalProof(p *Proof) ([]byte, error) {
	f := proofFile{Checkpoint: string(p.Checkpoint), Keys: p.Keys, Places: p.Places, Anchored: string(p.Anchored), AnchoredAt: p.AnchoredAt, Growth: p.Growth}
	body, err := json.MarshalIndent(f, "", "  ")
	return append(body, '\n'), err
}
