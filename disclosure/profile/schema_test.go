package profile_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
)

// schemaOf writes the JSON Schema of a type from its fields, the way
// encoding/json sees them. Types that are written as text are strings.
func schemaOf(t reflect.Type, defs map[string]any) any {
	text := reflect.TypeFor[encoding.TextMarshaler]()
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Implements(text) || reflect.PointerTo(t).Implements(text):
		return map[string]any{"type": "string", "description": t.String()}
	case t.Kind() == reflect.String:
		return map[string]any{"type": "string"}
	case t.Kind() == reflect.Bool:
		return map[string]any{"type": "boolean"}
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64:
		return map[string]any{"type": "integer"}
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), defs)}
	case t.Kind() != reflect.Struct:
		return map[string]any{}
	}
	name := t.String()
	ref := map[string]any{"$ref": "#/$defs/" + name}
	if _, ok := defs[name]; ok {
		return ref
	}
	properties := map[string]any{}
	required := []string{}
	def := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	defs[name] = def
	var fields func(reflect.Type)
	fields = func(t reflect.Type) {
		for f := range t.Fields() {
			if f.Anonymous && f.Tag.Get("json") == "" {
				fields(f.Type)
				continue
			}
			if !f.IsExported() {
				continue
			}
			key, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
			if key == "-" {
				continue
			}
			if key == "" {
				key = f.Name
			}
			properties[key] = schemaOf(f.Type, defs)
			if opts == "" {
				required = append(required, key)
			}
		}
	}
	fields(t)
	if len(required) > 0 {
		def["required"] = required
	}
	return ref
}

func TestSchemaIsCurrent(t *testing.T) {
	defs := map[string]any{}
	root := schemaOf(reflect.TypeFor[disclosure.Profile](), defs).(map[string]any)
	got, err := json.MarshalIndent(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "profile.json of gongkai",
		"$ref":    root["$ref"],
		"$defs":   defs,
	}, "", "  ")
	require.NoError(t, err)
	got = append(got, '\n')
	if *update {
		require.NoError(t, os.WriteFile("schema.json", got, 0o644))
	}
	want, err := os.ReadFile("schema.json")
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, got), "stale: go test ./disclosure/profile -update")
}
