package sqlite_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
)

// TestTamperedFile: an office of 200 cases lies in a file; somebody with the
// file and an SQL shell alters it; the audit, with a checkpoint kept outside,
// names the case and the record.
func TestTamperedFile(t *testing.T) {
	const tenant = "chuxiong"
	store := open(t, filepath.Join(t.TempDir(), "office.db"))
	_, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	suite, err := ledger.NewStandard("office.example.gov.cn", key)
	require.NoError(t, err)
	p, err := profile.Load("chuxiong")
	require.NoError(t, err)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	config := disclosure.Config{Tenant: tenant, Profile: p, Store: store, Suite: suite, Now: func() time.Time { return now }}
	office, err := disclosure.Open(config)
	require.NoError(t, err)

	drafter := disclosuretest.Person("u-drafter", "projects", "drafter")
	section := disclosuretest.Person("u-section", "projects", "section-head")
	n := 0
	do := func(act disclosure.Act) string {
		n++
		act.Key = fmt.Sprintf("k%d", n)
		r, err := office.Do(t.Context(), act)
		require.NoError(t, err)
		return string(r.Case)
	}
	var cases []string
	for i := range 200 {
		id := do(disclosure.Act{Actor: drafter, Command: disclosure.Register{Kind: "document", Title: fmt.Sprintf("通知%03d", i), Unit: "projects"}})
		cases = append(cases, id)
		of := disclosure.CaseID(id)
		do(disclosure.Act{Actor: drafter, Case: of, Command: disclosure.Attach{Texts: []disclosure.Text{{Name: "正文.txt", Bytes: fmt.Appendf(nil, "第%d号", i)}}}})
		do(disclosure.Act{Actor: drafter, Case: of, Command: disclosure.Opine{On: "propose", Words: "此件公开发布"}})
		do(disclosure.Act{Actor: section, Case: of, Command: disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"}})
	}
	outside := disclosure.AnchorFolder(t.TempDir())
	q, err := office.Sequencer("p1", outside)
	require.NoError(t, err)
	done, err := q.Run(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 800, done.Size)
	_, err = q.Deposit(t.Context())
	require.NoError(t, err)
	kept, err := outside.Kept(t.Context(), tenant)
	require.NoError(t, err)
	bare := []ledger.Deposit{{Note: kept[0].Note}}
	victim, other := cases[101], cases[7]

	r, err := office.Audit(t.Context(), kept)
	require.NoError(t, err)
	require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
	require.EqualValues(t, 800, r.Records)
	require.Empty(t, r.NotYetAnchored)

	// tampered is a copy of the file after somebody's statements.
	tampered := func(t *testing.T, statements ...string) *file {
		t.Helper()
		path := filepath.Join(t.TempDir(), "copy.db")
		require.NoError(t, store.Backup(t.Context(), path))
		s := open(t, path)
		for _, q := range statements {
			_, err := s.DB().Exec(q)
			require.NoError(t, err, q)
		}
		return s
	}
	where := func(seq int) string { return fmt.Sprintf(" WHERE case_id = '%s' AND seq = %d", victim, seq) }
	for _, tt := range []struct {
		name       string
		statements []string
		code       ledger.Code
		seqs       []int64
	}{
		{"首条改经手人", []string{"UPDATE gk_record SET actor = 'u-leader'" + where(1)}, ledger.Altered, []int64{1}},
		{"中间一条改时刻", []string{"UPDATE gk_record SET at_ms = at_ms - 86400000" + where(2)}, ledger.Altered, []int64{2}},
		{"末条改日期", []string{"UPDATE gk_record SET on_day = '2026-11-20'" + where(4)}, ledger.Altered, []int64{4}},
		{"改结构一字节", []string{"UPDATE gk_record SET structure = CAST(replace(CAST(structure AS TEXT), 'public', 'Public') AS BLOB)" + where(3)}, ledger.Altered, []int64{3}},
		{"改意见", []string{"UPDATE gk_record SET private = CAST(replace(CAST(private AS TEXT), '此件公开', '此件不公') AS BLOB)" + where(3)}, ledger.PrivateAltered, []int64{3}},
		{"只清正文不清盐", []string{"UPDATE gk_record SET private = NULL" + where(3)}, ledger.PrivateAltered, []int64{3}},
		{"抽走首条", []string{"DELETE FROM gk_record" + where(1)}, ledger.Removed, []int64{1}},
		{"抽走中间一条", []string{"DELETE FROM gk_record" + where(3)}, ledger.Removed, []int64{3}},
		{"抽走末条", []string{"DELETE FROM gk_record" + where(4)}, ledger.CutOff, []int64{4}},
		{"抽走末条，版本号照改", []string{"DELETE FROM gk_record" + where(4), "UPDATE gk_case SET version = 3 WHERE case_id = '" + victim + "'"}, ledger.CutOff, []int64{4}},
		{"互换两条", []string{"UPDATE gk_record SET seq = 99" + where(2), "UPDATE gk_record SET seq = 2" + where(3), "UPDATE gk_record SET seq = 3" + where(99)}, ledger.Swapped, []int64{2, 3}},
		{"从别的卷宗移来一行", []string{"DELETE FROM gk_record" + where(3), fmt.Sprintf(`INSERT INTO gk_record (tenant, case_id, seq, suite, type, at_ms, on_day, actor, structure, commitment, prev, hash, salt, private)
			SELECT tenant, '%s', seq, suite, type, at_ms, on_day, actor, structure, commitment, prev, hash, salt, private FROM gk_record WHERE case_id = '%s' AND seq = 3`, victim, other)}, ledger.Copied, []int64{3}},
		{"抽走整个卷宗", []string{"DELETE FROM gk_record WHERE case_id = '" + victim + "'", "DELETE FROM gk_case WHERE case_id = '" + victim + "'"}, ledger.CaseRemoved, []int64{1, 4}},
		{"只抽走卷宗的目录行", []string{"DELETE FROM gk_case WHERE case_id = '" + victim + "'"}, ledger.CaseRemoved, []int64{1, 4}},
	} {
		t.Run("BB-20 "+tt.name, func(t *testing.T) {
			s := tampered(t, tt.statements...)
			for _, d := range [][]ledger.Deposit{bare, kept} {
				r, err := office.In(s).Audit(t.Context(), d)
				require.NoError(t, err)
				require.Equal(t, ledger.Broken, r.Verdict)
				for _, seq := range tt.seqs {
					require.True(t, slices.ContainsFunc(r.Faults, func(f ledger.Fault) bool {
						return f.Code == tt.code && f.Case == victim && f.Seq <= seq && seq <= f.To
					}), "want %s at record %d, got %v", tt.code, seq, r.Faults)
				}
				for _, f := range r.Faults {
					require.Equal(t, victim, f.Case, "nothing else is blamed: %v", f)
				}
			}
		})
	}
	t.Run("BB-20 抽走整个卷宗连同总账上的位", func(t *testing.T) {
		s := tampered(t, "DELETE FROM gk_record WHERE case_id = '"+victim+"'", "DELETE FROM gk_case WHERE case_id = '"+victim+"'", "DELETE FROM gk_leaf WHERE case_id = '"+victim+"'")
		r, err := office.In(s).Audit(t.Context(), kept)
		require.NoError(t, err)
		require.True(t, slices.ContainsFunc(r.Faults, func(f ledger.Fault) bool {
			return f.Code == ledger.CaseRemoved && f.Case == victim && f.Seq == 1 && f.To == 4
		}), "%v", r.Faults)
		r, err = office.In(s).Audit(t.Context(), bare)
		require.NoError(t, err)
		require.Equal(t, ledger.Broken, r.Verdict, "without the leaves outside the case cannot be named, but that something is missing is certain")
	})
	t.Run("BB-20 整库重写，检查点用机关密钥重签", func(t *testing.T) {
		s := tampered(t)
		records, err := s.Records(t.Context(), tenant, victim, 0, 0)
		require.NoError(t, err)
		for i := 1; i < len(records); i++ {
			r := &records[i]
			r.Actor = "u-leader"
			require.NoError(t, ledger.Seal(suite, records[i-1].Hash, r, rand.Reader))
			_, err := s.DB().Exec("UPDATE gk_record SET actor = ?, commitment = ?, prev = ?, hash = ?, salt = ?"+where(i+1), r.Actor, r.Commitment[:], r.Prev[:], r.Hash[:], r.Salt)
			require.NoError(t, err)
			_, err = s.DB().Exec("UPDATE gk_leaf SET hash = ?"+where(i+1), r.Hash[:])
			require.NoError(t, err)
		}
		_, err = s.DB().Exec("DELETE FROM gk_checkpoint")
		require.NoError(t, err)
		forger, err := office.In(s).Sequencer("p1", outside)
		require.NoError(t, err)
		_, err = forger.Run(t.Context())
		require.NoError(t, err, "whole in itself, and signed")
		_, err = forger.Deposit(t.Context())
		require.ErrorIs(t, err, disclosure.ErrTampered, "but not against what is kept outside")

		r, err := office.In(s).Audit(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, ledger.Undetermined, r.Verdict)
		r, err = office.In(s).Audit(t.Context(), bare)
		require.NoError(t, err)
		require.Equal(t, ledger.Broken, r.Verdict)
		r, err = office.In(s).Audit(t.Context(), kept)
		require.NoError(t, err)
		for seq := int64(2); seq <= 4; seq++ {
			require.True(t, slices.ContainsFunc(r.Faults, func(f ledger.Fault) bool {
				return f.Code == ledger.Replaced && f.Case == victim && f.Seq == seq
			}), "record %d: %v", seq, r.Faults)
		}
	})
	t.Run("BB-20 依法清除后重开文件仍可核验", func(t *testing.T) {
		s := tampered(t)
		require.NoError(t, s.Erase(t.Context(), tenant, victim, 3))
		require.NoError(t, s.Close())
		again, err := sqlite.Open(s.path)
		require.NoError(t, err)
		defer again.Close()
		r, err := office.In(again).Audit(t.Context(), kept)
		require.NoError(t, err)
		require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
		require.EqualValues(t, 1, r.Erased)
	})
}
