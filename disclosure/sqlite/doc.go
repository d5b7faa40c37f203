// Package sqlite is the embedded default: a disclosure.Store with every ability,
// documents included, in one file, without a server and without a C compiler.
//
//	s, err := sqlite.Open("gongkai.db")
//	defer s.Close()
//
// The file is opened as it must be for records that count: write-ahead log,
// synchronous FULL (an acknowledged batch outlives a power cut as far as the disk
// keeps its word), a busy timeout, one writing connection that begins IMMEDIATE, and
// reading connections beside it that do not wait for it. Several processes on one
// machine may open one file; a network drive is no place for it. To copy a file in
// use call Backup. It carries a county without effort (some thousand batches a
// second); for more, the same tables live in PostgreSQL or MariaDB by package
// sqlstore.
package sqlite
