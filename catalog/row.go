package catalog

import (
	"slices"
	"strings"
	"time"
)

func monthOf(m int) time.Month { return time.Month(m) }

// mergedColumns are the fields whose empty cells a text table leaves out of a
// merged cell; other empty cells are empty.
const mergedColumns = Fields(1<<FieldLimit | 1<<FieldLead | 1<<FieldCarrier | 1<<FieldForm | 1<<FieldBasis | 1<<FieldScope)

// rowState is what one row says while it is put together.
type rowState struct {
	row    Row
	e      *Entry
	n      *Node
	above  *Entry // nil = none
	aboveN *Node
	joined bool
	names  []string // carriers that are ticked in columns of their own
	limits []string
	seen   Fields // fields with a cell that says something
	bare   bool   // nothing but names and content: the rest is merged
}

func (r *reader) merge(row Row, i int) Merge {
	if i < len(row.Merged) {
		return row.Merged[i]
	}
	return MergeUnknown
}

func cellAt(row Row, i int) string {
	if i >= 0 && i < len(row.Cells) {
		return row.Cells[i]
	}
	return ""
}

// take is the value of a text cell, filled from above where that is due.
func (r *reader) take(s *rowState, i int, f Field, above string) string {
	c := s.row.Cells[i]
	if c == "" {
		if above == "" || s.above == nil {
			return ""
		}
		switch r.merge(s.row, i) {
		case MergeNone:
			return ""
		case MergeUnknown:
			if r.opt.Literal || !mergedColumns.Has(f) && !s.joined {
				return ""
			}
		}
		r.markFilled(s, f)
		return above
	}
	if len(c) <= 6 && dash(c) {
		s.seen.add(f)
		return ""
	}
	if len(c) <= 24 && ditto(c) {
		if s.above == nil || above == "" {
			r.report(Problem{Code: codeDitto, Row: s.row.Number, Column: i + 1, Heading: r.cols[i].title, Says: c})
			return c
		}
		r.markFilled(s, f)
		return above
	}
	s.seen.add(f)
	if strings.HasPrefix(c, "同上") && len(c) <= 60 {
		r.report(Problem{Code: codeShort, Row: s.row.Number, Column: i + 1, Heading: r.cols[i].title, Says: c, Want: "写全，以免上一行变动后走样"})
	}
	return c
}

func (r *reader) markFilled(s *rowState, f Field) {
	if s.e.Filled.Has(f) {
		return
	}
	s.e.Filled.add(f)
	if r.fillCount[f]++; r.fillCount[f] == 1 {
		r.fillRow[f] = s.row.Number
	}
}

// entry reads one row of data.
func (r *reader) entry(row Row) {
	if len(r.slab) == 0 {
		r.slab = make([]Node, 128)
	}
	e := r.next() // may move the entry above
	s := rowState{row: row, e: e, n: &r.slab[0], above: r.prev}
	*s.e = Entry{Row: row.Number, Sheet: r.sheet}
	*s.n = Node{Row: row.Number}
	if s.above != nil {
		if k := len(s.above.Nodes); k > 0 {
			s.aboveN = &s.above.Nodes[k-1]
		}
	}
	if s.aboveN == nil {
		s.aboveN = &noNode
	}
	r.name(&s)
	s.bare = s.above != nil && !r.opt.Literal && r.isBare(row)
	for i := range row.Cells {
		if i >= len(r.cols) {
			if row.Cells[i] != "" {
				r.extra(&s, i, row.Cells[i])
				r.report(Problem{Code: codeLongRow, Row: row.Number, Column: i + 1, Says: row.Cells[i]})
			}
			continue
		}
		r.cell(&s, i)
	}
	if len(row.Cells) < len(r.cols) { // short rows: merged cells at the end
		s.row.Cells = r.pad(row.Cells, len(r.cols))
		for i := len(row.Cells); i < len(r.cols); i++ {
			r.cell(&s, i)
		}
	}
	r.settle(&s)
}

func (r *reader) pad(cells []string, n int) []string {
	p := make([]string, n)
	copy(p, cells)
	return p
}

// isBare reports a row that leaves limit, unit and carrier to the row above.
func (r *reader) isBare(row Row) bool {
	have := false
	for i, c := range r.cols {
		switch c.field {
		case FieldLimit, FieldLead, FieldCarrier, FieldForm, FieldAudience, FieldMode, FieldLevel:
			have = true
			if cellAt(row, i) != "" {
				return false
			}
		}
	}
	return have
}

