package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A capture with nothing in it that could be judged.
var noSAMLResponse = &rule.Rule{
	ID: "no-saml-response", Title: "The capture holds no SAML response",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Needs: evidence.NeedCapture,
	Why: `The IdP hands its assertion to AWS through the browser: a form field named SAMLResponse in a POST to AWS sign-in. This capture holds no such request, so there is nothing to judge.

The usual reasons: recording began after the sign-in, the log was cleared on navigation because "Preserve log" was off, the request body was left out of the export, or the IdP showed an error and never sent a response.`,
	Refs:  []string{pageViewSAML, pageDevTools},
	Check: checkNoSAMLResponse,
	Fix:   fixCapture,
}

func checkNoSAMLResponse(c evidence.Case) []rule.Finding {
	cp := c.Capture.Value
	if c.Response.State == evidence.Known || cp.Sanitised != "" || cp.Unread != nil || cp.Direct != nil ||
		len(wrongMessage(c)) > 0 || len(wrongService(c)) > 0 || c.Response.State == evidence.Failed && cp.Found == "" {
		return nil
	}
	found := cp.Found
	if found == "" {
		found = c.Response.Why
	}
	f := rule.Finding{Summary: "No SAML response was found in this capture", At: evidence.Spot{In: evidence.InHAR}}
	if found != "" {
		f.Summary += ": " + found
	}
	saw := found
	if saw == "" {
		saw = "nothing that carries SAML"
	}
	f.Evidence = []rule.Exhibit{{What: "what was found instead", At: f.At, Saw: saw, Want: "a POST with a SAMLResponse field to AWS sign-in"}}
	return one(f)
}

// fixCapture tells how to record a sign-in anew.
func fixCapture(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Record the sign-in again, from before the IdP's page to the error",
		Who:   rule.Caller,
		Steps: []string{
			"Open a private window and the browser's developer tools (F12), Network tab, before going to the IdP.",
			"Switch on “Preserve log” (Chrome, Edge, Safari) or “Persist Logs” (Firefox), and record all requests.",
			"Sign in through the IdP's tile, wait until the error is shown, then export all requests as HAR with content.",
			"Check that the export holds a POST to a path ending in /saml: without it the sign-in never reached AWS, and the IdP's own log says why.",
		},
		Consequence: "The new capture holds a live assertion: keep it to yourself for the first five minutes, and redact it before sending it on.",
	}}
}
