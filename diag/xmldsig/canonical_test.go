package xmldsig

import (
	"bytes"
	"slices"
	"testing"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/russellhaering/goxmldsig/etreeutils"

	"example.com/samlens/diag/markup"
)

func canonicalForm(t testing.TB, doc, apex string, m method) string {
	t.Helper()
	tree, _, err := markup.Read([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	if apex != "" {
		if at = tree.At(apex); at < 0 {
			t.Fatalf("no %s in %s", apex, doc)
		}
	}
	var b bytes.Buffer
	c := canonical{method: m, tree: tree, without: -1}
	if err := c.write(&b, at); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The examples are those of the recommendations' own sections, shortened,
// and the cases that libraries get wrong.
func TestCanonicalForms(t *testing.T) {
	exclusive, inclusive, v11 := method{exclusive: true}, method{}, method{v11: true}
	for name, c := range map[string]struct {
		doc, apex string
		m         method
		want      string
	}{
		"comments and instructions beside the root": {
			"<?xml version='1.0'?>\n<?xml-stylesheet   href=\"a\"   ?>\n<!-- one -->\n<d>x<!-- two --></d>\n<?tail?>\n<!-- three -->", "", method{comments: true},
			"<?xml-stylesheet href=\"a\"   ?>\n<!-- one -->\n<d>x<!-- two --></d>\n<?tail?>\n<!-- three -->",
		},
		"without comments": {
			"<?xml version='1.0'?>\n<!-- one --><d>x<!-- two --></d>\n<?tail?><!-- three -->", "", inclusive,
			"<d>x</d>\n<?tail?>",
		},
		"start tags": {
			`<e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm" xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>`, "", inclusive,
			`<e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>`,
		},
		"attributes are sorted by namespace before name": {
			`<v xmlns:z="http://a" xmlns:a="http://z" a:a="1" z:z="2"/>`, "", exclusive,
			`<v xmlns:a="http://z" xmlns:z="http://a" z:z="2" a:a="1"></v>`,
		},
		"superfluous declarations": {
			`<a xmlns:x="u"><b xmlns:x="u"><x:c xmlns:x="v"/></b></a>`, "", inclusive,
			`<a xmlns:x="u"><b><x:c xmlns:x="v"></x:c></b></a>`,
		},
		"empty default namespace": {
			`<a xmlns=""><b xmlns="u"><c xmlns=""/></b></a>`, "", inclusive,
			`<a><b xmlns="u"><c xmlns=""></c></b></a>`,
		},
		"empty default namespace, exclusive": {
			`<a xmlns=""><b xmlns="u"><c xmlns=""><d xmlns:q="r"/></c></b></a>`, "", exclusive,
			`<a><b xmlns="u"><c xmlns=""><d></d></c></b></a>`,
		},
		"references and white space": {
			"<a b=' x&#10;&#9;&quot;&lt;>&#13;'>a&#13;b\r\nc&gt;&amp;<![CDATA[<&]]>\"</a>", "", inclusive,
			"<a b=\" x&#xA;&#x9;&quot;&lt;>&#xD;\">a&#xD;b\nc&gt;&amp;&lt;&amp;\"</a>",
		},
		"apex inherits, inclusive": {
			`<a xmlns="d" xmlns:p="p" xml:lang="en" xml:id="i"><b xmlns="e" xml:space="default"><p:c/></b></a>`, "/a/b", inclusive,
			`<b xmlns="e" xmlns:p="p" xml:id="i" xml:lang="en" xml:space="default"><p:c></p:c></b>`,
		},
		"apex inherits, 1.1: no xml:id": {
			`<a xml:lang="en" xml:id="i" xml:base="http://h/x/y"><b xml:base="../z"><c/></b></a>`, "/a/b/c", v11,
			`<c xml:base="http://h/z" xml:lang="en"></c>`,
		},
		"exclusive takes what is used": {
			`<n0:a xmlns:n0="a" xmlns:n1="b"><n1:b xml:lang="en" xmlns:n3="c"><n3:c/></n1:b></n0:a>`, "/a/b", exclusive,
			`<n1:b xmlns:n1="b" xml:lang="en"><n3:c xmlns:n3="c"></n3:c></n1:b>`,
		},
		"prefix list": {
			`<a xmlns="d" xmlns:x="x" xmlns:y="y"><p:b xmlns:p="p"><p:c xmlns:x="z"/></p:b></a>`, "/a/b", method{exclusive: true, prefixes: []string{"", "x"}},
			`<p:b xmlns="d" xmlns:p="p" xmlns:x="x"><p:c xmlns:x="z"></p:c></p:b>`,
		},
	} {
		if got := canonicalForm(t, c.doc, c.apex, c.m); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// goxmldsig's canonicalizers are another implementation: where they follow
// the recommendations the bytes have to be the same.
func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`<a xmlns="d" xmlns:p="u" p:x="1" y="2"><p:b>t&amp;<!-- c --><c xmlns="e"/></p:b><?pi x?></a>`), "p")
	f.Add([]byte("<n0:a xmlns:n0='a' xmlns:n1='b'><n1:b xml:lang='en'>\r\n\t<n0:c/></n1:b></n0:a>"), "")
	f.Fuzz(func(t *testing.T, doc []byte, prefixes string) {
		tree, enc, err := markup.Read(doc)
		if err != nil || enc.Name != "UTF-8" || enc.BOM || !comparable(tree) {
			return
		}
		read := func() *etree.Element {
			d := etree.NewDocument()
			if d.ReadFromBytes(tree.Source) != nil || d.Root() == nil {
				return nil
			}
			return d.Root().Copy()
		}
		for _, c := range []struct {
			theirs dsig.Canonicalizer
			uri    dsig.AlgorithmID
		}{
			{dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(prefixes), dsig.CanonicalXML10ExclusiveAlgorithmId},
			{dsig.MakeC14N10ExclusiveWithCommentsCanonicalizerWithPrefixList(prefixes), dsig.CanonicalXML10ExclusiveWithCommentsAlgorithmId},
			{dsig.MakeC14N11Canonicalizer(), dsig.CanonicalXML11AlgorithmId},
		} {
			el := read()
			if el == nil {
				return
			}
			want, err := c.theirs.Canonicalize(el)
			if err != nil {
				continue
			}
			m, _ := canonicalisation(string(c.uri), prefixes)
			m.prefixes = slices.DeleteFunc(m.prefixes, func(p string) bool { return p == "" }) // goxmldsig knows no #default
			var got bytes.Buffer
			ours := canonical{method: m, tree: tree, without: -1}
			if err := ours.write(&got, tree.Root); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Fatalf("%s of %q with %q:\n got %q\nwant %q", c.uri, doc, prefixes, got.Bytes(), want)
			}
		}
	})
}

// comparable leaves out what goxmldsig and etree do otherwise than the
// recommendations: attributes of several namespaces on one element, empty
// default namespaces, line ends in comments and instructions, and white
// space in attributes that is not written as a reference.
func comparable(t *markup.Tree) bool {
	if t.Doctype >= 0 || t.Trailing > 0 {
		return false
	}
	for i := range t.Nodes {
		n := &t.Nodes[i]
		raw := t.Source[n.ValueStart:n.ValueEnd]
		switch n.Kind {
		case markup.Declaration:
			if n.Value == "" || n.Value == etreeutils.XMLNamespace || bytes.ContainsAny(raw, "\t\r\n") {
				return false
			}
		case markup.Attribute:
			if bytes.ContainsAny(raw, "\t\r\n") {
				return false
			}
			if n.Prefix != "" {
				for j := i + 1; j < len(t.Nodes) && t.Nodes[j].Parent == n.Parent; j++ {
					if o := &t.Nodes[j]; o.Kind == markup.Attribute && o.Prefix != "" && o.Prefix != n.Prefix {
						return false
					}
				}
			}
		case markup.Comment, markup.Instruction:
			if bytes.Contains(raw, []byte("\r")) {
				return false
			}
		case markup.Element, markup.Text, markup.CDATA, markup.Doctype:
		}
	}
	return true
}
