package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// planned is one column to write.
type planned struct {
	title string
	field Field
	level int   // of FieldPath
	value uint8 // of a column of ticks
	extra int   // which of several extras under the same heading

	heading string // of FieldNone, without keepMark
}

type plan struct {
	cols       []planned
	before     *Entry
	beforeNode *Node
}

// plan chooses the columns: those that an office expects and those in use.
func (c *Catalog) plan() *plan {
	var used Fields
	depth, group := 0, false
	var mode Mode
	var level Level
	type key struct {
		heading string
		n       int
	}
	var extras []key
	known := map[key]bool{}
	for i := range c.Entries {
		e := &c.Entries[i]
		depth = max(depth, len(e.Path))
		mode |= e.Mode
		level |= e.Level
		group = group || e.Audience.Group != ""
		used |= e.fields()
		for k := range e.Nodes {
			used |= e.Nodes[k].fields()
		}
		if len(e.Nodes) > 1 {
			used.add(FieldNode)
		}
		for k, x := range e.Extra {
			n := 0
			for _, y := range e.Extra[:k] {
				if y.Heading == x.Heading {
					n++
				}
			}
			if id := (key{x.Heading, n}); !known[id] {
				known[id] = true
				extras = append(extras, id)
			}
		}
	}
	slices.SortFunc(extras, func(a, b key) int { return cmp.Or(strings.Compare(a.heading, b.heading), a.n-b.n) })
	for _, f := range []Field{FieldNumber, FieldContent, FieldLimit, FieldLead, FieldCarrier} {
		used.add(f)
	}
	if used.Has(FieldMode) && mode == 0 {
		mode = Proactive
	}
	p := &plan{}
	for f := FieldNumber; f < fieldCount; f++ {
		switch f {
		case FieldPath:
			for k := range depth {
				title := "层级" + itoa(k+1)
				if k < len(levelNumerals) {
					title = levelNumerals[k] + "级事项"
				}
				p.cols = append(p.cols, planned{title: title, field: FieldPath, level: k})
			}
		case FieldName:
			title := FieldName.Title()
			if depth > 0 && depth < len(levelNumerals) {
				title = levelNumerals[depth] + "级事项"
			}
			p.cols = append(p.cols, planned{title: title, field: FieldName, level: depth})
		case FieldAudience:
			if used.Has(f) {
				p.cols = append(p.cols, planned{title: everyone, field: f, value: audienceEveryone}, planned{title: someGroup, field: f, value: audienceGroup})
			}
		case FieldMode:
			if used.Has(f) {
				p.ticks(f, uint8(mode|Proactive|OnRequest), modes, "主动", "依申请", "不予公开")
			}
		case FieldLevel:
			if used.Has(f) {
				p.ticks(f, uint8(level|County|Township), levels)
			}
		default:
			if used.Has(f) {
				t := f.Title()
				if f == FieldLead {
					t = "公开主体"
				}
				p.cols = append(p.cols, planned{title: t, field: f})
			}
		}
	}
	for _, x := range extras {
		p.cols = append(p.cols, planned{title: asIs(x.heading), field: FieldNone, extra: x.n, heading: x.heading})
	}
	return p
}

func (p *plan) ticks(f Field, bits uint8, t *enumTable, titles ...string) {
	for i, r := range t.rows {
		if bits&r.bit == 0 {
			continue
		}
		title := r.title
		if i < len(titles) {
			title = titles[i]
		}
		p.cols = append(p.cols, planned{title: title, field: f, value: r.bit})
	}
}

