package catalog

import (
	"io"
	"slices"
	"strings"
)

// Records splits text with the scanner of ReadCSV.
func Records(s string) ([][]string, error) {
	in, err := newTextReader(strings.NewReader(s), "utf-8")
	if err != nil {
		return nil, err
	}
	sc := &scanner{in: in, comma: ',', limits: bounds{1 << 20, 512, 1000}, report: func(Problem) {}}
	var l [][]string
	for {
		cells, _, err := sc.next()
		if err == io.EOF {
			return l, nil
		}
		if err != nil {
			return l, err
		}
		l = append(l, slices.Clone(cells))
	}
}

// Codes lists every code with its English title.
func Codes() []string {
	var l []string
	for _, c := range readCodes {
		l = append(l, c.id+" "+c.en)
	}
	for _, r := range rules {
		l = append(l, r.Code+" "+r.English)
	}
	slices.Sort(l)
	return l
}
