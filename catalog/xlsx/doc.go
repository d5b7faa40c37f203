// Package xlsx reads catalogs from workbooks and writes them, and the empty forms
// that departments fill in, with drop-down lists.
//
// Merged cells are taken for what they are: a cell merged with the one above is
// filled from it and marked, and in a column that uses merges an empty cell is
// empty. All sheets that hold a table are read into one catalog; hidden rows,
// columns and sheets are read and reported. Formulas are never calculated: the
// stored result is read and reported. External links and macros are reported and
// not followed. A workbook beyond the bounds of Options is refused before it is
// unpacked.
package xlsx
