package symptom

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want Fields
	}{
		{"Response signature invalid (Service: AWSSecurityTokenService; Status Code: 400; Error Code: InvalidIdentityToken; Request ID: 8a4fe5c0-39d2; Proxy: null). Please try again.",
			Fields{Message: "Response signature invalid", Service: "AWSSecurityTokenService", Code: "InvalidIdentityToken", HTTPStatus: 400, RequestID: "8a4fe5c0-39d2"}},
		{"Failed to assume role: Issuer not present in specified provider (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)",
			Fields{Message: "Issuer not present in specified provider", Service: "AWSOpenIdDiscoveryService", Code: "AuthSamlInvalidSamlResponseException", HTTPStatus: 400, Prefixed: true}},
		{"An error occurred (AccessDenied) when calling the AssumeRoleWithSAML operation: Not authorized to perform sts:AssumeRoleWithSAML",
			Fields{Message: "Not authorized to perform sts:AssumeRoleWithSAML", Code: "AccessDenied", Operation: "AssumeRoleWithSAML"}},
		{"operation error STS: AssumeRoleWithSAML, https response error StatusCode: 403, RequestID: abc-1, api error AccessDenied: Access denied",
			Fields{Message: "Access denied", Service: "STS", Code: "AccessDenied", HTTPStatus: 403, RequestID: "abc-1", Operation: "AssumeRoleWithSAML"}},
		{"<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredTokenException</Code><Message>Token must be redeemed within 5 minutes of issuance</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
			Fields{Message: "Token must be redeemed within 5 minutes of issuance", Code: "ExpiredTokenException", RequestID: "r-1"}},
		{"Access denied, Please contact your AWS account administrator for assistance. arn:aws:iam::123456789012:role/connect/Agents.",
			Fields{Message: "Access denied, Please contact your AWS account administrator for assistance. arn:aws:iam::123456789012:role/connect/Agents.", RoleARN: "arn:aws:iam::123456789012:role/connect/Agents"}},
		{"hello", Fields{Message: "hello"}},
		{"", Fields{}},
	}
	for _, tt := range tests {
		if got := Parse(tt.text); got != tt.want {
			t.Errorf("%q:\n got %+v\nwant %+v", tt.text, got, tt.want)
		}
	}
}

func TestDenied(t *testing.T) {
	const head = "User: arn:aws:sts::123456789012:assumed-role/R/jdoe is not authorized to perform: connect:GetFederationToken on resource: arn:aws:connect:us-east-1:123456789012:instance/abc "
	tests := []struct {
		text, policy string
		explicit     bool
		first        string
	}{
		{head + "because no identity-based policy allows the connect:GetFederationToken action", "identity-based", false, "federation-permission-missing"},
		{head + "because no permissions boundary allows the connect:GetFederationToken action", "permissions boundary", false, "federation-denied"},
		{head + "because no session policy allows the connect:GetFederationToken action", "session", false, "federation-denied"},
		{head + "with an explicit deny in a service control policy", "service control", true, "federation-denied"},
		{head + "with an explicit deny in a service control policy: arn:aws:organizations::123456789012:policy/o-1/service_control_policy/p-1", "service control", true, "federation-denied"},
		{head + "with an explicit deny in an identity-based policy", "identity-based", true, "federation-denied"},
		{head + "with an explicit deny in a permissions boundary", "permissions boundary", true, "federation-denied"},
		{head, "", false, "federation-permission-missing"},
		{"User: arn:aws:iam::123456789012:user/ops is not authorized to perform: iam:GetRole on resource: role R because no resource-based policy allows the iam:GetRole action", "resource-based", false, ""},
		{"User: anonymous is not authorized to perform: sts:TagSession on resource: arn:aws:iam::123456789012:role/R because no role trust policy allows the sts:TagSession action", "role trust", false, "trust-tag-session"},
	}
	for _, tt := range tests {
		d, ok := Denied(tt.text)
		first := ""
		if r := d.Rules(); len(r) > 0 {
			first = r[0]
		}
		if !ok || d.Policy != tt.policy || d.Explicit != tt.explicit || first != tt.first {
			t.Errorf("%q: got %+v, %v, first rule %q", tt.text, d, ok, first)
		}
	}
	if _, ok := Denied("Not authorized to perform sts:AssumeRoleWithSAML"); ok {
		t.Error("STS's own sentence was taken for the grammar")
	}
}

func TestPredict(t *testing.T) {
	tests := []struct {
		id     string
		params []string
		want   string
	}{
		{"response-signature-invalid", nil, "Response signature invalid (Service: AWSSecurityTokenService; Status Code: 400; Error Code: InvalidIdentityToken)"},
		{"issuer-not-present", nil, "Issuer not present in specified provider (Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: AuthSamlInvalidSamlResponseException)"},
		{"invalid-saml-response", nil, "Your request included an invalid SAML response. To logout, click here."},
		{"not-onboarded", nil, "Access Denied. Your account has been authenticated, but has not been onboarded to this application."},
		{"protected-role", []string{"AWSReservedSSO_X_1"}, "Cannot perform the operation on the protected role 'AWSReservedSSO_X_1' - this role is only modifiable by AWS"},
		{"protected-role", []string{"a\x1b[31mb\u202e"}, "Cannot perform the operation on the protected role 'a [31mb' - this role is only modifiable by AWS"},
		{"protected-role", nil, "Cannot perform the operation on the protected role '…' - this role is only modifiable by AWS"},
		{"audience-required", nil, "Response does not contain the required audience."}, // its code is inferred: not shown
		{"no-valid-roles", nil, ""},
		{"nonsense", nil, ""},
	}
	for _, tt := range tests {
		if got := Predict(tt.id, tt.params...); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.id, got, tt.want)
		}
	}
	if got := Suffix("S", 0, "C"); got != "" {
		t.Errorf("a suffix without a status: %q", got)
	}
}

