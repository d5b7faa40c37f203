package dossier

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Trust is what the checker brings along. The zero Trust brings nothing: then a
// dossier can only be whole in itself.
type Trust struct {
	Keys        []ledger.Key   // of the office, from elsewhere than the dossier
	Suites      []ledger.Suite // nil = the built-in one
	Checkpoints [][]byte       // signed checkpoints that the checker has kept
}

// Report is what Check found.
type Report struct {
	Verdict ledger.Verdict
	Case    string
	Title   string
	Agency  string
	Records int
	Erased  int // records without their private part: erased by law or left out of the dossier
	Placed  int // records proven to be in the log of the office
	Files   int
	Signed  []ledger.Key // that signed the manifest or checkpoint and of which the checker knew
	Offered []ledger.Key // that the dossier brings along itself and that signed
	Faults  []Fault
	Notes   []string // Chinese: what was not proven, and why
}

// Check checks the dossier in a folder (os.DirFS) or a zip (*zip.Reader). It
// never fails: what cannot be read is a fault.
func Check(fsys fs.FS, trust *Trust) *Report {
	if trust == nil {
		trust = &Trust{}
	}
	c := &check{fsys: fsys, trust: trust, report: &Report{}, d: &Dossier{fsys: fsys}}
	if c.manifest() {
		c.files()
		c.seal()
		c.records()
		c.proof()
	}
	return c.finish()
}

type check struct {
	fsys   fs.FS
	trust  *Trust
	report *Report
	d      *Dossier
	body   []byte // of dossier.json
	sealed bool   // by a trusted key
	proven bool   // every record in a checkpoint signed by a trusted key
}

func (c *check) fault(f Fault) { c.report.Faults = append(c.report.Faults, f) }
func (c *check) note(format string, args ...any) {
	c.report.Notes = append(c.report.Notes, fmt.Sprintf(format, args...))
}

func (c *check) manifest() bool {
	body, err := readFile(c.fsys, manifestName)
	if err != nil {
		c.fault(Fault{Code: Unreadable, File: manifestName, Detail: err.Error()})
		return false
	}
	if err := readJSON(body, &c.d.Manifest); err != nil {
		c.fault(Fault{Code: Unreadable, File: manifestName, Detail: err.Error()})
		return false
	}
	m := &c.d.Manifest
	if m.Format != 1 {
		c.fault(Fault{Code: Unreadable, File: manifestName, Detail: fmt.Sprintf("format %d", m.Format)})
		return false
	}
	c.body = body
	c.report.Case, c.report.Title, c.report.Agency = m.Case, m.Title, m.Agency
	return true
}

// files holds every file against the manifest, and the folder against both.
func (c *check) files() {
	m := &c.d.Manifest
	listed := map[string]bool{manifestName: true, noteName: true}
	for _, f := range m.Files {
		if !fs.ValidPath(f.Name) || listed[f.Name] {
			c.fault(Fault{Code: Unreadable, File: manifestName, Detail: "file " + f.Name})
			continue
		}
		listed[f.Name] = true
		body, err := readFile(c.fsys, f.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			c.fault(Fault{Code: FileMissing, File: f.Name, Document: c.document(f.Name)})
		case err != nil:
			c.fault(Fault{Code: Unreadable, File: f.Name, Detail: err.Error()})
		case int64(len(body)) != f.Size || sha256.Sum256(body) != f.SHA256:
			c.fault(Fault{Code: FileAltered, File: f.Name, Document: c.document(f.Name)})
		default:
			c.report.Files++
		}
	}
	for _, name := range []string{recordsName, htmlName, markdownName} {
		if !listed[name] {
			c.fault(Fault{Code: FileMissing, File: name})
		}
	}
	digests := map[string]ledger.Digest{}
	for _, f := range m.Files {
		digests[f.Name] = f.SHA256
	}
	for _, e := range m.Documents {
		if e.File != "" && digests[e.File] != e.Digest {
			c.fault(Fault{Code: FileAltered, File: e.File, Document: e.Name})
		}
	}
	err := fs.WalkDir(c.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !listed[name] {
			c.fault(Fault{Code: FileAdded, File: name})
		}
		return err
	})
	if err != nil {
		c.fault(Fault{Code: Unreadable, File: ".", Detail: err.Error()})
	}
}

func (c *check) document(file string) string {
	for _, e := range c.d.Manifest.Documents {
		if e.File == file {
			return e.Name
		}
	}
	return ""
}

