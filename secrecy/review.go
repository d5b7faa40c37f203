package secrecy

import (
	"slices"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Verdict is the outcome of a secrecy review. The zero Verdict is undetermined,
// and a gate takes it for no.
type Verdict uint8

// The verdicts.
const (
	Clear   Verdict = iota + 1 // 可以公开
	Blocked                    // 不得公开
)

var verdicts = [...]string{"undetermined", "clear", "blocked"}

// String is the stored name: undetermined, clear, blocked.
func (v Verdict) String() string { return nameOf(verdicts[:], v) }

// Chinese is the conclusion as a form has it.
func (v Verdict) Chinese() string {
	switch v {
	case Clear:
		return "可以公开"
	case Blocked:
		return "不得公开"
	}
	return "未定"
}

// MarshalText writes String; an unknown value is an error.
func (v Verdict) MarshalText() ([]byte, error) { return marshalName(verdicts[:], v, "verdict") }

// UnmarshalText reads String's values and the empty text.
func (v *Verdict) UnmarshalText(b []byte) error { return unmarshalName(verdicts[:], v, b, "verdict") }

// ReviewState is the value of the built-in workflow fact "review". The zero
// value is undetermined.
type ReviewState uint8

// The states. A gate that publishes asks for ReviewClear and nothing else.
const (
	ReviewUndetermined ReviewState = iota // under way: someone or something is missing
	ReviewNone                            // nobody was asked to review
	ReviewClear                           // every signing unit: may be disclosed
	ReviewBlocked                         // someone answerable: may not
	ReviewStale                           // the parts are not those that were reviewed
)

var reviewStates = [...]string{"undetermined", "none", "clear", "blocked", "stale"}

// String is the value of the fact.
func (s ReviewState) String() string { return nameOf(reviewStates[:], s) }

// MarshalText writes String; an unknown value is an error.
func (s ReviewState) MarshalText() ([]byte, error) {
	return marshalName(reviewStates[:], s, "review state")
}

// UnmarshalText reads String's values and the empty text.
func (s *ReviewState) UnmarshalText(b []byte) error {
	return unmarshalName(reviewStates[:], s, b, "review state")
}

// Conclusion is what one unit's reviewer answers for: 谁审核谁负责.
type Conclusion struct {
	Unit     string        `json:"unit"`
	Reviewer string        `json:"reviewer"` // opaque id; never empty
	On       deadline.Date `json:"on"`
	Checks   []Check       `json:"checks"`
	// Verdict is the reviewer's own: never kinder than the checks allow. Blocked
	// where the checks are clear needs Reason.
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"`
}

// Review (保密审查) is a value: what was reviewed, who has to conclude, what they
// concluded and what was referred. Open one with NewReview; Conclude, Refer,
// Receive and Reply return a new one. Nothing in it is trusted when read back:
// Verdict is computed from the whole each time, and what contradicts itself is
// undetermined. The zero Review says that nobody was asked.
type Review struct {
	Binding Binding `json:"binding,omitzero"`
	// Units are all that signed or sealed the document (联合发文); each must
	// conclude, and silence of one leaves the review undetermined.
	Units []string `json:"units,omitempty"`
	// Points are the checklist; nil = Checklist().
	Points      []Point      `json:"points,omitempty"`
	Conclusions []Conclusion `json:"conclusions,omitempty"` // oldest first; the last of a unit counts
	Referrals   []Referral   `json:"referrals,omitempty"`
}

// NewReview opens a review of exactly these parts by these units. points nil is
// the eight of Checklist; a list of the agency's own may add points but not
// leave one of the eight out.
func NewReview(parts []Part, units []string, points []Point) (Review, error) {
	b, err := Bind(parts)
	if err != nil {
		return Review{}, err
	}
	r := Review{Binding: b, Units: slices.Clone(units), Points: slices.Clone(points)}
	return r, r.wellFormed()
}

// wellFormed checks the frame: bound, at least one unit, each once, all points.
func (r Review) wellFormed() error {
	if r.Binding.IsZero() {
		return reviewError(codeReviewParts, "not bound to any parts")
	}
	if len(r.Units) == 0 {
		return reviewError(codeReviewUnits, "no unit has to review")
	}
	for i, u := range r.Units {
		if u == "" || slices.Contains(r.Units[:i], u) {
			return reviewError(codeReviewUnits, "a unit without a name, or twice")
		}
	}
	if r.Points == nil {
		return nil
	}
	for i, p := range r.Points {
		if !p.known() || slices.Contains(r.Points[:i], p) {
			return reviewError(codeReviewPoints, "an unknown point, or one twice")
		}
	}
	for _, p := range Checklist() {
		if !slices.Contains(r.Points, p) {
			return reviewError(codeReviewPoints, p.String()+" is left out of the checklist")
		}
	}
	return nil
}

func (r Review) points() []Point {
	if r.Points == nil {
		return Checklist()
	}
	return r.Points
}

// IsZero reports whether nobody was asked to review.
func (r Review) IsZero() bool {
	return r.Binding.IsZero() && len(r.Units) == 0 && len(r.Conclusions) == 0 && len(r.Referrals) == 0
}

// Conclude takes one unit's conclusion; a later one of the same unit replaces
// the earlier, which stays on record. Refused are a unit that did not sign, a
// conclusion without a named reviewer or day, a point twice or not on the list,
// and a verdict kinder than the checks.
func (r Review) Conclude(c Conclusion) (Review, error) {
	if err := r.wellFormed(); err != nil {
		return r, err
	}
	if err := r.acceptable(c); err != nil {
		return r, err
	}
	c.Checks = slices.Clone(c.Checks)
	r.Conclusions = append(slices.Clone(r.Conclusions), c)
	return r, nil
}

func (r Review) acceptable(c Conclusion) error {
	switch {
	case !slices.Contains(r.Units, c.Unit):
		return reviewError(codeReviewUnits, "the unit did not sign the document")
	case c.Reviewer == "":
		return reviewError(codeReviewer, "the reviewer is not named")
	case c.On.IsZero():
		return reviewError(codeReviewer, "the day is missing")
	case int(c.Verdict) >= len(verdicts):
		return reviewError(codeReviewEncoding, "no such verdict")
	}
	var seen []Point
	for _, k := range c.Checks {
		if slices.Contains(seen, k.Point) || !slices.Contains(r.points(), k.Point) {
			return reviewError(codeReviewPoints, "a point twice or not on the checklist")
		}
		seen = append(seen, k.Point)
		if c.Verdict != Clear {
			continue
		}
		if v, code := k.verdict(); v == Blocked {
			return reviewError(codeReviewKinder, k.Point.String()+" is present, and yet the verdict is clear")
		} else if v == 0 && code != codeReviewUnsure {
			return reviewError(code, k.Point.String()+": "+gapWords[code])
		}
	}
	if c.Verdict == Blocked && c.Reason == "" && !slices.ContainsFunc(c.Checks, func(k Check) bool { return k.Answer == Present }) {
		return reviewError(codeReviewReason, "blocked without a point that is present and without a reason")
	}
	return nil
}

// Refer sends a question upward. One question a point can be open at a time.
func (r Review) Refer(f Referral) (Review, error) {
	if err := r.wellFormed(); err != nil {
		return r, err
	}
	if err := f.valid(); err != nil {
		return r, err
	}
	if !slices.Contains(r.points(), f.Point) {
		return r, reviewError(codeReviewPoints, "not on the checklist")
	}
	if !f.Open() {
		return r, reviewError(codeReferral, "a referral is sent open and answered by Reply")
	}
	if r.openReferral(f.Point) >= 0 {
		return r, reviewError(codeReferral, "this point is referred already")
	}
	r.Referrals = append(slices.Clone(r.Referrals), f)
	return r, nil
}

// Receive records the day on which the authority received the open referral of
// the point.
func (r Review) Receive(p Point, on deadline.Date) (Review, error) {
	return r.amend(p, func(f *Referral) { f.Received = on })
}

// Reply records the authority's answer to the open referral of the point: Clear
// or Blocked, on a day, with the number of its letter.
func (r Review) Reply(p Point, v Verdict, on deadline.Date, number string) (Review, error) {
	if v != Clear && v != Blocked || on.IsZero() || number == "" {
		return r, reviewError(codeReferral, "an answer is clear or blocked, on a day, by a letter with a number")
	}
	return r.amend(p, func(f *Referral) { f.Answer, f.Answered, f.Number = v, on, number })
}

func (r Review) amend(p Point, change func(*Referral)) (Review, error) {
	i := r.openReferral(p)
	if i < 0 {
		return r, reviewError(codeReferral, "nothing is referred on this point")
	}
	f := r.Referrals[i]
	change(&f)
	if err := f.valid(); err != nil {
		return r, err
	}
	r.Referrals = slices.Clone(r.Referrals)
	r.Referrals[i] = f
	return r, nil
}

func (r Review) openReferral(p Point) int {
	return slices.IndexFunc(r.Referrals, func(f Referral) bool { return f.Point == p && f.Open() })
}

// Verdict is the outcome over all units and referrals: Blocked when anyone
// answerable blocks, Clear when every unit is clear on every point and no
// referral is open, otherwise undetermined.
func (r Review) Verdict() Verdict {
	v, _ := r.weigh()
	return v
}

// Gaps lists what is missing while Verdict is undetermined, in the order of the
// units and of the checklist.
func (r Review) Gaps() []Gap {
	v, gaps := r.weigh()
	if v != 0 {
		return nil
	}
	return gaps
}

func (r Review) weigh() (Verdict, []Gap) {
	if err := r.wellFormed(); err != nil {
		return 0, []Gap{{Code: codeReviewParts, Basis: basisReview}}
	}
	blocked := false
	var gaps []Gap
	for _, f := range r.Referrals {
		if f.valid() != nil || f.Open() {
			gaps = append(gaps, Gap{Code: codeReviewReferred, Point: f.Point, Basis: f.Kind.Basis()})
		}
	}
	for _, p := range r.points() {
		blocked = blocked || r.reply(p) == Blocked
	}
	for _, u := range r.Units {
		c, ok := r.last(u)
		if !ok {
			gaps = append(gaps, Gap{Code: codeReviewSilent, Unit: u, Basis: basisReview})
			continue
		}
		if r.acceptable(c) != nil {
			gaps = append(gaps, Gap{Code: codeReviewKinder, Unit: u, Basis: basisReview})
			continue
		}
		blocked = blocked || c.Verdict == Blocked
		for _, p := range r.points() {
			v, code := r.lineVerdict(c, p)
			blocked = blocked || v == Blocked
			if v == 0 {
				gaps = append(gaps, Gap{Code: code, Unit: u, Point: p, Basis: p.Basis()})
			}
		}
		if c.Verdict == 0 {
			gaps = append(gaps, Gap{Code: codeReviewSilent, Unit: u, Basis: basisReview})
		}
	}
	switch {
	case blocked:
		return Blocked, nil
	case len(gaps) > 0:
		return 0, gaps
	}
	return Clear, nil
}

// last is the conclusion of a unit that counts.
func (r Review) last(unit string) (Conclusion, bool) {
	for _, c := range slices.Backward(r.Conclusions) {
		if c.Unit == unit {
			return c, true
		}
	}
	return Conclusion{}, false
}

// lineVerdict weighs one point of one conclusion; where the reviewer was unsure,
// the authority's answer takes its place.
func (r Review) lineVerdict(c Conclusion, p Point) (Verdict, string) {
	i := slices.IndexFunc(c.Checks, func(k Check) bool { return k.Point == p })
	if i < 0 {
		return 0, codeReviewUnanswered
	}
	v, code := c.Checks[i].verdict()
	if code != codeReviewUnsure {
		return v, code
	}
	if v := r.reply(p); v != 0 {
		return v, ""
	}
	return 0, codeReviewUnsure
}

// reply is the authority's last answer on a point, undetermined without one.
func (r Review) reply(p Point) Verdict {
	for _, f := range slices.Backward(r.Referrals) {
		if f.Point == p && f.valid() == nil && !f.Open() {
			return f.Answer
		}
	}
	return 0
}

// State is the fact "review" for the parts as they are now: none, stale when
// they are not exactly those that were reviewed, otherwise by Verdict. Parts that
// cannot be bound make a review stale.
func (r Review) State(parts []Part) ReviewState {
	if r.IsZero() {
		return ReviewNone
	}
	if b, err := Bind(parts); err != nil || b != r.Binding {
		return ReviewStale
	}
	switch r.Verdict() {
	case Clear:
		return ReviewClear
	case Blocked:
		return ReviewBlocked
	}
	return ReviewUndetermined
}

// MayRender is nil when a rendition (删减稿) of the reviewed parts may be made:
// not while a referral is open, and never of what a reviewer or an authority
// holds for a state secret, which no ordinary machine may process.
func (r Review) MayRender() error {
	for _, f := range r.Referrals {
		if f.Open() {
			return &Error{Code: codeReviewReferred, Category: ErrRefused, What: "render: a referral is open", Basis: f.Kind.Basis()}
		}
	}
	if r.reply(StateSecret) == Blocked {
		return secretError()
	}
	for _, u := range r.Units {
		if c, ok := r.last(u); ok && slices.ContainsFunc(c.Checks, func(k Check) bool { return k.Point == StateSecret && k.Answer == Present }) {
			return secretError()
		}
	}
	return nil
}

func secretError() error {
	return &Error{Code: codeReviewSecret, Category: ErrRefused, What: "render: a state secret is not processed on an unclassified system", Basis: law.StateSecretsLaw2024.Art(31).Item(3)}
}

// basisReview: 先审查、后公开, item by item.
var basisReview = law.StateSecretsRegulation2024.Art(42)

func reviewError(code, what string) error {
	return &Error{Code: code, Category: ErrRefused, What: "review: " + what, Basis: basisReview}
}
