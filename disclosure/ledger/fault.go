package ledger

import (
	"fmt"
	"slices"
)

// Code says what kind of fault a verifier found. A code is never reassigned.
type Code string

// The faults of a chain.
const (
	Altered        Code = "LE-01" // what is stored no longer gives the record's hash
	PrivateAltered Code = "LE-02" // Private or Salt no longer give the commitment
	Removed        Code = "LE-03" // records are missing at the start or in between
	CutOff         Code = "LE-04" // the last records are missing
	Swapped        Code = "LE-05" // the record stands in another record's place
	Copied         Code = "LE-06" // the record belongs to another case
	Replaced       Code = "LE-07" // whole in itself, but its successor or the log remembers another
	Added          Code = "LE-08" // a record that nothing accounts for: a second of one number, or past the version
	CaseRemoved    Code = "LE-09" // the log remembers the case, but no record is left
	UnknownSuite   Code = "LE-10" // sealed by a suite that the verifier was not given
)

// The faults of the log.
const (
	LogAltered    Code = "LE-11" // the log and the records, or the log and a deposit, disagree about a place
	Rewritten     Code = "LE-12" // the log does not have the root that a checkpoint says; altered between two sizes
	Forged        Code = "LE-13" // a checkpoint that no key that counts has signed, or of another office
	LogCutOff     Code = "LE-14" // the log is shorter than a checkpoint says
	Forked        Code = "LE-15" // a checkpoint contradicts a later one that holds
	DepositBroken Code = "LE-16" // the leaves of a deposit do not lead to its own checkpoint
)

// Ref names a record: Seq 0 means the case as a whole.
type Ref struct {
	Case string
	Seq  int64
}

// Fault is one thing that a verifier found wrong, and where.
type Fault struct {
	Code  Code
	Case  string // "" = the log as a whole
	Seq   int64  // 0 = the case as a whole
	To    int64  // last record of a range that begins at Seq; else equal to Seq
	Place int64  // first place in the log that is concerned; -1 = none
	Until int64  // the place after the last one concerned, with Place ≥ 0
	From  Ref    // Swapped, Copied: where the record belongs; Rewritten: the record at Place, the first in doubt
	Part  string // what does not fit, for a technician: "hash", "prev", "case" …
}

// Error is English, for logs.
func (f Fault) Error() string {
	s := "ledger: " + string(f.Code) + ": " + texts[f.Code].en
	if f.Case != "" {
		s += fmt.Sprintf(": case %q", f.Case)
	}
	switch {
	case f.Seq > 0 && f.To > f.Seq:
		s += fmt.Sprintf(" records %d to %d", f.Seq, f.To)
	case f.Seq > 0:
		s += fmt.Sprintf(" record %d", f.Seq)
	}
	switch {
	case f.From == (Ref{}):
	case f.Code == Rewritten:
		s += fmt.Sprintf(": from case %q record %d on", f.From.Case, f.From.Seq)
	default:
		s += fmt.Sprintf(" (belongs to case %q record %d)", f.From.Case, f.From.Seq)
	}
	switch {
	case f.Place >= 0 && f.Until > f.Place+1:
		s += fmt.Sprintf(" places %d to %d", f.Place, f.Until-1)
	case f.Place >= 0:
		s += fmt.Sprintf(" place %d", f.Place)
	}
	if f.Part != "" {
		s += " [" + f.Part + "]"
	}
	return s
}

// Explain says in Chinese, to a person who does not know the program, what is
// wrong and where.
func (f Fault) Explain() string {
	s := ""
	if f.Case != "" {
		s = "卷宗 " + f.Case
	}
	switch {
	case f.Seq > 0 && f.To > f.Seq:
		s += fmt.Sprintf(" 第%d条至第%d条记录", f.Seq, f.To)
	case f.Seq > 0:
		s += fmt.Sprintf(" 第%d条记录", f.Seq)
	}
	switch {
	case f.Place >= 0 && f.Until > f.Place+1:
		s += fmt.Sprintf("（总账第%d至第%d位）", f.Place, f.Until-1)
	case f.Place >= 0:
		s += fmt.Sprintf("（总账第%d位）", f.Place)
	}
	if s != "" {
		s += "："
	}
	s += texts[f.Code].zh
	switch {
	case f.Code == Copied && f.From != (Ref{}):
		s += fmt.Sprintf("，原属卷宗 %s 第%d条", f.From.Case, f.From.Seq)
	case f.Code == Rewritten && f.From != (Ref{}):
		s += fmt.Sprintf("，存疑范围自卷宗 %s 第%d条起", f.From.Case, f.From.Seq)
	case f.Code == Swapped && f.From != (Ref{}):
		s += fmt.Sprintf("，原为第%d条", f.From.Seq)
	}
	return s
}

var texts = map[Code]struct{ zh, en string }{
	Altered:        {"记录内容与其摘要不符，被改动过", "record altered"},
	PrivateAltered: {"记录的非公开部分与其承诺值不符，被改动过", "private part altered"},
	Removed:        {"记录缺失，被抽走", "records removed"},
	CutOff:         {"末尾记录缺失，被截断", "last records cut off"},
	Swapped:        {"记录被调换了位置", "record swapped"},
	Copied:         {"记录是从别的卷宗移来的", "record copied from another case"},
	Replaced:       {"记录被整条替换，与后续记录或总账所记的摘要不符", "record replaced"},
	Added:          {"多出一条无据可依的记录", "record added"},
	CaseRemoved:    {"总账有记载，但整个卷宗已不存在", "case removed"},
	UnknownSuite:   {"所用的密码套件不在核验范围内，无法判定", "unknown suite"},
	LogAltered:     {"总账与记录（或外部存证）对不上", "log altered"},
	Rewritten:      {"总账与检查点所记的树根不符，自上一个相符的检查点以来被改写", "log rewritten"},
	Forged:         {"检查点没有可信密钥的签名，或不属本机关", "checkpoint not signed by a trusted key"},
	LogCutOff:      {"总账比检查点所记的短，被截断", "log cut off"},
	Forked:         {"检查点与其后相符的检查点互相矛盾", "checkpoints contradict each other"},
	DepositBroken:  {"外部存证自身的明细与其检查点不符", "deposit broken in itself"},
}

// Codes returns every code of this package, sorted.
func Codes() []Code {
	out := make([]Code, 0, len(texts))
	for c := range texts {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}