// seal opens dossier.note.
func (c *check) seal() {
	body, err := readFile(c.fsys, noteName)
	if errors.Is(err, fs.ErrNotExist) {
		c.note("卷宗目录没有签名。")
		return
	}
	if err != nil {
		c.fault(Fault{Code: Unreadable, File: noteName, Detail: err.Error()})
		return
	}
	if proof, err := readFile(c.fsys, proofName); err == nil {
		_ = c.d.readProof(proof) // for the keys that it offers; proof() says what is wrong with it
	}
	text, trusted, offered, err := c.open(body)
	if err != nil {
		c.fault(Fault{Code: SealBroken, File: noteName})
		return
	}
	if text != sealText(&c.d.Manifest, c.body) {
		c.fault(Fault{Code: SealBroken, File: manifestName})
		return
	}
	c.signers(trusted, offered)
	c.sealed = len(trusted) > 0
}

// open opens a signed note by the trusted keys, failing that by those that the
// dossier brings along. A note that carries no signature of a known key but
// none that is wrong either is not an error: it proves nothing.
func (c *check) open(note []byte) (text string, trusted, offered []ledger.Key, err error) {
	if len(c.trust.Keys) > 0 {
		text, trusted, err = ledger.OpenNote(note, c.trust.Keys, c.trust.Suites...)
		return text, trusted, nil, err
	}
	text, offered, err = ledger.OpenNote(note, c.d.Proof.Keys, c.trust.Suites...)
	if err != nil && len(c.d.Proof.Keys) == 0 {
		// Nobody to ask: read it unverified.
		if text, _, ok := strings.Cut(string(note), "\n\n"); ok {
			return text + "\n", nil, nil, nil
		}
	}
	return text, nil, offered, err
}

func (c *check) signers(trusted, offered []ledger.Key) {
	for _, k := range trusted {
		if !slices.Contains(c.report.Signed, k) {
			c.report.Signed = append(c.report.Signed, k)
		}
	}
	for _, k := range offered {
		if !slices.Contains(c.report.Offered, k) {
			c.report.Offered = append(c.report.Offered, k)
		}
	}
}

func (c *check) records() {
	body, err := readFile(c.fsys, recordsName)
	if err != nil {
		return // files() said so
	}
	records, err := ReadRecords(body)
	c.d.Records = records
	c.report.Records = len(records)
	for _, e := range lines(err) {
		c.fault(Fault{Code: Unreadable, File: recordsName, Line: e.line, Detail: e.err.Error()})
	}
	m := &c.d.Manifest
	for i := range records {
		if records[i].Erased() {
			c.report.Erased++
		}
	}
	for _, f := range ledger.VerifyChain(m.Tenant, m.Case, records, c.trust.Suites...) {
		c.fault(Fault{Code: f.Code, File: recordsName, Record: &f})
	}
	last := int64(0)
	if n := len(records); n > 0 {
		last = records[n-1].Seq
		if last == m.Records && records[n-1].Hash != m.Head {
			f := ledger.Fault{Code: ledger.Replaced, Case: m.Case, Seq: last, To: last, Place: -1, Part: "head"}
			c.fault(Fault{Code: f.Code, File: recordsName, Record: &f})
		}
	}
	switch {
	case last < m.Records:
		f := ledger.Fault{Code: ledger.CutOff, Case: m.Case, Seq: last + 1, To: m.Records, Place: -1}
		c.fault(Fault{Code: f.Code, File: recordsName, Record: &f})
	case last > m.Records:
		f := ledger.Fault{Code: ledger.Added, Case: m.Case, Seq: m.Records + 1, To: last, Place: -1}
		c.fault(Fault{Code: f.Code, File: recordsName, Record: &f})
	}
}

func lines(err error) []*lineError {
	if err == nil {
		return nil
	}
	var out []*lineError
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			out = append(out, lines(e)...)
		}
		return out
	}
	var e *lineError
	if errors.As(err, &e) {
		out = append(out, e)
	}
	return out
}

