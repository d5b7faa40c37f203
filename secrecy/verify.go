package secrecy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Verify checks a rendition against its original: the same text outside of the
// cuts, nothing that the options would cut found again, no cut value surviving.
// It returns all problems.
func Verify(original string, r *Rendition, o *RedactOptions) error {
	if o == nil {
		o = &RedactOptions{}
	}
	if r == nil {
		return &Error{Code: codeVerify, Category: ErrOptions, What: "verify: no rendition"}
	}
	sc, prof, err := o.tools()
	if err != nil {
		return err
	}
	var errs []error
	bad := func(what string) {
		errs = append(errs, &Error{Code: codeVerify, Category: ErrRefused, What: "verify: " + what, Basis: law.GovInfoRegulation2019.Art(37)})
	}
	src, dst := sha256.Sum256([]byte(original)), sha256.Sum256([]byte(r.Text))
	if r.Source != hex.EncodeToString(src[:]) {
		bad("the rendition is of another original")
		return errors.Join(errs...)
	}
	if r.Digest != hex.EncodeToString(dst[:]) {
		bad("the rendition was changed")
	}
	from, at := 0, 0
	for _, c := range r.Cuts {
		if c.Start < from || c.End < c.Start || c.End > len(original) || c.At < at || c.To < c.At || c.To > len(r.Text) ||
			original[from:c.Start] != r.Text[at:c.At] {
			bad("the text between the cuts is not that of the original")
			return errors.Join(errs...)
		}
		from, at = c.End, c.To
	}
	if original[from:] != r.Text[at:] {
		bad("the text after the last cut is not that of the original")
		return errors.Join(errs...)
	}
	again, err := o.survivors(original, r, sc, prof, r.Left)
	if err != nil {
		errs = append(errs, err)
	}
	for _, p := range again {
		bad("a " + p.Kind.String() + " survives at " + strconv.Itoa(p.Start))
	}
	if err := strong(original, r, prof); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
