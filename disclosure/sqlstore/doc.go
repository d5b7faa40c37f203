// Package sqlstore is a disclosure.Store in any SQL database that
// database/sql reaches: SQLite, PostgreSQL, MariaDB, MySQL, and those that speak
// like one of them (openGauss, KingbaseES, GaussDB, TiDB, OceanBase, Citus). It
// imports no driver: the host opens its *sql.DB with the driver that it has, and
// names the dialect.
//
//	db, err := sql.Open("pgx", "postgres://…")
//	s, err := sqlstore.New(db, sqlstore.PostgreSQL, nil)
//	err = s.Migrate(ctx)
//
// For one file without a server, package disclosure/sqlite opens SQLite with the
// right settings.
//
// # In the host's transaction
//
// Join puts the store into a transaction of the host (*sql.Tx, or the ConnPool of
// gorm and its like), so that the host's rows and the disclosure records commit
// together or not at all. A joined store never begins, commits, retries or
// provokes a constraint error, and holds no cursor open. The host hands the error
// of its own COMMIT to Classify.
//
//	tx, err := db.BeginTx(ctx, nil)
//	… the host's own statements on tx …
//	receipt, err := s.Join(tx).Append(ctx, batch) // an error: roll back
//	err = sqlstore.Classify(tx.Commit())          // ErrConflict: all of it again
//
// # How it holds
//
// Versions decide, not locks: a case is written by UPDATE … WHERE version = ?, and
// a guard is a write too, so that databases that certify write sets at COMMIT
// (Galera) see it. Orders and named leases are taken by compare-and-set of a
// token, never by SKIP LOCKED. What the database rolled back as a deadlock or a
// serialization failure is tried again, unless the transaction is the host's.
// Numbers are made by the application, instants are int64 milliseconds, bodies
// are bytes as hashed, every key begins with the tenant. There are no foreign
// keys, triggers, stored code, sequences or advisory locks.
//
// # What the database must be told
//
// Check names what is wrong. MariaDB and MySQL: strict SQL mode; in a Galera
// cluster wsrep_sync_wait=1 for the session, or reads on another node are stale (with
// go-sql-driver add ?wsrep_sync_wait=1 to the DSN); no need of clientFoundRows.
// PostgreSQL: a database in UTF8. SQLite: WAL, synchronous FULL, one writing
// connection with BEGIN IMMEDIATE.
//
// SCALE.md beside this file has figures to 10⁶ cases and the way to 10⁷.
package sqlstore
