package disclosure

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// InvalidError lists everything that is wrong with a batch, a query or the
// arguments of another call of a Store. It is ErrInvalid.
type InvalidError struct {
	Problems []StoreProblem
}

// StoreProblem is one broken rule of the port.
type StoreProblem struct {
	Code  string // ST-01 …, never reassigned
	Field string // e.g. Writes[0].Records[1].Seq
	Rule  string // what holds, in English
}

// Error lists the problems, first to last.
func (e *InvalidError) Error() string {
	var b strings.Builder
	b.WriteString(ErrInvalid.Error())
	for i, p := range e.Problems {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		b.WriteString(sep + p.Field + " " + p.Rule + " (" + p.Code + ")")
	}
	return b.String()
}

// Is makes errors.Is(err, ErrInvalid) true.
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }

// The rules of the port, by code.
const (
	codeEmpty    = "ST-01"
	codeLong     = "ST-02"
	codeText     = "ST-03"
	codeNegative = "ST-04"
	codePayload  = "ST-05"
	codeNoWrite  = "ST-06"
	codeTwice    = "ST-07"
	codeSeq      = "ST-08"
	codeForeign  = "ST-09"
	codeCursor   = "ST-10"
	codeLimit    = "ST-11"
	codeSort     = "ST-12"
	codeRefresh  = "ST-13"
	codeLease    = "ST-14"
)

var storeRules = map[string]string{
	codeEmpty:    "must not be empty",
	codeLong:     "is longer than the port allows",
	codeText:     "must be valid UTF-8 without NUL",
	codeNegative: "must not be negative",
	codePayload:  fmt.Sprintf("has more than %d bytes", MaxPayload),
	codeNoWrite:  "must name at least one case when the batch carries anything",
	codeTwice:    "names the same id twice",
	codeSeq:      "does not follow the version before it",
	codeForeign:  "belongs to another tenant or case",
	codeCursor:   "is not a cursor of this order",
	codeLimit:    fmt.Sprintf("must lie in [0, %d]", MaxPage),
	codeSort:     "is not an order that Find knows",
	codeRefresh:  "has no record, which only a case that exists may have",
	codeLease:    "must end after it begins",
}

// checker collects problems.
type checker struct{ found []StoreProblem }

func (c *checker) add(code, field string) {
	c.found = append(c.found, StoreProblem{Code: code, Field: field, Rule: storeRules[code]})
}

func (c *checker) text(field, s string, most int) {
	if len(s) > most {
		c.add(codeLong, field)
	}
	if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
		c.add(codeText, field)
	}
}

func (c *checker) id(field, s string) {
	if s == "" {
		c.add(codeEmpty, field)
	}
	c.text(field, s, MaxID)
}

func (c *checker) natural(field string, n int64) {
	if n < 0 {
		c.add(codeNegative, field)
	}
}

func (c *checker) err() error {
	if len(c.found) == 0 {
		return nil
	}
	return &InvalidError{Problems: c.found}
}

// CheckIDs answers an *InvalidError unless every value is an id: 1 to MaxID bytes of
// valid UTF-8 without NUL. Arguments come in pairs, field and value. It is for
// those who write a Store.
func CheckIDs(pairs ...string) error {
	var c checker
	for i := 0; i+1 < len(pairs); i += 2 {
		c.id(pairs[i], pairs[i+1])
	}
	return c.err()
}

// Probe reports whether the batch only asks for the receipt of its key.
func (b Batch) Probe() bool { return len(b.Writes) == 0 }

