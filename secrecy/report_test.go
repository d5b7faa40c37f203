package secrecy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func reportOf(t *testing.T, parts ...secrecy.Part) secrecy.Report {
	t.Helper()
	s, err := secrecy.NewScanner(nil)
	require.NoError(t, err)
	r, err := s.Report(parts)
	require.NoError(t, err)
	return r
}

func TestReport(t *testing.T) {
	clear := secrecy.Part{ID: "a", Text: "关于做好防汛工作的通知"}
	id := secrecy.Part{ID: "b", Text: "持11010519491231002X号居民身份证"}
	image := secrecy.Part{ID: "c", Digest: [32]byte{1}, Unreadable: "image"}
	broken := secrecy.Part{ID: "d", Text: "电话\xb5\xe7\xbb\xb0"}
	mark := secrecy.Part{ID: "e", Text: "机密★5年\n姓名：唐华福\n持11010519491231002X"}
	cases := []struct {
		name  string
		parts []secrecy.Part
		want  string
	}{
		{"CX-14 没有送检等于没有审查", nil, "none"},
		{"CX-14 没有发现", []secrecy.Part{clear}, "clear"},
		{"CX-14 有发现", []secrecy.Part{clear, id}, "findings"},
		{"OA-11 图片没有文字层", []secrecy.Part{clear, image}, "partial"},
		{"OA-11 有发现也有读不出的附件", []secrecy.Part{id, image}, "partial"},
		{"OA-11 不是UTF-8", []secrecy.Part{broken}, "partial"},
		{"OA-11 由宿主补上文字后", []secrecy.Part{clear, {ID: "c", Digest: [32]byte{1}, Text: "示意图"}}, "clear"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := reportOf(t, c.parts...)
			assert.Equal(t, c.want, r.State().String())
			b, err := json.Marshal(r)
			require.NoError(t, err)
			var back secrecy.Report
			require.NoError(t, json.Unmarshal(b, &back))
			assert.Equal(t, r, back)
			assert.NotContains(t, string(b), "11010519491231002X")
		})
	}
	t.Run("CX-14 零值没有扫描过", func(t *testing.T) {
		var r secrecy.Report
		assert.True(t, r.IsZero())
		assert.Equal(t, "none", r.State().String())
		b, err := json.Marshal(r)
		require.NoError(t, err)
		assert.Equal(t, "null", string(b))
	})
	t.Run("OA-10 换了一个附件报告不再覆盖", func(t *testing.T) {
		r := reportOf(t, clear, image)
		assert.True(t, r.Covers([]secrecy.Part{image, clear}))
		assert.False(t, r.Covers([]secrecy.Part{clear}))
		assert.False(t, r.Covers([]secrecy.Part{clear, {ID: "c", Digest: [32]byte{2}, Unreadable: "image"}}))
		other := reportOf(t, clear, secrecy.Part{ID: "c", Digest: [32]byte{2}, Unreadable: "image"})
		assert.NotEqual(t, r.Digest(), other.Digest())
	})
	t.Run("有密级标志只留位置和密级", func(t *testing.T) {
		r := reportOf(t, mark)
		require.Len(t, r.Parts()[0].Findings, 1)
		assert.Equal(t, secrecy.KindStateSecret, r.Parts()[0].Findings[0].Kind)
		assert.Equal(t, secrecy.Secret, r.Level())
	})
	t.Run("改过的报告不收", func(t *testing.T) {
		b, err := json.Marshal(reportOf(t, id))
		require.NoError(t, err)
		var back secrecy.Report
		forged := strings.Replace(string(b), `"start":3`, `"start":6`, 1)
		require.NotEqual(t, string(b), forged)
		assert.Error(t, json.Unmarshal([]byte(forged), &back))
	})
	t.Run("编号重复", func(t *testing.T) {
		s, err := secrecy.NewScanner(&secrecy.ScannerOptions{Kinds: []secrecy.Kind{secrecy.KindID18}})
		require.NoError(t, err)
		_, err = s.Report([]secrecy.Part{clear, clear})
		assert.ErrorIs(t, err, secrecy.ErrOptions)
		other, err := s.Report([]secrecy.Part{clear})
		require.NoError(t, err)
		assert.NotEqual(t, reportOf(t, clear).Rules(), other.Rules(), "other kinds are other rules")
	})
}
