package catalog_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rowsOf is the number of data rows of each catalog in testdata.
var rowsOf = map[string]int{
	"主动公开-罗庄区财政局": 11, "全清单-门头沟": 10, "养老服务-云阳县": 3, "城市综合执法-阿巴嘎旗": 2, "安全生产-达川区": 6,
	"户籍管理-洛江区": 6, "涉农补贴-铁力市": 2, "社会救助-牟定县": 9, "税收管理-博州": 4, "财政预决算-三角镇": 2,
	"财政预决算-永修县江上乡": 5, "重大建设项目-云霄县": 3, "高校-某大学信息公开目录": 18,
}

func readFile(t *testing.T, name string) (*catalog.Catalog, error) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "catalogs", name+".tsv"))
	require.NoError(t, err)
	defer f.Close()
	return catalog.ReadCSV(f, nil)
}

func TestReadCSVTakesEveryRowOfRealCatalogs(t *testing.T) {
	for name, want := range rowsOf {
		t.Run("BB-05 "+name+"：一行不少", func(t *testing.T) {
			c, _ := readFile(t, name)
			require.Len(t, c.Entries, want)
			for _, e := range c.Entries {
				assert.NotEmpty(t, e.Title(), "row %d", e.Row)
				assert.Len(t, e.Nodes, 1)
				assert.NotEmpty(t, e.Nodes[0].LimitText, "row %d: an empty limit is the limit of the row above", e.Row)
				assert.Empty(t, e.Extra)
			}
		})
	}
}
