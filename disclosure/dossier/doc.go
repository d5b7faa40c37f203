// Package dossier writes a case as a dossier (卷宗, 一项一卷) that a person can read
// and a machine can check with nothing else at hand, reads it back, and checks
// it.
//
// # A dossier is a folder or a zip
//
//	dossier.json            manifest: what is here, with size and SHA-256 of each file
//	dossier.note            the manifest's SHA-256, signed by the office
//	index.html, index.md    the case for people: 卷内目录, 办理过程, 完整性证明
//	records.jsonl           the sealed records, one a line
//	definition.json         the definition under which the case ran
//	documents/              the documents, each named by the start of its digest
//	proof.json              the place of each record in the office's log, the signed
//	                        checkpoint, and its consistency with one kept outside
//
// index.html loads nothing from elsewhere and prints on A4.
//
// # Personal data
//
// Unless Options.Personal asks for them, private bodies and their salts are left
// out of records.jsonl (the chain verifies all the same), documents marked
// personal are listed without name and body, and personal fields print as ●●●.
//
// # Checking
//
// Check finds files that were altered, removed or added, records that were
// altered, removed, swapped or copied, proofs that do not hold, and says in
// Chinese what is wrong and where. Without a key or a checkpoint from elsewhere
// (Trust) a dossier can only be whole in itself: the verdict is then
// undetermined, never intact.
//
// Times print in +08:00. Nothing here reads a clock.
package dossier
