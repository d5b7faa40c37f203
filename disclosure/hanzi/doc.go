// Package hanzi reads Chinese as offices and their converters write it: it
// folds a text to one form and keeps the way back to every byte of the original.
//
// Catalogs, cells pasted from PDF and pages that a converter has changed hold
// the same words in many shapes: full-width digits (２０), traditional
// characters (個), readings that a converter has added in brackets (「內(nèi)」),
// blanks in the middle of a word (「工作 日」), marks without width, and numbers in
// characters (「二十」, 「廿」, 「貳拾」). Fold takes away the shapes that Options names and
// nothing else; a Folded maps byte offsets both ways, so that what was found in
// the folded text can be shown, or cut, in the original.
//
// Offsets are bytes, ranges are half open: [start, end).
//
// Not decided here: what the words mean. Vocabulary of regions (資訊 for 信息) is
// left alone, and a character is folded without regard to the word it stands in
// (乾隆 folds to 干隆): a folded text is for finding and comparing, never for printing.
//
//	f := hanzi.Fold("信息形成之日起２０個(gè)工作 日內(nèi)", hanzi.Everything)
//	f.Text                // 信息形成之日起20个工作日内
//	f.Span(21, 23)        // the range of ２０ in the original
//
// All functions are safe for concurrent use; the tables never change.
package hanzi
