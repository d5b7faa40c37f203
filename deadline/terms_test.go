package deadline_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
)

// The words by which two of the sources divide what is disclosed by time.
func TestTermsOfDisclosure(t *testing.T) {
	kind := func(t *testing.T, words string) deadline.LimitKind {
		t.Helper()
		l, err := deadline.ParseLimit(words)
		require.NoError(t, err)
		return l.Kind
	}
	t.Run("TZ-02 长期公开与及时公开是两种时限", func(t *testing.T) {
		assert.Equal(t, deadline.LimitPermanent, kind(t, "长期公开"))
		assert.Equal(t, deadline.LimitRealTime, kind(t, "及时公开"))
		for _, words := range []string{"长期公开", "及时公开"} {
			l, err := deadline.ParseLimit(words)
			require.NoError(t, err)
			_, err = l.Due(deadline.China(), deadline.NewDate(2026, 3, 2))
			require.ErrorIs(t, err, deadline.ErrNoDate, "neither has a date of its own: %s", words)
		}
	})
	for _, c := range []struct {
		name, words string
		want        deadline.LimitKind
	}{
		{"HK-08 重大决策、目标任务常年公开", "常年公开", deadline.LimitPermanent},
		{"HK-08 常规性工作定期公开，写明周期的", "每季度公开一次", deadline.LimitPeriodic},
		{"HK-08 阶段性工作逐段公开", "阶段性工作逐段公开", deadline.LimitStage},
		{"HK-08 临时性工作随时公开", "临时性工作随时公开", deadline.LimitRealTime},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, kind(t, c.words)) })
	}
	t.Run("HK-08 只写“定期公开”没有周期，不猜", func(t *testing.T) {
		_, err := deadline.ParseLimit("定期公开")
		require.ErrorIs(t, err, deadline.ErrLimit)
	})
}
