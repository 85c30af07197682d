package evidence

// A Hop is one link of the sign-in chain.
type Hop uint8

// The hops, in the order a sign-in passes them.
const (
	HopCapture  Hop = iota // is the capture itself usable?
	HopIdP                 // the IdP issued a response that says Success
	HopPost                // the browser posted it to the right AWS endpoint
	HopSignIn              // AWS sign-in read the role pair from it
	HopProvider            // the IAM SAML provider knows issuer and key
	HopSTS                 // STS accepts session name, audience and times
	HopTrust               // the role's trust policy lets it in
	HopFederate            // the role may call connect:GetFederationToken on the instance
	HopUser                // Connect has a user of that name
	HopSession             // the session lasts
	hopEnd
)

// Hops returns all hops in order.
func Hops() []Hop {
	out := make([]Hop, hopEnd)
	for i := range out {
		out[i] = Hop(i)
	}
	return out
}

// String is the hop's name in reports.
func (h Hop) String() string {
	names := [...]string{"capture", "idp", "post", "signin", "provider", "sts", "trust", "federate", "user", "session"}
	if int(h) < len(names) {
		return names[h]
	}
	return "unknown"
}
