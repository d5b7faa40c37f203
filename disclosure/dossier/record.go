package dossier

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// line is a record in records.jsonl. Structure and Private are text where they
// are UTF-8, else base64 under the second name.
type line struct {
	Suite       string        `json:"suite"`
	Tenant      string        `json:"tenant"`
	Case        string        `json:"case"`
	Seq         int64         `json:"seq"`
	Type        string        `json:"type"`
	Time        int64         `json:"time"`
	On          string        `json:"on,omitempty"`
	Actor       string        `json:"actor,omitempty"`
	Structure   *string       `json:"structure,omitempty"`
	Structure64 string        `json:"structure64,omitempty"`
	Commitment  ledger.Digest `json:"commitment"`
	Prev        ledger.Digest `json:"prev"`
	Hash        ledger.Digest `json:"hash"`
	Salt        string        `json:"salt,omitempty"`
	Private     *string       `json:"private,omitempty"`
	Private64   string        `json:"private64,omitempty"`
}

// WriteRecords writes sealed records as JSON, one a line, so that ReadRecords
// gives back the same bytes.
func WriteRecords(w io.Writer, records []ledger.Record) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range records {
		r := &records[i]
		l := line{Suite: r.Suite, Tenant: r.Tenant, Case: r.Case, Seq: r.Seq, Type: r.Type, Time: r.Time, On: r.On, Actor: r.Actor,
			Commitment: r.Commitment, Prev: r.Prev, Hash: r.Hash, Salt: hex.EncodeToString(r.Salt)}
		for _, s := range []string{r.Suite, r.Tenant, r.Case, r.Type, r.On, r.Actor} {
			if !utf8.ValidString(s) {
				return fmt.Errorf("dossier: write record %d: an id is not UTF-8", r.Seq)
			}
		}
		l.Structure, l.Structure64 = text(r.Structure)
		l.Private, l.Private64 = text(r.Private)
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("dossier: write record %d: %w", r.Seq, err)
		}
	}
	return nil
}

func text(b []byte) (*string, string) {
	switch {
	case b == nil:
		return nil, ""
	case utf8.Valid(b):
		s := string(b)
		return &s, ""
	}
	return nil, base64.StdEncoding.EncodeToString(b)
}

func untext(s *string, b64 string) ([]byte, error) {
	switch {
	case s != nil && b64 != "":
		return nil, errors.New("both text and base64")
	case s != nil:
		return []byte(*s), nil
	case b64 == "":
		return nil, nil
	}
	return base64.StdEncoding.DecodeString(b64)
}

// lineError says which line of records.jsonl cannot be read.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("dossier: records line %d: %v", e.line, e.err) }
func (e *lineError) Unwrap() error { return e.err }

// ReadRecords reads what WriteRecords writes, as it stands: it verifies nothing.
// It returns the records of all lines that can be read, and an error that joins
// one for each line that cannot.
func ReadRecords(body []byte) ([]ledger.Record, error) {
	var out []ledger.Record
	var errs []error
	for n := 1; len(body) > 0; n++ {
		raw, rest, _ := bytes.Cut(body, []byte("\n"))
		body = rest
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		r, err := readRecord(raw)
		if err != nil {
			errs = append(errs, &lineError{n, err})
			continue
		}
		out = append(out, r)
	}
	return out, errors.Join(errs...)
}

func readRecord(raw []byte) (ledger.Record, error) {
	var l line
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return ledger.Record{}, err
	}
	if dec.More() {
		return ledger.Record{}, errors.New("more than one value")
	}
	r := ledger.Record{Suite: l.Suite, Tenant: l.Tenant, Case: l.Case, Seq: l.Seq, Type: l.Type, Time: l.Time, On: l.On, Actor: l.Actor,
		Commitment: l.Commitment, Prev: l.Prev, Hash: l.Hash}
	var err error
	if r.Structure, err = untext(l.Structure, l.Structure64); err != nil {
		return r, fmt.Errorf("structure: %w", err)
	}
	if r.Private, err = untext(l.Private, l.Private64); err != nil {
		return r, fmt.Errorf("private: %w", err)
	}
	if l.Salt != "" {
		if r.Salt, err = hex.DecodeString(l.Salt); err != nil {
			return r, fmt.Errorf("salt: %w", err)
		}
	}
	return r, nil
}