// What is predicted is found again.
func TestPredictionsAreFound(t *testing.T) {
	for _, e := range All() {
		if e.Standing == Unverified {
			continue
		}
		if hits := Match(strings.ReplaceAll(e.Render(), "…", "x")); len(hits) == 0 || hits[0].Entry.ID != e.ID {
			t.Errorf("%s: %q finds %v", e.ID, e.Render(), ids(hits))
		}
	}
}

func TestExplainedBy(t *testing.T) {
	e, ok := Get("response-signature-invalid")
	if !ok || !e.ExplainedBy("certificate-rotated") || !e.ExplainedBy("signature-altered") || e.ExplainedBy("certificate-expired") || e.ExplainedBy("role-missing") {
		t.Errorf("%+v", e.Causes)
	}
}

func TestOf(t *testing.T) {
	tests := []struct{ rule, first string }{
		{"certificate-rotated", "response-signature-invalid"}, {"role-missing", "invalid-saml-response"}, {"user-case-mismatch", "not-onboarded"},
		{"federation-permission-missing", "connect-access-denied"}, {"redeemed-late", "token-redeemed"}, {"role-changed", "connect-bad-request"},
	}
	for _, tt := range tests {
		got := Of(tt.rule)
		if len(got) == 0 || got[0].ID != tt.first && !slices.ContainsFunc(got, func(e Entry) bool { return e.ID == tt.first }) {
			t.Errorf("%s: got %d entries, want %s", tt.rule, len(got), tt.first)
		}
	}
	if got := Of("acs-global"); len(got) != 0 {
		t.Errorf("an information has texts: %v", got)
	}
}

// The catalogue is whole: IDs are unique, recipes exist, every entry says
// what it means, whence it is known and how to go on.
func TestTableIsWhole(t *testing.T) {
	used, entries := map[string]bool{}, map[string]bool{}
	for _, e := range All() {
		if entries[e.ID] {
			t.Errorf("%s: twice", e.ID)
		}
		entries[e.ID] = true
		if e.Means == "" || e.Speaker == "" || len(e.Sources) == 0 || len(e.TellApart) == 0 {
			t.Errorf("%s: incomplete", e.ID)
		}
		if int(e.Hop) >= len(evidence.Hops()) {
			t.Errorf("%s: no such hop", e.ID)
		}
		for _, s := range e.Sources {
			if !strings.HasPrefix(s, "https://") {
				t.Errorf("%s: source %q", e.ID, s)
			}
		}
		seen := map[string]bool{}
		for _, c := range e.Causes {
			if !rules[c.Rule] {
				t.Errorf("%s: %q is no rule", e.ID, c.Rule)
			}
			if seen[c.Rule] {
				t.Errorf("%s: %s twice", e.ID, c.Rule)
			}
			seen[c.Rule] = true
		}
		for _, v := range e.TellApart {
			if _, ok := RecipeOf(v.Recipe); !ok {
				t.Errorf("%s: no recipe %q", e.ID, v.Recipe)
			}
			used[v.Recipe] = true
		}
	}
	for _, r := range Recipes() {
		if !used[r.ID] {
			t.Errorf("recipe %s is used by nobody", r.ID)
		}
		if len(r.Browsers)+len(r.Shells) == 0 {
			t.Errorf("recipe %s tells no way", r.ID)
		}
	}
}

// Contract: the generic sentence is explained by these rules, and by no other.
func TestGenericSentenceHasItsRules(t *testing.T) {
	e, _ := Get("invalid-saml-response")
	want := strings.Fields("attribute-name-typo role-missing role-empty role-whitespace role-malformed role-account-mismatch role-partition-mismatch role-reserved-sso " +
		"attribute-whitespace attribute-duplicate recipient-missing recipient-not-aws recipient-posted-elsewhere assertion-multiple response-too-large session-duration-invalid malformed-xml")
	got := e.Rules()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestMatchIsBounded(t *testing.T) {
	for _, s := range []string{strings.Repeat("access denied ", 200000), strings.Repeat("user: arn:aws:sts::1 ", 50000), strings.Repeat("<", 1<<20), strings.Repeat("&amp;", 1<<18), strings.Repeat("\u00e9", 1<<20)} {
		start := time.Now()
		Match(s)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%.20q took %v", s, d)
		}
	}
}

func FuzzMatch(f *testing.F) {
	for _, tt := range seen {
		f.Add(tt.text)
	}
	for _, tt := range spoken {
		f.Add(tt.text)
	}
	for _, s := range elsewhere {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		hits := Match(s)
		for i, h := range hits {
			if h.Score <= 0 || h.Score > 1 || h.Entry.ID == "" {
				t.Errorf("%q: hit %+v", s, h)
			}
			if i > 0 && hits[i-1].Score < h.Score {
				t.Errorf("%q: not ranked", s)
			}
			if strings.ContainsFunc(h.Text+h.Fields.Message+h.Fields.RoleARN+h.Fields.RequestID, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x202e }) {
				t.Errorf("%q: control characters came through: %q", s, h.Text)
			}
		}
		InPage(s)
		Denied(s)
	})
}
