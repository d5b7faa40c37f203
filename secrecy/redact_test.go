package secrecy_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const petition = "信访人唐华福（身份证号：610498195502130379，电话：19500024345）：您反映的问题已受理。\n" +
	"承办：请与王建国联系，办公电话0571-5207266。唐华福对答复不服的，可在30日内提出。\n签收人：唐　华福 ６１０４９８１９５５０２１３０３７９"

func TestRedact(t *testing.T) {
	t.Run("REG-37 默认:私人的全部删去,公务的留下", func(t *testing.T) {
		r, err := secrecy.Redact(petition, nil)
		require.NoError(t, err)
		for _, gone := range []string{"唐", "华福", "610498", "６１０", "19500024345"} {
			assert.NotContains(t, r.Text, gone)
		}
		assert.Contains(t, r.Text, "王建国")
		assert.Contains(t, r.Text, "0571-5207266")
		assert.NotEmpty(t, r.Left)
		require.NoError(t, secrecy.Verify(petition, r, nil))
	})
	t.Run("REG-37 删两次不变", func(t *testing.T) {
		for _, p := range secrecy.Profiles() {
			o := &secrecy.RedactOptions{Profile: &p}
			once, err := secrecy.Redact(petition, o)
			require.NoError(t, err, p.ID)
			twice, err := secrecy.Redact(once.Text, o)
			require.NoError(t, err)
			assert.Equal(t, once.Text, twice.Text, p.ID)
			assert.Empty(t, twice.Cuts)
		}
	})
	t.Run("REG-37 每处删减记依据和人", func(t *testing.T) {
		ground := law.GovInfoRegulation2019.Art(15)
		r, err := secrecy.Redact(petition, &secrecy.RedactOptions{Ground: ground, By: "u7", Key: []byte("k")})
		require.NoError(t, err)
		for _, c := range r.Cuts {
			assert.Equal(t, ground, c.Ground)
			assert.Equal(t, "u7", c.By)
			assert.Len(t, c.Seal, 64)
		}
		b, err := json.Marshal(r.Cuts)
		require.NoError(t, err)
		assert.NotContains(t, string(b), "唐")
		assert.NotContains(t, string(b), "610498195502130379")
	})
	t.Run("偏移两向对应", func(t *testing.T) {
		r, err := secrecy.Redact(petition, nil)
		require.NoError(t, err)
		for i := range petition {
			at, ok := r.Offset(i)
			if ok {
				assert.Equal(t, i, r.Original(at), "offset %d", i)
			}
		}
		for _, c := range r.Cuts {
			assert.Equal(t, c.Start, r.Original(c.At))
			assert.Equal(t, c.End, r.Original(c.To))
		}
	})
	t.Run("同一人同一代称", func(t *testing.T) {
		p, err := secrecy.ProfileByID("gov")
		require.NoError(t, err)
		text := "申请人张建国与申请人张丽华系夫妻。张建国提出申请，张丽华同意。申请人古丽努尔·艾合买提到场。"
		r, err := secrecy.Redact(text, &secrecy.RedactOptions{Profile: p})
		require.NoError(t, err)
		assert.Equal(t, "申请人张某与申请人张某2系夫妻。张某提出申请，张某2同意。申请人古某到场。", r.Text)
	})
	t.Run("gov 方案", func(t *testing.T) {
		p, _ := secrecy.ProfileByID("gov")
		r, err := secrecy.Redact("申请人张建国，身份证号码431197201702189335，手机138 0013 8000，家庭住址：四川省昌庆市清源县人民中路261号锦绣家园19幢4单元1756室。", &secrecy.RedactOptions{Profile: p})
		require.NoError(t, err)
		assert.Equal(t, "申请人张某，身份证号码431***********9335，手机138****8000，家庭住址：四川省昌庆市清源县***。", r.Text)
	})
	t.Run("有密级标志停止处理", func(t *testing.T) {
		_, err := secrecy.Redact("机密★5年\n姓名：唐华福", nil)
		assert.Equal(t, "SE-602", code(t, err))
		assert.ErrorIs(t, err, secrecy.ErrRefused)
	})
	t.Run("工作秘密由人决定", func(t *testing.T) {
		text := "内部资料 注意保存\n情况反映第72期"
		_, err := secrecy.Redact(text, nil)
		assert.Equal(t, "SE-603", code(t, err))
		n := strings.Index(text, "\n")
		r, err := secrecy.Redact(text, &secrecy.RedactOptions{Decisions: []secrecy.Decision{{Start: 0, End: n, Keep: true, Ground: law.GovInfoRegulation2019.Art(13), By: "u1"}}})
		require.NoError(t, err)
		assert.Equal(t, text, r.Text)
		_, err = secrecy.Redact(text, &secrecy.RedactOptions{Decisions: []secrecy.Decision{{Start: 0, End: n, Keep: true}}})
		assert.Equal(t, "SE-606", code(t, err))
	})
	t.Run("OA-11 读不出的不出件", func(t *testing.T) {
		_, err := secrecy.Redact("电话\xb5\xe7\xbb\xb0", nil)
		assert.Equal(t, "SE-601", code(t, err))
	})
	t.Run("商业秘密按决定删", func(t *testing.T) {
		text := "该公司2023年净利润为3200万元，2024年净利润为3200万元。"
		n := strings.Index(text, "3200万元")
		r, err := secrecy.Redact(text, &secrecy.RedactOptions{Label: "〔此处删减：第三方合法权益〕", Decisions: []secrecy.Decision{{Start: n, End: n + len("3200万元"), Ground: law.GovInfoRegulation2019.Art(15), By: "u1"}}})
		require.NoError(t, err)
		assert.Equal(t, "该公司2023年净利润为〔此处删减：第三方合法权益〕，2024年净利润为〔此处删减：第三方合法权益〕。", r.Text, "the twin goes too")
	})
	t.Run("第三方同意的留下", func(t *testing.T) {
		text := "申请人张建国同意公开。"
		n := strings.Index(text, "张")
		r, err := secrecy.Redact(text, &secrecy.RedactOptions{Decisions: []secrecy.Decision{{Start: n, End: n + 9, Keep: true, Ground: law.GovInfoRegulation2019.Art(15), By: "u1"}}})
		require.NoError(t, err)
		assert.Equal(t, text, r.Text)
	})
	t.Run("已知姓名", func(t *testing.T) {
		text := "会议认为，高明的意见可以采纳。"
		r, err := secrecy.Redact(text, &secrecy.RedactOptions{Names: []string{"高明", "李白"}})
		require.NoError(t, err)
		assert.Equal(t, "会议认为，■■■的意见可以采纳。", r.Text)
		assert.Equal(t, []int{1}, r.Missing)
	})
	t.Run("掩码太弱", func(t *testing.T) {
		p := secrecy.Profile{ID: "six-four", MinCandidates: 1000, Rules: []secrecy.MaskRule{{Kind: secrecy.KindID18, Action: secrecy.Ends, Head: 6, Tail: 4}}}
		_, err := secrecy.Redact("持431197201702189335号居民身份证", &secrecy.RedactOptions{Profile: &p})
		assert.NoError(t, err)
		_, err = secrecy.Redact("户主，73岁，持431197201702189335号居民身份证", &secrecy.RedactOptions{Profile: &p})
		assert.Equal(t, "SE-605", code(t, err))
		strict := secrecy.Profiles()[0]
		strict.Rules = p.Rules
		_, err = secrecy.Redact("持431197201702189335号居民身份证", &secrecy.RedactOptions{Profile: &strict})
		assert.Equal(t, "SE-605", code(t, err), "strict refuses 6+4 even alone")
	})
	t.Run("两份合起来太弱", func(t *testing.T) {
		head := &secrecy.Profile{ID: "head", MinCandidates: 1000, Rules: []secrecy.MaskRule{{Kind: secrecy.KindMobile, Action: secrecy.Ends, Head: 7}}}
		tail := &secrecy.Profile{ID: "tail", MinCandidates: 1000, Rules: []secrecy.MaskRule{{Kind: secrecy.KindMobile, Action: secrecy.Ends, Tail: 4}}}
		rs, err := secrecy.Renditions("手机13800138000", nil, head)
		require.NoError(t, err)
		assert.Equal(t, "手机1380013****", rs[0].Text)
		_, err = secrecy.Renditions("手机13800138000", nil, head, tail)
		assert.Equal(t, "SE-605", code(t, err))
	})
	t.Run("长数字里的正确号码也不留", func(t *testing.T) {
		r, err := secrecy.Redact("流水号99431197201702189335", nil)
		require.NoError(t, err)
		assert.NotContains(t, r.Text, "431197201702189335")
	})
}

