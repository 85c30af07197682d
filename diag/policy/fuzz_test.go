package policy

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	f.Add(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:*","Principal":{"Federated":"x"}}}`)
	f.Add("\ufeff" + `{"Statement":[{"Effect":"Deny","NotAction":["a:b"],"NotResource":"${x:y, 'z'}*","Condition":{"ForAnyValue:StringLikeIfExists":{"k":["a",1,true]}}}]}`)
	f.Add(`%7B%22Statement%22%3A%5B%5D%7D`)
	f.Add(`{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*",}]}`)
	f.Add(`{"Statement":[],"Statement":{}}`)
	f.Fuzz(func(t *testing.T, doc string) {
		p, err := Parse(doc)
		if err != nil {
			return
		}
		inside := func(s Span) {
			if s.Start < 0 || s.End < s.Start || s.End > len(p.Text) {
				t.Fatalf("span %v outside of %d bytes", s, len(p.Text))
			}
		}
		for _, x := range p.Problems {
			inside(x.At)
		}
		for _, s := range p.Statements {
			inside(s.At)
			if p.Text[s.At.Start] != '{' || p.Text[s.At.End-1] != '}' {
				t.Fatalf("statement span holds %q", p.Text[s.At.Start:s.At.End])
			}
			for _, c := range s.Conditions {
				inside(c.At)
				if p.Text[c.At.Start] != '"' {
					t.Fatalf("condition span begins with %q", p.Text[c.At.Start])
				}
			}
		}
		d := Evaluate([]Policy{p}, Request{Action: AssumeRoleWithSAML, Resource: "arn:aws:iam::1:role/x",
			Principal: Caller{Federated: "x"}, Context: Context{"k": One("a")}})
		if d.Outcome == Allowed && d.By == nil {
			t.Fatal("allowed by nothing")
		}
		if out, err := AddAction(doc, 0, "sts:TagSession"); err == nil {
			q, err := Parse(out)
			if err != nil {
				t.Fatalf("the proposal does not parse: %v\n%s", err, out)
			}
			found := false
			for _, a := range q.Statements[0].Actions {
				found = found || a.Value == "sts:TagSession"
			}
			if !found && utf8.ValidString(doc) {
				t.Fatalf("the proposal lacks the action: %s", out)
			}
		}
	})
}

func FuzzLike(f *testing.F) {
	f.Add("a*b?c", "axxbyc")
	f.Add("**", "")
	f.Add("?", "ü")
	f.Fuzz(func(t *testing.T, p, s string) {
		if len(p) > 200 || len(s) > 200 || !utf8.ValidString(p) || !utf8.ValidString(s) {
			return
		}
		re := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(p))
		want := regexp.MustCompile(`(?s)\A` + re + `\z`).MatchString(s)
		if got := Like(p, s); got != want {
			t.Fatalf("Like(%q, %q) = %v", p, s, got)
		}
	})
}
