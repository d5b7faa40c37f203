package deadline_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tableOf is what the notice for a year lists by the table; acts that changed
// it later are left out where asked.
func tableOf(t testing.TB, year string, skip ...string) []string {
	var out []string
	for _, r := range readCSV(t, "testdata/calendar/state-council-holidays.csv") {
		drop := false
		for _, s := range skip {
			drop = drop || strings.Contains(r["notice"], s)
		}
		if r["year_of_notice"] == year && !drop {
			out = append(out, r["date"]+" "+r["kind"])
		}
	}
	return out
}

const tail = "\n节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。\n"

func lead(year, number string) string {
	return "国务院办公厅关于" + year + "年部分节假日安排的通知\n国办发明电〔" + number + "号\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n经国务院批准，现将" + year + "年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。\n"
}

// Wordings that are not in testdata/notices, against the table.
func TestOtherWordings(t *testing.T) {
	for name, k := range map[string]struct{ year, text string }{
		"2013年 原文": {"2013", lead("2013", "2012〕33") + `一、元旦：1月1日至3日放假调休，共3天。1月5日（星期六）、1月6日（星期日）上班。
二、春节：2月9日至15日放假调休，共7天。2月16日（星期六）、2月17日（星期日）上班。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：4月29日至5月1日放假调休，共3天。4月27日（星期六）、4月28日（星期日）上班。
五、端午节：6月10日至12日放假调休，共3天。6月8日（星期六）、6月9日（星期日）上班。
六、中秋节：9月19日至21日放假调休，共3天。9月22日（星期日）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。` + tail + "国务院办公厅\n2012年12月10日\n"},
		"2022年 原文": {"2022", lead("2022", "2021〕11") + `一、元旦：2022年1月1日至3日放假，共3天。
二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星期日）上班。
三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
四、劳动节：4月30日至5月4日放假调休，共5天。4月24日（星期日）、5月7日（星期六）上班。
五、端午节：6月3日至5日放假，共3天。
六、中秋节：9月10日至12日放假，共3天。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。` + tail + "国务院办公厅\n2021年10月25日\n（此件公开发布）"},
		"2023年 原文": {"2023", lead("2023", "2022〕16") + `一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。` + tail},
		"2023年 一行的转载，半角，首年省略": {"2023", `2023年放假安排来了!1.元旦:12月31日至1月2日放假调休,共3天;2.春节:1月21日至27日放假调休,共7天,1月28日(周六)、29日(周日)上班;3.清明节:4月5日放假,共1天;4.劳动节:4月29日至5月3日放假调休,共5天,4月23日(周日)、5月6日(周六)上班;5.端午节:6月22日至24日放假调休,共3天,6月25日(周日)上班;6.中秋节、国庆节:9月29日至10月6日放假调休,共8天,10月7日(周六)、8日(周日)上班.`},
		"2025年 原文，前有调休原则": {"2025", `国务院办公厅关于2025年部分节假日安排的通知
国办发明电〔2024〕12号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，根据2024年11月修订的《全国年节及纪念日放假办法》，自2025年1月1日起，全体公民放假的节日假期增加2天，其中春节、劳动节各增加1天。据此对放假调休原则作进一步优化完善，除个别特殊情形外，春节自农历除夕起放假调休8天，国庆节自10月1日起放假调休7天，劳动节放假调休5天，元旦、清明节、端午节、中秋节分别放假调休或连休3天（如逢周三则只在当日放假），国庆节放假调休期间如逢中秋节则合并放假8天；法定节假日假期前后连续工作一般不超过6天。现将2025年元旦、春节、清明节、劳动节、端午节、国庆节和中秋节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周三）放假1天，不调休。
　　二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
　　三、清明节：4月4日（周五）至6日（周日）放假，共3天。
　　四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
　　五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
　　六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。
国务院办公厅
2024年11月12日
（此件公开发布）`},
		"2025年 原则在后，没有「如下」": {"2025", `2025年元旦：1月1日（周三）放假1天，不调休。
春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
清明节：4月4日（周五）至6日（周日）放假，共3天。
劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
端午节：5月31日（周六）至6月2日（周一）放假，共3天。
国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
根据修订后的办法，除个别特殊情形外，春节自农历除夕起放假调休8天，国庆节自10月1日起放假调休7天。`},
		"2019年 原文": {"2019", lead("2019", "2018〕15") + `一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日放假。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。` + tail},
		"2011年 原文": {"2011", lead("2011", "2010〕40") + `一、元旦：1月1日至3日放假公休，共3天。
二、春节：2月2日（农历除夕）至8日放假调休，共7天。1月30日（星期日）、2月12日（星期六）上班。
三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
四、劳动节：4月30日至5月2日放假公休，共3天。
五、端午节：6月4日至6日放假公休，共3天。
六、中秋节：9月10日至12日放假公休，共3天。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件发生，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。
国务院办公厅
二○一○年十二月九日`},
		"2026年 新华社电，列表写法": {"2026", `新华社北京11月4日电 国务院办公厅日前发布关于2026年部分节假日安排的通知。具体安排如下：
元旦：2026年1月1日—3日，共3天；1月4日（周日）上班
春节：2月15日—23日，共9天；2月14日（周六）、2月28日（周六）上班
清明节：4月4日—6日，共3天
劳动节：5月1日—5日，共5天；5月9日（周六）上班
端午节：6月19日—21日，共3天
中秋节：9月25日—27日，共3天
国庆节：10月1日—7日，共7天；9月20日（周日）、10月10日（周六）上班`},
		"2026年 汉字日期": {"2026", `关于二〇二六年部分节假日安排的通知
一、元旦：一月一日（星期四）至三日（星期六）放假调休，共三天。一月四日（星期日）上班。
二、春节：二月十五日（星期日）至二十三日（星期一）放假调休，共九天。二月十四日（星期六）、二月二十八日（星期六）上班。
三、清明节：四月四日（星期六）至六日（星期一）放假，共三天。
四、劳动节：五月一日（星期五）至五日（星期二）放假调休，共五天。五月九日（星期六）上班。
五、端午节：六月十九日（星期五）至二十一日（星期日）放假，共三天。
六、中秋节：九月二十五日（星期五）至二十七日（星期日）放假，共三天。
七、国庆节：十月一日（星期四）至七日（星期三）放假调休，共七天。九月二十日（星期日）、十月十日（星期六）上班。`},
		"2018年 转载，补班在前": {"2018", `2018年节假日放假安排
元旦：1月1日（周一）放假，与周末连休。
春节：2月15日至21日放假调休，共7天。补班：2月11日（周日）、2月24日（周六）。
清明：4月5日至7日放假调休，共3天。补班：4月8日（周日）。
五一：4月29日至5月1日放假调休，共3天。补班：4月28日（周六）。
端午：6月18日（周一）放假，与周末连休。
中秋：9月24日（周一）放假，与周末连休，共3天。
国庆：10月1日至7日放假调休，共7天。补班：9月29日（周六）、9月30日（周日）。`},
		"2016年 括号里的连休不另列": {"2016", `一、2016年元旦：1月1日（星期五）放假，与周末连休（即1月1日至3日）。
二、春节：2月7日至13日放假调休，共7天。2月6日（星期六）、2月14日（星期日）上班。
三、清明节：4月4日放假，与周末连休。
四、劳动节：5月1日放假，5月2日（星期一）补休。
五、端午节：6月9日至11日放假调休，共3天。6月12日（星期日）上班。
六、中秋节：9月15日至17日放假调休，共3天。9月18日（星期日）上班。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。`},
		"2025年 学校转载，上课与教学安排": {"2025", `关于2025年部分节假日放假安排的通知
各学院、各部门：
根据《国务院办公厅关于2025年部分节假日安排的通知》（国办发明电〔2024〕12号）精神，现将放假安排通知如下：
（一）元旦：1月1日（周三）放假1天，不调休。
（二）春节：按寒假安排执行，1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）值班。
（三）清明节：4月4日（周五）至6日（周日）放假，共3天。
（四）劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上课、上班，安排5月5日（周一）的教学工作。
（五）端午节：5月31日（周六）至6月2日（周一）放假，共3天。
（六）国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上课、上班，分别安排10月7日（周二）、10月8日（周三）的教学工作。
请各单位妥善安排好值班和安全保卫工作。
党政办公室
2024年12月3日`},
		"2024年 标题一行、日子一行": {"2024", `2024年节假日放假安排
【元旦】
2024年1月1日放假，与周末连休，共3天
【春节】
2024年2月10日至2024年2月17日，共8天
2月4日（周日）、2月18日（周日）正常上班
【清明节】
4月4日—4月6日，共3天
4月7日（周日）上班
【劳动节】
5月1日～5月5日，共5天
4月28日（周日）、5月11日（周六）上班
【端午节】
6月10日（周一）放假，与周末连休
【中秋节】
9月15日—9月17日，共3天
9月14日（周六）上班
【国庆节】
10月1日—10月7日，共7天
9月29日（周日）、10月12日（周六）上班
2023年10月25日`},
		"2022年 放假时间与补班分写": {"2022", `2022年全年公休假放假安排
1、元旦：放假时间为2022年1月1日（周六）至2022年1月3日（周一），共3天。
2、春节：放假时间为1月31日（周一）至2月6日（周日），共7天，补班时间：1月29日（周六）、1月30日（周日）。
3、清明节：放假时间为4月3日（周日）至4月5日（周二），共3天，补班时间：4月2日（周六）。
4、劳动节：放假时间为4月30日（周六）至5月4日（周三），共5天，补班时间：4月24日（周日）、5月7日（周六）。
5、端午节：放假时间为6月3日（周五）至6月5日（周日），共3天。
6、中秋节：放假时间为9月10日（周六）至9月12日（周一），共3天。
7、国庆节：放假时间为10月1日（周六）至10月7日（周五），共7天，补班时间：10月8日、9日（周六、周日）。`},
		"2014年 星期随日期，无括号": {"2014", `2014年部分节假日安排
元旦:1月1日放假1天.
春节:1月31日星期五至2月6日星期四放假调休,共7天.1月26日星期日、2月8日星期六上班.
清明节:4月5日放假,4月7日星期一补休.
劳动节:5月1日至3日放假调休,共3天.5月4日星期天上班.
端午节:6月2日放假,与周末连休.
中秋节:9月8日放假,与周末连休.
国庆节:10月1日至7日放假调休,共7天.9月28日周日、10月11日周六上班.`},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := deadline.ParseArrangement(k.text)
			require.NoError(t, err)
			assert.Equal(t, k.year, fmt.Sprint(a.Year))
			want := tableOf(t, k.year, "2019-03/22", "2015-05/13", "2020-01/27")
			if k.year == "2019" { // before it was changed
				want = append(want, "2019-05-01 off")
			}
			assert.ElementsMatch(t, want, flat(a.Days))
			assert.False(t, a.Amends)
			assert.False(t, a.Own)
		})
	}
}

