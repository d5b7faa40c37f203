package catalog

import (
	"errors"
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// The categories of errors.
var (
	// ErrProblems is wrapped by Problems: the catalog is usable.
	ErrProblems = errors.New("catalog: problems")
	// ErrRefused: the input was not read (to the end): not a table, not text,
	// or beyond a bound. What was read until then is in the catalog.
	ErrRefused = errors.New("catalog: refused")
	// ErrIndex is wrapped by the errors of index numbers.
	ErrIndex = errors.New("catalog: not an index number")
)

// Severity of a problem.
type Severity uint8

// Severities. Info never makes an error.
const (
	Info Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"info", "warning", "error"}

func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// MarshalText writes info, warning or error.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Problem is one thing that is wrong or worth knowing, with its place.
type Problem struct {
	Code     string       `json:"code"` // CA-nn
	Severity Severity     `json:"severity"`
	Sheet    string       `json:"sheet,omitempty"`
	Row      int          `json:"row,omitempty"`    // from 1; 0 = the whole table
	Column   int          `json:"column,omitempty"` // from 1; 0 = the whole row
	Heading  string       `json:"heading,omitempty"`
	Says     string       `json:"says,omitempty"` // what the cell says, at most 40 characters
	Want     string       `json:"want,omitempty"` // what to write instead
	Rule     law.Citation `json:"rule,omitzero"`
	Err      error        `json:"-"` // the cause, where another package found it
}

// Unwrap gives the cause.
func (p Problem) Unwrap() error { return p.Err }

// Place is 「表『…』第3行C列（公开时限）」, or "" for the whole table.
func (p Problem) Place() string {
	var b strings.Builder
	if p.Sheet != "" {
		fmt.Fprintf(&b, "表『%s』", p.Sheet)
	}
	if p.Row > 0 {
		fmt.Fprintf(&b, "第%d行", p.Row)
	}
	if p.Column > 0 {
		fmt.Fprintf(&b, "%s列", columnName(p.Column))
	}
	if p.Heading != "" {
		fmt.Fprintf(&b, "（%s）", p.Heading)
	}
	return b.String()
}

// Chinese is the line for people.
func (p Problem) Chinese() string {
	var b strings.Builder
	b.WriteString(p.Code)
	b.WriteByte(' ')
	if at := p.Place(); at != "" {
		b.WriteString(at)
		b.WriteString("：")
	}
	b.WriteString(codeRow(p.Code).zh)
	if p.Says != "" {
		fmt.Fprintf(&b, "「%s」", p.Says)
	}
	if p.Want != "" {
		b.WriteString("；")
		b.WriteString(p.Want)
	}
	return b.String()
}

// Error is the line for logs.
func (p Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "catalog: %s %s", p.Code, p.Severity)
	if p.Sheet != "" {
		fmt.Fprintf(&b, " sheet %q", p.Sheet)
	}
	if p.Row > 0 {
		fmt.Fprintf(&b, " row %d", p.Row)
	}
	if p.Column > 0 {
		fmt.Fprintf(&b, " column %s", columnName(p.Column))
	}
	if p.Heading != "" {
		fmt.Fprintf(&b, " (%s)", p.Heading)
	}
	b.WriteString(": ")
	b.WriteString(codeRow(p.Code).en)
	if p.Says != "" {
		fmt.Fprintf(&b, ": %q", p.Says)
	}
	return b.String()
}

// Problems is the error of a reader or of a check: all problems of one pass, in
// the order of the table.
type Problems []Problem

// Error names the first three and the number of the rest.
func (ps Problems) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "catalog: %d problems", len(ps))
	for i, p := range ps {
		if i == 3 {
			fmt.Fprintf(&b, "; and %d more", len(ps)-3)
			break
		}
		b.WriteString("; ")
		b.WriteString(strings.TrimPrefix(p.Error(), "catalog: "))
	}
	return b.String()
}

// Unwrap makes errors.Is(err, ErrProblems) true and hands the causes on.
func (ps Problems) Unwrap() []error {
	l := []error{ErrProblems}
	for _, p := range ps {
		if p.Err != nil {
			l = append(l, p.Err)
		}
	}
	return l
}

// Err is nil when nothing is graver than Info, and ps otherwise.
func (ps Problems) Err() error {
	for _, p := range ps {
		if p.Severity > Info {
			return ps
		}
	}
	return nil
}

// columnName is A … Z, AA … as a spreadsheet names column n, from 1.
func columnName(n int) string {
	var b [8]byte
	i := len(b)
	for n > 0 && i > 0 {
		n--
		i--
		b[i] = byte('A' + n%26)
		n /= 26
	}
	return string(b[i:])
}
