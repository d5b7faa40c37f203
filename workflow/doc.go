// Package workflow is stage machines as data: who may do what at which stage, on which facts, under which provision.
package workflow