func TestTitleAndNumberOfANotice(t *testing.T) {
	a, err := deadline.ParseArrangement(lead("2027", "2026〕9") + "一、元旦：1月1日（周五）至3日（周日）放假，共3天。")
	require.NoError(t, err)
	assert.Equal(t, deadline.Source{Title: "国务院办公厅关于2027年部分节假日安排的通知", Number: "国办发明电〔2026〕9号"}, a.Source)
	assert.Equal(t, 2027, a.Year)
}

func TestActsThatChangeANotice(t *testing.T) {
	for name, k := range map[string]struct {
		text string
		own  bool
		days []string
	}{
		"2015年 抗战胜利纪念日 原文": {`国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知
国发明电〔2015〕1号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
2015年是中国人民抗日战争暨世界反法西斯战争胜利70周年。为使全国人民广泛参与中央及各地区各部门举行的纪念活动，2015年9月3日全国放假1天。为方便公众安排假日期间生产生活，特作如下调休：
9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。`, true,
			[]string{"2015-09-03 off", "2015-09-04 off", "2015-09-05 off", "2015-09-06 work"}},
		"2019年 劳动节 原文": {`国务院办公厅关于调整2019年劳动节假期安排的通知
国办发明电〔2019〕3号
经国务院批准，现将调整2019年劳动节放假安排通知如下。
一、2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
二、各地区、各部门要加强对劳动节假期调整的宣传，妥善安排好值班和安全、保卫等工作。
国务院办公厅
2019年3月22日`, false,
			[]string{"2019-04-28 work", "2019-05-01 off", "2019-05-02 off", "2019-05-03 off", "2019-05-04 off", "2019-05-05 work"}},
		"2020年 延长春节假期 原文": {`国务院办公厅关于延长2020年春节假期的通知
国办发明电〔2020〕1号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，为加强新型冠状病毒感染的肺炎疫情防控工作，有效减少人员聚集，阻断疫情传播，更好保障人民群众生命安全和身体健康，现将延长2020年春节假期的具体安排通知如下。
一、延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。
二、各地大专院校、中小学、幼儿园推迟开学，具体时间由教育部门另行通知。
三、因疫情防控不能休假的职工，应根据《中华人民共和国劳动法》规定安排补休，未休假期的工资报酬应按照有关政策保障落实。
国务院办公厅
2020年1月26日`, true,
			[]string{"2020-01-31 off", "2020-02-01 off", "2020-02-02 off"}},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := deadline.ParseArrangement(k.text)
			require.NoError(t, err)
			assert.ElementsMatch(t, k.days, flat(a.Days))
			assert.True(t, a.Amends)
			assert.Equal(t, k.own, a.Own)
			assert.Contains(t, a.Source.Title, "通知")
			assert.NotEmpty(t, a.Source.Number)
		})
	}
}

