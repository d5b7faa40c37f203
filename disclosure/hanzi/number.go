package hanzi

import "unicode/utf8"

// ReadNumber reads the number at the beginning of s, in ASCII digits (20), in
// characters (二十, 廿, 十五, 一百零八, 二〇二六, 貳拾) or mixed (3万), and returns it
// with its length in bytes. It takes the longest number there is; size 0 means
// that there is none, or that it does not fit 15 digits. It reads half width and
// either script, so s need not be folded, but a blank ends the number.
//
// 两 and 兩 are 2; 半 is no number. 「二三」 is read by places as 23; a caller who
// fears the approximate 「两三天」 looks at Approximate.
func ReadNumber(s string) (n int64, size int) {
	n, size = arabic(s)
	if size == 0 {
		return hanNumber(s)
	}
	if size < 0 {
		return 0, 0
	}
	// 3万, 2千: a number in digits with a multiplier behind it
	for {
		r, w := utf8.DecodeRuneInString(s[size:])
		m := multiplier(r)
		if m < 100 {
			return n, size
		}
		if n > maxNumber/m {
			return 0, 0
		}
		n, size = n*m, size+w
	}
}

// ParseNumber reads s as a number and nothing else.
func ParseNumber(s string) (int64, bool) {
	n, size := ReadNumber(s)
	return n, size > 0 && size == len(s)
}

// Approximate reports that s begins with two neighbouring digits in characters
// as speech has them for a rough number: 两三, 三五, 七八.
func Approximate(s string) bool {
	a, n := utf8.DecodeRuneInString(s)
	b, m := utf8.DecodeRuneInString(s[n:])
	x, y := place(a), place(b)
	if x < 1 || y < 1 || a < utf8.RuneSelf || b < utf8.RuneSelf {
		return false
	}
	c, _ := utf8.DecodeRuneInString(s[n+m:])
	return place(c) < 0 && (y == x+1 || x == 3 && y == 5)
}

const maxNumber = 999_999_999_999_999

func arabic(s string) (n int64, size int) {
	for size < len(s) && s[size] >= '0' && s[size] <= '9' {
		if n > (maxNumber-9)/10 {
			return 0, -1
		}
		n = n*10 + int64(s[size]-'0')
		size++
	}
	return n, size
}

// place is the value of a digit in characters, -1 for anything else.
func place(r rune) int64 {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一', '壹', '弌':
		return 1
	case '二', '两', '兩', '贰', '貳':
		return 2
	case '三', '叁', '參', '叄':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆', '陸':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

func multiplier(r rune) int64 {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万', '萬':
		return 10_000
	case '亿', '億':
		return 100_000_000
	}
	return 0
}

// tens are the characters that hold a whole ten.
func tens(r rune) int64 {
	switch r {
	case '廿':
		return 20
	case '卅':
		return 30
	case '卌':
		return 40
	}
	return 0
}

func hanNumber(s string) (n int64, size int) {
	var total, section, digits int64 // 亿 and 万, below 万, the digit that waits
	have := false                    // a digit waits
	places := 0                      // digits in a row, read by places
	zero := false                    // 零 within a number
	short := false                   // the last multiplier was 百 or more
	i := 0
reading:
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if d := place(r); d >= 0 {
			switch {
			case have && section == 0 && total == 0 && !zero: // 二〇二六
				if digits > (maxNumber-9)/10 {
					return 0, 0
				}
				digits = digits*10 + d
				places++
			case have:
				break reading
			case d == 0 && (section > 0 || total > 0):
				if zero { // one 零 says it
					break reading
				}
				zero = true
				i += w
				continue
			default:
				digits, have, places = d, true, 1
			}
			i += w
			continue
		}
		if t := tens(r); t > 0 {
			if have || section%100 != 0 {
				break reading
			}
			section += t
			i += w
			continue
		}
		m := multiplier(r)
		if m == 0 || places > 1 {
			break reading
		}
		switch {
		case m < 10_000:
			if have && digits == 0 || section%(m*10) != 0 {
				break reading
			}
			if !have {
				if m > 10 {
					break reading
				}
				digits = 1
			}
			section += digits * m
		default:
			section += digits
			if section == 0 && total == 0 || total > 0 && total%(m*10) != 0 && m == 10_000 && section == 0 {
				section, digits, have = 0, 0, false
				break reading
			}
			if total+section > maxNumber/m {
				return 0, 0
			}
			if m == 100_000_000 {
				total = (total + section) * m
			} else {
				total += section * m
			}
			section = 0
		}
		digits, have, places, zero, short = 0, false, 0, false, m > 10
		i += w
	}
	if have && short && !zero {
		return 0, 0 // 「一百二」 is 120 in speech and no number in writing
	}
	return total + section + digits, i
}
