module github.com/opengongkai/gongkai/examples

go 1.26.0

require (
	github.com/opengongkai/gongkai v0.1.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/transparency-dev/merkle v0.0.2 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/mod v0.43.0 // indirect
)

replace github.com/opengongkai/gongkai => ..
