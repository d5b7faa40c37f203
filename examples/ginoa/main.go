// Ginoa is an office automation system such as many agencies have: gin, gorm, a
// table of papers (公文) and a table of users of its own. Disclosure is built into
// it: when a paper is issued (签发), the status of the OA's row and the record of
// the disclosure office are written in one transaction of the OA, so they commit
// together or not at all.
//
//	go run ./examples/ginoa -listen 127.0.0.1:8080                     SQLite in oa.db
//	go run ./examples/ginoa -postgres 'postgres://…'
//
//	curl -H 'X-User: zhang' -d '{"title":"关于…的通知","body":"…"}' 127.0.0.1:8080/papers
//	curl -H 'X-User: zhang' -X POST 127.0.0.1:8080/papers/1/issue
//	curl -H 'X-User: zhang' 127.0.0.1:8080/papers/1
//	curl -H 'X-User: zhang' 127.0.0.1:8080/due
//
// The OA's sign-in is left out: the header names the user.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/gin-gonic/gin"
)

func main() {
	log.SetFlags(0)
	postgres := flag.String("postgres", "", "DSN of PostgreSQL; empty: SQLite")
	file := flag.String("file", "oa.db", "the SQLite file")
	listen := flag.String("listen", "127.0.0.1:8080", "address")
	flag.Parse()
	gin.SetMode(gin.ReleaseMode)
	a, err := open(context.Background(), *file, *postgres, "gk_")
	if err != nil {
		log.Fatal(err)
	}
	defer a.close()
	log.Fatal(a.routes().Run(*listen))
}
