package catalog

import (
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The response went to another service.
var acsNotAWS = &rule.Rule{
	ID: "acs-not-aws", Title: "The response was not posted to AWS",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Explains: []string{msgCenterACS},
	Needs:    evidence.NeedCapture,
	Why: `The browser posted the SAML response to an address that is no assertion consumer service of AWS, and nothing to one that is. Either the capture is of a sign-in to another application, or the IdP's application for AWS holds a wrong ACS URL.

AWS's addresses are https://signin.aws.amazon.com/saml and https://REGION.signin.aws.amazon.com/saml, both also with /acs/ and the provider's ID, their counterparts in the China and GovCloud partitions, and for Amazon Connect Global Resiliency https://INSTANCE.REGION.sign-in.connect.aws/saml. Paths mind case.`,
	Inferred: "That IAM Identity Center answers a wrong ACS URL of a Connect application with a text of its own is from a retired page of AWS.",
	Refs:     []string{pageAssertions, pageEndpoints},
	Check:    checkACSNotAWS,
	Fix:      fixACS,
}

func checkACSNotAWS(c evidence.Case) []rule.Finding {
	posts := wrongService(c)
	if len(posts) == 0 {
		return nil
	}
	var f rule.Finding
	var hosts []string
	seen := map[string]bool{}
	near := ""
	for _, p := range posts {
		a := endpoint.ParseACS(p.URL)
		if a.Near != "" && near == "" {
			near = a.Near
		}
		url, _, _ := strings.Cut(p.URL, "?")
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "posted to", At: p.At, Saw: url, Want: partition(c).SignIn()})
		if !seen[a.Host] {
			seen[a.Host] = true
			hosts = append(hosts, quote(a.Host))
		}
	}
	f.At = posts[0].At
	f.Summary = "The SAML response was posted to " + list(hosts) + ", which is no AWS sign-in"
	if near != "" {
		f.Summary = "The SAML response was posted to " + quote(f.Evidence[0].Saw) + ", which is no ACS of AWS: " + near
	}
	return one(f)
}

// wrongService returns the posts of SAML responses to services other than
// AWS's, where none went to AWS.
func wrongService(c evidence.Case) []evidence.Post {
	cp := c.Capture.Value
	if p := cp.Posted; p != nil {
		if p.Message != "SAMLRequest" && endpoint.ParseACS(p.URL).Kind == endpoint.Other {
			return []evidence.Post{*p}
		}
		return nil
	}
	if c.Response.State == evidence.Known {
		return nil
	}
	var out []evidence.Post
	for _, p := range cp.OtherPosts {
		if p.Message == "" || p.Message == "SAMLResponse" {
			out = append(out, p)
		}
	}
	return out
}

// fixACS tells to set the ACS URL at the IdP.
func fixACS(c evidence.Case, _ rule.Finding) []rule.Fix {
	want := partition(c).SignIn()
	return []rule.Fix{{
		Title:   "Set the ACS URL of the IdP's application to AWS's",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps: []string{
			"Set the ACS URL (Reply URL, Single sign-on URL, Recipient) to " + want + ", or to the form with the Region in front of the host.",
			"Where the IdP has Recipient and Destination as settings of their own, give them the same value.",
			"See that the role's trust policy names that address as SAML:aud.",
		},
		Consequence: "Every user of that application is sent to the new address with the next sign-in.",
	}}
}
