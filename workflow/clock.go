package workflow

import "github.com/opengongkai/gongkai/deadline"

// limitless reports that no limit is set.
func limitless(l *deadline.Limit) bool { return l.Kind == 0 }
