package metadata

import (
	"errors"
	"fmt"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
)

const (
	space   = "urn:oasis:names:tc:SAML:2.0:metadata"
	dsig    = "http://www.w3.org/2000/09/xmldsig#"
	dsig11  = "http://www.w3.org/2009/xmldsig11#"
	maximum = 10_000_000 // characters that IAM takes
)

// The limits of one document; federations publish thousands of entities,
// IAM takes ten.
const (
	maxEntities = 10_000
	maxKeys     = 200 // of one entity
)

// Parse reads a document. It never fails: what is wrong is in Problem, and
// what could be read is there all the same. The origin says whose copy it
// is: "iam", "idp-metadata" or "file".
func Parse(doc []byte, origin string) evidence.Metadata {
	m := evidence.Metadata{Document: doc, Source: origin}
	p := parser{m: &m, origin: origin, in: evidence.InMetadata}
	if origin == "idp-metadata" {
		p.in = evidence.InIdPMetadata
	}
	tree, enc, err := markup.Read(doc)
	m.BOM, m.Encoding = enc.BOM, enc.Name
	if enc.BOM && enc.Name == "UTF-8" {
		p.shift = 3
	}
	if err != nil {
		m.Problem = "it is no XML that can be read: " + err.Error()
		if syntax, ok := errors.AsType[*markup.SyntaxError](err); ok {
			at := syntax.Offset + p.shift
			m.ProblemAt = evidence.Spot{In: p.in, Start: at, End: at, Line: syntax.Line}
		}
		return m
	}
	p.tree = tree
	m.HasDoctype = tree.Doctype >= 0
	root := &tree.Nodes[tree.Root]
	switch {
	case root.Is(space, "EntityDescriptor"), root.Is(space, "EntitiesDescriptor"):
		p.entities(tree.Root, evidence.Instant{})
	case root.Space == space:
		p.wrong("the root element is %s, where IAM wants EntityDescriptor", root.Name)
	case root.Name == "Response" || root.Name == "AuthnRequest" || root.Name == "Assertion":
		p.wrong("it is a SAML %s, not metadata", root.Name)
	default:
		p.wrong("the root element %s is not SAML metadata", root.Name)
	}
	switch {
	case m.Problem != "":
	case tree.Trailing > 0:
		p.wrong("%d bytes follow the end of element %s", tree.Trailing, root.Name)
	case len(m.Entities) == 0:
		p.wrong("there is no EntityDescriptor in the %s", root.Name)
	}
	return m
}

type parser struct {
	tree   *markup.Tree
	m      *evidence.Metadata
	origin string
	in     evidence.Doc
	shift  int // bytes of the byte order mark
}

func (p *parser) wrong(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = markup.Clean(s)
		}
	}
	p.m.Problem, p.m.ProblemAt = fmt.Sprintf(format, args...), p.spot(p.tree.Root)
}

func (p *parser) spot(i int) evidence.Spot {
	n := &p.tree.Nodes[i]
	return evidence.Spot{In: p.in, Path: p.tree.Path(i), Start: n.Start + p.shift, End: n.End + p.shift, Line: n.Line}
}

func (p *parser) attr(element int, name string) evidence.Text {
	a := p.tree.Attr(element, "", name)
	if a < 0 {
		return evidence.Text{}
	}
	at := p.spot(a)
	at.Start, at.End = p.tree.Nodes[a].ValueStart+p.shift, p.tree.Nodes[a].ValueEnd+p.shift
	return evidence.Text{Value: p.tree.Nodes[a].Value, Present: true, At: at}
}

// entities reads one EntityDescriptor, or those of an EntitiesDescriptor;
// the outer validUntil holds where an entity has none of its own.
func (p *parser) entities(at int, until evidence.Instant) {
	if own := p.attr(at, "validUntil"); own.Present {
		when, ok := markup.Time(own.Value)
		until = evidence.Instant{Text: own, Time: when, Bad: !ok}
	}
	if p.tree.Nodes[at].Name == "EntityDescriptor" {
		if len(p.m.Entities) < maxEntities {
			p.m.Entities = append(p.m.Entities, p.entity(at, until))
		}
		return
	}
	for c := range p.tree.Children(at) {
		if n := &p.tree.Nodes[c]; n.Is(space, "EntityDescriptor") || n.Is(space, "EntitiesDescriptor") {
			p.entities(c, until)
		}
	}
}

func (p *parser) entity(at int, until evidence.Instant) evidence.Entity {
	e := evidence.Entity{At: p.spot(at), ID: p.attr(at, "entityID"), ValidUntil: until}
	for role := range p.tree.Children(at) {
		if !p.tree.Nodes[role].Is(space, "IDPSSODescriptor") {
			continue
		}
		e.IDPDescriptor = true
		if e.WantAuthnRequestsSigned == "" {
			e.WantAuthnRequestsSigned = p.attr(role, "WantAuthnRequestsSigned").Value
		}
		for c := range p.tree.Children(role) {
			n := &p.tree.Nodes[c]
			if n.Space != space {
				continue
			}
			switch n.Name {
			case "KeyDescriptor":
				p.key(c, &e)
			case "SingleSignOnService":
				e.SSO = append(e.SSO, evidence.Endpoint{Binding: p.attr(c, "Binding").Value, Location: p.attr(c, "Location").Value})
			case "NameIDFormat":
				e.NameIDFormats = append(e.NameIDFormats, p.tree.Text(c))
			}
		}
	}
	return e
}

// key reads the certificates of a KeyDescriptor. One without a use is for
// signing too (SAML Metadata, section 2.4.1.1).
func (p *parser) key(at int, e *evidence.Entity) {
	use := p.attr(at, "use").Value
	var found []evidence.Certificate
	bare := -1
	for i := at + 1; i < p.tree.Nodes[at].Next && len(found) < maxKeys; i++ {
		n := &p.tree.Nodes[i]
		switch {
		case n.Kind != markup.Element:
		case n.Is(dsig, "X509Certificate"):
			found = append(found, certificate.FromBase64(p.tree.Text(i), p.origin, use, p.spot(i)))
		case n.Is(dsig, "KeyValue"), n.Is(dsig11, "DEREncodedKeyValue"), n.Is(dsig, "KeyName"):
			bare = i
		}
	}
	if len(found) == 0 {
		why := "the KeyDescriptor holds no certificate"
		if bare >= 0 {
			why = "the KeyDescriptor holds a " + p.tree.Nodes[bare].Name + " and no certificate"
		}
		found = append(found, evidence.Certificate{Origin: p.origin, Use: use, At: p.spot(at), Err: why})
	}
	if use == "encryption" {
		e.Encryption = append(e.Encryption, found...)
	} else {
		e.Signing = append(e.Signing, found...)
	}
}
