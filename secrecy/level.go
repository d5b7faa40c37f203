package secrecy

// Level is the level of a state secret (密级, 保守国家秘密法). The zero value says
// that none is stated; it does not say that the document is free.
type Level uint8

const (
	Confidential Level = iota + 1 // 秘密
	Secret                        // 机密
	TopSecret                     // 绝密
)

var levels = [...]struct{ ascii, zh string }{0: {"none", ""}, Confidential: {"confidential", "秘密"}, Secret: {"secret", "机密"}, TopSecret: {"top-secret", "绝密"}}

// String is the stored name: none, confidential, secret, top-secret.
func (l Level) String() string {
	if int(l) >= len(levels) {
		l = 0
	}
	return levels[l].ascii
}

// Chinese is 秘密, 机密 or 绝密, empty when none is stated.
func (l Level) Chinese() string {
	if int(l) >= len(levels) {
		return ""
	}
	return levels[l].zh
}

// MarshalText writes String.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads String's values.
func (l *Level) UnmarshalText(b []byte) error {
	for i, r := range levels {
		if r.ascii == string(b) {
			*l = Level(i)
			return nil
		}
	}
	return &Error{Code: codeAttrEncoding, Category: ErrSyntax, What: "decode secrecy level: no such value"}
}
