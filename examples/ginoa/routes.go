package main

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"
	"gorm.io/gorm"

	"github.com/opengongkai/gongkai/disclosure"
)

func (a *oa) routes() *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery())

	r.POST("/papers", a.handle(func(c *gin.Context) (int, any, error) {
		by, err := a.actor(c, c.GetHeader("X-User"))
		if err != nil {
			return 0, nil, err
		}
		var form struct {
			Title string `json:"title" binding:"required"`
			Body  string `json:"body" binding:"required"`
		}
		if err := c.ShouldBindJSON(&form); err != nil {
			return 0, nil, errors.Join(disclosure.ErrInvalid, err)
		}
		p := paper{Title: form.Title, Body: form.Body, Author: by.ID, Status: "draft"}
		return http.StatusCreated, &p, a.db.WithContext(c).Create(&p).Error
	}))

	r.POST("/papers/:id/issue", a.handle(func(c *gin.Context) (int, any, error) {
		by, err := a.actor(c, c.GetHeader("X-User"))
		if err != nil {
			return 0, nil, err
		}
		id, err := strconv.ParseUint(c.Param("id"), 10, 63)
		if err != nil {
			return 0, nil, gorm.ErrRecordNotFound
		}
		p, err := a.issue(c, id, by)
		return http.StatusOK, p, err
	}))

	r.GET("/papers/:id", a.handle(func(c *gin.Context) (int, any, error) {
		by, err := a.actor(c, c.GetHeader("X-User"))
		if err != nil {
			return 0, nil, err
		}
		id, err := strconv.ParseUint(c.Param("id"), 10, 63)
		if err != nil {
			return 0, nil, gorm.ErrRecordNotFound
		}
		var p paper
		if err := a.db.WithContext(c).First(&p, id).Error; err != nil {
			return 0, nil, err
		}
		page := gin.H{"paper": p}
		if p.Case != "" { // what the disclosure office knows of it, and what this user may do next
			matter, err := a.office.Case(c, disclosure.CaseID(p.Case))
			if err != nil {
				return 0, nil, err
			}
			may, err := a.office.Permitted(c, matter.ID, by)
			if err != nil {
				return 0, nil, err
			}
			page["stage"], page["may"] = matter.Stage, may
		}
		return http.StatusOK, page, nil
	}))

	r.GET("/due", a.handle(func(c *gin.Context) (int, any, error) {
		due, err := a.office.Due(c, disclosure.DueQuery{})
		return http.StatusOK, due, err
	}))
	return r
}

// handle answers with JSON, and gives an error its status and the words of the
// rule that was broken.
func (a *oa) handle(f func(*gin.Context) (int, any, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		code, answer, err := f(c)
		switch {
		case err == nil:
			c.JSON(code, answer)
			return
		case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, disclosure.ErrNotFound):
			code = http.StatusNotFound
		case errors.Is(err, errForbidden):
			code = http.StatusForbidden
		case errors.Is(err, disclosure.ErrInvalid):
			code = http.StatusBadRequest
		case errors.Is(err, disclosure.ErrConflict), errors.Is(err, disclosure.ErrKeyReused), errors.Is(err, errState):
			code = http.StatusConflict
		case errors.Is(err, disclosure.ErrUnavailable), errors.Is(err, disclosure.ErrUnknown):
			code = http.StatusServiceUnavailable // the form may be sent again: its key makes it count once
		default:
			code = http.StatusUnprocessableEntity
		}
		c.JSON(code, gin.H{"error": a.office.Profile().Say(err, language.SimplifiedChinese)})
	}
}
