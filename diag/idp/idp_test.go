package idp

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
)

// Every product has its own words for every setting.
func TestEveryCellIsFilled(t *testing.T) {
	for _, id := range All() {
		own := table(id)
		if len(own) != len(Settings()) {
			t.Errorf("%s: %d settings, want %d", id, len(own), len(Settings()))
		}
		for _, s := range Settings() {
			p, ok := own[s]
			if !ok || strings.TrimSpace(p.Where) == "" {
				t.Errorf("%s: no place for %s", id, s)
				continue
			}
			for _, line := range append([]string{p.Where}, p.Do...) {
				if line != strings.TrimSpace(line) || strings.ContainsAny(line, "\u2013\u2014\u201c\u201d\u2018\u2019") {
					t.Errorf("%s, %s: typographic marks or stray space in %q", id, s, line)
				}
			}
			if strings.HasSuffix(p.Where, ".") {
				t.Errorf("%s, %s: place ends in a period: %q", id, s, p.Where)
			}
			if got := Steps(id, s); len(got) == 0 || !strings.HasPrefix(got[0], p.Where) {
				t.Errorf("%s, %s: steps %q do not begin with the place", id, s, got)
			}
		}
		if Name(id) == "" {
			t.Errorf("%s has no name", id)
		}
	}
}

func TestNoneHasNoSteps(t *testing.T) {
	if got := Steps(Okta, None); len(got) != 0 {
		t.Errorf("steps for no setting: %q", got)
	}
}

// A product or setting that nobody knows gets the generic words.
func TestUnknownGetsGenericWords(t *testing.T) {
	if got, want := Steps("something-else", RelayState), Steps(Unknown, RelayState); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUnverifiedPathsSaySo(t *testing.T) {
	for _, id := range All() {
		for _, s := range Settings() {
			steps := Steps(id, s)
			said := strings.Contains(steps[0], "menu names may differ in your release")
			if said == (PlaceOf(id, s).Verified || id == Unknown) {
				t.Errorf("%s, %s: verified %v, yet said %v", id, s, PlaceOf(id, s).Verified, said)
			}
		}
	}
}

func text(s string) evidence.Text { return evidence.Text{Value: s, Present: s != ""} }

func TestRecognise(t *testing.T) {
	const guid = "0f8fad5b-d9cb-469f-a165-70867728950e"
	tests := []struct {
		name, issuer, id, claim, url, consent string
		want                                  ID
	}{
		{name: "okta issuer", issuer: "http://www.okta.com/exk1abcdEFGH", want: Okta},
		{name: "okta host with own issuer", issuer: "https://id.example.com", url: "https://example.okta.com/app/amazon_aws/exk1/sso/saml", want: Okta},
		{name: "okta shape", issuer: "https://id.example.com", id: "id29525874074479896480891647", want: Okta},
		{name: "entra issuer", issuer: "https://sts.windows.net/" + guid + "/", want: Entra},
		{name: "entra claim", issuer: "https://id.example.com", claim: "http://schemas.microsoft.com/identity/claims/tenantid", want: Entra},
		{name: "adfs issuer", issuer: "http://fs.example.com/adfs/services/trust", want: ADFS},
		{name: "adfs address", issuer: "urn:example", url: "https://fs.example.com/adfs/ls/", want: ADFS},
		{name: "pingfederate address", issuer: "example-entity", url: "https://sso.example.com/idp/SSO.saml2", want: PingFederate},
		{name: "pingone", issuer: "https://auth.pingone.eu/" + guid, want: PingOne},
		{name: "onelogin", issuer: "https://app.onelogin.com/saml/metadata/" + guid, want: OneLogin},
		{name: "google", issuer: "https://accounts.google.com/o/saml2?idpid=C0abc", want: Google},
		{name: "jumpcloud", issuer: "anything", url: "https://sso.jumpcloud.com/saml2/aws", want: JumpCloud},
		{name: "keycloak", issuer: "https://id.example.com/realms/staff", want: Keycloak},
		{name: "keycloak old", issuer: "https://id.example.com/auth/realms/staff", want: Keycloak},
		{name: "auth0", issuer: "urn:example.eu.auth0.com", want: Auth0},
		{name: "identity center", issuer: "https://portal.sso.eu-central-1.amazonaws.com/saml/assertion/MTIz", want: IdentityCenter},
		{name: "shibboleth", issuer: "https://idp.example.edu/idp/shibboleth", want: Shibboleth},
		{name: "shibboleth address", issuer: "urn:x", url: "https://idp.example.edu/idp/profile/SAML2/Unsolicited/SSO", want: Shibboleth},
		{name: "simplesamlphp", issuer: "https://id.example.com/simplesaml/saml2/idp/metadata.php", want: SimpleSAMLphp},
		{name: "simplesamlphp shape", issuer: "urn:x", id: "_" + strings.Repeat("0a", 21), want: SimpleSAMLphp},
		{name: "consent", issuer: "http://fs.example.com/trust", consent: "urn:oasis:names:tc:SAML:2.0:consent:unspecified", want: ADFS},
		{name: "issuer beats host", issuer: "http://www.okta.com/exk1abcdEFGH", url: "https://login.microsoftonline.com/x/saml2", want: Okta},
		{name: "amazon's own pages are no tell", issuer: "urn:x", url: "https://signin.aws.amazon.com/saml", want: Unknown},
		{name: "a name inside another host", issuer: "https://okta.com.example.net/", want: Unknown},
		{name: "nothing", want: Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := evidence.Response{Issuer: text(tt.issuer), ID: text(tt.id), Consent: text(tt.consent)}
			if tt.claim != "" {
				r.Assertions = []evidence.Assertion{{Attributes: []evidence.Attribute{{Name: text(tt.claim)}}}}
			}
			if tt.consent != "" {
				r.Signatures = []evidence.Signature{{Over: "assertion"}}
			}
			var c evidence.Capture
			if tt.url != "" {
				c.Exchanges = []evidence.Exchange{{URL: tt.url}}
			}
			got, why := Recognise(r, c)
			if got != tt.want {
				t.Errorf("got %s (%s), want %s", got, why, tt.want)
			}
			if why == "" {
				t.Error("no reason given")
			}
		})
	}
}

// The responses of real products in the corpus are known for what they are.
func TestRecogniseCorpus(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpus/captures/*/*/response.xml")
	if err != nil || len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	checked := 0
	for _, f := range files {
		truth, err := os.ReadFile(filepath.Join(filepath.Dir(f), "truth.json"))
		if err != nil || !strings.Contains(string(truth), `"idp": "SimpleSAMLphp`) {
			continue
		}
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			ID     string `xml:"ID,attr"`
			Issuer string `xml:"Issuer"`
		}
		if xml.Unmarshal(raw, &doc) != nil || doc.ID == "" {
			continue
		}
		checked++
		if got, why := Recognise(evidence.Response{ID: text(doc.ID), Issuer: text(doc.Issuer)}, evidence.Capture{}); got != SimpleSAMLphp {
			t.Errorf("%s: issuer %q, ID %q: got %s (%s)", f, doc.Issuer, doc.ID, got, why)
		}
	}
	t.Logf("%d responses", checked)
}
