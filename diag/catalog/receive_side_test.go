package catalog

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A trial case is a vector of the rules on what AWS and Connect hold: exactly
// one rule finds an error, its fixes are there, and the documents that they
// change make the finding go away.
type receipt struct {
	vector
	// besides are rules that find something of their own in the same case,
	// or once the change is made.
	besides string
	// mends tells that one of the fixes has a changed document.
	mends bool
}

func received(t *testing.T, rs []receipt) {
	t.Helper()
	vs := make([]vector, len(rs))
	for i, r := range rs {
		vs[i] = r.vector
	}
	check(t, vs)
	for i, r := range rs {
		if r.severity == silent {
			continue
		}
		c := build(r.edit)
		if r.severity == fails {
			for _, id := range errorsIn(c) {
				if id != r.rule && !follows(t, id, r.rule) && !slices.Contains(strings.Fields(r.besides), id) {
					t.Errorf("%d %s: %s is found as well", i, r.rule, id)
				}
			}
		}
		mended := false
		for _, f := range findings(t, r.rule, c) {
			if len(f.Fixes) == 0 && f.Severity >= warns {
				t.Errorf("%d %s: no fix", i, r.rule)
			}
			for _, x := range f.Fixes {
				if x.Change != nil {
					mended = true
					whatIf(t, c, f, x, strings.Fields(r.besides))
				}
			}
		}
		if mended != r.mends {
			t.Errorf("%d %s: a changed document: %v, want %v: %s", i, r.rule, mended, r.mends, findings(t, r.rule, c)[0].Summary)
		}
	}
}

// errorsIn are the rules that find an error in a case.
func errorsIn(c evidence.Case) []string {
	var out []string
	for _, res := range rule.RunAll(All(), c) {
		for _, f := range res.Findings {
			if f.Severity == fails && !slices.Contains(out, f.ID()) {
				out = append(out, f.ID())
			}
		}
	}
	return out
}

// follows reports whether what a rule finds is folded under another's.
func follows(t *testing.T, id, cause string) bool {
	t.Helper()
	for _, e := range byID(t, cause).Eclipses {
		if e == id || follows(t, id, e) {
			return true
		}
	}
	return false
}

// whatIf puts a fix's document in the place of the old one: the finding is
// gone, and no rule finds anything that it did not find before.
func whatIf(t *testing.T, c evidence.Case, f rule.Finding, x rule.Fix, besides []string) {
	t.Helper()
	for _, doc := range []string{x.Change.Before, x.Change.After} {
		if p, err := policy.Parse(doc); doc != "" && err != nil {
			t.Errorf("%s: %q: %v", f.ID(), x.Title, err)
		} else if bad, refused := p.Refused(); refused && doc == x.Change.After {
			t.Errorf("%s: %q: AWS would refuse it: %s", f.ID(), x.Title, bad.Text)
		}
	}
	after := applied(c, x.Change)
	if fs := findings(t, f.ID(), after); len(fs) > 0 {
		t.Errorf("%s: %q leaves %q\n%s", f.ID(), x.Title, fs[0].Summary, x.Change.After)
	}
	old := map[string]bool{}
	for _, res := range rule.RunAll(All(), c) {
		old[res.Rule.ID] = res.Outcome == rule.Fired
	}
	for _, res := range rule.RunAll(All(), after) {
		for _, g := range res.Findings {
			if g.Severity >= warns && !old[g.ID()] && !slices.Contains(besides, g.ID()) {
				t.Errorf("%s: %q brings %s: %s\n%s", f.ID(), x.Title, g.ID(), g.Summary, x.Change.After)
			}
		}
	}
}

// applied is the case with a changed document in its place.
func applied(c evidence.Case, ch *rule.Change) evidence.Case {
	roles, ps := slices.Clone(c.Live.Roles.Value), slices.Clone(c.Live.Permissions.Value)
	for i := range roles {
		if ch.Name == "trust-policy.json" && roles[i].Trust == ch.Before {
			roles[i].Trust = ch.After
		}
	}
	if ch.Before == "" {
		ps = append(ps, evidence.Policy{Name: "added", Kind: evidence.Inline, Document: ch.After})
	}
	for i := range ps {
		if ps[i].Document == ch.Before {
			ps[i].Document = ch.After
		}
	}
	c.Live.Roles.Value, c.Live.Permissions.Value = roles, ps
	return c
}

