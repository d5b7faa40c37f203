// Package ledger is the chain of sealed records of each case, the Merkle log of an office, and their verifier.
package ledger
