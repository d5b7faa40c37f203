// Package house checks the building: which room may use which (arrows), that
// nothing below disclosure reads a clock or a file or keeps state (purity),
// that every citation points at a provision of the index (citations), that no
// error code is given twice (codes), that the exported API grows only in sight
// (API) and that files stay readable (size). Everything is in its tests;
// `go test ./house -update` rewrites the goldens.
package house