// name reads number, levels and name, and finds whether the row goes on with
// the matter above.
func (r *reader) name(s *rowState) {
	number := ""
	for i, c := range r.cols {
		if c.field == FieldNumber {
			number = cellAt(s.row, i)
			break
		}
	}
	n := len(r.levels) - 1
	written, changed, filled := false, false, false
	path := make([]string, 0, 8)
	name := ""
	for k, i := range r.levels {
		v, above := cellAt(s.row, i), ""
		if s.above != nil && i >= 0 {
			if k == n {
				above = s.above.Name
			} else if k < len(s.above.Path) {
				above = s.above.Path[k]
			}
		}
		if k == 0 && r.heading != "" && !r.pathless {
			if v == "" { // the level of the rows below a section line is that line
				v, changed = r.heading, true
				r.markFilled(s, FieldPath)
			}
			r.heading = ""
		}
		switch {
		case i < 0:
		case v == "":
			m := r.merge(s.row, i)
			if above != "" && (m == MergedAbove || m == MergeUnknown && !changed && !r.opt.Literal) {
				v, filled = above, true
				if k == n {
					r.markFilled(s, FieldName)
				} else {
					r.markFilled(s, FieldPath)
				}
			}
		case dash(v):
			v, written, changed = "", true, true
		case ditto(v):
			if above == "" {
				written, changed = true, true
				r.report(Problem{Code: codeDitto, Row: s.row.Number, Column: i + 1, Heading: r.cols[i].title, Says: v})
			} else {
				v, filled = above, true
				r.markFilled(s, FieldName)
			}
			written = written || k == n
		default:
			written = true
			changed = changed || v != above || m(r, s.row, i) != MergedAbove
		}
		if k == n {
			name = v
		} else {
			path = append(path, v)
		}
	}
	if r.pathless && r.section != "" {
		path = append(path, r.section)
	}
	for len(path) > 0 && path[len(path)-1] == "" && name == "" {
		path = path[:len(path)-1]
	}
	s.e.Name = name
	if s.above != nil && slices.Equal(path, s.above.Path) {
		s.e.Path = s.above.Path
	} else if len(path) > 0 {
		s.e.Path = slices.Clone(path)
	}
	same := number == "" || s.above != nil && number == s.above.Number
	s.joined = s.above != nil && !written && filled && same
	s.e.Joined = s.joined
}

func m(r *reader, row Row, i int) Merge { return r.merge(row, i) }

func (r *reader) extra(s *rowState, i int, v string) {
	h := ""
	if i < len(r.cols) {
		h = r.cols[i].title
	}
	if h == "" {
		h = "第" + itoa(i+1) + "列"
	}
	s.e.Extra = append(s.e.Extra, Extra{h, v})
}

func (r *reader) badWord(s *rowState, i int, v, want string) {
	r.extra(s, i, v)
	r.report(Problem{Code: codeWord, Row: s.row.Number, Column: i + 1, Heading: r.cols[i].title, Says: v, Want: want})
}

// Read only.
var (
	noEntry Entry
	noNode  Node
)

