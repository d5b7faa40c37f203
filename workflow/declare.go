package workflow

import (
	"fmt"
	"strconv"
)

// declare reads the stages, facts, roles, clocks and sub-cases.
func (c *compiler) declare() {
	d := c.d
	for i := range d.Stages {
		if c.full {
			return
		}
		s, p := &d.Stages[i], at("stages", i)
		c.text(s.Title, p, ".title")
		if c.id(string(s.ID), p, ".id") {
			if first, twice := c.stages[s.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "stage "+quote(s.ID)+" is declared twice", "one declaration; the first is "+at("stages", first))
			} else {
				c.stages[s.ID] = i
			}
		}
	}
	if _, ok := c.stages[d.Start]; !ok {
		what := "no start"
		if d.Start != "" {
			what = "start at the unknown stage " + quote(d.Start)
		}
		c.fault(CodeStart, "start", what, c.stageList())
	}
	c.declareFacts()
	for i := range d.Roles {
		if c.full {
			return
		}
		r, p := &d.Roles[i], at("roles", i)
		c.text(r.Title, p, ".title")
		if c.id(string(r.ID), p, ".id") {
			if first, twice := c.roles[r.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "role "+quote(r.ID)+" is declared twice", "one declaration; the first is "+at("roles", first))
			} else {
				c.roles[r.ID] = i
			}
		}
	}
	for i := range d.Clocks {
		if c.full {
			return
		}
		k, p := &d.Clocks[i], at("clocks", i)
		c.text(k.Title, p, ".title")
		if limitless(&k.Limit) {
			c.fault(CodeLimit, p+".limit", "clock "+quote(k.ID)+" has no limit", "a limit such as 自签发之日起3日内")
		}
		if x := &k.Extension; !limitless(x) && !limitless(&k.Limit) && (x.Unit != k.Limit.Unit || x.Extended && x.N <= k.Limit.N || x.N < 1) {
			c.fault(CodeLimit, p+".extension", "extension "+quote(limitText(x))+" of the limit "+quote(limitText(&k.Limit)), "more of the same unit")
		}
		if c.id(string(k.ID), p, ".id") {
			if first, twice := c.clock[k.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "clock "+quote(k.ID)+" is declared twice", "one declaration; the first is "+at("clocks", first))
			} else {
				c.clock[k.ID] = i
			}
		}
	}
	for i := range d.Stages {
		s, p := &d.Stages[i], at("stages", i)
		if s.Clock != "" {
			c.knownClock(s.Clock, p+".clock")
		}
		c.knownRole(s.Answers.Business, p+".answers.business")
		c.knownRole(s.Answers.Disclosure, p+".answers.disclosure")
		c.knownRole(s.Answers.Supervision, p+".answers.supervision")
	}
}

func (c *compiler) declareFacts() {
	add := func(f FactDef) *factSet {
		s := &factSet{def: f, values: make([]Value, 1, len(f.Values)+1)}
		s.values[0] = Undetermined
		for _, v := range f.Values[:min(len(f.Values), MaxValues)] {
			if _, ok := s.bit(v); !ok {
				s.values = append(s.values, v)
			}
		}
		c.facts[f.ID] = s
		return s
	}
	for _, f := range BuiltIn() {
		add(f)
	}
	for i := range c.d.Subs {
		if c.full {
			return
		}
		s, p := &c.d.Subs[i], at("subs", i)
		c.text(s.Title, p, ".title")
		if !c.id(string(s.ID), p, ".id") {
			continue
		}
		if s.ID != FactEarlier {
			if known, twice := c.facts[s.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "fact "+quote(known.def.ID)+" is declared already", "a name of its own, or "+quote(FactEarlier))
				continue
			}
			add(subFact(s))
		}
		c.use(s.ID)
	}
	for i := range c.d.Facts {
		if c.full {
			return
		}
		f, p := &c.d.Facts[i], at("facts", i)
		c.text(f.Title, p, ".title")
		for j, l := range f.Labels[:min(len(f.Labels), MaxValues+1)] {
			c.text(l, at(p+".labels", j), "")
		}
		if len(f.Labels) > 0 && len(f.Labels) != len(f.Values) {
			c.fault(CodeText, p+".labels", fmt.Sprintf("%d labels for %d values", len(f.Labels), len(f.Values)), "one label for each value, or none")
		}
		if len(f.Values) > MaxValues {
			c.fault(CodeSize, p+".values", fmt.Sprintf("%d values", len(f.Values)), fmt.Sprintf("at most %d", MaxValues))
			c.tooLarge = true
		}
		if len(f.Values) == 0 {
			c.fault(CodeValue, p+".values", "fact "+quote(f.ID)+" has no values", "a closed set of values")
		}
		seen := make(map[Value]bool, len(f.Values))
		for j, v := range f.Values[:min(len(f.Values), MaxValues+1)] {
			if c.id(string(v), at(p+".values", j), "") && seen[v] {
				c.fault(CodeDuplicate, at(p+".values", j), "value "+quote(v)+" stands twice", "each value once")
			}
			seen[v] = true
		}
		if !c.id(string(f.ID), p, ".id") {
			continue
		}
		if known, twice := c.facts[f.ID]; twice {
			c.redeclared(known, f, seen, p)
			continue
		}
		add(*f)
		c.use(f.ID)
	}
}

