package diag

import (
	"errors"
	"fmt"
	"time"

	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/saml"
)

// Options say how sources become cases.
type Options struct {
	Now time.Time
	// AsOf replaces the time of every sign-in; zero leaves it to the capture.
	AsOf  time.Time
	Asked evidence.Asked
	// Keys are private keys (*rsa.PrivateKey) for encrypted assertions. They
	// are used and not kept.
	Keys []any
	// Evidence returns what files say of a sign-in; nil for none.
	Evidence func(evidence.Case) evidence.Live
}

// Cases makes a case of every sign-in of a source, in order of time.
func Cases(s capture.Source, o Options) []evidence.Case {
	var out []evidence.Case
	for _, in := range s.SignIns {
		out = append(out, o.newCase(s.Name, in))
	}
	return out
}

// Nothing makes a case of a capture that holds no SAML response, so that what
// it does show (a direct visit to Connect, say) can be told. It reports false
// where the error is of another kind.
func Nothing(err error, o Options) (evidence.Case, bool) {
	var e *capture.Error
	if !errors.As(err, &e) || e.SignIn == nil {
		return evidence.Case{}, false
	}
	return o.newCase(e.Source, *e.SignIn), true
}

func (o Options) newCase(source string, in capture.SignIn) evidence.Case {
	c := evidence.Case{
		Source: source, Capture: evidence.Have(in.Capture, source), Asked: o.Asked, Now: o.Now,
	}
	c.Response, c.Capture.Value = o.response(in, c.Capture.Value)
	c.AsOf = asOf(c, o.AsOf)
	if o.Evidence != nil {
		c = c.With(o.Evidence(c))
	}
	return c
}

// response reads the response of a sign-in. What cannot be read is told in the
// capture's Unread, for the rules to speak of.
func (o Options) response(in capture.SignIn, cp evidence.Capture) (evidence.Fact[evidence.Response], evidence.Capture) {
	if p := in.Problem; p != nil {
		f := evidence.Fact[evidence.Response]{State: evidence.Failed, Why: p.Reason}
		switch p.Kind {
		case capture.NoResponse:
			f.State = evidence.Absent
		case capture.Undecodable, capture.NotRecorded:
			if cp.Unread == nil {
				cp.Unread = &evidence.Unread{Offset: p.Offset, Reason: p.Reason, At: postSpot(cp)}
			}
		case capture.Sanitised:
		}
		return f, cp
	}
	r, err := saml.Parse(in.Document, saml.Options{EncodedLen: in.EncodedLen, Decoded: in.Decoded, Keys: o.Keys})
	if err == nil {
		if r.Trailing > 0 {
			cp.Repairs = append(cp.Repairs, evidence.Repair{
				What: "bytes behind the document left out", Offset: len(in.Document) - r.Trailing, Count: r.Trailing,
				At: evidence.Spot{In: evidence.InResponse},
			})
		}
		return evidence.Have(r, cp.Writer), cp
	}
	f := evidence.Fact[evidence.Response]{State: evidence.Failed, Why: err.Error()}
	var syntax *saml.SyntaxError
	var other *saml.NotResponse
	switch {
	case errors.As(err, &syntax):
		cp.Unread = &evidence.Unread{
			XML: true, Offset: syntax.Offset, Line: syntax.Line, Column: syntax.Column, Reason: syntax.Reason,
			At: evidence.Spot{In: evidence.InResponse, Start: syntax.Offset, End: syntax.Offset, Line: syntax.Line},
		}
	case errors.As(err, &other):
		cp.Found = fmt.Sprintf("a document of the element <%s>, which is no SAML response", in.Root.Name)
		f.State = evidence.Absent
	}
	return f, cp
}

func postSpot(cp evidence.Capture) evidence.Spot {
	if cp.Posted != nil {
		return cp.Posted.At
	}
	return evidence.Spot{}
}
