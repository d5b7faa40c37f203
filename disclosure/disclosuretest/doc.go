// Package disclosuretest is what users need to test their rules: a clock that
// stands still, an office in memory, and scenarios that read Given, When, Then.
//
// It is imported from tests only.
package disclosuretest
