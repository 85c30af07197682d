package awsx

import (
	"errors"
	"testing"

	"example.com/samlens/diag/evidence"
)

// TestAboutAsksForOneUser and takes no other's answer for theirs.
func TestAboutAsksForOneUser(t *testing.T) {
	c := signIn("jdoe")
	user := evidence.User{ID: "u", Username: "asmith", Instance: testInstance, ARN: "arn:aws:connect:eu-central-1:" + testAccount + ":instance/" + testInstance + "/agent/u"}
	gone := user
	gone.ID = "another"
	nowhere := user
	nowhere.ARN, nowhere.Instance = "", ""
	for name, x := range map[string]struct {
		c    evidence.Case
		u    evidence.User
		errs map[string]error
		want evidence.State
	}{
		"found":   {c, user, nil, evidence.Known},
		"gone":    {c, gone, nil, evidence.Absent},
		"denied":  {c, user, map[string]error{"Named": Refusal("connect:SearchUsers", "AccessDeniedException", "no")}, evidence.Denied},
		"nowhere": {evidence.Case{}, nowhere, nil, evidence.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := About(t.Context(), &fake{account: testAccount, errs: x.errs}, x.c, x.u)
			state := evidence.Known
			if e, ok := errors.AsType[*Error](err); ok {
				state = e.State
			} else if err != nil {
				t.Fatal(err)
			}
			if state != x.want {
				t.Errorf("%v: %v", state, err)
			}
			if got.ID != x.u.ID || got.ARN != x.u.ARN {
				t.Errorf("answers with %+v", got)
			}
		})
	}
}