func (c *check) proof() {
	body, err := readFile(c.fsys, proofName)
	if errors.Is(err, fs.ErrNotExist) {
		c.note("卷宗没有附总账证明，无法核验它与机关总账是否相符。")
		return
	}
	if err == nil {
		err = c.d.readProof(body)
	}
	if err != nil {
		c.fault(Fault{Code: Unreadable, File: proofName, Detail: err.Error()})
		return
	}
	p := &c.d.Proof
	cp, trusted, ok := c.checkpoint(p.Checkpoint)
	if !ok {
		return
	}
	suite := c.suite(cp.Suite)
	if suite == nil {
		c.note("检查点所用的密码套件 %s 不在核验范围内。", cp.Suite)
		return
	}
	placed := map[int64]bool{}
	bySeq := map[int64]ledger.Digest{}
	for i := range c.d.Records {
		bySeq[c.d.Records[i].Seq] = c.d.Records[i].Hash
	}
	for _, place := range p.Places {
		hash, ok := bySeq[place.Seq]
		if !ok {
			c.fault(Fault{Code: ProofBroken, File: proofName, Seq: place.Seq})
			continue
		}
		if err := place.Verify(suite, hash, cp); err != nil {
			c.fault(Fault{Code: ProofBroken, File: proofName, Seq: place.Seq})
			continue
		}
		placed[place.Seq] = true
	}
	c.report.Placed = len(placed)
	var open []string
	for i := range c.d.Records {
		if s := c.d.Records[i].Seq; !placed[s] {
			open = append(open, fmt.Sprint(s))
		}
	}
	if len(open) > 0 {
		c.note("第 %s 条记录没有总账证明（制作卷宗时尚未进入总账）。", strings.Join(open, "、"))
	}
	c.proven = trusted && len(open) == 0 && len(placed) > 0
	c.anchored(suite, cp)
	c.kept(suite, cp)
}

func (c *check) suite(id string) ledger.Suite {
	suites := c.trust.Suites
	if len(suites) == 0 {
		suites = []ledger.Suite{ledger.Standard()}
	}
	for _, s := range suites {
		if s.ID() == id {
			return s
		}
	}
	return nil
}

func (c *check) checkpoint(note []byte) (cp ledger.Checkpoint, trusted, ok bool) {
	text, by, offered, err := c.open(note)
	if err == nil {
		cp, err = ledger.ParseCheckpoint(text)
	}
	if err != nil || cp.Tenant != c.d.Manifest.Tenant {
		c.fault(Fault{Code: CheckpointBroken, File: proofName})
		return cp, false, false
	}
	c.signers(by, offered)
	return cp, len(by) > 0, true
}

// anchored checks the growth from the checkpoint kept outside to the one of the proof.
func (c *check) anchored(suite ledger.Suite, cp ledger.Checkpoint) {
	p := &c.d.Proof
	if p.Anchored == nil {
		return
	}
	old, _, ok := c.checkpoint(p.Anchored)
	if !ok {
		return
	}
	if p.Growth == nil || p.Growth.Verify(suite, old, cp) != nil {
		c.fault(Fault{Code: Inconsistent, File: proofName})
	}
}

// kept holds the proof against the checkpoints that the checker brought along.
func (c *check) kept(suite ledger.Suite, cp ledger.Checkpoint) {
	for _, note := range c.trust.Checkpoints {
		keys := c.trust.Keys
		if len(keys) == 0 {
			keys = c.d.Proof.Keys
		}
		old, _, err := ledger.OpenCheckpoint(note, keys, c.trust.Suites...)
		switch {
		case err != nil || old.Tenant != c.d.Manifest.Tenant:
			c.note("所持检查点不是本机关签署的，未予采用。")
		case old.Size == cp.Size && old.Suite == cp.Suite:
			if old.Root != cp.Root {
				c.fault(Fault{Code: Inconsistent, File: proofName})
			} else if len(c.report.Signed) == 0 {
				c.note("卷宗的检查点与所持检查点一致。")
			}
		case c.d.Proof.Growth != nil && c.d.Proof.Growth.From == old.Size && c.d.Proof.Growth.To == cp.Size:
			if c.d.Proof.Growth.Verify(suite, old, cp) != nil {
				c.fault(Fault{Code: Inconsistent, File: proofName})
			}
		default:
			c.note("卷宗没有附从所持检查点（共 %d 条）到其检查点（共 %d 条）的一致性证明，请向机关索取。", old.Size, cp.Size)
		}
	}
}

func (c *check) finish() *Report {
	r := c.report
	slices.SortStableFunc(r.Faults, func(a, b Fault) int { return cmp.Compare(a.File, b.File) })
	r.Faults = slices.CompactFunc(r.Faults, func(a, b Fault) bool {
		return a.Code == b.Code && a.File == b.File && a.Seq == b.Seq && a.Line == b.Line && (a.Record == nil) == (b.Record == nil) && (a.Record == nil || *a.Record == *b.Record)
	})
	switch {
	case len(r.Faults) > 0:
		r.Verdict = ledger.Broken
	case c.sealed && (c.proven || c.d.Proof.Checkpoint == nil):
		r.Verdict = ledger.Intact
	default:
		if len(c.trust.Keys) == 0 {
			c.note("核验者没有提供机关的公钥，只能认定卷宗自身一致，不能认定出自何处。")
		}
	}
	return r
}
