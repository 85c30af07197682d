package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
)

// sessionName returns the role session name that Connect is to match, with
// its place. It reports false where there is none to match.
func sessionName(c evidence.Case) (evidence.Text, bool) {
	cl, _, ok := federated(c)
	if !ok {
		return evidence.Text{}, false
	}
	v, ok := claims.First(cl.SessionName)
	if !ok || v.Value == "" {
		return evidence.Text{}, false
	}
	t := v.Text
	t.Value = cl.NameIn(c)
	return t, t.Value != ""
}

// connectUsers returns the users of the instance at hand and whether the list
// is whole. Users of other instances are left out where the list tells; a
// list that holds none but those says nothing of this instance.
func connectUsers(c evidence.Case) ([]evidence.User, bool) {
	us, ok := c.Live.Users.Get()
	if !ok {
		return nil, c.Live.Users.State == evidence.Absent
	}
	id := admission.Instance(c)
	if id == "" {
		return us, true
	}
	out := make([]evidence.User, 0, len(us))
	for _, u := range us {
		if u.Instance == "" || strings.EqualFold(u.Instance, id) {
			out = append(out, u)
		}
	}
	return out, len(out) > 0 || len(us) == 0
}

// usersLack is what the rules on the user would have to see besides, where the
// list given is of other instances.
func usersLack(c evidence.Case) evidence.Need {
	t, ok := sessionName(c)
	if _, whole := connectUsers(c); !ok || whole || hasUser(c, t.Value) {
		return 0
	}
	return evidence.NeedUsers
}

// hasUser reports whether Connect has a user of exactly that name.
func hasUser(c evidence.Case, name string) bool {
	us, _ := connectUsers(c)
	for _, list := range [][]evidence.User{us, c.Live.Exact.Value} {
		for _, u := range list {
			if u.Username == name {
				return true
			}
		}
	}
	return false
}

// userSpot is the place of a user in the user list.
func userSpot(u evidence.User) evidence.Spot {
	return evidence.Spot{In: evidence.InUsers, Path: u.Username}
}

// sendName is the fix at the IdP: send the session name as Connect has it.
func sendName(want string, steps ...string) rule.Fix {
	return rule.Fix{
		Title: "Send the name as Connect has it", Who: rule.IdPAdmin, Setting: idp.RoleSessionName,
		Steps:       append([]string{fmt.Sprintf("The role session name has to be %s for this agent, byte for byte", quote(want))}, steps...),
		Consequence: "the mapping holds for every user of the application: see that it gives the Connect user name for all of them",
	}
}

// createUser is the fix in Connect: there is no just-in-time provisioning.
func createUser(c evidence.Case, name string) rule.Fix {
	id := admission.Instance(c)
	if id == "" {
		id = "<instance-id>"
	}
	inRegion := func(args ...string) rule.Command {
		cmd := rule.AWS(args...)
		if r := admission.Region(c); r != "" {
			cmd.Argv = append(cmd.Argv, "--region", r)
		}
		return cmd
	}
	return rule.Fix{
		Title: "Create the user in Amazon Connect", Who: rule.ConnectAdmin,
		Steps: []string{"Take security and routing profiles from a colleague of the agent; the lists give their IDs"},
		Commands: []rule.Command{
			inRegion("connect", "list-security-profiles", "--instance-id", id),
			inRegion("connect", "list-routing-profiles", "--instance-id", id),
			inRegion("connect", "create-user", "--instance-id", id, "--username", name, "--phone-config", "PhoneType=SOFT_PHONE",
				"--security-profile-ids", "<security-profile-id>", "--routing-profile-id", "<routing-profile-id>",
				"--identity-info", "FirstName=<first-name>,LastName=<last-name>"),
		},
		UndoSteps:   []string{"Delete the new user again before it has taken a contact: with a user its history goes"},
		Consequence: "a second user for somebody who has one already starts without the history of the first",
	}
}

// nearUsers returns the users that a session name could have been meant for,
// where Connect has none of exactly that name. It is empty where the list is
// not whole: a user that is not on page 1 may be on page 7.
func nearUsers(c evidence.Case, kinds ...roster.Kind) (evidence.Text, []roster.Near) {
	t, ok := sessionName(c)
	us, whole := connectUsers(c)
	if !ok || !whole || hasUser(c, t.Value) {
		return t, nil
	}
	var out []roster.Near
	for _, n := range roster.NearAmong(us, t.Value) {
		for _, k := range kinds {
			if n.Kind == k {
				out = append(out, n)
			}
		}
	}
	return t, out
}

// nearFinding says that Connect has a user of nearly that name.
func nearFinding(t evidence.Text, ns []roster.Near, how string) []rule.Finding {
	n := ns[0]
	f := rule.Finding{
		At: t.At, Also: []evidence.Spot{userSpot(n.User)},
		Summary:  fmt.Sprintf("The assertion says %s, Connect's user is %s: %s", quote(t.Value), quote(n.User.Username), how),
		Evidence: []rule.Exhibit{shown("role session name", t, n.User.Username)},
	}
	for _, n := range ns[:min(len(ns), 5)] {
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "Connect user", At: userSpot(n.User), Saw: n.User.Username})
	}
	if len(ns) > 1 {
		f.Summary += fmt.Sprintf("; %s more come as near", count(len(ns)-1, "user", "users"))
	}
	return one(f)
}

// nearName returns the user name that a near-miss finding speaks of.
func nearName(f rule.Finding) string {
	if len(f.Evidence) > 0 {
		return f.Evidence[0].Want
	}
	return "the agent's Connect user name"
}
