package workflow

type Interim = interim
