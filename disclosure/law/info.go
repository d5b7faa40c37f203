package law

import (
	_ "embed"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"
)

// Class says what kind of text an instrument is, and so what it can bind. The
// zero Class is not known.
type Class string

// The classes of instruments.
const (
	Statute        Class = "law"            // 法律
	Regulation     Class = "regulation"     // 行政法规
	Interpretation Class = "interpretation" // 司法解释
	LocalStatute   Class = "local-statute"  // 地方性法规, 自治条例, 单行条例; none is on the list
	Rule           Class = "rule"           // 规章
	Party          Class = "party"          // 党内法规
	Normative      Class = "normative"      // 规范性文件, notices and official replies
	Standard       Class = "standard"       // 国家标准
	LocalDocument  Class = "local"          // an agency's own document
	OwnReading     Class = "own"            // the library's own reading or choice
)

// String is the class in Chinese.
func (c Class) String() string {
	switch c {
	case Statute:
		return "法律"
	case Regulation:
		return "行政法规"
	case Interpretation:
		return "司法解释"
	case LocalStatute:
		return "地方性法规"
	case Rule:
		return "规章"
	case Party:
		return "党内法规"
	case Normative:
		return "规范性文件"
	case Standard:
		return "标准"
	case LocalDocument:
		return "本单位文件"
	case OwnReading:
		return "本库读法"
	}
	return "未定"
}

// Verification says how well a text is known. The zero Verification is nothing
// known.
type Verification int

// From nothing to a comparison with a stored copy.
const (
	Unknown    Verification = iota
	FromMemory              // 凭记忆, or no text at all
	SecondHand              // 二手: another document's account of it
	Partly                  // a fragment, or the words but not the number
	Verified                // compared with a stored copy
)

// String is the verification in Chinese.
func (v Verification) String() string {
	switch v {
	case FromMemory:
		return "凭记忆"
	case SecondHand:
		return "二手"
	case Partly:
		return "部分核验"
	case Verified:
		return "已核验"
	}
	return "未知"
}

// Info is what is known about an instrument. Adopted, InForce and Until are
// 2006-01-02, or 2006 or 2006-01 where no more is known, or empty. Until is the
// first day on which the text no longer applies.
type Info struct {
	Instrument   Instrument
	Class        Class
	Title        string // without 《》
	Number       string // 国务院令第711号; may be empty
	Adopted      string // passed or promulgated
	InForce      string // the first day on which this text applies
	Until        string
	Successor    Instrument
	Verification Verification
	FromMemory   []string // those of title, number, adopted, in-force that rest on memory
	Note         string   // Chinese
}

//go:embed instruments.tsv
var instrumentData string

var instruments = sync.OnceValue(func() map[Instrument]Info {
	m := make(map[Instrument]Info)
	for f := range rows(instrumentData, 11) {
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		in := Info{
			Instrument: Instrument(f[0]), Class: Class(f[1]), Verification: verificationOf(f[2]),
			Title: f[3], Number: f[4], Adopted: f[5], InForce: f[6], Until: f[7],
			Successor: Instrument(f[8]), Note: f[10],
		}
		if f[9] != "" {
			in.FromMemory = strings.Split(f[9], ",")
		}
		m[in.Instrument] = in
	}
	return m
})

// rows splits a built-in table into lines of n fields.
func rows(data string, n int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(data) {
			line = strings.TrimSuffix(line, "\n")
			if line == "" || line[0] == '#' {
				continue
			}
			f := strings.Split(line, "\t")
			if len(f) != n {
				panic("law: built-in table is broken: " + line)
			}
			if !yield(f) {
				return
			}
		}
	}
}

func verificationOf(s string) Verification {
	switch s {
	case "v":
		return Verified
	case "p":
		return Partly
	case "s":
		return SecondHand
	case "m":
		return FromMemory
	}
	panic("law: built-in table is broken: verification " + s)
}

// Instruments lists the constants of this package in order of their stored
// names; Own is not among them. The slice is the caller's.
func Instruments() []Instrument {
	list := make([]Instrument, 0, len(instruments()))
	for i := range instruments() {
		list = append(list, i)
	}
	slices.Sort(list)
	return list
}

