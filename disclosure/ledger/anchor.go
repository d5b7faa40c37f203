package ledger

import "context"

// Deposit is what is handed to a place outside the office: a signed checkpoint
// and, if that place takes them, the leaves that the log gained since the
// deposit before. With the leaves, an audit names every record that was altered
// since; with the checkpoint alone it can only say between which checkpoints.
// Cases are opaque ids and hashes are salted, so a deposit reveals nothing.
type Deposit struct {
	Note   []byte `json:"note"`
	From   int64  `json:"from"`             // place of the first of Leaves
	Leaves []Leaf `json:"leaves,omitempty"` // places From up to the checkpoint's size; nil = checkpoint only
}

// Anchor is the port to a place outside the office (上级机关、档案馆、公报、时间戳服务)
// whose keeper does not obey whoever keeps the database.
type Anchor interface {
	// Keep stores a deposit for good. Keeping the same again is no error. It
	// must refuse a checkpoint that contradicts one that it keeps, if it can tell.
	Keep(ctx context.Context, tenant string, d Deposit) error
	// Kept returns the deposits of a tenant, oldest first.
	Kept(ctx context.Context, tenant string) ([]Deposit, error)
}
