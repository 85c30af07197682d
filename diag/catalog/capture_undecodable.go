package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The value is there and cannot be decoded.
var captureUndecodable = &rule.Rule{
	ID: "capture-undecodable", Title: "The SAML response cannot be decoded",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Explains: []string{msgBase64}, Predicts: msgBase64,
	Needs: evidence.NeedCapture,
	Why: `SAMLResponse is the response's XML in base64, percent-encoded once by the browser's form. This value is not base64 even after what recorders and mail programs do to it has been undone: it was cut off, overwritten, or encoded in another way.

If the browser posted it like this, STS answers "Invalid base64 SAMLResponse". If only the capture is damaged, AWS saw something else than what is here.`,
	Inferred: "That a value damaged in this way brings that text is taken from public reports; AWS's pages do not list it.",
	Refs:     []string{pageSAMLBindings, pageAssumeRole},
	Check:    checkCaptureUndecodable,
	Fix:      fixCapture,
}

func checkCaptureUndecodable(c evidence.Case) []rule.Finding {
	cp := c.Capture.Value
	if c.Response.State != evidence.Failed || cp.Sanitised != "" || cp.Unread != nil && cp.Unread.XML || len(wrongMessage(c)) > 0 {
		return nil
	}
	why, at, where := c.Response.Why, evidence.Spot{In: evidence.InHAR}, "the value"
	if cp.Posted != nil {
		at = cp.Posted.At
	}
	if u := cp.Unread; u != nil {
		why = u.Reason
		if u.At.Known() {
			at = u.At
		}
		if u.Offset >= 0 {
			where = fmt.Sprintf("byte %d of the value", u.Offset)
		}
	}
	f := rule.Finding{Summary: "The SAMLResponse value cannot be decoded", At: at}
	if why != "" {
		f.Summary = fmt.Sprintf("The SAMLResponse value cannot be decoded at %s: %s", where, why)
	}
	f.Evidence = []rule.Exhibit{{What: where, At: at, Saw: why, Want: "base64 of a SAML 2.0 response"}}
	return one(f)
}
