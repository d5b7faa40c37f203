module github.com/opengongkai/gongkai/examples

go 1.26.0

require github.com/opengongkai/gongkai v0.1.0

replace github.com/opengongkai/gongkai => ..
