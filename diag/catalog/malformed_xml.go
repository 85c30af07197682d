package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The response decodes, and is no XML.
var malformedXML = &rule.Rule{
	ID: "malformed-xml", Title: "The SAML response is not well-formed XML",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Explains: []string{msgInvalid},
	Needs:    evidence.NeedCapture,
	Why:      `The value decodes, but what comes out is not well-formed XML: it was cut off, a character in it is not escaped, or bytes were changed on the way. A document that cannot be parsed has no signature, no role and no session name.`,
	Inferred: "That AWS sign-in answers with its general page is inferred from public reports; AWS documents only the missing role for that text.",
	Refs:     []string{pageTroubleshoot, "https://www.w3.org/TR/xml/"},
	Check:    checkMalformedXML,
	Fix:      fixMalformedXML,
}

func checkMalformedXML(c evidence.Case) []rule.Finding {
	u := c.Capture.Value.Unread
	if c.Response.State != evidence.Failed || u == nil || !u.XML {
		return nil
	}
	at := u.At
	if !at.Known() {
		at = evidence.Spot{In: evidence.InResponse, Start: max(u.Offset, 0), End: max(u.Offset, 0), Line: u.Line}
	}
	where := ""
	switch {
	case u.Line > 0 && u.Column > 0:
		where = fmt.Sprintf("line %d, column %d", u.Line, u.Column)
	case u.Line > 0:
		where = fmt.Sprintf("line %d", u.Line)
	case u.Offset >= 0:
		where = fmt.Sprintf("byte %d", u.Offset)
	}
	f := rule.Finding{Summary: "The response is not well-formed XML", At: at}
	if where != "" {
		f.Summary += " at " + where
	}
	if u.Reason != "" {
		f.Summary += ": " + u.Reason
	}
	if where == "" {
		where = "the document"
	}
	f.Evidence = []rule.Exhibit{{What: where, At: at, Saw: u.Reason, Want: "well-formed XML"}}
	return one(f)
}

func fixMalformedXML(c evidence.Case, f rule.Finding) []rule.Fix {
	return append([]rule.Fix{{
		Title: "Find out whether the IdP sends it like this",
		Who:   rule.IdPAdmin,
		Steps: []string{
			"Compare with the response in the IdP's own log or preview: if it is whole there, something between IdP and AWS (a proxy, a browser extension, a copy by hand) changes it.",
			"If it is broken there too, look at the attribute next to the place: a mapping that puts unescaped text or a binary value into the assertion.",
		},
	}}, fixCapture(c, f)...)
}
