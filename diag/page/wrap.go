package page

import (
	"regexp"
	"strings"
)

// width is how wide pages are set: whole lines on a terminal of 80 columns.
const width = 78

// wrap sets a paragraph to the page's width, each line behind indent. Line
// ends in s stay.
func wrap(s, indent string) string {
	var out []string
	for para := range strings.SplitSeq(s, "\n") {
		out = append(out, indent+strings.Join(lines(para, width-len(indent)), "\n"+indent))
	}
	return strings.Join(out, "\n")
}

// wrapAfter sets a text that begins in a column; further lines begin there.
func wrapAfter(s string, column int) string {
	return strings.Join(lines(s, width-column), "\n"+strings.Repeat(" ", column))
}

// marked is what stands before the text of an item of a list.
var marked = regexp.MustCompile(`^ *(?:[0-9]+\.|[-*•]) +`)

// body sets a topic: paragraphs and the items of its lists to the page's
// width; commands and tables, which are indented, stay whole to be copied.
func body(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		mark := marked.FindString(line)
		if mark == "" && strings.HasPrefix(line, " ") {
			out = append(out, line)
			continue
		}
		out = append(out, mark+wrapAfter(line[len(mark):], len([]rune(mark))))
	}
	return strings.Join(out, "\n")
}

func lines(s string, most int) []string {
	var out []string
	line := ""
	for w := range strings.FieldsSeq(s) {
		if line != "" && len([]rune(line))+1+len([]rune(w)) > most {
			out = append(out, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	if line != "" || len(out) == 0 {
		out = append(out, line)
	}
	return out
}
