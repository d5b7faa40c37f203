package house_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"regexp"
	"strings"
	"testing"
)

const longest = 600 // lines; at which one asks whether the file is two

func TestFilesStayReadable(t *testing.T) {
	s := theTree(t)
	var long, named []string
	for _, f := range s.files {
		if f.test || ast.IsGenerated(f.syntax) {
			continue
		}
		if n := bytes.Count(f.source, []byte("\n")); n > longest {
			long = append(long, fmt.Sprintf("%s %d lines", f.path, n))
		}
		base := f.path[strings.LastIndexByte(f.path, '/')+1:]
		switch base {
		case "types.go", "utils.go", "util.go", "helpers.go", "helper.go", "common.go", "misc.go":
			named = append(named, f.path)
		}
	}
	none(t, long, "a file of more than %d lines is two", longest)
	none(t, named, "a file is named for the concept in it")
}

// A test that is skipped is a test that nobody misses.
func TestNothingIsSkipped(t *testing.T) {
	skip := regexp.MustCompile(`\b[tb]\.(Skip|Skipf|SkipNow)\(`)
	s := theTree(t)
	var found []string
	for _, f := range s.files {
		if f.test && skip.Match(f.source) && !strings.HasSuffix(f.path, "house/size_test.go") {
			found = append(found, f.path)
		}
	}
	none(t, found, "no skipped tests")
}
