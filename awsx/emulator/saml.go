package emulator

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/sts/types"

	"example.com/samlens/awsx/emulator/wire"
	"example.com/samlens/diag/expression"
)

const (
	redeemWithin = 5 * time.Minute
	// ahead is how far an IdP's clock may run before AWS's. AWS publishes no
	// tolerance; this is the emulator's own.
	ahead = time.Minute

	maxResponse = 100_000 // characters of base64
	maxTags     = 50
)

var sessionName = expression.Lazy(`^[a-zA-Z_0-9+=,.@-]{2,64}$`)

func invalidToken(text string) error {
	return &types.InvalidIdentityTokenException{Message: aws.String(text)}
}

func invalidInput(text string) error { return &wire.Error{Code: "ValidationError", Message: text} }

func notAuthorized() error {
	return &wire.Error{Code: "AccessDenied", Message: "Not authorized to perform sts:AssumeRoleWithSAML", Status: http.StatusForbidden}
}

// An attempt is one AssumeRoleWithSAML while it is judged.
type attempt struct {
	role, provider string // as asked
	name           string // the provider's, once found
	assertion      string
	duration       *int32
	console        bool // through the sign-in page, where MaxSessionDuration does not bind
	region         string
	source, agent  string
	requestID      string

	claims    *claims // once verified
	qualifier string
	held      *Role // once found
	granted   time.Duration
	session   session
}

// A session is what a successful attempt leaves behind.
type session struct {
	key, arn, userID string
	role, name       string // the role's name, the RoleSessionName
	expires          time.Time
	source           string
}

// assumeRoleWithSAML is the API operation.
func (s *Server) assumeRoleWithSAML(ctx context.Context, in *sts.AssumeRoleWithSAMLInput) (*sts.AssumeRoleWithSAMLOutput, error) {
	c := wire.From(ctx)
	a := &attempt{
		role: aws.ToString(in.RoleArn), provider: aws.ToString(in.PrincipalArn), assertion: aws.ToString(in.SAMLAssertion),
		duration: in.DurationSeconds, source: c.Source, agent: c.UserAgent, requestID: c.ID,
	}
	if err := s.assume(a); err != nil {
		return nil, err
	}
	return &sts.AssumeRoleWithSAMLOutput{
		AssumedRoleUser: &types.AssumedRoleUser{Arn: aws.String(a.session.arn), AssumedRoleId: aws.String(a.session.userID)},
		Audience:        aws.String(a.claims.recipient), Issuer: aws.String(a.claims.issuer),
		Subject: aws.String(a.claims.subject), SubjectType: aws.String(subType(a.claims.format)), NameQualifier: aws.String(a.qualifier),
		Credentials: &types.Credentials{
			AccessKeyId: aws.String(a.session.key), SecretAccessKey: aws.String(stamp("secret"+a.session.key, 32)),
			SessionToken: aws.String(stamp("token"+a.session.key, 32)), Expiration: aws.Time(a.session.expires),
		},
		SourceIdentity: orNil(a.claims.first("SourceIdentity")),
	}, nil
}

func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// assume judges an attempt, logs it and opens the session.
func (s *Server) assume(a *attempt) error {
	err := s.judge(a)
	if err == nil {
		s.open(a)
	}
	s.logAssume(a, err)
	return err
}

// judge goes through what AWS is known to check. The order in which AWS does
// is not published; this one follows the data: what is asked, who is asked,
// what was sent, who signed it, what it says, and what the role says to that.
func (s *Server) judge(a *attempt) error {
	if err := a.wellFormed(); err != nil {
		return err
	}
	raw, err := decodeResponse(a.assertion)
	if err != nil {
		return invalidToken("Invalid base64 SAMLResponse")
	}
	p := s.world.provider(a.provider)
	if p == nil {
		return invalidToken("Specified provider doesn't exist")
	}
	a.name = p.Name
	if err := s.verify(a, raw, p); err != nil {
		return err
	}
	if a.region = s.stsRegion(a.claims); slices.Contains(s.world.STSDisabled, a.region) {
		return &types.RegionDisabledException{Message: aws.String(fmt.Sprintf("STS is not activated in this region for account:%s. Your account administrator can activate STS in this region using the IAM Console.", s.world.Account))}
	}
	if err := s.acceptable(a.claims); err != nil {
		return err
	}
	return s.grant(a)
}

