package report

import (
	"bufio"
	"html"
	"strings"
)

// page writes HTML in which every element that is begun is ended, and every
// text is escaped. What is given as a name or a class is the program's own
// word; no value goes into any other attribute.
//
// html/template would do so too; but a program with a template in it keeps
// every method of every client of AWS, since the linker cannot know which of
// them a template calls.
type page struct{ w *bufio.Writer }

// text writes a text as it is read.
func (p page) text(s string) { p.raw(html.EscapeString(s)) }

// raw writes what is HTML already: the program's own words alone.
func (p page) raw(s string) { _, _ = p.w.WriteString(s) } // the writer keeps the error until it is flushed

// in writes an element of a class, "" for none, around what inner writes.
func (p page) in(name, class string, inner func()) {
	p.raw("<" + name)
	if class != "" {
		p.raw(` class="` + html.EscapeString(class) + `"`)
	}
	p.raw(">")
	inner()
	p.raw("</" + name + ">")
	switch name {
	case "span", "small", "code", "td", "th":
	default:
		p.raw("\n")
	}
}

// leaf writes an element with a text in it.
func (p page) leaf(name, class, text string) { p.in(name, class, func() { p.text(text) }) }

// filled writes an element where there is a text for it.
func (p page) filled(name, class, text string) {
	if text != "" {
		p.leaf(name, class, text)
	}
}

// list writes the items of an ol or ul, where there are any.
func (p page) list(name string, items []string) {
	if len(items) == 0 {
		return
	}
	p.in(name, "", func() {
		for _, i := range items {
			p.leaf("li", "", i)
		}
	})
}

// details writes what is opened by a click.
func (p page) details(summary, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p.in("details", "", func() {
		p.leaf("summary", "", summary)
		p.leaf("pre", "", text)
	})
}

// table writes a table's head and what rows writes.
func (p page) table(class string, head []string, rows func()) {
	p.in("table", class, func() {
		p.in("thead", "", func() {
			p.in("tr", "", func() {
				for _, h := range head {
					p.leaf("th", "", h)
				}
			})
		})
		p.in("tbody", "", rows)
	})
}
