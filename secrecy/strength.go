package secrecy

// Shown is what stands beside a number that is shown in part.
type Shown struct {
	Year  bool // an age or a year of birth
	Birth bool // the date of birth
	Sex   bool
}

// Candidates is how many values of a kind remain possible when the first head
// and the last tail characters are shown, beside what else is shown. 0 = not
// known for the kind. An identity number has 36,525 dates, three digits of
// sequence of which the last tells the sex, and a check character that leaves
// one in eleven; with 6+4 shown some 3,300 remain, with an age beside it 33.
func Candidates(k Kind, head, tail int, shown Shown) int {
	digits := 0
	switch k {
	case KindID18:
		return candidatesID(head, tail, shown)
	case KindID15:
		digits = 15
	case KindMobile:
		digits = 11
	case KindBankCard:
		digits = 16
	case KindSocialSecurity:
		digits = 10
	case KindPermitTW:
		digits = 8
	default:
		return 0
	}
	n := 1
	for range max(0, digits-max(head, 0)-max(tail, 0)) {
		if n *= 10; n > 1e9 {
			break
		}
	}
	if k == KindBankCard && n > 1 {
		n /= 10
	}
	return n
}

// candidatesID counts by the residue of the weighted sum modulo 11, part by part.
func candidatesID(head, tail int, shown Shown) int {
	hidden := func(i int) bool { return i >= head && i < 18-tail }
	weight := [18]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1}
	// A shown digit is taken as 0: it shifts every residue alike.
	dist := [11]float64{0: 1}
	add := func(part [11]float64) {
		var next [11]float64
		for a, n := range dist {
			for b, m := range part {
				next[(a+b)%11] += n * m
			}
		}
		dist = next
	}
	// Region: a hidden digit is one of ten; of six hidden, some 3,000 exist.
	regions := 1.0
	for i := range 6 {
		if hidden(i) {
			regions *= 10
		}
	}
	scale := 1.0
	if regions > 3000 {
		scale = 3000 / regions
	}
	for i := range 6 {
		if hidden(i) {
			var part [11]float64
			for d := range 10 {
				part[d*weight[i]%11]++
			}
			add(part)
		}
	}
	// Date: what is shown of it is one value of those that agree.
	var date [11]float64
	first, last := 1926, 2025
	if shown.Year {
		first, last = 1980, 1980
	}
	for y := first; y <= last; y++ {
		for m := 1; m <= 12; m++ {
			for d := 1; validDay(y, m, d); d++ {
				if shown.Birth && (m != 6 || d != 15 || y != first) {
					continue
				}
				v := [8]int{y / 1000, y / 100 % 10, y / 10 % 10, y % 10, m / 10, m % 10, d / 10, d % 10}
				ref := [8]int{1, 9, 8, 0, 0, 6, 1, 5}
				s, ok := 0, true
				for i, x := range v {
					if !hidden(6+i) && x != ref[i] {
						ok = false
						break
					}
					s += x * weight[6+i]
				}
				if ok {
					date[s%11]++
				}
			}
		}
	}
	add(date)
	for i := 14; i < 17; i++ {
		if !hidden(i) {
			continue
		}
		var part [11]float64
		for d := range 10 {
			if i == 16 && shown.Sex && d%2 == 0 {
				continue
			}
			part[d*weight[i]%11]++
		}
		add(part)
	}
	if hidden(17) {
		// The check character follows from the rest.
		n := 0.0
		for _, m := range dist {
			n += m
		}
		return int(n * scale)
	}
	// Shown, it leaves one residue: the mean over the eleven.
	n := 0.0
	for _, m := range dist {
		n += m
	}
	return int(n * scale / 11)
}
