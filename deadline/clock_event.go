package deadline

import (
	"errors"
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// EventKind is what happened to a running period. The values are stored and sent.
type EventKind string

// The events of a clock.
const (
	EventReceived         EventKind = "received"          // the application came, by Channel
	EventConfirmed        EventKind = "confirmed"         // both sides confirmed it (31条), where the channel asks for that
	EventCorrectionNotice EventKind = "correction-notice" // 补正告知
	EventCorrected        EventKind = "corrected"         // the correction came: the whole period anew
	EventSpanBegan        EventKind = "span-began"        // a consultation went out; Span, ID
	EventSpanEnded        EventKind = "span-ended"        // its answer came
	EventExtended         EventKind = "extended"          // 延长: On is the day the applicant was told; N, By
	EventFeeNotice        EventKind = "fee-notice"        // 收费通知
	EventFeePaid          EventKind = "fee-paid"          // 缴费: the whole period anew
	EventServed           EventKind = "served"            // 送达, by Means: On is the day of signature or of posting
	EventClosed           EventKind = "closed"            // withdrawn, lapsed, or passed on: confirmed by a person
)

// Channel is the way by which an application came (31条).
type Channel string

// The channels.
const (
	ChannelInPerson     Channel = "in-person"     // 当面提交: the day of submission
	ChannelSignedPost   Channel = "signed-post"   // 需要签收的邮寄: the day of signature
	ChannelOrdinaryPost Channel = "ordinary-post" // 平常信函: the day of confirmation
	ChannelInternet     Channel = "internet"      // 互联网渠道: the day both confirm
	ChannelFax          Channel = "fax"           // 传真: the day both confirm
)

// SpanKind is why days are not counted (不计入).
type SpanKind string

// The spans that the reply to a request knows.
const (
	SpanThirdParty SpanKind = "third-party" // 征求第三方意见
	SpanOtherOrgan SpanKind = "other-organ" // 征求其他机关意见
	SpanCoMaker    SpanKind = "co-maker"    // 征求共同制作机关意见
)

var spanNames = map[SpanKind]string{SpanThirdParty: "征求第三方意见", SpanOtherOrgan: "征求其他机关意见", SpanCoMaker: "征求共同制作机关意见"}

// Means is the way of service (送达).
type Means string

// The means of service.
const (
	MeansSigned     Means = "signed"     // 直接送达、委托送达: the day of signature
	MeansPosted     Means = "posted"     // 邮政企业寄送: the day of posting
	MeansElectronic Means = "electronic" // by the channel the applicant asked for
	MeansCourier    Means = "courier"    // not a 邮政企业: a breach, and no service
)

// Event is one thing that happened to a period, as plain data.
type Event struct {
	Kind    EventKind `json:"kind"`
	On      Date      `json:"on"`
	Channel Channel   `json:"channel,omitempty"` // received
	Span    SpanKind  `json:"span,omitempty"`    // span-began
	ID      string    `json:"id,omitempty"`      // which span; a rule may have several open
	N       int       `json:"n,omitempty"`       // extended: by how many units of the limit
	By      string    `json:"by,omitempty"`      // extended: the role that approved it
	Means   Means     `json:"means,omitempty"`   // served
}

// SpanRule is a reason for not counting days, with its provision.
type SpanRule struct {
	Kind     SpanKind     `json:"kind"`
	Name     string       `json:"name"` // Chinese
	Citation law.Citation `json:"citation"`
}

// ExtensionRule says who may lengthen a period and by how much in all; zero: nobody.
type ExtensionRule struct {
	Most     int          `json:"most,omitempty"` // units of the limit, the sum of all extensions
	By       string       `json:"by,omitempty"`   // the role that approves; "" = not looked at
	Citation law.Citation `json:"citation,omitzero"`
}

// Internal is a shorter limit of the agency's own inside the statutory one.
type Internal struct {
	Name string `json:"name"`
	N    int    `json:"n"`    // units of the statutory limit; an extension lengthens it too
	Warn int    `json:"warn"` // amber from so many units before its end
}

// ClockRule is the law of one running period, as data.
type ClockRule struct {
	ID         string        `json:"id"`
	Limit      Limit         `json:"limit"` // within, in working days, days, weeks, months or years
	Citation   law.Citation  `json:"citation"`
	Confirm    []Channel     `json:"confirm,omitempty"` // channels that start on the day of confirmation
	Start      law.Citation  `json:"start,omitzero"`    // the provision on the day of receipt
	Spans      []SpanRule    `json:"spans,omitempty"`
	Extension  ExtensionRule `json:"extension,omitzero"`
	Correction Limit         `json:"correction,omitzero"` // within which a notice of correction stops the period; zero: none does
	Corrected  law.Citation  `json:"corrected,omitzero"`
	Fee        law.Citation  `json:"fee,omitzero"` // a fee restarts the period; zero: it does not
	Service    law.Citation  `json:"service,omitzero"`
	Internal   []Internal    `json:"internal,omitempty"`
}

// ByInstitutionHead is the role that approves the extension of a reply:
// 政府信息公开工作机构负责人. The head of the agency is not it.
const ByInstitutionHead = "disclosure-institution-head"

// ReplyRule is the clock of the reply to a request for information, in the edition in force
// on the day of receipt: 20 working days, before 2019-05-15 15.
func ReplyRule(received Date) (ClockRule, error) {
	r, err := LookupRule("gir-reply", received)
	if err != nil {
		return ClockRule{}, err
	}
	c := ClockRule{ID: r.ID, Limit: r.Limit, Citation: r.Citation}
	if r.Citation.Instrument == law.GovInfoRegulation2008 {
		c.Spans = []SpanRule{{SpanThirdParty, spanNames[SpanThirdParty], law.GovInfoRegulation2008.Art(24)}}
		c.Extension = ExtensionRule{15, ByInstitutionHead, law.GovInfoRegulation2008.Art(24)}
		c.Service = law.ServiceInterpretation.Sec("四")
		return c, nil
	}
	third := law.GovInfoRegulation2019.Art(33).Para(3)
	c.Confirm, c.Start = []Channel{ChannelOrdinaryPost, ChannelInternet, ChannelFax}, law.GovInfoRegulation2019.Art(31)
	c.Spans = []SpanRule{
		{SpanThirdParty, spanNames[SpanThirdParty], third},
		{SpanOtherOrgan, spanNames[SpanOtherOrgan], third},
		{SpanCoMaker, spanNames[SpanCoMaker], third},
	}
	c.Extension = ExtensionRule{20, ByInstitutionHead, law.GovInfoRegulation2019.Art(33).Para(2)}
	notice, err := LookupRule("gir-correction-notice", received)
	if err != nil {
		return ClockRule{}, err
	}
	c.Correction, c.Corrected = notice.Limit, notice.Citation
	c.Fee, c.Service = law.FeeMeasures2020.Art(6), law.ServiceInterpretation.Sec("四")
	return c, nil
}

// ErrClock is wrapped by every refusal of NewClock. The details are *ClockError
// values, joined.
var ErrClock = errors.New("deadline: events refused")

// ClockError says which event is refused and by which provision. Code is one of
//
//	DL-401 an event without a day            DL-402 a kind, channel or means that is not known
//	DL-403 a span that ends before it begins DL-404 the end of a span that never began
//	DL-405 a span that the rule does not exclude
//	DL-406 an extension after expiry         DL-407 an extension beyond the most
//	DL-408 an extension approved by another role
//	DL-409 a second receipt                  DL-410 an answer to a notice that was not given
//	DL-411 an event before the receipt       DL-412 a rule that no clock can run by
//	DL-413 a span that begins twice
type ClockError struct {
	Code     string
	Index    int // of the event as given, -1 for the rule
	Event    Event
	Citation law.Citation // what it offends; zero where only the data are broken
}

// Error names event, code and provision.
func (e *ClockError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "deadline: events refused: %s: event %d (%s on %s): %s", e.Code, e.Index, e.Event.Kind, e.Event.On, clockTroubles[e.Code])
	if !e.Citation.IsZero() {
		b.WriteString(": " + e.Citation.String())
	}
	return b.String()
}

// Unwrap gives ErrClock.
func (e *ClockError) Unwrap() error { return ErrClock }

var clockTroubles = map[string]string{
	"DL-401": "no day",
	"DL-402": "not known",
	"DL-403": "the span ends before it begins",
	"DL-404": "the span never began",
	"DL-405": "not a span that the rule excludes",
	"DL-406": "extended after expiry",
	"DL-407": "extended beyond the most",
	"DL-408": "approved by a role that may not",
	"DL-409": "received twice",
	"DL-410": "no notice was given",
	"DL-411": "before the receipt",
	"DL-412": "the rule has no period to count",
	"DL-413": "the span began twice",
}