// cell puts one cell where it belongs.
func (r *reader) cell(s *rowState, i int) {
	col, v := &r.cols[i], s.row.Cells[i]
	e, n := s.e, s.n
	a := s.above
	if a == nil {
		a = &noEntry
	}
	if col.value != 0 {
		r.ticked(s, i)
		return
	}
	if col.option != "" {
		if chosen, note := tick(v); chosen {
			switch col.field {
			case FieldCarrier:
				s.names = append(s.names, col.option)
				if note != "" {
					r.extra(s, i, note)
				}
			case FieldLimit:
				if note == "" {
					note = col.option
				}
				s.limits = append(s.limits, note)
			}
			s.seen.add(col.field)
		}
		return
	}
	switch col.field {
	case FieldNone:
		if v != "" {
			r.extra(s, i, v)
		}
	case FieldNumber:
		e.Number = v
		if v == "" && s.above != nil && (s.joined || r.merge(s.row, i) == MergedAbove) {
			e.Number = s.above.Number
		}
	case FieldIndex:
		e.Index = r.take(s, i, FieldIndex, a.Index)
	case FieldContent:
		e.Content = r.take(s, i, FieldContent, a.Content)
	case FieldBasis:
		e.Basis = r.take(s, i, FieldBasis, a.Basis)
	case FieldLead:
		e.Lead = r.take(s, i, FieldLead, a.Lead)
	case FieldPerson:
		e.Person = r.take(s, i, FieldPerson, a.Person)
	case FieldCooperating:
		if dash(v) {
			break
		}
		if t := r.take(s, i, FieldCooperating, ""); t != "" {
			e.Cooperating = r.unitList(t)
		} else if s.above != nil && (s.joined || r.merge(s.row, i) == MergedAbove) && len(s.above.Cooperating) > 0 {
			e.Cooperating = s.above.Cooperating
			r.markFilled(s, FieldCooperating)
		}
	case FieldYear:
		if dash(v) {
			break
		}
		if v != "" {
			if e.Year = yearIn(v); e.Year == 0 {
				e.Year = yearIn(v + "年")
			}
			if e.Year == 0 {
				r.extra(s, i, v)
				r.report(Problem{Code: codeYear, Row: s.row.Number, Column: i + 1, Heading: col.title, Says: v, Want: "写作四位数字，如 2026"})
			}
		} else if s.above != nil && (s.joined || r.merge(s.row, i) == MergedAbove) {
			e.Year = s.above.Year
		}
	case FieldLimit:
		n.LimitText = r.take(s, i, FieldLimit, s.aboveN.LimitText)
	case FieldUpdate:
		n.Update = r.take(s, i, FieldUpdate, s.aboveN.Update)
	case FieldNotice:
		n.Notice = r.take(s, i, FieldNotice, s.aboveN.Notice)
	case FieldNode:
		n.Name = r.take(s, i, FieldNode, s.aboveN.Name)
	case FieldCarrier:
		n.CarrierText = r.take(s, i, FieldCarrier, s.aboveN.CarrierText)
	case FieldForm:
		n.Form = r.take(s, i, FieldForm, s.aboveN.Form)
	case FieldScope:
		n.Scope = r.take(s, i, FieldScope, s.aboveN.Scope)
	case FieldAspects, FieldImportance, FieldPhase, FieldAudience, FieldMode, FieldLevel, FieldConcern:
		r.word(s, i)
	case FieldDocument, FieldTheme, FieldGenre, FieldIssuer, FieldMade, FieldPublished, FieldValidity:
		if v != "" {
			r.meta(s, i, v)
		}
	case FieldPart:
		e.Part = v
	case FieldApproval:
		e.Approval = v
	case FieldLate:
		switch chosen, note := tick(v); {
		case chosen && (note == "" || strings.Contains(v, "补")):
			e.Late = true
		case chosen && !strings.Contains(v, "事前"):
			r.badWord(s, i, v, "填事前登记或者"+lateWord)
		}
	case FieldRemark:
		e.Remark = v
	}
}

// ticked reads a column under whose heading a mark is set.
func (r *reader) ticked(s *rowState, i int) {
	col, v := &r.cols[i], s.row.Cells[i]
	if v == "" && s.above != nil && r.merge(s.row, i) == MergedAbove {
		r.copyTick(s, col)
		return
	}
	chosen, note := tick(v)
	if v != "" {
		s.seen.add(col.field)
	}
	if !chosen {
		return
	}
	switch col.field {
	case FieldAudience:
		switch {
		case col.value == audienceEveryone:
			s.e.Audience.Everyone = true
			if note != "" && fold(note) != everyone {
				s.e.Audience.Group = addWord(s.e.Audience.Group, note)
			}
		case note != "":
			s.e.Audience.Group = addWord(s.e.Audience.Group, note)
		case col.option != "":
			s.e.Audience.Group = addWord(s.e.Audience.Group, col.option)
		default:
			s.e.Audience.Group = addWord(s.e.Audience.Group, someGroup)
		}
		return
	case FieldMode:
		s.e.Mode |= Mode(col.value)
	case FieldLevel:
		s.e.Level |= Level(col.value)
	case FieldAspects:
		s.e.Aspects |= Aspect(col.value)
	case FieldPhase:
		s.n.Phase |= Phase(col.value)
	}
	if note != "" {
		r.extra(s, i, note)
	}
}

func addWord(list, w string) string {
	if list == "" {
		return w
	}
	return list + "、" + w
}

