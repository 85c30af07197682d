package catalog

import (
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The sign-in's Region is not switched on for the account.
var stsRegionDisabled = &rule.Rule{
	ID: "sts-region-disabled", Title: "The account has not enabled the sign-in's Region",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgRegion}, Predicts: msgRegion,
	Needs: evidence.NeedAssertion | evidence.NeedRegions, Uses: evidence.NeedCapture,
	Why: `A regional sign-in endpoint calls STS in its own Region, and STS gives no credentials there to an account that has not enabled the Region. Regions that came after March 2019 are off until someone opts in.

The account in question is the role's, not the one of whoever looks. In the older Regions STS can be switched off by itself, on the IAM console's account settings; no API tells that, and get-caller-identity succeeds all the same.`,
	Inferred: "That the opt-in status decides over this sign-in is inferred from STS's description of RegionDisabledException.",
	Refs:     []string{pageSTSRegions, pageAssumeRole},
	Check:    checkSTSRegionDisabled,
	Fix:      fixSTSRegion,
}

func checkSTSRegionDisabled(c evidence.Case) []rule.Finding {
	if _, _, ok := federated(c); !ok {
		return nil
	}
	acs, t, ok := consumer(c)
	if !ok || acs.Kind != endpoint.Sign || acs.Region == "" {
		return nil
	}
	for _, r := range c.Live.Regions.Value {
		if r.Name != acs.Region {
			continue
		}
		f := rule.Finding{At: t.At, Inferred: c.Live.Regions.Inferred}
		switch r.OptStatus {
		case "DISABLED", "DISABLING":
			f.Summary = "The sign-in went to " + r.Name + ", which the account has not enabled"
		case "ENABLING":
			f.Severity = rule.Warning
			f.Summary = "The sign-in went to " + r.Name + ", which is still being enabled for the account"
		default:
			return nil
		}
		f.Evidence = []rule.Exhibit{
			{What: "status of " + r.Name, Saw: r.OptStatus, Want: "ENABLED or ENABLED_BY_DEFAULT"},
			{What: "sign-in address", At: t.At, Saw: t.Value, Want: partition(c).SignIn()},
		}
		return one(f)
	}
	return nil
}

func fixSTSRegion(c evidence.Case, _ rule.Finding) []rule.Fix {
	acs, _, _ := consumer(c)
	region := acs.Region
	if region == "" {
		region = "<region>"
	}
	return []rule.Fix{{
		Title: "Enable the Region for the role's account",
		Who:   rule.AWSAdmin,
		Steps: []string{"It takes minutes to hours; an organization may reserve it to its management account."},
		Commands: []rule.Command{
			rule.AWS("account", "get-region-opt-status", "--region-name", region),
			rule.AWS("account", "enable-region", "--region-name", region),
		},
		Undo:        []rule.Command{rule.AWS("account", "disable-region", "--region-name", region).Noting("resources in it stay, and can no longer be reached")},
		Consequence: "IAM entities of the account become usable in that Region.",
	}, {
		Title:   "Or sign in over another endpoint",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps:   []string{"Set ACS URL and Recipient to " + partition(c).SignIn() + " or to a Region that is enabled, and add that address to SAML:aud in the trust policy first."},
	}}
}
