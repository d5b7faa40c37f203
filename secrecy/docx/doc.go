// Package docx reads, scans and redacts .docx files without a dependency.
//
// A file is read as parts: the body, headers, footers, notes, comments, the
// properties, and what stands in attributes and fields where a reader does not
// look (alternative texts, watermarks, link targets, document variables). All of
// them are one text, so that a name found in the body is cut in a header too.
//
// Redact keeps the layout: it changes only characters. A file with anything else
// that carries text (tracked changes, embedded objects, macros, charts, foreign
// parts) is refused with all reasons, never half done. Images are listed as not
// scanned; a person answers for those that stay.
package docx
