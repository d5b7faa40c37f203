// Command quickstart takes one document from the catalog to the archive, and
// prints in Chinese what happens and which rule decides.
//
//	go run ./examples/quickstart            in memory
//	go run ./examples/quickstart -db FILE   the same on an SQLite file
//	go run ./examples/quickstart -dossier DIR   and writes the dossier, for examples/verify
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
)

func main() {
	file := flag.String("db", "", "SQLite file; empty = in memory")
	dir := flag.String("dossier", "", "folder for the dossier, to be made; empty = none")
	flag.Parse()
	if err := run(*file, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

func run(file, dir string) error {
	if file == "" {
		return tell(os.Stdout, disclosure.NewMemory(), dir)
	}
	store, err := sqlite.Open(file)
	if err != nil {
		return err
	}
	defer store.Close()
	return tell(os.Stdout, store, dir)
}
