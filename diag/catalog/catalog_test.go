package catalog

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/symptom"
	"example.com/samlens/diag/topic/awscli"
)

// documented are the rules that users hold on to, in their order: IDs in
// reports, scripts and runbooks. A rule is never renamed or taken out.
var documented = strings.Fields(`
	no-saml-response capture-sanitised capture-undecodable acs-not-aws not-saml2 malformed-xml response-too-large direct-visit capture-repaired
	capture-reformatted dtd-present live-credential evidence-disagrees

	status-not-success assertion-missing assertion-multiple assertion-encrypted assertion-undecryptable duplicate-id time-malformed session-ended

	recipient-missing recipient-not-aws recipient-posted-elsewhere destination-mismatch acs-partition-mismatch acs-provider-mismatch acs-global

	attribute-name-typo role-missing role-empty role-whitespace role-malformed role-account-mismatch role-partition-mismatch role-reserved-sso
	role-order role-multiple attribute-whitespace attribute-duplicate

	provider-not-found issuer-missing issuer-mismatch signature-missing signature-wrapping signature-malformed signature-altered certificate-rotated
	signature-wrong-key encryption-required encryption-key-missing encryption-needs-provider-acs signature-response-only signature-weak
	certificate-expired certificate-expiring certificate-not-yet-valid metadata-unparseable metadata-weak-key metadata-repeated-extension metadata-drift

	session-name-missing session-name-empty session-name-multiple session-name-whitespace session-name-invalid source-identity-invalid
	session-duration-invalid tags-invalid transitive-tag-unknown audience-missing audience-mismatch subject-missing subject-confirmation-invalid
	name-id-format-unsupported assertion-not-yet-valid redeemed-late assertion-expired idp-clock-skew sts-region-disabled sts-denied-by-organization

	role-not-found trust-principal trust-action trust-tag-session trust-source-identity trust-condition trust-impossible-condition trust-denied
	provider-cross-account trust-broad trust-external-access

	relay-state-missing relay-state-malformed relay-state-region relay-state-destination instance-not-found federation-permission-missing
	federation-resource-mismatch federation-condition policy-version-missing federation-denied federation-policy-broad instance-replicated

	instance-not-saml instance-not-active session-name-never-matches user-case-mismatch user-format-mismatch user-invisible-character user-confusable
	user-other-instance user-not-found user-ip-blocked user-duplicate role-changed

	session-over-12h session-duration-exceeds-role

	answer-refused trail-event trail-silent trail-outage trail-change

	idc-name-id-format idc-encrypted idc-attributes idc-multiple-assertions idc-user-not-assigned idc-application-disabled`)

func TestRulesAreWhatIsDocumented(t *testing.T) {
	var got []string
	for _, r := range All() {
		got = append(got, r.ID)
	}
	if !slices.Equal(got, documented) {
		for _, id := range documented {
			if !slices.Contains(got, id) {
				t.Errorf("%s: documented, and there is no such rule", id)
			}
		}
		for _, id := range got {
			if !slices.Contains(documented, id) {
				t.Errorf("%s: not among the documented rules", id)
			}
		}
		t.Error("the rules are not the documented ones in their order")
	}
}

func TestRulesAreValid(t *testing.T) {
	if err := rule.Validate(All()); err != nil {
		t.Error(err)
	}
}

// TestHops: the list is in the order of the chain, but for the rules at its
// end that belong to no single hop.
func TestHops(t *testing.T) {
	last := evidence.HopCapture
	for _, r := range All() {
		if r.ID == "answer-refused" {
			return
		}
		if r.Hop < last {
			t.Errorf("%s: hop %s after %s", r.ID, r.Hop, last)
		}
		last = r.Hop
	}
}

func TestMessages(t *testing.T) {
	known := map[string]bool{}
	for _, e := range symptom.All() {
		known[e.ID] = true
	}
	for _, r := range All() {
		for _, id := range r.Explains {
			if !known[id] {
				t.Errorf("%s: explains %q, which is no message", r.ID, id)
			}
		}
		if r.Predicts != "" && !slices.Contains(r.Explains, r.Predicts) {
			t.Errorf("%s: predicts %q and does not explain it", r.ID, r.Predicts)
		}
	}
}

// TestOneRuleOneFile parses the package: a rule is a variable of its own in a
// file named as its ID, and it is listed.
func TestOneRuleOneFile(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, r := range All() {
		listed[r.ID] = true
	}
	seen := 0
	for _, f := range files {
		name := f.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		ids := ruleIDs(t, name)
		if len(ids) > 1 {
			t.Errorf("%s holds %d rules", name, len(ids))
		}
		for _, id := range ids {
			seen++
			if want := strings.ReplaceAll(id, "-", "_") + ".go"; name != want {
				t.Errorf("%s stands in %s, not in %s", id, name, want)
			}
			if !listed[id] {
				t.Errorf("%s is not listed", id)
			}
		}
	}
	if seen != len(listed) {
		t.Errorf("%d rules in files, %d listed", seen, len(listed))
	}
}

