package storetest

import (
	"slices"
	"testing"

	"github.com/opengongkai/gongkai/disclosure"
)

// Factory returns a fresh, empty store for one sub-test and registers with
// t.Cleanup what has to be closed or dropped.
type Factory func(t *testing.T) disclosure.Store

// Backend is a store with what the tests need from outside it. The tests of
// a field that is nil are left out.
type Backend struct {
	// New returns a fresh, empty store. Without it only the migration is tested.
	New Factory
	// Reopen closes the store and opens the same data again.
	Reopen func(t *testing.T, s disclosure.Store) disclosure.Store
	// Begin opens a transaction of the host in the same database and returns
	// the store inside it.
	Begin func(t *testing.T, s disclosure.Store) HostTx
	// Earlier lists the earlier layouts of the data: each opens a fresh store
	// whose data an earlier release laid out and filled with Legacy, and which
	// has been migrated since.
	Earlier []Earlier
	// Crash ends the server of the store as a crash does, starts it again and
	// returns the store on it. It is called while Work is going on.
	Crash func(t *testing.T, s disclosure.Store) disclosure.Store
}

// HostTx is a transaction of the host with the store inside it.
type HostTx struct {
	Store    disclosure.Store
	Commit   func() error
	Rollback func() error
}

// Earlier is one earlier layout.
type Earlier struct {
	Name string
	Open Factory
}

// Run tests the store that the factory makes against the whole contract.
func Run(t *testing.T, factory Factory) {
	t.Helper()
	Backend{New: factory}.Run(t)
}

// Run tests the backend against the whole contract.
func (b Backend) Run(t *testing.T) {
	t.Helper()
	type group struct {
		name string
		run  func(*testing.T, Backend)
	}
	groups := []group{
		{"append", testAppend},
		{"batch over cases", testBatch},
		{"conflict", testConflict},
		{"write skew", testSkew},
		{"idempotency", testKey},
		{"history", testHistory},
		{"queries", testFind},
		{"text", testText},
		{"limits", testLimits},
		{"bad input", testBadInput},
		{"tenants apart", testTenants},
		{"cancel", testCancel},
		{"concurrency", testConcurrency},
		{"faults", testFaults},
		{"outbox", testOutbox},
		{"log", testLog},
		{"erase", testErase},
		{"leases", testLeases},
		{"documents", testDocuments},
		{"reopen", testReopen},
		{"host transaction", testHost},
		{"migration", testMigration},
		{"crash", testCrash},
	}
	if b.New == nil {
		groups = slices.DeleteFunc(groups, func(g group) bool { return g.name != "migration" })
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) { g.run(t, b) })
	}
}
