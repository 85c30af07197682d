package style

import (
	"math"
	"strconv"
	"testing"

	"github.com/muesli/termenv"
)

// luminance is WCAG's relative luminance of an "#rrggbb".
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatalf("%q: %v", hex, err)
	}
	part := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.03928 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

// TestTextIsReadOnItsPaper holds every ink of every back to a contrast that
// can be read: the themes for a known paper on such paper, the one for unknown
// paper on black and on white, and all of them, where the row has a back of
// our own, whatever the paper is.
func TestTextIsReadOnItsPaper(t *testing.T) {
	const black, dark, white, cream = "#000000", "#1e1e2e", "#ffffff", "#fdf6e3"
	for name, papers := range map[string][]string{"dark": {black, dark}, "light": {white, cream}, Either: {black, dark, white}} {
		p := named(name)
		for b, back := range p.backs {
			for i, ink := range p.inks {
				fg, bg := ink.fg, ink.bg
				if fg == "" {
					fg = back.fg
				}
				if bg == "" {
					bg = back.bg
				}
				if ink.attr&reverse != 0 || Ink(i) == Edge {
					continue // the terminal's own pair; what may be overlooked
				}
				on := papers
				if bg != "" {
					on = []string{bg}
					if fg == "" {
						t.Errorf("%s: ink %d on back %d has the terminal's text on a paper that is not", name, i, b)
						continue
					}
				}
				if fg == "" {
					continue // the terminal's own pair
				}
				for _, paper := range on {
					x, y := luminance(t, fg)+0.05, luminance(t, paper)+0.05
					if r := max(x, y) / min(x, y); r < 3.2 {
						t.Errorf("%s: ink %d (%s) on back %d (%s): contrast %.1f", name, i, fg, b, paper, r)
					}
				}
			}
		}
	}
}

// TestUnknownNamesAndPaperGetTheThemeForAny keeps a wrong guess legible.
func TestUnknownNamesAndPaperGetTheThemeForAny(t *testing.T) {
	for _, n := range []string{"", "no such theme"} {
		if th := For(Options{Name: n, Profile: termenv.TrueColor}); th.Name != Either {
			t.Errorf("%q: %s", n, th.Name)
		}
	}
}
