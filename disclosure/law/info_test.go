package law_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// constants reads the names and values of instruments.go.
func constants(t *testing.T) map[string]law.Instrument {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "instruments.go", nil, 0)
	require.NoError(t, err)
	found := map[string]law.Instrument{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			found[spec.Names[0].Name] = law.Instrument(value)
		}
		return true
	})
	return found
}

func TestEveryConstantIsListed(t *testing.T) {
	values := map[law.Instrument]string{}
	for name, i := range constants(t) {
		assert.NotContains(t, values, i, "two constants of one name")
		values[i] = name
		assert.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, string(i))
	}
	listed := law.Instruments()
	assert.Len(t, listed, len(values), "instruments.tsv and instruments.go differ")
	date := regexp.MustCompile(`^(|\d{4}|\d{4}-\d\d|\d{4}-\d\d-\d\d)$`)
	for _, i := range listed {
		require.Contains(t, values, i)
		in, err := i.Info()
		require.NoError(t, err)
		assert.NotEmpty(t, in.Title, i)
		assert.NotEqual(t, "未定", in.Class.String(), i)
		assert.NotEqual(t, law.Unknown, in.Verification, i)
		for _, d := range []string{in.Adopted, in.InForce, in.Until} {
			assert.Regexp(t, date, d, i)
		}
		assert.Len(t, in.Until, len(in.Until)/10*10, "%s: the day on which a text ends is known to the day", i)
		if in.Successor != "" {
			next, err := in.Successor.Info()
			require.NoError(t, err)
			assert.NotEmpty(t, in.Until, i)
			if len(next.InForce) == 10 {
				assert.Equal(t, next.InForce, in.Until, "%s: one ends where the next begins", i)
			}
		}
		for _, f := range in.FromMemory {
			assert.Contains(t, []string{"title", "number", "adopted", "in-force"}, f, i)
		}
	}
}

func TestIndexRows(t *testing.T) {
	total := 0
	for _, i := range law.Instruments() {
		info, err := i.Info()
		require.NoError(t, err)
		for _, p := range i.Provisions() {
			total++
			assert.NotEmpty(t, p.Heading, p.Citation)
			assert.LessOrEqual(t, utf8.RuneCountInString(p.Heading), 30, p.Citation)
			assert.NotEqual(t, law.Unknown, p.Verification, p.Citation)
			if p.Verification == law.Verified {
				assert.GreaterOrEqual(t, info.Verification, law.Partly, p.Citation)
			}
			text, err := p.Citation.MarshalText()
			require.NoError(t, err)
			back, err := law.ParseCitation(string(text))
			require.NoError(t, err)
			assert.Equal(t, p.Citation, back)
		}
	}
	assert.Greater(t, total, 500)
}

// The laws that are stored whole have every article from the first to the last.
func TestWholeTextsHaveNoGap(t *testing.T) {
	for i, last := range map[law.Instrument]int{
		law.GovInfoRegulation2019: 56, law.StateSecretsLaw2024: 65, law.StateSecretsRegulation2024: 74,
		law.MajorDecisionsRegulation2019: 44, law.SPCGovInfo2011: 13, law.SAMRPenaltyPublicity2021: 19,
	} {
		for n := 1; n <= last; n++ {
			assert.NoError(t, law.Resolve(i.Art(n)))
		}
		assert.ErrorIs(t, law.Resolve(i.Art(last+1)), law.ErrAbsent)
	}
}

func TestResolve(t *testing.T) {
	r := law.GovInfoRegulation2019
	for _, c := range []struct {
		situation string
		citation  law.Citation
		want      error
	}{
		{"有此条", r.Art(14), nil},
		{"有此款", r.Art(33).Para(3), nil},
		{"无此款", r.Art(33).Para(4), law.ErrAbsent},
		{"有此项", r.Art(36).Item(7), nil},
		{"无此项", r.Art(36).Item(8), law.ErrAbsent},
		{"款中有此项", r.Art(4).Para(2).Item(5), nil},
		{"项不在此款", r.Art(4).Para(1).Item(1), law.ErrAbsent},
		{"二十条十五项", r.Art(20).Item(15), nil},
		{"项在哪一款没有写明而只有一款有项", r.Art(29).Item(3), nil},
		{"无此条", r.Art(57), law.ErrAbsent},
		{"没有条号只有款号", r.Art(0).Para(1), law.ErrAbsent},
		{"2008年第三十一条凭记忆", law.GovInfoRegulation2008.Art(31), law.ErrUnverified},
		{"2008年第二十七条只见前款", law.GovInfoRegulation2008.Art(27).Para(1), nil},
		{"2008年第二十七条后款未见", law.GovInfoRegulation2008.Art(27).Para(2), law.ErrUnverified},
		{"收费办法第六条凭记忆", law.FeeMeasures2020.Art(6), law.ErrUnverified},
		{"八十七号令凭记忆", law.ProcurementTenderMeasures2017.Art(16), law.ErrUnverified},
		{"环评公众参与办法凭记忆", law.EIAParticipation2018.Art(10), law.ErrUnverified},
		{"解读材料三个工作日凭记忆", law.OpenGovKeyPoints2016.Sec("政策解读"), law.ErrUnverified},
		{"采购意向二手", law.ProcurementIntentionNotice.Sec("公开时间"), law.ErrUnverified},
		{"执法公示二十个和七个工作日", law.EnforcementPublicity2018.Sec("六"), nil},
		{"没有这一节", law.EnforcementPublicity2018.Sec("九"), law.ErrAbsent},
		{"没有索引的现行文本", law.VillagersCommittee2025.Art(30), law.ErrAbsent},
		{"整部", r.Art(0), nil},
		{"整部凭记忆", law.PersonalInfoLaw2021.Art(0), law.ErrUnverified},
		{"本库读法", law.Own.Sec("首日不计入"), nil},
		{"本库读法没有名称", law.Own.Art(0), law.ErrAbsent},
		{"本单位文件没有索引", law.Local("方案").Art(1), law.ErrUnverified},
		{"不在名录", law.Instrument("no-such").Art(1), law.ErrUnknownInstrument},
		{"空引证", law.Citation{}, law.ErrUnknownInstrument},
	} {
		t.Run(c.situation, func(t *testing.T) {
			if c.want == nil {
				assert.NoError(t, law.Resolve(c.citation))
				return
			}
			assert.ErrorIs(t, law.Resolve(c.citation), c.want)
		})
	}
}