func TestVerify(t *testing.T) {
	r, err := secrecy.Redact(petition, nil)
	require.NoError(t, err)
	assert.Error(t, secrecy.Verify(petition+"x", r, nil), "another original")
	bad := *r
	bad.Text += "19500024345"
	assert.Error(t, secrecy.Verify(petition, &bad, nil), "changed")
	assert.Error(t, secrecy.Verify(petition, nil, nil))
}

func TestCandidates(t *testing.T) {
	at := func(head, tail int, s secrecy.Shown) int { return secrecy.Candidates(secrecy.KindID18, head, tail, s) }
	assert.InDelta(t, 3320, at(6, 4, secrecy.Shown{}), 5, "36,525 dates, one in eleven")
	assert.InDelta(t, 33, at(6, 4, secrecy.Shown{Year: true}), 1)
	assert.Equal(t, 1000, at(14, 0, secrecy.Shown{}))
	assert.Equal(t, 500, at(14, 0, secrecy.Shown{Sex: true}))
	assert.Greater(t, at(3, 4, secrecy.Shown{}), 100_000)
	assert.Equal(t, 10_000, secrecy.Candidates(secrecy.KindMobile, 3, 4, secrecy.Shown{}))
	assert.Zero(t, secrecy.Candidates(secrecy.KindPerson, 1, 0, secrecy.Shown{}))
}

