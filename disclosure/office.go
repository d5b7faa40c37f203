package disclosure

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Config is what an Office is opened with. Tenant, Profile and Store have no
// default.
type Config struct {
	Tenant     string               // opaque id of the agency in the store
	Profile    *Profile             // the agency's rule book
	Store      Store                // records and index rows
	Documents  Documents            // bodies; default: the Store, if it is Documents too
	Calendar   *deadline.Calendar   // default: deadline.China()
	Scanner    *secrecy.Scanner     // default: the default scanner
	Suite      ledger.Suite         // default: ledger.Standard()
	Publishers map[string]Publisher // by carrier id; default: none, so that orders wait
	Names      Names                // default: the id itself
	Now        func() time.Time     // default: the system clock
	Rand       io.Reader            // default: crypto/rand
	Kinds      []CaseKind           // kinds that the host brings
}

// CaseKind is a kind of case that the host brings, with its procedure where the
// profile has none.
type CaseKind struct {
	Kind       Kind
	Definition *workflow.Definition // nil = records without stages
	Personal   bool                 // its title names persons: it stays out of the index
}

// Office is the one door through which disclosure work goes: it loads, folds,
// decides, seals and appends. It is safe for concurrent use.
type Office struct {
	inStore  bool // Documents are the Store's, so those of the joined store are the transaction's
	cfg      Config
	machines map[Kind]*running
	digests  map[string]*running // by digest, for pinned cases
	personal map[Kind]bool
	joined   bool // the store is the host's transaction: nothing is retried
}

// Open checks the configuration and fills its defaults. It reads and writes
// nothing. It returns all faults at once, under ErrInvalid.
func Open(c Config) (*Office, error) {
	var faults []error
	if c.Tenant == "" || len(c.Tenant) > MaxID {
		faults = append(faults, fmt.Errorf("field Tenant: want an id of 1 to %d bytes", MaxID))
	}
	if c.Profile == nil {
		faults = append(faults, errors.New("field Profile: want a profile, see LoadProfile"))
	} else if c.Profile.machines == nil {
		faults = append(faults, errors.New("field Profile: want one made by LoadProfile or NewProfile"))
	}
	if c.Store == nil {
		faults = append(faults, errors.New("field Store: want a store, see NewMemory"))
	}
	inStore := c.Documents == nil
	if inStore {
		d, ok := c.Store.(Documents)
		if !ok && c.Store != nil {
			faults = append(faults, errors.New("field Documents: want one, as the store keeps none; see Folder"))
		}
		c.Documents = d
	}
	if c.Calendar == nil {
		c.Calendar = deadline.China()
	}
	if c.Suite == nil {
		c.Suite = ledger.Standard()
	}
	if c.Names == nil {
		c.Names = func(_ context.Context, id string) string { return id }
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Rand == nil {
		c.Rand = rand.Reader
	}
	if c.Scanner == nil {
		s, err := secrecy.NewScanner(nil)
		if err != nil {
			faults = append(faults, err)
		}
		c.Scanner = s
	}
	o := &Office{cfg: c, inStore: inStore, machines: map[Kind]*running{}, digests: map[string]*running{}, personal: map[Kind]bool{}}
	if c.Profile != nil {
		for k, m := range c.Profile.machines {
			o.machines[k] = run(m)
		}
	}
	for i, k := range c.Kinds {
		at := fmt.Sprintf("field Kinds[%d] (%s)", i, k.Kind)
		if _, twice := o.personal[k.Kind]; k.Kind == "" || twice || o.machines[k.Kind] != nil {
			faults = append(faults, fmt.Errorf("%s: want a kind that the profile and the other kinds do not have", at))
			continue
		}
		o.personal[k.Kind] = k.Personal
		if k.Definition == nil {
			continue
		}
		m, err := workflow.Compile(*k.Definition)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", at, err))
			continue
		}
		o.machines[k.Kind] = run(m)
	}
	for id := range c.Publishers {
		if c.Profile == nil {
			break
		}
		if _, ok := c.Profile.Carrier(id); !ok {
			faults = append(faults, fmt.Errorf("field Publishers[%q]: want a carrier of the profile", id))
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("%w: config: %w", ErrInvalid, errors.Join(faults...))
	}
	for _, m := range o.machines {
		o.digests[m.Digest().String()] = m
	}
	return o, nil
}

// In is the same office over another store, normally the host's transaction
// (sqlstore.Store.Join). It never retries: the host's transaction decides.
func (o *Office) In(s Store) *Office {
	n := *o
	n.cfg.Store, n.joined = s, true
	if d, ok := s.(Documents); ok && o.inStore {
		n.cfg.Documents = d
	}
	return &n
}

// Profile is the rule book that the office was opened with.
func (o *Office) Profile() *Profile { return o.cfg.Profile }

// Calendar is the working calendar of the office.
func (o *Office) Calendar() *deadline.Calendar { return o.cfg.Calendar }

// Today is the civil day of the office's clock.
func (o *Office) Today() deadline.Date { return deadline.DateOf(o.cfg.Now()) }

// newID is 20 random bytes less what hex costs: 128 bits, 32 characters.
func (o *Office) newID() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(o.cfg.Rand, b[:]); err != nil {
		return "", fmt.Errorf("disclosure: random id: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// Case loads a case with all its records. ErrNotFound if there is none. Of a kind
// whose titles name persons (CaseKind.Personal) the private payloads and the
// title are left out: Reveal shows them, and records who looked.
func (o *Office) Case(ctx context.Context, id CaseID) (*Case, error) {
	c, err := o.load1(ctx, id)
	if err != nil || !o.personal[c.Kind] {
		return c, err
	}
	c.Title, c.Number = "", ""
	for i := range c.Records {
		c.Records[i].Salt, c.Records[i].Private = nil, nil
	}
	return c, nil
}

// Text is what a reader sees of a part of a case. Of a kind whose cases are
// personal it is refused: what persons gave is seen by Reveal or Account, which
// record who looked.
func (o *Office) Text(ctx context.Context, id CaseID, part string) ([]byte, error) {
	c, err := o.load1(ctx, id)
	if err != nil {
		return nil, err
	}
	if o.personal[c.Kind] {
		return nil, refuse("DI-60", "the text of a personal case", "Reveal or Account, which record who looked", law.Citation{})
	}
	return o.text(ctx, c, part)
}

func (o *Office) load1(ctx context.Context, id CaseID) (*Case, error) {
	rs, err := o.cfg.Store.Records(ctx, o.cfg.Tenant, string(id), 0, 0)
	if err != nil {
		return nil, fmt.Errorf("disclosure: case %s: %w", id, err)
	}
	if len(rs) == 0 {
		return nil, fmt.Errorf("%w: case %s", ErrNotFound, id)
	}
	return FoldCase(rs)
}

// facts are all facts of a case: the recorded ones, those of its sub-cases, and
// the built-in ones, which only the Office supplies. The attribute is as the act
// leaves it.
func (o *Office) facts(c *Case, l loaded) workflow.Facts {
	f := workflow.Facts{}
	for k, v := range c.Facts {
		f[k] = v
	}
	if r := l.procedures[c.ID]; r != nil {
		for _, s := range r.def.Subs {
			switch {
			case s.ID == workflow.FactEarlier:
			case l.own != nil && l.own.ID == c.ID:
				f[s.ID] = subsOf(s, l.subs[s.ID])
			default:
				delete(f, s.ID) // its sub-cases were not read: undetermined
			}
		}
	}
	for k, v := range o.builtIn(c, earlier(c, l)) {
		f[k] = v
	}
	return f
}