// ruleIDs returns the IDs of the rules that a file declares.
func ruleIDs(t *testing.T, name string) (ids []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if sel, ok := lit.Type.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Rule" {
			return true
		}
		for _, e := range lit.Elts {
			kv, ok := e.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			if k, ok := kv.Key.(*ast.Ident); ok && k.Name == "ID" {
				id, err := strconv.Unquote(kv.Value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, id)
			}
		}
		return true
	})
	return ids
}

// TestHealthy: nothing is wrong with the sign-in that all vectors start from.
func TestHealthy(t *testing.T) {
	c := healthy()
	for _, res := range rule.RunAll(All(), c) {
		for _, f := range res.Findings {
			if f.Severity >= rule.Warning {
				t.Errorf("%s: %s", f.ID(), f.Summary)
			}
		}
		if res.Outcome == rule.Waiting || res.Outcome == rule.Blind || res.Outcome == rule.Broken {
			t.Errorf("%s: %s, %v %v", res.Rule.ID, res.Outcome, res.Missing, res.Err)
		}
	}
}

// TestWithoutEvidence: a rule that lacks evidence it needs says so, and finds
// nothing.
func TestWithoutEvidence(t *testing.T) {
	for _, r := range All() {
		for _, n := range r.Needs.Each() {
			if n == evidence.NeedCapture {
				continue // every case has one
			}
			res := rule.Run(r, without(n))
			if res.Outcome != rule.Blind && res.Outcome != rule.Waiting || !res.Missing.Has(n) {
				t.Errorf("%s without need %d: %s, lacking %v", r.ID, n, res.Outcome, res.Missing)
			}
		}
	}
}

// without is the healthy case with the evidence of one need lacking.
func without(n evidence.Need) evidence.Case {
	return build(func(s *sketch) {
		l := s.live
		switch n {
		case evidence.NeedResponse:
			s.unread(evidence.Failed, "it is not base64")
		case evidence.NeedAssertion:
			s.response.Encrypted = []evidence.Encrypted{{At: s.response.At}}
			s.response.Assertions = nil
		case evidence.NeedTime:
			s.c.AsOf = evidence.AsOf{Source: evidence.AsOfNone}
		case evidence.NeedPosted:
			s.capture.Posted = nil
		case evidence.NeedAnswer:
			s.capture.Outcome = evidence.OutcomeUnknown
		case evidence.NeedIdentity:
			l.Identity.State = evidence.Denied
		case evidence.NeedProvider:
			l.Provider.State = evidence.Denied
		case evidence.NeedProviders:
			l.Providers.State = evidence.Denied
		case evidence.NeedIdPMetadata:
			l.IdPMetadata.State = evidence.Failed
		case evidence.NeedRoles:
			l.Roles.State = evidence.Denied
		case evidence.NeedPermissions:
			l.Permissions.State = evidence.Denied
		case evidence.NeedInstance:
			l.Instance.State = evidence.Denied
		case evidence.NeedInstances:
			l.Instances.State = evidence.Denied
		case evidence.NeedExact:
			l.Exact.State = evidence.Denied
		case evidence.NeedUsers:
			l.Users.State = evidence.Partial
		case evidence.NeedAuthProfiles:
			l.AuthProfiles.State = evidence.Denied
		case evidence.NeedTrail:
			l.Trail.State = evidence.Unasked
		case evidence.NeedChanges:
			l.Changes.State = evidence.Unasked
		case evidence.NeedGuardrails:
			l.Guardrails.State = evidence.Denied
		case evidence.NeedRegions:
			l.Regions.State = evidence.Denied
		case evidence.NeedExternal:
			l.External.State = evidence.Denied
		case evidence.NeedCenter:
			l.Center.State = evidence.Denied
		case evidence.NeedSimulated:
			l.Simulated.State = evidence.Denied
		}
	})
}

// TestAbsent: what was looked for and is not there breaks no rule, and takes
// none down.
func TestAbsent(t *testing.T) {
	c := build(func(s *sketch) {
		var l evidence.Live
		l.Provider.State, l.Providers.State, l.IdPMetadata.State, l.Roles.State, l.Permissions.State = evidence.Absent, evidence.Absent, evidence.Absent, evidence.Absent, evidence.Absent
		l.Instance.State, l.Instances.State, l.Exact.State, l.Users.State, l.AuthProfiles.State = evidence.Absent, evidence.Absent, evidence.Absent, evidence.Absent, evidence.Absent
		l.Trail.State, l.Changes.State, l.Guardrails.State, l.Regions.State, l.External.State = evidence.Absent, evidence.Absent, evidence.Absent, evidence.Absent, evidence.Absent
		l.Center.State, l.Simulated.State, l.Identity.State = evidence.Absent, evidence.Absent, evidence.Absent
		*s.live = l
	})
	sound(t, c)
}

