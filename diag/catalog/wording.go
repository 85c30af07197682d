package catalog

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// maxQuote is how many characters of a value a sentence quotes; the exhibits
// carry all of it.
const maxQuote = 72

// quote sets a value of the evidence in quotation marks, cut in the middle
// where it is long. What is odd in it is for the views to show.
func quote(s string) string {
	if s == "" {
		return "an empty value"
	}
	return "“" + clip(s) + "”"
}

// quoted sets every value in quotation marks.
func quoted(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = quote(v)
	}
	return out
}

func clip(s string) string {
	if utf8.RuneCountInString(s) <= maxQuote {
		return s
	}
	r := []rune(s)
	return string(r[:maxQuote-24]) + "…" + string(r[len(r)-23:])
}

// list joins words as a sentence does, and cuts off after six of them.
func list(words []string) string {
	const most = 6
	if n := len(words) - most; n > 1 {
		words = append(words[:most:most], fmt.Sprintf("%d more", n))
	}
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// behind writes what is there behind a sign or word, and nothing where it is
// empty.
func behind(sign, s string) string {
	if s == "" {
		return ""
	}
	return sign + s
}

// count writes a number of things.
func count(n int, one, many string) string {
	if n == 1 {
		return "one " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// span writes a duration with its two largest units, without sign.
func span(d time.Duration) string {
	d = d.Abs().Round(time.Second)
	units := []struct {
		of   time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}}
	var out []string
	for _, u := range units {
		n := d / u.of
		d -= n * u.of
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, u.name))
		} else if len(out) > 0 {
			break
		}
		if len(out) == 2 {
			break
		}
	}
	if len(out) == 0 {
		return "0 s"
	}
	return strings.Join(out, " ")
}

// stamp writes an instant as reports do.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

// character describes one character for a sentence.
func character(r rune) string {
	switch {
	case r == ' ':
		return "a space"
	case r == '\t':
		return "a tab"
	case r == '\n' || r == '\r':
		return "a line break"
	case r == '\u00a0':
		return "a no-break space (U+00A0)"
	case r == utf8.RuneError:
		return "a byte that is not UTF-8"
	case unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r):
		return fmt.Sprintf("“%c” (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// edges says what white space or invisible character stands at which end of a
// value; "" where none does.
func edges(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	front, back := s != "" && blank(first), s != "" && blank(last)
	switch {
	case front && back:
		return "begins with " + character(first) + " and ends with " + character(last)
	case front:
		return "begins with " + character(first)
	case back:
		return "ends with " + character(last)
	}
	return ""
}

// blank reports whether a character shows nothing: white space of any script,
// and the zero-width and directional marks that stray into copied text.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// strip removes blank characters around a value.
func strip(s string) string { return strings.TrimFunc(s, blank) }

// shown is an exhibit of a text of the evidence.
func shown(what string, t evidence.Text, want string) rule.Exhibit {
	return rule.Exhibit{What: what, At: t.At, Saw: t.Value, Want: want}
}

// one is the findings of a rule that found one thing.
func one(f rule.Finding) []rule.Finding { return []rule.Finding{f} }
