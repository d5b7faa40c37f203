package secrecy

import "unicode/utf8"

// cues are words near a number that say what it is. They add to a shape; they
// never delete what a check character proves.
type cueSet []string

var (
	cueID     = cueSet{"身份证", "公民身份", "身份号", "证件", "身分证", "居民证", "旧证", "号码", "证号"}
	cueCode   = cueSet{"信用代码", "代码", "统一社会", "机构", "税号", "纳税人识别号", "识别号"}
	cuePhone  = cueSet{"电话", "手机", "联系方式", "联络", "联系", "移动", "热线", "致电", "拨打", "号码", "传真", "座机", "固话", "宅电", "办公", "微信", "短信", "tel", "Tel", "TEL", "机号", "通讯", "通信", "来电", "值班", "咨询", "监督", "举报", "投诉", "电 话"}
	cueCard   = cueSet{"卡号", "账号", "帐号", "账户", "帐户", "银行卡", "开户", "借记卡", "信用卡", "储蓄卡", "一卡通", "存折", "卡", "户名", "汇至", "转入", "汇入", "打入", "打款", "收款", "付款", "工资", "农行", "工行", "建行", "中行", "信用社", "银行", "汇款"}
	cueHome   = cueSet{"家庭", "宅电", "住宅", "家中", "家里", "家用", "家长", "本人"}
	cuePass   = cueSet{"护照", "passport", "Passport", "PASSPORT", "旅行证件"}
	cueHKMO   = cueSet{"港澳通行证", "往来港澳", "通行证", "港澳"}
	cueHome2  = cueSet{"回乡证", "来往内地", "港澳居民", "香港居民", "澳门居民", "通行证", "返乡证"}
	cueToTW   = cueSet{"往来台湾", "台湾通行证", "大陆居民往来", "赴台", "入台", "通行证"}
	cueTW     = cueSet{"台胞证", "台湾居民来往大陆通行证", "台湾居民通行证", "来往大陆通行证", "台胞证件", "台证", "台湾居民证件", "台胞"}
	cueSocial = cueSet{"社保个人编号", "个人编号", "社保编号", "个人社保号", "社保号码", "社保号", "医保编号", "医保号", "医保个人编号", "参保编号", "参保号", "个人参保号", "养老保险编号", "养老保险号", "养老编号", "社会保险编号", "社会保险号", "社会保障号", "社会保障编号", "社保账号", "社保账户", "社保个人账号", "社会保险个人编号", "医疗保险编号", "医疗保险号", "职工个人编号", "个人医保号", "个人代码", "保险编号", "参保人编号", "社保电脑号", "电脑号", "工伤保险编号", "社保代码", "医保代码", "人员编号", "社保登记号", "参保个人编号"}
)

// cueNear reports whether a word of the set stands within n units before unit i,
// in the same sentence.
func (s *scan) cueNear(p *page, i int, set cueSet, n int) bool {
	lo := max(0, i-n)
	for j := i - 1; j >= lo; j-- {
		if p.r[j] == '。' {
			return false
		}
		if p.cls[j] == 0 {
			continue
		}
		for _, w := range set {
			if p.r[j] == firstUnit(w) && p.hasWithin(j, i, w) {
				return true
			}
		}
	}
	return s.headIs(p, i, set)
}

// hasWithin reports whether s stands at unit i and ends before unit end; blanks
// inside are passed over.
func (p *page) hasWithin(i, end int, w string) bool {
	for _, c := range w {
		for i < end && p.cls[i]&cSpace != 0 {
			i++
		}
		if i >= end || p.r[i] != uint16(c) {
			return false
		}
		i++
	}
	return true
}

// cueJust reports whether a word of the set stands right before unit i, with at
// most a few words such as 号码, 为, a colon or a bracket between.
func (s *scan) cueJust(p *page, i int, set cueSet) bool {
	j := p.skipBack(i)
	for again := true; again; {
		again = false
		for _, w := range [...]string{"证件号码", "证号码", "号码", "证号", "编号", "号", "码", "均", "分别", "现", "填", "持有", "系", "原", "曾用", "(旧号)"} {
			if p.hasBefore(j, w) {
				if s.endsWith(p, j, set) {
					return true
				}
				j = p.skipBack(j - utf8.RuneCountInString(w))
				again = true
				break
			}
		}
	}
	return s.endsWith(p, j, set) || s.headIs(p, i, set)
}

func (s *scan) endsWith(p *page, i int, set cueSet) bool {
	for _, w := range set {
		if p.hasBefore(i, w) {
			return true
		}
	}
	return false
}
