package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDuedate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notice.txt")
	require.NoError(t, os.WriteFile(file, []byte("没有日子的文字"), 0o644))
	for _, c := range []struct {
		name string
		args string
		want string
		err  bool
	}{
		{"REG-33a 最后一日与理由", "-from 2026-09-25 自收到申请之日起20个工作日内", "最后一日： 2026年10月29日", false},
		{"逐日说明跳过的假日", "-from 2026-09-25 自收到申请之日起20个工作日内", "国庆节", false},
		{"没有通知时给出区间", "-from 2026-12-28 20个工作日内", "不早于", false},
		{"推定的日子", "-from 2027-01-11 -project 20个工作日内", "最后一日： 2027年2月12日", false},
		{"按小时", "-from 2026-10-01T22:30 最迟应在24小时内举行新闻发布会", "2026年10月2日22时30分", false},
		{"一格两个期限", "-from 2026-03-02 20个工作日内公开;公示期不少于5个工作日", "（2）", false},
		{"没有日子的期限", "-from 2026-03-02 长期公开", "没有日子", false},
		{"读不懂", "-from 2026-03-02 1年", "", true},
		{"没有起算日", "20日内", "", true},
		{"没有这样的文件", "-from 2026-03-02 -notice /nonexistent 20日内", "", true},
		{"通知读不懂", "-from 2026-03-02 -notice " + file + " 20日内", "", true},
		{"没有期限", "-from 2026-03-02", "用法", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			err := run(strings.Fields(c.args), &out)
			assert.Equal(t, c.err, err != nil, "%v", err)
			assert.Contains(t, out.String(), c.want)
		})
	}
}
