package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A viewer laid the XML out anew.
var captureReformatted = &rule.Rule{
	ID: "capture-reformatted", Title: "The XML was re-indented by the viewer it came from",
	Hop: evidence.HopCapture, Severity: rule.Info,
	Needs: evidence.NeedResponse,
	Why: `This is decoded XML and not what the browser posted, and its digest becomes the signed one when the white space between elements is taken out: a SAML viewer or an editor has indented it. Indenting breaks every signature, so nothing can be said of the one that AWS saw, and white space around values may be the viewer's too. Values are compared without it, and no rule fails for white space.

Re-indented XML inside a posted form is another matter: then AWS saw it like this, and its signature is broken.`,
	Refs:  []string{"https://www.w3.org/TR/xmldsig-core1/", pageViewSAML},
	Check: checkCaptureReformatted,
	Fix:   fixCaptureReformatted,
}

func checkCaptureReformatted(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || !r.Decoded {
		return nil
	}
	for _, s := range r.Signatures {
		for _, ref := range s.References {
			if ref.Match || ref.Change != "re-indented" {
				continue
			}
			return one(rule.Finding{
				Summary: "The XML differs from what was signed by white space alone: the viewer it was copied from has indented it, so its signature cannot be checked",
				At:      ref.CoversAt,
				Evidence: []rule.Exhibit{{
					What: "digest of the " + ref.Covers, At: ref.At,
					Saw: digest(ref.Computed), Want: digest(ref.Declared),
				}},
				Also: []evidence.Spot{s.At},
			})
		}
	}
	return nil
}

func fixCaptureReformatted(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Bring the response as it was posted",
		Who:   rule.Caller,
		Steps: []string{
			"In the browser's developer tools, choose the POST to AWS sign-in and copy the value of SAMLResponse from its payload, in source view and not decoded; or export the requests as HAR with content.",
			"In SAML-tracer, use Export and not the copied text of its SAML tab.",
		},
	}}
}
