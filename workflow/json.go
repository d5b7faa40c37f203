package workflow

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// JSON is the canonical form: the fields in their order, no blanks, no empty
// lists. Two definitions that say the same in the same order have the same JSON.
func (d Definition) JSON() ([]byte, error) {
	d = d.Clone()
	d.normalise()
	return d.canonical()
}

func (d *Definition) canonical() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return nil, fmt.Errorf("workflow: definition %s as JSON: %w", quote(d.ID), err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// normalise writes what may be written in two ways in one.
func (d *Definition) normalise() {
	for i := range d.Moves {
		if d.Moves[i].Effect == "none" {
			d.Moves[i].Effect = EffectNone
		}
	}
}

// MaxJSON is the most bytes of a definition as JSON.
const MaxJSON = 16 << 20

// Parse reads a definition from JSON. A field that does not exist, a value of
// the wrong kind and anything after the definition are errors; everything else
// is left to Compile.
func Parse(b []byte) (Definition, error) {
	var d Definition
	bad := func(what, want string) error {
		return &Invalid{ID: d.ID, Faults: []Fault{{CodeJSON, "", what, want}}}
	}
	if len(b) > MaxJSON {
		return Definition{}, bad(fmt.Sprintf("%d bytes", len(b)), fmt.Sprintf("at most %d", MaxJSON))
	}
	if !utf8.Valid(b) {
		return Definition{}, bad("not UTF-8", "a definition as JSON in UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return Definition{}, bad(err.Error(), "a definition as JSON")
	}
	if _, err := dec.Token(); err != io.EOF {
		return Definition{}, bad(fmt.Sprintf("something follows at byte %d", dec.InputOffset()), "one definition")
	}
	if key := repeated(b); key != "" {
		return Definition{}, bad("the field "+quote(key)+" stands twice in one object", "each field once")
	}
	return d.Clone(), nil
}

// repeated finds a field that an object has twice, letter case apart: which one
// counts would be the reader's choice. The text is valid JSON.
func repeated(b []byte) string {
	type level struct {
		keys   []string
		object bool
		key    bool // the next string is a key
	}
	var stack []level
	for i := 0; i < len(b); i++ {
		top := len(stack) - 1
		switch b[i] {
		case '{', '[':
			stack = append(stack, level{object: b[i] == '{', key: b[i] == '{'})
		case '}', ']':
			stack = stack[:max(top, 0)]
		case ',':
			if top >= 0 {
				stack[top].key = stack[top].object
			}
		case '"':
			start := i
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			if top < 0 || !stack[top].key || i >= len(b) {
				continue
			}
			var key string
			if json.Unmarshal(b[start:i+1], &key) != nil {
				continue
			}
			for _, k := range stack[top].keys {
				if strings.EqualFold(k, key) {
					return key
				}
			}
			stack[top].keys, stack[top].key = append(stack[top].keys, key), false
		}
	}
	return ""
}