// Local notices have the same manner; they add days, and settle no year.
func TestLocalNotices(t *testing.T) {
	for name, k := range map[string]struct {
		text     string
		festival string
		days     []string
	}{
		"广西2024年 壮族三月三": {`广西壮族自治区人民政府办公厅关于2024年“壮族三月三”放假的通知
各市、县人民政府，自治区人民政府各组成部门、各直属机构：
根据《广西壮族自治区少数民族习惯节日放假办法》（广西壮族自治区人民政府令第98号），经自治区人民政府同意，现将2024年“壮族三月三”放假有关事项通知如下：
一、4月11日至12日放假，与周末连休。
二、节假日期间，各地各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置。`, "",
			[]string{"2024-04-11 off", "2024-04-12 off"}},
		"广西2023年 休假调休": {`广西壮族自治区人民政府办公厅关于2023年“壮族三月三”放假的通知
今年农历三月初三是4月22日（星期六）。根据规定，2023年4月21日（星期五）至23日（星期日）休假调休，共3天。`, "",
			[]string{"2023-04-21 off", "2023-04-22 off", "2023-04-23 off"}},
		"广西2018年 两日对调": {`2018年“壮族三月三”期间，本自治区内全体公民放假2天，4月18日、19日（即农历三月初三、初四）放假。4月20日（星期五）与4月15日（星期日）调休，4月15日（星期日）上班。`, "",
			[]string{"2018-04-15 work", "2018-04-18 off", "2018-04-19 off", "2018-04-20 off"}},
		"楚雄2023年 只列本州的节日": {`楚雄州人民政府办公室关于2023年部分节假日安排的通知
根据国务院《全国年节及纪念日放假办法》规定和《国务院办公厅关于2023年部分节假日安排的通知》精神，经州人民政府同意，现将2023年自治州成立纪念日、火把节、彝族年放假的具体安排通知如下。
一、2023年自治州成立纪念日：4月17日放假，共1天。
二、2023年火把节：8月9日至11日放假，共3天，与8月12日（星期六）、8月13日（星期日）周末连休。
三、2023年彝族年：12月21日至22日放假，共2天，与12月23日（星期六）、12月24日（星期日）周末连休。
国家法定假日元旦、春节、清明节、劳动节、端午节、中秋节、国庆节放假安排按照《国务院办公厅关于2023年部分节假日安排的通知》规定执行。`, "火把节",
			[]string{"2023-04-17 off", "2023-08-09 off", "2023-08-10 off", "2023-08-11 off", "2023-12-21 off", "2023-12-22 off"}},
		"楚雄2017年 与全国的放在一起": {`楚雄州人民政府办公室关于2017年部分节假日安排的通知
根据《国务院办公厅关于2017年部分节假日安排的通知》（国办发明电〔2016〕17号）精神，现将2017年元旦等放假调休日期的具体安排通知如下，请一并遵照执行。
一、元旦：1月1日放假，1月2日（星期一）补休。
四、自治州成立纪念日：4月15日（星期六）、4月16日（星期天）、4月17日（星期一）为法定假日，4月18日（星期二）、4月19日（星期三）补休，共5天。
五、劳动节：5月1日放假，与周末连休。
七、火把节：8月14日至16日（星期一至星期三）放假3天，与周末连休。
九、彝族年：12月20日至22日（星期三至星期五）放假3天，与周末连休。`, "彝族年",
			[]string{"2017-01-01 off", "2017-01-02 off", "2017-04-15 off", "2017-04-16 off", "2017-04-17 off", "2017-04-18 off", "2017-04-19 off", "2017-05-01 off",
				"2017-08-14 off", "2017-08-15 off", "2017-08-16 off", "2017-12-20 off", "2017-12-21 off", "2017-12-22 off"}},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := deadline.ParseArrangement(k.text)
			require.NoError(t, err)
			assert.Equal(t, k.days, flat(a.Days))
			assert.True(t, a.Own)
			if k.festival != "" {
				found := false
				for _, d := range a.Days {
					found = found || d.Festival == k.festival
				}
				assert.True(t, found, k.festival)
			}
			_, err = deadline.China().With(a)
			assert.NoError(t, err)
		})
	}
	a, err := deadline.ParseArrangement("中共某某市委员会某某市人民政府办公室转发国务院办公厅关于2026年部分节假日安排的通知\n一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。")
	require.NoError(t, err)
	assert.False(t, a.Own)
}

