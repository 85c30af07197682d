package part

import (
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

func text(r *Rows) string {
	var b strings.Builder
	for _, row := range r.All {
		b.WriteString(strings.TrimRight(row.Line.Text(), " ") + "\n")
	}
	return b.String()
}

func TestExhibitComparesBelowEachOther(t *testing.T) {
	for _, c := range []struct {
		x    rule.Exhibit
		what int
		want string
	}{
		{rule.Exhibit{What: "name", Saw: "JDoe", Want: "jdoe"}, 6, "  name    saw   JDoe\n          want  jdoe\n"},
		{rule.Exhibit{What: "name", Saw: "JDoe", Want: "jdoe"}, 0, "  name\n    saw   JDoe\n    want  jdoe\n"},
		{rule.Exhibit{What: "name", Saw: "jdoe "}, 6, "  name    jdoe␠\n"},
		{rule.Exhibit{What: "name", Want: "jdoe"}, 6, "  name    saw   nothing\n          want  jdoe\n"},
		{rule.Exhibit{What: "name"}, 6, "  name\n"},
		{rule.Exhibit{What: "name"}, 0, "  name\n"},
	} {
		r := &Rows{W: 60, Indent: 2}
		r.Exhibit("x", c.x, c.what)
		if got := text(r); got != c.want {
			t.Errorf("%+v:\n%s, want\n%s", c.x, got, c.want)
		}
	}
}

func TestBriefExhibitKeepsTheDifferenceInSight(t *testing.T) {
	r := &Rows{W: 40, Indent: 2, Brief: true}
	const long = "arn:aws:iam::123456789012:saml-provider/a-long-name-"
	r.Exhibit("x", rule.Exhibit{What: "ARN", Saw: long + "A", Want: long + "B"}, 4)
	if got := text(r); !strings.Contains(got, "-A\n") || !strings.Contains(got, "-B\n") || len(r.All) != 2 {
		t.Errorf("%s", got)
	}
}

func TestCommandsCopyAsOneLineHoweverTheyAreWrapped(t *testing.T) {
	c := rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", "arn:aws:iam::123456789012:saml-provider/Okta it's").To("a b.xml")
	for _, s := range []Shell{Sh, PowerShell} {
		r := &Rows{W: 30, Indent: 2}
		r.Commands("c", []rule.Command{c}, s, 1)
		if len(r.All) < 3 {
			t.Fatalf("not wrapped:\n%s", text(r))
		}
		for _, row := range r.All {
			if row.Ref.Text != s.Write(c) || row.ID != "c/0" {
				t.Errorf("a row copies %q", row.Ref.Text)
			}
		}
	}
}

func TestWholeAndUndo(t *testing.T) {
	f := rule.Fix{Steps: []string{"one", "two"}}
	if got := Whole(f, idp.Unknown, Sh); got != "1. one\n2. two" {
		t.Errorf("%q", got)
	}
	f.Commands = []rule.Command{rule.AWS("a"), rule.AWS("b")}
	f.UndoSteps, f.Undo = []string{"back"}, []rule.Command{rule.AWS("c")}
	if got := Whole(f, idp.Unknown, Sh); got != "aws a\naws b" {
		t.Errorf("%q", got)
	}
	if got := Undo(f, Sh); got != "# back\naws c" {
		t.Errorf("%q", got)
	}
	if got := Who(rule.IdPAdmin, idp.Okta); got != "Okta administrator" {
		t.Errorf("%q", got)
	}
}

func TestPlaceNamesEveryDocument(t *testing.T) {
	for _, d := range []evidence.Doc{evidence.InHAR, evidence.InResponse, evidence.InTrust, evidence.InTrail, "other"} {
		if got := Place(evidence.Spot{In: d, Path: "/x"}); got == "" || !strings.HasSuffix(got, " /x") {
			t.Errorf("%q", got)
		}
	}
}

func TestWholeFixIsWhatHasToBeDone(t *testing.T) {
	look := rule.AWS("iam", "list-saml-providers")
	change := rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", "x")
	for _, c := range []struct {
		name string
		f    rule.Fix
		want string
	}{
		{"steps alone", rule.Fix{Steps: []string{"Open it.", "Set it."}}, "1. Open it.\n2. Set it."},
		{"what only looks up is no fix", rule.Fix{Steps: []string{"Set it."}, Commands: []rule.Command{look}}, "1. Set it.\n\naws iam list-saml-providers"},
		{"commands alone", rule.Fix{Commands: []rule.Command{look}}, "aws iam list-saml-providers"},
		{"commands that mend", rule.Fix{Steps: []string{"Wait."}, Commands: []rule.Command{look, change}}, "aws iam list-saml-providers\naws iam update-saml-provider --saml-provider-arn x"},
	} {
		if got := Whole(c.f, idp.Unknown, Sh); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestPastedStepsAreOneLineEach whatever names stand in them.
func TestPastedStepsAreOneLineEach(t *testing.T) {
	f := rule.Fix{
		Steps: []string{"Send “a\nrm -rf b”"}, UndoSteps: []string{"Take “a\nrm -rf b” out"},
		Undo: []rule.Command{rule.AWS("iam", "put-role-policy", "--policy-document", "file://backup.json")},
	}
	for _, text := range []string{Whole(f, idp.Unknown, Sh), Undo(f, Sh)} {
		for line := range strings.SplitSeq(text, "\n") {
			if strings.HasPrefix(line, "rm ") {
				t.Errorf("a name goes on as a command:\n%s", text)
			}
		}
	}
}
