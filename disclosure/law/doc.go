// Package law is the list of the instruments (法律、行政法规、规章、规范性文件、标准)
// that the library cites, and the citation (引证) as a comparable value.
//
// A citation is written only in one way, from a constant:
//
//	law.GovInfoRegulation2019.Art(33).Para(2)  // 《中华人民共和国政府信息公开条例》第三十三条第二款
//	law.EnforcementPublicity2018.Sec("六")      // 国办发〔2018〕118号（六）
//	law.Local("某局政务公开方案").Sec("三")        // an agency's own document
//	law.Own.Sec("首日不计入")                     // 本库读法：首日不计入
//
// so that statute, interpretation, an agency's practice and the library's own
// choice can always be told apart (Info.Class), and a rule of ours never wears
// a statute's citation.
//
// Articles (条), paragraphs (款) and items (项) count from 1. An edition (文本)
// is an instrument of its own: the regulation of 2008 and that of 2019 are two
// constants, tied by Info.Successor; Instrument.Edition finds the one in force
// on a day. Days are strings, 2006-01-02, because this package stands below the
// package of dates.
//
// # What is known
//
// The index (articles.tsv) holds for each provision its shape and its first
// words, never its text, and how the text is known: compared with a stored
// copy, in part, at second hand, from memory. Resolve says of a citation
// whether the provision exists and whether its text was verified. No official
// database was at hand; an amendment after April 2025 may be missing.
//
// What is not decided here: what a provision means.
package law
