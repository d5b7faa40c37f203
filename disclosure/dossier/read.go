package dossier

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Dossier is a dossier as read back. Nothing of it is verified: see Check.
type Dossier struct {
	Manifest   Manifest
	Records    []ledger.Record
	Definition []byte
	Proof      Proof
	fsys       fs.FS
}

// ErrRead is the category of what cannot be read as a dossier or package.
var ErrRead = errors.New("dossier: cannot read")

// maxFile bounds what is read of one file: 256 MiB.
const maxFile = 256 << 20

func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(body) > maxFile {
		err = fmt.Errorf("%w: %s is larger than 256 MiB", ErrRead, name)
	}
	return body, err
}

func readJSON(body []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("more than one value")
	}
	return nil
}

// Read reads a dossier from a folder (os.DirFS) or a zip (*zip.Reader), to
// import the case or to look at it. Check it first.
func Read(fsys fs.FS) (*Dossier, error) {
	d := &Dossier{fsys: fsys}
	body, err := readFile(fsys, manifestName)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRead, err)
	}
	if err := readJSON(body, &d.Manifest); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrRead, manifestName, err)
	}
	if d.Manifest.Format != 1 {
		return nil, fmt.Errorf("%w: format %d, want 1", ErrRead, d.Manifest.Format)
	}
	if body, err = readFile(fsys, recordsName); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRead, err)
	}
	if d.Records, err = ReadRecords(body); err != nil {
		return d, fmt.Errorf("%w: %w", ErrRead, err)
	}
	if body, err = readFile(fsys, definitionName); err == nil {
		d.Definition = body
	} else if !errors.Is(err, fs.ErrNotExist) {
		return d, fmt.Errorf("%w: %w", ErrRead, err)
	}
	body, err = readFile(fsys, proofName)
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err == nil {
		err = d.readProof(body)
	}
	if err != nil {
		return d, fmt.Errorf("%w: %s: %w", ErrRead, proofName, err)
	}
	return d, nil
}

func (d *Dossier) readProof(body []byte) error {
	var f proofFile
	if err := readJSON(body, &f); err != nil {
		return err
	}
	d.Proof = Proof{Checkpoint: []byte(f.Checkpoint), Keys: f.Keys, Places: f.Places, AnchoredAt: f.AnchoredAt, Growth: f.Growth}
	if f.Anchored != "" {
		d.Proof.Anchored = []byte(f.Anchored)
	}
	return nil
}

// Document returns the body of an enclosed document, as it stands.
func (d *Dossier) Document(e Enclosed) ([]byte, error) {
	if e.File == "" {
		return nil, fmt.Errorf("%w: document %q is not enclosed", ErrRead, e.Name)
	}
	return readFile(d.fsys, e.File)
}
