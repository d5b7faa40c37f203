package disclosure

import (
	"context"
	"errors"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Errors of a Store. Every implementation returns an error that errors.Is one of
// them, or a plain error for a fault of its own that changed nothing.
var (
	// ErrConflict: a case is not at the version that the batch expects or
	// guards. Nothing was written. Load, decide and append again.
	ErrConflict = errors.New("disclosure: conflict: a case has moved on")
	// ErrKeyReused: the key was used before with another fingerprint. Nothing
	// was written.
	ErrKeyReused = errors.New("disclosure: key reused for another command")
	// ErrUnavailable: the store cannot be reached or refuses to serve now.
	// Nothing was written.
	ErrUnavailable = errors.New("disclosure: store unavailable")
	// ErrUnknown: the store cannot say whether the batch was committed. Append
	// the same batch with the same key again: it is applied once.
	ErrUnknown = errors.New("disclosure: commit unknown")
	// ErrInvalid: the batch or query breaks a rule of this page (an empty
	// tenant, a negative version, NUL or invalid UTF-8 in an id, a payload over
	// MaxPayload …). Nothing was written.
	ErrInvalid = errors.New("disclosure: invalid batch or query")
	// ErrNotFound: there is no such case, order or document.
	ErrNotFound = errors.New("disclosure: not found")
)

// MaxPayload is the most bytes that Structure and Private of one record may have
// together: 64 KiB. What is larger belongs into Documents.
const MaxPayload = 64 << 10

// MaxID is the most bytes of an id, a key, a kind, a stage or a unit.
const MaxID = 128

// MaxTitle is the most bytes of Index.Title.
const MaxTitle = 512

// MaxFault is the most bytes that are kept of a fault handed to Outbox.Release.
const MaxFault = 1 << 10

// MaxPage is the most rows a page of Find may have; DefaultPage is what a Limit
// of 0 means.
const (
	MaxPage     = 1000
	DefaultPage = 100
)

// Store keeps records and index rows. It knows no law and no stage.
//
// A Store is safe for concurrent use. It hands out fresh slices and keeps none
// that it was given.
type Store interface {
	// Append writes the batch, all or nothing. Each Write and each Guard names
	// the version at which its case must stand; one that does not is
	// ErrConflict. A key that was used before with the same fingerprint returns
	// the first receipt with Replayed set and writes nothing; with another
	// fingerprint it is ErrKeyReused.
	//
	// A batch with a key and no Writes is a probe: it writes nothing and returns
	// the first receipt of the key (Replayed, with its Fingerprint, which is not
	// compared), or ErrNotFound. The caller asks before it decides: a command
	// that was carried out would be refused on the state that it made.
	Append(ctx context.Context, b Batch) (Receipt, error)
	// Records returns the records of a case with Seq > after, oldest first, at
	// most limit of them (limit ≤ 0: all). An unknown case has none. A read sees
	// every batch whose Append has returned, on whichever node.
	Records(ctx context.Context, tenant, caseID string, after int64, limit int) ([]ledger.Record, error)
	// Find returns index rows in the order that the query asks for, a page at a
	// time.
	Find(ctx context.Context, q Query) (Page, error)
}

// Batch is what one command writes: one tenant, one key, one or more cases.
type Batch struct {
	Tenant      string
	Key         string        // idempotency key, unique per tenant
	Fingerprint ledger.Digest // of the command; salted by the caller
	Time        int64         // Unix milliseconds
	Writes      []Write       // each case once; none = a probe
	Guards      []Guard       // cases that were read and must not have moved; none of them among Writes
	Orders      []Order       // new outbox orders
	Settle      []string      // ids of outbox orders that this batch completes; one that is settled already is ErrConflict, one that does not exist ErrNotFound, so an order is completed once
	Receipt     []byte        // opaque bytes handed back in the Receipt, now and on replay; ≤ MaxPayload
}

// Write appends records to one case and replaces its index row.
type Write struct {
	Case    string
	Expect  int64           // version before: 0 = the case must not exist yet
	Records []ledger.Record // Seq Expect+1, Expect+2, …; Tenant and Case as the batch and the write say; none = only the index row is refreshed (Expect ≥ 1), the version stays
	Index   Index           // the whole index row after these records
}

// Guard says that a case which was only read stands at a version (0: does not
// exist). A store enforces it by a write, so that clusters which certify
// write sets see it.
type Guard struct {
	Case    string
	Version int64
}

// Index is the row by which a case is found. It holds nothing personal.
type Index struct {
	Kind   string // kind of case
	Stage  string
	Unit   string // responsible unit
	Parent string // case id, "" = none
	Title  string // public or internal working title, ≤ 512 bytes; never of a person
	Number string // public number (索引号, 收件号), "" = none; not unique
	DueAt  int64  // Unix milliseconds of the end of the earliest open due day; 0 = nothing is due (NULL in SQL)
	Open   bool   // the case is not in a final stage
}

// Row is an Index with the case it stands for.
type Row struct {
	Case    string
	Version int64
	Updated int64 // Unix milliseconds of the last batch
	Index
}

// Order is one thing that has to leave the house after the commit.
type Order struct {
	ID       string // unique per tenant
	Case     string
	Type     string   // what is to be done: "publish", "withdraw", …
	Carrier  string   // where
	After    []string // ids of orders that must be settled first
	Group    string   // orders of one group go together: none is handed out until all are ready; "" = alone
	NotUntil int64    // Unix milliseconds before which it is not handed out; 0 = at once
	Payload  []byte   // ≤ MaxPayload; digests and ids, never personal data
}

// Receipt says what Append did.
type Receipt struct {
	Versions    map[string]int64 // case → version after the batch, of its Writes
	Fingerprint ledger.Digest    // as the (first) batch said
	Time        int64            // as the (first) batch said
	Data        []byte           // Batch.Receipt of the (first) batch
	Replayed    bool             // the key was known; nothing was written now
}

// SortBy is the order of a Find.
type SortBy string

// The orders in which Find returns rows; ties are broken by case id, bytewise.
const (
	ByCase    SortBy = "case"    // by case id (the default)
	ByDue     SortBy = "due"     // earliest due first; rows with nothing due are left out
	ByUpdated SortBy = "updated" // latest change first
)

// Query selects index rows of one tenant. Empty fields do not restrict.
type Query struct {
	Tenant    string
	Kind      []string
	Stage     []string
	Unit      []string
	Parent    string
	Number    string
	DueBefore int64 // due strictly before, Unix milliseconds; 0 = no bound
	Open      bool  // only open cases
	Sort      SortBy
	Limit     int    // rows a page: default 100, at most 1,000
	Cursor    string // Page.Next of the page before; "" = the first page
}

// Page is one page of a Find. Next is "" on the last page.
type Page struct {
	Rows []Row
	Next string
}

// Outbox is the ability of a Store to hand out orders under a lease. Two workers
// never hold one order at the same time; a lease that ran out is handed out
// again, so a publisher must accept the same order twice. An After inside the
// order's own group is met by going together.
type Outbox interface {
	// Lease hands out at most max orders (whole groups; one group may exceed
	// max) that are not settled, whose After are all settled, whose NotUntil has
	// come and which no live lease holds, oldest first (by the time of the batch,
	// then by the place in it), and leases them to worker from now until until (Unix milliseconds).
	Lease(ctx context.Context, tenant, worker string, now, until int64, max int) ([]Leased, error)
	// Release gives an order back: it is handed out again from notUntil on, and
	// its Attempts and Fault are kept (the fault as valid UTF-8 without NUL, cut
	// at MaxFault bytes). Only the worker whose token is the newest and who has
	// not released or settled the order may; another gets ErrConflict.
	Release(ctx context.Context, tenant string, l Leased, notUntil int64, fault string) error
	// Orders lists the orders of a case, settled ones included, oldest first.
	Orders(ctx context.Context, tenant, caseID string) ([]OrderState, error)
}

// Leased is an order in a worker's hand.
type Leased struct {
	Order
	Token    int64 // fencing token; grows with every lease of the order
	Worker   string
	Attempts int // leases so far, this one included
}

// OrderState is an order as it stands in the store.
type OrderState struct {
	Order
	Settled  bool
	Attempts int
	Fault    string // of the last Release
}

// Log is the ability of a Store to carry the office's Merkle log: a single
// sequencer numbers the sealed records in batches, outside the business
// transaction.
type Log interface {
	// Unsequenced returns records that have no place in the log yet, at most
	// max, oldest first within each case.
	Unsequenced(ctx context.Context, tenant string, max int) ([]Leaf, error)
	// Sequence gives leaves the places size, size+1, …; ErrConflict if the log
	// does not have exactly size leaves, or a leaf is no unsequenced record of
	// this hash or not the next of its case. Places of a case grow with Seq.
	Sequence(ctx context.Context, tenant string, size int64, leaves []Leaf) error
	// Leaves returns the leaves with from ≤ place < to, in order.
	Leaves(ctx context.Context, tenant string, from, to int64) ([]Leaf, error)
	// Places returns the places of the records of a case that are in the log:
	// element i is the place of Seq i+1.
	Places(ctx context.Context, tenant, caseID string) ([]int64, error)
	// Size is the number of leaves.
	Size(ctx context.Context, tenant string) (int64, error)
	// PutCheckpoint keeps a signed note for a size: the same note again is no
	// error, another for the same size is ErrConflict. Checkpoint returns the
	// one with the largest size ≤ the given (ErrNotFound if none).
	PutCheckpoint(ctx context.Context, tenant string, size int64, note []byte) error
	Checkpoint(ctx context.Context, tenant string, size int64) (int64, []byte, error)
}

// Leaf is one record's place in the Merkle log.
type Leaf struct {
	Case string
	Seq  int64
	Hash ledger.Digest
}

// Eraser is the ability to erase the private part of a record by law. Salt and
// Private become nil, nothing else changes; erasing twice is no error, erasing a
// record that does not exist is ErrNotFound.
type Eraser interface {
	Erase(ctx context.Context, tenant, caseID string, seq int64) error
}

// Leases is the ability to hold a named lease (sequencer, sweeper). Acquire
// answers false while another holder's lease is alive (now < its until); the
// holder itself extends its lease, and gives it up with until ≤ now.
type Leases interface {
	Acquire(ctx context.Context, tenant, name, holder string, now, until int64) (bool, error)
}

// Documents keeps bodies by digest.
type Documents interface {
	// Put stores the bytes and returns their SHA-256. Putting the same bytes
	// again is no error.
	Put(ctx context.Context, tenant string, body []byte) (ledger.Digest, error)
	// Open returns the bytes; ErrNotFound if there are none. What is stored but
	// no longer has its digest is an error, never returned.
	Open(ctx context.Context, tenant string, digest ledger.Digest) ([]byte, error)
}