// fields are the fields that the entry fills.
func (e *Entry) fields() Fields {
	var s Fields
	put := func(f Field, has bool) {
		if has {
			s.add(f)
		}
	}
	put(FieldIndex, e.Index != "")
	put(FieldBasis, e.Basis != "")
	put(FieldYear, e.Year != 0)
	put(FieldAspects, e.Aspects != 0)
	put(FieldImportance, e.Importance != 0)
	put(FieldCooperating, len(e.Cooperating) > 0)
	put(FieldPerson, e.Person != "")
	put(FieldAudience, !e.Audience.IsZero())
	put(FieldMode, e.Mode != 0)
	put(FieldLevel, e.Level != 0)
	put(FieldPart, e.Part != "")
	put(FieldConcern, e.Concerns != 0)
	put(FieldApproval, e.Approval != "")
	put(FieldLate, e.Late)
	put(FieldRemark, e.Remark != "")
	if m := e.Meta; m != nil {
		put(FieldDocument, m.Document != "")
		put(FieldTheme, m.Theme != "")
		put(FieldGenre, m.Genre != "")
		put(FieldIssuer, m.Issuer != "")
		put(FieldMade, !m.Made.IsZero())
		put(FieldPublished, !m.Published.IsZero())
		put(FieldValidity, m.Validity != "")
	}
	return s
}

// wouldFill reports a field whose empty cell the reader fills from above.
func (p *plan) wouldFill(f Field, k int, joined bool) bool {
	switch {
	case mergedColumns.Has(f):
		return true
	case k > 0:
		return nodeFields.Has(f) && f != FieldPhase && p.beforeNode != nil && joined
	}
	return joined && joinFields.Has(f)
}

// says reports that the entry has something in a group of several columns.
func (e *Entry) says(f Field) bool {
	switch f {
	case FieldAudience:
		return !e.Audience.IsZero()
	case FieldMode:
		return e.Mode != 0
	case FieldLevel:
		return e.Level != 0
	}
	return false
}

// row fills one line. k is the number of the node within the entry.
func (p *plan) row(row []string, e *Entry, n *Node, k int) {
	clear(row)
	joined := k > 0 || e.Joined && p.before != nil && e.Name == p.before.Name && slices.Equal(e.Path, p.before.Path) && e.Number == p.before.Number
	changed := false
	for i, col := range p.cols {
		v := ""
		switch col.field {
		case FieldNumber:
			if !joined {
				v = e.Number
			}
		case FieldPath, FieldName:
			if joined {
				break
			}
			above := ""
			if col.field == FieldName {
				v = e.Name
				if p.before != nil {
					above = p.before.Name
				}
			} else {
				v = at(e.Path, col.level)
				if p.before != nil {
					above = at(p.before.Path, col.level)
				}
			}
			if v == "" && above != "" && !changed {
				v = none
			}
			changed = changed || v != ""
		default:
			v = p.value(col, e, n, k)
			if k > 0 && !nodeFields.Has(col.field) {
				v = ""
			}
			if v == "" && p.before != nil && p.wouldFill(col.field, k, joined) && p.value(col, p.before, p.beforeNode, 0) != "" && !e.says(col.field) {
				v = none
			}
		}
		row[i] = v
	}
	if filledCells(row) == 0 { // a line that says nothing is still a line
		for i, col := range p.cols {
			if col.field == FieldName {
				row[i] = none
			}
		}
	}
	if k == 0 && p.before != nil && p.bare(row) {
		p.strike(row, e, n)
	}
}

// bare reports a line that leaves limit, unit, carrier and all ticks empty: the
// reader takes it for one whose cells are merged with those above.
func (p *plan) bare(row []string) bool {
	for i, col := range p.cols {
		switch col.field {
		case FieldLimit, FieldLead, FieldCarrier, FieldForm, FieldAudience, FieldMode, FieldLevel:
			if row[i] != "" {
				return false
			}
		}
	}
	return true
}

// strike strikes out what such a line does not have and the line above has.
func (p *plan) strike(row []string, e *Entry, n *Node) {
	done := Fields(0)
	for i, col := range p.cols {
		switch col.field {
		case FieldAudience, FieldMode, FieldLevel, FieldAspects, FieldImportance, FieldPhase:
			if !done.Has(col.field) && p.value(col, p.before, p.beforeNode, 0) != "" && !e.says(col.field) && p.value(col, e, n, 0) == "" {
				row[i] = none
				done.add(col.field)
			}
		}
	}
}

