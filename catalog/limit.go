package catalog

// limitCache keeps what equal cells mean.
type limitCache struct{}

func (r *reader) settleLimit(s *rowState) {}
