package catalog

import (
	"github.com/opengongkai/gongkai/deadline"
)

// Entry is one matter (事项) of a catalog, a line of the 目录清单. Values are
// owned by the caller once a catalog has been read; slices that came from equal
// cells may share memory, so replace them rather than write into them.
type Entry struct {
	Number      string     `json:"number,omitempty"` // as written: 「1」 or a code of the agency
	Index       string     `json:"index,omitempty"`  // 索引号
	Path        []string   `json:"path,omitempty"`   // 一级事项 …, widest first; "" where a level is left out
	Name        string     `json:"name,omitempty"`   // the matter itself
	Content     string     `json:"content,omitempty"`
	Basis       string     `json:"basis,omitempty"`
	Year        int        `json:"year,omitempty"` // 0 = the catalog's
	Aspects     Aspect     `json:"aspects,omitzero"`
	Importance  Importance `json:"importance,omitzero"`
	Lead        string     `json:"lead,omitempty"` // 责任部门、公开主体、牵头单位
	Cooperating []string   `json:"cooperating,omitempty"`
	Person      string     `json:"person,omitempty"`
	Audience    Audience   `json:"audience,omitzero"`
	Mode        Mode       `json:"mode,omitzero"`
	Level       Level      `json:"level,omitzero"`
	Concerns    Concern    `json:"concerns,omitzero"`  // why 条例第十九条 wants it disclosed
	Part        string     `json:"part,omitempty"`     // id of the part of a taxonomy, see Taxonomy
	Approval    string     `json:"approval,omitempty"` // who approved it before it started, or the paper's number
	Late        bool       `json:"late,omitempty"`     // registered while it ran (边公开边补录)
	Meta        *Meta      `json:"meta,omitempty"`
	Remark      string     `json:"remark,omitempty"`
	Nodes       []Node     `json:"nodes,omitempty"`
	Extra       []Extra    `json:"extra,omitempty"`  // cells under headings that were not understood
	Joined      bool       `json:"joined,omitempty"` // the row continues the matter of the row above
	Filled      Fields     `json:"filled,omitzero"`  // taken from the row above (merged cell, 同上)
	Sheet       string     `json:"sheet,omitempty"`
	Row         int        `json:"row,omitempty"` // line or row of the source, from 1; 0 = not read
}

// Node is one step of a matter, a line of the 目录明细, with its own limit.
type Node struct {
	Name        string   `json:"name,omitempty"`
	Phase       Phase    `json:"phase,omitzero"`
	Carriers    []string `json:"carriers,omitempty"` // names of Catalog.Carriers
	CarrierText string   `json:"carrierText,omitempty"`
	Form        string   `json:"form,omitempty"`
	Scope       string   `json:"scope,omitempty"`  // as written; ScopeOf reads it
	LimitText   string   `json:"limit,omitempty"`  // as written
	Update      string   `json:"update,omitempty"` // 更新频率, where there is a limit beside it
	Notice      string   `json:"notice,omitempty"` // 公示期, as written
	Lead        string   `json:"lead,omitempty"`   // "" = the entry's
	Row         int      `json:"row,omitempty"`

	read *readLimit // what LimitText means, if it was read with the table
}

// Audience is to whom a matter is disclosed (公开对象).
type Audience struct {
	Everyone bool   `json:"everyone,omitempty"` // 全社会
	Group    string `json:"group,omitempty"`    // 特定群体, by name where the table names it
}

// IsZero reports whether nothing is said.
func (a Audience) IsZero() bool { return a == Audience{} }

// Chinese is the audience as a table writes it.
func (a Audience) Chinese() string {
	switch {
	case a.Everyone && a.Group != "":
		return everyone + "、" + a.Group
	case a.Everyone:
		return everyone
	}
	return a.Group
}

const (
	everyone  = "全社会"
	someGroup = "特定群体"
)

// Meta is the metadata of a published document as a list of information shows
// it: 文号、主题、体裁、发布机构、成文日期、发布日期、有效性.
type Meta struct {
	Document  string        `json:"document,omitempty"`
	Theme     string        `json:"theme,omitempty"`
	Genre     string        `json:"genre,omitempty"`
	Issuer    string        `json:"issuer,omitempty"`
	Made      deadline.Date `json:"made,omitzero"`
	Published deadline.Date `json:"published,omitzero"`
	Validity  string        `json:"validity,omitempty"` // as written; see Valid
}

// Extra is a cell under a heading that was not understood.
type Extra struct {
	Heading string `json:"heading"`
	Value   string `json:"value"`
}

// Title is the name, or the narrowest level that is named.
func (e *Entry) Title() string {
	if e.Name != "" {
		return e.Name
	}
	for i := len(e.Path) - 1; i >= 0; i-- {
		if e.Path[i] != "" {
			return e.Path[i]
		}
	}
	return e.Content
}
