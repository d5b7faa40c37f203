package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/opengongkai/gongkai/deadline"
)

// Catalog is one version of an agency's 公开目录. It may be read by many
// goroutines as long as none writes.
type Catalog struct {
	Title    string        `json:"title,omitempty"`
	Agency   string        `json:"agency,omitempty"`
	Year     int           `json:"year,omitempty"`
	Version  int           `json:"version,omitempty"` // from 1; 0 = a draft without a number
	From     deadline.Date `json:"from,omitzero"`     // in force from this day
	Until    deadline.Date `json:"until,omitzero"`    // in force up to and with this day; zero = open
	Taxonomy string        `json:"taxonomy,omitempty"`
	Carriers []Carrier     `json:"carriers,omitempty"` // every carrier that a node names
	Notes    []string      `json:"notes,omitempty"`    // lines above and below the table
	Entries  []Entry       `json:"entries"`
	Problems Problems      `json:"-"` // what the reader found, Info included
}

// Digest is the SHA-256 of what the catalog says, in hex. Where a cell stood
// (sheet, row, filled from above) is not part of it.
func (c *Catalog) Digest() string {
	h := sha256.New()
	d := *c
	d.Entries = nil
	b, _ := json.Marshal(&d) // no value of these types fails to encode
	h.Write(b)
	for i := range c.Entries {
		e := c.Entries[i]
		e.Sheet, e.Row, e.Filled = "", 0, 0
		nodes := e.Nodes
		e.Nodes = nil
		b, _ = json.Marshal(&e)
		h.Write(b)
		for j := range nodes {
			n := nodes[j]
			n.Row = 0
			b, _ = json.Marshal(&n)
			h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ReadJSON reads a catalog as WriteJSON writes it, at most 1 GiB. Unknown
// members are an error: nothing is dropped silently.
func ReadJSON(r io.Reader) (*Catalog, error) {
	c := new(Catalog)
	d := json.NewDecoder(io.LimitReader(r, 1<<30))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		return new(Catalog), fmt.Errorf("%w: JSON: %w", ErrRefused, err)
	}
	return c, nil
}

// WriteJSON writes the catalog with indentation.
func (c *Catalog) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(c)
}
