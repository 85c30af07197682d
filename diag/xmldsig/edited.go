package xmldsig

import (
	"bytes"
	"crypto"
	"strconv"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
)

// Bounds of the search for an edited value: the document's size and the
// bytes that are digested in all, which is a tenth of a second.
const (
	maxEdited    = 64 << 10
	maxEditBytes = 48 << 20
)

// A leaf is a text or attribute value and where it stands in the canonical
// form.
type leaf struct{ node, start, end int }

// edited looks for the one value that was changed after signing: it puts
// every value of the document, and the usual spellings of each, in the place
// of each value, until the digest is the declared one. People change an
// account, a name or an address by hand, and what it was before mostly
// stands somewhere else in the response. A digest that comes right proves
// it.
func (in *inspector) edited(r *evidence.Reference, h crypto.Hash, form func(*bytes.Buffer, func(int, string) (string, bool)) error) {
	if len(in.tree.Source) > maxEdited {
		return
	}
	var marked bytes.Buffer
	// Control characters cannot occur in XML, so they mark places safely.
	if form(&marked, func(node int, v string) (string, bool) {
		return "\x00" + strconv.Itoa(node) + "\x01" + v + "\x02", true
	}) != nil {
		return
	}
	clean, leaves := unmark(marked.Bytes())
	values := in.spellings(leaves)
	for _, l := range leaves {
		n := &in.tree.Nodes[l.node]
		for _, v := range append(variants(n.Value), values...) {
			if v == n.Value {
				continue
			}
			if in.edits -= len(clean); in.edits < 0 {
				return
			}
			var c canonical
			c.escape(v, n.Kind == markup.Attribute)
			sum := h.New()
			sum.Write(clean[:l.start])
			sum.Write(c.buf)
			sum.Write(clean[l.end:])
			if bytes.Equal(sum.Sum(nil), r.Declared) {
				r.Change, r.Was, r.Edited = Edited, v, in.spot(l.node)
				if n.Kind != markup.Attribute { // point at the element that holds it
					r.Edited.Path = in.tree.Path(n.Parent)
				}
				return
			}
		}
	}
}

// unmark takes the marks out and notes where they stood.
func unmark(marked []byte) (clean []byte, leaves []leaf) {
	clean = make([]byte, 0, len(marked))
	for i := 0; i < len(marked); i++ {
		switch marked[i] {
		case 0:
			end := i + bytes.IndexByte(marked[i:], 1)
			node, _ := strconv.Atoi(string(marked[i+1 : end]))
			leaves = append(leaves, leaf{node: node, start: len(clean)})
			i = end
		case 2:
			leaves[len(leaves)-1].end = len(clean)
		default:
			clean = append(clean, marked[i])
		}
	}
	return clean, leaves
}

// spellings are the values of a document, each once, and the user's part of
// every address.
func (in *inspector) spellings(leaves []leaf) (out []string) {
	seen := map[string]bool{}
	add := func(v string) {
		if t := strings.TrimSpace(v); t != "" && len(t) < 500 && !seen[t] && len(out) < 300 {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, l := range leaves {
		v := in.tree.Nodes[l.node].Value
		add(v)
		if user, _, ok := strings.Cut(v, "@"); ok {
			add(user)
		}
	}
	return out
}

// variants are the other ways in which a value is written by mistake.
func variants(v string) []string {
	t := strings.TrimSpace(v)
	if t == "" || len(t) > 500 {
		return nil
	}
	out := []string{t, strings.ToLower(t), strings.ToUpper(t), strings.TrimSuffix(t, "/"), t + "/", strings.Trim(t, `"'`)}
	if rest, ok := strings.CutPrefix(t, "http://"); ok {
		out = append(out, "https://"+rest)
	}
	if rest, ok := strings.CutPrefix(t, "https://"); ok {
		out = append(out, "http://"+rest)
	}
	if user, _, ok := strings.Cut(t, "@"); ok {
		out = append(out, user)
	}
	return out
}
