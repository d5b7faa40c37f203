package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Schema is the newest layout of the tables. Layouts are only ever added to.
const Schema = 4

// ErrSchema: the tables were laid out by a newer release than this one.
var ErrSchema = errors.New("sqlstore: database has a newer schema")

// steps[n] leads from schema n to schema n+1. Every statement may run again:
// MariaDB and MySQL commit each by itself, so a step may end half-way.
//
// A text that may be empty is NULL when it is, since some databases take ” for
// NULL anyway. Every unique key begins with the tenant, so the tables can be
// spread over nodes by it.
var steps = [Schema][]string{
	{ // 1: records, index rows, keys
		`CREATE TABLE IF NOT EXISTS {p}case (
			tenant {id} NOT NULL, case_id {id} NOT NULL, version {int} NOT NULL, guarded {int} NOT NULL, updated_at {int} NOT NULL,
			kind {id} NOT NULL, stage {id}, unit {id}, parent {id}, number {id}, title {text}, open_due_at {int}, is_open {int} NOT NULL,
			PRIMARY KEY (tenant, case_id)){table}`,
		`CREATE INDEX IF NOT EXISTS {p}case_due ON {p}case (tenant, open_due_at, case_id)`,
		`CREATE INDEX IF NOT EXISTS {p}case_updated ON {p}case (tenant, updated_at DESC, case_id)`,
		`CREATE TABLE IF NOT EXISTS {p}record (
			tenant {id} NOT NULL, case_id {id} NOT NULL, seq {int} NOT NULL, suite {id}, type {id} NOT NULL, at_ms {int} NOT NULL,
			on_day {id}, actor {id}, structure {bytes}, commitment {hash} NOT NULL, prev {hash} NOT NULL, hash {hash} NOT NULL,
			salt {bytes}, private {bytes},
			PRIMARY KEY (tenant, case_id, seq)){table}`,
		`CREATE TABLE IF NOT EXISTS {p}receipt (
			tenant {id} NOT NULL, cmd {id} NOT NULL, fingerprint {hash} NOT NULL, at_ms {int} NOT NULL, versions {bytes} NOT NULL, data {bytes},
			repeated {int} NOT NULL,
			PRIMARY KEY (tenant, cmd)){clustered}`,
	},
	{ // 2: outbox and leases
		`CREATE TABLE IF NOT EXISTS {p}order (
			tenant {id} NOT NULL, id {id} NOT NULL, case_id {id} NOT NULL, at_ms {int} NOT NULL, ord {int} NOT NULL,
			type {id} NOT NULL, carrier {id}, after_ids {bytes}, bundle {id}, not_until {int} NOT NULL, payload {bytes},
			next_at {int}, token {int} NOT NULL, worker {id}, attempts {int} NOT NULL, fault {text},
			PRIMARY KEY (tenant, id)){table}`,
		`CREATE INDEX IF NOT EXISTS {p}order_next ON {p}order (tenant, next_at)`,
		`CREATE INDEX IF NOT EXISTS {p}order_case ON {p}order (tenant, case_id)`,
		`CREATE INDEX IF NOT EXISTS {p}order_bundle ON {p}order (tenant, bundle)`,
		`CREATE TABLE IF NOT EXISTS {p}lease (
			tenant {id} NOT NULL, name {id} NOT NULL, holder {id} NOT NULL, until_ms {int} NOT NULL, epoch {int} NOT NULL,
			PRIMARY KEY (tenant, name)){clustered}`,
	},
	{ // 3: the Merkle log; records that were there before wait for their place too
		`CREATE TABLE IF NOT EXISTS {p}pending (
			tenant {id} NOT NULL, case_id {id} NOT NULL, seq {int} NOT NULL, hash {hash} NOT NULL,
			PRIMARY KEY (tenant, case_id, seq)){clustered}`,
		`CREATE TABLE IF NOT EXISTS {p}leaf (
			tenant {id} NOT NULL, place {int} NOT NULL, case_id {id} NOT NULL, seq {int} NOT NULL, hash {hash} NOT NULL,
			PRIMARY KEY (tenant, place)){clustered}`,
		`CREATE UNIQUE INDEX IF NOT EXISTS {p}leaf_case ON {p}leaf (tenant, case_id, seq)`,
		`CREATE TABLE IF NOT EXISTS {p}log (
			tenant {id} NOT NULL, size {int} NOT NULL, turns {int} NOT NULL,
			PRIMARY KEY (tenant)){clustered}`,
		`CREATE TABLE IF NOT EXISTS {p}checkpoint (
			tenant {id} NOT NULL, size {int} NOT NULL, note {bytes} NOT NULL, repeated {int} NOT NULL,
			PRIMARY KEY (tenant, size)){table}`,
		`INSERT INTO {p}pending (tenant, case_id, seq, hash)
			SELECT r.tenant, r.case_id, r.seq, r.hash FROM {p}record r
			WHERE NOT EXISTS (SELECT 1 FROM {p}pending p WHERE p.tenant = r.tenant AND p.case_id = r.case_id AND p.seq = r.seq)
			AND NOT EXISTS (SELECT 1 FROM {p}leaf l WHERE l.tenant = r.tenant AND l.case_id = r.case_id AND l.seq = r.seq)`,
	},
	{ // 4: documents; work lists
		`CREATE TABLE IF NOT EXISTS {p}document (
			tenant {id} NOT NULL, digest {hash} NOT NULL, size {int} NOT NULL, parts {int} NOT NULL, repeated {int} NOT NULL,
			PRIMARY KEY (tenant, digest)){clustered}`,
		`CREATE TABLE IF NOT EXISTS {p}document_part (
			tenant {id} NOT NULL, digest {hash} NOT NULL, part {int} NOT NULL, body {bytes} NOT NULL, repeated {int} NOT NULL,
			PRIMARY KEY (tenant, digest, part)){table}`,
		`CREATE INDEX IF NOT EXISTS {p}case_kind ON {p}case (tenant, kind, stage, case_id)`,
		`CREATE INDEX IF NOT EXISTS {p}case_unit ON {p}case (tenant, unit, open_due_at, case_id)`,
		`CREATE INDEX IF NOT EXISTS {p}case_parent ON {p}case (tenant, parent, case_id)`,
		`CREATE INDEX IF NOT EXISTS {p}case_number ON {p}case (tenant, number, case_id)`,
	},
}

