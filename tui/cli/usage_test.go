package cli_test

import (
	"strings"
	"testing"
)

func TestWrongUsageIsToldInWordsAndSaysTheWayOut(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"check"}, "check takes at least one capture and was given none; samlens check --help shows how"},
		{[]string{"redact", "a", "b"}, "redact takes one file and was given 2;"},
		{[]string{"diff", "a"}, "diff takes two captures, the good one first, and was given 1;"},
		{[]string{"chek", "x.har"}, "did you mean samlens check?"},
		{[]string{"--nope"}, "unknown flag: --nope; samlens --help lists the flags"},
		{[]string{"nowhere.har"}, "there is no such file"},
	} {
		code, _, errs := newBench(t).run(c.args...)
		if code != 2 || !strings.Contains(errs, c.want) || strings.Contains(errs, "arg(s)") {
			t.Errorf("%v: %d %s", c.args, code, errs)
		}
	}
}