// Validate answers an *InvalidError with everything that breaks a rule of the
// port, and nil if nothing does. Every Store calls it before it writes.
func (b Batch) Validate() error {
	var c checker
	c.id("Tenant", b.Tenant)
	c.id("Key", b.Key)
	c.natural("Time", b.Time)
	if len(b.Receipt) > MaxPayload {
		c.add(codePayload, "Receipt")
	}
	if len(b.Writes) == 0 && (len(b.Guards) > 0 || len(b.Orders) > 0 || len(b.Settle) > 0) {
		c.add(codeNoWrite, "Writes")
	}
	cases := make(map[string]bool, len(b.Writes)+len(b.Guards))
	for i, w := range b.Writes {
		at := fmt.Sprintf("Writes[%d]", i)
		if cases[w.Case] {
			c.add(codeTwice, at+".Case")
		}
		cases[w.Case] = true
		w.check(&c, at, b.Tenant)
	}
	for i, g := range b.Guards {
		at := fmt.Sprintf("Guards[%d]", i)
		c.id(at+".Case", g.Case)
		c.natural(at+".Version", g.Version)
		if cases[g.Case] {
			c.add(codeTwice, at+".Case")
		}
		cases[g.Case] = true
	}
	orders := make(map[string]bool, len(b.Orders)+len(b.Settle))
	for i, o := range b.Orders {
		at := fmt.Sprintf("Orders[%d]", i)
		if orders[o.ID] {
			c.add(codeTwice, at+".ID")
		}
		orders[o.ID] = true
		o.check(&c, at)
	}
	for i, id := range b.Settle {
		at := fmt.Sprintf("Settle[%d]", i)
		c.id(at, id)
		if orders[id] {
			c.add(codeTwice, at)
		}
		orders[id] = true
	}
	return c.err()
}

func (w Write) check(c *checker, at, tenant string) {
	c.id(at+".Case", w.Case)
	c.natural(at+".Expect", w.Expect)
	if len(w.Records) == 0 && w.Expect == 0 {
		c.add(codeRefresh, at+".Records")
	}
	for i, r := range w.Records {
		if w.Expect >= 0 && r.Seq-int64(i)-1 != w.Expect {
			c.add(codeSeq, fmt.Sprintf("%s.Records[%d].Seq", at, i))
		}
		checkRecord(c, fmt.Sprintf("%s.Records[%d]", at, i), r, tenant, w.Case)
	}
	ix := w.Index
	c.id(at+".Index.Kind", ix.Kind)
	c.text(at+".Index.Stage", ix.Stage, MaxID)
	c.text(at+".Index.Unit", ix.Unit, MaxID)
	c.text(at+".Index.Parent", ix.Parent, MaxID)
	c.text(at+".Index.Number", ix.Number, MaxID)
	c.text(at+".Index.Title", ix.Title, MaxTitle)
	c.natural(at+".Index.DueAt", ix.DueAt)
}

func checkRecord(c *checker, at string, r ledger.Record, tenant, caseID string) {
	if r.Tenant != tenant || r.Case != caseID {
		c.add(codeForeign, at)
	}
	c.natural(at+".Time", r.Time)
	c.id(at+".Type", r.Type)
	c.text(at+".Suite", r.Suite, MaxID)
	c.text(at+".On", r.On, MaxID)
	c.text(at+".Actor", r.Actor, MaxID)
	if len(r.Structure)+len(r.Private) > MaxPayload {
		c.add(codePayload, at)
	}
	if len(r.Salt) > MaxID {
		c.add(codeLong, at+".Salt")
	}
}

func (o Order) check(c *checker, at string) {
	c.id(at+".ID", o.ID)
	c.id(at+".Case", o.Case)
	c.id(at+".Type", o.Type)
	c.text(at+".Carrier", o.Carrier, MaxID)
	c.text(at+".Group", o.Group, MaxID)
	c.natural(at+".NotUntil", o.NotUntil)
	if len(o.Payload) > MaxPayload {
		c.add(codePayload, at+".Payload")
	}
	for i, id := range o.After {
		c.id(fmt.Sprintf("%s.After[%d]", at, i), id)
		if id == o.ID {
			c.add(codeTwice, fmt.Sprintf("%s.After[%d]", at, i))
		}
	}
}

