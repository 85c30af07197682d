package symptom

import (
	"strings"
	"testing"

	"example.com/samlens/diag/topic/awscli"
)

// Every command of a recipe is one that the AWS CLI takes, and only looks.
func TestRecipeCommandsAreRight(t *testing.T) {
	n := 0
	for _, r := range Recipes() {
		for _, w := range r.Shells {
			if w.In != "sh" && w.In != "PowerShell" {
				t.Errorf("%s: shell %q", r.ID, w.In)
			}
			for _, c := range awscli.Calls(strings.Join(w.Steps, "\n")) {
				n++
				if err := awscli.Check(c); err != nil {
					t.Errorf("%s: %v", r.ID, err)
				}
				verb, _, _ := strings.Cut(c[2], "-")
				if verb != "get" && verb != "list" && verb != "describe" && verb != "lookup" {
					t.Errorf("%s: %q is no look-up", r.ID, c[2])
				}
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d calls were found", n)
	}
}
