package trail

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
)

const saml = "AssumeRoleWithSAML"

func morning() []evidence.TrailEvent {
	return []evidence.TrailEvent{
		ev(saml, "08:00", "ann", "P", ""), ev(saml, "08:10", "bob", "P", ""), ev(saml, "08:20", "cid", "P", ""),
		ev(saml, "08:25", "dan", "P", "X"), ev(saml, "08:30", "ann", "P", ""),
		ev("UpdateSAMLProvider", "08:40", "admin", "P", ""), ev("PutRolePolicy", "08:41", "admin", "", "AccessDenied"),
		ev(saml, "08:50", "ann", "P", "InvalidIdentityToken"), ev(saml, "08:51", "bob", "P", "InvalidIdentityToken"),
		ev(saml, "08:55", "ann", "P", "InvalidIdentityToken"), ev("DeleteRole", "09:00", "admin", "", ""),
		ev(saml, "08:52", "eve", "Q", ""), ev(saml, "08:53", "eve", "Q", ""), ev(saml, "08:54", "eve", "Q", ""),
	}
}

func TestOutages(t *testing.T) {
	es := Merge(morning())
	os := Outages(es, time.Time{})
	if len(os) != 1 {
		t.Fatalf("%d outages", len(os))
	}
	o := os[0]
	if o.Provider != "P" || o.LastGood.Time.Format("15:04") != "08:30" || o.FirstBad.Time.Format("15:04") != "08:50" ||
		o.Before != 4 || o.Failures != 3 || !slices.Equal(o.Users, []string{"ann", "bob"}) || o.Silent || o.Errors[0].Key != "InvalidIdentityToken" {
		t.Errorf("%+v", o)
	}
	// A success afterwards ends it.
	if os := Outages(append(es, ev(saml, "09:30", "ann", "P", "")), time.Time{}); len(os) != 0 {
		t.Errorf("%+v", os)
	}
	if os := Outages(nil, time.Time{}); os != nil {
		t.Errorf("%+v", os)
	}
}

func TestSilentOutage(t *testing.T) {
	var es []evidence.TrailEvent
	for i := range 20 {
		es = append(es, ev(saml, fmt.Sprintf("08:%02d", i), "ann", "P", ""))
	}
	end := es[19].Time
	if os := Outages(es, end.Add(5*time.Minute)); len(os) != 0 {
		t.Errorf("five minutes of silence: %+v", os)
	}
	os := Outages(es, end.Add(time.Hour))
	if len(os) != 1 || !os[0].Silent || os[0].Usual != time.Minute {
		t.Errorf("an hour of silence: %+v", os)
	}
}

func TestChanges(t *testing.T) {
	es := Merge(morning())
	bad, ok := FirstFailure(es)
	if !ok || bad.SessionName != "ann" || bad.Time.Format("15:04") != "08:55" {
		t.Errorf("the first failure after the last success anywhere: %+v", bad)
	}
	cs := Changes(es, Outages(es, time.Time{})[0].FirstBad.Time)
	if len(cs) != 2 || cs[0].Event.Name != "UpdateSAMLProvider" || !cs[0].Before || cs[0].Kind != "provider" || cs[0].Target != "P" || cs[0].What != "updated" ||
		cs[1].Event.Name != "DeleteRole" || cs[1].Before {
		t.Errorf("%+v", cs)
	}
	if !cs[0].Touches("arn:aws:iam::1:saml-provider/P") || cs[0].Touches("arn:aws:iam::1:saml-provider/Q", "") {
		t.Error("Touches")
	}
}

