package sqlstore

import (
	"fmt"
	"strings"
)

// Dialect is the SQL that a database speaks.
type Dialect uint8

// The dialects. Databases that follow one of them use it: openGauss, KingbaseES,
// GaussDB, Citus, YugabyteDB and CockroachDB PostgreSQL; TiDB and OceanBase MySQL
// with Options.Collation as they have it.
const (
	SQLite     Dialect = iota + 1 // 3.35 or newer
	PostgreSQL                    // 12 or newer
	MariaDB                       // 10.6 or newer
	MySQL                         // 8.0.17 or newer
)

// String names the dialect.
func (d Dialect) String() string {
	switch d {
	case SQLite:
		return "SQLite"
	case PostgreSQL:
		return "PostgreSQL"
	case MariaDB:
		return "MariaDB"
	case MySQL:
		return "MySQL"
	}
	return fmt.Sprintf("Dialect(%d)", uint8(d))
}

func (d Dialect) known() bool { return d >= SQLite && d <= MySQL }

// likeMySQL: ? for places, no ON CONFLICT, DDL commits.
func (d Dialect) likeMySQL() bool { return d == MariaDB || d == MySQL }

// types renders the column types of a statement: {id} a text of at most MaxID
// bytes, {text N} one of at most N, {int}, {hash}, {bytes}; all compared bytewise.
func (d Dialect) types(statement, collation string) string {
	id, text, integer, hash, body, sort := "", "", "BIGINT", "", "", ""
	switch d {
	case SQLite:
		id, text, integer, hash, body = "TEXT", "TEXT", "INTEGER", "BLOB", "BLOB"
	case PostgreSQL:
		sort = ` COLLATE "C"`
		id, text, hash, body = "VARCHAR(128)"+sort, "VARCHAR(1024)"+sort, "BYTEA", "BYTEA"
	default:
		// NO PAD, or 'x' and 'x ' are the same key.
		if collation == "" {
			collation = "utf8mb4_nopad_bin"
			if d == MySQL {
				collation = "utf8mb4_0900_bin"
			}
		}
		sort = " CHARACTER SET utf8mb4 COLLATE " + collation
		id, text, hash, body = "VARCHAR(128)"+sort, "VARCHAR(1024)"+sort, "VARBINARY(32)", "MEDIUMBLOB"
	}
	table := map[Dialect]string{SQLite: "", PostgreSQL: "", MariaDB: " ENGINE=InnoDB", MySQL: " ENGINE=InnoDB"}[d]
	clustered := table
	if d == SQLite {
		clustered = " WITHOUT ROWID"
	}
	return strings.NewReplacer("{id}", id, "{text}", text, "{int}", integer, "{hash}", hash, "{bytes}", body, "{table}", table, "{clustered}", clustered).Replace(statement)
}

// ifAbsent ends an INSERT that does nothing where the key is there already, and
// says so in the number of rows, without provoking a constraint error.
// bump is a column that may be raised.
func (d Dialect) ifAbsent(bump string) string {
	if d.likeMySQL() { // 1 row: inserted; 2 rows: it was there
		return " ON DUPLICATE KEY UPDATE " + bump + " = " + bump + " + 1"
	}
	return " ON CONFLICT DO NOTHING"
}

// bind numbers the places of a statement, which holds no question mark but them.
func (d Dialect) bind(statement string) string {
	if d != PostgreSQL {
		return statement
	}
	var b strings.Builder
	n := 0
	for {
		before, after, found := strings.Cut(statement, "?")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		n++
		fmt.Fprintf(&b, "$%d", n)
		statement = after
	}
}

// places is (?, ?, …), (?, ?, …), … for rows of n values.
func places(rows, n int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", n), ", ") + ")"
	return strings.TrimSuffix(strings.Repeat(row+", ", rows), ", ")
}
