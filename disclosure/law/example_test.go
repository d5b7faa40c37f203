package law_test

import (
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/law"
)

func Example() {
	c := law.GovInfoRegulation2019.Art(33).Para(2)
	text, _ := c.MarshalText()
	fmt.Println(c)
	fmt.Println(string(text))
	fmt.Println(law.Own.Sec("首日不计入"))
	// Output:
	// 《中华人民共和国政府信息公开条例》第三十三条第二款
	// gov-info-regulation-2019:33.2
	// 本库读法：首日不计入
}

func ExampleResolve() {
	fmt.Println(law.Resolve(law.GovInfoRegulation2019.Art(33).Para(2)))
	fmt.Println(law.Resolve(law.GovInfoRegulation2019.Art(57)))
	fmt.Println(law.Resolve(law.GovInfoRegulation2008.Art(31)))
	// Output:
	// <nil>
	// law: no such provision: 《中华人民共和国政府信息公开条例》第五十七条
	// law: text not verified: 《中华人民共和国政府信息公开条例》（2008年施行）第三十一条: 凭记忆
}

func ExampleInstrument_Edition() {
	i, _ := law.GovInfoRegulation2019.Edition("2018-03-01")
	fmt.Println(i)
	fmt.Println(i.Art(24).Para(2))
	// Output:
	// gov-info-regulation-2008
	// 《中华人民共和国政府信息公开条例》（2008年施行）第二十四条第二款
}

func ExampleLookup() {
	p, _ := law.Lookup(law.GovInfoRegulation2019.Art(36))
	fmt.Println(p.Heading)
	fmt.Println(len(p.Items), "款，项数", p.Items, p.Verification)
	// Output:
	// 对政府信息公开申请，行政机关根据下列情况分别作出答复
	// 1 款，项数 [7] 已核验
}
