package catalog

import (
	"fmt"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Instances of Global Resiliency are signed in to in another way.
var instanceReplicated = &rule.Rule{
	ID: "instance-replicated", Title: "The instance takes part in Global Resiliency",
	Hop: evidence.HopFederate, Severity: rule.Warning, Connect: true,
	Explains: []string{msgGlobalUser},
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
			Summary:  fmt.Sprintf("%s is replicated from %s, and this sign-in does not use Connect's own sign-in endpoint", instanceName(i), orRegion(i.Replication.SourceRegion)),
			Evidence: []rule.Exhibit{{What: "GlobalSignInEndpoint", At: at, Saw: i.Replication.GlobalSignInEndpoint}},
		}
		if p := c.Capture.Value.Posted; p != nil {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: "posted to", At: p.At, Saw: p.URL, Want: i.Replication.GlobalSignInEndpoint})
		}
		return one(f)
	},
	Fix: func(_ evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Sign in at Connect's own endpoint", Who: rule.IdPAdmin, Setting: idp.ACS,
			Steps: []string{
				"Set the ACS URL to the instance's global sign-in endpoint, and leave the relay state empty",
				"Let the role's trust policy take that SAML:aud: StringLike https://INSTANCE.SOURCE-REGION.sign-in.connect.aws/saml*",
				"See that the user exists in both instances and in an agent's traffic distribution group",
			},
		}}
	},
}
