package catalog

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// judgedSignature judges the signature over the assertion by the certificates
// that IAM holds, or by the embedded ones where no provider is known. It
// reports false for sign-ins that no IAM provider takes part in.
func judgedSignature(c evidence.Case) (xmldsig.Judgement, bool) {
	r, ok := c.Response.Get()
	if !ok || toCenter(c) || elsewhere(c) || r.Version != "" && r.Version != "2.0" {
		return xmldsig.Judgement{}, false
	}
	return xmldsig.Judge(r, admission.Keys(c)), true
}

// closedAssertion is what the rules on the signature over the assertion lack
// where it cannot be read: it may be inside what is encrypted.
func closedAssertion(c evidence.Case) evidence.Need {
	r := c.Response.Value
	if len(r.Assertions) == 0 && len(r.Encrypted) > 0 && !toCenter(c) && !elsewhere(c) {
		return evidence.NeedAssertion
	}
	return 0
}

// decisive returns the signature that a judgement speaks of.
func decisive(c evidence.Case, j xmldsig.Judgement) (evidence.Signature, bool) {
	ss := c.Response.Value.Signatures
	if j.Decisive < 0 || j.Decisive >= len(ss) {
		return evidence.Signature{}, false
	}
	return ss[j.Decisive], true
}

// reformatted reports whether the signature fails only because a viewer laid
// the XML out anew: then nothing can be said of what was sent.
func reformatted(c evidence.Case, j xmldsig.Judgement) bool {
	return c.Response.Value.Decoded && j.Altered && j.Change == "re-indented"
}

// fingerprint cuts a fingerprint to what people compare by eye.
func fingerprint(sha string) string {
	if len(sha) < 24 {
		return sha
	}
	return sha[:8] + "…" + sha[len(sha)-5:]
}

// validity is a certificate's span for an exhibit.
func validity(x evidence.Certificate) string {
	if x.X509 == nil {
		return fingerprint(x.SHA256) + " (its dates cannot be read)"
	}
	return fmt.Sprintf("%s  valid %s → %s", fingerprint(x.SHA256), x.X509.NotBefore.UTC().Format(time.DateOnly), x.X509.NotAfter.UTC().Format(time.DateOnly))
}

// certificatesText lists certificates for an exhibit.
func certificatesText(cs []evidence.Certificate) string {
	if len(cs) == 0 {
		return "no signing certificate"
	}
	var out []string
	for _, x := range cs {
		out = append(out, validity(x))
	}
	return strings.Join(out, "; ")
}

// signers are the certificates that the signature can be by: the one that
// verifies it, else the embedded ones.
func signers(c evidence.Case, j xmldsig.Judgement) []evidence.Certificate {
	if j.State == xmldsig.Valid && j.Key >= 0 {
		if ks := admission.Keys(c); j.Key < len(ks) {
			return []evidence.Certificate{ks[j.Key]}
		}
	}
	s, ok := decisive(c, j)
	if !ok {
		return nil
	}
	return s.Certificates
}

// certificatesAt is the time at which certificates are judged: when AWS did, else
// when the assertion was issued.
func certificatesAt(c evidence.Case) time.Time {
	if c.AsOf.Known() {
		return c.AsOf.At
	}
	a, _ := c.Response.Value.First()
	return a.IssueInstant.Time
}

// updateMetadata is the fix that puts the IdP's current metadata in the place
// of what IAM holds: compare, back up, update, and how to go back.
func updateMetadata(c evidence.Case, title string) rule.Fix {
	arn := providerARN(c)
	return rule.Fix{
		Title: title, Who: rule.AWSAdmin, Setting: idp.MetadataURL, Uploads: true,
		Steps: []string{
			"Compare the fingerprint of the certificate in the assertion with the one that the IdP's own console shows, before trusting it",
			"Save the IdP's current metadata as metadata.xml; to roll over without a gap, keep the old certificate in it beside the new one",
		},
		Commands: []rule.Command{
			rule.AWS("iam", "get-saml-provider", "--saml-provider-arn", arn, "--query", "SAMLMetadataDocument", "--output", "text").To("backup.xml"),
			rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", arn, "--saml-metadata-document", "file://metadata.xml"),
		},
		Undo: []rule.Command{rule.AWS("iam", "update-saml-provider", "--saml-provider-arn", arn, "--saml-metadata-document", "file://backup.xml")},
		Terraform: fmt.Sprintf("resource \"aws_iam_saml_provider\" %q {\n  name                   = %q\n  saml_metadata_document = file(\"metadata.xml\")\n}",
			terraformName(providerName(c)), providerName(c)),
		Consequence: "the whole metadata document is replaced, for every role that trusts this provider",
	}
}

func providerName(c evidence.Case) string {
	if p, ok := pair(c); ok {
		return p.Provider.Name()
	}
	return "<provider-name>"
}

// digest writes a digest as documents do. Of a long one both ends are enough
// to tell it from another, and no report holds long runs of what was sent.
func digest(b []byte) string {
	s := base64.StdEncoding.EncodeToString(b)
	if len(s) <= 64 {
		return s
	}
	return s[:32] + "…" + s[len(s)-24:]
}
