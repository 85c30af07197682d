package style

import (
	"strings"

	"github.com/muesli/termenv"
)

// A Theme is the look of a program on one terminal. It is made once and never
// changes, so programs and tests beside each other do not share any state.
type Theme struct {
	// Name is the palette's name, as --theme takes it.
	Name string
	// on has the bytes that begin an ink on a back; "" for the terminal's
	// own.
	on    [backs][inks]string
	ascii bool
}

// Options choose a theme.
type Options struct {
	// Name is one of Names; "" means [Either].
	Name string
	// Profile is how many colours the terminal has.
	Profile termenv.Profile
	// ASCII draws with ASCII characters alone, for terminals that are not
	// set to UTF-8.
	ASCII bool
}

// Names are the palettes' names.
func Names() []string {
	out := make([]string, len(palettes))
	for i, p := range palettes {
		out[i] = p.name
	}
	return out
}

// For returns the theme that o asks for. A terminal without colours gets
// bold, underline and reverse instead, and the palette plain not even those.
func For(o Options) *Theme {
	p := named(Either)
	if o.Name != "" {
		p = named(o.Name)
	}
	if o.Profile == termenv.Ascii && p.name != "plain" {
		p = mono
	}
	t := &Theme{Name: p.name, ascii: o.ASCII}
	for b := range backs {
		for i := range inks {
			t.on[b][i] = sequence(o.Profile, p.inks[i], p.backs[b])
		}
	}
	return t
}

// Bare is the theme that writes text alone: for tests, and for saving.
func Bare() *Theme { return For(Options{Name: "plain"}) }

// sequence returns the bytes that begin a look on a back.
func sequence(profile termenv.Profile, l, back look) string {
	if l.bg == "" {
		l.bg = back.bg
	}
	if l.fg == "" {
		l.fg = back.fg
	}
	l.attr |= back.attr
	if back.attr&reverse != 0 && !l.flat {
		l.fg = back.fg // or a reversed row would be as many colours as it has inks
	}
	if l.flat { // reversed text on a reversed row would vanish into it
		l.attr &^= back.attr & reverse
	}
	var codes []string
	for _, a := range []struct {
		bit  attr
		code string
	}{{bold, "1"}, {faint, "2"}, {italic, "3"}, {underline, "4"}, {reverse, "7"}} {
		if l.attr&a.bit != 0 {
			codes = append(codes, a.code)
		}
	}
	for _, c := range []struct {
		colour string
		bg     bool
	}{{l.fg, false}, {l.bg, true}} {
		if c.colour == "" || profile == termenv.Ascii {
			continue
		}
		if col := profile.Color(c.colour); col != nil {
			if s := col.Sequence(c.bg); s != "" {
				codes = append(codes, s)
			}
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}
