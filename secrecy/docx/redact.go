package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/opengongkai/gongkai/secrecy"
)

// Options of a rendition.
type Options struct {
	// Redact as for a text; offsets of its Decisions are into File.Text.
	Redact *secrecy.RedactOptions
	// Images are the names of the image parts that a person looked at and lets
	// stay. Any other image is a reason to refuse.
	Images []string
}

// Redact writes the rendition of the file to w and returns its ledger. Nothing is
// written on an error. The result is read and scanned again before it is written.
func Redact(w io.Writer, f *File, o *Options) (*secrecy.Rendition, error) {
	if o == nil {
		o = &Options{}
	}
	reasons := f.Reasons()
	for _, n := range f.images {
		if !slices.Contains(o.Images, n) {
			reasons = append(reasons, "an image that nobody looked at: "+n)
		}
	}
	if len(reasons) > 0 {
		return nil, &Refusal{reasons}
	}
	// A mark of secrecy at the head of any part stops the processing, wherever the
	// part stands in the whole text.
	for _, p := range f.parts {
		for _, x := range secrecy.Scan(f.text[p.start:p.end]) {
			if x.Kind == secrecy.KindStateSecret {
				return secrecy.Redact(f.text[p.start:p.end], nil)
			}
		}
	}
	r, err := secrecy.Redact(f.text, o.Redact)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.write(&out, r); err != nil {
		return nil, err
	}
	if err := check(out.Bytes(), r, f, o); err != nil {
		return nil, err
	}
	_, err = w.Write(out.Bytes())
	return r, err
}

type edit struct {
	from, to int
	with     string
}

// edits are the changes of each part: the segments that a cut touches, and what
// is always emptied.
func (f *File) edits(r *secrecy.Rendition) map[int][]edit {
	out := map[int][]edit{}
	shown := make([]bool, len(r.Cuts))
	for _, s := range f.segments {
		k := sort.Search(len(r.Cuts), func(k int) bool { return r.Cuts[k].End > s.start })
		if k == len(r.Cuts) || r.Cuts[k].Start >= s.end {
			continue
		}
		var b strings.Builder
		at := s.start
		for ; k < len(r.Cuts) && r.Cuts[k].Start < s.end; k++ {
			c := r.Cuts[k]
			if c.Start > at {
				b.WriteString(f.text[at:c.Start])
			}
			if !shown[k] {
				// The first place that a cut touches shows what stands for it.
				b.WriteString(r.Text[c.At:c.To])
				shown[k] = true
			}
			at = min(c.End, s.end)
		}
		b.WriteString(f.text[at:s.end])
		out[s.part] = append(out[s.part], edit{s.from, s.to, escaper.Replace(b.String())})
	}
	for i, p := range f.parts {
		for _, w := range p.wipe {
			out[i] = append(out[i], edit{w[0], w[1], ""})
		}
		for _, d := range p.drop {
			out[i] = append(out[i], edit{d[0], d[1], ""})
		}
		sort.Slice(out[i], func(a, b int) bool { return out[i][a].from < out[i][b].from })
	}
	return out
}

func (f *File) write(w io.Writer, r *secrecy.Rendition) error {
	zw := zip.NewWriter(w)
	edits := f.edits(r)
	for i, p := range f.parts {
		if p.zf == nil {
			continue // a thumbnail
		}
		es := edits[i]
		if len(es) == 0 {
			if err := zw.Copy(p.zf); err != nil {
				return err
			}
			continue
		}
		var b strings.Builder
		at := 0
		for _, e := range es {
			if e.from < at {
				continue
			}
			b.WriteString(p.src[at:e.from])
			b.WriteString(e.with)
			at = e.to
		}
		b.WriteString(p.src[at:])
		fw, err := zw.CreateHeader(&zip.FileHeader{Name: p.zf.Name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(fw, b.String()); err != nil {
			return err
		}
	}
	return zw.Close()
}

var errSurvives = errors.New("docx: what was cut would survive in the file")

// check reads the rendition again: what the options would cut must not be there.
func check(b []byte, r *secrecy.Rendition, f *File, o *Options) error {
	again, err := Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	if len(again.reasons) > 0 {
		return &Refusal{again.reasons}
	}
	opt := secrecy.RedactOptions{}
	if o.Redact != nil {
		opt = *o.Redact
	}
	kept := map[string]bool{}
	for _, d := range opt.Decisions {
		if d.Keep {
			kept[squeeze(f.text[d.Start:d.End])] = true
		}
	}
	opt.Decisions = nil
	opt.Names = nil
	if len(kept) > 0 {
		// What a person kept is found again; compare value by value instead.
		text := squeeze(again.text)
		for _, c := range r.Cuts {
			v := squeeze(f.text[c.Start:c.End])
			if len(v) > 3 && !kept[v] && strings.Contains(text, v) {
				return fmt.Errorf("%w: a %s", errSurvives, c.Kind)
			}
		}
		return nil
	}
	rr, err := secrecy.Redact(again.text, &opt)
	if err != nil {
		return err
	}
	if len(rr.Cuts) > 0 {
		return fmt.Errorf("%w: a %s", errSurvives, rr.Cuts[0].Kind)
	}
	return nil
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\t' || r == 0x3000 {
			return -1
		}
		return r
	}, s)
}
