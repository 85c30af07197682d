package policy

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseErrors(t *testing.T) {
	for _, x := range []struct {
		doc       string
		line, col int
		says      string
	}{
		{``, 1, 1, "ends before"},
		{`[]`, 1, 1, "object"},
		{`{"Statement":7}`, 1, 14, "neither an object nor a list"},
		{`{"Version":"2012-10-17"}`, 1, 1, "no Statement"},
		{"{\n \"Statement\": [\n  {\"Effect\": \"Allow\",}\n ]\n}", 3, 21, "comma before the closing }"},
		{`{"Statement":[{"Effect":"Allow"`, 1, 32, "ends before"},
		{`{"Statement":[]} x`, 1, 18, "not JSON"},
		{`{"Statement":[]}{}`, 1, 18, "more than one"},
		{strings.Repeat("[", 50) + strings.Repeat("]", 50), 1, 0, "deeply"},
		{strings.Repeat(" ", MaxDocument+1) + "{}", 1, 1, "too long"},
	} {
		_, err := Parse(x.doc)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q: %v", x.doc, err)
			continue
		}
		if !strings.Contains(e.Problem, x.says) || e.Line != x.line || x.col > 0 && e.Col != x.col {
			t.Errorf("%.60q: line %d column %d: %s; want %d, %d, %s", x.doc, e.Line, e.Col, e.Problem, x.line, x.col, x.says)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, x := range []struct {
		doc, says string
		refused   bool
	}{
		{`{"Version":"2012-10-18","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*"}]}`, "Version", true},
		{`{"Statement":[{"Effect":"allow","Action":"a:b"}]}`, "Effect", true},
		{`{"Statement":[{"Action":"a:b"}]}`, "no Effect", true},
		{`{"Statement":[{"Effect":"Allow"}]}`, "neither Action", true},
		{`{"Statement":[{"Effect":"Allow","Action":"a:b","NotAction":"a:c"}]}`, "both Action", true},
		{`{"Statement":[{"Effect":"Allow","Action":"AssumeRole"}]}`, "no service prefix", true},
		{`{"Statement":[{"Effect":"Allow","Action":"a:b","Actions":"x"}]}`, `"Actions"`, true},
		{`{"Statement":[{"Effect":"Allow","Action":"a:b","Condition":{"StringIs":{"a":"b"}}}]}`, `operator "StringIs"`, true},
		{`{"Statement":[{"Effect":"Allow","Action":"a:b","Condition":{"NullIfExists":{"a":"true"}}}]}`, "IfExists", true},
		{`{"Statement":[{"Effect":"Allow","Action":"a:b","Principal":"arn:x"}]}`, "principal", true},
		{`{"Statement":[{"Sid":"x","Effect":"Allow","Action":"a:b"},{"Sid":"x","Effect":"Deny","Action":"a:b"}]}`, "twice", true},
		{`{"Statement":[]}`, "no statement", true},
		{`{"Statement":[{"Effect":"Allow","Action":"a:b","Action":"a:c"}]}`, "occurs twice", false},
		{`{"Statement":[{"effect":"Allow","Action":"a:b"}]}`, "documented as Effect", false},
		{"\ufeff" + `{"Statement":[{"Effect":"Allow","Action":"a:b"}]}`, "byte order mark", false},
	} {
		p := must(t, x.doc)
		found := false
		for _, q := range p.Problems {
			if strings.Contains(q.Text, x.says) && q.Refused == x.refused {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: %+v", x.doc, p.Problems)
		}
	}
	if p := must(t, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["a:b"],"Resource":"*"}}`); len(p.Problems) != 0 {
		t.Errorf("a sound policy has problems: %+v", p.Problems)
	}
}

func TestURLEncoded(t *testing.T) {
	doc := `{"Statement":[{"Effect":"Allow","Action":"a:b","Condition":{"StringEquals":{"k":"a+b c"}}}]}`
	p := must(t, url.PathEscape(doc))
	if p.Text != doc || p.Statements[0].Conditions[0].Values[0].Value != "a+b c" {
		t.Errorf("%q", p.Text)
	}
}

// The policies that AWS's own guides print, but for those with a comma too
// many, are read without a complaint.
func TestPublishedPolicies(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/public/policy/*/*")
	if len(files) == 0 {
		t.Skip("the corpus of published policies is not here")
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Parse(string(b))
		if err != nil {
			if !strings.Contains(err.Error(), "a comma before the closing") {
				t.Errorf("%s: %v", f, err)
			}
			continue
		}
		if len(p.Statements) == 0 || len(p.Problems) != 0 {
			t.Errorf("%s: %d statements, problems %+v", f, len(p.Statements), p.Problems)
		}
	}
}