// statement is an Allow statement of the trust policy for the provider.
func statement(more string) string {
	return `{"Effect":"Allow","Principal":{"Federated":"` + tProvider + `"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"` + tACS + `"}}` + more + `}`
}

// trusting gives the role this trust policy, version and list left out.
func trusting(statements ...string) func(*sketch) {
	return func(s *sketch) {
		s.live.Roles.Value[0].Trust = `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
	}
}

// changed is the healthy trust policy with a text replaced.
func changed(old, to string) func(*sketch) {
	return func(s *sketch) {
		r := &s.live.Roles.Value[0]
		if !strings.Contains(r.Trust, old) {
			panic("not in the trust policy: " + old)
		}
		r.Trust = strings.Replace(r.Trust, old, to, 1)
	}
}

// both makes one change of several.
func together(edits ...func(*sketch)) func(*sketch) {
	return func(s *sketch) {
		for _, e := range edits {
			e(s)
		}
	}
}

// certified puts a key of testdata in the place of IAM's.
func certified(names ...string) func(*sketch) {
	return func(s *sketch) {
		s.live.Provider.Value.Metadata.Entities = slices.Clone(s.live.Provider.Value.Metadata.Entities)
		e := &s.live.Provider.Value.Metadata.Entities[0]
		e.Signing = nil
		for _, n := range names {
			_, x := testKey(n)
			x.Origin, x.Use = "iam", "signing"
			x.At = evidence.Spot{In: evidence.InMetadata, Path: "X509Certificate " + n}
			e.Signing = append(e.Signing, x)
		}
		s.live.IdPMetadata = evidence.Fact[evidence.Metadata]{}
	}
}

// signedBy signs the assertion with a key of testdata and sends it along.
func signedBy(name string) func(*sketch) {
	return func(s *sketch) {
		key, x := testKey(name)
		sum := sha256.Sum256([]byte(signedInfo))
		value, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
		if err != nil {
			panic(err)
		}
		x.Origin, x.At = "assertion", evidence.Spot{In: evidence.InResponse, Path: "X509Certificate", Start: 430, End: 440}
		s.response.Signatures[0].Value, s.response.Signatures[0].Certificates = value, []evidence.Certificate{x}
	}
}

// the is one finding, or silence where the severity is left out.
func the(id string, edit func(*sketch), severity rule.Severity, says ...string) receipt {
	return receipt{vector: vector{rule: id, edit: edit, severity: severity, says: says}}
}

func (r receipt) and(ids string) receipt { r.besides = ids; return r }
func (r receipt) mending() receipt       { r.mends = true; return r }

func TestProviderRules(t *testing.T) {
	lost := func(names ...string) func(*sketch) {
		return func(s *sketch) {
			s.live.Provider = evidence.None[evidence.Provider]("iam:GetSAMLProvider")
			s.live.Providers.Value = nil
			for _, n := range names {
				s.live.Providers.Value = append(s.live.Providers.Value, evidence.ProviderName{ARN: n})
			}
		}
	}
	issuer := func(v string) func(*sketch) { return func(s *sketch) { s.a.Issuer.Value = v } }
	altered := func(s *sketch) {
		ref := &s.response.Signatures[0].References[0]
		ref.Match, ref.Computed = false, []byte("another digest, computed here...")
	}
	edited := func(path, now, was string) func(*sketch) {
		return func(s *sketch) {
			altered(s)
			copy(s.response.XML[600:], now)
			ref := &s.response.Signatures[0].References[0]
			ref.Change, ref.Was = "value edited", was
			ref.Edited = evidence.Spot{In: evidence.InResponse, Path: path, Start: 600, End: 600 + len(now), Line: 9}
		}
	}
	mode := func(m string) func(*sketch) { return func(s *sketch) { s.live.Provider.Value.EncryptionMode = m } }
	closed := func(s *sketch) {
		s.response.Encrypted = []evidence.Encrypted{{At: evidence.Spot{In: evidence.InResponse, Path: "/Response/EncryptedAssertion", Start: 400, End: 8900}}}
		s.response.Assertions, s.response.Signatures = nil, nil
	}
	keyed := func(s *sketch) { s.live.Provider.Value.PrivateKeys = []evidence.PrivateKey{{ID: "k1"}} }
	ownACS := func(s *sketch) {
		s.post(tACS + "/acs/SAMLSPABCDEFGHIJ0123")
		trusting(strings.Replace(statement(""), tACS, tACS+"/acs/SAMLSPABCDEFGHIJ0123", 1))(s)
	}
	at := func(when time.Time) func(*sketch) {
		return func(s *sketch) { s.c.AsOf = evidence.AsOf{At: when, Source: evidence.AsOfFlag} }
	}
	_, crt := idpKey()
	metadata := func(edit func(*evidence.Metadata)) func(*sketch) {
		return func(s *sketch) {
			m := &s.live.Provider.Value.Metadata
			s.live.Provider.Value.Full = false
			m.Document = []byte(strings.Repeat("<EntityDescriptor/>", 100))
			m.Entities = slices.Clone(m.Entities)
			edit(m)
		}
	}
	inMetadata := evidence.Spot{In: evidence.InMetadata, Path: "/EntityDescriptor"}
	received(t, []receipt{
		the("provider-not-found", lost(), fails, tAccount, "Okta").and("certificate-rotated"),
		the("provider-not-found", lost("arn:aws:iam::"+tAccount+":saml-provider/okta"), fails, "the nearest there is “okta”"),
		the("provider-not-found", func(s *sketch) { // the list alone tells
			s.live.Provider = evidence.Fact[evidence.Provider]{}
			s.live.Providers.Value[0].ARN += "2"
		}, fails, "Okta2"),
		the("provider-not-found", func(s *sketch) { // another account's list tells nothing
			s.live.Provider = evidence.Fact[evidence.Provider]{}
			s.live.Providers.Value[0].ARN = "arn:aws:iam::999999999999:saml-provider/Okta"
		}, silent),
		the("provider-not-found", func(s *sketch) { s.live.Provider.Value.ARN = "" }, silent),
		the("provider-not-found", func(s *sketch) { // a document without a name does not stand against the account's list
			s.live.Provider.Value.ARN = ""
			s.live.Providers.Value[0].ARN += "2"
		}, fails, "Okta2"),
		the("provider-not-found", func(s *sketch) { // but against a list of nothing
			s.live.Provider.Value.ARN = ""
			s.live.Providers.Value = nil
		}, silent),
		the("provider-not-found", func(s *sketch) { // GovCloud has providers of its own
			govcloud(s)
			s.live.Provider = evidence.None[evidence.Provider]("iam:GetSAMLProvider")
		}, fails, "Okta"),
		the("provider-not-found", nil, silent),

		the("issuer-missing", func(s *sketch) { s.a.Issuer = evidence.Text{} }, fails, "no Issuer"),
		the("issuer-missing", issuer(" "), fails, "empty"),
		the("issuer-missing", nil, silent),
		the("issuer-mismatch", issuer(strings.Replace(tIssuer, "http:", "https:", 1)), fails, "http against https"),
		the("issuer-mismatch", issuer(tIssuer+"/"), fails, "a slash at the end"),
		the("issuer-mismatch", issuer(strings.ToUpper(tIssuer)), fails, "upper and lower case"),
		the("issuer-mismatch", issuer(tIssuer+" "), fails, "white space"),
		the("issuer-mismatch", issuer("http://www.okta.com/exkzzz999zzz999zzz9"), fails, "another tenant or application"),
		the("issuer-mismatch", issuer("https://idp.example.com/saml"), fails, tIssuer),
		the("issuer-mismatch", func(s *sketch) { // one of several entities
			issuer("https://idp.example.com/saml")(s)
			s.live.Provider.Value.Metadata.Entities = append(slices.Clone(s.live.Provider.Value.Metadata.Entities), evidence.Entity{ID: evidence.Text{Value: "https://idp.example.com/saml"}})
		}, silent),
		the("issuer-mismatch", together(issuer("\n "+tIssuer+"\n"), viewed), silent),
		the("issuer-mismatch", nil, silent),

		the("signature-missing", func(s *sketch) { s.response.Signatures = nil }, fails, "Neither"),
		the("signature-missing", func(s *sketch) {
			s.response.Signatures[0].References[0].CoversAt = evidence.Spot{In: evidence.InResponse, Path: "/Response/Extensions", Start: 10, End: 20}
			s.response.Signatures[0].Parent = s.response.Signatures[0].References[0].CoversAt
			s.response.Signatures[0].References[0].Covers = "other"
		}, fails, "No signature in the response covers"),
		the("signature-missing", func(s *sketch) { s.response.Signatures, s.response.BareAssertion = nil, true }, silent),
		the("signature-missing", nil, silent),

		the("signature-wrapping", func(s *sketch) {
			evil := *s.a
			evil.At = evidence.Spot{In: evidence.InResponse, Path: "/Response/Assertion[1]", Start: 100, End: 390}
			evil.ID.Value = "evil"
			s.response.Assertions = []evidence.Assertion{evil, *s.a}
			s.set("RoleSessionName", "Administrator")
		}, fails, "the first assertion is not signed"),
		the("signature-wrapping", func(s *sketch) { // the same content twice is several assertions, not wrapping
			b := *s.a
			b.At = evidence.Spot{In: evidence.InResponse, Path: "/Response/Assertion[2]", Start: 8910, End: 8990}
			s.response.Assertions = append(s.response.Assertions, b)
		}, silent),
		the("signature-wrapping", nil, silent),

		the("signature-malformed", func(s *sketch) {
			s.response.Signatures[0].Problem, s.response.Signatures[0].Malformed = "the SignatureValue is not base64", true
		}, fails, "not base64"),
		the("signature-malformed", func(s *sketch) {
			s.response.Signatures[0].Problem, s.response.Signatures[0].Unsupported = "an algorithm that is not known", true
		}, silent),
		the("signature-malformed", nil, silent),

		the("signature-altered", altered, fails, "changed after signing"),
		the("signature-altered", edited("/Response/Assertion/Subject/NameID", "ceo", "maria.lopez"), fails, "NameID was “maria.lopez”, now it is “ceo”"),
		the("signature-altered", edited("/Response/@Destination", `Destination = "https://a&amp;b"`, "https://x"), fails, "@Destination was “https://x”, now it is “https://a&b”"),
		the("signature-altered", func(s *sketch) { // the signature over the response fails, that over the assertion holds
			outer := s.response.Signatures[0]
			outer.Over, outer.Parent = "response", s.response.At
			outer.At.Start, outer.At.End = 20, 90
			ref := outer.References[0]
			ref.Covers, ref.CoversAt, ref.Match, ref.Computed, ref.Change = "response", s.response.At, false, []byte("x"), "re-encoded"
			outer.References = []evidence.Reference{ref}
			s.response.Signatures = append([]evidence.Signature{outer}, s.response.Signatures...)
		}, warns, "re-encoded", "another signature covers the assertion and holds"),
		the("signature-altered", func(s *sketch) { // a viewer's layout
			altered(s)
			s.response.Decoded = true
			s.response.Signatures[0].References[0].Change = "re-indented"
		}, silent),
		the("signature-altered", func(s *sketch) { // re-indented and posted like that
			altered(s)
			s.response.Signatures[0].References[0].Change = "re-indented"
		}, fails, "re-indented"),
		the("signature-altered", nil, silent),

		the("certificate-rotated", certified("other"), fails, "which IAM does not hold", "or it is not your IdP"),
		the("certificate-rotated", certified("other", "idp-a-next", "weak"), fails),
		the("certificate-rotated", certified("other", "idp-a"), silent), // several, of which one matches
		the("certificate-rotated", together(certified("other"), func(s *sketch) {
			s.live.IdPMetadata = evidence.Have(evidence.Metadata{Entities: []evidence.Entity{{ID: s.a.Issuer, Signing: []evidence.Certificate{crt}, IDPDescriptor: true}}}, "metadata.xml")
		}), fails, "the IdP's own metadata has it"),
		the("certificate-rotated", together(certified("other"), func(s *sketch) {
			_, x := testKey("other")
			s.live.IdPMetadata = evidence.Have(evidence.Metadata{Entities: []evidence.Entity{{ID: s.a.Issuer, Signing: []evidence.Certificate{x}, IDPDescriptor: true}}}, "metadata.xml")
		}), fails, "does not have it either"),
		the("certificate-rotated", together(certified("other"), altered), silent),
		the("certificate-rotated", nil, silent),

		the("signature-wrong-key", func(s *sketch) { s.response.Signatures[0].Value = make([]byte, 256) }, fails, "none of the certificates that IAM holds (1)"),
		the("signature-wrong-key", together(certified("other"), func(s *sketch) { s.response.Signatures[0].Certificates = nil }), fails),
		the("signature-wrong-key", together(certified("other"), func(s *sketch) {
			s.response.Signatures[0].Certificates = nil
			s.live.IdPMetadata = evidence.Have(evidence.Metadata{Entities: []evidence.Entity{{Signing: []evidence.Certificate{crt}}}}, "metadata.xml")
		}), fails, "of the IdP's current metadata"),
		the("signature-wrong-key", certified("other"), silent), // that is a rotation
		the("signature-wrong-key", nil, silent),

		the("encryption-required", together(mode("Required"), keyed, ownACS), fails, "Required"),
		the("encryption-required", together(mode("Required"), keyed, ownACS, func(s *sketch) { s.a.WasEncrypted, s.response.Decrypted = true, 1 }), silent),
		the("encryption-required", mode("Allowed"), silent),
		the("encryption-required", nil, silent),
		the("encryption-key-missing", together(mode("Allowed"), closed), fails, "no private key"),
		the("encryption-key-missing", together(mode("Allowed"), closed, keyed), silent),
		the("encryption-key-missing", closed, silent), // whether it has keys was not told
		the("encryption-key-missing", nil, silent),
		the("encryption-needs-provider-acs", together(mode("Required"), keyed, closed), fails, tACS),
		the("encryption-needs-provider-acs", together(mode("Required"), keyed, closed, func(s *sketch) { s.capture.Posted.URL = tACS + "/acs/SAMLSPABCDEFGHIJ0123" }), silent),
		the("encryption-needs-provider-acs", mode("Allowed"), silent),
		the("encryption-needs-provider-acs", nil, silent),

		the("signature-response-only", func(s *sketch) {
			sig := &s.response.Signatures[0]
			sig.Over, sig.Parent, sig.ParentID = "response", s.response.At, s.response.ID.Value
			sig.At.Start, sig.At.End = 20, 90
			sig.References[0].Covers, sig.References[0].CoversAt = "response", s.response.At
		}, info, "as a whole"),
		the("signature-response-only", nil, silent),
		the("signature-weak", func(s *sketch) {
			s.response.Signatures[0].Method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
			s.response.Signatures[0].References[0].DigestMethod = "http://www.w3.org/2000/09/xmldsig#sha1"
		}, warns, "rsa-sha1", "sha1"),
		the("signature-weak", func(s *sketch) {
			s.response.Signatures[0].Method = "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1"
		}, warns, "sha1-rsa-MGF1"),
		the("signature-weak", together(certified("weak"), signedBy("weak")), warns, "1024 bits"),
		the("signature-weak", nil, silent),
		the("certificate-expired", at(crt.X509.NotAfter.Add(48*time.Hour)), warns, "2 d before this sign-in").and("redeemed-late assertion-expired session-ended"),
		the("certificate-expired", nil, silent),
		the("certificate-expiring", func(s *sketch) { s.c.Now = crt.X509.NotAfter.Add(-10 * 24 * time.Hour) }, warns, "10 d"),
		the("certificate-expiring", func(s *sketch) { s.c.Now = crt.X509.NotAfter.Add(-31 * 24 * time.Hour) }, silent),
		the("certificate-expiring", func(s *sketch) { s.c.Now = crt.X509.NotAfter.Add(time.Hour) }, silent),
		the("certificate-expiring", nil, silent),
		the("certificate-not-yet-valid", at(crt.X509.NotBefore.Add(-time.Hour)), warns, "1 h after this sign-in"),
		the("certificate-not-yet-valid", nil, silent),

		the("metadata-unparseable", metadata(func(m *evidence.Metadata) { m.BOM, m.ProblemAt = true, inMetadata }), fails, "byte order mark", "Could not parse metadata"),
		the("metadata-unparseable", metadata(func(m *evidence.Metadata) { m.Encoding, m.ProblemAt = "UTF-16LE", inMetadata }), fails, "not in UTF-8"),
		the("metadata-unparseable", metadata(func(m *evidence.Metadata) { m.Problem, m.ProblemAt = "line 3: the element is not closed", inMetadata }), fails, "not closed"),
		the("metadata-unparseable", func(s *sketch) { s.live.Provider.Value.Metadata.BOM = true }, silent), // IAM handed it out
		the("metadata-unparseable", metadata(func(*evidence.Metadata) {}), silent),
		the("metadata-unparseable", nil, silent),
		the("metadata-weak-key", metadata(func(m *evidence.Metadata) {
			m.Entities[0].Signing = append(slices.Clone(m.Entities[0].Signing), shortKey())
		}), fails, "shorter than IAM takes"),
		the("metadata-weak-key", nil, silent),
		the("metadata-repeated-extension", metadata(func(m *evidence.Metadata) {
			x := crt
			x.RepeatedExtension, x.At = "2.5.29.14", inMetadata
			m.Entities[0].Signing = []evidence.Certificate{x}
		}), fails, "extension twice"),
		the("metadata-repeated-extension", nil, silent),
		the("metadata-drift", func(s *sketch) {
			_, x := testKey("idp-a-next")
			x.At = evidence.Spot{In: evidence.InIdPMetadata, Path: "/EntityDescriptor"}
			m := s.live.IdPMetadata.Value
			m.Entities = slices.Clone(m.Entities)
			m.Entities[0].Signing = append(slices.Clone(m.Entities[0].Signing), x)
			s.live.IdPMetadata.Value = m
		}, warns, "signing certificate that IAM does not have"),
		the("metadata-drift", func(s *sketch) { // what breaks nothing is no warning
			m := s.live.IdPMetadata.Value
			m.Entities = slices.Clone(m.Entities)
			m.Entities[0].WantAuthnRequestsSigned = "true"
			m.Entities[0].At = evidence.Spot{In: evidence.InIdPMetadata, Path: "/EntityDescriptor"}
			s.live.IdPMetadata.Value = m
		}, info, "signed differs"),
		the("metadata-drift", nil, silent),
	})
}

// viewed makes the capture XML that a viewer laid out anew.
func viewed(s *sketch) {
	s.response.Decoded = true
	ref := &s.response.Signatures[0].References[0]
	ref.Match, ref.Computed, ref.Change = false, []byte("another"), "re-indented"
}

// govcloud moves the sign-in to AWS GovCloud.
func govcloud(s *sketch) { elsewhereOf(s, "aws-us-gov", "us-gov-west-1", "amazonaws-us-gov.com") }

// china moves the sign-in to the China Regions.
func china(s *sketch) { elsewhereOf(s, "aws-cn", "cn-north-1", "amazonaws.cn") }

func elsewhereOf(s *sketch, partition, region, domain string) {
	move := strings.NewReplacer("arn:aws:", "arn:"+partition+":", "eu-west-2.signin.aws.amazon.com", region+".signin."+domain,
		"eu-west-2.console.aws.amazon.com", region+".console."+domain, "eu-west-2", region)
	if partition == "aws-us-gov" {
		move = strings.NewReplacer("arn:aws:", "arn:"+partition+":", "eu-west-2.signin.aws.amazon.com", region+".signin."+domain,
			"eu-west-2.console.aws.amazon.com", "console."+domain, "eu-west-2", region)
	}
	s.set(string(claims.Role), move.Replace(tPair))
	s.post(move.Replace(tACS))
	s.capture.RelayState.Value.Value = move.Replace(tRelay)
	l := s.live
	l.Provider.Value.ARN, l.Providers.Value[0].ARN = move.Replace(tProvider), move.Replace(tProvider)
	l.Roles.Value[0].ARN, l.Roles.Value[0].Trust = move.Replace(tRole), move.Replace(l.Roles.Value[0].Trust)
	l.Permissions.Value[0].Document = move.Replace(l.Permissions.Value[0].Document)
	l.Instance.Value.ARN, l.Instance.Value.Region = move.Replace(l.Instance.Value.ARN), region
	l.Instances.Value = []evidence.Instance{l.Instance.Value}
	l.Trail.Value[0].RoleARN, l.Trail.Value[0].ProviderARN = move.Replace(tRole), move.Replace(tProvider)
	l.Regions = evidence.Fact[[]evidence.Region]{}
}

// TestOtherPartitions: what is healthy in one AWS is healthy in another.
func TestOtherPartitions(t *testing.T) {
	for name, move := range map[string]func(*sketch){"GovCloud": govcloud, "China": china} {
		for _, res := range rule.RunAll(All(), build(move)) {
			for _, f := range res.Findings {
				if f.Severity >= warns {
					t.Errorf("%s: %s: %s", name, f.ID(), f.Summary)
				}
			}
		}
	}
}

// shortKey is a certificate with an RSA key of 512 bits.
var shortKey = sync.OnceValue(func() evidence.Certificate {
	key, _ := idpKey()
	n := new(big.Int).SetBit(big.NewInt(1), 511, 1)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: tIssued, NotAfter: tIssued.AddDate(9, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &rsa.PublicKey{N: n, E: 65537}, key)
	if err != nil {
		panic(err)
	}
	x := certificate.FromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))[0]
	x.At = evidence.Spot{In: evidence.InMetadata, Path: "X509Certificate"}
	return x
})
