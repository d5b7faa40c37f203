package workflow

import "github.com/opengongkai/gongkai/deadline"

// limitless reports that no limit is set.
func limitless(l *deadline.Limit) bool { return l.Kind == deadline.LimitUndetermined }

// limitText is the limit as a document writes it.
func limitText(l *deadline.Limit) string { return l.String() }
