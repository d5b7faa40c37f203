package secrecy

// Check characters. Each takes normalised ASCII: digits, upper-case letters.

// validID18: GB 11643-1999, ISO 7064 MOD 11-2, with a calendar date from 1800 on
// and one of the province codes. The county code is not tested: files are full of
// abolished counties.
func validID18(v []byte) bool {
	if len(v) != 18 || !provinceCode(v) {
		return false
	}
	s := 0
	for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		d := int(v[i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		s += d * w
	}
	if "10X98765432"[s%11] != v[17] {
		return false
	}
	y := num(v[6:10])
	return y >= 1800 && y < 2100 && validDay(y, num(v[10:12]), num(v[12:14]))
}

// validID15 has no check character: a province and a date of the 20th century.
func validID15(v []byte) bool {
	if len(v) != 15 || !provinceCode(v) {
		return false
	}
	for _, c := range v {
		if c < '0' || c > '9' {
			return false
		}
	}
	return validDay(1900+num(v[6:8]), num(v[8:10]), num(v[10:12]))
}

func provinceCode(v []byte) bool {
	a, b := v[0], v[1]
	switch a {
	case '1':
		return b >= '1' && b <= '5'
	case '2':
		return b >= '1' && b <= '3'
	case '3':
		return b >= '1' && b <= '7'
	case '4':
		return b >= '1' && b <= '6'
	case '5':
		return b >= '0' && b <= '4'
	case '6':
		return b >= '1' && b <= '5'
	case '7':
		return b == '1'
	case '8':
		return b >= '1' && b <= '3'
	case '9':
		return b == '1'
	}
	return false
}

func num(v []byte) int {
	n := 0
	for _, c := range v {
		n = n*10 + int(c-'0')
	}
	return n
}

func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	n := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		n = 29
	}
	return d <= n
}

// creditValue is the value of a character in GB 32100-2015, which leaves out
// I O S V Z; -1 for none.
var creditValue = func() (t [128]int8) {
	for i := range t {
		t[i] = -1
	}
	for i, c := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		t[c] = int8(i)
	}
	return
}()

// validUSCC: GB 32100-2015, C = (31 − Σ vᵢ·3^(i−1) mod 31) mod 31.
func validUSCC(v []byte) bool {
	if len(v) != 18 {
		return false
	}
	s, w := 0, 1
	for i, c := range v {
		if c >= 128 || creditValue[c] < 0 || i >= 2 && i < 8 && c > '9' {
			return false
		}
		if i < 17 {
			s += int(creditValue[c]) * w
			w = w * 3 % 31
		}
	}
	switch c := v[0]; {
	case c == '0', c > '9' && c != 'A' && c != 'N' && c != 'Y':
		return false
	}
	return int(creditValue[v[17]]) == (31-s%31)%31
}

// validLuhn: ISO/IEC 7812.
func validLuhn(v []byte) bool {
	s, double := 0, false
	for i := len(v) - 1; i >= 0; i-- {
		d := int(v[i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		s += d
		double = !double
	}
	return s%10 == 0 && len(v) > 0
}
