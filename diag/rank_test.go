package diag

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/symptom"
)

// summaries writes findings as "rule severity after [folded]".
func summaries(fs []rule.Finding) []string {
	var out []string
	for _, f := range fs {
		s := f.ID() + " " + f.Severity.String()
		if f.After != "" {
			s += " after " + f.After
		}
		if len(f.Folded) > 0 {
			s += fmt.Sprintf(" %v", summaries(f.Folded))
		}
		out = append(out, s)
	}
	return out
}

func fired(id string, hop evidence.Hop, eclipses string, severities ...rule.Severity) rule.Result {
	r := &rule.Rule{ID: id, Hop: hop, Eclipses: strings.Fields(eclipses), Needs: evidence.NeedCapture}
	res := rule.Result{Rule: r, Outcome: rule.Fired}
	for _, s := range severities {
		res.Findings = append(res.Findings, rule.Finding{Rule: r, Hop: hop, Severity: s, Summary: id})
	}
	return res
}

func TestFold(t *testing.T) {
	const e, w, i = rule.Error, rule.Warning, rule.Info
	silent := fired("silent", 1, "a", e)
	silent.Outcome = rule.Silent
	for _, x := range []struct {
		why     string
		results []rule.Result
		want    string
	}{
		{"under its cause", []rule.Result{fired("a", 1, "", e), fired("b", 2, "a", e)}, "[b error [a error]]"},
		{"what does not hold folds nothing", []rule.Result{fired("a", 1, "", e), silent}, "[a error]"},
		{"a chain", []rule.Result{fired("a", 1, "b", e), fired("b", 2, "c", e), fired("c", 3, "", e)}, "[a error [b error c error]]"},
		{"a warning folds no error", []rule.Result{fired("a", 1, "b", w), fired("b", 2, "", e)}, "[a warning b error]"},
		{"a warning folds a warning", []rule.Result{fired("a", 1, "b", w), fired("b", 2, "", w)}, "[a warning [b warning]]"},
		{"each finding by its own weight", []rule.Result{fired("a", 1, "b", w), fired("b", 2, "", e, w, i)}, "[a warning [b warning b info] b error]"},
		{"under the graver of two", []rule.Result{fired("a", 1, "c", w), fired("b", 2, "c", e), fired("c", 3, "", e)}, "[a warning b error [c error]]"},
		{"a chain with a weak link", []rule.Result{fired("a", 1, "b", w), fired("b", 2, "c", e), fired("c", 3, "", e)}, "[a warning b error [c error]]"},
		{"a light chain", []rule.Result{fired("a", 1, "b", e), fired("b", 2, "c", w), fired("c", 3, "", w)}, "[a error [b warning c warning]]"},
	} {
		if got := fmt.Sprint(summaries(fold(x.results))); got != x.want {
			t.Errorf("%s: %s, want %s", x.why, got, x.want)
		}
	}
}

const denied = "Not authorized to perform sts:AssumeRoleWithSAML"

