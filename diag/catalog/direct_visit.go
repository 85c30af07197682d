package catalog

import (
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// Connect was opened by its own address.
var directVisit = &rule.Rule{
	ID: "direct-visit", Title: "Amazon Connect was opened without the IdP",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Explains: []string{msgExpired}, Predicts: msgExpired,
	Needs: evidence.NeedCapture, Uses: evidence.NeedResponse,
	Why: `An Amazon Connect instance with SAML takes nobody who comes to its own address without a session: it cannot send a browser to an IdP (no SP-initiated sign-in), and shows "Session expired" instead. The way in is the IdP's tile, which leads over AWS sign-in to the instance.

The same text stands for a session that was good and ran out, at the latest after 12 hours, and for a page left open from a session that has ended: the cure is the same.`,
	Refs:  []string{pageConnectSAML},
	Check: checkDirectVisit,
	Fix:   fixDirectVisit,
}

func checkDirectVisit(c evidence.Case) []rule.Finding {
	cp := c.Capture.Value
	expired := cp.Observed != nil && cp.Observed.ID == msgExpired
	if c.Response.State == evidence.Known && !expired || cp.Direct == nil && !expired {
		return nil
	}
	f := rule.Finding{At: evidence.Spot{In: evidence.InHAR}}
	url, text := "", ""
	if v := cp.Direct; v != nil {
		url, text = v.URL, v.Text
	} else {
		url, text, f.At = cp.Observed.URL, cp.Observed.Text, cp.Observed.Where
	}
	url, _, _ = strings.Cut(url, "?")
	switch c.Response.State {
	case evidence.Known:
		f.Summary = "Amazon Connect said the session had expired: a session over its limit, or a page of one that had ended"
	default:
		f.Summary = "Amazon Connect was opened at " + quote(url) + " with no sign-in through the IdP before it"
	}
	if text != "" {
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "Connect's page", At: f.At, Saw: text})
	}
	f.Evidence = append(f.Evidence, rule.Exhibit{What: "opened", At: f.At, Saw: url, Want: "a POST of a SAML response to AWS sign-in first"})
	return one(f)
}

func fixDirectVisit(c evidence.Case, _ rule.Finding) []rule.Fix {
	region, instance := "<region>", "<instance-id>"
	if in, ok := c.Live.Instance.Get(); ok {
		region, instance = in.Region, in.ID
	}
	return []rule.Fix{{
		Title: "Start at the IdP's tile for Amazon Connect",
		Who:   rule.Agent,
		Steps: []string{
			"Close every tab of Amazon Connect, then open the IdP's portal and choose the tile for Amazon Connect.",
			"Replace bookmarks of the instance's address by one of the tile.",
		},
	}, {
		Title:   "Let the tile lead to the instance",
		Who:     rule.IdPAdmin,
		Setting: idp.RelayState,
		Steps:   []string{"The default relay state of the application is " + endpoint.Federate(region, instance) + "."},
	}}
}
