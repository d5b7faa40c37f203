package hanzi

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed opencc/table.txt
var openCC string

const (
	tableFirst = 0x2e80
	tableEnd   = 0xa000
)

// simple holds the simplified form of the characters of the basic plane, as an
// offset that is added to the character modulo 1<<16 (0 = unchanged); rare holds
// the forms outside of it.
var simple, rare = loadScript(openCC)

func loadScript(table string) (*[tableEnd - tableFirst]uint16, map[rune]rune) {
	from, to, _ := strings.Cut(table, "\n")
	near, far := new([tableEnd - tableFirst]uint16), make(map[rune]rune, 1100)
	for _, r := range from {
		s, n := utf8.DecodeRuneInString(to)
		to = to[n:]
		if r >= tableFirst && r < tableEnd && s < 0x10000 {
			near[r-tableFirst] = uint16(s - r)
		} else {
			far[r] = s
		}
	}
	return near, far
}

// Simple is the simplified form of a traditional character, of a compatibility
// ideograph or of a radical that stands for a character; any other rune is
// returned as it is. One character becomes one character: of several
// simplified forms the usual one is taken, whatever the word.
func Simple(r rune) rune {
	if r >= tableFirst && r < tableEnd {
		if d := simple[r-tableFirst]; d != 0 {
			return rune(uint16(r) + d)
		}
		// A few characters of the basic plane simplify to one outside of it.
		if r < 0x3400 || !rareNear(r) {
			return r
		}
	}
	if r < tableFirst {
		return r
	}
	if s, ok := rare[r]; ok {
		return s
	}
	return r
}

// rareNear keeps the common characters away from the map: the basic-plane
// characters whose simplified form lies outside of it are few and listed once.
func rareNear(r rune) bool { return rareBits[(r-tableFirst)>>6]&(1<<uint((r-tableFirst)&63)) != 0 }

var rareBits = loadRareBits(rare)

func loadRareBits(far map[rune]rune) *[(tableEnd - tableFirst + 63) / 64]uint64 {
	bits := new([(tableEnd - tableFirst + 63) / 64]uint64)
	for r := range far {
		if r >= tableFirst && r < tableEnd {
			bits[(r-tableFirst)>>6] |= 1 << uint((r-tableFirst)&63)
		}
	}
	return bits
}

// IsHan reports whether the rune is a Chinese character: an ideograph of any
// plane, a compatibility ideograph, a radical, or 〇.
func IsHan(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r >= 0x4e00 && r < 0xa000, r >= 0x3400 && r < 0x4dc0, r == '〇':
		return true
	case r < 0x2fe0:
		return true
	}
	return r >= 0xf900 && r < 0xfb00 || r >= 0x20000 && r < 0x32000
}
