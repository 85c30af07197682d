package folder

import (
	"encoding/json"
	"strings"
	"time"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

func (e *Evidence) takeInstance(b json.RawMessage, o origin) *Problem {
	v, p := form[instanceForm](b)
	if p != nil {
		return p
	}
	if v.ID == "" && v.Arn == "" {
		return wrong("malformed", "the instance in it has neither Id nor Arn")
	}
	add(&e.instances, v.instance(), o)
	return nil
}

func (e *Evidence) takeInstances(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		InstanceSummaryList []instanceForm
		NextToken           string
	}](b)
	if p != nil {
		return p
	}
	l := partial[evidence.Instance]{more: v.NextToken != ""}
	for _, i := range v.InstanceSummaryList {
		l.rows = append(l.rows, i.instance())
	}
	add(&e.listings, l, o)
	return nil
}

func (f instanceForm) instance() evidence.Instance {
	i := evidence.Instance{
		ID: f.ID, ARN: f.Arn, Alias: f.InstanceAlias, IdentityType: f.IdentityManagementType, Status: f.InstanceStatus,
		AccessURL: f.InstanceAccessURL, Created: f.CreatedTime.Time,
	}
	if a, ok := endpoint.ParseARN(f.Arn); ok {
		i.Region, i.Account = a.Region, a.Account
		if i.ID == "" {
			i.ID = a.Name()
		}
	}
	if f.StatusReason != nil {
		i.StatusReason = f.StatusReason.Message
	}
	if r := f.ReplicationConfiguration; r != nil {
		i.Replication = &evidence.Replication{SourceRegion: r.SourceRegion, GlobalSignInEndpoint: r.GlobalSignInEndpoint}
		for _, s := range r.ReplicationStatusSummaryList {
			i.Replication.Regions = append(i.Replication.Regions, s.Region)
		}
	}
	return i
}

func (e *Evidence) takeUsers(b json.RawMessage, o origin) *Problem {
	v, p := form[usersForm](b)
	if p != nil {
		return p
	}
	l := partial[evidence.User]{more: v.NextToken != ""}
	rows := append(v.UserSummaryList, v.Users...)
	for i, u := range rows {
		if u.Username == "" {
			return wrong("malformed", "entry %d of its user list has no Username", i)
		}
		l.rows = append(l.rows, u.user(o))
	}
	if n := v.ApproximateTotalCount; n != nil && *n > len(rows) {
		l.more = true
	}
	add(&e.users, l, o)
	return nil
}

// takeUser takes describe-user's answer: one user, and no word of the others.
func (e *Evidence) takeUser(b json.RawMessage, o origin) *Problem {
	v, p := form[struct{ User userLine }](b)
	if p != nil {
		return p
	}
	if v.User.Username == "" {
		return wrong("malformed", "the user in it has no Username")
	}
	add(&e.users, partial[evidence.User]{rows: []evidence.User{v.User.user(o)}, more: true}, o)
	return nil
}

// takeLoneUser takes a user without the key around it, as --query and
// PowerShell print one.
func (e *Evidence) takeLoneUser(b json.RawMessage, o origin) *Problem {
	return e.takeUser([]byte(`{"User":`+string(b)+`}`), o)
}

func (f userLine) user(o origin) evidence.User {
	u := evidence.User{
		ID: f.ID, ARN: f.Arn, Username: f.Username, Instance: o.args["instance-id"], SecurityProfiles: f.SecurityProfileIds,
		RoutingProfile: f.RoutingProfileID, Hierarchy: f.HierarchyGroupID, LastModified: f.LastModifiedTime.Time, LastRegion: f.LastModifiedRegion,
	}
	if i := f.IdentityInfo; i != nil {
		u.FirstName, u.LastName, u.Email = i.FirstName, i.LastName, i.Email
	}
	if id := instanceOf(f.Arn); id != "" {
		u.Instance = id
	}
	return u
}

// instanceOf is the instance's ID in the ARN of something of Connect's.
func instanceOf(arn string) string {
	a, ok := endpoint.ParseARN(arn)
	if !ok {
		return ""
	}
	rest, ok := strings.CutPrefix(a.Resource, "instance/")
	if !ok {
		return ""
	}
	id, _, _ := strings.Cut(rest, "/")
	return id
}

func (e *Evidence) takeProfiles(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		AuthenticationProfileSummaryList []profileForm
		AuthenticationProfile            *profileForm
		NextToken                        string
	}](b)
	if p != nil {
		return p
	}
	l := partial[evidence.AuthProfile]{more: v.NextToken != ""}
	rows := v.AuthenticationProfileSummaryList
	if v.AuthenticationProfile != nil {
		rows = append(rows, *v.AuthenticationProfile)
	} else if len(rows) > 0 {
		l.more = true // summaries tell no addresses: the descriptions do
	}
	for _, r := range rows {
		l.rows = append(l.rows, evidence.AuthProfile{
			ID: r.ID, Name: r.Name, Default: r.IsDefault, AllowedIPs: r.AllowedIps, BlockedIPs: r.BlockedIps,
			MaxSession: time.Duration(r.MaxSessionDuration) * time.Minute, Inactivity: time.Duration(r.SessionInactivityDuration) * time.Minute,
		})
	}
	add(&e.profiles, l, o)
	return nil
}
