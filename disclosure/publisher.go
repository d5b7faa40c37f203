package disclosure

import (
	"context"
	"errors"
	"time"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Publisher puts a release on a carrier. It is called outside every transaction,
// under a lease, and may be called again with the same Order: it must then
// return the receipt of the first time and publish nothing twice.
//
// An error that wraps ErrRefusedByCarrier is final until a person acts; any
// other error is tried again later.
type Publisher interface {
	Publish(ctx context.Context, p Publication) (Published, error)
}

// ErrRefusedByCarrier says that the carrier will not take the release as it is.
var ErrRefusedByCarrier = errors.New("disclosure: the carrier refuses the release")

// Publication is what leaves the house. It is built from released things only:
// there is no field for anything withheld.
type Publication struct {
	Order   string // id of the order; the idempotency key of the publisher
	Carrier string // id of the carrier
	Case    CaseID
	Form    Form
	Title   string
	Number  string        // 索引号, "" = none
	Body    []byte        // empty for TitleOnly
	Digest  ledger.Digest // of Body; zero for TitleOnly
}

// Published is a publisher's receipt.
type Published struct {
	At  time.Time // when it became visible; the day of it is the day of publication
	URL string    // where, "" = no address
}

// Withdrawer is a Publisher that can take a release down again. p.Order is the
// order of the release; taking down what is not there is no error.
type Withdrawer interface {
	Withdraw(ctx context.Context, p Publication) (Published, error)
}