func TestInForceOn(t *testing.T) {
	for _, c := range []struct {
		situation string
		i         law.Instrument
		day       string
		want      law.Force
	}{
		{"施行前一日", law.GovInfoRegulation2019, "2019-05-14", law.NotYet},
		{"施行之日", law.GovInfoRegulation2019, "2019-05-15", law.InForce},
		{"旧文本最后一日", law.GovInfoRegulation2008, "2019-05-14", law.InForce},
		{"旧文本被取代之日", law.GovInfoRegulation2008, "2019-05-15", law.Superseded},
		{"法典施行前一日旧法仍未定起点", law.EIALaw2018, "2026-08-14", law.Undetermined},
		{"法典施行之日旧法废止", law.EIALaw2018, "2026-08-15", law.Superseded},
		{"只知年份的当年未定", law.BigDataSupervisionOpinions2015, "2015-06-30", law.Undetermined},
		{"只知年份的前一年", law.BigDataSupervisionOpinions2015, "2014-12-31", law.NotYet},
		{"标准不知日期", law.IdentityNumber1999, "2026-01-01", law.Undetermined},
		{"本单位文件", law.Local("方案"), "2026-01-01", law.Undetermined},
	} {
		t.Run(c.situation, func(t *testing.T) {
			got, err := c.i.InForceOn(c.day)
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
	_, err := law.CivilCode.InForceOn("2026-2-1")
	assert.ErrorIs(t, err, law.ErrDay)
	_, err = law.CivilCode.InForceOn("2026-02-30")
	assert.ErrorIs(t, err, law.ErrDay)
	_, err = law.Instrument("no-such").InForceOn("2026-01-01")
	assert.ErrorIs(t, err, law.ErrUnknownInstrument)
}

func TestEdition(t *testing.T) {
	for _, c := range []struct {
		situation string
		i         law.Instrument
		day       string
		want      law.Instrument
	}{
		{"新条例问旧日子", law.GovInfoRegulation2019, "2019-05-14", law.GovInfoRegulation2008},
		{"旧条例问新日子", law.GovInfoRegulation2008, "2026-11-24", law.GovInfoRegulation2019},
		{"放假办法跳三版", law.HolidayRegulation2024, "2005-05-01", law.HolidayRegulation1999},
		{"放假办法向后跳", law.HolidayRegulation1999, "2024-12-31", law.HolidayRegulation2013},
		{"环评法之后是法典", law.EIALaw2018, "2026-08-15", law.EcoCode2026},
		{"自身", law.CivilCode, "2021-01-01", law.CivilCode},
	} {
		t.Run(c.situation, func(t *testing.T) {
			got, err := c.i.Edition(c.day)
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
	for situation, f := range map[string]func() (law.Instrument, error){
		"2008年以前没有条例": func() (law.Instrument, error) { return law.GovInfoRegulation2019.Edition("2008-04-30") },
		"本单位文件不知":     func() (law.Instrument, error) { return law.Local("方案").Edition("2026-01-01") },
		"民法典以前":       func() (law.Instrument, error) { return law.CivilCode.Edition("2020-12-31") },
	} {
		t.Run(situation, func(t *testing.T) {
			_, err := f()
			assert.ErrorIs(t, err, law.ErrNoEdition)
		})
	}
}

func TestClassesAreToldApart(t *testing.T) {
	for i, want := range map[law.Instrument]string{
		law.AdministrativePenaltyLaw2021: "法律", law.GovInfoRegulation2019: "行政法规", law.SPCGovInfo2025: "司法解释",
		law.SAMRPenaltyPublicity2021: "规章", law.CadreRegulation2019: "党内法规", law.ServiceInterpretation: "规范性文件",
		law.DocumentFormat2012: "标准", law.Local("方案"): "本单位文件", law.Own: "本库读法",
	} {
		in, err := i.Info()
		require.NoError(t, err)
		assert.Equal(t, want, in.Class.String())
		assert.Equal(t, in.Class, i.Class())
	}
}

func TestCallersCannotChangeTheTables(t *testing.T) {
	p, err := law.Lookup(law.GovInfoRegulation2019.Art(36))
	require.NoError(t, err)
	p.Items[0] = 99
	in, err := law.CivilCode.Info()
	require.NoError(t, err)
	in.FromMemory[0] = "x"
	again, err := law.Lookup(law.GovInfoRegulation2019.Art(36))
	require.NoError(t, err)
	assert.Equal(t, []int{7}, again.Items)
	in, err = law.CivilCode.Info()
	require.NoError(t, err)
	assert.Equal(t, []string{"number"}, in.FromMemory)
}
