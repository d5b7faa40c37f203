// Command statuscolumn is an OA that has its own table with a status column and
// takes nothing of gongkai but the machine: the procedure as data, one call
// behind each button, and the refusal in the words of the rule.
//
//	go run ./examples/unittest/statuscolumn
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/opengongkai/gongkai/workflow"
)

func main() {
	if err := tell(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "statuscolumn:", err)
		os.Exit(1)
	}
}

// The people of the host's own directory.
var (
	clerk    = workflow.Actor{ID: "u17", Unit: "business", Roles: []workflow.Role{"clerk"}}
	head     = workflow.Actor{ID: "u03", Unit: "business", Roles: []workflow.Role{"head"}}
	deputy   = workflow.Actor{ID: "u04", Unit: "business", Roles: []workflow.Role{"clerk", "head"}}
	operator = workflow.Actor{ID: "u40", Unit: "office", Roles: []workflow.Role{"operator"}}
)

// tell takes one document from the draft to the site.
func tell(out io.Writer) error {
	oa, err := open()
	if err != nil {
		return err
	}
	id := oa.insert("关于节日市场供应的通知", "请各县市做好节日市场供应，联系人王某，手机13800138000。")
	press := func(a workflow.Actor, button workflow.Event) {
		before := oa.rows[id].status
		if err := oa.press(id, a, button); err != nil {
			fmt.Fprintf(out, "【%s】%s点“%s”：不行，%s\n", before, a.ID, oa.label(button), oa.explain(err))
			return
		}
		fmt.Fprintf(out, "【%s】%s点“%s”：好，现在是【%s】\n", before, a.ID, oa.label(button), oa.rows[id].status)
	}
	fmt.Fprintf(out, "《%s》\n", oa.rows[id].title)
	press(operator, "publish") // a level skipped
	press(operator, "submit")  // not his to do
	press(deputy, "submit")
	press(head, "sign") // no attribute yet
	oa.rows[id].attribute = "主动公开"
	fmt.Fprintln(out, "　　……填上公开属性：主动公开……")
	press(deputy, "sign") // who submitted may not sign
	press(head, "sign")
	press(operator, "publish") // neither reviewed nor clear
	fmt.Fprintln(out, "　　……删去电话，送保密审查，审查之后又添了一句……")
	oa.rows[id].text = "请各县市做好节日市场供应。"
	oa.review(id)
	oa.rows[id].text += "特此通知。" // changed after the review
	press(operator, "publish")
	oa.review(id)
	fmt.Fprintln(out, "　　……重新审查，此时各人页面上的按钮：")
	for _, a := range []workflow.Actor{clerk, head, operator} {
		fmt.Fprintf(out, "　　　　%s：%s\n", a.ID, oa.buttons(id, a))
	}
	press(operator, "publish")
	press(clerk, "submit")
	return nil
}