// wellFormed is the front end's check of the parameters.
func (a *attempt) wellFormed() error {
	var wrong []string
	for _, p := range []struct {
		name, value string
		min         int
	}{{"roleArn", a.role, 20}, {"principalArn", a.provider, 20}, {"sAMLAssertion", a.assertion, 4}} {
		if len(p.value) < p.min {
			wrong = append(wrong, fmt.Sprintf("Value '%s' at '%s' failed to satisfy constraint: Member must have length greater than or equal to %d", p.value, p.name, p.min))
		}
	}
	if len(a.assertion) > maxResponse {
		wrong = append(wrong, fmt.Sprintf("Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length less than or equal to %d", maxResponse))
	}
	switch len(wrong) {
	case 0:
	case 1:
		return invalidInput("1 validation error detected: " + wrong[0])
	default:
		return invalidInput(fmt.Sprintf("%d validation errors detected: %s", len(wrong), strings.Join(wrong, "; ")))
	}
	if !strings.Contains(a.role, ":role/") || !strings.Contains(a.provider, ":saml-provider/") {
		return invalidInput("Request ARN is invalid")
	}
	return nil
}

// verify establishes who speaks: issuer and signature.
func (s *Server) verify(a *attempt, raw []byte, p *Provider) error {
	response, err := parseResponse(raw)
	if err != nil {
		// AWS's own words for XML that does not parse are not published.
		return invalidToken("Invalid SAML response")
	}
	if status := statusOf(response); status != success {
		return &types.IDPRejectedClaimException{Message: aws.String("The identity provider reported that authentication failed: " + status)}
	}
	meta, err := parseMetadata(p.Metadata)
	if err != nil {
		return invalidToken("Response signature invalid")
	}
	if issuer := text(child(response, nsAssertion, "Issuer")); issuer != "" && !slices.Contains(meta.entities, issuer) {
		return invalidToken("Issuer not present in specified provider")
	}
	if p.Encryption == "Required" && len(children(response, nsAssertion, "EncryptedAssertion")) == 0 {
		return invalidToken("Response signature invalid") // AWS's words for a plain assertion here are not published
	}
	// The issuer is told apart from the signature before the signature is
	// looked at: AWS names the issuer even where another key signed.
	if plain := child(response, nsAssertion, "Assertion"); plain != nil && !slices.Contains(meta.entities, text(child(plain, nsAssertion, "Issuer"))) {
		return invalidToken("Issuer not present in specified provider")
	}
	assertion, err := signedAssertion(response, meta.certs, p.Keys)
	if err != nil {
		if errors.Is(err, errSignature) {
			return invalidToken("Response signature invalid")
		}
		return err
	}
	c := readClaims(assertion)
	if !slices.Contains(meta.entities, c.issuer) {
		return invalidToken("Issuer not present in specified provider")
	}
	a.claims = &c
	a.qualifier = nameQualifier(c.issuer, s.world.Account, p.Name)
	return nil
}

// acceptable judges what the assertion says for itself: audience, recipient,
// times, and the name of the session.
func (s *Server) acceptable(c *claims) error {
	elsewhere := func(restriction []string) bool { return !slices.ContainsFunc(restriction, isAudience) }
	if len(c.audiences) == 0 || slices.ContainsFunc(c.audiences, elsewhere) {
		return invalidToken("Response does not contain the required audience.")
	}
	if c.confirmations != 1 || c.recipient == "" || c.confirmedUntil.IsZero() {
		return invalidToken("Responses must contain SubjectConfirmatonData with a Recipient and NotOnOrAfter")
	}
	now := s.now()
	late := now.Sub(c.issued) > redeemWithin || !c.notAfter.IsZero() && !now.Before(c.notAfter) || !c.sessionUntil.IsZero() && !now.Before(c.sessionUntil)
	early := c.issued.Sub(now) > ahead || c.notBefore.Sub(now) > ahead
	if late || early {
		// For one that is not valid yet no text of AWS's is known.
		return &types.ExpiredTokenException{Message: aws.String("Token must be redeemed within 5 minutes of issuance")}
	}
	switch name := c.first("RoleSessionName"); {
	case name == "":
		return invalidToken("RoleSessionName is required in AuthnResponse")
	case !sessionName().MatchString(name):
		return invalidToken("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}")
	}
	if id := c.first("SourceIdentity"); id != "" && (!sessionName().MatchString(id) || strings.HasPrefix(id, "aws:")) {
		return invalidToken(`Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"`)
	}
	if n := len(c.tags()); n > maxTags {
		return &types.PackedPolicyTooLargeException{Message: aws.String(fmt.Sprintf("%d session tags exceed the limit of %d", n, maxTags))}
	}
	return nil
}
