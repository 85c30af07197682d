package evidence

import (
	"errors"
	"time"
)

// A Form is the shape in which a capture came.
type Form string

// The forms that are understood.
const (
	FormHAR     Form = "har"
	FormTracer  Form = "saml-tracer"
	FormBase64  Form = "base64"       // a bare SAMLResponse value
	FormBody    Form = "form"         // an application/x-www-form-urlencoded body
	FormXML     Form = "xml"          // decoded XML
	FormHTML    Form = "html"         // the IdP's auto-submit page
	FormCURL    Form = "curl"         // "Copy as cURL"
	FormText    Form = "text"         // a mail, ticket or DevTools text with the response somewhere inside
	FormRequest Form = "saml-request" // an AuthnRequest or LogoutRequest: not what is wanted
)

// Capture is one sign-in as the browser recorded it.
type Capture struct {
	Form Form
	// Writer is the program that wrote the capture, such as "Chrome
	// DevTools", "Firefox", "Safari", "Playwright"; "" where unknown.
	Writer string
	// Entry is the index of the HAR entry or message that carries the
	// response; -1 where the form has none.
	Entry int
	// Posted is how the response was sent; nil where the capture cannot show
	// it (a bare response).
	Posted *Post
	// RelayState is the relay state sent with the response: Known, Absent
	// (posted without one), or Unasked where the capture cannot show it.
	RelayState Fact[Text]
	// PickedRole is the role that was chosen on AWS's role picker, which
	// posts the response again; "" without a second post.
	PickedRole string
	// Exchanges are the requests around the sign-in in order of time, for
	// the flow pane. Bodies are bounded.
	Exchanges []Exchange
	// Observed is AWS's or Connect's error text as an answering page shows
	// it; nil where none was seen.
	Observed *Observed
	// Outcome is what the answers show.
	Outcome Outcome
	// OutcomeWhy says by what the outcome is known: the page or redirect.
	OutcomeWhy string
	Clock      Clock
	// Repairs are what had to be mended to read the response.
	Repairs []Repair
	// Sanitised names who masked the response ("Cloudflare HAR sanitizer",
	// "SAML-tracer", …), "" where nobody did. The response is then Failed.
	Sanitised string
	// Direct tells that Amazon Connect was opened without the IdP.
	Direct *Visit
	// OtherPosts are SAML responses posted to other service providers in the
	// same source.
	OtherPosts []Post
	// Found says what was found instead where there is no SAML response: one
	// clause, such as "41 requests to 6 hosts, none of them carrying SAML".
	Found string
	// Unread tells at which byte a response that is there could not be read
	// further, and why; nil where it could be read or none was found. The
	// response is then Failed.
	Unread *Unread
	// Why names, where the response is from SAML-tracer, a page or a bare
	// form, which of several candidates was picked and the reason.
	Picked string
}

// Unread is where reading a response broke off.
type Unread struct {
	// XML tells that the value was decoded and the document in it is broken;
	// else the value's own encoding (base64, deflate) is.
	XML bool
	// Offset is the byte where it broke off: of the value, or of the decoded
	// document where XML is set; -1 where it is the whole.
	Offset int
	// Line and Column are 1-based, of the decoded document; 0 where unknown.
	// Column counts bytes.
	Line, Column int
	// Reason is one clause without values of the document.
	Reason string
	At     Spot
}

// A Post is a SAML message sent to a service provider.
type Post struct {
	URL    string // as recorded
	Entry  int
	At     Spot
	Method string // POST, or GET for the Redirect binding
	SentAt time.Time
	// Message is "SAMLResponse" or "SAMLRequest"; for WS-Federation "wresult".
	Message string
}

