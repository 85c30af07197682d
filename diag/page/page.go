// Package page writes the pages that explain: of a rule, of an error text, of
// a topic. They are made of the tables that drive the diagnosis and need
// neither a capture nor a network.
package page

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/symptom"
	"example.com/samlens/diag/topic"
	"example.com/samlens/diag/visible"
)

// Of returns the page about a query: a rule's ID, a topic's name or question,
// or a pasted error text. It reports false where nothing is known of it.
func Of(query string) (string, bool) {
	query = strings.TrimSpace(query)
	if r := ruleOf(query); r != nil {
		return Rule(r), true
	}
	if t, ok := topic.Named(query); ok {
		return Topic(t), true
	}
	if hits := symptom.Match(query); len(hits) > 0 {
		return Symptoms(hits), true
	}
	if hits := pieces(query); len(hits) > 0 {
		return Symptoms(hits), true
	}
	if ts := topic.Find(query); len(ts) > 0 {
		var out strings.Builder
		out.WriteString(Topic(ts[0]))
		if len(ts) > 1 {
			out.WriteString("\nSee also:\n")
			for _, t := range ts[1:] {
				out.WriteString(fmt.Sprintf("  samlens explain %-24s %s\n", t.ID, t.Title))
			}
		}
		return out.String(), true
	}
	return "", false
}

func ruleOf(id string) *rule.Rule {
	for _, r := range catalog.All() {
		if strings.EqualFold(r.ID, id) {
			return r
		}
	}
	return nil
}

// List is the contents: rules by hop, error texts, topics.
func List() string {
	var b strings.Builder
	b.WriteString("Rules (samlens explain RULE)\n")
	hop := ""
	for _, r := range catalog.All() {
		if h := r.Hop.String(); h != hop {
			hop = h
			fmt.Fprintf(&b, "\n  %s\n", hop)
		}
		fmt.Fprintf(&b, "    %-30s %-8s %s\n", r.ID, r.Severity, r.Title)
	}
	b.WriteString("\nTopics (samlens explain TOPIC)\n\n")
	for _, t := range topic.All() {
		fmt.Fprintf(&b, "    %-30s %s\n", t.ID, t.Title)
	}
	b.WriteString("\nError texts (samlens explain \"the text\", however much of it there is)\n\n")
	for _, e := range symptom.All() {
		fmt.Fprintf(&b, "    %s\n", e.Text)
	}
	return b.String()
}

// Rule is a rule's page.
func Rule(r *rule.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", r.ID, r.Title)
	fmt.Fprintf(&b, "Severity  %s\n", wrapAfter(fmt.Sprintf("%s, at the hop %q%s", r.Severity, r.Hop.String(), only(r)), 10))
	if needs := wants(r.Needs); needs != "" {
		fmt.Fprintf(&b, "Needs     %s\n", wrapAfter(needs, 10))
	}
	b.WriteString("\n" + wrap(r.Why, "") + "\n")
	if r.Inferred != "" {
		b.WriteString("\n" + wrap("Not documented: "+r.Inferred, "") + "\n")
	}
	if len(r.Explains) > 0 {
		b.WriteString("\nAWS's words for it:\n")
		for _, id := range r.Explains {
			if e, ok := symptom.Get(id); ok {
				mark := " "
				if id == r.Predicts {
					mark = "→"
				}
				fmt.Fprintf(&b, "  %s %s\n", mark, wrapAfter("“"+e.Text+"”", 4))
			}
		}
	}
	if len(r.Eclipses) > 0 {
		b.WriteString("\n" + wrap("What follows from it and is folded under it: "+strings.Join(r.Eclipses, ", "), "") + "\n")
	}
	for _, t := range topic.Of(r.ID) {
		fmt.Fprintf(&b, "\nSee also  samlens explain %s\n          %s", t.ID, wrapAfter(t.Title, 10))
	}
	b.WriteString("\n\nSources\n")
	for _, ref := range r.Refs {
		b.WriteString("  " + ref + "\n")
	}
	return b.String()
}

func only(r *rule.Rule) string {
	if r.Connect {
		return ", only where the sign-in is meant for Amazon Connect"
	}
	return ""
}

