package secrecy_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseAttribute(t *testing.T) {
	cases := map[string]secrecy.Attribute{
		"公开": secrecy.Public, "不公开": secrecy.Withheld, "依申请": secrecy.OnRequest, "删减后公开": secrecy.Redacted,
		"主动公开": secrecy.Public, "依申请公开": secrecy.OnRequest, "不予公开": secrecy.Withheld, "免予公开": secrecy.Withheld,
		"此件公开发布": secrecy.Public, "此件不公开": secrecy.Withheld, "此件依申请公开": secrecy.OnRequest, "此件删减后公开": secrecy.Redacted,
		"同意此件公开发布": secrecy.Public, "同意此件不公开": secrecy.Withheld, "同意此件依申请公开": secrecy.OnRequest, "同意此件删减后公开": secrecy.Redacted,
		"此件应公开发布": secrecy.Public, "此件应不公开": secrecy.Withheld, "此件应依申请公开": secrecy.OnRequest, "此件应删减后公开": secrecy.Redacted,
		"(此件公开发布)": secrecy.Public, "（此件主动公开）": secrecy.Public, "(此件主动公开)": secrecy.Public, "（此件不予公开）": secrecy.Withheld,
		"公开方式 主动公开": secrecy.Public, "公开属性：主动公开": secrecy.Public, "公开类别:免予公开": secrecy.Withheld,
		"公开属性=主动公开;公开方式=全文发布": secrecy.Public, "全社会范围主动公开": secrecy.Public,
		"无 / 主动公开 / 无 / 无": secrecy.Public, "√ 主动": secrecy.Public, "√ 依申请公开": secrecy.OnRequest, "√主动公开": secrecy.Public,
		"主动公开 + 社会受众": secrecy.Public, "此件　公开发布": secrecy.Public, "此件主動公開": secrecy.Public, "（此件刪減後公開）": secrecy.Redacted,
		"“此件依申请公开”": secrecy.OnRequest, "拟主动公开": secrecy.Public, "同意主动公开": secrecy.Public,
	}
	for in, want := range cases {
		t.Run("CX-01 "+in, func(t *testing.T) {
			got, err := secrecy.ParseAttribute(in)
			require.NoError(t, err)
			assert.Equal(t, want, got)
		})
	}
}

func TestParseAttributeRefuses(t *testing.T) {
	cases := map[string]string{
		"": "SE-101", "同意": "SE-103", "（同意）": "SE-103", "全社会": "SE-104", "特定群体": "SE-104", "校内受众": "SE-104",
		"此件主动公开 / 此件依申请公开 / 此件不公开": "SE-102", "主动公开、依申请公开": "SE-102", "√ 主动 / √ 依申请公开": "SE-102",
		"秘密": "SE-106", "非涉密": "SE-106", "公开方式=全文发布": "SE-101", "公开透明": "SE-101", "此件": "SE-101", "政务公开": "SE-101",
		"主动公开 + 校内受众": "SE-104", "不同意公开": "SE-101", "无": "SE-101",
	}
	for in, code := range cases {
		t.Run("CX-01 不是属性:"+in, func(t *testing.T) {
			got, err := secrecy.ParseAttribute(in)
			assert.Equal(t, secrecy.Attribute(0), got)
			var e *secrecy.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, code, e.Code)
			assert.True(t, errors.Is(err, secrecy.ErrSyntax))
		})
	}
}

func TestAttributeText(t *testing.T) {
	want := []string{"undetermined", "public", "on-request", "redacted", "withheld"}
	for i, w := range want {
		a := secrecy.Attribute(i)
		assert.Equal(t, w, a.String())
		b, err := json.Marshal(a)
		require.NoError(t, err)
		var back secrecy.Attribute
		require.NoError(t, json.Unmarshal(b, &back))
		assert.Equal(t, a, back)
		if !a.IsZero() {
			for _, words := range []string{a.Chinese(), a.Note()} {
				got, err := secrecy.ParseAttribute(words)
				require.NoError(t, err)
				assert.Equal(t, a, got)
			}
		}
	}
	var a secrecy.Attribute
	assert.Error(t, a.UnmarshalText([]byte("公开")), "stored values are the ASCII ones")
	assert.Equal(t, "undetermined", secrecy.Attribute(9).String())
	_, err := secrecy.Attribute(9).MarshalText()
	assert.Error(t, err)
}

func FuzzParseAttribute(f *testing.F) {
	f.Add("此件公开发布")
	f.Add("(此件)；公开属性=√")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := secrecy.ParseAttribute(s)
		if (err == nil) == a.IsZero() {
			t.Fatalf("value %v and error %v", a, err)
		}
	})
}
