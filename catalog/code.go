package catalog

// code is one row of the table of codes. A code is never reassigned.
type code struct {
	id       string
	severity Severity
	zh, en   string
}

const (
	codeNotTable    = "CA-01"
	codeEncoding    = "CA-02"
	codeBound       = "CA-03"
	codeNoHeading   = "CA-04"
	codeHeading     = "CA-05"
	codeHeadingRead = "CA-06"
	codeTwice       = "CA-07"
	codeRepeated    = "CA-08"
	codeLongRow     = "CA-09"
	codeLimit       = "CA-10"
	codeLimitPart   = "CA-11"
	codeDitto       = "CA-12"
	codeFilled      = "CA-13"
	codeHidden      = "CA-14"
	codeFormula     = "CA-15"
	codeForeign     = "CA-16"
	codeNoBox       = "CA-17"
	codeCarrier     = "CA-18"
	codeWord        = "CA-19"
	codeQuote       = "CA-20"
	codeSection     = "CA-21"
	codeFoot        = "CA-22"
	codeDate        = "CA-23"
	codeYear        = "CA-24"
	codeNoName      = "CA-25"
	codeNoTable     = "CA-26"
	codeMore        = "CA-27"
	codeInjection   = "CA-28"
	codeNotice      = "CA-29"
	codeRead        = "CA-30"
	codeShort       = "CA-31"
	codeIndex       = "CA-32"
	codeIndexTwice  = "CA-33"
	codeIndexGap    = "CA-34"
	codeIndexForm   = "CA-35"
	codeIndexFull   = "CA-36"
)

// readCodes are the codes of the readers; those of the checks stand in the
// table of rules.
var readCodes = []code{
	{codeNotTable, Error, "不是表格文本", "not a text table"},
	{codeEncoding, Warning, "有字节不合文件编码，已以替换符代替", "bytes outside the encoding were replaced"},
	{codeBound, Error, "超出读取上限", "beyond a bound of the reader"},
	{codeNoHeading, Error, "没有找到表头行", "no heading row found"},
	{codeHeading, Warning, "表头不认识，整列原样保留", "heading not understood, the column is kept as it is"},
	{codeHeadingRead, Info, "表头按关键词理解", "heading read by its key word"},
	{codeTwice, Info, "同一栏目出现两次，后一列原样保留", "a second column of the same field is kept as it is"},
	{codeRepeated, Info, "表中重复的表头行，已略过", "repeated heading row skipped"},
	{codeLongRow, Warning, "本行比表头多出单元格，已原样保留", "cells beyond the heading are kept as they are"},
	{codeLimit, Error, "公开时限读不懂", "limit not understood"},
	{codeLimitPart, Warning, "公开时限有一句读不懂", "one clause of the limit not understood"},
	{codeDitto, Error, "写了同上，但上面没有可承接的内容", "ditto with nothing above"},
	{codeFilled, Info, "空格或同上，已承接上一行", "filled from the row above"},
	{codeHidden, Warning, "隐藏的行、列或工作表，内容照常读入", "hidden row, column or sheet, read all the same"},
	{codeFormula, Warning, "单元格是公式，读入的是上次保存的结果", "formula: the stored result was read"},
	{codeForeign, Warning, "工作簿带有外部链接或宏，未执行", "external links or macros in the workbook, not followed"},
	{codeNoBox, Warning, "列了载体但一个也没有勾选", "carriers listed but none is ticked"},
	{codeCarrier, Info, "载体名称不在常用名单，按其他载体登记", "carrier of no known kind"},
	{codeWord, Warning, "填写内容不在可选范围，原样保留", "not one of the values of the column, kept as it is"},
	{codeQuote, Warning, "引号没有配对，按普通字符读入", "unpaired quotation mark read as a character"},
	{codeSection, Info, "分节标题行", "section line"},
	{codeFoot, Info, "表外说明行", "line outside the table"},
	{codeDate, Warning, "日期读不懂", "date not understood"},
	{codeYear, Warning, "年度读不懂", "year not understood"},
	{codeNoName, Error, "没有事项名称", "no name of the matter"},
	{codeNoTable, Info, "没有数据行", "no rows"},
	{codeMore, Warning, "问题太多，其余只计数", "more problems than the bound, the rest only counted"},
	{codeInjection, Warning, "以公式符号开头的文字，写出时会加前缀以免被表格软件执行", "text that a spreadsheet would run as a formula"},
	{codeNotice, Warning, "公示期读不懂", "notice period not understood"},
	{codeRead, Error, "读取中断", "reading broke off"},
	{codeShort, Info, "简写为承接上文，未展开", "shortened reference to the row above, kept as it is"},
	{codeIndex, Warning, "索引号读不懂", "index number not understood"},
	{codeIndexTwice, Error, "索引号重复", "index number used twice"},
	{codeIndexGap, Warning, "索引号有缺号", "gap in the index numbers"},
	{codeIndexForm, Warning, "索引号与编号规则不同", "index number not as the rule forms it"},
	{codeIndexFull, Error, "索引号流水号用尽", "serial number does not fit its width"},
}

func codeRow(id string) code {
	for _, c := range readCodes {
		if c.id == id {
			return c
		}
	}
	for i := range rules {
		if rules[i].Code == id {
			return code{id, rules[i].Severity, rules[i].Title, rules[i].English}
		}
	}
	return code{id: id, zh: id, en: id}
}
