package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
)

const body = "关于下达2026年农产品流通项目补助资金的通知\n\n各县市商务局：\n请于本月底前拨付到位。\n"

func postgres() string {
	if v := os.Getenv("GONGKAI_POSTGRES_DSN"); v != "" {
		return v
	}
	return "postgres://postgres@127.0.0.1:5432/test?sslmode=disable"
}

// TestMain: the test starts itself again as the OA that gets killed.
func TestMain(m *testing.M) {
	gin.SetMode(gin.TestMode)
	if v := os.Getenv("GINOA_CHILD"); v != "" {
		if err := child(strings.Split(v, "\n")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child issues one paper and stops for ever at a seam, having said so.
func child(args []string) error {
	file, dsn, prefix, id, seam := args[0], args[1], args[2], args[3], args[4]
	ctx := context.Background()
	a, err := open(ctx, file, dsn, prefix)
	if err != nil {
		return err
	}
	by, err := a.actor(ctx, "zhang")
	if err != nil {
		return err
	}
	a.between = func(s string) {
		if s == seam {
			fmt.Println("here")
			time.Sleep(time.Hour)
		}
	}
	n, err := strconv.ParseUint(id, 10, 63)
	if err != nil {
		return err
	}
	_, err = a.issue(ctx, n, by)
	return fmt.Errorf("the seam %q was never reached: %w", seam, err)
}

// TestTogether: the process is killed between the OA's row, the disclosure record
// and the COMMIT; row and record are both there or neither, and the form sent
// again is carried out once.
func TestTogether(t *testing.T) {
	const times = 20
	prefix := fmt.Sprintf("g%d_gk_", os.Getpid())
	file := filepath.Join(t.TempDir(), "oa.db")
	for name, where := range map[string][3]string{"SQLite": {file, "", "gk_"}, "PostgreSQL": {"", postgres(), prefix}} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			a, err := open(ctx, where[0], where[1], where[2])
			require.NoError(t, err, "%s does not answer; start it, or name another in GONGKAI_POSTGRES_DSN", name)
			t.Cleanup(func() {
				if where[1] != "" {
					drop(t, a, strings.TrimSuffix(prefix, "gk_"))
				}
				a.close()
			})
			by, err := a.actor(ctx, "zhang")
			require.NoError(t, err)
			for _, seam := range []string{"after the row", "after the record", "before the commit", "after the commit"} {
				t.Run(seam, func(t *testing.T) {
					for range times {
						p := paper{Title: "关于补助资金的通知", Body: body, Author: "zhang", Status: "draft"}
						require.NoError(t, a.db.Create(&p).Error)
						kill(t, where[0], where[1], where[2], strconv.FormatUint(p.ID, 10), seam)
						issued := seam == "after the commit"
						a.together(t, p.ID, issued)
						again, err := a.issue(ctx, p.ID, by)
						require.NoError(t, err, "the form sent again")
						require.Equal(t, "issued", again.Status)
						a.together(t, p.ID, true)
					}
				})
			}
		})
	}
}

// kill runs a child to the seam and kills it there.
func kill(t *testing.T, args ...string) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "GINOA_CHILD="+strings.Join(args, "\n"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	said := bufio.NewScanner(out)
	require.True(t, said.Scan(), "the child ended before the seam")
	require.Equal(t, "here", said.Text())
	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait())
}

// together demands that the OA's row and the records agree.
func (a *oa) together(t *testing.T, id uint64, issued bool) {
	t.Helper()
	ctx := context.Background()
	var p paper
	require.NoError(t, a.db.First(&p, id).Error)
	_, err := a.store.Append(ctx, disclosure.Batch{Tenant: "chuxiong", Key: fmt.Sprintf("paper-%d-register", id)})
	if !issued {
		require.Equal(t, "draft", p.Status)
		require.Empty(t, p.Case)
		require.ErrorIs(t, err, disclosure.ErrNotFound, "a record without its row")
		return
	}
	require.NoError(t, err, "a row without its record")
	require.Equal(t, "issued", p.Status)
	c, err := a.office.Case(ctx, disclosure.CaseID(p.Case))
	require.NoError(t, err)
	require.Len(t, c.Parts, 1, "the text is attached once")
	text, err := a.office.Text(ctx, c.ID, c.Parts[0].ID)
	require.NoError(t, err, "the document committed with its record")
	require.Equal(t, body, string(text))
	faults, err := a.office.Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, faults)
}

func drop(t *testing.T, a *oa, prefix string) {
	var names []string
	require.NoError(t, a.db.Raw("SELECT tablename FROM pg_tables WHERE tablename LIKE ?", prefix+"%").Scan(&names).Error)
	require.NotEmpty(t, names)
	for _, n := range names {
		require.NoError(t, a.db.Exec("DROP TABLE "+n).Error)
	}
}

func TestPages(t *testing.T) {
	a, err := open(context.Background(), filepath.Join(t.TempDir(), "oa.db"), "", "gk_")
	require.NoError(t, err)
	defer a.close()
	r := a.routes()
	send := func(who, method, path, form string, want int) map[string]any {
		t.Helper()
		req := httptest.NewRequest(method, path, strings.NewReader(form))
		req.Header.Set("X-User", who)
		w := httptest.NewRecorder()
		r.ServeHTTP(w, req)
		require.Equal(t, want, w.Code, w.Body.String())
		var answer map[string]any
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer))
		return answer
	}
	form, err := json.Marshal(map[string]string{"title": "关于补助资金的通知'; DROP TABLE oa_papers; --", "body": body})
	require.NoError(t, err)
	send("nobody", "POST", "/papers", string(form), http.StatusForbidden)
	send("zhang", "POST", "/papers", "{}", http.StatusBadRequest)
	send("zhang", "POST", "/papers", string(form), http.StatusCreated)
	send("zhang", "GET", "/papers/99", "", http.StatusNotFound)
	send("zhang", "GET", "/papers/x", "", http.StatusNotFound)
	send("zhang", "POST", "/papers/x/issue", "", http.StatusNotFound)
	draft := send("zhang", "GET", "/papers/1", "", http.StatusOK)
	require.NotContains(t, draft, "stage")
	first := send("zhang", "POST", "/papers/1/issue", "", http.StatusOK)
	again := send("zhang", "POST", "/papers/1/issue", "", http.StatusOK)
	require.Equal(t, first, again, "pressed twice, done once")
	issued := send("zhang", "GET", "/papers/1", "", http.StatusOK)
	require.NotEmpty(t, issued["stage"])
	require.NotEmpty(t, issued["may"])
	refused := send("zhao", "POST", "/papers", string(form), http.StatusCreated)
	other := send("zhao", "POST", fmt.Sprintf("/papers/%v/issue", refused["id"]), "", http.StatusUnprocessableEntity)
	require.NotEmpty(t, other["error"], "whoever may not register a document is told why")
	send("zhang", "GET", "/due", "", http.StatusOK)
}
