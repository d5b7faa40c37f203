package workflow_test

import "github.com/opengongkai/gongkai/deadline"

func limit(s string) deadline.Limit {
	l, err := deadline.ParseLimit(s)
	if err != nil {
		panic(err)
	}
	return l
}

var noLimit deadline.Limit
