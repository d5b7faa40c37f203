package catalog

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"
)

// scanner splits text into records. It keeps one window of the input, grown as
// far as a record needs and no further than the bounds allow.
type scanner struct {
	in      *textReader
	buf     []byte
	pos     int
	end     int
	eof     bool
	comma   byte
	line    int
	limits  bounds
	cells   []string
	strs    interner
	report  func(Problem)
	badRune bool
	read    int // bytes of the records so far
	scratch []byte
}

type bounds struct {
	cell, columns, rows int
}

// interner gives one string for equal cells. It has a fixed number of slots, so
// that a million different cells cost no map.
type interner struct {
	slots [4096]string
}

func (in *interner) get(b []byte) (s string, known bool) {
	if len(b) == 0 {
		return "", true
	}
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	p := &in.slots[(h^h>>15)&4095]
	if *p == string(b) {
		return *p, true
	}
	s = string(b)
	if utf8.ValidString(s) {
		*p = s // what is kept is valid
	}
	return s, false
}

// fill reads more; it reports false at the end of the input.
func (s *scanner) fill() (bool, error) {
	if s.eof {
		return false, nil
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, max(64<<10, len(s.buf)))...)
	}
	before := s.end
	for idle := 0; s.end < len(s.buf); {
		n, err := s.in.Read(s.buf[s.end:])
		s.end += n
		if err == io.EOF {
			s.eof = true
			break
		}
		if err != nil {
			return false, err
		}
		if n > 0 {
			idle = 0
		} else if idle++; idle == 100 {
			return false, io.ErrNoProgress
		}
	}
	return s.end > before, nil
}

// next returns the cells of the next record and the line where it begins, or
// io.EOF. The slice is used again by the next call.
func (s *scanner) next() ([]string, int, error) {
	literal := -1 // offset of a quotation mark read as a character
	for {
		done, size, err := s.record(literal)
		if err != nil {
			return nil, s.line + 1, err
		}
		if !done {
			if open := size; open >= 0 && s.end-s.pos-open > s.limits.cell {
				// a quotation mark that does not close within a cell
				literal = open
				s.report(Problem{Code: codeQuote, Row: s.line + 1})
				continue
			}
			more, err := s.fill()
			if err != nil {
				return nil, s.line + 1, err
			}
			if more {
				continue
			}
			if s.pos == s.end {
				return nil, s.line + 1, io.EOF
			}
			if size >= 0 { // an open quotation at the end of the input
				literal = size
				s.report(Problem{Code: codeQuote, Row: s.line + 1})
			}
			continue
		}
		first := s.line + 1
		s.line += bytes.Count(s.buf[s.pos:s.pos+size], []byte{'\n'})
		if size > 0 && s.buf[s.pos+size-1] != '\n' {
			if s.buf[s.pos+size-1] == '\r' || s.eof && s.pos+size == s.end {
				s.line++
			}
		}
		s.pos += size
		s.read += size
		return s.cells, first, nil
	}
}

// record tries to read one record at pos. Done: size is its length. Not done:
// size is the offset of the quotation mark that is open, or −1. literal is the
// offset of a mark that is no quotation; marks after it on the record's first
// line are none either.
func (s *scanner) record(literal int) (done bool, size int, err error) {
	b := s.buf[s.pos:s.end]
	s.cells = s.cells[:0]
	i := 0
	for {
		// one cell
		start := i
		if i < len(b) && b[i] == '"' && (literal < 0 || i < literal) {
			cell, next, ok := s.quoted(b, i)
			if !ok {
				return false, start, nil
			}
			if next >= 0 {
				if err := s.add(cell); err != nil {
					return false, 0, err
				}
				i = next
				if i >= len(b) {
					if !s.eof {
						return false, -1, nil
					}
					return true, i, nil
				}
				switch b[i] {
				case s.comma:
					i++
					continue
				case '\n':
					return true, i + 1, nil
				}
				if i+1 >= len(b) && !s.eof { // \r
					return false, -1, nil
				}
				if i+1 < len(b) && b[i+1] == '\n' {
					return true, i + 2, nil
				}
				return true, i + 1, nil
			}
		}
		j := i
		for j < len(b) && b[j] != s.comma && b[j] != '\n' && b[j] != '\r' {
			j++
		}
		if j-start > s.limits.cell {
			return false, 0, fmt.Errorf("%w: a cell longer than %d bytes", ErrRefused, s.limits.cell)
		}
		if j == len(b) && !s.eof {
			return false, -1, nil
		}
		if j == len(b) {
			if len(b) == 0 {
				return false, -1, nil
			}
			if err := s.add(b[start:j]); err != nil {
				return false, 0, err
			}
			return true, j, nil
		}
		if err := s.add(b[start:j]); err != nil {
			return false, 0, err
		}
		switch b[j] {
		case s.comma:
			i = j + 1
		case '\n':
			return true, j + 1, nil
		case '\r':
			if j+1 == len(b) && !s.eof {
				return false, -1, nil
			}
			if j+1 < len(b) && b[j+1] == '\n' {
				return true, j + 2, nil
			}
			return true, j + 1, nil
		}
	}
}

