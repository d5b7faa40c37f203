// Package workflow is stage machines as data: who may do what at which stage, on which facts, under which provision.
//
// A procedure (程序) such as 提报 → 审批 → 发布 → 反馈 → 归档 is a [Definition]: stages
// (环节), moves (办理), roles (角色), facts (条件), clocks (时限) and the provision on
// which each move rests. It is data only, in Go or in JSON, and both have the
// same [Digest]. [Compile] finds every fault of it at once, and a [Machine]
// answers two questions about a case, without a record, a store or a clock of
// its own:
//
//	m.Step(stage, facts, event, actor, done...)      // what does this do, or why may it not be done?
//	m.Permitted(stage, facts, actor, done...)        // what may be done, what is missing, who could?
//
// # Facts
//
// What a move asks is a test of facts with a closed set of values; a When is a
// conjunction. So Compile sees that two moves can both be taken, that a stage
// is stuck, that a test can never hold. A fact that is absent is undetermined,
// and undetermined opens nothing unless a test says so.
//
// Five facts are built in ([BuiltIn]): attribute (公开属性), review (保密审查), scan
// (检测), earlier (上一环节) and objection (重大异议). A move with [EffectPublish] that
// does not ask for all five, or lets through what may not be released, does not
// compile: the gate cannot be forgotten.
//
// # Apart
//
// A move's Apart (不相容岗位) lists events that somebody else must have done: who
// proposed may not approve. The host passes what was done as [Done] values; an
// event of which nobody is on record refuses the move.
//
// # A host with only a status column
//
// An OA that has its own tables needs nothing else of this library. The stage
// is the value of its status column, suspended stages included ([Stage.Halted]);
// the facts are columns or the answers of functions it has; who did what is its
// own log. In the handler of a button:
//
//	out, err := m.Step(workflow.Stage(row.Status), facts(row), "approve", actor, log(row)...)
//	var no *workflow.Refusal
//	switch {
//	case errors.As(err, &no): // show no.Code, no.Missing, no.Roles, no.Basis
//	case err == nil:          // UPDATE … SET status = out.To WHERE id = … AND status = row.Status
//	}
//
// Step only reads, so the UPDATE has to compare the status it was asked for. On
// a bare Machine the host answers for the built-in facts: review must be of
// exactly the parts that are released. The buttons of a page are Permitted. A
// whole program is examples/unittest/statuscolumn.
//
// # Records
//
// Where a case is its records (记录), [Machine.Take] makes the record of a step
// and [Fold] gives the state back. A correction (更正) is a new record that names
// the one it corrects; nothing is changed. [Migration] moves cases to another
// edition by a mapping that was compiled against both; what it does not name is
// listed and stays where it is.
//
// # What is printed
//
// [Machine.Markdown] prints the definition with provisions, roles and limits,
// [Machine.SVG], [Machine.Mermaid] and [Machine.DOT] draw it with the present
// stage marked, [ResponsibilitySVG] draws who answers for business, disclosure
// and supervision (主体责任逻辑示意图), and [Diff] lists what differs between two
// editions. The same input gives the same bytes.
//
// # Days
//
// A day is a deadline.Date, the civil day in China that the law counts. This
// package names clocks and what is done to them; when they run out is decided
// by package deadline.
//
// # Not decided here
//
// Whether a document may be disclosed (package secrecy), what must be disclosed
// (package catalog), who has which role, and where anything is stored.
package workflow
