package certificate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
)

// Stage is how far a rotation of the IdP's signing certificate has come.
type Stage string

// The stages, in the order in which a rotation passes them.
const (
	StageUnknown    Stage = "unknown"     // too little is known to tell
	StageSteady     Stage = "steady"      // IAM, IdP and assertion agree on the certificate
	StageAnnounced  Stage = "announced"   // the IdP publishes a new one that IAM lacks, and signs with one it has
	StageReady      Stage = "ready"       // IAM holds the new one already, the IdP signs with the old one
	StageBroken     Stage = "broken"      // the IdP signs with one that IAM lacks
	StageLeftover   Stage = "leftover"    // signed with the new one; IAM still holds one that the IdP dropped
	StageUnverified Stage = "unpublished" // the signer is neither in IAM nor in what the IdP publishes
)

// Rotation is the stage and what it means.
type Rotation struct {
	Stage    Stage
	Sentence string
	// Signer is the certificate that made the signature; nil where it is
	// not known. Missing are those that IAM should get, Stale those that it
	// could do without.
	Signer         *evidence.Certificate
	Missing, Stale []evidence.Certificate
}

// Sources are the certificates that a stage is told from.
type Sources struct {
	// Signer is the certificate that verifies the signature, wherever it
	// was found; nil where none does or none was tried.
	Signer *evidence.Certificate
	// IAM are the signing certificates of the provider's metadata, IdP
	// those of what the IdP publishes. Known tells whether the lists could
	// be had: an empty list that is known is one without certificates.
	IAM, IdP           []evidence.Certificate
	IAMKnown, IdPKnown bool
}

// StageOf tells how far a rotation has come, at a time.
func StageOf(s Sources, now time.Time) Rotation {
	r := Rotation{Stage: StageUnknown, Signer: s.Signer}
	iam, idp := readable(s.IAM), readable(s.IdP)
	for _, c := range idp {
		if s.IAMKnown && !has(iam, c) {
			r.Missing = append(r.Missing, c)
		}
	}
	for _, c := range iam {
		if s.IdPKnown && !has(idp, c) {
			r.Stale = append(r.Stale, c)
		}
	}
	if s.Signer == nil {
		r.Sentence = "It is not known which certificate the IdP signs with."
		if s.IAMKnown && len(r.Missing) > 0 {
			r.Stage = StageAnnounced
			r.Sentence = fmt.Sprintf("The IdP publishes %s, which IAM does not hold; IAM holds %s.", list(r.Missing, now), list(iam, now))
		}
		return r
	}
	signer, held, published := *s.Signer, has(iam, *s.Signer), has(idp, *s.Signer)
	begins := ""
	if from, _, ok := Validity(signer); ok {
		begins = ", valid from " + from.Format(time.DateOnly)
	}
	switch {
	case !s.IAMKnown:
		r.Sentence = fmt.Sprintf("The IdP signs with %s%s; what IAM holds is not known.", Label(signer), begins)
	case !held && s.IdPKnown && !published:
		r.Stage = StageUnverified
		r.Sentence = fmt.Sprintf("The assertion is signed with %s%s, which neither IAM holds nor the IdP publishes; IAM holds %s.", Label(signer), begins, list(iam, now))
	case !held:
		r.Stage = StageBroken
		if !has(r.Missing, signer) {
			r.Missing = append(r.Missing, signer)
		}
		r.Sentence = fmt.Sprintf("The IdP signs with %s%s; IAM holds only %s.", Label(signer), begins, list(iam, now))
	case len(r.Missing) > 0:
		r.Stage = StageAnnounced
		r.Sentence = fmt.Sprintf("The IdP still signs with %s and also publishes %s, which IAM does not hold yet.", Label(signer), list(r.Missing, now))
	case len(iam) > 1 && newer(iam, signer):
		r.Stage = StageReady
		r.Sentence = fmt.Sprintf("The IdP signs with %s; IAM already holds %s.", Label(signer), list(iam, now))
	case len(r.Stale) > 0:
		r.Stage = StageLeftover
		r.Sentence = fmt.Sprintf("The IdP signs with %s, which IAM holds; IAM also holds %s, which the IdP no longer publishes.", Label(signer), list(r.Stale, now))
	default:
		r.Stage = StageSteady
		r.Sentence = fmt.Sprintf("The IdP signs with %s, and IAM holds it%s.", Label(signer), ends(signer, now))
	}
	r.Sentence = strings.ReplaceAll(r.Sentence, "….", "…") // a cut fingerprint ends it
	return r
}

func readable(in []evidence.Certificate) (out []evidence.Certificate) {
	for _, c := range in {
		if c.SHA256 != "" && !has(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// has compares by bytes, and by key: a certificate that was renewed over the
// same key verifies the same signatures.
func has(in []evidence.Certificate, c evidence.Certificate) bool {
	return slices.ContainsFunc(in, func(d evidence.Certificate) bool { return c.Same(d) || c.SPKI != "" && c.SPKI == d.SPKI })
}

// newer reports whether one of the certificates begins after the signer.
func newer(in []evidence.Certificate, signer evidence.Certificate) bool {
	from, _, ok := Validity(signer)
	return ok && slices.ContainsFunc(in, func(c evidence.Certificate) bool {
		begins, _, ok := Validity(c)
		return ok && begins.After(from)
	})
}

// Label names a certificate in a sentence: the beginning of its SHA-256
// fingerprint, as the user can find it in any other tool.
func Label(c evidence.Certificate) string {
	if len(c.SHA256) >= 11 {
		return c.SHA256[:11] + "…"
	}
	return "an unreadable certificate"
}

func list(in []evidence.Certificate, now time.Time) string {
	if len(in) == 0 {
		return "no certificate"
	}
	var out []string
	for _, c := range in[:min(len(in), 4)] {
		out = append(out, Label(c)+strings.Replace(ends(c, now), "; it", " that", 1))
	}
	if len(in) > 4 {
		out = append(out, fmt.Sprintf("%d more", len(in)-4))
	}
	return strings.Join(out, " and ")
}

// ends says when a certificate expires, where that is near or over.
func ends(c evidence.Certificate, now time.Time) string {
	_, to, ok := Validity(c)
	switch left := to.Sub(now); {
	case !ok || now.IsZero():
		return ""
	case left < 0:
		return "; it expired on " + to.Format(time.DateOnly)
	case left < 24*time.Hour:
		return "; it expires within a day"
	case left < 48*time.Hour:
		return "; it expires tomorrow"
	case left < 90*24*time.Hour:
		return fmt.Sprintf("; it expires in %d days", int(left.Hours()/24))
	}
	return ""
}
