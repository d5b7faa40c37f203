package workflow_test

import "github.com/opengongkai/gongkai/workflow"

func limit(s string) workflow.Interim { return workflow.Interim(s) }

var noLimit workflow.Interim
