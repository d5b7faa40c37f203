package catalog

import "github.com/opengongkai/gongkai/disclosure/law"

// Rule is one check of a catalog.
type Rule struct {
	Code     string
	Severity Severity
	Title    string // Chinese
	English  string
	Cite     law.Citation
}

var rules []Rule