func TestSeriesGroupsAndBlast(t *testing.T) {
	es := Merge(morning())
	b, width := Series(es, 10*time.Minute)
	if width != 10*time.Minute || len(b) != 6 || b[2].OK != 1 || b[2].Failed != 1 || b[5].Failed != 3 || b[5].OK != 3 || b[4].OK+b[4].Failed != 0 {
		t.Errorf("%v %+v", width, b)
	}
	if b, width := Series(append(es, evidence.TrailEvent{Name: saml, Time: es[0].Time.AddDate(5, 0, 0)}), time.Second); len(b) > maxBuckets || width <= time.Second {
		t.Errorf("%d buckets of %v", len(b), width)
	}
	g := Group(federations(es), ByUser)
	if g[0].Key != "ann" || g[0].Failed != 2 || g[0].All != 4 || g[0].Users != 1 {
		t.Errorf("%+v", g)
	}
	if g := Group(federations(es), ByError); len(g) != 2 || g[0].All != 3 || g[0].Users != 2 {
		t.Errorf("%+v", g)
	}
	for _, by := range Groupings() {
		n := 0
		for _, c := range Group(federations(es), by) {
			n += c.All
		}
		if want := len(federations(es)); n != want && by != ByError {
			t.Errorf("by %s: %d of %d events", by, n, want)
		}
	}
	bl := BlastRadius(es, time.Time{})
	if !slices.Equal(bl.Failing, []string{"ann", "bob", "dan"}) || bl.Seen != 5 || !slices.Equal(bl.Providers, []string{"P"}) {
		t.Errorf("%+v", bl)
	}
}

func TestOwnAndQualifier(t *testing.T) {
	es := []evidence.TrailEvent{{ID: "1", Name: "AssumeRoleWithSAML", AssertionID: "_a"}, {ID: "2", Name: "AssumeRoleWithSAML", AssertionID: "_r"},
		{ID: "3", Name: "AssumeRoleWithSAML"}, {ID: "4", Name: "AssumeRoleWithSAML", AssertionID: "_b"}, {ID: "5", Name: "UpdateSAMLProvider", AssertionID: "_a"}}
	if own := Own(es, "_a", "_r", ""); len(own) != 2 || own[1].ID != "2" {
		t.Errorf("%+v", own)
	}
	// Two records that AWS customers have published.
	for _, x := range []struct{ issuer, account, provider, want string }{
		{"https://portal.sso.ap-southeast-2.amazonaws.com/saml/assertion/NjA3NDgxNTgxNTk2X2lucy0xZmJjZmIxYzUxMDk3NTZh", "950363612855",
			"AWSSSO_9882ccf00912484e_DO_NOT_DELETE", "/nQTosBbaHrvuioiTKQkrbl3/WM="},
		{"http://www.okta.com/exksfwc0mwQGJQoJ62p6", "671568874969", "SplunkcloudOkta", "g4RD/xcF3dcnEghdegAhfaPo+ow="},
	} {
		if got := Qualifier(x.issuer, x.account, x.provider); got != x.want {
			t.Errorf("%s: %s, want %s", x.provider, got, x.want)
		}
	}
}

// Every published event is read, and every one that is printed whole.
func TestPublishedEvents(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/public/cloudtrail/*/*.json")
	if len(files) == 0 {
		t.Skip("the corpus of published events is not here")
	}
	signIns, changes := 0, 0
	for _, f := range files {
		r, err := os.Open(f)
		if err != nil {
			t.Fatal(err)
		}
		es, _, err := Read(r, filepath.Base(f))
		r.Close()
		if err != nil && len(es) == 0 {
			t.Logf("%v", err)
		}
		for _, e := range es {
			if e.Time.IsZero() {
				t.Errorf("%s: no time", f)
			}
			if SignIn(e) {
				signIns++
			} else {
				changes++
			}
		}
	}
	if signIns < 15 || changes < 4 {
		t.Errorf("%d sign-ins, %d changes", signIns, changes)
	}
}

func TestLaboratoryTrail(t *testing.T) {
	const dir = "../../../shared/corpus/captures/world-a/evidence/"
	var lists [][]evidence.TrailEvent
	for _, f := range []string{"cloudtrail-records.json", "lookup-events.json"} {
		r, err := os.Open(dir + f)
		if err != nil {
			t.Skip("the laboratory's evidence is not here")
		}
		es, notes, err := Read(r, f)
		r.Close()
		if err != nil || len(notes) != 0 {
			t.Fatalf("%v, %v", notes, err)
		}
		lists = append(lists, es)
	}
	if a, b := len(lists[0]), len(lists[1]); a == 0 || a != b || len(Merge(lists...)) != a {
		t.Errorf("%d records, %d looked up, %d together", a, b, len(Merge(lists...)))
	}
}
