// Package secrecy decides what of a document may be seen, and cuts what may not.
//
// Four things live here, each usable alone:
//
//   - the public attribute of a document (公开属性) and how it is fixed, opinion
//     by opinion, on its way from the drafter to the leader who signs
//     ([Attribute], [Determination]);
//   - the secrecy review before disclosure (保密审查) and the grounds of 条例 14–16;
//   - the scan of a text for what must not leave unseen: identity numbers, cards,
//     phones, addresses, names, secrecy marks ([Scan], [Scanner], [Report]);
//   - the cut (区分处理): a rendition without what was found, a ledger of every cut,
//     and the check that nothing cut survives ([Redact], [Verify]).
//
// Detection is not a decision. A finding says what stands where; the masking
// profile, the ground and the person who signs decide what becomes of it. An
// attribute is a mark on a document and never a ground for a decision to a
// person (条例 14–16 are).
//
// Everything here is a pure function of its arguments: no clock, no file, no
// goroutine, no package state that changes. Offsets are bytes into the text as
// handed in, half open: text[Start:End].
//
//	for _, f := range secrecy.Scan("当事人驾驶证号11010519491231002X") {
//		fmt.Println(f.Kind, f.Start, f.End) // cn_id18 21 39
//	}
package secrecy
