// Duedate tells the last day of a time limit as an office writes it, and why.
//
//	go run ./examples/duedate -from 2026-09-25 "自收到申请之日起20个工作日内"
//	go run ./examples/duedate -from 2027-01-11 -project "20个工作日内"
//	go run ./examples/duedate -from 2027-01-11 -notice notice2027.txt "20个工作日内"
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/opengongkai/gongkai/deadline"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("duedate", flag.ContinueOnError)
	fs.SetOutput(out)
	from := fs.String("from", "", "起算的日子，如 2026-09-25；按小时的期限写时刻，如 2026-09-25T22:30")
	notice := fs.String("notice", "", "放假安排通知的文本文件，使该年的日子确定")
	project := fs.Bool("project", false, "没有通知的年份按法定假日推定一个日子")
	fs.Usage = func() {
		fmt.Fprintln(out, `用法：duedate -from 日期 [-notice 文件] [-project] "期限"`)
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() == 0 {
		fs.Usage()
		return flag.ErrHelp
	}
	limit, perr := deadline.ParseLimit(strings.Join(fs.Args(), " "))
	if limit.IsZero() {
		return fmt.Errorf("没有读懂这个期限：%w", perr)
	}
	cal, err := calendar(*notice, *project)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "读作：", limit)
	if perr != nil {
		fmt.Fprintln(out, "其中没有读懂的：", perr)
	}
	for i, c := range limit.Clauses() {
		if i > 0 {
			fmt.Fprintln(out)
		}
		if limit.Kind == deadline.LimitCompound {
			fmt.Fprintf(out, "（%d）%s\n", i+1, c)
		}
		if err := one(out, c, cal, *from); err != nil {
			return err
		}
	}
	return nil
}

func calendar(notice string, project bool) (*deadline.Calendar, error) {
	cal := deadline.China()
	if notice != "" {
		text, err := os.ReadFile(notice)
		if err != nil {
			return nil, err
		}
		a, err := deadline.ParseArrangement(string(text))
		if err != nil {
			return nil, err
		}
		if cal, err = cal.With(a); err != nil {
			return nil, err
		}
	}
	if project {
		cal = cal.Projected()
	}
	return cal, nil
}

// one prints what one limit comes to.
func one(out io.Writer, l deadline.Limit, cal *deadline.Calendar, from string) error {
	if l.Unit == deadline.UnitHour || l.Unit == deadline.UnitMinute {
		at, err := time.ParseInLocation("2006-01-02T15:04", from, time.FixedZone("UTC+8", 8*3600))
		if err != nil {
			return fmt.Errorf("按小时的期限要写明起算的时刻，如 -from 2026-09-25T22:30：%w", err)
		}
		end, err := l.DueAt(at)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "最迟：", end.Format("2006年1月2日15时04分"), "（自起算的时刻连续计算，节假日不扣除）")
		return nil
	}
	start, err := deadline.ParseDate(from)
	if err != nil {
		return fmt.Errorf("-from：%w", err)
	}
	d, err := l.Due(cal, start)
	switch {
	case errors.Is(err, deadline.ErrNoDate):
		fmt.Fprintln(out, "这样的期限没有日子：", err)
		return nil
	case errors.Is(err, deadline.ErrUnsettled):
		fmt.Fprintln(out, "尚不能确定：", err)
		fmt.Fprintf(out, "不早于%s、不晚于%s；安排工作以%s为准。\n", d.Bound[0].Chinese(), d.Bound[1].Chinese(), d.Safe().Chinese())
	case err != nil:
		return err
	case l.Kind == deadline.LimitAtLeast:
		fmt.Fprintln(out, "最早届满：", d.From.Chinese())
	default:
		fmt.Fprintln(out, "最后一日：", d.Date.Chinese())
	}
	fmt.Fprint(out, d.Explain())
	return nil
}
