package catalog

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// ChangeKind says what happened to an entry between two versions.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"   // 新增
	Removed ChangeKind = "removed" // 撤销
	Changed ChangeKind = "changed" // 变更
	Renamed ChangeKind = "renamed" // 更名: the same content under another name
)

var changeTitles = map[ChangeKind]string{Added: "新增", Removed: "撤销", Changed: "变更", Renamed: "更名"}

// Chinese is the name of the kind.
func (k ChangeKind) Chinese() string { return changeTitles[k] }

// Change is one entry that differs between two versions.
type Change struct {
	Kind   ChangeKind
	Old    *Entry // nil when added
	New    *Entry // nil when removed
	Fields []FieldChange
}

// FieldChange is one field that differs. Node counts from 1; 0 = the entry itself.
type FieldChange struct {
	Field    Field
	Node     int
	Heading  string // of FieldNone
	Old, New string
}

// Changes is the difference between two versions, in the order of the new one,
// what was removed last.
type Changes []Change

// Key is the identity of an entry within a catalog: its index number, or its
// levels and name, folded. Entries that share it are told apart by content and
// then by order.
func (e *Entry) Key() string {
	if e.Index != "" {
		return "索引号:" + foldText(e.Index)
	}
	var b strings.Builder
	for _, p := range e.Path {
		b.WriteString(foldText(p))
		b.WriteByte('/')
	}
	b.WriteString(foldText(e.Name))
	if b.Len() <= len(e.Path) {
		return foldText(e.Content)
	}
	return b.String()
}

// code reports a number that is more than a place in the table.
func (e *Entry) code() string {
	if len(e.Number) < 5 || digits(e.Number) && len(e.Number) < 8 {
		return ""
	}
	return e.Number
}

// Diff compares two versions by the identity of the entries, not by their place.
func Diff(old, new *Catalog) Changes {
	m := matchEntries(old, new)
	var cs Changes
	for j := range new.Entries {
		n := &new.Entries[j]
		i := m.toOld[j]
		if i < 0 {
			cs = append(cs, Change{Kind: Added, New: n})
			continue
		}
		o := &old.Entries[i]
		fields := compareEntries(o, n)
		if len(fields) == 0 {
			continue
		}
		k := Changed
		if foldText(o.Name) != foldText(n.Name) {
			k = Renamed
		}
		cs = append(cs, Change{Kind: k, Old: o, New: n, Fields: fields})
	}
	for i := range old.Entries {
		if !m.oldUsed[i] {
			cs = append(cs, Change{Kind: Removed, Old: &old.Entries[i]})
		}
	}
	return cs
}

type matching struct {
	toOld   []int // per new entry, −1 = none
	oldUsed []bool
}

// matchEntries pairs entries: by index or code, by name and content, by name,
// and last by content under another name.
func matchEntries(old, new *Catalog) matching {
	m := matching{toOld: make([]int, len(new.Entries)), oldUsed: make([]bool, len(old.Entries))}
	for j := range m.toOld {
		m.toOld[j] = -1
	}
	passes := []func(e *Entry) string{
		func(e *Entry) string {
			if e.Index != "" {
				return "i" + e.Key()
			}
			return ""
		},
		func(e *Entry) string {
			if c := e.code(); c != "" {
				return "n" + c + "\x00" + foldText(e.Name) + "\x00" + foldText(e.Content)
			}
			return ""
		},
		func(e *Entry) string { return "c" + e.nameKey() + "\x00" + foldText(e.Content) },
		func(e *Entry) string {
			if c := e.code(); c != "" && !e.Joined {
				return "n" + c
			}
			return ""
		},
		func(e *Entry) string { return "k" + e.nameKey() },
		func(e *Entry) string {
			if e.Name == "" {
				return ""
			}
			return "m" + foldText(e.Name) + "\x00" + foldText(e.Content) // moved to another class
		},
		func(e *Entry) string {
			if e.Content == "" {
				return ""
			}
			return "r" + foldText(e.Lead) + "\x00" + strings.Join(e.Path, "\x00") + "\x00" + foldText(e.Content)
		},
	}
	for _, key := range passes {
		at := map[string][]int{}
		for i := range old.Entries {
			if m.oldUsed[i] {
				continue
			}
			if k := key(&old.Entries[i]); k != "" {
				at[k] = append(at[k], i)
			}
		}
		if len(at) == 0 {
			continue
		}
		for j := range new.Entries {
			if m.toOld[j] >= 0 {
				continue
			}
			k := key(&new.Entries[j])
			if l := at[k]; k != "" && len(l) > 0 {
				m.toOld[j], m.oldUsed[l[0]] = l[0], true
				at[k] = l[1:]
			}
		}
	}
	return m
}

func (e *Entry) nameKey() string {
	f := *e
	f.Index = ""
	return f.Key()
}

// comparedFields are compared with their text; the place in the table is not.
var comparedFields = []Field{FieldIndex, FieldContent, FieldBasis, FieldYear, FieldAspects, FieldImportance, FieldLead, FieldCooperating, FieldPerson, FieldAudience, FieldMode, FieldLevel,
	FieldConcern, FieldPart, FieldApproval, FieldLate, FieldDocument, FieldTheme, FieldGenre, FieldIssuer, FieldMade, FieldPublished, FieldValidity, FieldRemark}

