package cli

import (
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// helpWidth is how many columns help has: those of the narrowest terminal
// that people still open.
const helpWidth = 80

// narrow lays a command's help out for a terminal of helpWidth columns, when it
// is asked for: few starts of the program show any.
func narrow(show func(*cobra.Command, []string)) func(*cobra.Command, []string) {
	return func(c *cobra.Command, args []string) {
		c.Long = reflow(c.Long, helpWidth)
		show(c, args)
	}
}

// reflow breaks the paragraphs of a text at width. Lines that are indented stay
// as they are.
func reflow(text string, width int) string {
	var out []string
	room := 0 // columns left in the last line; 0 begins a new one
	for l := range strings.SplitSeq(text, "\n") {
		if l == "" || l[0] == ' ' || l[0] == '\t' {
			out, room = append(out, l), 0
			continue
		}
		for word := range strings.FieldsSeq(l) {
			n := utf8.RuneCountInString(word)
			if room > n {
				out[len(out)-1] += " " + word
				room -= n + 1
				continue
			}
			out, room = append(out, word), max(0, width-n)
		}
	}
	return strings.Join(out, "\n")
}