func TestNoticesThatAreRefused(t *testing.T) {
	base := func(old, new string) string {
		text := lead("2026", "2025〕7") + `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`
		require.Contains(t, text, old)
		return strings.Replace(text, old, new, 1)
	}
	_, err := deadline.ParseArrangement(base("周", "周"))
	require.NoError(t, err)
	for name, k := range map[string]struct {
		text, code, names string
		line              int
	}{
		"补班日的星期不对":       {base("9月20日（周日）", "9月20日（周六）"), "DL-121", "9月20日（周六）", 11},
		"起日的星期不对":        {base("5月1日（周五）", "5月1日（周四）"), "DL-121", "劳动节", 8},
		"止日的星期不对":        {base("至5日（周二）", "至5日（周三）"), "DL-121", "劳动节", 8},
		"天数不对":           {base("放假调休，共9天", "放假调休，共8天"), "DL-124", "春节", 6},
		"农历不对":           {base("正月初七", "正月初八"), "DL-123", "春节", 6},
		"法定节假日没有放假":      {base("2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天", "2月17日（周二）至23日（周一）放假调休，共7天"), "DL-128", "", 0},
		"补班日是工作日":        {base("5月9日（周六）上班", "5月8日（周五）上班"), "DL-126", "5月8日", 8},
		"既放假又上班":         {base("2月28日（周六）上班", "2月22日（周日）上班"), "DL-116", "2月22日", 6},
		"没有这一天":          {base("2月28日（周六）", "2月30日"), "DL-122", "2月30日", 6},
		"两项都放同一天":        {base("9月25日（周五）至27日（周日）放假，共3天", "9月25日（周五）至27日（周日）放假，共3天。\n国庆节、中秋节：9月27日放假"), "DL-127", "9月27日", 11},
		"看不懂的句子":         {base("9月25日（周五）至27日（周日）放假，共3天", "9月25日（周五）至27日（周日）另作研究"), "DL-120", "中秋节", 10},
		"不能与周末连休的日子":     {base("6月19日（周五）至21日（周日）放假，共3天", "6月17日放假，与周末连休"), "DL-124", "端午节", 9},
		"有除外的句子":         {base("6月19日（周五）至21日（周日）放假，共3天。", "6月19日（周五）至21日（周日）放假，共3天，6月20日除外。"), "DL-120", "端午节", 9},
		"一天没有说放假还是上班":    {base("5月9日（周六）上班", "5月9日（周六）"), "DL-120", "5月9日", 8},
		"别的年份的日子":        {base("5月9日（周六）上班", "2027年5月9日（周日）上班"), "DL-114", "5月9日", 8},
		"终止日早于起始日":       {base("10月1日（周四）至7日（周三）放假调休，共7天", "10月7日（周三）至1日（周四）放假调休，共7天"), "DL-122", "国庆节", 11},
		"年份在表外":          {"国务院办公厅关于2199年部分节假日安排的通知\n一、元旦：1月1日放假。", "DL-111", "", 0},
		"没有年份，也推不出年份":    {"一、国庆节：10月1日放假。", "DL-129", "", 0},
		"没有年份，星期互相矛盾":    {"一、国庆节：10月1日（周四）至7日（周四）放假。", "DL-129", "", 0},
		"空文本":            {"", "DL-130", "", 0},
		"没有日子的文本":        {"节假日期间，各地区要妥善安排好值班。", "DL-130", "", 0},
		"公休日的个数不对":       {"2009年五、端午节：5月28日至30日放假，共3天。5月31日（星期日）两个公休日调至5月29日（星期五）。", "DL-124", "", 0},
		"调到哪一天没有说":       {"2009年端午节：5月28日至30日放假，共3天。5月31日（星期日）公休日调至次日。", "DL-120", "", 0},
		"延长的是哪个假期没有说":    {"现将延长2020年有关假期的安排通知如下。延长2020年假期至2月2日。", "DL-120", "", 0},
		"延长后的末日早于原来的末日":  {"延长2020年春节假期至1月26日。", "DL-125", "", 0},
		"调休可以是放假也可以是上班":  {base("5月9日（周六）上班", "调休：5月9日（周六）"), "DL-120", "5月9日", 8},
		"日期写法看不懂":        {base("6月19日（周五）至21日（周日）放假", "6.19—6.21放假"), "DL-120", "端午节", 9},
		"列表的星期不对":        {base("2月14日（周六）、2月28日（周六）上班", "2月14日、2月28日（周日、周六）上班"), "DL-121", "2月14日", 6},
		"写明起日和止日却分开说":    {base("5月1日（周五）至5日（周二）放假调休", "自5月1日（周五）起放假至5日"), "DL-120", "劳动节", 8},
		"2026年虚构：春节少了除夕": {"2026年春节：2月17日至2月23日放假，共7天。2月14日（周六）上班。", "DL-128", "", 0},
		"2025年虚构：中秋另立一项": {"2025年安排\n六、中秋节：10月6日（周一）放假，共1天。\n七、国庆节：10月1日（周三）至8日（周三）放假调休，共8天。", "DL-127", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := deadline.ParseArrangement(k.text)
			require.ErrorIs(t, err, deadline.ErrArrangement)
			assert.Empty(t, a.Days)
			var ae *deadline.ArrangementError
			require.ErrorAs(t, err, &ae)
			if k.code != "" {
				assert.Equal(t, k.code, ae.Code, err)
			}
			if k.line > 0 {
				assert.Equal(t, k.line, ae.Line, err)
			}
			if k.names != "" {
				assert.Contains(t, err.Error(), k.names)
			}
		})
	}
	t.Run("没有年份而星期写错一处，指出那一句", func(t *testing.T) {
		text := `1月1日至3日放假调休，共3天。1月5日(星期六)、1月6日(星期日)上班。
2月9日至15日放假调休，共7天。2月16日(星期六)、2月17日(星期日)上班。
4月4日至6日放假调休，共3天。4月7日(星期六)上班。
4月29日至5月1日放假调休，共3天。4月27日(星期六)、4月28日(星期日)上班。
6月10日至12日放假调休，共3天。6月8日(星期六)、6月9日(星期日)上班。
9月19日至21日放假调休，共3天。9月22日(星期日)上班。
10月1日至7日放假调休，共7天。9月29日(星期日)、10月12日(星期六)上班。`
		_, err := deadline.ParseArrangement(text)
		require.ErrorIs(t, err, deadline.ErrArrangement)
		assert.Contains(t, err.Error(), "line 3: 2013-04-07: 「4月7日(星期六)上班」")
		_, err = deadline.ParseArrangement(strings.Replace(strings.Replace(text, "4月7日(星期六)", "4月7日(星期日)", 1), "共7天", "共8天", 1))
		require.ErrorIs(t, err, deadline.ErrArrangement)
		assert.Contains(t, err.Error(), "the count is wrong: 7 days are named, not 8: line 2")
	})
	t.Run("所有问题一次说完", func(t *testing.T) {
		_, err := deadline.ParseArrangement(strings.NewReplacer("9月20日（周日）", "9月20日（周六）", "共9天", "共8天").Replace(base("共3天", "共4天")))
		for _, want := range []string{"DL-121", "DL-124"} {
			found := false
			for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
				found = found || e.(*deadline.ArrangementError).Code == want
			}
			assert.True(t, found, want)
		}
	})
}