// quoted reads a quoted cell at b[i]. ok is false while its end is not in b;
// next is −1 when the mark opens no quotation (text follows the closing mark).
func (s *scanner) quoted(b []byte, i int) (cell []byte, next int, ok bool) {
	j := i + 1
	double := false
	for {
		k := bytes.IndexByte(b[j:], '"')
		if k < 0 {
			return nil, 0, false
		}
		j += k
		if j+1 == len(b) && !s.eof {
			return nil, 0, false
		}
		if j+1 < len(b) && b[j+1] == '"' {
			double = true
			j += 2
			continue
		}
		break
	}
	cell = b[i+1 : j]
	next = j + 1
	if next < len(b) && b[next] != s.comma && b[next] != '\n' && b[next] != '\r' {
		return nil, -1, true
	}
	if s.comma == '\t' && bytes.IndexByte(cell, '\t') >= 0 && bytes.IndexByte(cell, '\n') >= 0 {
		return nil, -1, true // two marks of two rows, not one cell
	}
	if double {
		s.scratch = s.scratch[:0]
		for k := 0; k < len(cell); k++ {
			s.scratch = append(s.scratch, cell[k])
			if cell[k] == '"' {
				k++
			}
		}
		cell = s.scratch
	}
	return cell, next, true
}

func (s *scanner) add(cell []byte) error {
	if len(cell) > s.limits.cell {
		return fmt.Errorf("%w: a cell longer than %d bytes", ErrRefused, s.limits.cell)
	}
	if len(s.cells) >= s.limits.columns {
		return fmt.Errorf("%w: more than %d columns", ErrRefused, s.limits.columns)
	}
	for len(cell) > 0 && cell[0] <= ' ' {
		cell = cell[1:]
	}
	for len(cell) > 0 && cell[len(cell)-1] <= ' ' {
		cell = cell[:len(cell)-1]
	}
	str, known := s.strs.get(cell)
	if !known && !utf8.ValidString(str) {
		str = string(bytes.ToValidUTF8(cell, []byte("\uFFFD")))
		s.badRune = true
	}
	if len(cell) > 1 && cell[0] == '\'' {
		str = unharm(str)
	}
	s.cells = append(s.cells, str)
	return nil
}

// separator chooses comma or tab (or semicolon) by the headings that it yields
// in the first lines, and by the number of cells where it yields none.
func separator(head []byte) byte {
	best, bestScore := byte(','), -1
	for _, c := range []byte{'\t', ',', ';'} {
		known, cells, lines := 0, 0, 0
		for line := range bytes.SplitSeq(head, []byte{'\n'}) {
			if lines++; lines > 40 {
				break
			}
			parts := bytes.Split(line, []byte{c})
			cells += len(parts) - 1
			n := 0
			for _, p := range parts {
				if len(p) > 200 {
					continue
				}
				if _, ok := headingWords[fold(string(bytes.Trim(p, "\"\r ")))]; ok {
					n++
				}
			}
			known = max(known, n)
		}
		score := known * 10000
		if known <= 1 {
			score = 0
		}
		score += min(cells, 9999)
		if score > bestScore {
			best, bestScore = c, score
		}
	}
	return best
}

// rows gives the records of a text table.
func (s *scanner) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		n := 0
		for {
			cells, line, err := s.next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Row{Number: line}, err)
				return
			}
			if n++; n > s.limits.rows {
				yield(Row{Number: line}, fmt.Errorf("%w: more than %d rows", ErrRefused, s.limits.rows))
				return
			}
			if s.badRune {
				s.badRune = false
				s.report(Problem{Code: codeEncoding, Row: line, Want: "请以 UTF-8 或 GB18030 重新保存"})
			}
			if !yield(Row{Number: line, Cells: cells}, nil) {
				return
			}
		}
	}
}
