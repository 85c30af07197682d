package evidence

import (
	"cmp"
	"time"
)

// Instance is an Amazon Connect instance (connect:DescribeInstance).
type Instance struct {
	ID, ARN, Alias  string
	Region, Account string
	IdentityType    string // SAML, CONNECT_MANAGED, EXISTING_DIRECTORY
	Status          string // ACTIVE, CREATION_IN_PROGRESS, CREATION_FAILED
	StatusReason    string
	AccessURL       string
	Created         time.Time
	// Replication is set where the instance takes part in Amazon Connect
	// Global Resiliency.
	Replication *Replication
}

// Replication is an instance's ReplicationConfiguration.
type Replication struct {
	SourceRegion         string
	GlobalSignInEndpoint string
	Regions              []string
}

// User is an Amazon Connect user.
type User struct {
	ID, ARN, Username string
	Instance          string // the instance's ID
	// The rest is filled only where SearchUsers or DescribeUser was asked.
	FirstName, LastName, Email string
	SecurityProfiles           []string
	RoutingProfile             string
	Hierarchy                  string
	LastModified               time.Time
	LastRegion                 string
}

// Or fills what u does not tell with what v tells: a list and a search answer
// with different fields of the same user.
func (u User) Or(v User) User {
	u.ARN, u.Instance = cmp.Or(u.ARN, v.ARN), cmp.Or(u.Instance, v.Instance)
	u.FirstName, u.LastName, u.Email = cmp.Or(u.FirstName, v.FirstName), cmp.Or(u.LastName, v.LastName), cmp.Or(u.Email, v.Email)
	u.RoutingProfile, u.Hierarchy = cmp.Or(u.RoutingProfile, v.RoutingProfile), cmp.Or(u.Hierarchy, v.Hierarchy)
	if len(u.SecurityProfiles) == 0 {
		u.SecurityProfiles = v.SecurityProfiles
	}
	if u.LastModified.IsZero() {
		u.LastModified, u.LastRegion = v.LastModified, v.LastRegion
	}
	return u
}

// AuthProfile is a Connect authentication profile (preview API).
type AuthProfile struct {
	ID, Name               string
	Default                bool
	AllowedIPs, BlockedIPs []string
	MaxSession             time.Duration
	Inactivity             time.Duration
}
