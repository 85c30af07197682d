package pane

import (
	"fmt"
	"strconv"
	"time"
)

// Number writes n with commas between the thousands.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Span writes a length of time in at most two units: "4s", "12m", "3h 05m",
// "2d 4h".
func Span(d time.Duration) string {
	if d < 0 {
		return "-" + Span(-d)
	}
	s := int64(d.Round(time.Second) / time.Second)
	switch {
	case d < time.Second:
		return fmt.Sprintf("%dms", d.Milliseconds())
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 600 && s%60 != 0:
		return fmt.Sprintf("%dm %02ds", s/60, s%60)
	case s < 3600:
		return fmt.Sprintf("%dm", s/60)
	case s < 86400 && s/60%60 != 0:
		return fmt.Sprintf("%dh %02dm", s/3600, s/60%60)
	case s < 86400:
		return fmt.Sprintf("%dh", s/3600)
	case s/3600%24 != 0:
		return fmt.Sprintf("%dd %dh", s/86400, s/3600%24)
	}
	return fmt.Sprintf("%dd", s/86400)
}

// Short writes an instant where the day is told elsewhere, or as the day
// where it is another one.
func Short(t, day time.Time) string {
	t, day = t.UTC(), day.UTC()
	switch {
	case t.IsZero():
		return "unknown"
	case t.YearDay() == day.YearDay() && t.Year() == day.Year():
		return t.Format("15:04:05")
	case t.Year() == day.Year():
		return t.Format("01-02 15:04")
	}
	return t.Format("2006-01-02")
}
