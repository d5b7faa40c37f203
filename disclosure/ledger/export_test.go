package ledger

// AppendData adds a leaf of any data, as the RFC's vectors have them.
func (t *Tree) AppendData(data []byte) {
	h := t.suite.Sum(append([]byte{0}, data...))
	t.push(h)
}

// AppendData adds a leaf of any data.
func (f *Frontier) AppendData(data []byte) {
	f.push(f.suite.Sum(append([]byte{0}, data...)))
}
