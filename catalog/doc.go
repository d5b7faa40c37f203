// Package catalog is the 公开目录 of an agency: what it must disclose, by whom,
// where, until when and to whom, read as offices really keep it, checked,
// revised, scheduled and written back.
//
// A catalog (公开目录) is a list of entries (目录清单) and, under each entry, its
// nodes (目录明细): the steps of one matter, each with a carrier (载体), a form, a
// scope, a time limit (公开时限) and a unit in charge. A table without a column
// for steps has one node an entry.
//
// # Reading
//
// ReadCSV, ReadJSON and ReadTable (for workbooks, see catalog/xlsx) never lose a
// cell: a heading that is not understood is kept with its cells in Entry.Extra, a
// limit that is not understood stays in Node.LimitText with a Problem. The
// catalog is usable even when the error lists problems. Cells left empty by a
// merge and 「同上」 are filled from above and marked in Entry.Filled.
//
// Days are civil days in China (deadline.Date). The package does no I/O beyond
// the readers and writers handed to it and reads no clock. It does not decide
// whether a matter may be disclosed (secrecy does) nor keep versions (the office
// does: a version is a case of kind catalog).
package catalog