// Nothing private that the corpus marks survives, whatever its disguise.
func leaks(ps []passage, report func(string)) (n, of int) {
	for _, p := range ps {
		r, err := secrecy.Redact(p.Text, nil)
		if err != nil {
			continue // refused: nothing is shown
		}
		for _, g := range p.Spans {
			if g.Role == "official" || g.Role == "org" || g.Type == "uscc" || strings.HasPrefix(g.Type, "mark_") || g.Type == "copy_no" || g.Type == "urgency" || g.Type == "landline" {
				continue
			}
			of++
			for i := range p.Text[g.Start:g.End] {
				c := p.Text[g.Start+i]
				if c < 0x80 && !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
					continue
				}
				if at, ok := r.Offset(g.Start + i); ok && !cutStartsAt(r, g.Start+i) {
					n++
					if report != nil {
						report(p.ID + " leaks of " + g.Type + " " + p.Text[g.Start:g.End] + " in " + p.Text + " => " + r.Text[max(0, at-1):])
					}
					break
				}
			}
		}
	}
	return n, of
}

func cutStartsAt(r *secrecy.Rendition, at int) bool {
	for _, c := range r.Cuts {
		if c.Start <= at && at < c.End {
			return true
		}
	}
	return false
}

func ExampleRedact() {
	p, err := secrecy.ProfileByID("gov")
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := secrecy.Redact("申请人张建国（身份证号431197201702189335）与王建国联系，张建国的手机为138 0013 8000。", &secrecy.RedactOptions{
		Profile: p,
		Ground:  law.GovInfoRegulation2019.Art(15),
		By:      "u7",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Text)
	fmt.Println(len(r.Cuts), r.Cuts[0].Kind, r.Cuts[0].Action)
	// Output:
	// 申请人张某（身份证号431***********9335）与王建国联系，张某的手机为138****8000。
	// 4 person surname
}

func ExampleDetermine() {
	d, err := secrecy.Determine(secrecy.Draft{}, []secrecy.Opinion{
		{By: secrecy.Drafter, Phrase: "此件公开发布"},
		{By: secrecy.Section, Phrase: "同意此件公开发布"},
		{By: secrecy.Office, Phrase: "此件应依申请公开", Reason: "仅涉及特定企业"},
		{By: secrecy.Leader, Phrase: "同意"},
	}, nil)
	fmt.Println(d.Attribute, "/", d.Line())
	fmt.Println(err)
	// Output:
	// undetermined / 公开属性：拟定为此件依申请公开（理由：仅涉及特定企业）
	// secrecy: determine attribute: 「同意」 confirms the section's attribute and is accepted only where section and office agree; write one of 此件公开发布、此件不公开、此件依申请公开、此件删减后公开 (SE-213)
}
