package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	lite "github.com/libtnb/sqlite"
	pg "gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
	"github.com/opengongkai/gongkai/workflow"
)

// user is a row of the OA's own.
type user struct {
	ID   string `gorm:"primaryKey"`
	Name string
	Unit string
	Role string
}

// paper is a row of the OA's own. Case is all that it knows of disclosure.
type paper struct {
	ID     uint64 `gorm:"primaryKey" json:"id"`
	Title  string `json:"title"`
	Body   string `json:"body"`
	Author string `json:"author"`
	Status string `json:"status"` // draft, issued
	Case   string `json:"case"`   // id of the disclosure case, "" before the paper is issued
}

// oa is the system: its database, and the disclosure office in the same one.
type oa struct {
	db     *gorm.DB
	store  *sqlstore.Store
	office *disclosure.Office
	close  func()

	// between is called at the seams of issue, so that a test can end the
	// process there.
	between func(seam string)
}

// open opens the database, or lays it out, with tables of the given prefix.
func open(ctx context.Context, file, postgres, prefix string) (*oa, error) {
	a := &oa{close: func() {}, between: func(string) {}}
	settings := &gorm.Config{Logger: logger.Discard, NamingStrategy: schema.NamingStrategy{TablePrefix: strings.TrimSuffix(prefix, "gk_") + "oa_"}}
	var err error
	if postgres == "" {
		// The store opens the file with its settings; gorm works on its writing
		// connection, so that one transaction holds both.
		file, err := sqlite.Open(file)
		if err != nil {
			return nil, err
		}
		a.store, a.close = file.Store, func() { file.Close() }
		a.db, err = gorm.Open(&lite.Dialector{Conn: file.DB()}, settings)
		if err != nil {
			return nil, err
		}
	} else {
		if a.db, err = gorm.Open(pg.Open(postgres), settings); err != nil {
			return nil, err
		}
		var pool *sql.DB
		if pool, err = a.db.DB(); err != nil {
			return nil, err
		}
		a.close = func() { pool.Close() }
		if a.store, err = sqlstore.New(pool, sqlstore.PostgreSQL, &sqlstore.Options{Prefix: prefix}); err != nil {
			return nil, err
		}
		if err = errors.Join(a.store.Migrate(ctx), a.store.Check(ctx)); err != nil {
			return nil, err
		}
	}
	if err := a.db.AutoMigrate(&user{}, &paper{}); err != nil {
		return nil, err
	}
	for _, u := range []user{
		{"zhang", "张起草", "projects", "drafter"}, {"li", "李科长", "projects", "section-head"},
		{"wang", "王主任", "office", "office"}, {"zhao", "赵局长", "leadership", "leader"},
	} {
		if err := a.db.Save(&u).Error; err != nil {
			return nil, err
		}
	}
	p, err := profile.Load("chuxiong")
	if err != nil {
		return nil, err
	}
	a.office, err = disclosure.Open(disclosure.Config{Tenant: "chuxiong", Profile: p, Store: a.store})
	return a, err
}

// actor is the OA's user as the disclosure office sees one.
func (a *oa) actor(ctx context.Context, id string) (workflow.Actor, error) {
	var u user
	if err := a.db.WithContext(ctx).First(&u, "id = ?", id).Error; err != nil {
		return workflow.Actor{}, fmt.Errorf("%w: user %q", errForbidden, id)
	}
	return workflow.Actor{ID: u.ID, Unit: workflow.Unit(u.Unit), Roles: []workflow.Role{workflow.Role(u.Role)}}, nil
}

var (
	errForbidden = errors.New("not allowed")
	errState     = errors.New("the paper is not a draft")
)

// issue marks the paper as issued and opens its disclosure case with the text
// attached, all in one transaction. Sent twice, it is done once. A conflict means
// that somebody else was faster: everything begins again on what is there now.
func (a *oa) issue(ctx context.Context, id uint64, by workflow.Actor) (p paper, err error) {
	for range 5 {
		if p, err = a.issueOnce(ctx, id, by); !errors.Is(err, disclosure.ErrConflict) {
			return p, err
		}
	}
	return p, err
}

func (a *oa) issueOnce(ctx context.Context, id uint64, by workflow.Actor) (p paper, err error) {
	tx := a.db.WithContext(ctx).Begin()
	if tx.Error != nil {
		return p, sqlstore.Classify(tx.Error)
	}
	defer tx.Rollback() // after a COMMIT it does nothing
	if err := tx.First(&p, id).Error; err != nil {
		return p, err
	}
	if p.Status == "issued" {
		return p, nil
	}
	// The OA's own row, by its own means.
	written := tx.Model(&paper{}).Where("id = ? AND status = ?", id, "draft").Update("status", "issued")
	if written.Error != nil {
		return p, sqlstore.Classify(written.Error)
	}
	if written.RowsAffected != 1 {
		return p, errState
	}
	a.between("after the row")

	// The disclosure record, in the same transaction.
	office := a.office.In(a.store.Join(tx.Statement.ConnPool))
	form := fmt.Sprint("paper-", id)
	opened, err := office.Do(ctx, disclosure.Act{Key: form + "-register", Actor: by,
		Command: disclosure.Register{Kind: "document", Unit: by.Unit, Title: p.Title}})
	if err != nil {
		return p, err
	}
	if _, err := office.Do(ctx, disclosure.Act{Key: form + "-text", Actor: by, Case: opened.Case,
		Command: disclosure.Attach{Texts: []disclosure.Text{{Name: "正文.txt", Bytes: []byte(p.Body)}}}}); err != nil {
		return p, err
	}
	a.between("after the record")
	p.Status, p.Case = "issued", string(opened.Case)
	if err := tx.Model(&paper{}).Where("id = ?", id).Update("case", p.Case).Error; err != nil {
		return p, sqlstore.Classify(err)
	}
	a.between("before the commit")
	if err := sqlstore.Classify(tx.Commit().Error); err != nil {
		return p, err
	}
	a.between("after the commit")
	return p, nil
}
