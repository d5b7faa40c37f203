package disclosure

import (
	"context"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// CaseID is the opaque id of a case: never a name, a number or a title.
type CaseID string

// Command is what an actor wants to do to a case. The interface is open: hosts
// and other packages bring commands of their own.
//
// Decide is pure: it gets all it needs in the View and returns what is to be
// written; it may be called several times. A command may also implement Reader
// (it needs other cases) or Bringer (it brings texts).
//
// The command is hashed as JSON for its fingerprint, so its fields are exported
// and encode everything that it does.
type Command interface {
	// Event is the event of the machine that the command raises, and the type of
	// the record that it leaves.
	Event() workflow.Event
	// Decide says what is to be written. An error refuses the command; nothing
	// is written then.
	Decide(v View) ([]Change, error)
}

// Reader is a Command that needs to see other cases. The Office loads them,
// hands them in, and guards their versions: if one has moved on, nothing is
// written.
type Reader interface {
	Reads() []CaseID
}

// Bringer is a Command that brings texts. The Office keeps them in Documents and
// scans them before it asks Decide.
type Bringer interface {
	Brings() []Text
}

// Maker is a Command that makes texts from those of the case, such as a
// rendition. Makes is pure, and called before Decide with the same view but for
// Texts; what it makes is kept and scanned like what a Bringer brings.
type Maker interface {
	Makes(v View) ([]Text, error)
}

// Text is one text that a command brings.
type Text struct {
	Name  string `json:"name,omitempty"` // file name or heading; private
	Bytes []byte `json:"-"`              // at most MaxText
	// Plain is what a reader sees of Bytes. nil with Unreadable "" means that
	// Bytes are UTF-8 text themselves.
	Plain []byte `json:"-"`
	// Unreadable says why there is no text (image, scan, OFD, encrypted): such a
	// text cannot be scanned, and blocks release.
	Unreadable string `json:"unreadable,omitempty"`
}

// View is what a command decides on.
type View struct {
	On      deadline.Date // the day the law counts
	Now     time.Time     // the instant of the act
	Actor   workflow.Actor
	Case    *Case // nil when the command opens one
	Others  map[CaseID]*Case
	Profile *Profile
	Machine *workflow.Machine                 // of Case; nil when there is none
	Scanner *secrecy.Scanner                  // of the office
	Texts   []ScannedText                     // of a Bringer, in its order
	NewID   func() string                     // a fresh opaque id
	Built   workflow.Facts                    // the built-in facts of Case as the Office computes them
	Body    func(part string) ([]byte, error) // the text of a part of Case
}

// ScannedText is a text after the Office has stored and scanned it.
type ScannedText struct {
	Text
	Digest string // hex SHA-256 of Bytes
	Report secrecy.Report
}

// Change is what a command writes to one case.
type Change struct {
	Case   CaseID // "" = the case of the act
	Title  string // opening: working title for lists; never of a person. Otherwise "" = unchanged
	Number string // public number, "" = unchanged
	// Event is the event for the machine; "" = the event of the command. An event
	// that the case's definition knows must be a move that is open now; another
	// one moves no stage and is checked against the profile's ActRules.
	Event     workflow.Event
	MustMove  bool // refuse an event that the definition does not know
	Structure Structure
	Private   any           // encoded as JSON; nil = nothing private
	Orders    []Order       // for the outbox; ids from View.NewID
	Settle    []string      // outbox orders that are done with this change
	Texts     []ScannedText // of Structure.Parts, in their order
}

// Names turns an opaque id of a person or unit into the name that forms print.
type Names func(ctx context.Context, id string) string
