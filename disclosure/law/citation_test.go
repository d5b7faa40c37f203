package law_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/law"
)

func TestCitationString(t *testing.T) {
	for _, c := range []struct {
		situation string
		citation  law.Citation
		want      string
	}{
		{"款", law.GovInfoRegulation2019.Art(33).Para(2), "《中华人民共和国政府信息公开条例》第三十三条第二款"},
		{"项", law.GovInfoRegulation2019.Art(31).Item(3), "《中华人民共和国政府信息公开条例》第三十一条第（三）项"},
		{"款和项", law.GovInfoRegulation2019.Art(4).Para(2).Item(4), "《中华人民共和国政府信息公开条例》第四条第二款第（四）项"},
		{"旧文本带年份", law.GovInfoRegulation2008.Art(24), "《中华人民共和国政府信息公开条例》（2008年施行）第二十四条"},
		{"整部法规", law.CivilCode.Art(0), "《中华人民共和国民法典》"},
		{"一百以上", law.CivilCode.Art(201).Para(1), "《中华人民共和国民法典》第二百零一条第一款"},
		{"一千以上", law.EcoCode2026.Art(1242), "《中华人民共和国生态环境法典》第一千二百四十二条"},
		{"规范性文件按文号和节", law.EnforcementPublicity2018.Sec("六"), "国办发〔2018〕118号（六）"},
		{"规范性文件按部分", law.OpinionResponseNotice2016.Sec("三"), "国办发〔2016〕61号第三部分"},
		{"规范性文件有条", law.FeeMeasures2020.Art(4).Para(2).Item(1), "《政府信息公开信息处理费管理办法》第四条第二款第（一）项"},
		{"标准", law.DocumentFormat2012.Sec("7.2.2"), "GB/T 9704—2012 7.2.2"},
		{"书名号里的书名号", law.OpenGovRules2016.Art(0), "《〈关于全面推进政务公开工作的意见〉实施细则》"},
		{"本单位文件有条", law.Local("办事公开民主管理工作规范").Art(12), "《办事公开民主管理工作规范》第十二条"},
		{"本单位文件有节", law.Local("政务公开实施方案").Sec("三"), "《政务公开实施方案》（三）"},
		{"本单位文件自带书名号", law.Local("《政务公开实施方案》").Sec("附件2"), "《政务公开实施方案》附件2"},
		{"本库读法不穿法律的衣服", law.Own.Sec("首日不计入"), "本库读法：首日不计入"},
		{"空", law.Citation{}, ""},
		{"不在名录里的名称", law.Instrument("no-such").Art(3), "no-such第三条"},
	} {
		t.Run(c.situation, func(t *testing.T) { assert.Equal(t, c.want, c.citation.String()) })
	}
}

// 1 … 9999 against a table built the slow way, one decimal place at a time.
func TestNumerals(t *testing.T) {
	digit := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	below := map[int]string{}
	for n := 1; n < 10; n++ {
		below[n] = digit[n]
	}
	for n := 10; n < 100; n++ {
		below[n] = digit[n/10] + "十"
		if n%10 != 0 {
			below[n] += digit[n%10]
		}
	}
	for n := 100; n < 1000; n++ {
		below[n] = digit[n/100] + "百"
		switch r := n % 100; {
		case r == 0:
		case r < 10:
			below[n] += "零" + below[r]
		default:
			below[n] += below[r]
		}
	}
	for n := 1000; n < 10000; n++ {
		below[n] = digit[n/1000] + "千"
		switch r := n % 1000; {
		case r == 0:
		case r < 100:
			below[n] += "零" + below[r]
		default:
			below[n] += below[r]
		}
	}
	for n := 1; n < 10000; n++ {
		want := below[n]
		if n >= 10 && n < 20 { // 十二, not 一十二
			want = want[len("一"):]
		}
		require.Equal(t, "《x》第"+want+"条", law.Local("x").Art(n).String())
	}
}

