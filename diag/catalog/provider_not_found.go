package catalog

import (
	"fmt"

	"github.com/agnivade/levenshtein"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The provider half of the Role value leads nowhere.
var providerNotFound = &rule.Rule{
	ID: "provider-not-found", Title: "The account has no such SAML provider",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgNoProvider}, Predicts: msgNoProvider,
	Needs:  evidence.NeedAssertion,
	Either: evidence.NeedProvider | evidence.NeedProviders,
	Uses:   evidence.NeedTrail,
	Lacks:  providerLacks,
	Why: "STS takes the provider's ARN from the Role value and looks for it in the account, by name and case. A provider that was " +
		"deleted, made anew under another name, or is in another account, is not found.",
	Refs:     []string{pageTroubleshoot, pageProviders},
	Eclipses: []string{"issuer-mismatch", "certificate-rotated", "signature-wrong-key", "trust-principal"},
	Check: func(c evidence.Case) []rule.Finding {
		cl, _, ok := federated(c)
		if !ok {
			return nil
		}
		var missing []claims.Pair
		for _, p := range cl.Candidates(c) {
			if !p.OK {
				continue
			}
			if !noProvider(c, p) {
				return nil
			}
			missing = append(missing, p)
		}
		if len(missing) == 0 {
			return nil
		}
		p := missing[0]
		e := rule.Exhibit{What: "provider in the assertion", At: p.Value.At, Saw: p.ProviderARN, Want: nearestProvider(c, p)}
		f := rule.Finding{At: p.Value.At, Evidence: []rule.Exhibit{e},
			Summary: fmt.Sprintf("Account %s has no SAML provider %s", p.Provider.Account, quote(p.Provider.Name()))}
		if e.Want != "" {
			f.Summary += fmt.Sprintf("; the nearest there is %s", quote(last(e.Want)))
		}
		return one(f)
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		want := "the ARN of a provider that exists"
		if len(f.Evidence) > 0 && f.Evidence[0].Want != "" {
			want = f.Evidence[0].Want
		}
		return []rule.Fix{
			{
				Title: "Send the ARN of the provider that exists", Who: rule.IdPAdmin, Setting: idp.Role,
				Steps:       []string{"Set the provider half of the Role value to " + want},
				Commands:    []rule.Command{rule.AWS("iam", "list-saml-providers").Noting("the providers there are")},
				Consequence: "a mapping holds for every user whom the IdP gives this role",
			},
			{
				Title: "Create the provider again", Who: rule.AWSAdmin, Setting: idp.MetadataURL,
				Steps: []string{"Save the IdP's metadata as metadata.xml"},
				Commands: []rule.Command{
					rule.AWS("iam", "create-saml-provider", "--name", providerName(c), "--saml-metadata-document", "file://metadata.xml"),
				},
				Undo:        []rule.Command{rule.AWS("iam", "delete-saml-provider", "--saml-provider-arn", providerARN(c))},
				Consequence: "a provider made anew has another ID: an ACS URL of the form /saml/acs/ID has to follow it",
			},
		}
	},
}

// providerLacks is what tells whether the provider exists, where what was
// given is a document that names none and a list of another account's.
func providerLacks(c evidence.Case) evidence.Need {
	cl, _, ok := federated(c)
	if !ok {
		return 0
	}
	got, known := c.Live.Provider.Get()
	for _, p := range cl.Candidates(c) {
		if known && (got.ARN == "" || got.ARN == p.ProviderARN) {
			return 0
		}
		for _, n := range c.Live.Providers.Value {
			if a, ok := endpoint.ParseARN(n.ARN); ok && a.Account == p.Provider.Account {
				return 0
			}
		}
	}
	if len(cl.Pairs) == 0 {
		return 0
	}
	return evidence.NeedProviders
}

// noProvider reports whether AWS, or the list given, says that the pair's
// provider does not exist.
func noProvider(c evidence.Case, p claims.Pair) bool {
	if c.Live.Provider.State == evidence.Absent {
		return true
	}
	if got, ok := c.Live.Provider.Get(); ok && got.ARN == p.ProviderARN {
		return false
	}
	names, ok := c.Live.Providers.Get()
	if !ok {
		return false
	}
	mine := false
	for _, n := range names {
		a, _ := endpoint.ParseARN(n.ARN)
		mine = mine || a.Account == p.Provider.Account && a.Partition == p.Provider.Partition
		if n.ARN == p.ProviderARN {
			return false
		}
	}
	// A document that does not say whose it is stands against an empty list,
	// not against the names of the account's providers.
	return mine || len(names) == 0 && c.Live.Provider.State != evidence.Known
}

// nearestProvider is the ARN in the account that comes nearest to the pair's;
// "" where none is near.
func nearestProvider(c evidence.Case, p claims.Pair) string {
	best, at := len(p.ProviderARN)/4, ""
	for _, n := range c.Live.Providers.Value {
		if d := levenshtein.ComputeDistance(n.ARN, p.ProviderARN); d < best {
			best, at = d, n.ARN
		}
	}
	if at == "" && len(c.Live.Providers.Value) == 1 {
		return c.Live.Providers.Value[0].ARN
	}
	return at
}

func last(arn string) string {
	a, ok := endpoint.ParseARN(arn)
	if !ok {
		return arn
	}
	return a.Name()
}
