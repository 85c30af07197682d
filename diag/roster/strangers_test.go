package roster

import (
	"testing"

	"example.com/samlens/diag/evidence"
)

func TestStrangers(t *testing.T) {
	users := []evidence.User{{Username: "anna"}, {Username: "bert"}, {Username: "Carla"}, {Username: "ANNA"}}
	for name, x := range map[string]struct {
		names          []string
		strangers, cas int
	}{
		"nobody":          {nil, 0, 0},
		"all known":       {[]string{"anna", "bert", "anna", "ANNA"}, 0, 0},
		"by case":         {[]string{"Anna", "carla", "bert"}, 2, 2},
		"two of one user": {[]string{"Bert", "BERT"}, 2, 2},
		"not at all":      {[]string{"dora", "Bert", "dora"}, 2, 1},
	} {
		if s, c := Strangers(users, x.names); s != x.strangers || c != x.cas {
			t.Errorf("%s: %d, %d by case, want %d, %d", name, s, c, x.strangers, x.cas)
		}
	}
}
