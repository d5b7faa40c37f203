package workflow

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInvalid is wrapped by what Compile, Parse and NewMigration return when
// their input breaks a rule.
var ErrInvalid = errors.New("workflow: invalid definition")

// Code names a rule of this package. Codes are never reassigned.
type Code string

// The faults of a definition.
const (
	CodeID         Code = "WF-01" // an identifier that is empty, too long or has a character that may not stand in it
	CodeDuplicate  Code = "WF-02" // one identifier declared twice
	CodeStage      Code = "WF-03" // unknown stage
	CodeRole       Code = "WF-04" // unknown role
	CodeFact       Code = "WF-05" // unknown fact
	CodeValue      Code = "WF-06" // unknown value of a fact
	CodeClock      Code = "WF-07" // unknown clock
	CodeEvent      Code = "WF-08" // unknown event
	CodeEffect     Code = "WF-09" // unknown effect, or unknown operation on a clock
	CodeStart      Code = "WF-10" // no start, or a start that is no stage
	CodeReach      Code = "WF-11" // no way leads to the stage
	CodeStuck      Code = "WF-12" // no way leads on, or to an end; a clock may run out there with no move
	CodeFinal      Code = "WF-13" // a move leaves a final stage
	CodeOverlap    Code = "WF-14" // two moves can both be taken
	CodeBasis      Code = "WF-15" // a move without basis
	CodeNotStarted Code = "WF-16" // a clock that nothing starts
	CodeClockOp    Code = "WF-17" // an operation on a clock that cannot be running there, or has no such limit
	CodeSub        Code = "WF-18" // a sub-case that cannot end, or whose end leaves the case stuck
	CodeGate       Code = "WF-19" // an effect whose gate is missing or too wide
	CodeTooMany    Code = "WF-20" // more than MaxFacts facts
	CodeSize       Code = "WF-21" // larger than the bounds of a definition
	CodeNever      Code = "WF-22" // a move that can never be taken
	CodeAnybody    Code = "WF-23" // a release that is open to anybody
	CodeBuiltIn    Code = "WF-24" // a built-in fact declared otherwise
	CodeText       Code = "WF-25" // a title or label that cannot be printed, or labels that do not match
	CodeHalt       Code = "WF-26" // suspending and returning that do not go together
	CodeLimit      Code = "WF-27" // a clock without a limit
	CodeJSON       Code = "WF-28" // JSON that is not a definition
	CodeApart      Code = "WF-29" // events kept apart that cannot have been done before
)

// The reasons of a refusal.
const (
	CodeUnknownStage Code = "WF-40" // the definition has no such stage
	CodeEnded        Code = "WF-41" // the stage is final
	CodeNoMove       Code = "WF-42" // the event is not possible at this stage
	CodeNotRole      Code = "WF-43" // the actor has none of the roles
	CodeMissing      Code = "WF-44" // facts are missing or have other values
	CodeSamePerson   Code = "WF-45" // the actor did what has to be done by somebody else
	CodeNotDone      Code = "WF-46" // nobody is on record for what has to be done by somebody else
	CodeTwoRoles     Code = "WF-47" // the actor's roles open two moves at once
	CodeNobody       Code = "WF-48" // the actor has no id
)

// Fault is one broken rule of a definition.
type Fault struct {
	Code Code   `json:"code"`
	Path string `json:"path"` // e.g. moves[3].when[0].in[1]
	What string `json:"what"` // what is wrong
	Want string `json:"want"` // what would be right
}

func (f Fault) String() string {
	s := string(f.Code) + " " + f.Path + ": " + f.What
	if f.Want != "" {
		s += "; want " + f.Want
	}
	return s
}

// Invalid holds every fault that was found, in the order of the checks.
type Invalid struct {
	ID     string // of the definition, as given
	Faults []Fault
	More   bool // the search stopped at MaxFaults
}

// MaxFaults is the most faults that one Invalid lists; Compile looks no further.
const MaxFaults = 10000

// Error lists the first faults and counts the rest.
func (e *Invalid) Error() string {
	const shown = 8
	var b strings.Builder
	more := ""
	if e.More {
		more = " or more"
	}
	fmt.Fprintf(&b, "workflow: invalid definition: %s: %d fault(s)%s", quote(e.ID), len(e.Faults), more)
	for i, f := range e.Faults {
		if i == shown {
			fmt.Fprintf(&b, "\n\tand %d more", len(e.Faults)-shown)
			break
		}
		b.WriteString("\n\t" + f.String())
	}
	return b.String()
}

// Unwrap returns ErrInvalid.
func (e *Invalid) Unwrap() error { return ErrInvalid }

// quote prints somebody's data within a message: escaped and cut short.
func quote[S ~string](s S) string {
	const most = 60
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		return fmt.Sprintf("%q…", string(s[:cut]))
	}
	return fmt.Sprintf("%q", string(s))
}

// list prints at most a handful of alternatives.
func list[S ~string](s []S) string {
	const most = 12
	var b strings.Builder
	for i, x := range s {
		if i == most {
			fmt.Fprintf(&b, " … (%d in all)", len(s))
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quote(x))
	}
	if len(s) == 0 {
		return "none is declared"
	}
	return b.String()
}
