// Package storetest is the contract that every disclosure.Store keeps, as a kit
// of tests: a host that brings its own storage runs it from one test function.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) disclosure.Store {
//			return mystore.New(t.TempDir()) // fresh and empty; closes itself by t.Cleanup
//		})
//	}
//
// What a store can beyond the three methods (Outbox, Log, Eraser, Leases,
// Documents) is tested if it has the methods; what a test needs from outside the
// store (opening it again, a host's transaction, a server that can be killed) is
// given in a Backend. A failure says which rule is broken.
//
// Faults wraps a store so that it fails as stores fail: before the commit, after
// it, late, twice, cancelled. Work is a load that can be cut off anywhere and
// afterwards tells what was lost and what was doubled.
package storetest