const schemaTable = `CREATE TABLE IF NOT EXISTS {p}schema (version {int} NOT NULL, repeated {int} NOT NULL, PRIMARY KEY (version)){table}`

// DDL returns the statements that lay out the tables afresh, for a host whose
// administrator runs them. Migrate then finds nothing to do.
func (s *Store) DDL() []string {
	out := []string{s.layout(schemaTable)}
	for i, step := range steps {
		for _, statement := range step {
			out = append(out, s.layout(statement))
		}
		out = append(out, strings.ReplaceAll(fmt.Sprintf("INSERT INTO {p}schema (version, repeated) VALUES (%d, 0)", i+1), "{p}", s.options.Prefix))
	}
	return out
}

// layout renders a statement of the schema.
func (s *Store) layout(statement string) string {
	if s.dialect.likeMySQL() {
		statement = strings.Replace(statement, "INDEX IF NOT EXISTS", "INDEX", 1) // MySQL does not know it; migrate takes 1061 for done
	}
	statement = strings.ReplaceAll(statement, "{p}", s.options.Prefix)
	return strings.Join(strings.Fields(s.dialect.types(statement, s.options.Collation)), " ")
}

// Migrate brings the tables to the newest schema, from nothing or from any
// earlier one, and loses nothing. Several processes may do it at once. A newer
// schema is ErrSchema, and nothing is touched.
func (s *Store) Migrate(ctx context.Context) error { return s.MigrateTo(ctx, Schema) }

// MigrateTo is Migrate as far as a given schema, 1 to Schema.
func (s *Store) MigrateTo(ctx context.Context, schema int) error {
	if schema < 1 || schema > Schema {
		return fmt.Errorf("sqlstore: no such schema: %d", schema)
	}
	if err := s.define(ctx, s.layout(schemaTable)); err != nil {
		return err
	}
	have, err := s.schema(ctx)
	if err != nil {
		return err
	}
	if have > Schema {
		return fmt.Errorf("%w: %d, this release knows %d", ErrSchema, have, Schema)
	}
	for n := have; n < schema; n++ {
		for _, statement := range steps[n] {
			if err := s.define(ctx, s.layout(statement)); err != nil {
				return fmt.Errorf("sqlstore: schema %d: %w", n+1, err)
			}
		}
		err := s.write(ctx, func(x session) error {
			_, err := x.exec(ctx, `INSERT INTO {p}schema (version, repeated) VALUES (?, 0)`+s.dialect.ifAbsent("repeated"), n+1)
			return err
		})
		if err != nil {
			return err
		}
	}
	if schema == Schema {
		return s.prepare(ctx)
	}
	return nil
}

