package deadline_test

import (
	"os"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func flat(days []deadline.ArrangedDay) []string {
	var s []string
	for _, d := range days {
		k := "off"
		if !d.Off {
			k = "work"
		}
		s = append(s, d.Date.String()+" "+k)
	}
	return s
}

func TestEveryNoticeReadsAsItsDays(t *testing.T) {
	want := map[string][]string{}
	for _, r := range readCSV(t, "testdata/notices/expected.csv") {
		want[r["file"]] = append(want[r["file"]], r["date"]+" "+r["kind"])
	}
	require.Len(t, want, 27)
	for file, days := range want {
		t.Run(file, func(t *testing.T) {
			b, err := os.ReadFile("testdata/notices/" + file)
			require.NoError(t, err)
			a, err := deadline.ParseArrangement(string(b))
			require.NoError(t, err)
			assert.ElementsMatch(t, days, flat(a.Days))
			assert.Equal(t, file[:4], strings.TrimLeft(a.Days[len(a.Days)-1].Date.String()[:4], "0"))
			assert.Equal(t, strings.Contains(file, "amend"), a.Amends)
			for _, d := range a.Days {
				assert.NotEmpty(t, d.Festival, d.Date)
			}
		})
	}
}
