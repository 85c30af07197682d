package preflight

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/metadata"
)

const (
	provider = "arn:aws:iam::111122223333:saml-provider/northwind"
	roleARN  = "arn:aws:iam::111122223333:role/agents"
	instance = "arn:aws:connect:us-east-1:111122223333:instance/6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
)

// document is metadata with the certificates of some of the keys for tests.
func document(t *testing.T, keys ...string) evidence.Metadata {
	t.Helper()
	doc := `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sso.northwind.example/idp"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">`
	for _, k := range keys {
		b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "keys", k+".crt"))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(certificate.PEM(certificate.FromPEM(b)[0])), "\n")
		doc += `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>` + strings.Join(lines[1:len(lines)-1], "") + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
	}
	doc += `<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://sso.northwind.example/sso"/></IDPSSODescriptor></EntityDescriptor>`
	return metadata.Parse([]byte(doc), "iam")
}

func trust(principal, action, condition string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + principal + `"},"Action":"` + action + `"` + condition + `}]}`
}

const aud = `,"Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}`

// healthy is an account in which nothing is wrong.
func healthy(t *testing.T) Account {
	t.Helper()
	return Account{
		Names:     evidence.Have([]evidence.ProviderName{{ARN: provider}}, "iam:ListSAMLProviders"),
		Providers: []evidence.Provider{{ARN: provider, Metadata: document(t, "idp-a")}},
		Roles:     []evidence.Role{{ARN: roleARN, Name: "agents", ID: "AROAEXAMPLE", Trust: trust(provider, "sts:AssumeRoleWithSAML", aud)}},
		Permissions: map[string]evidence.Fact[[]evidence.Policy]{roleARN: evidence.Have([]evidence.Policy{{
			Name: "federate", Kind: evidence.Inline, Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"` + instance + `/user/${aws:userid}"}]}`,
		}}, "iam:GetRolePolicy")},
		AllRoles:  true,
		Instances: []evidence.Instance{{ID: "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911", ARN: instance, Alias: "northwind", Region: "us-east-1", IdentityType: "SAML", Status: "ACTIVE"}},
		Now:       time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
	}
}

// found are the findings as severity and rule, and what was left open.
func found(a Account) (out []string) {
	for _, s := range Check(a) {
		for _, f := range s.Findings {
			if f.Rule == nil {
				out = append(out, "no rule: "+f.Summary)
				continue
			}
			out = append(out, f.Severity.String()+" "+f.ID())
		}
		if len(s.Open) > 0 {
			out = append(out, "open "+s.Kind)
		}
	}
	return out
}

func TestAHealthyAccountHasNoFindings(t *testing.T) {
	if got := found(healthy(t)); len(got) > 0 {
		t.Errorf("found %v", got)
	}
}

func TestEachFaultIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Account)
		want   string
	}{
		"expired":           {func(a *Account) { a.Providers[0].Metadata = document(t, "expired") }, "warning certificate-expired"},
		"rotation prepared": {func(a *Account) { a.Providers[0].Metadata = document(t, "expired", "idp-a") }, "info certificate-expired"},
		"soon":              {func(a *Account) { a.Now = first(*a).Add(-10 * 24 * time.Hour) }, "warning certificate-expiring"},
		"weak":              {func(a *Account) { a.Providers[0].Metadata = document(t, "weak") }, "warning signature-weak"},
		"no metadata":       {func(a *Account) { a.Providers[0].Metadata = metadata.Parse([]byte("<html>"), "iam") }, "error metadata-unparseable"},
		"no certificate":    {func(a *Account) { a.Providers[0].Metadata = document(t) }, "error metadata-unparseable"},
		"drift":             {func(a *Account) { a.Published = []evidence.Metadata{document(t, "idp-a-next")} }, "warning metadata-drift"},
		"provider deleted":  {func(a *Account) { a.Roles[0].Trust = trust(provider+"-old", "sts:AssumeRoleWithSAML", aud) }, "error provider-not-found"},
		"other account": {func(a *Account) {
			a.Roles[0].Trust = trust(strings.Replace(provider, "1111", "9999", 1), "sts:AssumeRoleWithSAML", aud)
		}, "error provider-cross-account"},
		"wrong action": {func(a *Account) { a.Roles[0].Trust = trust(provider, "sts:AssumeRole", aud) }, "error trust-action"},
		"second factor": {func(a *Account) {
			a.Roles[0].Trust = trust(provider, "sts:AssumeRoleWithSAML", strings.Replace(aud, `{"StringEquals"`, `{"Bool":{"aws:MultiFactorAuthPresent":"true"},"StringEquals"`, 1))
		}, "error trust-impossible-condition"},
		"audience for aud": {func(a *Account) {
			a.Roles[0].Trust = trust(provider, "sts:AssumeRoleWithSAML", strings.Replace(aud, "https://signin.aws.amazon.com/saml", "urn:amazon:webservices", 1))
		}, "error trust-condition"},
		"no condition":     {func(a *Account) { a.Roles[0].Trust = trust(provider, "sts:AssumeRoleWithSAML", "") }, "warning trust-broad"},
		"no way in":        {func(a *Account) { a.Permissions[roleARN] = evidence.Have([]evidence.Policy(nil), "iam") }, "error federation-permission-missing"},
		"no roles at all":  {func(a *Account) { a.Roles = nil }, "error federation-permission-missing"},
		"instance failed":  {func(a *Account) { a.Instances[0].Status = "CREATION_FAILED" }, "error instance-not-active"},
		"policies refused": {func(a *Account) { a.Permissions[roleARN] = evidence.Fact[[]evidence.Policy]{State: evidence.Denied} }, "open instance"},
		"not all roles":    {func(a *Account) { a.Roles, a.AllRoles = nil, false }, "open instance"},
		"broken trust":     {func(a *Account) { a.Roles[0].Trust = "{" }, "open role"},
	} {
		t.Run(name, func(t *testing.T) {
			a := healthy(t)
			c.change(&a)
			if got := found(a); !slices.Contains(got, c.want) {
				t.Errorf("found %v, want %s", got, c.want)
			}
		})
	}
}

func first(a Account) time.Time {
	earliest, _ := Ends(a.Providers[0])
	return earliest
}

// TestAbsenceNeedsTheWholeList: a provider that was not listed is not one that
// is gone.
func TestAbsenceNeedsTheWholeList(t *testing.T) {
	a := healthy(t)
	a.Roles[0].Trust = trust(provider+"-old", "sts:AssumeRoleWithSAML", aud)
	a.Names.State = evidence.Partial
	if got := found(a); slices.Contains(got, "error provider-not-found") {
		t.Errorf("found %v in a partial list", got)
	}
}

// TestConditionsThatAskForNothing: an operator that is true of a missing key
// shuts nobody out.
func TestConditionsThatAskForNothing(t *testing.T) {
	a := healthy(t)
	a.Roles[0].Trust = trust(provider, "sts:AssumeRoleWithSAML", strings.Replace(aud, `{"StringEquals"`, `{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"},"StringEquals"`, 1))
	if got := found(a); len(got) > 0 {
		t.Errorf("found %v", got)
	}
}

// TestOtherIdentityTypesAreNoMatter: users of Connect's own directory sign in
// without any role.
func TestOtherIdentityTypesAreNoMatter(t *testing.T) {
	a := healthy(t)
	a.Roles, a.Instances[0].IdentityType = nil, "CONNECT_MANAGED"
	if got := found(a); len(got) > 0 {
		t.Errorf("found %v", got)
	}
}
