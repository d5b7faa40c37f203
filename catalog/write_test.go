package catalog_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plain drops where cells stood.
func plain(c *catalog.Catalog) *catalog.Catalog {
	d := *c
	d.Problems = nil
	d.Entries = append([]catalog.Entry(nil), c.Entries...)
	for i := range d.Entries {
		e := &d.Entries[i]
		e.Row, e.Filled = 0, 0
		e.Nodes = append([]catalog.Node(nil), e.Nodes...)
		for k := range e.Nodes {
			e.Nodes[k].Row = 0
		}
	}
	return &d
}

func TestReadWriteReadIsTheSame(t *testing.T) {
	for name := range rowsOf {
		t.Run("BB-05 "+name+"：读、写、再读相同", func(t *testing.T) {
			c, _ := readFile(t, name)
			for _, comma := range []rune{',', '\t'} {
				var b bytes.Buffer
				require.NoError(t, c.WriteCSV(&b, &catalog.WriteOptions{Comma: comma}))
				d, err := catalog.ReadCSV(bytes.NewReader(b.Bytes()), nil)
				assert.NotErrorIs(t, err, catalog.ErrRefused)
				require.Equal(t, plain(c), plain(d), b.String())
				assert.Equal(t, c.Digest(), d.Digest())
			}
			var j bytes.Buffer
			require.NoError(t, c.WriteJSON(&j))
			d, err := catalog.ReadJSON(&j)
			require.NoError(t, err)
			assert.Equal(t, c.Digest(), d.Digest())
		})
	}
}

func TestFormulasAreHarmlessOnTheWayOut(t *testing.T) {
	c := &catalog.Catalog{Entries: []catalog.Entry{{Name: "=cmd|'/c calc'!A1", Content: "@SUM(1)", Lead: "＝1+1", Remark: "'=已经转义", Nodes: []catalog.Node{{LimitText: "-1+1"}}}}}
	var b bytes.Buffer
	require.NoError(t, c.WriteCSV(&b, nil))
	assert.Contains(t, b.String(), `'=cmd`)
	for _, cell := range strings.FieldsFunc(b.String(), func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
		assert.NotContains(t, "=+-@＝", string([]rune(strings.Trim(cell, "\""))[0]), cell)
	}
	d, _ := catalog.ReadCSV(&b, nil)
	require.Len(t, d.Entries, 1)
	assert.Equal(t, c.Entries[0].Name, d.Entries[0].Name)
	assert.Equal(t, c.Entries[0].Content, d.Entries[0].Content)
	assert.Equal(t, c.Entries[0].Lead, d.Entries[0].Lead)
	assert.Equal(t, c.Entries[0].Remark, d.Entries[0].Remark)
	assert.Equal(t, "-1+1", d.Entries[0].Nodes[0].LimitText)
}