// Info returns what is known about the instrument; for a local document its
// title, for Own its class. The error is ErrUnknownInstrument, or ErrSyntax for
// a local document without a title.
func (i Instrument) Info() (Info, error) {
	if err := i.valid(); err != nil {
		return Info{}, fmt.Errorf("law: instrument: %w", err)
	}
	switch {
	case i == Own:
		return Info{Instrument: i, Class: OwnReading, Title: "本库读法"}, nil
	case i.isLocal():
		return Info{Instrument: i, Class: LocalDocument, Title: i.localTitle()}, nil
	}
	in := instruments()[i]
	in.FromMemory = slices.Clone(in.FromMemory)
	return in, nil
}

// Class is what kind of text the instrument is, "" where it is not known.
func (i Instrument) Class() Class {
	switch {
	case i == Own:
		return OwnReading
	case i.isLocal():
		return LocalDocument
	}
	return instruments()[i].Class
}

// edition tells texts of one title apart in print.
func (in Info) edition() string {
	if in.Until == "" {
		return ""
	}
	if next, ok := instruments()[in.Successor]; !ok || next.Title != in.Title {
		return ""
	}
	if len(in.InForce) >= 4 {
		return "（" + in.InForce[:4] + "年施行）"
	}
	return "（" + in.Adopted[:4] + "年文本）"
}

// Force says whether a text applies on a day. The zero Force is undetermined.
type Force int

// The answers of InForceOn.
const (
	Undetermined Force = iota
	NotYet             // before its first day
	InForce
	Superseded // on or after the day on which it ended
)

// String is the answer in Chinese.
func (f Force) String() string {
	switch f {
	case NotYet:
		return "尚未施行"
	case InForce:
		return "施行中"
	case Superseded:
		return "已失效"
	}
	return "未定"
}

// ErrDay is the category of a day that is not of the form 2006-01-02.
var ErrDay = errors.New("law: malformed day")

// ErrNoEdition is the category of a day on which no edition of an instrument is
// known to be in force.
var ErrNoEdition = errors.New("law: no edition in force")

// InForceOn says whether the text applies on the day (2006-01-02). Where the
// list does not know enough, and for local documents and readings of ours, it
// is Undetermined. The error is ErrDay or ErrUnknownInstrument.
func (i Instrument) InForceOn(day string) (Force, error) {
	in, err := i.Info()
	if err != nil {
		return Undetermined, err
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return Undetermined, fmt.Errorf("%w: %.20q", ErrDay, day)
	}
	from, to := span(in.InForce)
	switch {
	case in.Until != "" && day >= in.Until:
		return Superseded, nil
	case from == "": // nothing known but, perhaps, when it was passed
		if first, _ := span(in.Adopted); first != "" && day < first {
			return NotYet, nil
		}
		return Undetermined, nil
	case day < from:
		return NotYet, nil
	case day > to:
		return InForce, nil
	case from == to:
		return InForce, nil
	}
	return Undetermined, nil
}

// span is the first and last day that a date of the table can mean.
func span(date string) (from, to string) {
	switch len(date) {
	case 4:
		return date + "-01-01", date + "-12-31"
	case 7:
		return date + "-01", date + "-31"
	}
	return date, date
}

// Edition finds the edition of the instrument that is in force on the day
// (2006-01-02): itself, a predecessor or a successor. The error is ErrNoEdition
// when none is, or none is known to be; ErrDay, ErrUnknownInstrument.
func (i Instrument) Edition(day string) (Instrument, error) {
	f, err := i.InForceOn(day)
	if err != nil {
		return "", err
	}
	for at := i; ; {
		switch f {
		case InForce:
			return at, nil
		case NotYet:
			at = at.predecessor()
		case Superseded:
			at = instruments()[at].Successor
		default:
			at = ""
		}
		if at == "" {
			return "", fmt.Errorf("%w: %s on %s", ErrNoEdition, i, day)
		}
		next, err := at.InForceOn(day)
		if err != nil {
			return "", err
		}
		if f == NotYet && next == Superseded || f == Superseded && next == NotYet {
			return "", fmt.Errorf("%w: %s on %s", ErrNoEdition, i, day) // between two editions
		}
		f = next
	}
}

func (i Instrument) predecessor() Instrument {
	for _, p := range Instruments() {
		if instruments()[p].Successor == i {
			return p
		}
	}
	return ""
}