func (p *plan) value(col planned, e *Entry, n *Node, k int) string {
	if n == nil {
		n = &Node{}
	}
	switch col.field {
	case FieldIndex:
		return e.Index
	case FieldContent:
		return e.Content
	case FieldBasis:
		return e.Basis
	case FieldYear:
		if e.Year > 0 {
			return itoa(e.Year)
		}
	case FieldAspects:
		return e.Aspects.Chinese()
	case FieldImportance:
		return e.Importance.Chinese()
	case FieldNode:
		return n.Name
	case FieldPhase:
		return n.Phase.Chinese()
	case FieldLimit:
		return n.LimitText
	case FieldUpdate:
		return n.Update
	case FieldNotice:
		return n.Notice
	case FieldLead:
		if n.Lead != "" && k > 0 {
			return n.Lead
		}
		return e.Lead
	case FieldCooperating:
		return strings.Join(e.Cooperating, "、")
	case FieldPerson:
		return e.Person
	case FieldCarrier:
		if n.CarrierText != "" {
			return n.CarrierText
		}
		if n.Form == "" || !slices.Equal(n.Carriers, formCarriers(n.Form)) {
			return strings.Join(n.Carriers, "、")
		}
	case FieldForm:
		return n.Form
	case FieldScope:
		return n.Scope
	case FieldAudience:
		if col.value == audienceEveryone {
			return mark(e.Audience.Everyone)
		}
		return groupCell(e.Audience.Group)
	case FieldMode:
		return mark(uint8(e.Mode)&col.value != 0)
	case FieldLevel:
		return mark(uint8(e.Level)&col.value != 0)
	case FieldConcern:
		return e.Concerns.Chinese()
	case FieldPart:
		return e.Part
	case FieldApproval:
		return e.Approval
	case FieldLate:
		if e.Late {
			return lateWord
		}
	case FieldRemark:
		return e.Remark
	case FieldNone:
		i := 0
		for _, x := range e.Extra {
			if x.Heading == col.heading {
				if i == col.extra {
					return x.Value
				}
				i++
			}
		}
	default:
		if e.Meta != nil {
			return e.Meta.cell(col.field)
		}
	}
	return ""
}

func asIs(heading string) string {
	_, _, known := readHeading(heading)
	if !known {
		_, known = optionWords[fold(last(heading))]
	}
	if _, _, ok := readHeading(last(heading)); known || ok || heading == "" {
		return keepMark + heading
	}
	return heading
}

func at(l []string, i int) string {
	if i < len(l) {
		return l[i]
	}
	return ""
}

func mark(chosen bool) string {
	if chosen {
		return "√"
	}
	return ""
}

func groupCell(g string) string {
	switch g {
	case "":
		return ""
	case someGroup:
		return "√"
	}
	if chosen, note := tick(g); chosen && note == g {
		return g
	}
	return "√" + g
}

func formCarriers(form string) []string {
	names, _ := readCarriers(form)
	return onlyCarriers(names)
}

func (m *Meta) cell(f Field) string {
	switch f {
	case FieldDocument:
		return m.Document
	case FieldTheme:
		return m.Theme
	case FieldGenre:
		return m.Genre
	case FieldIssuer:
		return m.Issuer
	case FieldMade:
		return m.Made.String()
	case FieldPublished:
		return m.Published.String()
	case FieldValidity:
		return m.Validity
	}
	return ""
}

func (n *Node) fields() Fields {
	var s Fields
	put := func(f Field, has bool) {
		if has {
			s.add(f)
		}
	}
	put(FieldNode, n.Name != "")
	put(FieldPhase, n.Phase != 0)
	put(FieldForm, n.Form != "")
	put(FieldScope, n.Scope != "")
	put(FieldUpdate, n.Update != "")
	put(FieldNotice, n.Notice != "")
	return s
}
