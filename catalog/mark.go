package catalog

import (
	"strings"
	"unicode/utf8"
)

// Marks of chosen and not chosen boxes as they survive in tables: þ and ▄ are
// what a font of symbols leaves behind, 口 is a character written for a box.
const (
	chosenMarks   = "■☑✓✔✅√☒●◆▇▉█▄þ⊠★▲◉¢Ö\uf0fe\uf052\uf0fcü"
	unchosenMarks = "□☐○◇▢◻❏❑ðo\uf0a8\uf06f\uf0a3"
)

// tick reads the cell of a column that is ticked. note is what the cell says
// beside or instead of a mark (「项目单位」 under 特定群体): the column is chosen.
func tick(cell string) (chosen bool, note string) {
	if cell == "" || cell == "√" {
		return cell != "", ""
	}
	f := trim(strings.ReplaceAll(cell, "\uFE0F", ""))
	if f == "" {
		return false, ""
	}
	r, n := utf8.DecodeRuneInString(f)
	if strings.ContainsRune(chosenMarks, r) {
		return true, strings.Trim(trim(f[n:]), "()（）:：")
	}
	if (strings.ContainsRune(unchosenMarks, r) && r != 'o') || r == '口' && utf8.RuneCountInString(f) == 1 {
		return false, ""
	}
	switch strings.ToLower(fold(f)) {
	case "是", "有", "y", "yes", "v", "1", "true", "对", "选", "勾", "公开", "t", "r", "p", "a":
		return true, ""
	case "", "否", "无", "n", "no", "0", "false", "x", "×", "╳", "-", "--", "/", "\\", "不", "o", "f", "不公开", "╱", "／":
		return false, ""
	}
	return true, f
}

// trimMark takes a leading mark off a word; chosen is true without a mark.
func trimMark(w string) (word string, chosen bool) {
	r, n := utf8.DecodeRuneInString(w)
	switch {
	case strings.ContainsRune(chosenMarks, r):
		return trim(w[n:]), true
	case strings.ContainsRune(unchosenMarks, r) && r != 'o':
		return trim(w[n:]), false
	}
	return w, true
}

// dash reports a cell that is struck out: it says "none" and is not filled from
// above.
func dash(s string) bool {
	switch s {
	case "/", "-", "--", "—", "——", "－", "／", "\\":
		return true
	}
	return false
}

// ditto reports 「同上」 and its kin.
func ditto(s string) bool {
	if len(s) > 24 || s == "" {
		return false
	}
	switch strings.Trim(s, "“”\"〃。.()（） ") {
	case "同上", "同前", "同上行", "同上述", "同上栏", "同上列", "上同", "同上。", "ditto":
		return true
	case "":
		return strings.ContainsAny(s, "〃") || s == "\"" || s == "”"
	}
	return false
}