// TestCause: there is one root cause.
func TestCause(t *testing.T) {
	late := func(c *evidence.Case) {
		c.AsOf.At = tIssued.Add(time.Hour)
		c.Live.Trail, c.Live.Changes = evidence.Fact[[]evidence.TrailEvent]{}, evidence.Fact[[]evidence.TrailEvent]{}
	}
	quiet := func(c *evidence.Case) { c.Live.Trail = evidence.Have([]evidence.TrailEvent{}, "x") }
	otherAud := func(c *evidence.Case) {
		quiet(c)
		c.Live.Roles.Value[0].Trust = trust("https://signin.aws.amazon.com/saml")
	}
	tagged := func(c *evidence.Case) {
		first(c).Attributes = append(first(c).Attributes, attribute("PrincipalTag:aws:site", "x"))
	}
	badName := func(c *evidence.Case) { quiet(c); set(c, claims.RoleSessionName, "Maria Lopez") }
	noUser := func(c *evidence.Case) {
		quiet(c)
		c.Live.Exact = evidence.None[[]evidence.User]("x")
		c.Live.Users.Value = []evidence.User{{Username: "Maria.Lopez", Instance: tInstance}}
	}
	for _, x := range []struct {
		why   string
		edits []func(*evidence.Case)
		state chain.Overall
		rule  string
		hop   evidence.Hop
		// holds are findings as summaries writes them.
		holds []string
	}{
		{why: "nothing", state: chain.Healthy},
		{why: "one", edits: []func(*evidence.Case){otherAud}, state: chain.Broken, rule: "trust-condition", hop: evidence.HopTrust},
		{why: "the first in the chain's order", edits: []func(*evidence.Case){otherAud, badName}, state: chain.Broken, rule: "session-name-invalid", hop: evidence.HopSTS,
			holds: []string{"trust-condition warning after session-name-invalid"}},
		{why: "the text that was seen picks", edits: []func(*evidence.Case){otherAud, badName, func(c *evidence.Case) { answered(c, "not-authorized-saml", denied) }},
			state: chain.Broken, rule: "trust-condition", hop: evidence.HopTrust, holds: []string{"session-name-invalid warning"}},
		{why: "the first of those that explain it", edits: []func(*evidence.Case){otherAud, func(c *evidence.Case) {
			first(c).Subject.NameID = evidence.Text{}
			answered(c, "not-authorized-saml", denied)
		}}, state: chain.Broken, rule: "subject-missing", hop: evidence.HopSTS, holds: []string{"trust-condition warning after subject-missing"}},
		{why: "what follows is folded", edits: []func(*evidence.Case){noUser}, state: chain.Broken, rule: "user-case-mismatch", hop: evidence.HopUser,
			holds: []string{"user-case-mismatch error [user-not-found error]"}},
		{why: "two limits: the redeem limit", edits: []func(*evidence.Case){late}, state: chain.Broken, rule: "redeemed-late", hop: evidence.HopSTS,
			holds: []string{"assertion-expired warning after redeemed-late"}},
		{why: "two limits: the one that the answer explains", edits: []func(*evidence.Case){late, func(c *evidence.Case) {
			answered(c, "token-redeemed", "Token must be redeemed within 5 minutes of issuance")
		}}, state: chain.Broken, rule: "redeemed-late", hop: evidence.HopSTS},
		{why: "refused, and nothing explains it", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) { answered(c, "not-authorized-saml", denied) }},
			state: chain.Broken, rule: "answer-refused", hop: evidence.HopTrust},
		{why: "refused by Connect, and nothing explains it", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) {
			answered(c, "not-onboarded", "Access Denied. Your account has been authenticated, but has not been onboarded to this application.")
		}}, state: chain.Broken, rule: "answer-refused", hop: evidence.HopUser},
		{why: "the generic page, and a certain fault that has no text of its own", edits: []func(*evidence.Case){quiet, tagged, func(c *evidence.Case) {
			answeredBy(c, evidence.PartySignIn, "invalid-saml-response", "Your request included an invalid SAML response. To logout, click here.")
		}}, state: chain.Broken, rule: "tags-invalid", hop: evidence.HopSTS},
		{why: "the generic page says that STS was not asked", edits: []func(*evidence.Case){otherAud, func(c *evidence.Case) {
			answeredBy(c, evidence.PartySignIn, "invalid-saml-response", "Your request included an invalid SAML response. To logout, click here.")
		}}, state: chain.Broken, rule: "answer-refused", hop: evidence.HopSignIn, holds: []string{"trust-condition warning after answer-refused"}},
		{why: "a page in another language leaves room for what AWS sign-in refuses", edits: []func(*evidence.Case){otherAud, func(c *evidence.Case) {
			answeredBy(c, evidence.PartySignIn, "", "リクエストに無効な SAML レスポンスが含まれていました。")
		}}, state: chain.Broken, rule: "trust-condition", hop: evidence.HopTrust},
		{why: "but for nothing behind it", edits: []func(*evidence.Case){quiet, noUser, func(c *evidence.Case) {
			answeredBy(c, evidence.PartySignIn, "", "リクエストに無効な SAML レスポンスが含まれていました。")
		}}, state: chain.Broken, rule: "answer-refused", hop: evidence.HopSignIn},
		{why: "Connect's page in another language", edits: []func(*evidence.Case){quiet, noUser, func(c *evidence.Case) {
			answeredBy(c, evidence.PartyConnect, "", "Zugriff verweigert")
		}}, state: chain.Broken, rule: "user-case-mismatch", hop: evidence.HopUser},
		{why: "the bare words on Connect's page are not STS's", edits: []func(*evidence.Case){otherAud, noUser, func(c *evidence.Case) {
			answeredBy(c, evidence.PartyConnect, "access-denied", "Access denied")
		}}, state: chain.Broken, rule: "user-case-mismatch", hop: evidence.HopUser, holds: []string{"evidence-disagrees warning [trust-condition warning]"}},
		{why: "the relay state led past the federate URL", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) {
			c.Capture.Value.RelayState = evidence.Have(word("https://northwind.my.connect.aws/ccp-v2"), "HAR")
			answeredBy(c, evidence.PartyConnect, "session-expired", "Session Expired")
		}}, state: chain.Broken, rule: "relay-state-malformed", hop: evidence.HopFederate},
		{why: "an unknown text of the console", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) { answeredBy(c, evidence.PartyConsole, "", "Something went wrong") }},
			state: chain.Broken, rule: "answer-refused", hop: evidence.HopFederate},
		{why: "what nobody documents, AWS's answer decides", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) {
			first(c).Audiences = [][]evidence.Text{{word(tACS)}}
			answeredBy(c, evidence.PartySignIn, "audience-required", "Response does not contain the required audience.")
		}}, state: chain.Broken, rule: "audience-mismatch", hop: evidence.HopSTS},
		{why: "and without an answer it stays open", edits: []func(*evidence.Case){quiet, func(c *evidence.Case) { first(c).Audiences = [][]evidence.Text{{word(tACS)}} }},
			state: chain.Healthy, holds: []string{"audience-mismatch warning"}},
		{why: "refused in CloudTrail alone", edits: []func(*evidence.Case){func(c *evidence.Case) {
			e := &c.Live.Trail.Value[0]
			e.Failed, e.ErrorCode, e.ErrorMessage = true, "AccessDenied", denied
		}}, state: chain.Broken, rule: "answer-refused", hop: evidence.HopTrust},
		{why: "CloudTrail's text picks too", edits: []func(*evidence.Case){otherAud, func(c *evidence.Case) {
			c.Live.Trail = lookups().Trail
			e := &c.Live.Trail.Value[0]
			e.Failed, e.ErrorCode, e.ErrorMessage = true, "AccessDenied", denied
			set(c, claims.RoleSessionName, "Maria Lopez")
		}}, state: chain.Broken, rule: "trust-condition", hop: evidence.HopTrust},
		{why: "it went through, and would not now", edits: []func(*evidence.Case){otherAud, func(c *evidence.Case) { c.Capture.Value.Outcome = evidence.OutcomeConnect }},
			state: chain.Healthy, holds: []string{"evidence-disagrees warning [trust-condition warning]"}},
		{why: "STS let it through, the user is missing", edits: []func(*evidence.Case){otherAud, noUser, func(c *evidence.Case) { c.Capture.Value.Outcome = evidence.OutcomeRedirect }},
			state: chain.Broken, rule: "user-case-mismatch", hop: evidence.HopUser, holds: []string{"evidence-disagrees warning [trust-condition warning]"}},
		{why: "a fault of the capture that AWS passed over", edits: []func(*evidence.Case){badName, func(c *evidence.Case) {
			c.Live.Exact, c.Live.Users = evidence.Fact[[]evidence.User]{}, evidence.Fact[[]evidence.User]{}
			c.Capture.Value.Outcome = evidence.OutcomeConnect
		}}, state: chain.Healthy, holds: []string{"session-name-invalid warning"}},
		{why: "Connect's rules are silent elsewhere", edits: []func(*evidence.Case){noUser, func(c *evidence.Case) {
			c.Capture.Value.RelayState = evidence.None[evidence.Text]("HAR")
			c.Live.Instance, c.Live.Permissions = evidence.Fact[evidence.Instance]{}, evidence.Have([]evidence.Policy{permission("*")}, "x")
			c.Live.Permissions.Value[0].Document = strings.Replace(c.Live.Permissions.Value[0].Document, "connect:GetFederationToken", "*", 1)
		}}, state: chain.Healthy},
	} {
		d := Diagnose(looked(func(c *evidence.Case) {
			for _, e := range x.edits {
				e(c)
			}
		}))
		if d.Verdict.State != x.state || d.Verdict.Rule != x.rule || d.Verdict.Hop != x.hop {
			t.Errorf("%s: %+v, findings %q", x.why, d.Verdict, summaries(d.Findings))
		}
		for _, h := range x.holds {
			if !slices.Contains(summaries(d.Findings), h) {
				t.Errorf("%s: no %q among %q", x.why, h, summaries(d.Findings))
			}
		}
		errs := 0
		for _, f := range d.Findings {
			if f.Severity == rule.Error {
				errs++
			}
		}
		if want := map[bool]int{true: 1}[x.state == chain.Broken]; errs != want {
			t.Errorf("%s: %d errors, %q", x.why, errs, summaries(d.Findings))
		}
	}
}

