// Package law is the list of the instruments that the library cites, and the citation as a value.
package law