// wording writes the table of a year as a notice in one of many manners.
type wording struct {
	year, week, dash, colon, stop, comma string
	brackets                             [2]string
	number                               func(int) string
	heads, months, repeatMonth           bool
}

func chineseNumber(n int) string {
	d := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return d[n]
	case n < 20:
		return "十" + d[n-10]
	}
	return d[n/10] + "十" + d[n%10]
}

func (w wording) write(days []deadline.ArrangedDay) string {
	var b strings.Builder
	b.WriteString(w.year)
	week := func(d deadline.Date) string {
		if w.week == "" {
			return ""
		}
		return w.brackets[0] + w.week + string([]rune("日一二三四五六")[d.Weekday()]) + w.brackets[1]
	}
	date := func(d, prev deadline.Date) string {
		s := ""
		if prev.IsZero() || w.repeatMonth || prev.Month() != d.Month() {
			if w.months && d.Month() == time.December {
				s += w.number(d.Year()) + "年"
			}
			s += w.number(int(d.Month())) + "月"
		}
		return s + w.number(d.Day()) + "日" + week(d)
	}
	var seen []string
	for _, d := range days {
		if len(seen) == 0 || seen[len(seen)-1] != d.Festival {
			seen = append(seen, d.Festival)
		}
	}
	for k, f := range seen {
		var off, work []deadline.Date
		for _, d := range days {
			if d.Festival == f && d.Off {
				off = append(off, d.Date)
			} else if d.Festival == f {
				work = append(work, d.Date)
			}
		}
		if w.heads {
			fmt.Fprintf(&b, "%s、%s%s", chineseNumber(k+1), f, w.colon)
		}
		last := off[len(off)-1]
		switch {
		case last.Sub(off[0]) == len(off)-1 && len(off) > 1:
			fmt.Fprintf(&b, "%s%s%s放假调休%s共%s天%s", date(off[0], deadline.Date{}), w.dash, date(last, off[0]), w.comma, w.number(len(off)), w.stop)
		case len(off) == 1:
			fmt.Fprintf(&b, "%s放假%s", date(off[0], deadline.Date{}), w.stop)
		default:
			fmt.Fprintf(&b, "%s放假%s%s补休%s", date(off[0], deadline.Date{}), w.comma, date(off[1], deadline.Date{}), w.stop)
		}
		var prev deadline.Date
		for i, d := range work {
			if i > 0 {
				b.WriteString("、")
			}
			b.WriteString(date(d, prev))
			prev = d
		}
		if len(work) > 0 {
			b.WriteString("上班" + w.stop)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Every year in many manners of writing, read back.
func TestYearsWrittenInManyManners(t *testing.T) {
	plain := func(n int) string { return fmt.Sprint(n) }
	n := 0
	for year := 2008; year <= 2026; year++ {
		want := tableOf(t, fmt.Sprint(year), "2019-03/22", "2015-05/13", "2020-01/27")
		var days []deadline.ArrangedDay
		for _, r := range readCSV(t, "testdata/calendar/state-council-holidays.csv") {
			for _, s := range want {
				if s == r["date"]+" "+r["kind"] && r["year_of_notice"] == fmt.Sprint(year) {
					days = append(days, deadline.ArrangedDay{Date: day(r["date"]), Off: r["kind"] == "off", Festival: r["festival"]})
				}
			}
		}
		if year == 2019 { // the first notice gave 1 May alone
			days = append(days, deadline.ArrangedDay{Date: day("2019-05-01"), Off: true, Festival: "劳动节"})
			want = append(want, "2019-05-01 off")
		}
		if year == 2020 {
			days = append(days, deadline.ArrangedDay{Date: day("2020-02-01"), Festival: "春节"})
			want = append(want, "2020-02-01 work")
		}
		byFestival(days)
		for _, w := range []wording{
			{year: fmt.Sprintf("国务院办公厅关于%d年部分节假日安排的通知\n", year), dash: "至", colon: "：", stop: "。", comma: "，", number: plain, heads: true},
			{week: "周", brackets: [2]string{"（", "）"}, dash: "至", colon: "：", stop: "。", comma: "，", number: plain, heads: true},
			{week: "星期", brackets: [2]string{"(", ")"}, dash: "-", colon: ":", stop: ".", comma: ",", number: plain, heads: true, repeatMonth: true},
			{week: "星期", brackets: [2]string{"（", ")"}, dash: "———", colon: "： ", stop: "；", comma: "，", number: plain, heads: true, months: true, repeatMonth: true},
			{week: "星期", brackets: [2]string{"（", "）"}, dash: "～", colon: "：", stop: "。", comma: "，", number: plain, repeatMonth: true},
			{week: "周", dash: "到", colon: "：", stop: "。", comma: "，", number: plain, heads: true, repeatMonth: true},
			{year: fmt.Sprintf("%d年放假安排\n", year), week: "星期", brackets: [2]string{"（", "）"}, dash: "至", colon: "：", stop: "。", comma: "，", number: chineseNumberYear, heads: true, repeatMonth: true},
		} {
			text := w.write(days)
			a, err := deadline.ParseArrangement(text)
			require.NoError(t, err, text)
			require.Equal(t, year, a.Year, text)
			require.ElementsMatch(t, want, flat(a.Days), text)
			n++
		}
	}
	assert.Equal(t, 19*7, n)
}

func chineseNumberYear(n int) string {
	if n > 100 {
		return fmt.Sprint(n)
	}
	return chineseNumber(n)
}

// byFestival puts the days of one festival together, in the order of the year.
func byFestival(days []deadline.ArrangedDay) {
	var order []string
	for _, f := range []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "国庆节、中秋节", "中秋节、国庆节"} {
		for _, d := range days {
			if d.Festival == f {
				order = append(order, f)
				break
			}
		}
	}
	var out []deadline.ArrangedDay
	for _, f := range order {
		for _, d := range days {
			if d.Festival == f {
				out = append(out, d)
			}
		}
	}
	copy(days, out)
}

func FuzzParseArrangement(f *testing.F) {
	f.Add(lead("2026", "2025〕7") + "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。")
	f.Add("延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。")
	f.Add("1月1日至3日放假，共3天。将2006年12月30日（星期六)、31日（星期日）两个公休日分别调至2007年1月2日、3日")
	f.Add("（）、日月年至起")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := deadline.ParseArrangement(s)
		if err != nil {
			require.ErrorIs(t, err, deadline.ErrArrangement)
			require.Empty(t, a.Days)
			return
		}
		require.NotEmpty(t, a.Days)
		for k, d := range a.Days {
			require.False(t, d.Date.IsZero())
			if k > 0 {
				require.True(t, a.Days[k-1].Date.Before(d.Date))
			}
			if !d.Off {
				require.True(t, weekend(d.Date))
			}
		}
	})
}

