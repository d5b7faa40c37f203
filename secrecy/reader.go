package secrecy

import (
	"io"
	"iter"
	"slices"
)

// ScanReader scans what r gives in bounded memory (well below 1 MiB), whatever
// its length, and yields findings in order, offsets from the first byte read. A
// name is found again after it was found once, but not before: for all mentions
// hand the whole text to Scan. A failure of r ends it with an error.
func (s *Scanner) ScanReader(r io.Reader) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		st := scan{opt: s}
		var p page
		var m *matcher
		known := 0
		buf := make([]byte, 0, pageSize+2*pageMargin+4)
		base := 0 // offset of buf[0]
		from := 0 // in buf: where the next page begins
		eof := false
		var held []Finding // the last, which the next page may still widen
		for {
			for !eof && len(buf)-from < pageSize+pageMargin+4 {
				if len(buf) == cap(buf) {
					// Keep one margin before the page.
					lo := max(0, from-pageMargin)
					n := copy(buf, buf[lo:])
					buf, base, from = buf[:n], base+lo, from-lo
				}
				n, err := r.Read(buf[len(buf):cap(buf)])
				buf = buf[:len(buf)+n]
				if err == io.EOF {
					eof = true
				} else if err != nil {
					yield(Finding{}, &Error{Code: codeScanRead, Category: ErrSyntax, What: "scan reader: " + err.Error()})
					return
				}
			}
			text := string(buf)
			to := cutPage(text, from)
			lo, hi := marginBefore(text, from), min(len(text), to+pageMargin)
			if from == 0 {
				lo = 0
			}
			st.first = base == 0 && lo == 0
			st.core = span{int32(from - lo), int32(to - lo)}
			p.fold(text[lo:hi], base+lo)
			st.found = append(st.found[:0], held...)
			st.scanPage(&p)
			if len(st.people0) > 0 && s.want&(1<<KindPerson) != 0 {
				if m == nil || known != len(st.people0) {
					m, known = st.nameMatcher(), len(st.people0)
				}
				st.mentions(&p, m)
			}
			done := eof && to >= len(text)
			found := resolve(st.found)
			held = held[:0]
			if n := len(found); !done && n > 0 && found[n-1].End >= base+to {
				held = append(held, found[n-1])
				found = found[:n-1]
			}
			for _, f := range slices.Clone(found) {
				if !yield(f, nil) {
					return
				}
			}
			if done {
				return
			}
			from = to
		}
	}
}