func TestCitationText(t *testing.T) {
	for _, c := range []struct {
		citation law.Citation
		want     string
	}{
		{law.Citation{}, ""},
		{law.CivilCode.Art(0), "civil-code"},
		{law.CivilCode.Art(200), "civil-code:200"},
		{law.GovInfoRegulation2019.Art(33).Para(2), "gov-info-regulation-2019:33.2"},
		{law.GovInfoRegulation2019.Art(4).Para(2).Item(1), "gov-info-regulation-2019:4.2.1"},
		{law.GovInfoRegulation2019.Art(36).Item(7), "gov-info-regulation-2019:36.0.7"},
		{law.EnforcementPublicity2018.Sec("六"), "enforcement-publicity-2018#六"},
		{law.EnforcementPublicity2018.Sec("六").Para(1), "enforcement-publicity-2018:0.1#六"},
		{law.Local("方案：第1版:甲#乙%3A").Sec("三#1"), "local:方案：第1版%3A甲%23乙%253A#三#1"},
		{law.Own.Sec("20个工作日内转为主动公开"), "own#20个工作日内转为主动公开"},
	} {
		t.Run(c.want, func(t *testing.T) {
			text, err := c.citation.MarshalText()
			require.NoError(t, err)
			assert.Equal(t, c.want, string(text))
			back, err := law.ParseCitation(c.want)
			require.NoError(t, err)
			assert.Equal(t, c.citation, back)
		})
	}
	for _, bad := range []string{
		"no-such:1", "gov-info-regulation-2019:", "gov-info-regulation-2019:033", "gov-info-regulation-2019:33.0",
		"gov-info-regulation-2019:33.2.1.1", "gov-info-regulation-2019:-1", "gov-info-regulation-2019:10000",
		"gov-info-regulation-2019:+3", "gov-info-regulation-2019#", "local:", "local:a%", "local:a%3a", ":3", "#六",
		"own#\x00", "own# x", "own#\xff", "GOV-INFO-REGULATION-2019:1", "gov-info-regulation-2019:1 ",
	} {
		t.Run("拒绝 "+bad, func(t *testing.T) {
			kept := law.CivilCode.Art(1)
			assert.Error(t, kept.UnmarshalText([]byte(bad)))
			assert.Equal(t, law.CivilCode.Art(1), kept)
		})
	}
	t.Run("写不回来的不写", func(t *testing.T) {
		for _, c := range []law.Citation{law.Instrument("no-such").Art(1), law.CivilCode.Art(-1), law.Local("").Art(1), {Article: 1}} {
			_, err := c.MarshalText()
			assert.Error(t, err)
		}
	})
	t.Run("JSON", func(t *testing.T) {
		data, err := json.Marshal(map[string]law.Citation{"basis": law.GovInfoRegulation2019.Art(26)})
		require.NoError(t, err)
		assert.JSONEq(t, `{"basis":"gov-info-regulation-2019:26"}`, string(data))
	})
}

func TestCompare(t *testing.T) {
	ordered := []law.Citation{
		{}, law.CivilCode.Art(0), law.CivilCode.Art(200), law.CivilCode.Art(201), law.CivilCode.Art(201).Para(1),
		law.CivilCode.Art(201).Para(1).Item(1), law.CivilCode.Art(201).Para(2), law.GovInfoRegulation2019.Art(1),
		law.OpenGovRules2016.Sec("一（一）"), law.OpenGovRules2016.Sec("舆情回应"),
	}
	for i, a := range ordered {
		for j, b := range ordered {
			assert.Equal(t, min(max(i-j, -1), 1), a.Compare(b), "%s / %s", a, b)
		}
	}
	assert.True(t, slices.IsSortedFunc(ordered, law.Citation.Compare))
}

func FuzzUnmarshalText(f *testing.F) {
	for _, s := range []string{"", "gov-info-regulation-2019:33.2.1", "local:a%3Ab:1#c", "own#x", "enforcement-publicity-2018#六", "a:1:2#3#4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var c law.Citation
		if c.UnmarshalText([]byte(s)) != nil {
			assert.True(t, c.IsZero())
			return
		}
		back, err := c.MarshalText()
		require.NoError(t, err)
		require.Equal(t, s, string(back))
		_ = c.String()
		_ = law.Resolve(c)
	})
}
