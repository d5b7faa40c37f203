// Package workflow proves gongkai's workflow against a second interpreter, and measures it beside other state machines.
package workflow