func BenchmarkParseArrangement(b *testing.B) {
	for _, k := range []struct{ name, text string }{
		{"year=written", lead("2026", "2025〕7") + `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。` + tail},
		{"year=inferred", `1月1日至3日放假调休，共3天。1月5日(星期六)、1月6日(星期日)上班。
2月9日至15日放假调休，共7天。2月16日(星期六)、2月17日(星期日)上班。
4月4日至6日放假调休，共3天。4月7日(星期日)上班。
4月29日至5月1日放假调休，共3天。4月27日(星期六)、4月28日(星期日)上班。
6月10日至12日放假调休，共3天。6月8日(星期六)、6月9日(星期日)上班。
9月19日至21日放假调休，共3天。9月22日(星期日)上班。
10月1日至7日放假调休，共7天。9月29日(星期日)、10月12日(星期六)上班。`},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := deadline.ParseArrangement(k.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A long text takes time in proportion to its length.
func TestLongTextsAreReadInTime(t *testing.T) {
	_, err := deadline.ParseArrangement(strings.Repeat("1月1日放假。", 1<<15))
	require.ErrorIs(t, err, deadline.ErrArrangement)
	for name, piece := range map[string]string{"日子": "1月1日（周四）", "括号": "（", "数字": "1", "句号": "。", "换行": "\n1月1日放假", "如下": "如下", "汉字数字": "一", "星期": "星期", "年": "2026年", "至": "1日至", "调至": "1月3日调至"} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := deadline.ParseArrangement(strings.Repeat(piece, 4000))
			require.ErrorIs(t, err, deadline.ErrArrangement)
			assert.Less(t, time.Since(start), 2*time.Second)
		})
	}
}