// An Exchange is one request and its answer in the capture.
type Exchange struct {
	Entry       int
	At          time.Time     // startedDateTime
	Took        time.Duration // 0 where unknown
	Method, URL string
	Status      int
	MIME        string
	Redirect    string    // Location
	Date        time.Time // the answer's Date header
	// SAML is the SAML field that the request carries: "SAMLResponse",
	// "SAMLRequest" or "".
	SAML string
	// Party is the role of the host in the sign-in; "" for a bystander.
	Party string
	// Text is the visible text of an HTML answer, at most 4 KiB, no markup,
	// control characters removed.
	Text string
	// ResponseBody is the HTML body for the viewer, at most 64 KiB, with SAML
	// values cut out; "" where the capture has none.
	ResponseBody string
}

// Observed is an error text that AWS or Connect showed.
type Observed struct {
	// Text is the message without its "(Service: …)" suffix, in the page's
	// own words, white space folded.
	Text string
	// ID is the catalogue entry (package symptom) that it matched; "" for
	// none.
	ID         string
	Code       string // inner error code, such as InvalidIdentityToken; "" where not shown
	HTTPStatus int    // from the suffix, else the answer's own; 0 where unknown
	Service    string
	RequestID  string
	RoleARN    string // Connect's "access denied" page names the role
	Where      Spot
	URL        string
	Party      string // whose page it is
	Entry      int
	// Unseen tells that the status alone was recorded: Text is ours, and what
	// the page said is not known.
	Unseen bool
}

// The parties of a sign-in.
const (
	PartyIDP     = "idp"
	PartySignIn  = "aws-signin"
	PartyConsole = "aws-console"
	PartyConnect = "connect"
	PartyCenter  = "identity-center"
	PartyOther   = "other-sp" // a service provider that is not AWS
)

// Outcome is how the sign-in ended as far as the answers show.
type Outcome uint8

// The outcomes.
const (
	OutcomeUnknown  Outcome = iota // no answer was recorded
	OutcomeRefused                 // AWS or Connect answered with an error
	OutcomeRedirect                // AWS sign-in let it through (a redirect onward), nothing further recorded
	OutcomeConsole                 // the AWS console was shown
	OutcomeConnect                 // Connect's own application was shown
	OutcomePicker                  // AWS's role picker was shown and nothing was chosen
	OutcomePortal                  // another AWS page (the access portal) was shown
)

// outcomes are the outcomes' names, in order.
var outcomes = [...]string{"unknown", "refused", "redirect", "console", "connect", "picker", "portal"}

// MarshalText names the outcome.
func (o Outcome) MarshalText() ([]byte, error) {
	return []byte(outcomes[min(int(o), len(outcomes)-1)]), nil
}

// UnmarshalText reads what MarshalText writes.
func (o *Outcome) UnmarshalText(b []byte) error {
	for i, name := range outcomes {
		if name == string(b) {
			*o = Outcome(i)
			return nil
		}
	}
	return errors.New("no sign-in has such an outcome")
}

// Clock is what the capture tells of time. Zero where unknown.
type Clock struct {
	// Started is the browser's clock at the POST that redeemed the response.
	Started time.Time
	// AWS is the Date of AWS's answer to that POST, else of the nearest AWS
	// answer.
	AWS time.Time
	// AWSNearest tells that AWS is the nearest answer's and not the POST's.
	AWSNearest bool
	// IdP is the Date of the IdP's answer that carried the response, and
	// IdPStarted the browser's clock when that request began plus its
	// duration, so that IdP against the browser against AWS can be compared.
	IdP, IdPStarted time.Time
	// Skew is IdP minus AWS, corrected by the browser's clock; valid where
	// SkewKnown. Resolution is a second.
	Skew      time.Duration
	SkewKnown bool
}

// A Repair is one thing that had to be mended to read the capture.
type Repair struct {
	What   string // "spaces turned back into plus", "padding added", …
	At     Spot
	Offset int // first byte concerned in the value; -1 where it is the whole
	Count  int // how many bytes or places; 0 where it is no count
}

// A Visit is a page of Connect opened without the IdP.
type Visit struct {
	URL   string
	Entry int
	Text  string // what the page said, such as "Session expired"
}
