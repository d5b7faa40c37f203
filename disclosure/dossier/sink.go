package dossier

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Sink takes the files of a dossier or package one after the other, names as in
// io/fs. See ToFolder and ToZip; a host may bring its own.
type Sink func(name string, body []byte) error

// ToFolder writes below dir, which it makes. It replaces nothing: a file that is
// there already is an error.
func ToFolder(dir string) Sink {
	return func(name string, body []byte) error {
		if !fs.ValidPath(name) {
			return fmt.Errorf("dossier: write %q: not a path", name)
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = f.Write(body)
		if err == nil {
			err = f.Sync()
		}
		if e := f.Close(); err == nil {
			err = e
		}
		return err
	}
}

// ToZip writes into a zip, which the caller closes. The same files give the same
// bytes.
func ToZip(w *zip.Writer) Sink {
	return func(name string, body []byte) error {
		if !fs.ValidPath(name) {
			return fmt.Errorf("dossier: write %q: not a path", name)
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		_, err = f.Write(body)
		return err
	}
}
