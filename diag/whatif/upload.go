package whatif

import (
	"slices"

	"example.com/samlens/diag/evidence"
)

// upload makes a proposal of the IdP's metadata in the place of IAM's: the one
// that was given; else what IAM holds with the certificate that the response
// carries beside it, which is what a rotation that IAM has not been told of
// lacks. It reports false where neither is at hand.
func upload(c evidence.Case) (Proposal, bool) {
	held, ok := c.Live.Provider.Get()
	if !ok {
		return Proposal{}, false
	}
	if m, ok := c.Live.IdPMetadata.Get(); ok {
		return Proposal{Metadata: &m, Said: "the IdP's metadata in place of that of the IAM provider"}, true
	}
	r, ok := c.Response.Get()
	if !ok || len(held.Metadata.Entities) == 0 {
		return Proposal{}, false
	}
	signing := held.Metadata.Signing()
	for _, s := range r.Signatures {
		for _, x := range s.Certificates {
			if x.SPKI == "" || slices.ContainsFunc(signing, x.Same) {
				continue
			}
			m := held.Metadata
			m.Entities = slices.Clone(m.Entities)
			m.Entities[0].Signing = append(slices.Clone(m.Entities[0].Signing), x)
			return Proposal{Metadata: &m, Said: "the certificate that the response carries, SHA-256 " + x.SHA256 +
				", beside those of the IAM provider: upload it only if the IdP's own console shows it"}, true
		}
	}
	return Proposal{}, false
}
