// Package ledger proves the ledger with parts that the root module does without:
// SM2 and SM3 in the place of the built-in suite, and a million records.
package ledger
