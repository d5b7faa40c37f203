package secrecy

import "unicode/utf8"

// Tables: a head of names makes names of what stands under it; a head says what a
// bare number is.

const tableRows = 60 // how far above a cell its head is looked for

// headIs reports whether the column of unit i is headed by a word of the set.
func (s *scan) headIs(p *page, i int, set cueSet) bool {
	start := p.lineStart(i)
	sep := func(u uint16) bool { return u == '\t' || u == '|' }
	col := 0
	for j := start; j < i; j++ {
		if sep(p.r[j]) {
			col++
		}
	}
	if col == 0 {
		return false
	}
	for row := 0; row < tableRows && start > 0; row++ {
		e := start - 1
		b := p.lineStart(e)
		if e-b > 400 {
			return false
		}
		// The cell of the same column.
		c, from := 0, b
		cells := 0
		for j := b; j <= e; j++ {
			if j == e || sep(p.r[j]) {
				if c == col {
					for _, w := range set {
						for k := from; k < j; k++ {
							if p.hasWithin(k, j, w) {
								return true
							}
						}
					}
				}
				c++
				from = j + 1
				cells++
			}
		}
		if cells < 2 {
			return false
		}
		start = b
	}
	return false
}

// tables reads columns under a head of names, and the one cell of characters
// before a number.
func (s *scan) tables(p *page) {
	var cols []int
	var cells []span
	for i := 0; i < len(p.r); {
		e := p.lineEnd(i)
		cells = s.cellsOf(p, i, e, cells[:0])
		if len(cells) >= 2 {
			if head := s.headOf(p, cells); len(head) > 0 {
				cols = head
			} else {
				for n, c := range cells {
					for _, k := range cols {
						if n == k {
							s.cell(p, int(c.from), int(c.to), true)
						}
					}
				}
				// 1 张三 3509… 138…: a name between numbers.
				for n, c := range cells {
					if n+1 < len(cells) && s.cover(cells[n+1]) != 0 && s.cover(cells[n+1]) != byte(KindPerson) {
						s.cell(p, int(c.from), int(c.to), false)
					} else if n > 0 && s.cover(cells[n-1]) != 0 && s.cover(cells[n-1]) != byte(KindPerson) && s.cover(cells[n-1]) != byte(KindAddress) {
						s.cell(p, int(c.from), int(c.to), false)
					}
				}
			}
		} else if e > i {
			cols = nil
		}
		i = e + 1
	}
}

// cover is the kind that covers the beginning of a cell, 0 for none.
func (s *scan) cover(c span) byte {
	if c.to <= c.from {
		return 0
	}
	return s.taken[c.from]
}

// cellsOf splits a line at tabs, bars and wide or double blanks; where there are
// none of them, at single blanks.
func (s *scan) cellsOf(p *page, a, b int, out []span) []span {
	split := func(i int) bool { return p.r[i] == '\t' || p.r[i] == '|' || p.r[i] == ',' && false }
	has := false
	blanks := 0
	for i := a; i < b; i++ {
		has = has || split(i)
		if p.cls[i]&cSpace != 0 {
			blanks++
		}
	}
	if !has && blanks == 0 {
		return append(out, span{int32(a), int32(b)})
	}
	start := -1
	for i := a; i <= b; i++ {
		sep := i == b || split(i) || !has && p.cls[i]&cSpace != 0 && s.taken[i] == 0
		if !sep {
			if start < 0 && p.cls[i]&cSpace == 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			to := i
			for to > start && p.cls[to-1]&cSpace != 0 {
				to--
			}
			out = append(out, span{int32(start), int32(to)})
			start = -1
		} else if has && (i == b || split(i)) && len(out) > 0 {
			out = append(out, span{int32(i), int32(i)})
		}
	}
	if len(out) > 200 {
		out = out[:200]
	}
	return out
}

func (s *scan) headOf(p *page, cells []span) []int {
	var out []int
	for n, c := range cells {
		if c.to-c.from > 8 || c.to <= c.from {
			continue
		}
		for _, w := range headNames {
			if p.hasWithin(int(c.from), int(c.to), w) && int(c.to-c.from) <= utf8.RuneCountInString(w)+4 {
				out = append(out, n)
				break
			}
		}
	}
	if len(out) == len(cells) && len(cells) > 3 {
		return nil
	}
	return out
}

// cell takes a cell as a name if it can be one. head says that it stands under a
// head of names.
func (s *scan) cell(p *page, a, b int, head bool) {
	if b <= a || s.taken[a] != 0 {
		return
	}
	n, score, dots, blanks := 0, 0, false, 0
	for i := a; i < b; i++ {
		switch {
		case p.r[i] == '·' || p.r[i] == '.':
			dots = true
		case p.cls[i]&cSpace != 0:
			blanks++
		case p.cls[i]&cHan == 0 || p.r[i] == '某' || s.taken[i] != 0:
			return
		default:
			if i > a {
				score += max(s.givenScore(p, i), -3)
			}
			n++
		}
	}
	if n < 2 || n > 4 && !dots && !s.foreignCell(p, a, b) || n > 12 {
		return
	}
	sur := p.cls[a]&cSurname != 0
	if !head {
		if !sur && !dots && !s.foreignCell(p, a, b) || blanks > 0 || n > 3 && !dots && (n > 4 || !s.lex.compound.has(p.r[a], p.r[a+1])) && !s.foreignCell(p, a, b) {
			return
		}
		if sur && n <= 3 && s.lex.begin.has(p.r[a], p.r[a+1]) && score < 10 {
			return
		}
		if score < 3*(n-1) {
			return
		}
		for _, w := range s.cues.before[p.r[b-1]] {
			if p.spellsBefore(b, w.word) {
				return
			}
		}
	} else if !sur && !dots && score < 3*(n-1) {
		return
	}
	if s.notPerson(p, a, b-1) && !head {
		return
	}
	s.name(p, a, b-1, Private)
}

func (s *scan) foreignCell(p *page, a, b int) bool {
	for _, m := range s.cues.minor[p.r[a]] {
		if p.spells(a, m.word) {
			return true
		}
	}
	return false
}