var comparedNodeFields = []Field{FieldNode, FieldPhase, FieldLimit, FieldUpdate, FieldNotice, FieldLead, FieldCarrier, FieldForm, FieldScope}

func compareEntries(o, n *Entry) []FieldChange {
	var fs []FieldChange
	put := func(f Field, node int, a, b string) {
		if a != b {
			fs = append(fs, FieldChange{Field: f, Node: node, Old: a, New: b})
		}
	}
	put(FieldPath, 0, strings.Join(o.Path, "／"), strings.Join(n.Path, "／"))
	put(FieldName, 0, o.Name, n.Name)
	for _, f := range comparedFields {
		put(f, 0, o.text(f), n.text(f))
	}
	for k := range max(len(o.Nodes), len(n.Nodes)) {
		var a, b Node
		if k < len(o.Nodes) {
			a = o.Nodes[k]
		}
		if k < len(n.Nodes) {
			b = n.Nodes[k]
		}
		for _, f := range comparedNodeFields {
			put(f, k+1, a.text(f), b.text(f))
		}
	}
	heads := []string{}
	for _, x := range slices.Concat(o.Extra, n.Extra) {
		if !slices.Contains(heads, x.Heading) {
			heads = append(heads, x.Heading)
		}
	}
	for _, h := range heads {
		if a, b := o.extraText(h), n.extraText(h); a != b {
			fs = append(fs, FieldChange{Field: FieldNone, Heading: h, Old: a, New: b})
		}
	}
	return fs
}

func (e *Entry) extraText(h string) string {
	var w []string
	for _, x := range e.Extra {
		if x.Heading == h {
			w = append(w, x.Value)
		}
	}
	return strings.Join(w, "；")
}

// text is the field as people read it.
func (e *Entry) text(f Field) string {
	switch f {
	case FieldNumber:
		return e.Number
	case FieldPath:
		return strings.Join(e.Path, "／")
	case FieldName:
		return e.Name
	case FieldAudience:
		return e.Audience.Chinese()
	case FieldMode:
		return e.Mode.Chinese()
	case FieldLevel:
		return e.Level.Chinese()
	}
	var p plan
	return p.value(planned{field: f}, e, nil, 0)
}

func (n *Node) text(f Field) string {
	switch f {
	case FieldLead:
		return n.Lead
	case FieldCarrier:
		return strings.Join(n.Carriers, "、")
	}
	var p plan
	return p.value(planned{field: f}, &Entry{}, n, 0)
}

// Count is how many changes are of the kind.
func (cs Changes) Count(k ChangeKind) int {
	n := 0
	for _, c := range cs {
		if c.Kind == k {
			n++
		}
	}
	return n
}

// WriteMarkdown prints the changes for the approval paper: a summary, and a table
// of what is new, changed, renamed and withdrawn.
func (cs Changes) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## 《公开目录》修订对照\n\n本次修订：新增 %d 项，变更 %d 项，更名 %d 项，撤销 %d 项。\n", cs.Count(Added), cs.Count(Changed), cs.Count(Renamed), cs.Count(Removed))
	if len(cs) == 0 {
		b.WriteString("\n两版内容相同。\n")
		_, err := io.WriteString(w, b.String())
		return err
	}
	b.WriteString("\n| 序号 | 事项 | 修订 | 栏目 | 原内容 | 新内容 |\n| --- | --- | --- | --- | --- | --- |\n")
	for i, c := range cs {
		e := c.New
		if e == nil {
			e = c.Old
		}
		name := cellText(strings.Join(append(slices.Clone(e.Path), e.Title()), "／"))
		switch c.Kind {
		case Added:
			fmt.Fprintf(&b, "| %d | %s | 新增 |  |  | %s |\n", i+1, name, cellText(e.summary()))
			continue
		case Removed:
			fmt.Fprintf(&b, "| %d | %s | 撤销 |  | %s |  |\n", i+1, name, cellText(e.summary()))
			continue
		}
		for k, f := range c.Fields {
			num, title, kind := itoa(i+1), name, c.Kind.Chinese()
			if k > 0 {
				num, title, kind = "", "", ""
			}
			h := f.Field.Title()
			if f.Field == FieldNone {
				h = f.Heading
			}
			if f.Node > 1 || f.Node == 1 && max(nodesOf(c.Old), nodesOf(c.New)) > 1 {
				h += "（第" + itoa(f.Node) + "环节）"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", num, title, kind, cellText(h), cellText(f.Old), cellText(f.New))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func nodesOf(e *Entry) int {
	if e == nil {
		return 0
	}
	return len(e.Nodes)
}

func (e *Entry) summary() string {
	var w []string
	if e.Content != "" {
		w = append(w, e.Content)
	}
	if e.Lead != "" {
		w = append(w, e.Lead)
	}
	for i := range e.Nodes {
		n := &e.Nodes[i]
		for _, t := range []string{n.Name, n.LimitText, strings.Join(n.Carriers, "、")} {
			if t != "" {
				w = append(w, t)
			}
		}
	}
	return strings.Join(w, "；")
}

// cellText makes a text safe inside a Markdown table.
func cellText(s string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "\r", " ", "<", "&lt;").Replace(s)
}
