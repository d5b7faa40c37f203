package secrecy

import (
	"cmp"
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Gap is one thing that keeps a review undetermined.
type Gap struct {
	Code  string       // frozen, e.g. SE-311
	Unit  string       // whose answer is missing, "" = an authority's or the frame
	Point Point        // which point, 0 = the whole conclusion
	Basis law.Citation // the provision
}

// Codes of the review. A code is never reassigned.
const (
	codeReviewParts      = "SE-301" // not bound to parts, or parts that cannot be bound
	codeReviewUnits      = "SE-302" // a unit that did not sign, or none
	codeReviewPoints     = "SE-303" // a point that is unknown, twice or left out
	codeReviewer         = "SE-304" // a conclusion without a named reviewer or day
	codeReviewKinder     = "SE-305" // a verdict kinder than the checks
	codeReviewEncoding   = "SE-306" // a stored value that is unknown
	codeReferral         = "SE-307" // a referral that lacks something
	codeReviewSecret     = "SE-308" // a state secret: no rendition
	codeReviewSilent     = "SE-311" // a unit has not concluded
	codeReviewUnanswered = "SE-312" // a point without an answer
	codeReviewUnsure     = "SE-313" // unsure, and not referred
	codeReviewReferred   = "SE-314" // a referral is open
	codeReviewReason     = "SE-315" // a reason is owed
	codeReviewWorkSecret = "SE-316" // a work secret not yet resolved to a ground of 条例 14–16, or to open
	codeReviewConsent    = "SE-317" // consent without its source or evidence
	codeReviewInterest   = "SE-318" // public interest without a decider or the written notice
)

// gapWords say what a code means, in English.
var gapWords = map[string]string{
	codeReviewUnanswered: "not answered",
	codeReviewReason:     "a reason is owed",
	codeReviewWorkSecret: "a work secret is no ground by itself: name 条例 14, 15 or 16, or open it",
	codeReviewConsent:    "consent needs its source and evidence; silence is none",
	codeReviewInterest:   "public interest needs a named decider and the written notice to the right holder",
}

// String is the gap in English, for logs.
func (g Gap) String() string {
	words := gapWords[g.Code]
	switch g.Code {
	case codeReviewParts:
		words = "the review has no proper frame"
	case codeReviewSilent:
		words = "has not concluded"
	case codeReviewKinder:
		words = "the conclusion contradicts itself"
	case codeReviewUnsure:
		words = "cannot be decided here: refer it"
	case codeReviewReferred:
		words = "referred, no answer yet"
	}
	where := ""
	if g.Point.known() {
		where = " " + g.Point.String()
	}
	return fmt.Sprintf("%s %s%s: %s", g.Code, cmp.Or(g.Unit, "-"), where, words)
}
