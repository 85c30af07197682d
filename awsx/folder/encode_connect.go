package folder

import (
	"encoding/json"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

func (w *writer) connect() {
	id, region := w.s.Instance, w.s.Region
	describe := cli("connect", "describe-instance", "--instance-id", id, "--region", region)
	write(w, w.l.Instance, describe, func(v evidence.Instance) {
		w.put(describe, w.at, struct{ Instance instanceForm }{formOf(v)})
	})
	list := cli("connect", "list-instances", "--region", region)
	write(w, w.l.Instances, list, func(is []evidence.Instance) {
		rows := []instanceForm{}
		for _, i := range is {
			rows = append(rows, formOf(i))
		}
		w.list(list, w.l.Instances.State, w.l.Instances.Why, struct{ InstanceSummaryList []instanceForm }{rows})
	})
	search := cli("connect", "search-users", "--instance-id", id, "--region", region, "--search-criteria", Criteria(w.s.Session))
	exact := w.l.Exact
	if exact.State == evidence.Absent {
		exact.State = evidence.Known // an answer without users
	}
	write(w, exact, search, func(us []evidence.User) {
		n := len(us)
		w.put(search, w.at, struct {
			Users                 []userLine
			ApproximateTotalCount int
		}{lines(us), n})
	})
	all := cli("connect", "list-users", "--instance-id", id, "--region", region, "--page-size", "1000")
	write(w, w.l.Users, all, func(us []evidence.User) {
		w.list(all, w.l.Users.State, w.l.Users.Why, struct{ UserSummaryList []userLine }{lines(us)})
	})
	profiles := cli("connect", "list-authentication-profiles", "--instance-id", id, "--region", region)
	write(w, w.l.AuthProfiles, profiles, func(ps []evidence.AuthProfile) {
		summaries := []profileForm{}
		for _, p := range ps {
			summaries = append(summaries, profileForm{ID: p.ID, Name: p.Name, IsDefault: p.Default})
		}
		w.put(profiles, w.at, struct{ AuthenticationProfileSummaryList []profileForm }{summaries})
		for _, p := range ps {
			c := cli("connect", "describe-authentication-profile", "--instance-id", id, "--region", region, "--authentication-profile-id", p.ID).of(p.ID)
			w.list(c, w.l.AuthProfiles.State, w.l.AuthProfiles.Why, struct{ AuthenticationProfile profileForm }{profileForm{
				ID: p.ID, Name: p.Name, IsDefault: p.Default, AllowedIps: p.AllowedIPs, BlockedIps: p.BlockedIPs,
				MaxSessionDuration: int(p.MaxSession / time.Minute), SessionInactivityDuration: int(p.Inactivity / time.Minute)}})
		}
	})
}

// list writes a list, marked where it is not all of it.
func (w *writer) list(c call, state evidence.State, why string, output any) {
	if state == evidence.Partial {
		w.putPartial(c, w.at, output, why)
		return
	}
	w.put(c, w.at, output)
}

func formOf(i evidence.Instance) instanceForm {
	f := instanceForm{
		ID: i.ID, Arn: i.ARN, IdentityManagementType: i.IdentityType, InstanceAlias: i.Alias, CreatedTime: stamp{i.Created},
		InstanceStatus: i.Status, InstanceAccessURL: i.AccessURL,
	}
	if i.StatusReason != "" {
		f.StatusReason = &reasonForm{i.StatusReason}
	}
	if r := i.Replication; r != nil {
		f.ReplicationConfiguration = &replicationForm{SourceRegion: r.SourceRegion, GlobalSignInEndpoint: r.GlobalSignInEndpoint}
		for _, s := range r.Regions {
			f.ReplicationConfiguration.ReplicationStatusSummaryList = append(f.ReplicationConfiguration.ReplicationStatusSummaryList, struct{ Region string }{s})
		}
	}
	return f
}

func lines(us []evidence.User) []userLine {
	out := []userLine{}
	for _, u := range us {
		l := userLine{
			ID: u.ID, Arn: u.ARN, Username: u.Username, LastModifiedTime: stamp{u.LastModified}, LastModifiedRegion: u.LastRegion,
			SecurityProfileIds: u.SecurityProfiles, RoutingProfileID: u.RoutingProfile, HierarchyGroupID: u.Hierarchy,
		}
		if u.FirstName+u.LastName+u.Email != "" {
			l.IdentityInfo = &identityInfo{u.FirstName, u.LastName, u.Email}
		}
		out = append(out, l)
	}
	return out
}

// plainName is a user name that the AWS CLI's shorthand syntax can carry.
var plainName = expression.Lazy(`^[A-Za-z0-9._@+-]+$`)

// Criteria is search-users' --search-criteria for the exact user name: in the
// CLI's shorthand, which every shell hands on whole, or in JSON.
func Criteria(username string) string {
	if plainName().MatchString(username) {
		return "StringCondition={FieldName=Username,Value=" + username + ",ComparisonType=EXACT}"
	}
	type condition struct{ FieldName, Value, ComparisonType string }
	b, err := json.Marshal(struct{ StringCondition condition }{condition{"Username", username, "EXACT"}})
	if err != nil {
		return "" // strings alone cannot fail
	}
	return string(b)
}
