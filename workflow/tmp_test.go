package workflow_test
import ("testing";"os";"path/filepath";"strings";"github.com/opengongkai/gongkai/workflow")
func TestTmp(t *testing.T){
 fs,_ := filepath.Glob("../disclosure/profile/*/*.json")
 for _, f := range fs {
 b,_ := os.ReadFile(f); d, err := workflow.Parse(b); if err!=nil {t.Log(f,err);continue}
 m, err := workflow.Compile(d); if err!=nil {t.Error(f,err); continue}
 n := strings.ReplaceAll(d.ID,"/","-")
 st := m.Stages(); 
 os.WriteFile("/tmp/pic/"+n+".svg", m.SVG(st[len(st)/3]), 0644)
 os.WriteFile("/tmp/pic/"+n+"-r.svg", workflow.ResponsibilitySVG(d.Title+"主体责任逻辑示意图", m.Responsibility()), 0644)
 os.WriteFile("/tmp/pic/"+n+".md", []byte(m.Markdown()), 0644)
 os.WriteFile("/tmp/pic/"+n+".mmd", []byte(m.Mermaid(st[1])), 0644)
 os.WriteFile("/tmp/pic/"+n+".dot", []byte(m.DOT(st[1])), 0644)
 }}