// schema is the newest step that is done.
func (s *Store) schema(ctx context.Context) (int, error) {
	var have []int
	err := s.persist(ctx, func() (err error) {
		have, err = query(ctx, session{s: s, conn: s.db}, `SELECT COALESCE(MAX(version), 0) FROM {p}schema`, nil, func(n *int) []any { return []any{n} })
		return err
	})
	if err != nil || len(have) == 0 {
		return 0, err
	}
	return have[0], nil
}

// define runs a statement that another process may be running too.
func (s *Store) define(ctx context.Context, statement string) error {
	return s.persist(ctx, func() error {
		var err error
		for range 4 {
			if _, err = s.db.ExecContext(ctx, statement); err == nil || !clash(err) {
				return err
			}
			if s.dialect.likeMySQL() {
				return nil // the index is there
			}
		}
		return err
	})
}

// clash: PostgreSQL's IF NOT EXISTS can lose a race for the name (23505, 42P07,
// 42710), MySQL's CREATE INDEX finds its name taken (1061).
func clash(err error) bool {
	var state interface{ SQLState() string }
	if errors.As(err, &state) {
		switch state.SQLState() {
		case "23505", "42P07", "42710":
			return true
		}
	}
	return strings.Contains(err.Error(), "1061")
}

// prepare keeps the statements of Append prepared where the driver does not do
// so by itself.
func (s *Store) prepare(ctx context.Context) error {
	if s.dialect != SQLite || s.prepared != nil {
		return nil
	}
	prepared := map[string]*sql.Stmt{}
	for _, template := range []string{s.insertReceipt(), s.insertCase(), updateCase, guardCase, recordInsert(1), pendingInsert(1)} {
		st, err := s.db.PrepareContext(ctx, s.sql(template))
		if err != nil {
			return classified(err, false)
		}
		prepared[template] = st
	}
	s.prepared = prepared
	return nil
}

// Close closes what the store itself has prepared. The database stays the
// host's.
func (s *Store) Close() error {
	var errs []error
	for _, st := range s.prepared {
		errs = append(errs, st.Close())
	}
	return errors.Join(errs...)
}

// Check names every setting of the database that the store cannot rely on,
// all at once; nil means that it found none.
func (s *Store) Check(ctx context.Context) error {
	var wrong []error
	ask := func(q string) string {
		v, err := query(ctx, session{s: s, conn: s.read}, q, nil, func(v *string) []any { return []any{v} })
		if err != nil || len(v) == 0 {
			return ""
		}
		return strings.ToLower(v[0])
	}
	if err := s.read.PingContext(ctx); err != nil {
		return classified(err, false)
	}
	claim := func(ok bool, format string, args ...any) {
		if !ok {
			wrong = append(wrong, fmt.Errorf("sqlstore: "+format, args...))
		}
	}
	switch s.dialect {
	case MariaDB, MySQL:
		mode := ask(`SELECT @@sql_mode`)
		claim(strings.Contains(mode, "strict_"), "sql_mode is not strict, values would be cut: %q", mode)
		claim(ask(`SELECT @@character_set_connection`) == "utf8mb4", "the connection is not in utf8mb4")
		if on := ask(`SELECT @@wsrep_on`); s.dialect == MariaDB && (on == "1" || on == "on") {
			wait := ask(`SELECT @@wsrep_sync_wait`)
			claim(wait != "" && strings.ContainsAny(wait[len(wait)-1:], "13579"), "wsrep_sync_wait is %s, not 1: reads on another node would be stale", wait)
		}
	case PostgreSQL:
		claim(ask(`SHOW server_encoding`) == "utf8", "the database is not in UTF8")
	case SQLite:
		claim(ask(`PRAGMA journal_mode`) == "wal", "journal_mode is not WAL")
		sync, err := query(ctx, session{s: s, conn: s.db}, `PRAGMA synchronous`, nil, func(v *int) []any { return []any{v} })
		claim(err == nil && len(sync) == 1 && sync[0] >= 2, "synchronous is not FULL: an acknowledged batch could be lost with the power")
	}
	return errors.Join(wrong...)
}