// word reads a cell of a closed list.
func (r *reader) word(s *rowState, i int) {
	col, v := &r.cols[i], s.row.Cells[i]
	if v == "" {
		if s.above != nil && r.merge(s.row, i) == MergedAbove {
			r.copyGroup(s, col.field)
		}
		return
	}
	if dash(v) {
		s.seen.add(col.field)
		return
	}
	if ditto(v) {
		if s.above == nil {
			r.report(Problem{Code: codeDitto, Row: s.row.Number, Column: i + 1, Heading: col.title, Says: v})
			r.extra(s, i, v)
			return
		}
		r.copyGroup(s, col.field)
		return
	}
	s.seen.add(col.field)
	switch col.field {
	case FieldAspects:
		if b, ok := aspects.read(v); ok {
			s.e.Aspects = Aspect(b)
		} else {
			r.badWord(s, i, v, "填决策、执行、管理、服务、结果")
		}
	case FieldImportance:
		if b, ok := importances.read(v); ok {
			s.e.Importance = Importance(b)
		} else {
			r.badWord(s, i, v, "填常规、重要、特殊")
		}
	case FieldPhase:
		if b, ok := phases.read(v); ok {
			s.n.Phase = Phase(b)
		} else {
			r.badWord(s, i, v, "填事前、事中、事后")
		}
	case FieldConcern:
		if b, ok := concerns.read(v); ok {
			s.e.Concerns = Concern(b)
		} else {
			r.badWord(s, i, v, "填涉及公众利益调整、需要公众广泛知晓、需要公众参与决策")
		}
	case FieldLevel:
		if b, ok := levels.read(v); ok {
			s.e.Level = Level(b)
		} else {
			r.badWord(s, i, v, "填省级、市级、县级、乡级、村级")
		}
	case FieldAudience:
		s.e.Audience = readAudience(v)
	case FieldMode:
		switch b, ok := modes.read(v); {
		case ok:
			s.e.Mode = Mode(b)
		case !r.has.Has(FieldForm):
			s.n.Form = v
		default:
			r.badWord(s, i, v, "填主动公开、依申请公开、不予公开")
		}
	}
}

func readAudience(v string) Audience {
	var a Audience
	if w := strings.ContainsFunc(v, isMark); !w {
		if o, ok := optionWords[fold(v)]; ok && o.field == FieldAudience {
			if o.value == audienceEveryone {
				return Audience{Everyone: true}
			}
			return Audience{Group: v}
		}
	}
	for w := range strings.FieldsFuncSeq(spaceMarks(v), func(r rune) bool { return r != '和' && r != '与' && r != '及' && isSeparator(r) }) {
		w, chosen := trimMark(w)
		if !chosen || w == "" {
			continue
		}
		if o, ok := optionWords[fold(w)]; ok && o.field == FieldAudience && o.value == audienceEveryone {
			a.Everyone = true
			continue
		}
		a.Group = addWord(a.Group, w)
	}
	return a
}

// spaceMarks puts a blank before every mark.
func spaceMarks(v string) string {
	if !strings.ContainsFunc(v, isMark) {
		return v
	}
	var b strings.Builder
	for _, r := range v {
		if isMark(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	// a mark and its word stand together
	s := b.String()
	for _, m := range chosenMarks + unchosenMarks {
		if m >= 0x80 {
			s = strings.ReplaceAll(s, string(m)+" ", string(m))
		}
	}
	return s
}

func (r *reader) meta(s *rowState, i int, v string) {
	if s.e.Meta == nil {
		s.e.Meta = new(Meta)
	}
	m := s.e.Meta
	switch r.cols[i].field {
	case FieldDocument:
		m.Document = v
	case FieldTheme:
		m.Theme = v
	case FieldGenre:
		m.Genre = v
	case FieldIssuer:
		m.Issuer = v
	case FieldValidity:
		m.Validity = v
	case FieldMade:
		if m.Made = r.date(s.row, i, v); m.Made.IsZero() {
			r.extra(s, i, v)
		}
	case FieldPublished:
		if m.Published = r.date(s.row, i, v); m.Published.IsZero() {
			r.extra(s, i, v)
		}
	}
	if *m == (Meta{}) {
		s.e.Meta = nil
	}
}

// unitList takes 「财务科、办公室」 apart.
func (r *reader) unitList(v string) []string {
	if l, ok := r.units[v]; ok {
		return l
	}
	var l []string
	for w := range strings.FieldsFuncSeq(v, func(c rune) bool { return c != '和' && c != '与' && c != '及' && c != '/' && isSeparator(c) }) {
		l = append(l, w)
	}
	if len(r.units) < 4096 {
		r.units[v] = l
	}
	return l
}
