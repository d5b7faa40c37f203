// Package disclosure is the office: the one door through which an agency's
// disclosure work goes, with its records, its gates, its outbox and the ports by
// which it reaches a database, a file store and the world outside.
//
// # Words
//
// Everything in an Office is a case (事项): a document on its way to being
// disclosed, a node of a matter, a request. A case is its records (记录); its
// state is what they fold to. An act (办理) is what one actor does: Office.Do loads
// the case, lets a Command decide, asks the machine of the case's procedure
// (办理程序), seals the records and appends them in one batch, all or nothing. A
// profile (规则书) is an agency's rule book as data. A part (部分) is a text of the
// document: body (正文), attachment (附件), or a rendition (删减稿) made from one of
// them. A release (发布) puts orders into the outbox (发件箱) with the same commit;
// Deliver carries them out, and the day of the receipt (回执) is the day of
// publication.
//
// A record has two payloads. Structure holds what the fold needs, in ids, marks
// and days, and is never erased. The private payload holds everything else; it is
// committed to with a salt and may be erased by law, after which the case still
// folds and its chain still verifies.
//
// # Gates
//
// Five facts only the Office supplies: attribute (公开属性), review (保密审查),
// scan (检测), earlier (上一环节) and objection (异议). A move that publishes cannot
// be written without testing them, and what is undetermined passes no gate.
//
// # Days and instants
//
// Act.On is the day the law counts, a civil day in China; the instant at which a
// record was written stands beside it. Config.Now is the only clock.
//
// # Not decided here
//
// What a limit means is deadline's, who may do what is the definition's (package
// workflow), what may be disclosed is secrecy's and, in the end, a person's. A
// Store knows records and index rows, never a law or a stage.
//
// # In short
//
//	p, err := profile.Load("chuxiong")
//	o, err := disclosure.Open(disclosure.Config{Tenant: "t1", Profile: p, Store: disclosure.NewMemory()})
//	r, err := o.Do(ctx, disclosure.Act{Key: formID, Actor: drafter,
//		Command: disclosure.Register{Kind: "document", Title: "关于…的通知"}})
//	r, err = o.Do(ctx, disclosure.Act{Key: formID2, Actor: drafter, Case: r.Case,
//		Command: disclosure.Opine{On: "propose", Words: "此件公开发布"}})
//	if err != nil {
//		fmt.Println(p.Say(err, language.SimplifiedChinese)) // which rule, and what would be right
//	}
package disclosure
