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