// TestEmptyCases: rules bear cases with nothing in them.
func TestEmptyCases(t *testing.T) {
	sound(t, evidence.Case{})
	sound(t, build(func(s *sketch) { *s.capture = evidence.Capture{} }))
	sound(t, build(func(s *sketch) { *s.response = evidence.Response{} }))
	sound(t, build(func(s *sketch) { *s.a = evidence.Assertion{} }))
	sound(t, build(func(s *sketch) { s.a.Subject = &evidence.Subject{Confirmations: make([]evidence.Confirmation, 2)} }))
	sound(t, build(func(s *sketch) { s.a.Attributes = make([]evidence.Attribute, 3) }))
	sound(t, build(func(s *sketch) { s.response.Signatures = make([]evidence.Signature, 2) }))
	sound(t, build(func(s *sketch) { s.c.Capture = evidence.Fact[evidence.Capture]{} }))
	sound(t, build(func(s *sketch) { s.c.Response.State = evidence.Absent }))
	sound(t, build(func(s *sketch) { *s.live = evidence.Live{} }))
	for _, n := range healthy().Seen().Each() {
		sound(t, without(n))
	}
}

// sound checks that no rule breaks on a case, and that whatever is found is
// fit to be shown.
func sound(t *testing.T, c evidence.Case) {
	t.Helper()
	for _, r := range All() {
		res := rule.Run(r, c)
		if res.Err != nil {
			t.Errorf("%v", res.Err)
		}
		for _, f := range res.Findings {
			fit(t, f)
		}
	}
}

// fit checks that a finding has what a report prints.
func fit(t *testing.T, f rule.Finding) {
	t.Helper()
	id := f.ID()
	if f.Summary == "" || strings.HasSuffix(f.Summary, ".") {
		t.Errorf("%s: summary %q", id, f.Summary)
	}
	if len(f.Summary) > 1200 {
		t.Errorf("%s: a summary of %d bytes", id, len(f.Summary))
	}
	if len(f.Evidence) == 0 {
		t.Errorf("%s: no evidence for %q", id, f.Summary)
	}
	for _, e := range f.Evidence {
		if e.What == "" {
			t.Errorf("%s: an exhibit without a name", id)
		}
	}
	for i, x := range f.Fixes {
		if x.Title == "" || x.Who == "" || len(x.Steps)+len(x.Commands) == 0 {
			t.Errorf("%s: fix %d is not complete: %+v", id, i, x)
		}
		if x.Destructive && (i == 0 || x.Consequence == "") {
			t.Errorf("%s: fix %q destroys, and is the first or says no consequence", id, x.Title)
		}
		for _, c := range x.Commands {
			op := c.Argv[min(2, len(c.Argv)-1)]
			if strings.HasPrefix(op, "delete-") && !x.Destructive {
				t.Errorf("%s: fix %q deletes and does not say that it destroys", id, x.Title)
			}
			reads := strings.HasPrefix(op, "get-") || strings.HasPrefix(op, "list-") || strings.HasPrefix(op, "describe-") || strings.HasPrefix(op, "lookup-")
			if !reads && (x.Consequence == "" || len(x.Undo)+len(x.UndoSteps) == 0) {
				t.Errorf("%s: fix %q changes something (%s) and says no consequence, or no way back", id, x.Title, op)
			}
		}
		for _, c := range slices.Concat(x.Commands, x.Undo) {
			if len(c.Argv) < 3 || c.Argv[0] != "aws" || strings.HasPrefix(c.Argv[1], "-") {
				t.Errorf("%s: command %q", id, c.Sh())
			}
			if err := awscli.Check(c.Argv); err != nil {
				t.Errorf("%s: %v", id, err)
			}
			for _, a := range c.Argv {
				if a == "" || strings.ContainsAny(a, "—–\"") { // PowerShell's versions part ways over a double quote
					t.Errorf("%s: argument %q of %q", id, a, c.Sh())
				}
			}
		}
		if strings.ContainsRune(x.Title, '\n') {
			t.Errorf("%s: fix title %q", id, x.Title)
		}
	}
}

// TestConnectRules: rules that only make sense for Amazon Connect are marked.
func TestConnectRules(t *testing.T) {
	for _, r := range All() {
		on := r.Hop == evidence.HopFederate || r.Hop == evidence.HopUser || r.Hop == evidence.HopSession
		if on && !r.Connect {
			t.Errorf("%s: at hop %s and not marked for Connect", r.ID, r.Hop)
		}
	}
}

func ExampleAll() {
	for _, r := range All()[:3] {
		fmt.Println(r.Hop, r.ID)
	}
	// Output:
	// capture no-saml-response
	// capture capture-sanitised
	// capture capture-undecodable
}
