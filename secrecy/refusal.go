package secrecy

import (
	"errors"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Categories of errors of this package; match them with errors.Is. The detail
// is an *Error.
var (
	// ErrSyntax: a phrase, value or encoding was not understood.
	ErrSyntax = errors.New("not understood")
	// ErrRefused: a rule forbids what was asked; the *Error names the provision.
	ErrRefused = errors.New("refused")
	// ErrOptions: options that contradict themselves or exceed a bound.
	ErrOptions = errors.New("bad options")
)

// Error is the detail of every error of this package.
type Error struct {
	Code     string       // frozen once released, e.g. "SE-101"
	Category error        // ErrSyntax, ErrRefused or ErrOptions
	What     string       // what failed, in English, without personal data
	Basis    law.Citation // the provision, where one decides
}

func (e *Error) Error() string { return "secrecy: " + e.What + " (" + e.Code + ")" }

// Unwrap gives the category.
func (e *Error) Unwrap() error { return e.Category }

// Codes of the attribute, the determination, the scan and the cut. A code is
// never reassigned.
const (
	codeAttrUnknown   = "SE-101" // the words name no attribute
	codeAttrSeveral   = "SE-102" // the words name more than one attribute
	codeAttrBare      = "SE-103" // a bare 同意 names no attribute
	codeAttrAudience  = "SE-104" // whom, not whether: an audience or object of disclosure
	codeAttrEncoding  = "SE-105" // a stored value that is not one of the five
	codeAttrSecrecy   = "SE-106" // a secrecy level or 涉密 status is another field
	codeLevelConflict = "SE-110" // a classified document cannot be marked for disclosure
	codeStep          = "SE-111" // a stored step that is unknown

	codeOpinionBare      = "SE-201" // 同意 where one of the four phrases is needed
	codeOpinionDisagrees = "SE-202" // 同意此件X where the attribute before it is not X
	codeOpinionSame      = "SE-203" // 此件应X where the attribute before it is X already
	codeOpinionReason    = "SE-204" // a change without its reason
	codeOpinionGround    = "SE-205" // withholding without a ground that cites a provision
	codeOpinionFinal     = "SE-206" // the leader has signed
	codeOpinionNoDraft   = "SE-207" // an opinion before a draft was submitted
	codeOpinionPolicy    = "SE-208" // a policy document withheld past the disclosure institution
	codeOpinionOrigin    = "SE-209" // a forwarded document keeps its origin's attribute
	codeOpinionLead      = "SE-210" // the lead decides for a joint document
	codeOpinionInside    = "SE-211" // something withheld stands inside a public text
	codeOpinionPhrase    = "SE-212" // the words are not those of this step
	codeOpinionSplit     = "SE-213" // bare 同意 of the leader where section and office differ
	codeReturnNoAttr     = "SE-220" // returned: a draft without an attribute
	codeReturnNoGround   = "SE-221" // returned: withheld without a lawful reason
	codeReturnBy         = "SE-222" // returned by a person, with a reason

	codeKind        = "SE-501" // a stored kind or role that is unknown
	codeScanOptions = "SE-502" // scanner options out of bounds
	codeScanPattern = "SE-503" // a pattern that does not compile or lacks a literal
	codeScanRead    = "SE-504" // the reader failed
	codeReport      = "SE-505" // a stored report that contradicts itself

	codeRedactUnread   = "SE-601" // text that was not or could not be scanned
	codeRedactSecret   = "SE-602" // a state-secret mark
	codeRedactWork     = "SE-603" // a mark of work secrecy that nobody resolved
	codeRedactSurvives = "SE-604" // a cut value would survive
	codeRedactWeak     = "SE-605" // a mask that leaves too few candidates
	codeDecision       = "SE-606" // a decision without ground, person or place
	codeProfile        = "SE-607" // a masking profile that contradicts itself
	codeVerify         = "SE-608" // a rendition that does not fit its original
)
