package catalog

import (
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The global endpoint works, and depends on one Region.
var acsGlobal = &rule.Rule{
	ID: "acs-global", Title: "The sign-in uses the global endpoint",
	Hop: evidence.HopPost, Severity: rule.Info, Connect: true,
	Needs: evidence.NeedAssertion, Uses: evidence.NeedCapture | evidence.NeedInstance,
	Why: `https://signin.aws.amazon.com/saml is served from us-east-1. A contact center in another Region depends on that Region for every sign-in, and cannot let agents in while it is disturbed. Amazon Connect's guide recommends the regional endpoint.

A change takes three things together: ACS URL and Recipient at the IdP, the trust policy's SAML:aud, and a relay state with the Region in its host. The Audience stays as it is.`,
	Refs:  []string{pageConnectSAML, pageConsole, pageEndpoints},
	Check: checkACSGlobal,
	Fix:   fixACSGlobal,
}

func checkACSGlobal(c evidence.Case) []rule.Finding {
	if _, _, ok := federated(c); !ok {
		return nil
	}
	acs, t, ok := consumer(c)
	if !ok || !acs.OK() || acs.Kind != endpoint.Sign || acs.Partition != endpoint.AWS || acs.Region != "" {
		return nil
	}
	if connectRegion(c) == "us-east-1" {
		return nil // the two stand and fall together
	}
	want := "https://<region>.signin.aws.amazon.com/saml"
	f := rule.Finding{At: t.At, Summary: "The sign-in goes over the global endpoint, which is served from us-east-1"}
	if r := connectRegion(c); r != "" {
		want = endpoint.RegionalSignIn(r)
		f.Summary += "; the instance is in " + r
	}
	url, _, _ := strings.Cut(t.Value, "?")
	f.Evidence = []rule.Exhibit{{What: "sign-in address", At: t.At, Saw: url, Want: want}}
	return one(f)
}

// connectRegion is the Region of the Connect instance that the sign-in is for;
// "" where it is not known.
func connectRegion(c evidence.Case) string {
	if in, ok := c.Live.Instance.Get(); ok && in.Region != "" {
		return in.Region
	}
	if t, ok := c.Capture.Value.RelayState.Get(); ok {
		if r := endpoint.ParseRelay(t.Value); r.Target == endpoint.ToConnect {
			return r.ServedFrom()
		}
	}
	return ""
}

func fixACSGlobal(c evidence.Case, _ rule.Finding) []rule.Fix {
	region := connectRegion(c)
	want := "https://<region>.signin.aws.amazon.com/saml"
	if region != "" {
		want = endpoint.RegionalSignIn(region)
	}
	do, undo := trustCommands(roleName(c))
	do[1] = do[1].Noting("after adding the address to a copy of the backup")
	return []rule.Fix{{
		Title:   "Move the sign-in to the regional endpoint",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps: []string{
			"First add " + want + " to the values of SAML:aud in the role's trust policy, beside the global one.",
			"Then set ACS URL, Recipient and Destination at the IdP to " + want + "; leave the Audience as it is.",
			"When nobody comes over the global endpoint any more, take it out of the trust policy, or keep it as a way back.",
		},
		Commands:    do,
		Undo:        undo,
		Consequence: "A trust policy that does not name the new address yet refuses everybody the moment the IdP changes: hence the order.",
	}}
}
