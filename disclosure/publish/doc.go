// Package publish carries releases and applications between networks that have no
// line between them (内外网): as signed parcels in a folder, in order, each
// answered by a signed receipt.
//
// A parcel (摆渡包) has a number, the digest of the parcel before it, and a
// signature; a receipt (回执) says what became of it. Lost, repeated, altered and
// reordered parcels are told apart, and taking the same one in twice changes
// nothing. Exchange is a disclosure.Publisher and Withdrawer over a folder, so
// that an office publishes across the gap as it does on any carrier.
//
// Nothing here decides what may be released, and nothing here reads a clock.
package publish