func wants(n evidence.Need) string {
	var out []string
	for _, w := range evidence.Wants() {
		if n&w.Need == 0 {
			continue
		}
		s := w.Name
		if w.Flag != "" {
			s += " (" + w.Flag + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// Topic is a topic's page.
func Topic(t topic.Topic) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", t.Title, body(strings.TrimRight(t.Body, "\n")))
	if len(t.Rules) > 0 {
		b.WriteString("\nRules\n")
		for _, id := range t.Rules {
			if r := ruleOf(id); r != nil {
				fmt.Fprintf(&b, "  %-30s %s\n", r.ID, r.Title)
			}
		}
	}
	if len(t.Sources) > 0 {
		b.WriteString("\nSources\n")
		for _, s := range t.Sources {
			b.WriteString("  " + s + "\n")
		}
	}
	return b.String()
}

// Symptoms is the page about a pasted error text: what it can be, likeliest
// first.
func Symptoms(hits []symptom.Hit) string {
	var b strings.Builder
	b.WriteString(Symptom(hits[0]))
	if len(hits) > 1 {
		b.WriteString("\nIt can also be:\n")
		for _, h := range hits[1:min(len(hits), 4)] {
			b.WriteString(wrap("“"+h.Entry.Text+"” ("+h.Entry.Speaker+")", "  ") + "\n")
		}
	}
	return b.String()
}

// Symptom is one error text: what it means, what can cause it and what
// evidence tells the causes apart.
func Symptom(h symptom.Hit) string {
	e := h.Entry
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", wrap("“"+e.Text+"”", ""))
	fmt.Fprintf(&b, "Said by   %s, at the hop %q", e.Speaker, e.Hop.String())
	if e.Code != "" {
		fmt.Fprintf(&b, "; code %s", e.Code)
	}
	if e.HTTP != 0 {
		fmt.Fprintf(&b, ", HTTP %d", e.HTTP)
	}
	if e.CodeStanding != symptom.Documented && (e.Code != "" || e.HTTP != 0) {
		fmt.Fprintf(&b, " (%s)", e.CodeStanding)
	}
	b.WriteString("\n")
	if e.Standing != symptom.Documented {
		fmt.Fprintf(&b, "Wording   %s\n", e.Standing)
	}
	fields(&b, h.Fields)
	b.WriteString("\n" + wrap(e.Means, "") + "\n")
	if len(e.Causes) > 0 {
		b.WriteString("\nCauses, likeliest first\n")
		for i, c := range e.Causes {
			title := c.Why
			if r := ruleOf(c.Rule); r != nil && title == "" {
				title = r.Title
			}
			fmt.Fprintf(&b, "  %2d  %-28s %s\n", i+1, c.Rule, wrapAfter(title+standing(c.Standing), 36))
		}
	}
	tellApart(&b, e)
	for _, n := range e.Notes {
		b.WriteString("\n" + wrap("Note: "+n, "") + "\n")
	}
	if len(e.Sources) > 0 {
		b.WriteString("\nSources\n")
		for _, s := range e.Sources {
			b.WriteString("  " + s + "\n")
		}
	}
	return b.String()
}

func standing(s symptom.Standing) string {
	if s == symptom.Documented {
		return ""
	}
	return " (" + s.String() + ")"
}

func fields(b *strings.Builder, f symptom.Fields) {
	var out []string
	for _, p := range [][2]string{{"service", f.Service}, {"code", f.Code}, {"request", f.RequestID}, {"role", f.RoleARN}} {
		if p[1] != "" {
			out = append(out, p[0]+" "+visible.Line(p[1]))
		}
	}
	if len(out) > 0 {
		fmt.Fprintf(b, "In yours  %s\n", strings.Join(out, ", "))
	}
}

// tellApart writes what to collect next and how.
func tellApart(b *strings.Builder, e symptom.Entry) {
	if len(e.TellApart) == 0 {
		return
	}
	b.WriteString("\nWhat tells them apart, and how to get it\n")
	for _, t := range e.TellApart {
		r, ok := symptom.RecipeOf(t.Recipe)
		if !ok {
			continue
		}
		flag := ""
		if r.Flag != "" {
			flag = " (give it with " + r.Flag + ")"
		}
		fmt.Fprintf(b, "\n  %s%s\n", r.Title, flag)
		b.WriteString(wrap(t.Tells, "    ") + "\n")
		for _, w := range r.Shells {
			for i, s := range w.Steps {
				lead := fmt.Sprintf("    %-10s ", w.In)
				if i > 0 {
					lead = strings.Repeat(" ", 15)
				}
				b.WriteString(lead + s + "\n")
			}
		}
		if i := slices.IndexFunc(r.Browsers, func(w symptom.Way) bool { return w.In == "Chrome" }); i >= 0 {
			for n, s := range r.Browsers[i].Steps {
				b.WriteString(wrap(fmt.Sprintf("%d. %s", n+1, s), "    ") + "\n")
			}
			b.WriteString("    Other browsers: samlens explain capture\n")
		}
		if r.Console != "" {
			b.WriteString("    Console: " + r.Console + "\n")
		}
	}
}