// redeclared allows a definition to list a built-in fact, if it says the same.
func (c *compiler) redeclared(known *factSet, f *FactDef, seen map[Value]bool, path string) {
	for _, b := range BuiltIn() {
		if b.ID != f.ID {
			continue
		}
		same := true
		for _, v := range b.Values {
			same = same && (seen[v] || v == Undetermined)
		}
		for v := range seen {
			_, ok := known.bit(v)
			same = same && ok
		}
		if !same {
			c.fault(CodeBuiltIn, path+".values", "the built-in fact "+quote(f.ID)+" is declared with other values", list(b.Values))
		}
		c.use(f.ID)
		return
	}
	c.fault(CodeDuplicate, path+".id", "fact "+quote(f.ID)+" is declared twice", "one declaration")
}

func (c *compiler) use(f Fact) {
	s := c.facts[f]
	if s == nil || s.used {
		return
	}
	s.used, s.place = true, c.used
	if c.used++; c.used == MaxFacts+1 {
		n := len(c.d.Facts)
		c.fault(CodeTooMany, "facts", "more than "+strconv.Itoa(MaxFacts)+" facts ("+strconv.Itoa(n)+" declared, with the built-in ones in use and the sub-cases)", "at most "+strconv.Itoa(MaxFacts))
	}
	c.tooLarge = c.tooLarge || c.used > 4*MaxFacts
}

// The alternatives of a fault are printed once, since there may be many faults.
func (c *compiler) stageList() string {
	if c.stagesAre == "" {
		ids := make([]Stage, len(c.d.Stages))
		for i := range c.d.Stages {
			ids[i] = c.d.Stages[i].ID
		}
		c.stagesAre = "one of " + list(ids)
	}
	return c.stagesAre
}

func (c *compiler) roleList() string {
	if c.rolesAre == "" {
		ids := make([]Role, len(c.d.Roles))
		for i := range c.d.Roles {
			ids[i] = c.d.Roles[i].ID
		}
		c.rolesAre = "one of " + list(ids)
	}
	return c.rolesAre
}

func (c *compiler) knownRole(r Role, path string) {
	if r == "" {
		return
	}
	if _, ok := c.roles[r]; !ok {
		c.fault(CodeRole, path, "unknown role "+quote(r), c.roleList())
	}
}

func (c *compiler) knownClock(k ClockID, path string) bool {
	if _, ok := c.clock[k]; ok {
		return true
	}
	if c.clocksAre == "" {
		ids := make([]ClockID, len(c.d.Clocks))
		for i := range c.d.Clocks {
			ids[i] = c.d.Clocks[i].ID
		}
		c.clocksAre = "one of " + list(ids)
	}
	c.fault(CodeClock, path, "unknown clock "+quote(k), c.clocksAre)
	return false
}
