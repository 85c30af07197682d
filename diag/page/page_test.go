package page

import (
	"strings"
	"testing"

	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/symptom"
	"example.com/samlens/diag/topic"
)

func TestEveryRuleTopicAndTextHasAPage(t *testing.T) {
	for _, r := range catalog.All() {
		p, ok := Of(r.ID)
		if !ok || !strings.HasPrefix(p, r.ID+"\n") || !strings.Contains(p, "Sources") {
			t.Errorf("%s: %q", r.ID, p)
		}
	}
	for _, x := range topic.All() {
		if p, ok := Of(x.ID); !ok || !strings.HasPrefix(p, x.Title) {
			t.Errorf("topic %s has no page of its own", x.ID)
		}
	}
	for _, e := range symptom.All() {
		p, ok := Of(strings.ReplaceAll(e.Text, "*", "x"))
		if !ok || !strings.Contains(p, "Said by") {
			t.Errorf("%s: the text finds no page", e.ID)
		}
	}
}

func TestUnknownQueryHasNone(t *testing.T) {
	if p, ok := Of("the coffee machine is out of beans"); ok {
		t.Errorf("got %q", p)
	}
}

func TestListNamesEveryRule(t *testing.T) {
	l := List()
	for _, r := range catalog.All() {
		if !strings.Contains(l, r.ID) {
			t.Errorf("%s is not listed", r.ID)
		}
	}
}

func TestPieceOfAMessageFindsItsPage(t *testing.T) {
	for query, want := range map[string]string{
		"not been onboarded":          "has not been onboarded to this",
		"Not been ONBOARDED.":         "has not been onboarded to this",
		"redeemed within 5 minutes":   "Token must be redeemed within 5 minutes of issuance",
		"provider doesn’t exist":      "Specified provider doesn't exist",
		"signature invalid":           "Response signature invalid",
		"AWS account administrator":   "Please contact your AWS account administrator",
		"an invalid SAML response to": "Your request included an invalid SAML response",
	} {
		p, ok := Of(query)
		if !ok || !strings.Contains(p, "Said by") || !strings.Contains(strings.Join(strings.Fields(p), " "), want) {
			t.Errorf("%q: %v %q", query, ok, p)
		}
	}
}

// Prose fits a terminal of 80 columns; addresses, commands and other words
// that cannot be broken may not.
func TestProseFitsTheUsualTerminal(t *testing.T) {
	var pages []string
	for _, r := range catalog.All() {
		pages = append(pages, Rule(r))
	}
	for _, x := range topic.All() {
		pages = append(pages, Topic(x))
	}
	for _, e := range symptom.All() {
		pages = append(pages, Symptom(symptom.Hit{Entry: e}))
	}
	for _, p := range pages {
		for line := range strings.SplitSeq(p, "\n") {
			if len([]rune(line)) > 80 && !strings.HasPrefix(line, "  ") && strings.Contains(line, ". ") {
				t.Errorf("%d columns: %s", len([]rune(line)), line)
			}
		}
	}
}