// TestAnswerAgainstCause: what is told of AWS's words beside a cause.
func TestAnswerAgainstCause(t *testing.T) {
	quiet := func(c *evidence.Case) { c.Live.Trail = evidence.Have([]evidence.TrailEvent{}, "x") }
	const page = "Your request included an invalid SAML response. To logout, click here."
	for _, x := range []struct {
		why             string
		edit            func(*evidence.Case)
		rule, predicted string
		seen            bool
		disagrees       string
	}{
		{"the general page, and a fault without a text of its own", func(c *evidence.Case) {
			first(c).Attributes = append(first(c).Attributes, attribute("PrincipalTag:aws:site", "x"))
			answeredBy(c, evidence.PartySignIn, "invalid-saml-response", page)
		}, "tags-invalid", page, true, ""},
		{"the general page, and a fault with one", func(c *evidence.Case) {
			set(c, claims.RoleSessionName, "Maria Lopez")
			answeredBy(c, evidence.PartySignIn, "invalid-saml-response", page)
		}, "session-name-invalid", symptom.Predict("session-name-pattern"), false, "names no cause"},
		{"another language", func(c *evidence.Case) {
			set(c, claims.RoleSessionName, "Maria Lopez")
			answeredBy(c, evidence.PartySignIn, "", "無効な SAML レスポンス")
		}, "session-name-invalid", "無効な SAML レスポンス", true, ""},
		{"the status alone", func(c *evidence.Case) {
			set(c, claims.RoleSessionName, "Maria Lopez")
			answeredBy(c, evidence.PartySignIn, "", "HTTP 400, and the page was not recorded")
			c.Capture.Value.Observed.Unseen = true
		}, "session-name-invalid", symptom.Predict("session-name-pattern"), false, ""},
		{"the status alone, and nothing else", func(c *evidence.Case) {
			answeredBy(c, evidence.PartySignIn, "", "HTTP 400, and the page was not recorded")
			c.Capture.Value.Observed.Unseen = true
		}, "answer-refused", "", false, ""},
	} {
		d := Diagnose(looked(func(c *evidence.Case) { quiet(c); x.edit(c) }))
		v := d.Verdict
		if v.Rule != x.rule || v.Predicted != x.predicted || v.Seen != x.seen || (v.Disagreement == "") != (x.disagrees == "") || !strings.Contains(v.Disagreement, x.disagrees) {
			t.Errorf("%s: %+v", x.why, v)
		}
		if f := d.Findings[0]; f.ID() == "answer-refused" && (len(f.Fixes) == 0 || !strings.Contains(f.Summary, "HTTP 400")) {
			t.Errorf("%s: %q, %v", x.why, f.Summary, f.Fixes)
		}
	}
}
