package deadline

import (
	"regexp"
	"strings"
)

var (
	circularYear   = regexp.MustCompile(`(\d{4})年(?:全年|全国|国家|法定|部分|的|放假|假期|元旦|春节|清明|劳动节|五一|端午|中秋|国庆|十一|节|休|调休)`)
	circularBare   = regexp.MustCompile(`(\d{4})年([^\d]|$)`)
	circularHan    = regexp.MustCompile(`[二2][〇○ОO零0][〇○ОO零一二三四五六七八九0-9]{2}年`)
	circularTitle  = regexp.MustCompile(`(?:^|[\n\r ])((?:国务院|[^\n。,;:《》]{2,20}(?:政府|办公室|办公厅|厅|局|委员会))[^\n。,;《》]{0,6}(?:关于|\d{4}年)[^\n。,;]*?(?:通知|公告|决定))`)
	circularNumber = regexp.MustCompile(`国(?:办)?发(?:明电)?[〔\[(（【]\d{4}[〕\])）】]\d+号`)
	circularAmend  = regexp.MustCompile(`调整[^。;\n]{0,20}(?:放假|假期|节假日|休假|调休|安排)|(?:放假|假期|节假日|休假)[^。;\n]{0,10}调整|延长[^。;\n]{0,14}假期`)
	circularExtend = regexp.MustCompile(`延长[^。;\n]{0,14}假期`)
	circularWar    = regexp.MustCompile(`抗日战争[^。;\n]*?胜利(\d+)周年`)
	circularDay    = regexp.MustCompile(`关于([^\n。,]*?纪念日)(?:调休)?放假`)
	// The principles of 2024 hold dates and counts that are not the arrangement.
	circularRule = regexp.MustCompile(`原则|除个别特殊情形|一般不超过|如逢|自[^。;,]{0,12}起(?:放假(?:调休)?\d+天|[,]?全体公民)`)
	circularWeek = regexp.MustCompile(`\((?:[^)]*、)?(?:周|星期)`)
	// A festival that the law does not name, as the heading of an item.
	circularOther  = regexp.MustCompile(`^(?:\d{4}年)?["“”]?\p{Han}{1,18}(?:节|日|年|庆|会|三月三|三)["“”]?$`)
	circularYearOf = regexp.MustCompile(`^\d{4}年`)
	circularLunar  = regexp.MustCompile(`(?:农历|正月|腊月|除夕|初[一二三四五六七八九十])[^,]{0,12}$`)
	// 安排5月5日（周一）的教学工作: of schools, neither off nor made up.
	circularClass = regexp.MustCompile(`^(?:分别)?(?:安排|执行|补上|补|上)[^,]*?\d[^,]*?(?:教学|课|的工作)[^,]*`)
	circularLost  = regexp.MustCompile(`\d.*(?:放假|上班|连休|补班)`)
	circularAlone = regexp.MustCompile(`^[ (\[]*[\d年月日〇○零一二三四五六七八九十-]+[ )\]]*$`)
	circularSign  = regexp.MustCompile(`日电|印发|发布|时间|日讯|来源|成文|施行|修订|国务院|办公厅|厅|局|委|办|公开`)
)

// limiting words change what a sentence says in ways that are not read here.
var limiting = []string{"除外", "不含", "不包括", "以外", "取消", "改为", "改到", "调整为", "视情", "另行", "推迟", "原定", "不休", "停休"}

// principles are the marks of what circularRule looks for.
var principles = []string{"原则", "特殊情形", "一般不", "如逢", "起"}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// keywords, the longer ones first.
var keywords = []struct {
	word string
	what predicate
}{
	{"鼓励", isIdle}, {"建议", isIdle}, {"倡导", isIdle}, {"提倡", isIdle},
	{"不放假", isIdle},
	{"分别调整至", isShift}, {"分别调整到", isShift}, {"调整至", isShift}, {"调整到", isShift}, {"分别调至", isShift},
	{"调休至", isShift}, {"调休到", isShift}, {"调至", isShift}, {"调到", isShift}, {"移至", isShift}, {"换至", isShift}, {"换到", isShift}, {"挪至", isShift},
	{"对调", isSwap}, {"互换", isSwap}, {"调换", isSwap},
	{"调休上班", isWork}, {"补班", isWork}, {"不上班", isOff}, {"上班", isWork}, {"上课", isWork}, {"上学", isWork}, {"值班", isWork}, {"为工作日", isWork}, {"正常工作", isWork}, {"照常工作", isWork}, {"正常办公", isWork}, {"照常办公", isWork},
	{"照常公休", isRest}, {"正常公休", isRest}, {"为公休日", isRest}, {"照常休息", isRest}, {"正常休息", isRest}, {"为休息日", isRest}, {"为周末", isRest},
	{"法定节假日", isLawful}, {"法定假日", isLawful}, {"法定休假日", isLawful}, {"法定假期", isLawful},
	{"为元旦", isLawful}, {"为除夕", isLawful}, {"为春节", isLawful}, {"为清明", isLawful}, {"为劳动节", isLawful}, {"为端午", isLawful}, {"为中秋", isLawful}, {"为国庆", isLawful}, {"为农历", isLawful},
	{"不再调休", none}, {"无需调休", none}, {"不作调休", none}, {"不做调休", none}, {"不调休", none}, {"放假期间", none}, {"公休日", none}, {"休息日", none},
	{"放假调休", isOff}, {"放假公休", isOff}, {"调休放假", isOff}, {"放假休息", isOff}, {"放假", isOff}, {"补休", isOff}, {"补假", isOff},
	{"调休", isOff}, {"休假", isOff}, {"休息", isOff}, {"连休", isOff}, {"公休", isOff},
}

var joins = []string{"周末连休", "周末相连", "周末形成连休", "双休日连休", "周末合并", "周末连在一起"}

var aliases = []struct{ word, name string }{
	{"元旦", "元旦"}, {"新年", "元旦"}, {"春节", "春节"}, {"清明节", "清明节"}, {"清明", "清明节"},
	{"五一国际劳动节", "劳动节"}, {"五一劳动节", "劳动节"}, {"国际劳动节", "劳动节"}, {"劳动节", "劳动节"}, {"五一", "劳动节"},
	{"端午节", "端午节"}, {"端午", "端午节"}, {"中秋节", "中秋节"}, {"中秋", "中秋节"}, {"国庆节", "国庆节"}, {"国庆", "国庆节"}, {"十一", "国庆节"},
}

var regexpYear = regexp.MustCompile(`^\d{4}年`)

func aliasAt(s string) bool {
	_, n := alias(strings.TrimLeft(s, "“”\"'"))
	return n > 0
}

func alias(s string) (string, int) {
	for _, a := range aliases {
		if strings.HasPrefix(s, a.word) && !strings.HasPrefix(s[len(a.word):], "月") {
			return a.name, len(a.word)
		}
	}
	return "", 0
}

func keyword(s string) (predicate, int) {
	for _, k := range keywords {
		if strings.HasPrefix(s, k.word) {
			return k.what, len(k.word)
		}
	}
	return none, 0
}

func prefixOf(s string, words []string) string {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}
