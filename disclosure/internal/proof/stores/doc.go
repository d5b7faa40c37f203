// Package stores proves the stores on real databases: the contract of
// storetest on PostgreSQL and MariaDB, histories that a linearizability checker
// reads, workers that are killed, processes and servers that crash. What takes
// long or needs a cluster has the build tag nightly.
//
// GONGKAI_POSTGRES_DSN and GONGKAI_MARIADB_DSN name the servers; the defaults are
// on this machine. A server that does not answer fails the test.
package stores
