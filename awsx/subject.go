package awsx

import (
	"slices"
	"time"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// A Subject is what a sign-in names in AWS: whom and what to ask about. What
// the capture does not tell is empty.
type Subject struct {
	// Issuer is the assertion's issuer, else the response's.
	Issuer string
	// AssertionID, Session and NameID are the assertion's own.
	AssertionID, Session, NameID string
	// Pairs are the role pairs to judge: the chosen one, or all of them.
	Pairs []claims.Pair
	// Account is the account of the pairs' roles; "" where they differ.
	Account string
	// Partition is that of the pairs, else of the sign-in address, else aws.
	Partition endpoint.Partition
	// ACSIDs are the SAMLProviderUUIDs in the /saml/acs/ID addresses used.
	ACSIDs []string
	// Instance is the Connect instance's ID, Region where it lives.
	Instance, Region string
	// SignIn are the Regions of regional sign-in addresses that were used.
	SignIn []string
	// At is when the sign-in happened, as well as it is known.
	At time.Time
}

// SubjectOf reads from a case what its lookups have to ask about.
func SubjectOf(c evidence.Case) Subject {
	var s Subject
	s.assertion(c)
	s.addresses(c)
	if s.Partition == "" {
		s.Partition = endpoint.Of(s.Region)
	}
	s.instance(c)
	s.At = c.AsOf.At
	if cp, ok := c.Capture.Get(); s.At.IsZero() && ok && cp.Posted != nil {
		s.At = cp.Posted.SentAt
	}
	return s
}

// Roles returns the distinct role ARNs of well-formed pairs, in order.
func (s Subject) Roles() []string {
	return distinct(s.Pairs, func(p claims.Pair) string { return p.RoleARN })
}

// Providers returns the distinct provider ARNs of well-formed pairs.
func (s Subject) Providers() []string {
	return distinct(s.Pairs, func(p claims.Pair) string { return p.ProviderARN })
}

func distinct(ps []claims.Pair, f func(claims.Pair) string) (out []string) {
	for _, p := range ps {
		if v := f(p); p.OK && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func (s *Subject) assertion(c evidence.Case) {
	r, ok := c.Response.Get()
	if !ok {
		return
	}
	s.Issuer = r.Issuer.Value
	cl, a, ok := claims.Read(c)
	if !ok {
		return
	}
	if a.Issuer.Present {
		s.Issuer = a.Issuer.Value
	}
	s.AssertionID, s.Session, s.Pairs = a.ID.Value, cl.NameIn(c), cl.Candidates(c)
	if a.Subject != nil {
		s.NameID = a.Subject.NameID.Value
	}
	for i, p := range s.Pairs {
		if !p.OK {
			continue
		}
		if s.Partition == "" {
			s.Partition = p.Role.Partition
		}
		if i == 0 || s.Account == p.Role.Account {
			s.Account = p.Role.Account
		} else {
			s.Account = ""
			break
		}
	}
}

// addresses takes in every address that the sign-in used or names.
func (s *Subject) addresses(c evidence.Case) {
	var urls []string
	if cp, ok := c.Capture.Get(); ok && cp.Posted != nil {
		urls = append(urls, cp.Posted.URL)
	}
	if r, ok := c.Response.Get(); ok {
		urls = append(urls, r.Destination.Value)
		if a, ok := r.First(); ok && a.Subject != nil {
			for _, sc := range a.Subject.Confirmations {
				urls = append(urls, sc.Recipient.Value)
			}
		}
	}
	for _, u := range urls {
		a := endpoint.ParseACS(u)
		if a.Kind != endpoint.Sign && a.Kind != endpoint.ConnectGlobal {
			continue
		}
		if a.ProviderID != "" && !slices.Contains(s.ACSIDs, a.ProviderID) {
			s.ACSIDs = append(s.ACSIDs, a.ProviderID)
		}
		if a.Region != "" && !slices.Contains(s.SignIn, a.Region) {
			s.SignIn = append(s.SignIn, a.Region)
		}
		if endpoint.IsInstanceID(a.Instance) && s.Instance == "" {
			s.Instance, s.Region = a.Instance, a.Region
		}
		if s.Partition == "" {
			s.Partition = a.Partition
		}
	}
}

// instanceARN finds the instance in a policy's resource ARN.
var instanceARN = expression.Lazy(`arn:aws[a-z-]*:connect:([a-z0-9-]+):\d{12}:instance/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})`)

// instance settles which Connect instance is meant: as asked, as the relay
// state or a later address says, else the one that the role's permissions name.
func (s *Subject) instance(c evidence.Case) {
	if id := c.Asked.InstanceID; id != "" {
		s.Instance, s.Region = id, ""
	}
	take := func(raw string) {
		r := endpoint.ParseRelay(raw)
		if r.Target != endpoint.ToConnect || !endpoint.IsInstanceID(r.Instance) {
			return
		}
		if s.Instance == "" {
			s.Instance = r.Instance
		}
		if s.Region == "" && s.Instance == r.Instance {
			s.Region = r.ServedFrom()
		}
	}
	if cp, ok := c.Capture.Get(); ok {
		take(cp.RelayState.Value.Value)
		for _, x := range cp.Exchanges {
			take(x.URL)
		}
	}
	named := map[string]string{} // instance to Region
	for _, p := range c.Live.Permissions.Value {
		for _, m := range instanceARN().FindAllStringSubmatch(p.Document, -1) {
			named[m[2]] = m[1]
		}
	}
	for id, region := range named {
		if s.Instance == "" && len(named) == 1 {
			s.Instance = id
		}
		if s.Region == "" && s.Instance == id {
			s.Region = region
		}
	}
	if s.Region == "" && s.Instance != "" && len(s.SignIn) > 0 {
		s.Region = s.SignIn[0]
	}
	if c.Asked.Region != "" {
		s.Region = c.Asked.Region
	}
	if s.Region == "" {
		s.Region = c.Live.Identity.Value.Region
	}
}
