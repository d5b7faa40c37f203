package deadline

// ChinaThrough is the calendar as it was before the notice for year+1 came out.
func ChinaThrough(year int) (*Calendar, error) { return buildChina(year) }
