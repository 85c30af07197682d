package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Instances of Global Resiliency are signed in to in another way.
var instanceReplicated = &rule.Rule{
	ID: "instance-replicated", Title: "The instance takes part in Global Resiliency",
	Hop: evidence.HopFederate, Severity: rule.Warning, Connect: true,
	Explains: []string{msgGlobalUser, msgNoResource},
	Needs:    evidence.NeedInstance,
	Uses:     evidence.NeedCapture | evidence.NeedResponse,
	Why: "Agents of a replicated instance sign in at Connect's own endpoint, https://INSTANCE.SOURCE-REGION.sign-in.connect.aws/saml, " +
		"with no relay state, a trust policy on that SAML:aud, and a user in both instances and in a traffic distribution group. " +
		"Signing in by the federate URL reaches one Region only and does not follow a failover.",
	Refs: []string{pageGlobalResiliency},
	Check: func(c evidence.Case) []rule.Finding {
		i, ok := c.Live.Instance.Get()
		if !ok || i.Replication == nil || service(c) == endpoint.ConnectGlobal {
			return nil
		}
		at := evidence.Spot{In: evidence.InInstance, Path: i.ARN}
		f := rule.Finding{
			At:       at,
			Summary:  fmt.Sprintf("%s is replicated%s, and this sign-in does not use Connect's own sign-in endpoint", instanceName(i), behind(" from ", i.Replication.SourceRegion)),
			Evidence: []rule.Exhibit{{What: "GlobalSignInEndpoint", At: at, Saw: i.Replication.GlobalSignInEndpoint}},
		}
		if p := c.Capture.Value.Posted; p != nil {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "posted to", At: p.At, Saw: p.URL, Want: i.Replication.GlobalSignInEndpoint})
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		url := globalSignIn(c)
		return []rule.Fix{{
			Title: "Sign in at Connect's own endpoint", Who: rule.IdPAdmin, Setting: idp.ACS,
			Steps: []string{
				"See that the user exists in both instances and in a traffic distribution group for agents",
				"Let the role's trust policy take that SAML:aud beside the present one: StringLike " + url + "*",
				"Set the ACS URL to the instance's global sign-in endpoint, which begins with " + url + ", and leave the relay state empty",
			},
			Consequence: "every agent of the application then signs in by that endpoint",
		}}
	},
}

// globalSignIn is the endpoint of Global Resiliency without its query, with
// placeholders for what is not known.
func globalSignIn(c evidence.Case) string {
	i := c.Live.Instance.Value
	if i.Replication != nil && i.Replication.GlobalSignInEndpoint != "" {
		u, _, _ := strings.Cut(i.Replication.GlobalSignInEndpoint, "?")
		return u
	}
	source := "<source-region>"
	if i.Replication != nil && i.Replication.SourceRegion != "" {
		source = i.Replication.SourceRegion
	}
	return "https://<instance>." + source + ".sign-in.connect.aws/saml"
}
