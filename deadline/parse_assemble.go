package deadline

import (
	"errors"
	"strings"
)

// assemble makes one limit of the finds.
func (p *parser) assemble() (Limit, error) {
	cs := p.prune()
	cs = merge(cs)
	if len(cs) == 1 && cs[0].code == "" && !p.partial {
		return cs[0].lim, nil
	}
	var lims []Limit
	var errs []error
	for _, c := range cs {
		if c.code != "" {
			errs = append(errs, p.trouble(c))
			continue
		}
		lims = append(lims, c.lim)
	}
	if len(cs) == 0 {
		return Limit{}, p.nothing()
	}
	partial := len(errs) > 0 || p.partial
	switch {
	case len(lims) == 0:
		return Limit{}, join(errs)
	case len(lims) == 1 && !partial:
		return lims[0], nil
	}
	return Limit{Kind: LimitCompound, All: lims, Partial: partial}, join(errs)
}

func join(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

func (p *parser) trouble(c core) *LimitError {
	start, _ := p.f.Span(c.start, c.end)
	return &LimitError{Code: c.code, Offset: start, Text: clip(p.s[c.start:c.end])}
}

// nothing says why a phrase without any find is no limit.
func (p *parser) nothing() error {
	t := strings.Trim(p.s, " -—–_/\\.,;:。、·*无\t\n\r")
	if t == "" {
		return &LimitError{Code: "DL-201"}
	}
	return &LimitError{Code: "DL-204", Text: clip(p.s)}
}

// prune drops the finds that give way.
func (p *parser) prune() []core {
	cs := p.cores
	for i := range cs {
		if c := &cs[i]; c.bare && c.code == "" {
			c.code, c.lim = "DL-205", Limit{}
			if c.bracket {
				c.strength = weak // 3月1日-3月7日(7天)
			}
		}
	}
	for i := range cs {
		cs[i].drop = gives(cs, i)
	}
	out := cs[:0]
	for _, c := range cs {
		if !c.drop {
			out = append(out, c)
		}
	}
	return out
}

// gives reports that find i gives way to another one.
func gives(cs []core, i int) bool {
	c := &cs[i]
	if c.strength == strong || c.strength == middle && !c.bracket {
		return false
	}
	waits := c.code == "DL-206" || c.code == "DL-213" // 定期, 限时: a number elsewhere says it
	for j := range cs {
		d := &cs[j]
		if j == i || d.code != "" || d.sent != c.sent && !waits {
			continue
		}
		same := d.seg == c.seg
		switch {
		case c.strength == middle:
			if c.lim.Kind == LimitPermanent && d.lim.Kind == LimitPermanent && j < i {
				return true
			}
		case c.own: // 20日内或按规定执行 is two statements, 按规定的期限或20日内 is not
			if same && j > i && d.strength == strong {
				return true
			}
		case same && d.strength == strong, waits && d.strength == strong,
			c.code == "DL-208" && d.extends,                                // 需要延长期限的, … the extension says how long
			c.lim.Kind == LimitRealTime && !c.acts && d.strength == strong, // 立即采取措施,并在24小时内报告
			c.bracket && j < i && (c.lim.Kind == LimitRealTime || c.code != ""),
			c.code == "DL-207" && (d.strength != weak || same),
			c.code == "DL-208" && same:
			return true
		case c.lim.Kind == LimitRealTime:
			if j > i && !same && d.strength == strong && (d.display || d.update) {
				return true // 及时公开,公开时间不得少于15日
			}
			if j > i && d.seg == c.seg+1 && d.strength == strong && (d.caps || d.bracket || c.start == c.segStart && d.start == d.segStart && d.lim.Kind == LimitWithin) {
				return true // 及时公开,最迟不超过20个工作日; 及时公开(20个工作日内); 及时公开,20个工作日内
			}
			if same && (d.lim.Kind == LimitStage || d.lim.Kind == LimitWithin && d.lim.N == 0) {
				return true
			}
		case c.lim.Kind == LimitReferToLaw && same && d.lim.Kind != LimitReferToLaw:
			return true
		}
	}
	return false
}

// merge joins the finds that make one statement together.
func merge(cs []core) []core {
	out := cs[:0]
	for _, c := range cs {
		k := len(out) - 1
		if c.code == "" && k >= 0 && out[k].code == "" {
			a := &out[k].lim
			switch {
			case c.extends:
				if b, ok := base(out); ok && b.Unit == c.lim.Unit {
					if !c.total {
						c.lim.N += b.N
					}
					c.lim.From, c.lim.Extended = b.From, true
				}
			case a.Kind == LimitWithin && a.N == 0 && out[k].sent == c.sent && c.lim.Kind == LimitWithin && c.lim.From == "":
				c.lim.From = a.From // 与政策文件同步发布,时间跨度不超过5个工作日
			case a.Kind == LimitAtLeast && out[k].sent == c.sent && a.Unit == c.lim.Unit && c.lim.From == "" && max(c.lim.N, c.lim.Max) >= a.N &&
				(c.lim.Kind == LimitWithin || c.lim.Kind == LimitBetween && c.lim.N == 0 && c.lim.Role == RoleDisplayMax):
				a.Kind, a.Max = LimitBetween, max(c.lim.N, c.lim.Max)
				continue
			}
		}
		if c.code == "" && c.extends && c.lim.From == "" && !c.lim.Extended {
			c.lim.From = "原期限届满"
			if c.total {
				c.lim.From, c.lim.Extended = "", true
			}
		}
		out = append(out, c)
	}
	return out
}

func base(cs []core) (Limit, bool) {
	for i := len(cs) - 1; i >= 0; i-- {
		if l := cs[i].lim; l.Kind == LimitWithin && l.Role == RoleNone {
			return l, true
		}
	}
	return Limit{}, false
}
