package awsx

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/samlens/diag/evidence"
)

func TestSurveyTakesEachFactForItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{slow: time.Second, account: testAccount, errs: map[string]error{"Instances": Refusal("connect:ListInstances", "AccessDeniedException", "no")}}
		v := Survey(t.Context(), f, []string{"us-east-1", "eu-west-2"}, nil)
		if v.Providers.State != evidence.Known || len(v.Providers.Value) != 1 || v.Roles.State != evidence.Known || len(v.Permissions[testRole].Value) != 1 {
			t.Errorf("%+v", v)
		}
		if v.Instances.State != evidence.Denied || !strings.Contains(v.Instances.Why, "connect:ListInstances") {
			t.Errorf("instances: %+v", v.Instances)
		}
		f = &fake{errs: map[string]error{"Identity": &Error{State: evidence.Failed, Code: "NoCredentials", Message: "none"}}}
		if v = Survey(t.Context(), f, nil, nil); len(f.calls) != 1 || v.Roles.State != evidence.Failed {
			t.Errorf("calls %v, roles %v", f.calls, v.Roles.State)
		}
	})
}

func TestWatchEndsWithTheFirstSuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		event := func(id string, after time.Duration, role string, failed bool) evidence.TrailEvent {
			return evidence.TrailEvent{ID: id, Name: "AssumeRoleWithSAML", RoleARN: role, Failed: failed, Time: began.Add(after)}
		}
		all := []evidence.TrailEvent{
			event("old", -time.Hour, testRole, false), event("1", 10*time.Second, testRole, true),
			event("other", 20*time.Second, testRole+"s", false), event("2", 3*time.Minute, testRole, false), event("3", 4*time.Minute, testRole, false),
		}
		f := &fake{account: testAccount, events: func(w Window) []Page[evidence.TrailEvent] {
			var p Page[evidence.TrailEvent]
			for _, a := range slices.Backward(all) {
				if e := a; !e.Time.Before(w.From) && !e.Time.After(w.To) {
					p.Rows = append(p.Rows, e)
				}
			}
			return []Page[evidence.TrailEvent]{p}
		}}
		var ids []string
		var last Look
		for l := range Watch(t.Context(), f, signIn("jdoe"), began, time.Minute) {
			for _, e := range l.New {
				ids = append(ids, e.ID)
			}
			last = l
		}
		if strings.Join(ids, " ") != "1 2" || last.Success == nil || last.Success.ID != "2" || time.Since(began) != 3*time.Minute {
			t.Errorf("saw %v, success %+v after %v", ids, last.Success, time.Since(began))
		}
	})
}