// Validate answers an *InvalidError with everything that breaks a rule of the
// port, a cursor of another order among them, and nil if nothing does.
func (q Query) Validate() error {
	var c checker
	c.id("Tenant", q.Tenant)
	for _, list := range []struct {
		field  string
		values []string
	}{{"Kind", q.Kind}, {"Stage", q.Stage}, {"Unit", q.Unit}} {
		for i, v := range list.values {
			c.id(fmt.Sprintf("%s[%d]", list.field, i), v)
		}
	}
	c.text("Parent", q.Parent, MaxID)
	c.text("Number", q.Number, MaxID)
	c.natural("DueBefore", q.DueBefore)
	if q.Limit < 0 || q.Limit > MaxPage {
		c.add(codeLimit, "Limit")
	}
	switch q.Sort {
	case "", ByCase, ByDue, ByUpdated:
		if _, err := q.mark(); err != nil {
			c.add(codeCursor, "Cursor")
		}
	default:
		c.add(codeSort, "Sort")
	}
	return c.err()
}

// PageSize is the number of rows of a page of this query: Limit, or DefaultPage.
func (q Query) PageSize() int {
	if q.Limit <= 0 {
		return DefaultPage
	}
	return min(q.Limit, MaxPage)
}

// Mark is the place in an order after which a page begins: the last row of the
// page before. The zero Mark is the beginning.
type Mark struct {
	Value int64  // its DueAt or Updated; 0 in the order of cases
	Case  string // its case
}

// Mark returns the place that the query's Cursor names. Call Validate first: a
// cursor that cannot be read gives the zero Mark.
func (q Query) Mark() Mark {
	m, _ := q.mark()
	return m
}

// Cursor is what Page.Next says when r is the last row of a page of this order.
func (r Row) Cursor(sort SortBy) string {
	m := Mark{Case: r.Case}
	tag := byte('c')
	switch sort {
	case ByDue:
		tag, m.Value = 'd', r.DueAt
	case ByUpdated:
		tag, m.Value = 'u', r.Updated
	}
	b := binary.BigEndian.AppendUint64([]byte{tag}, uint64(m.Value))
	return base64.RawURLEncoding.EncodeToString(append(b, m.Case...))
}

func (q Query) mark() (Mark, error) {
	if q.Cursor == "" {
		return Mark{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || len(b) < 10 {
		return Mark{}, ErrInvalid
	}
	want := byte('c')
	switch q.Sort {
	case ByDue:
		want = 'd'
	case ByUpdated:
		want = 'u'
	}
	m := Mark{Value: int64(binary.BigEndian.Uint64(b[1:9])), Case: string(b[9:])}
	if b[0] != want || m.Value < 0 || CheckIDs("Cursor", m.Case) != nil {
		return Mark{}, ErrInvalid
	}
	return m, nil
}

// CleanFault is a fault as Outbox.Release keeps it: valid UTF-8 without NUL, at
// most MaxFault bytes, cut between characters.
func CleanFault(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	if len(s) <= MaxFault {
		return s
	}
	n := MaxFault
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// CheckLease answers an *InvalidError unless tenant and worker are ids and the lease
// does not end before it begins. It is for those who write a Store.
func CheckLease(tenant, worker string, now, until int64) error {
	var c checker
	c.id("tenant", tenant)
	c.id("worker", worker)
	c.natural("now", now)
	if until <= now {
		c.add(codeLease, "until")
	}
	return c.err()
}

// CheckNote answers an *InvalidError unless the arguments of Log.PutCheckpoint
// keep the rules of the port. It is for those who write a Store.
func CheckNote(tenant string, size int64, note []byte) error {
	var c checker
	c.id("tenant", tenant)
	c.natural("size", size)
	if len(note) == 0 {
		c.add(codeEmpty, "note")
	}
	if len(note) > MaxPayload {
		c.add(codePayload, "note")
	}
	return c.err()
}

// StoreRules lists the rules of the port, by code.
func StoreRules() []StoreProblem {
	var all []StoreProblem
	for code, rule := range storeRules {
		all = append(all, StoreProblem{Code: code, Rule: rule})
	}
	slices.SortFunc(all, func(a, b StoreProblem) int { return strings.Compare(a.Code, b.Code) })
	return all
}
