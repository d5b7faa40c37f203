package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// Index is an 索引号: the agency's code, a year and a serial number, and between
// them a class where the agency uses one, as in 00817525-1/2022-06004 and
// 115323007704937969-/2019-0703436. The zero Index is none.
type Index struct {
	Agency string // code of the agency with its own hyphens: 00817525-1, 115323007704937969-
	Class  string // code of the class, "" = none; may hold hyphens
	Year   int
	Serial int
	Width  int    // digits of the serial with leading zeros
	Sep    string // between agency and the rest: "/" or "-"
}

// ParseIndex reads an index number. Blanks and full-width forms are folded.
func ParseIndex(s string) (Index, error) {
	w := strings.Map(func(r rune) rune {
		r = half(r)
		if r == ' ' || r == '\u200b' || r == '\uFEFF' {
			return -1
		}
		return r
	}, s)
	bad := func(why string) (Index, error) {
		return Index{}, Problem{Code: codeIndex, Severity: Warning, Says: clip(s), Want: why, Err: ErrIndex}
	}
	if w == "" || len(w) > 80 {
		return bad("应为「机构代码/年度-流水号」")
	}
	for _, r := range w {
		if !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '/' || r == '_' || r == '.') {
			return bad("只用字母、数字和 - /")
		}
	}
	x := Index{Sep: "/"}
	rest := ""
	if i := strings.LastIndexByte(w, '/'); i >= 0 {
		x.Agency, rest = w[:i], w[i+1:]
	} else {
		x.Sep = "-"
		i := strings.IndexByte(w, '-')
		if i < 0 {
			return bad("缺少分隔符")
		}
		// the check digit of an organisation code is one character of its own
		if rest := w[i+1:]; len(w[:i]) == 8 && len(rest) > 1 && rest[1] == '-' {
			i += 2
		}
		x.Agency, rest = w[:i], w[i+1:]
	}
	seg := strings.Split(rest, "-")
	n := len(seg)
	if n < 2 {
		return bad("缺少年度或者流水号")
	}
	year, serial := seg[n-2], seg[n-1]
	if len(year) != 4 || !digits(year) || atoi(year) < 1949 || atoi(year) > 2100 {
		return bad("年度应为四位数字")
	}
	if !digits(serial) || len(serial) > 9 {
		return bad("流水号应为一至九位数字")
	}
	if x.Agency == "" {
		return bad("缺少机构代码")
	}
	x.Class = strings.Join(seg[:n-2], "-")
	if x.Class == "" && n > 2 {
		return bad("分类代码是空的")
	}
	x.Year, x.Serial, x.Width = atoi(year), serialOf(serial), len(serial)
	return x, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func serialOf(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// IsZero reports that no number is set.
func (x Index) IsZero() bool { return x == Index{} }

// String writes the number with its padding; "" for the zero Index.
func (x Index) String() string {
	if x.IsZero() {
		return ""
	}
	var b strings.Builder
	b.WriteString(x.Agency)
	b.WriteString(x.Sep)
	if x.Class != "" {
		b.WriteString(x.Class)
		b.WriteByte('-')
	}
	fmt.Fprintf(&b, "%04d-%0*d", x.Year, x.Width, x.Serial)
	return b.String()
}

// Compare orders by agency, class, year and serial.
func (x Index) Compare(y Index) int {
	if c := strings.Compare(x.Agency, y.Agency); c != 0 {
		return c
	}
	if c := strings.Compare(x.Class, y.Class); c != 0 {
		return c
	}
	if x.Year != y.Year {
		return x.Year - y.Year
	}
	return x.Serial - y.Serial
}

// MarshalText writes String.
func (x Index) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads what ParseIndex reads; an empty text is the zero Index.
func (x *Index) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*x = Index{}
		return nil
	}
	v, err := ParseIndex(string(b))
	if err != nil {
		return err
	}
	*x = v
	return nil
}

// IndexRule is how an agency numbers.
type IndexRule struct {
	Agency     string // code, see Index
	Class      string // "" = none
	Sep        string // "" = "/"
	Width      int    // digits of the serial; 0 = 5
	Continuous bool   // the serial goes on over the years; false = begins at 1 every year
}

func (r IndexRule) width() int {
	if r.Width <= 0 {
		return 5
	}
	return r.Width
}

// Next is the number after those in use. A number is never used twice, also when
// its entry is gone: used holds all that were ever given. It fails when the
// serial no longer fits the width.
func (r IndexRule) Next(used []Index, year int) (Index, error) {
	sep := r.Sep
	if sep == "" {
		sep = "/"
	}
	x := Index{Agency: r.Agency, Class: r.Class, Year: year, Serial: 1, Width: r.width(), Sep: sep}
	for _, u := range used {
		if u.Agency == r.Agency && u.Class == r.Class && (r.Continuous || u.Year == year) && u.Serial >= x.Serial {
			x.Serial = u.Serial + 1
		}
	}
	if len(itoa(x.Serial)) > x.Width {
		return Index{}, Problem{Code: codeIndexFull, Severity: Error, Says: itoa(x.Serial), Want: "流水号位数不够，请加宽", Err: ErrIndex}
	}
	return x, nil
}

// AuditIndexes finds what is wrong with the index numbers of entries: numbers
// that cannot be read, used twice, padded differently, and gaps within one
// agency, class and year.
func (r IndexRule) AuditIndexes(entries []Entry) Problems {
	var ps Problems
	type at struct {
		x   Index
		row int
	}
	var all []at
	first := map[string]int{}
	for i := range entries {
		e := &entries[i]
		if e.Index == "" || e.Filled.Has(FieldIndex) {
			continue
		}
		x, err := ParseIndex(e.Index)
		if err != nil {
			p, _ := err.(Problem)
			p.Row, p.Sheet, p.Heading = e.Row, e.Sheet, FieldIndex.Title()
			ps = append(ps, p)
			continue
		}
		key := x.String()
		if row, twice := first[key]; twice {
			ps = append(ps, Problem{Code: codeIndexTwice, Severity: Error, Sheet: e.Sheet, Row: e.Row, Heading: FieldIndex.Title(), Says: e.Index, Want: "与第 " + itoa(row) + " 行相同，另编一号"})
			continue
		}
		first[key] = e.Row
		if r.Width > 0 && x.Width != r.Width || r.Agency != "" && x.Agency != r.Agency {
			y := x
			if r.Width > 0 {
				y.Width = r.Width
			}
			if r.Agency != "" {
				y.Agency = r.Agency
			}
			ps = append(ps, Problem{Code: codeIndexForm, Severity: Warning, Sheet: e.Sheet, Row: e.Row, Heading: FieldIndex.Title(), Says: e.Index, Want: "按编号规则写作 " + y.String()})
		}
		all = append(all, at{x, e.Row})
	}
	slices.SortStableFunc(all, func(a, b at) int { return a.x.Compare(b.x) })
	for i, a := range all {
		want := 1
		same := i > 0 && all[i-1].x.Agency == a.x.Agency && all[i-1].x.Class == a.x.Class && (r.Continuous || all[i-1].x.Year == a.x.Year)
		if same {
			want = all[i-1].x.Serial + 1
		} else if r.Continuous {
			want = a.x.Serial
		}
		if a.x.Serial > want {
			from, to := a.x, a.x
			from.Serial, to.Serial = want, a.x.Serial-1
			gap := from.String()
			if to != from {
				gap += " 至 " + to.String()
			}
			ps = append(ps, Problem{Code: codeIndexGap, Severity: Warning, Row: a.row, Heading: FieldIndex.Title(), Says: a.x.String(), Want: "缺 " + gap})
		}
	}
	return ps
}
