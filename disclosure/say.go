package disclosure

import (
	"errors"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Say tells a person why an act was refused, with the provision: in English for
// an English tag, otherwise in Chinese, with the titles that the profile gives to
// stages, roles and facts. Stage names and values of hosts' own definitions stand
// as they are. Of several errors each has a line. An error that is no refusal is
// said in general words; its own text is for the log.
func (p *Profile) Say(err error, tag language.Tag) string {
	if err == nil {
		return ""
	}
	s := sayer{p: p, printer: message.NewPrinter(tag, message.Catalog(messages))}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var lines []string
		for _, e := range joined.Unwrap() {
			if line := p.Say(e, tag); line != "" && (len(lines) == 0 || lines[len(lines)-1] != line) {
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "\n")
	}
	var w *workflow.Refusal
	var e *secrecy.Error
	var d *Refusal
	switch {
	case errors.As(err, &w):
		return s.machine(w)
	case errors.As(err, &e):
		return s.with(s.text(e.Code, e.What), e.Basis)
	case errors.As(err, &d):
		return s.with(s.text(d.Code, d.What+": "+d.Want), d.Basis)
	}
	for _, k := range []struct {
		err error
		key string
	}{
		{ErrConflict, "conflict"}, {ErrKeyReused, "key-reused"}, {ErrUnavailable, "unavailable"},
		{deadline.ErrClock, "clock"}, {ErrUnknown, "unknown"}, {ErrNotFound, "not-found"}, {ErrInvalid, "invalid"},
	} {
		if errors.Is(err, k.err) {
			return s.text(k.key, "")
		}
	}
	return s.text("other", "")
}

type sayer struct {
	p       *Profile
	printer *message.Printer
}

// text is the message of a code. Every code that can be refused has one; detail
// stands in for a code of a later edition of another package.
func (s sayer) text(key, detail string) string {
	out := s.printer.Sprintf(key)
	if out == key && detail != "" {
		return key + " " + detail
	}
	return out
}

func (s sayer) with(text string, basis ...law.Citation) string {
	var cited []string
	for _, b := range basis {
		if !b.IsZero() {
			cited = append(cited, b.String())
		}
	}
	if len(cited) == 0 {
		return text
	}
	return text + s.printer.Sprintf("basis", strings.Join(cited, s.printer.Sprintf("and")))
}

func (s sayer) machine(r *workflow.Refusal) string {
	event, stage := s.event(r.Event), s.stage(r.Stage)
	var out string
	switch r.Code {
	case workflow.CodeNoMove:
		out = s.printer.Sprintf("WF-42", event, stage)
		if len(r.From) > 0 {
			out += s.printer.Sprintf("WF-42 from", join(s, r.From, s.stage))
		}
		if len(r.Next) > 0 {
			out += s.printer.Sprintf("WF-42 next", join(s, r.Next, s.event))
		}
	case workflow.CodeNotRole:
		out = s.printer.Sprintf("WF-43", event, join(s, r.Roles, s.role))
	case workflow.CodeMissing:
		var missing []string
		for _, m := range r.Missing {
			missing = append(missing, s.printer.Sprintf("WF-44 fact", s.fact(m.Fact), s.value(m.Fact, m.Have),
				join(s, m.Want, func(v workflow.Value) string { return s.value(m.Fact, v) })))
		}
		out = s.printer.Sprintf("WF-44", event, strings.Join(missing, s.printer.Sprintf("semicolon")))
	case workflow.CodeSamePerson, workflow.CodeNotDone:
		out = s.printer.Sprintf(string(r.Code), event, join(s, r.Apart, s.event))
	case workflow.CodeTwoRoles:
		out = s.printer.Sprintf("WF-47", event, join(s, r.Roles, s.role))
	default:
		out = s.printer.Sprintf(string(r.Code), stage)
	}
	return s.with(out, r.Basis...)
}

func join[T any](s sayer, list []T, title func(T) string) string {
	var out []string
	for _, x := range list {
		out = append(out, title(x))
	}
	return strings.Join(out, s.printer.Sprintf("or"))
}

// definitions yields the definitions of the profile until found says so.
func (s sayer) definitions(found func(*workflow.Definition) bool) {
	for i := range s.p.Procedures {
		if d := s.p.Procedures[i].Definition; d != nil && found(d) {
			return
		}
	}
}

func (s sayer) stage(id workflow.Stage) string {
	base, halted := id.Base()
	title := string(base)
	s.definitions(func(d *workflow.Definition) bool {
		for _, x := range d.Stages {
			if x.ID == base && x.Title != "" {
				title = x.Title
				return true
			}
		}
		return false
	})
	if halted {
		title += s.printer.Sprintf("halted")
	}
	return title
}

func (s sayer) event(id workflow.Event) string {
	title := string(id)
	s.definitions(func(d *workflow.Definition) bool {
		for _, x := range d.Moves {
			if x.On == id && x.Title != "" {
				title = x.Title
				return true
			}
		}
		return false
	})
	return title
}

func (s sayer) role(id workflow.Role) string {
	for _, r := range s.p.Roles {
		if r.ID == id && r.Title != "" {
			return r.Title
		}
	}
	return string(id)
}

func (s sayer) factDef(id workflow.Fact) (def workflow.FactDef, ok bool) {
	for _, f := range workflow.BuiltIn() {
		if f.ID == id {
			return f, true
		}
	}
	s.definitions(func(d *workflow.Definition) bool {
		for _, f := range d.Facts {
			if f.ID == id {
				def, ok = f, true
				return true
			}
		}
		return false
	})
	return def, ok
}

func (s sayer) fact(id workflow.Fact) string {
	if f, ok := s.factDef(id); ok && f.Title != "" {
		return f.Title
	}
	return string(id)
}

func (s sayer) value(fact workflow.Fact, v workflow.Value) string {
	if f, ok := s.factDef(fact); ok {
		for i, x := range f.Values {
			if x == v && i < len(f.Labels) {
				return f.Labels[i]
			}
		}
	}
	if v == workflow.Undetermined {
		return s.printer.Sprintf("undetermined")
	}
	return string(v)
}
