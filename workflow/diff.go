package workflow

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// ChangeKind is how something differs between two editions.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
	Moved   ChangeKind = "moved" // stands at another place of its list
)

// Change is one difference between two editions. Path names what differs by
// its identifier, e.g. moves[publish].by; Old and New are JSON, empty when there
// is none.
type Change struct {
	Kind ChangeKind `json:"kind"`
	Path string     `json:"path"`
	Old  string     `json:"old,omitempty"`
	New  string     `json:"new,omitempty"`
}

// String is one line: kind, path, old → new.
func (c Change) String() string {
	switch c.Kind {
	case Added:
		return "added   " + c.Path + ": " + c.New
	case Removed:
		return "removed " + c.Path + ": " + c.Old
	case Moved:
		return "moved   " + c.Path
	}
	return "changed " + c.Path + ": " + c.Old + " → " + c.New
}

// Diff lists what differs between two editions of a definition, in the order of
// the definition's fields: what has an identifier is compared by it, so that a
// move that was inserted is one change. No changes means equal digests, and the
// other way round. Within a list, a duplicate identifier is compared by its
// place.
func Diff(old, new Definition) ([]Change, error) {
	var d differ
	old, new = old.Clone(), new.Clone()
	old.normalise()
	new.normalise()
	a, err := parts(old)
	if err != nil {
		return nil, fmt.Errorf("workflow: diff: %w", err)
	}
	b, err := parts(new)
	if err != nil {
		return nil, fmt.Errorf("workflow: diff: %w", err)
	}
	d.object("", a, b)
	return d.changes, nil
}

type differ struct{ changes []Change }

// field is one field of an object, in its order.
type field struct {
	name string
	raw  json.RawMessage
}

func parts(v any) ([]field, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return fields(b), nil
}

// fields splits an object of our own JSON into its fields.
func fields(b []byte) []field {
	dec := json.NewDecoder(strings.NewReader(string(b)))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	var f []field
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return f
		}
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			return f
		}
		f = append(f, field{fmt.Sprint(name), raw})
	}
	return f
}

func (d *differ) object(path string, a, b []field) {
	get := func(f []field, name string) json.RawMessage {
		for _, x := range f {
			if x.name == name {
				return x.raw
			}
		}
		return nil
	}
	for _, name := range fieldOrder(a, b) {
		x, y := get(a, name), get(b, name)
		p := name
		if path != "" {
			p = path + "." + name
		}
		switch {
		case string(x) == string(y):
		case x == nil:
			d.add(Change{Added, p, "", plain(y)})
		case y == nil:
			d.add(Change{Removed, p, plain(x), ""})
		case identified(x) || identified(y):
			d.list(p, x, y)
		case x[0] == '{' && y[0] == '{':
			d.object(p, fields(x), fields(y))
		default:
			d.add(Change{Changed, p, plain(x), plain(y)})
		}
	}
}

// fieldOrder merges the fields of both, each in the order of its object.
func fieldOrder(a, b []field) []string {
	var names []string
	for _, x := range a {
		names = append(names, x.name)
	}
	for i, x := range b {
		if slices.Contains(names, x.name) {
			continue
		}
		// After the field that stands before it in b.
		place := 0
		if i > 0 {
			place = slices.Index(names, b[i-1].name) + 1
		}
		names = slices.Insert(names, place, x.name)
	}
	return names
}

// identified reports a list of objects that have an id.
func identified(b json.RawMessage) bool {
	return len(b) > 2 && b[0] == '[' && strings.HasPrefix(string(b[1:]), `{"id":`)
}

type item struct {
	id  string
	raw json.RawMessage
}

func items(b json.RawMessage) []item {
	var raw []json.RawMessage
	if json.Unmarshal(b, &raw) != nil {
		return nil
	}
	seen := make(map[string]int)
	list := make([]item, len(raw))
	for i, r := range raw {
		var v struct{ ID string }
		_ = json.Unmarshal(r, &v)
		id := v.ID
		if n := seen[id]; n > 0 {
			id = fmt.Sprintf("%s#%d", id, n+1)
		}
		seen[v.ID]++
		list[i] = item{id, r}
	}
	return list
}

func (d *differ) list(path string, x, y json.RawMessage) {
	a, b := items(x), items(y)
	inB := make(map[string]int, len(b))
	for i, it := range b {
		inB[it.id] = i
	}
	inA := make(map[string]int, len(a))
	for i, it := range a {
		inA[it.id] = i
	}
	// What both have and stands in another order is moved: everything that is
	// not on the longest common run of places.
	var places, common []int
	for i, it := range a {
		if j, ok := inB[it.id]; ok {
			places = append(places, j)
			common = append(common, i)
		}
	}
	stays := rising(places)
	moved := make(map[string]bool)
	for k, i := range common {
		if !stays[k] {
			moved[a[i].id] = true
		}
	}
	for _, it := range a {
		p := path + "[" + it.id + "]"
		j, ok := inB[it.id]
		if !ok {
			d.add(Change{Removed, p, plain(it.raw), ""})
			continue
		}
		if moved[it.id] {
			d.add(Change{Kind: Moved, Path: p})
		}
		d.object(p, fields(it.raw), fields(b[j].raw))
	}
	for _, it := range b {
		if _, ok := inA[it.id]; !ok {
			d.add(Change{Added, path + "[" + it.id + "]", "", plain(it.raw)})
		}
	}
}

// rising marks a longest rising subsequence.
func rising(s []int) []bool {
	prev := make([]int, len(s))
	var tails []int // tails[k] is the index of the smallest end of a run of k+1
	for i, v := range s {
		k := sort.Search(len(tails), func(k int) bool { return s[tails[k]] >= v })
		prev[i] = -1
		if k > 0 {
			prev[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	in := make([]bool, len(s))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = prev[i] {
			in[i] = true
		}
	}
	return in
}

func (d *differ) add(c Change) { d.changes = append(d.changes, c) }

// plain is JSON as it stands, and a string without its quotes.
func plain(b json.RawMessage) string {
	var s string
	if json.Unmarshal(b, &s) == nil {
		return s
	}
	return string(b)
}

func sortedFacts(f Facts) []Fact {
	names := make([]Fact, 0, len(f))
	for k := range f {
		names = append(names, k)
	}
	slices.Sort(names)
	return names
}
