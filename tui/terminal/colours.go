package terminal

import (
	"strconv"
	"strings"

	"github.com/muesli/termenv"
)

// Profile tells how many colours a terminal has, by its environment alone:
// NO_COLOR and COLORTERM, else the name in TERM.
func Profile(env func(string) string) termenv.Profile {
	term := env("TERM")
	switch {
	case env("NO_COLOR") != "" || term == "dumb" || term == "":
		return termenv.Ascii
	case env("COLORTERM") == "truecolor" || env("COLORTERM") == "24bit",
		env("WT_SESSION") != "",
		strings.HasSuffix(term, "-direct"), strings.Contains(term, "kitty"), strings.Contains(term, "ghostty"), strings.Contains(term, "alacritty"), strings.Contains(term, "wezterm"), strings.Contains(term, "foot"):
		return termenv.TrueColor
	case strings.Contains(term, "256color"):
		return termenv.ANSI256
	}
	return termenv.ANSI
}

// UTF8 reports whether the locale is one in which other than ASCII characters
// can be drawn. Without any setting it is taken to be.
func UTF8(env func(string) string) bool {
	for _, k := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := env(k); v != "" {
			v = strings.ToLower(v)
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return env("TERM") != "linux"
}

// Background tells by COLORFGBG, which rxvt, Konsole and others set, whether
// the paper is "light" or "dark"; "" where it does not tell.
func Background(env func(string) string) string {
	v := env("COLORFGBG")
	i := strings.LastIndexByte(v, ';')
	if i < 0 {
		return ""
	}
	n, err := strconv.Atoi(v[i+1:])
	switch {
	case err != nil:
		return ""
	case n == 7 || n >= 9 && n <= 15:
		return "light"
	}
	return "dark"
}
