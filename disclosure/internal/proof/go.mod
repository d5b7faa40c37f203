module github.com/opengongkai/gongkai/disclosure/internal/proof

go 1.26.0

require (
	github.com/arran4/golang-ical v0.3.4
	github.com/emmansun/gmsm v0.30.0
	github.com/opengongkai/gongkai v0.1.0
	github.com/stretchr/testify v1.12.1
	golang.org/x/tools v0.52.0
)

require (
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c // indirect
	github.com/transparency-dev/merkle v0.0.2 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/crypto v0.36.0 // indirect
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678 // indirect
	golang.org/x/mod v0.43.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	honnef.co/go/tools v0.8.2 // indirect
)

replace github.com/opengongkai/gongkai => ../../..

tool honnef.co/go/tools/cmd/staticcheck
