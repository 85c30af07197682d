package policy

import (
	"strings"
	"testing"
)

const laidOut = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::1:saml-provider/P"},
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {
        "StringEquals": {
          "SAML:aud": [
            "https://signin.aws.amazon.com/saml"
          ]
        }
      }
    }
  ]
}
`

func TestEdits(t *testing.T) {
	for _, x := range []struct {
		name  string
		do    func(string) (string, error)
		adds  []string // lines that the diff adds
		drops []string
	}{
		{"an action", func(d string) (string, error) { return AddAction(d, 0, "sts:TagSession") },
			[]string{`      "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],`}, []string{`      "Action": "sts:AssumeRoleWithSAML",`}},
		{"a value", func(d string) (string, error) {
			return AddConditionValue(d, 0, "StringEquals", "SAML:aud", "https://eu-west-2.signin.aws.amazon.com/saml?a&b")
		}, []string{`            "https://signin.aws.amazon.com/saml",`, `            "https://eu-west-2.signin.aws.amazon.com/saml?a&b"`},
			[]string{`            "https://signin.aws.amazon.com/saml"`}},
		{"a provider", func(d string) (string, error) { return AddPrincipal(d, 0, "arn:aws:iam::1:saml-provider/Q") },
			[]string{`      "Principal": {"Federated": ["arn:aws:iam::1:saml-provider/P", "arn:aws:iam::1:saml-provider/Q"]},`},
			[]string{`      "Principal": {"Federated": "arn:aws:iam::1:saml-provider/P"},`}},
		{"another provider", func(d string) (string, error) {
			return ReplacePrincipal(d, 0, "arn:aws:iam::1:saml-provider/P", "arn:aws:iam::1:saml-provider/Q")
		}, []string{`      "Principal": {"Federated": "arn:aws:iam::1:saml-provider/Q"},`}, []string{`      "Principal": {"Federated": "arn:aws:iam::1:saml-provider/P"},`}},
		{"another value", func(d string) (string, error) {
			return ReplaceConditionValue(d, 0, "StringEquals", "SAML:aud", "https://signin.aws.amazon.com/saml", "x")
		}, []string{`            "x"`}, []string{`            "https://signin.aws.amazon.com/saml"`}},
		{"a statement", func(d string) (string, error) { return AddStatement(d, "{\n  \"Effect\": \"Allow\"\n}") },
			[]string{"    },", "    {", `      "Effect": "Allow"`, "    }"}, []string{"    }"}},
	} {
		got, err := x.do(laidOut)
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		var adds, drops []string
		for line := range strings.SplitSeq(Diff("a", "b", laidOut, got), "\n") {
			switch {
			case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"):
			case strings.HasPrefix(line, "+"):
				adds = append(adds, line[1:])
			case strings.HasPrefix(line, "-"):
				drops = append(drops, line[1:])
			}
		}
		// A diff may credit an unchanged closing line to either side.
		if strings.Join(adds, "\n") != strings.Join(x.adds, "\n") && x.name != "a statement" || strings.Join(drops, "\n") != strings.Join(x.drops, "\n") && x.name != "a statement" {
			t.Errorf("%s:\n%s", x.name, Diff("a", "b", laidOut, got))
		}
		if x.name == "a statement" && !strings.Contains(got, "    },\n    {\n      \"Effect\": \"Allow\"\n    }\n  ]\n}\n") {
			t.Errorf("%s:\n%s", x.name, got)
		}
		if _, err := Parse(got); err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}

func TestEditsOfOtherLayouts(t *testing.T) {
	one := `{"Statement":{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*"}}`
	if got, err := AddAction(one, 0, "a:d"); err != nil || got != `{"Statement":{"Effect":"Allow","Action":["a:b","a:c","a:d"],"Resource":"*"}}` {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := AddAction(one, 0, "a:c"); err != nil || got != one {
		t.Errorf("an action that is there: %s, %v", got, err)
	}
	if got, err := AddStatement(one, `{"Effect":"Deny","Action":"x:y"}`); err != nil || len(must(t, got).Statements) != 2 {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := SetVersion(one); err != nil || must(t, got).Version != Version2012 {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := SetVersion(strings.Replace(laidOut, "2012", "2008", 1)); err != nil || got != laidOut {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := SetVersion("{\n  \"Statement\": []\n}"); err != nil || got != "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}" {
		t.Errorf("%s, %v", got, err)
	}
	for _, f := range []func() (string, error){
		func() (string, error) { return AddAction(one, 3, "a:b") },
		func() (string, error) { return AddAction("{", 0, "a:b") },
		func() (string, error) { return AddConditionValue(one, 0, "StringEquals", "k", "v") },
		func() (string, error) { return ReplaceResource(one, 0, "nothing", "x") },
		func() (string, error) { return AddStatement(one, "{") },
	} {
		if got, err := f(); err == nil {
			t.Errorf("no error, and %s", got)
		}
	}
	if Diff("a", "b", one, one) != "" {
		t.Error("a diff of the same")
	}
}
