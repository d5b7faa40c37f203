package catalog

import (
	"slices"
	"strings"
)

// settle finishes a row: groups of ticks, carriers, limit, and whether it is an
// entry or one more node of the entry above.
func (r *reader) settle(s *rowState) {
	e, n := s.e, s.n
	if len(e.Extra) > 1 {
		slices.SortStableFunc(e.Extra, func(a, b Extra) int { return strings.Compare(a.Heading, b.Heading) })
	}
	for _, f := range [...]Field{FieldAudience, FieldMode, FieldLevel, FieldAspects, FieldImportance, FieldPhase} {
		if r.has.Has(f) && !s.seen.Has(f) && (s.joined || s.bare) && !r.opt.Literal && r.unknownMerges(s.row, f) {
			r.copyGroup(s, f)
		}
	}
	if len(s.limits) > 0 {
		n.LimitText = strings.Join(s.limits, "；")
	} else if n.LimitText == "" && r.has.Has(FieldLimit) && s.aboveN.LimitText != "" && r.optionOnly(FieldLimit) && (s.joined || s.bare) {
		n.LimitText = s.aboveN.LimitText
		r.markFilled(s, FieldLimit)
	}
	r.settleCarriers(s)
	r.settleLimit(s)
	if r.intoNode(s) {
		return
	}
	if e.Title() == "" {
		r.report(Problem{Code: codeNoName, Row: s.row.Number})
	}
	e.Nodes = r.slab[:1:1]
	r.slab = r.slab[1:]
	r.prev = e
}

func (r *reader) unknownMerges(row Row, f Field) bool {
	for i, c := range r.cols {
		if c.field == f && r.merge(row, i) == MergeNone {
			return false
		}
	}
	return true
}

// optionOnly reports a field that has no column of text.
func (r *reader) optionOnly(f Field) bool {
	for _, c := range r.cols {
		if c.field == f && c.option == "" && c.value == 0 {
			return false
		}
	}
	return true
}

func (r *reader) settleCarriers(s *rowState) {
	n := s.n
	switch {
	case len(s.names) > 0:
		key := "\x00" + strings.Join(s.names, "\x00")
		c, ok := r.cells[key]
		if !ok {
			c.names = slices.Clone(s.names)
			r.keep(key, c)
		}
		n.Carriers = c.names
	case n.CarrierText == "" && s.aboveN.Carriers != nil && r.has.Has(FieldCarrier) && r.optionOnly(FieldCarrier) && (s.joined || s.bare):
		n.Carriers = s.aboveN.Carriers
		r.markFilled(s, FieldCarrier)
	}
	text, field := n.CarrierText, FieldCarrier
	if text == "" && len(n.Carriers) == 0 {
		text, field = n.Form, FieldForm
	}
	if text == "" || dash(text) {
		return
	}
	key := text
	if field == FieldForm {
		key = "\x01" + text
	}
	c, ok := r.cells[key]
	if !ok {
		c.names, c.listed = readCarriers(text)
		if field == FieldForm {
			c.names = onlyCarriers(c.names)
		}
		r.keep(key, c)
	}
	if c.listed > 0 && len(c.names) == 0 && !s.e.Filled.Has(field) {
		r.report(Problem{Code: codeNoBox, Row: s.row.Number, Heading: field.Title(), Says: text, Want: "把选用的载体前的 □ 改为 ■"})
	}
	if len(n.Carriers) > 0 {
		n.Carriers = slices.Concat(n.Carriers, c.names)
	} else {
		n.Carriers = c.names
	}
	for _, name := range c.names {
		r.carrier(name, s.row.Number)
	}
}

// onlyCarriers keeps what is the name of a carrier: 公开形式 may say 「全文」.
func onlyCarriers(names []string) []string {
	var l []string
	for _, n := range names {
		if _, ok := carrierKindOf(n); ok {
			l = append(l, n)
		}
	}
	return l
}

func (r *reader) keep(key string, c carrierCell) {
	if len(r.cells) < 4096 {
		r.cells[key] = c
	}
	for _, name := range c.names {
		r.carrier(name, 0)
	}
}

func (r *reader) carrier(name string, row int) {
	if _, ok := r.carriers[name]; ok {
		return
	}
	if len(r.carriers) >= 10_000 {
		return
	}
	c := NewCarrier(name)
	r.carriers[name] = len(r.cat.Carriers)
	r.cat.Carriers = append(r.cat.Carriers, c)
	if c.Kind == OtherCarrier && name != "其他" {
		r.report(Problem{Code: codeCarrier, Row: row, Heading: FieldCarrier.Title(), Says: name})
	}
}

// intoNode moves a row with a step of the matter above into that entry.
func (r *reader) intoNode(s *rowState) bool {
	e, a := s.e, s.above
	if !r.has.Has(FieldNode) || a == nil || s.n.Name == "" {
		return false
	}
	if e.Name != a.Name || !slices.Equal(e.Path, a.Path) || e.Number != "" && a.Number != "" && e.Number != a.Number || len(e.Extra) > 0 || e.Meta != nil {
		return false
	}
	if e.Name == "" && len(e.Path) == 0 {
		return false
	}
	if e.Lead != a.Lead {
		s.n.Lead = e.Lead
	}
	differs := func(x, y string) bool { return x != "" && x != y }
	if differs(e.Content, a.Content) || differs(e.Basis, a.Basis) || differs(e.Index, a.Index) || differs(e.Remark, a.Remark) || differs(e.Person, a.Person) || differs(e.Approval, a.Approval) ||
		!e.Audience.IsZero() && e.Audience != a.Audience || e.Mode != 0 && e.Mode != a.Mode || e.Level != 0 && e.Level != a.Level || e.Importance != 0 && e.Importance != a.Importance ||
		e.Year != 0 && e.Year != a.Year || len(e.Cooperating) > 0 && !slices.Equal(e.Cooperating, a.Cooperating) {
		s.n.Lead = ""
		return false
	}
	a.Aspects |= e.Aspects
	a.Nodes = append(a.Nodes, *s.n)
	r.drop()
	return true
}

func (r *reader) copyGroup(s *rowState, f Field) {
	a := s.above
	if a == nil {
		return
	}
	had := false
	switch f {
	case FieldAudience:
		s.e.Audience, had = a.Audience, !a.Audience.IsZero()
	case FieldMode:
		s.e.Mode, had = a.Mode, a.Mode != 0
	case FieldLevel:
		s.e.Level, had = a.Level, a.Level != 0
	case FieldAspects:
		s.e.Aspects, had = a.Aspects, a.Aspects != 0
	case FieldImportance:
		s.e.Importance, had = a.Importance, a.Importance != 0
	case FieldPhase:
		s.n.Phase, had = s.aboveN.Phase, s.aboveN.Phase != 0
	}
	if had {
		r.markFilled(s, f)
	}
}

func (r *reader) copyTick(s *rowState, col *column) {
	a := s.above
	switch col.field {
	case FieldAudience:
		if col.value == audienceEveryone {
			s.e.Audience.Everyone = a.Audience.Everyone
		} else {
			s.e.Audience.Group = a.Audience.Group
		}
	case FieldMode:
		s.e.Mode |= a.Mode & Mode(col.value)
	case FieldLevel:
		s.e.Level |= a.Level & Level(col.value)
	case FieldAspects:
		s.e.Aspects |= a.Aspects & Aspect(col.value)
	case FieldPhase:
		s.n.Phase |= s.aboveN.Phase & Phase(col.value)
	}
	s.seen.add(col.field)
	r.markFilled(s, col.field)
}
