package workflow

// Actor is whoever acts. ID and Unit are opaque, never a name.
type Actor struct {
	ID    string `json:"id"`
	Unit  Unit   `json:"unit,omitempty"`
	Roles []Role `json:"roles,omitempty"`
}

// Has reports whether the actor holds the role.
func (a Actor) Has(r Role) bool {
	for _, x := range a.Roles {
		if x == r {
			return true
		}
	}
	return false
}

// Done is an event of the case that has been done, and who did it.
type Done struct {
	On    Event  `json:"on"`
	Actor string `json:"actor"`
}
