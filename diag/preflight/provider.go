package preflight

import (
	"fmt"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/metadata"
	"example.com/samlens/diag/rule"
)

// soon is how long before its end a certificate is warned of.
const soon = 30 * 24 * time.Hour

// Ends returns when the first and the last of a provider's signing
// certificates end. X.509 says so; IAM's ValidUntil is the provider's own and
// says nothing of them.
func Ends(p evidence.Provider) (earliest, latest time.Time) {
	for _, c := range p.Metadata.Signing() {
		_, to, ok := certificate.Validity(c)
		if !ok {
			continue
		}
		if earliest.IsZero() || to.Before(earliest) {
			earliest = to
		}
		if to.After(latest) {
			latest = to
		}
	}
	return earliest, latest
}

func (a Account) provider(p evidence.Provider) Subject {
	s := Subject{Kind: "provider", ID: p.ARN}
	if s.ID == "" {
		s.ID = p.Metadata.Source
	}
	s.Findings = append(s.Findings, a.ends(p)...)
	s.Findings = append(s.Findings, keys(p)...)
	s.Findings = append(s.Findings, a.document(p)...)
	s.Findings = append(s.Findings, a.drift(p)...)
	return s
}

// ends warns of certificates at or near their end. Where a later one is held
// already, the rotation is prepared and the warning says so.
func (a Account) ends(p evidence.Provider) (out []rule.Finding) {
	_, latest := Ends(p)
	for _, c := range p.Metadata.Signing() {
		from, to, ok := certificate.Validity(c)
		if !ok {
			continue
		}
		proof := rule.Exhibit{What: "valid to", At: c.At, Saw: stamp(to)}
		ready := ""
		if latest.After(to) && latest.Sub(a.Now) > soon {
			ready = "; one that holds until " + stamp(latest) + " is there already"
		}
		var f rule.Finding
		switch left := to.Sub(a.Now); {
		case left <= 0 && ready != "":
			f = find("certificate-expired", rule.Info, "A signing certificate ended on "+stamp(to)+ready, proof)
		case left <= 0:
			f = find("certificate-expired", rule.Unset, "The signing certificate ended on "+stamp(to)+", and none that holds longer is in IAM", proof)
		case left <= soon:
			f = find("certificate-expiring", rule.Unset, fmt.Sprintf("A signing certificate ends in %d days, on %s%s", int(left/(24*time.Hour)), stamp(to), ready), proof)
			if ready != "" {
				f.Severity = rule.Info
			}
		case from.After(a.Now):
			f = find("certificate-not-yet-valid", rule.Info, "A signing certificate begins on "+stamp(from), proof)
		default:
			continue
		}
		if f.Severity > rule.Info {
			f.Fixes = upload(p)
		}
		out = append(out, f)
	}
	return out
}

// keys warns of keys that are too short.
func keys(p evidence.Provider) (out []rule.Finding) {
	for _, c := range p.Metadata.Signing() {
		kind, bits := certificate.KeySize(c)
		if kind != "RSA" || bits >= 2048 {
			continue
		}
		proof := rule.Exhibit{What: "key", At: c.At, Saw: fmt.Sprintf("RSA, %d bits", bits), Want: "2,048 bits or more"}
		id := "signature-weak"
		if bits < 1024 {
			id = "metadata-weak-key"
		}
		f := find(id, rule.Warning, fmt.Sprintf("A signing key has only %d bits", bits), proof)
		f.Fixes = upload(p)
		out = append(out, f)
	}
	return out
}

// document tells what would keep IAM from taking the metadata again, or keeps
// anybody from signing in by it.
func (a Account) document(p evidence.Provider) (out []rule.Finding) {
	for _, x := range metadata.Problems(p.Metadata, a.Now) {
		id, severity := "metadata-unparseable", rule.Warning
		switch x.Kind {
		case metadata.WeakKey:
			continue // told by its size
		case metadata.RepeatedExtension:
			id = "metadata-repeated-extension"
		case metadata.Unreadable, metadata.NoSigningKey, metadata.NoEntityID, metadata.NoIdP:
			severity = rule.Error
		case metadata.Expired:
			severity = rule.Info // IAM is not known to mind
		default:
		}
		f := find(id, severity, x.Says, rule.Exhibit{What: string(x.Kind), At: x.At, Saw: x.Saw, Want: x.Want})
		if severity > rule.Info {
			f.Fixes = upload(p)
		}
		out = append(out, f)
	}
	return out
}

// drift compares with what the IdP of the same entity publishes.
func (a Account) drift(p evidence.Provider) (out []rule.Finding) {
	for _, m := range a.Published {
		if !sameEntity(p.Metadata, m) {
			continue
		}
		for _, d := range metadata.Drift(p.Metadata, m) {
			f := find("metadata-drift", rule.Info, d.Says, rule.Exhibit{What: d.What + " in IAM", At: d.AtIAM, Saw: d.IAM, Want: d.IdP})
			if d.Breaks {
				f.Severity, f.Fixes = rule.Warning, upload(p)
			}
			out = append(out, f)
		}
	}
	return out
}

func sameEntity(x, y evidence.Metadata) bool {
	for _, a := range x.Entities {
		for _, b := range y.Entities {
			if a.ID.Value == b.ID.Value {
				return true
			}
		}
	}
	return false
}

// upload replaces a provider's metadata by what the IdP publishes.
func upload(p evidence.Provider) []rule.Fix {
	f := rule.Fix{
		Title: "Upload the IdP's current metadata", Who: rule.AWSAdmin, Setting: idp.MetadataURL,
		Steps:       []string{"Save what the IdP publishes as metadata.xml, and check it: samlens check metadata.xml", "Keep the certificate that is in use now in the document until the IdP has changed over"},
		Consequence: "the whole metadata document is replaced, for every role that trusts this provider",
	}
	if p.ARN != "" {
		f.Commands = []rule.Command{
			rule.AWS("iam", "get-saml-provider", "--saml-provider-arn", p.ARN, "--query", "SAMLMetadataDocument", "--output", "text").To("backup.xml"),
			rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", p.ARN, "--saml-metadata-document", "file://metadata.xml"),
		}
		f.Undo = []rule.Command{rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", p.ARN, "--saml-metadata-document", "file://backup.xml")}
	}
	return []rule.Fix{f}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02") }
