package dossier

import (
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// The faults of a dossier as files. Those of its records are ledger's.
const (
	FileMissing      ledger.Code = "LE-31" // listed and not there
	FileAltered      ledger.Code = "LE-32" // not as the manifest says
	FileAdded        ledger.Code = "LE-33" // there and not listed
	Unreadable       ledger.Code = "LE-34" // not of the form that it should have
	SealBroken       ledger.Code = "LE-35" // the manifest is not what was signed, or the signature is wrong
	ProofBroken      ledger.Code = "LE-36" // a record is not where the proof says
	CheckpointBroken ledger.Code = "LE-37" // the checkpoint is not signed by the office, or of another one
	Inconsistent     ledger.Code = "LE-38" // the log did not grow from the checkpoint kept outside
)

// Fault is one thing wrong with a dossier, and where.
type Fault struct {
	Code     ledger.Code
	File     string
	Line     int           // of records.jsonl, from 1; 0 = none
	Seq      int64         // record, with ProofBroken
	Document string        // name of the document that File is, "" = none
	Record   *ledger.Fault // what the chain says
	Detail   string        // for a technician
}

// Error is English, for logs.
func (f Fault) Error() string {
	if f.Record != nil {
		return "dossier: " + f.File + ": " + f.Record.Error()
	}
	s := "dossier: " + string(f.Code) + ": " + texts[f.Code].en + ": " + f.File
	if f.Line > 0 {
		s += fmt.Sprintf(" line %d", f.Line)
	}
	if f.Seq > 0 {
		s += fmt.Sprintf(" record %d", f.Seq)
	}
	if f.Detail != "" {
		s += ": " + f.Detail
	}
	return s
}

// Explain says in Chinese what is wrong and where.
func (f Fault) Explain() string {
	if f.Record != nil {
		return f.Record.Explain()
	}
	s := "文件 " + f.File
	if f.Document != "" {
		s += "（" + f.Document + "）"
	}
	if f.Line > 0 {
		s += fmt.Sprintf(" 第%d行", f.Line)
	}
	if f.Seq > 0 {
		s += fmt.Sprintf(" 第%d条记录", f.Seq)
	}
	return s + "：" + texts[f.Code].zh
}

var texts = map[ledger.Code]struct{ zh, en string }{
	FileMissing:      {"清单中有，卷内没有，被抽走", "file missing"},
	FileAltered:      {"内容与清单不符，被改动过", "file altered"},
	FileAdded:        {"清单中没有，是后来放进去的", "file added"},
	Unreadable:       {"无法读取，格式不对或已损坏", "unreadable"},
	SealBroken:       {"清单与签名不符，清单被改动过或不是机关签署的", "seal broken"},
	ProofBroken:      {"总账证明不成立，记录不在总账所记的位置", "proof broken"},
	CheckpointBroken: {"检查点不是本机关签署的", "checkpoint broken"},
	Inconsistent:     {"总账与外部存证不一致，存证之后被改写过", "inconsistent with what was kept outside"},
}

// Codes returns the codes of this package, sorted.
func Codes() []ledger.Code {
	out := make([]ledger.Code, 0, len(texts))
	for c := range texts {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}
