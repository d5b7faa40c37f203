package ledger

// Digest is the output of a suite's hash; every suite here has 32 bytes.
type Digest [32]byte

// Record is one sealed event of one case: what the hash covers, and the private
// part beside it. A Store keeps it byte for byte.
//
// The hash covers Suite, Tenant, Case, Seq, Type, Time, On, Actor, Structure,
// Commitment and Prev. Salt and Private are covered through Commitment only, so
// that both can be erased together and the chain still verifies.
type Record struct {
	Suite      string // the Suite that sealed it, e.g. "sha256-ed25519"
	Tenant     string // opaque id of the agency
	Case       string // opaque id of the case; never a name, number or title
	Seq        int64  // 1, 2, 3 … within the case
	Type       string // the event, ASCII
	Time       int64  // the instant it was written, Unix milliseconds
	On         string // the day the law counts, 2006-01-02; "" = none
	Actor      string // opaque id
	Structure  []byte // what the fold needs; never personal data, never erased
	Commitment Digest // H(tag ‖ salt ‖ Private)
	Prev       Digest // hash of record Seq-1 of the case; zero for Seq 1
	Hash       Digest // hash of this record
	Salt       []byte // 32 random bytes; nil once erased
	Private    []byte // everything else; nil once erased
}
