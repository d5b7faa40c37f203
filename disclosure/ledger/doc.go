// Package ledger is the chain of sealed records of each case, the Merkle log of
// an office, and their verifier.
//
// # Words
//
// A record (记录) is one event of one case (卷宗). A chain (链) is the records of
// one case, each remembering the hash of the one before. The log (总账) is the
// RFC 6962 Merkle tree over the hashes of all records of an office, in the order
// in which a sequencer took them up. A checkpoint (检查点) is the size and root
// of the log, signed. An anchor (外部存证) is a place outside the office, such as
// the superior organ (上级机关), the archive (档案馆) or the gazette (公报), that
// keeps checkpoints. A leaf stands at a place (位), counted from 0.
//
// # What it shows, and what it does not
//
// Access rights prevent alteration; the chain and the log detect it; a
// checkpoint kept outside makes it provable to a third party. Without one, who
// holds the database and the signing key can rewrite everything unseen; hence an
// Audit without one is never Intact, and what lies after the last one is listed
// as not yet anchored. That what was recorded is also true, nothing here shows.
//
// # The record in bytes
//
// The hash of a record covers this form (AppendForm), never JSON. Texts and
// Structure have their length as four bytes before them, numbers are big-endian:
//
//	00000000  00 00 00 0e 67 6f 6e 67  6b 61 69 2f 72 65 63 6f  |....gongkai/reco|  tag
//	00000010  72 64 00 00 00 01 00 00  00 0e 73 68 61 32 35 36  |rd........sha256|  format 1, suite
//	00000020  2d 65 64 32 35 35 31 39  00 00 00 02 62 62 00 00  |-ed25519....bb..|  tenant
//	00000030  00 02 63 31 00 00 00 00  00 00 00 01 00 00 00 07  |..c1............|  case, seq 1
//	00000040  70 72 6f 70 6f 73 65 00  00 01 a2 0c 23 c3 00 00  |propose.....#...|  type, time in ms
//	00000050  00 00 0a 32 30 32 36 2d  31 31 2d 32 34 00 00 00  |...2026-11-24...|  on
//	00000060  02 75 37 00 00 00 14 7b  22 73 74 61 67 65 22 3a  |.u7....{"stage":|  actor, Structure
//	00000070  22 70 72 6f 70 6f 73 65  64 22 7d 99 de 73 73 4c  |"proposed"}..ssL|  commitment, 32 bytes
//	00000080  03 ab ec 4d 95 23 fb de  73 3b 47 eb a2 03 17 4f  |...M.#..s;G....O|
//	00000090  9d 11 44 46 99 ac 6f ff  1f 04 bd 00 00 00 00 00  |..DF..o.........|  prev, 32 bytes
//	000000a0  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
//	000000b0  00 00 00 00 00 00 00 00  00 00 00                 |...........|
//
// whose hash is 75682695…5d272911. The commitment is the hash of the text
// "gongkai/private" with its length, 32 random bytes and Private. The record and
// its salt may lose Private by law (erasure): chain and log still verify, and
// without the salt no guess at Private can be checked.
//
// The leaf of the log is H(0x00 ‖ record hash), a node H(0x01 ‖ left ‖ right).
//
// # Another suite
//
// SM3 and SM2 (国密), or any other 32-byte hash with any signature, take the
// built-in suite's place as a Suite. A certified device (密码机、签名验签服务器) takes
// over Sign, and Verify where the rules of the place ask for it; the hash stays in
// software, as the chain needs it for each record. A change of suite needs no
// rewriting: each record names the suite that sealed it, each checkpoint the one
// whose hash made its root, and an audit is given both. Sign one checkpoint of
// the same size with the old suite and with the new one on the day of the change.
//
// # Not here
//
// Nothing here reads a clock, a disk or a database, starts a goroutine or keeps
// state between calls. Storing is the port disclosure.Store; the sequencer that
// fills the log runs in disclosure. Times are Unix milliseconds; days are civil
// days in +08:00 as text, whose meaning is the caller's.
package ledger
