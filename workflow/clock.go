package workflow

// interim stands in for deadline.Limit until that type has landed.
type interim string

// limitless reports that no limit is set.
func limitless(l *interim) bool { return *l == "" }

// limitText is the limit as a document writes it.
func limitText(l *interim) string { return string(*l) }
