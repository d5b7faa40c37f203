// Package profile holds the rule books of five agencies as data: what each of
// their documents says, with the passage, and what higher or later law has
// superseded in it.
//
// They are meant to be read, compared, and copied as the beginning of an
// agency's own. A profile is a folder with profile.json and the procedures that
// it names; disclosure.LoadProfile reads one from any file system.
package profile

import (
	"embed"
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure"
)

//go:embed */*.json
var files embed.FS

var ids = []string{"bengbu", "chuxiong", "haikou", "nanning", "taizhou"}

// IDs lists the profiles: bengbu (蚌埠市烟草专卖局), chuxiong (楚雄州商务局), haikou
// (海口高新区), nanning (南宁市邕宁区总工会), taizhou (泰州市质量技术监督局).
func IDs() []string { return slices.Clone(ids) }

// Load reads one of them.
func Load(id string) (*disclosure.Profile, error) {
	if !slices.Contains(ids, id) {
		return nil, fmt.Errorf("profile: no profile %q: want one of %v", id, ids)
	}
	return disclosure.LoadProfile(files, id)
}
