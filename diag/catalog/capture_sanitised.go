package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A sanitizer took the response out.
var captureSanitised = &rule.Rule{
	ID: "capture-sanitised", Title: "The SAML response was masked in this capture",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Needs: evidence.NeedCapture,
	Why: `A tool that removes secrets from captures has replaced the SAMLResponse value. What AWS judged is not in the file any more, and nothing in it can be restored.

Chrome's and Edge's own sanitised export is not the reason: it removes cookies and authorization headers and leaves form bodies, the assertion among them, as they were.`,
	Refs:  []string{pageDevTools, "https://github.com/cloudflare/har-sanitizer"},
	Check: checkCaptureSanitised,
	Fix:   fixCaptureSanitised,
}

func checkCaptureSanitised(c evidence.Case) []rule.Finding {
	cp := c.Capture.Value
	if cp.Sanitised == "" || c.Response.State == evidence.Known {
		return nil
	}
	at := evidence.Spot{In: evidence.InHAR}
	if cp.Posted != nil {
		at = cp.Posted.At
	}
	return one(rule.Finding{
		Summary:  "The SAMLResponse value was replaced by " + cp.Sanitised + ", so there is no assertion left to judge",
		At:       at,
		Evidence: []rule.Exhibit{{What: "SAMLResponse", At: at, Saw: "masked by " + cp.Sanitised, Want: "the base64 text that the browser posted"}},
	})
}

func fixCaptureSanitised(c evidence.Case, f rule.Finding) []rule.Fix {
	return append([]rule.Fix{{
		Title: "Ask for the file as it was before it was sanitised",
		Who:   rule.Caller,
		Steps: []string{
			"Ask whoever made the capture for the original, and tell them to wait five minutes after the sign-in: by then STS does not take the assertion any more.",
			"To make a copy that can be shared and still be judged, use samlens redact: it keeps the structure and replaces names by stable pseudonyms.",
		},
		Consequence: "The original still holds cookies and personal data.",
	}}, fixCapture(c, f)...)
}
