package saml

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
)

// one reads an assertion.
func one(t *markup.Tree, at int) evidence.Assertion {
	a := evidence.Assertion{
		At: spot(t, at), ID: attr(t, at, "ID"), Version: attr(t, at, "Version"),
		IssueInstant: moment(t, at, "IssueInstant"),
		Issuer:       text(t, t.Child(at, assertion, "Issuer")),
	}
	for c := range t.Children(at) {
		n := &t.Nodes[c]
		if n.Space != assertion {
			continue
		}
		switch n.Name {
		case "Subject":
			if a.Subject == nil {
				a.Subject = subject(t, c)
			}
		case "Conditions":
			if !a.ConditionsAt.Known() {
				conditions(t, c, &a)
			}
		case "AuthnStatement":
			a.Authn = append(a.Authn, authn(t, c))
		case "AttributeStatement":
			for e := range t.Children(c) {
				if t.Nodes[e].Is(assertion, "Attribute") {
					v := attribute(t, e)
					v.Statement = a.AttributeStatements
					a.Attributes = append(a.Attributes, v)
				}
			}
			a.AttributeStatements++
		}
	}
	return a
}

func conditions(t *markup.Tree, at int, a *evidence.Assertion) {
	a.ConditionsAt = spot(t, at)
	a.NotBefore, a.NotOnOrAfter = moment(t, at, "NotBefore"), moment(t, at, "NotOnOrAfter")
	for c := range t.Children(at) {
		if !t.Nodes[c].Is(assertion, "AudienceRestriction") {
			continue
		}
		values := []evidence.Text{}
		for e := range t.Children(c) {
			if t.Nodes[e].Is(assertion, "Audience") {
				values = append(values, text(t, e))
			}
		}
		a.Audiences = append(a.Audiences, values)
	}
}

func subject(t *markup.Tree, at int) *evidence.Subject {
	s := &evidence.Subject{At: spot(t, at)}
	id := t.Child(at, assertion, "NameID")
	s.NameID, s.Format = text(t, id), attr(t, id, "Format")
	s.NameQualifier, s.SPNameQualifier = attr(t, id, "NameQualifier"), attr(t, id, "SPNameQualifier")
	s.EncryptedID = t.Child(at, assertion, "EncryptedID") >= 0
	for c := range t.Children(at) {
		if !t.Nodes[c].Is(assertion, "SubjectConfirmation") {
			continue
		}
		f := evidence.Confirmation{At: spot(t, c), Method: attr(t, c, "Method")}
		if d := t.Child(c, assertion, "SubjectConfirmationData"); d >= 0 {
			f.HasData = true
			f.Recipient, f.InResponseTo, f.Address = attr(t, d, "Recipient"), attr(t, d, "InResponseTo"), attr(t, d, "Address")
			f.NotBefore, f.NotOnOrAfter = moment(t, d, "NotBefore"), moment(t, d, "NotOnOrAfter")
		}
		s.Confirmations = append(s.Confirmations, f)
	}
	return s
}

func authn(t *markup.Tree, at int) evidence.AuthnStatement {
	context := t.Child(at, assertion, "AuthnContext")
	return evidence.AuthnStatement{
		At: spot(t, at), AuthnInstant: moment(t, at, "AuthnInstant"),
		SessionNotOnOrAfter: moment(t, at, "SessionNotOnOrAfter"), SessionIndex: attr(t, at, "SessionIndex"),
		ContextClass: text(t, t.Child(context, assertion, "AuthnContextClassRef")),
	}
}

func attribute(t *markup.Tree, at int) evidence.Attribute {
	a := evidence.Attribute{At: spot(t, at), Name: attr(t, at, "Name"), NameFormat: attr(t, at, "NameFormat"), FriendlyName: attr(t, at, "FriendlyName")}
	for c := range t.Children(at) {
		if !t.Nodes[c].Is(assertion, "AttributeValue") {
			continue
		}
		v := evidence.Value{Text: text(t, c)}
		for range t.Children(c) {
			v.Structured, v.Value = true, inner(t, c)
			break
		}
		if n := t.Attr(c, instance, "nil"); n >= 0 {
			v.Nil = t.Nodes[n].Value == "true" || t.Nodes[n].Value == "1"
		}
		if n := t.Attr(c, instance, "type"); n >= 0 {
			v.Type = t.Nodes[n].Value
		}
		a.Values = append(a.Values, v)
	}
	return a
}
