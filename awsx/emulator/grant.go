package emulator

import (
	"cmp"
	"crypto/sha1" // AWS defines the name qualifier by it
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/samlens/diag/expression"
)

// grant asks the role.
func (s *Server) grant(a *attempt) error {
	if !a.claims.hasPair(a.role, a.provider) {
		return invalidToken("SAML Assertion doesn't contain the requested Role and Metadata in the attributes")
	}
	for i := range s.world.Roles {
		// Names count with their case here, unlike in GetRole.
		if r := &s.world.Roles[i]; s.world.roleARN(r) == a.role {
			a.held = r
		}
	}
	if a.held == nil || a.claims.subject == "" {
		return notAuthorized()
	}
	q := request{action: "sts:AssumeRoleWithSAML", principal: a.provider, context: s.trustContext(a)}
	actions := []string{q.action}
	if len(a.claims.tags()) > 0 {
		actions = append(actions, "sts:TagSession")
	}
	if a.claims.first("SourceIdentity") != "" {
		actions = append(actions, "sts:SetSourceIdentity")
	}
	for _, action := range actions {
		q.action = action
		if decide(a.held.Trust, q) != allowed {
			return notAuthorized()
		}
		guarded := q
		guarded.principal, guarded.resource = "", a.role
		if s.world.guarded(guarded).decision != allowed {
			return notAuthorized()
		}
	}
	a.granted = s.duration(a)
	if a.duration != nil && !a.console && *a.duration > a.held.MaxSessionDuration {
		return invalidInput("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
	}
	return nil
}

// duration is the session's: what was asked, an hour by default, cut short by
// the assertion. On the console's way the assertion's SessionDuration is what
// was asked.
func (s *Server) duration(a *attempt) time.Duration {
	d := time.Duration(cmp.Or(aws.ToInt32(a.duration), 3600)) * time.Second
	if n, err := strconv.Atoi(strings.TrimSpace(a.claims.first("SessionDuration"))); err == nil {
		if asked := time.Duration(n) * time.Second; asked < d || a.console {
			d = asked
		}
	}
	if until := a.claims.sessionUntil; !until.IsZero() {
		d = min(d, until.Sub(s.now()))
	}
	return d
}

func (s *Server) open(a *attempt) {
	name := a.claims.first("RoleSessionName")
	key := "ASIA" + stamp(fmt.Sprintf("%s/%s/%d", a.role, name, len(s.sessions)), 16)
	a.session = session{
		key: key, arn: s.world.sessionARN(a.held, name), userID: a.held.ID + ":" + name,
		role: a.held.Name, name: name, expires: s.now().Add(a.granted), source: a.source,
	}
	s.sessions[key] = a.session
}

// nameQualifier is SAML:namequalifier: the issuer, the account, a slash and the
// provider's name, hashed.
func nameQualifier(issuer, account, provider string) string {
	sum := sha1.Sum([]byte(issuer + account + "/" + provider))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// subType is the NameID's format without the standard's prefix.
func subType(format string) string {
	if _, after, ok := strings.Cut(format, ":nameid-format:"); ok && strings.HasPrefix(format, "urn:oasis:names:tc:SAML:") {
		return after
	}
	return format
}

var audienceURL = expression.Lazy(`^https://([a-z0-9-]+\.)?signin\.(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)/(static/)?saml(/acs/[A-Z0-9]+)?$`)

// isAudience knows AWS's names as a service provider. The urn and the global
// address are documented; that a regional address is taken is assumed.
func isAudience(a string) bool {
	switch a {
	case "urn:amazon:webservices", "urn:amazon:webservices:govcloud", "urn:amazon:webservices:cn-north-1":
		return true
	}
	return audienceURL().MatchString(a)
}
