package catalog

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

const (
	tInstanceARN = "arn:aws:connect:eu-west-2:" + tAccount + ":instance/" + tInstance
	otherID      = "99999999-4b5a-6978-8796-a5b4c3d2e1f0"
)

// permitted gives the role this one policy, version left in.
func permitted(statements ...string) func(*sketch) {
	return func(s *sketch) {
		s.live.Permissions.Value[0].Document = `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
	}
}

// allows is a statement that allows the call on a resource.
func allows(resource, more string) string {
	return `{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"` + resource + `"` + more + `}`
}

func TestFederateRules(t *testing.T) {
	relay := func(v string) func(*sketch) {
		return func(s *sketch) { s.capture.RelayState.Value.Value = v }
	}
	asked := func(s *sketch) { s.c.Asked.Connect, s.c.Asked.InstanceID = true, tInstance }
	bounded := func(doc string) func(*sketch) {
		return func(s *sketch) {
			s.live.Roles.Value[0].Boundary = "arn:aws:iam::" + tAccount + ":policy/Edge"
			s.live.Permissions.Value = append(s.live.Permissions.Value, evidence.Policy{Name: "Edge", Kind: evidence.Boundary, ARN: "arn:aws:iam::" + tAccount + ":policy/Edge",
				Document: `{"Version":"2012-10-17","Statement":[` + doc + `]}`})
		}
	}
	guarded := func(kind, doc string) func(*sketch) {
		return func(s *sketch) {
			s.live.Guardrails.Value = append(s.live.Guardrails.Value, evidence.Guardrail{ID: "p-1", Name: "regions", Kind: kind, Target: "ou-1",
				Document: `{"Version":"2012-10-17","Statement":[` + doc + `]}`},
				evidence.Guardrail{ID: "p-2", Name: "all", Kind: kind, Target: "ou-1", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`})
		}
	}
	inRegion := func(region string) func(*sketch) {
		return func(s *sketch) {
			s.live.Instance.Value.Region, s.live.Instance.Value.ARN = region, strings.Replace(tInstanceARN, "eu-west-2", region, 1)
			s.live.Instances.Value[0] = s.live.Instance.Value
			permitted(allows(s.live.Instance.Value.ARN+"/user/${aws:userid}", ""))(s)
		}
	}
	user := tInstanceARN + "/user/${aws:userid}"
	const deny = `{"Sid":"No","Effect":"Deny","Action":"connect:*","Resource":"*"}`
	received(t, []receipt{
		the("relay-state-missing", func(s *sketch) { s.capture.RelayState = evidence.None[evidence.Text]("HAR") }, fails, "without a relay state"),
		the("relay-state-missing", relay(""), fails),
		the("relay-state-missing", func(s *sketch) { s.capture.RelayState = evidence.Fact[evidence.Text]{} }, silent), // the capture cannot show it
		the("relay-state-missing", func(s *sketch) {
			s.post("https://northwind.us-west-2.sign-in.connect.aws/saml?&instanceId=" + tInstance)
			s.capture.RelayState = evidence.None[evidence.Text]("HAR")
		}, silent),
		the("relay-state-missing", nil, silent),

		the("relay-state-malformed", relay(tRelay[:len(tRelay)-4]), fails, "has not the form of an instance ID"),
		the("relay-state-malformed", relay("https://northwind.my.connect.aws/agent-app-v2"), fails, "the instance's own address"),
		the("relay-state-malformed", relay(strings.ReplaceAll(tRelay, "/", "%2F")), warns, "another place"),
		the("relay-state-malformed", relay("https%3A%2F%2Feu-west-2.console.aws.amazon.com%2Fconnect%2Ffederate%2F"+tInstance), fails, "percent-encoded once too often"),
		the("relay-state-malformed", relay(tRelay+" "), fails, "white space"),
		the("relay-state-malformed", relay("https://eu-west-2.console.aws.amazon.com/console/home"), warns, "the AWS console"),
		the("relay-state-malformed", together(relay("https://eu-west-2.console.aws.amazon.com/console/home"), asked), fails, "the AWS console"),
		the("relay-state-malformed", relay("https://d-1234567890.awsapps.com/start"), warns, "an access portal"),
		the("relay-state-malformed", relay(tRelay+"?destination=%2Fccp-v2"), silent),
		the("relay-state-malformed", nil, silent),

		the("relay-state-region", inRegion("us-west-2"), fails, "names eu-west-2", "northwind is in us-west-2"),
		the("relay-state-region", func(s *sketch) { // looked for where the relay state says, listed elsewhere
			s.live.Instance = evidence.None[evidence.Instance]("connect:DescribeInstance")
			s.live.Instances.Value[0].Region = "us-west-2"
		}, fails, "us-west-2"),
		the("relay-state-region", func(s *sketch) {
			inRegion("us-east-1")(s)
			relay("https://console.aws.amazon.com/connect/federate/" + tInstance)(s)
		}, silent),
		the("relay-state-region", relay(strings.ToUpper(tRelay[:8])+tRelay[8:]), silent),
		the("relay-state-region", nil, silent),

		the("relay-state-destination", relay(tRelay+"?destination=%252Fccp-v2"), warns, "once too often"),
		the("relay-state-destination", relay(tRelay+"?destination=ccp-v2"), warns, "slash"),
		the("relay-state-destination", relay(tRelay+"?destination="), warns, "empty"),
		the("relay-state-destination", relay(tRelay+"?destination=https%3A%2F%2Fcrm.example.com%2F"), warns, "approved origins"),
		the("relay-state-destination", relay(tRelay+"?destination=%2Fagent-app-v2&new_domain=true"), silent),
		the("relay-state-destination", relay(tRelay+"?destination=https%3A%2F%2Fnorthwind.my.connect.aws%2Fccp-v2"), silent),
		the("relay-state-destination", nil, silent),

		the("instance-not-found", func(s *sketch) {
			s.live.Instance = evidence.None[evidence.Instance]("connect:DescribeInstance")
			s.live.Instances.Value[0].ID = otherID
		}, fails, tInstance, "eu-west-2"),
		the("instance-not-found", func(s *sketch) {
			s.live.Instance.Value.ID, s.live.Instance.Value.ARN = otherID, strings.Replace(tInstanceARN, tInstance, otherID, 1)
			s.live.Instances.Value[0] = s.live.Instance.Value
			s.live.Users.Value, s.live.Exact.Value[0].Instance = nil, otherID
			permitted(allows(s.live.Instance.Value.ARN+"/user/${aws:userid}", ""))(s)
		}, fails, otherID),
		the("instance-not-found", relay(strings.ToUpper(tRelay[len(tRelay)-36:])), silent),
		the("instance-not-found", nil, silent),

		the("federation-permission-missing", permitted(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`), fails, "No policy of Connect-Agent").mending(),
		the("federation-permission-missing", func(s *sketch) { s.live.Permissions.Value = nil }, fails).mending(),
		the("federation-permission-missing", permitted(strings.Replace(allows(user, ""), "Token", "Tokens", 1)), fails, "“connect:GetFederationTokens” is another action").mending(),
		the("federation-permission-missing", permitted(strings.Replace(allows(user, ""), "connect:GetFederationToken", "CONNECT:getfederationtoken", 1)), silent),
		the("federation-permission-missing", permitted(strings.Replace(allows(user, ""), "connect:GetFederationToken", "connect:Get*", 1)), silent),
		the("federation-permission-missing", nil, silent),

		the("federation-resource-mismatch", permitted(allows(strings.Replace(user, "eu-west-2", "us-east-1", 1), "")), fails, "another region").mending(),
		the("federation-resource-mismatch", permitted(allows(strings.Replace(user, tAccount, "999999999999", 1), "")), fails, "another account").mending(),
		the("federation-resource-mismatch", permitted(allows(strings.Replace(user, tInstance, otherID, 1), "")), fails, "another instance").mending(),
		the("federation-resource-mismatch", permitted(allows(strings.Replace(user, "/user/", "/agent/", 1), "")), fails, "another resource").mending(),
		the("federation-resource-mismatch", permitted(allows(tInstanceARN, "")), silent), // what the action table names
		the("federation-resource-mismatch", permitted(allows(tInstanceARN+"/*", "")), silent),
		the("federation-resource-mismatch", permitted(allows(tInstanceARN+"/user/*", "")), silent),
		the("federation-resource-mismatch", permitted(allows("arn:aws:connect:*:"+tAccount+":instance/"+tInstance+"/user/${aws:userid}", "")), silent),
		the("federation-resource-mismatch", permitted(allows("arn:aws:connect:us-*:"+tAccount+":instance/*", "")), fails, "another region").and("federation-policy-broad").mending(),
		the("federation-resource-mismatch", nil, silent),

		the("federation-condition", permitted(allows("*", `,"Condition":{"StringEquals":{"connect:InstanceId":"`+otherID+`"}}`)), fails, "connect:InstanceId", tInstance).mending(),
		the("federation-condition", permitted(allows(user, `,"Condition":{"StringEquals":{"connect:InstanceID":"`+tInstance+`"}}`)), silent),
		the("federation-condition", permitted(allows(user, `,"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`)), fails, "aws:MultiFactorAuthPresent").mending(),
		the("federation-condition", nil, silent),

		the("policy-version-missing", func(s *sketch) {
			p := &s.live.Permissions.Value[0]
			p.Document = strings.Replace(p.Document, `"Version":"2012-10-17",`, "", 1)
		}, fails, "2012-10-17").mending(),
		the("policy-version-missing", func(s *sketch) {
			p := &s.live.Permissions.Value[0]
			p.Document = strings.Replace(p.Document, "2012-10-17", "2008-10-17", 1)
		}, fails).mending(),
		the("policy-version-missing", func(s *sketch) {
			permitted(allows(tInstanceARN+"/*", ""))(s)
			p := &s.live.Permissions.Value[0]
			p.Document = strings.Replace(p.Document, `"Version":"2012-10-17",`, "", 1)
		}, silent), // no variable in it
		the("policy-version-missing", nil, silent),

		the("federation-denied", permitted(allows(user, ""), deny), fails, "an identity policy", "ConnectFederate"),
		the("federation-denied", bounded(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`), fails, "its permissions boundary", "Edge"),
		the("federation-denied", bounded(`{"Effect":"Allow","Action":"connect:*","Resource":"*"}`), silent),
		the("federation-denied", func(s *sketch) { s.live.Roles.Value[0].Boundary = "arn:aws:iam::" + tAccount + ":policy/Edge" }, silent), // its document is not known
		the("federation-denied", guarded("SCP", `{"Sid":"EU","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}}`), fails, "an SCP on ou-1", "aws:RequestedRegion"),
		the("federation-denied", guarded("SCP", `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-2"}}}`), silent),
		the("federation-denied", guarded("RCP", `{"Effect":"Deny","Principal":"*","Action":"connect:*","Resource":"*"}`), silent), // whether it binds is not documented
		the("federation-denied", nil, silent),

		the("federation-policy-broad", permitted(allows("*", "")), warns, "more than opening this instance").mending(),
		the("federation-policy-broad", permitted(`{"Effect":"Allow","Action":"*","Resource":"*"}`), warns),
		the("federation-policy-broad", permitted(allows("arn:aws:connect:*:*:instance/*", "")), warns).mending(),
		the("federation-policy-broad", nil, silent),
		the("instance-replicated", func(s *sketch) {
			s.live.Instance.Value.Replication = &evidence.Replication{SourceRegion: "eu-west-2", GlobalSignInEndpoint: "https://northwind.eu-west-2.sign-in.connect.aws/saml"}
		}, warns, "replicated from eu-west-2"),
		the("instance-replicated", func(s *sketch) {
			s.live.Instance.Value.Replication = &evidence.Replication{SourceRegion: "eu-west-2"}
			s.post("https://northwind.eu-west-2.sign-in.connect.aws/saml?&instanceId=" + tInstance)
		}, silent),
		the("instance-replicated", nil, silent),
	})
}

func TestUserRules(t *testing.T) {
	has := func(names ...string) func(*sketch) {
		return func(s *sketch) {
			s.live.Exact = evidence.None[[]evidence.User]("connect:SearchUsers")
			s.live.Users.Value = nil
			for i, n := range names {
				s.live.Users.Value = append(s.live.Users.Value, evidence.User{ID: fmt.Sprintf("u-%d", i+1), Username: n, Instance: tInstance})
			}
		}
	}
	sent := func(name string) func(*sketch) {
		return func(s *sketch) { s.set("RoleSessionName", name); s.live.Trail.Value = nil }
	}
	there := func(instance string) func(*sketch) {
		return func(s *sketch) {
			s.live.Users.Value = append(s.live.Users.Value, evidence.User{ID: "u-9", Username: tUser, Instance: instance})
		}
	}
	ip := func(address string) func(*sketch) {
		return func(s *sketch) { s.live.Trail.Value[0].SourceIP = address }
	}
	profile := func(allow, block []string) func(*sketch) {
		return func(s *sketch) {
			s.live.AuthProfiles.Value[0].AllowedIPs, s.live.AuthProfiles.Value[0].BlockedIPs = allow, block
		}
	}
	through := func(role string, at time.Time) func(*sketch) {
		return func(s *sketch) {
			s.live.Trail.Value = append(s.live.Trail.Value, evidence.TrailEvent{ID: "e-" + role, Name: "AssumeRoleWithSAML", Time: at,
				SessionName: tUser, RoleARN: "arn:aws:iam::" + tAccount + ":role/" + role, ProviderARN: tProvider})
		}
	}
	received(t, []receipt{
		the("instance-not-saml", func(s *sketch) { s.live.Instance.Value.IdentityType = "CONNECT_MANAGED" }, fails, "CONNECT_MANAGED"),
		the("instance-not-saml", func(s *sketch) { s.live.Instance.Value.IdentityType = "" }, silent),
		the("instance-not-saml", nil, silent),
		the("instance-not-active", func(s *sketch) {
			s.live.Instance.Value.Status, s.live.Instance.Value.StatusReason = "CREATION_FAILED", "no quota"
		}, fails, "CREATION_FAILED", "no quota"),
		the("instance-not-active", nil, silent),

		the("session-name-never-matches", sent("maria+lopez"), fails, "“+”"),
		the("session-name-never-matches", sent("maria@lopez"), fails, "whole e-mail address"),
		the("session-name-never-matches", sent("@example.com"), fails),
		the("session-name-never-matches", sent("maria@a@example.com"), fails),
		the("session-name-never-matches", together(sent("maria@lopez"), has("maria@lopez")), silent), // there is one, whatever the guide says
		the("session-name-never-matches", together(sent("maria@example.com"), has("maria@example.com")), silent),
		the("session-name-never-matches", nil, silent),

		the("user-case-mismatch", together(sent("Maria.Lopez"), has(tUser)), fails, "“Maria.Lopez”", "“maria.lopez”"),
		the("user-case-mismatch", together(sent("Maria.Lopez"), has(tUser, "Maria.Lopez")), silent),
		the("user-case-mismatch", together(sent("Maria.Lopez"), func(s *sketch) { has(tUser)(s); s.live.Users.State = evidence.Partial }), silent),
		the("user-case-mismatch", nil, silent),
		the("user-format-mismatch", together(sent(tUser+"@example.com"), has(tUser)), fails, "the part before the @"),
		the("user-format-mismatch", together(sent(tUser), has(tUser+"@example.com")), fails, "@example.com behind it"),
		the("user-format-mismatch", together(sent(tUser+"@example.com"), has(tUser+"@example.org")), fails, "the user's domain is example.org"),
		the("user-format-mismatch", together(sent(tUser+"@example.com"), func(s *sketch) {
			has("ml01")(s)
			s.live.Users.Value[0].Email = tUser + "@example.com"
		}), fails, "the user's e-mail address"),
		the("user-format-mismatch", together(sent("jon.snow"), has(tUser)), silent),
		the("user-format-mismatch", nil, silent),
		the("user-invisible-character", has("maria.lopez\u00a0"), fails, "at the end"),
		the("user-invisible-character", has("maria\u200b.lopez"), fails),
		the("user-invisible-character", nil, silent),
		the("user-confusable", has("mаria.lopez"), fails, "Cyrillic"),
		the("user-confusable", has("maria.lopez"), silent),
		the("user-confusable", nil, silent),
		the("user-other-instance", together(has("jon.snow"), there(otherID)), fails, otherID, tInstance),
		the("user-other-instance", func(s *sketch) { // nobody looked into the instance itself
			has()(s)
			s.live.Exact = evidence.Fact[[]evidence.User]{}
			there(otherID)(s)
		}, warns, "whose users were not given"),
		the("user-other-instance", there(otherID), silent), // a user of both
		the("user-other-instance", nil, silent),
		the("user-not-found", has("jon.snow", "arya.stark"), fails, "among its 2"),
		the("user-not-found", has("maria.lopes"), fails, "the nearest is “maria.lopes”"),
		the("user-not-found", func(s *sketch) {
			s.live.Users = evidence.None[[]evidence.User]("connect:ListUsers")
			s.live.Exact.Value = nil
		}, fails),
		the("user-not-found", together(has("jon.snow"), func(s *sketch) { s.live.Exact = evidence.Have([]evidence.User{{Username: tUser}}, "x") }), silent),
		the("user-not-found", together(has("jon.snow"), func(s *sketch) { s.live.Users.Value[0].Instance = otherID }), silent), // a list of another instance
		the("user-not-found", nil, silent),
		the("user-duplicate", func(s *sketch) {
			s.live.Users.Value = append(s.live.Users.Value, evidence.User{ID: "u-3", Username: "Maria.Lopez", Instance: tInstance})
		}, warns, "2 users", "Maria.Lopez"),
		the("user-duplicate", func(s *sketch) { // one e-mail address
			s.live.Users.Value[0].Email = "m@example.com"
			s.live.Users.Value[1].Email = "M@example.com"
		}, warns, "jon.snow"),
		the("user-duplicate", func(s *sketch) {
			s.live.Users.Value = append(s.live.Users.Value, evidence.User{ID: "u-3", Username: "Maria.Lopez", Instance: otherID})
		}, silent),
		the("user-duplicate", nil, silent),
		the("user-ip-blocked", together(ip("203.0.113.9"), profile(nil, []string{"203.0.113.0/24"})), fails, "203.0.113.9", "blocks"),
		the("user-ip-blocked", together(ip("203.0.113.9"), profile([]string{"10.0.0.0/8"}, nil)), fails, "allows only 10.0.0.0/8"),
		the("user-ip-blocked", together(ip("::ffff:10.1.2.3"), profile([]string{"10.0.0.0/8"}, nil)), silent),
		the("user-ip-blocked", together(ip("AWS Internal"), profile([]string{"10.0.0.0/8"}, nil)), silent),
		the("user-ip-blocked", nil, silent),
		the("role-changed", through("Old", tIssued.Add(-24*time.Hour)), warns, "“Old”", "a weak sign"),
		the("role-changed", together(through("Old", tIssued.Add(-48*time.Hour)), through("Connect-Agent", tIssued.Add(-24*time.Hour))), silent),
		the("role-changed", through("Old", tIssued.Add(24*time.Hour)), silent), // that was later
		the("role-changed", nil, silent),
	})
}

func TestSessionRules(t *testing.T) {
	duration := func(v string) func(*sketch) { return func(s *sketch) { s.set("SessionDuration", v) } }
	most := func(d time.Duration) func(*sketch) {
		return func(s *sketch) { s.live.Roles.Value[0].MaxSession = d }
	}
	received(t, []receipt{
		the("session-over-12h", func(s *sketch) {
			s.capture.Direct = &evidence.Visit{URL: "https://northwind.my.connect.aws/", Entry: 9, Text: "Session expired"}
		}, info, "expired"),
		the("session-over-12h", func(s *sketch) { s.live.AuthProfiles.Value[0].MaxSession = 8 * time.Hour }, info, "12 h", "8 h"),
		the("session-over-12h", together(duration("28800"), func(s *sketch) { s.live.AuthProfiles.Value[0].MaxSession = 8 * time.Hour }), silent),
		the("session-over-12h", nil, silent),
		the("session-duration-exceeds-role", most(time.Hour), info, "12 h", "1 h"),
		the("session-duration-exceeds-role", together(duration("3600"), most(time.Hour)), silent),
		the("session-duration-exceeds-role", nil, silent),
	})
}

func TestTrailRules(t *testing.T) {
	const other = "arn:aws:iam::" + tAccount + ":saml-provider/Other"
	event := func(id, role, provider string, at time.Duration, failed bool) evidence.TrailEvent {
		e := evidence.TrailEvent{ID: id, Name: "AssumeRoleWithSAML", Source: "sts.amazonaws.com", Time: tIssued.Add(at), RoleARN: role, ProviderARN: provider,
			NameID: "user-" + id, SessionName: "user-" + id, Failed: failed}
		if failed {
			e.ErrorCode, e.ErrorMessage = "InvalidIdentityToken", "Response signature invalid"
		}
		return e
	}
	series := func(provider string, good, bad int) (out []evidence.TrailEvent) {
		for i := range good {
			out = append(out, event(fmt.Sprint("g", i), tRole, provider, -time.Duration(50-i)*time.Minute, false))
		}
		for i := range bad {
			out = append(out, event(fmt.Sprint("b", i), tRole, provider, -time.Duration(20-i)*time.Minute, true))
		}
		return out
	}
	trails := func(es ...evidence.TrailEvent) func(*sketch) { return func(s *sketch) { s.live.Trail.Value = es } }
	write := func(name, raw string, at time.Duration) evidence.TrailEvent {
		return evidence.TrailEvent{ID: "c-" + name, Name: name, Source: "iam.amazonaws.com", Time: tIssued.Add(at), Actor: "arn:aws:iam::" + tAccount + ":user/kim", Raw: []byte(raw)}
	}
	changes := func(es ...evidence.TrailEvent) func(*sketch) {
		return func(s *sketch) { s.live.Changes.Value = es }
	}
	refused := func(s *sketch) { s.capture.Outcome = evidence.OutcomeRefused; s.live.Trail.Value = nil }
	provider := func(at time.Duration) evidence.TrailEvent {
		e := write("UpdateSAMLProvider", "", at)
		e.ProviderARN = tProvider
		return e
	}
	role := func(name string, at time.Duration) evidence.TrailEvent {
		return write("UpdateAssumeRolePolicy", `{"requestParameters":{"roleName":"`+name+`"}}`, at)
	}
	connectUser := func(name, id string) evidence.TrailEvent {
		e := write(name, `{"requestParameters":{"UserId":"`+id+`"}}`, -time.Hour)
		e.Source = "connect.amazonaws.com"
		return e
	}
	received(t, []receipt{
		the("trail-event", nil, info, "STS accepted it"),
		the("trail-event", func(s *sketch) {
			e := &s.live.Trail.Value[0]
			e.Failed, e.ErrorCode, e.ErrorMessage = true, "AccessDenied", "An unknown error occurred"
		}, info, "AccessDenied", "An unknown error occurred"),
		the("trail-event", trails(event("x", "", "", 0, true)), silent),                                        // requestParameters was null
		the("trail-event", func(s *sketch) { s.live.Trail.State = evidence.Partial }, info, "STS accepted it"), // a list that goes on has it
		the("trail-silent", trails(series(tProvider, 2, 0)...), info, "2 events"),
		the("trail-silent", trails(), info, "0 events"),
		the("trail-silent", nil, silent),
		the("trail-silent", func(s *sketch) { // refused, and logged without the assertion's ID
			e := event("near", tRole, tProvider, 2*time.Second, true)
			e.NameID, e.SessionName = "", ""
			s.live.Trail.Value = []evidence.TrailEvent{e, event("other", tRole, tProvider, time.Second, true)}
		}, info, "names no event", "InvalidIdentityToken", "fits it"),

		the("trail-outage", trails(series(tProvider, 5, 4)...), fails, "4 sign-ins through “Okta”", "none succeeded", "4 users"),
		the("trail-outage", trails(series(tProvider, 5, 2)...), silent),
		the("trail-outage", trails(append(series(tProvider, 5, 4), event("z", tRole, tProvider, -time.Minute, false))...), silent), // it works again
		the("trail-outage", trails(append(series(other, 5, 4), series(tProvider, 5, 0)...)...), silent),                            // another provider's
		the("trail-outage", trails(append(series(tProvider, 5, 4), event("z", tRole, other, -time.Minute, false))...), fails),
		the("trail-outage", together(trails(series(tProvider, 5, 4)...), func(s *sketch) { s.c.AsOf = evidence.AsOf{} }), warns),
		the("trail-outage", together(trails(series(tProvider, 5, 4)...), func(s *sketch) {
			s.c.AsOf.At = tIssued.Add(-2 * time.Hour) // the sign-in was before
		}), warns).and("assertion-not-yet-valid"),
		the("trail-outage", together(trails(series(tProvider, 20, 0)...), func(s *sketch) { s.c.AsOf.At = tIssued.Add(4 * time.Minute) }), warns, "one every 1 min was usual"),
		the("trail-outage", func(s *sketch) { // events that name no provider go by the name qualifier
			es := series("", 5, 4)
			for i := range es {
				es[i].RoleARN, es[i].NameQualifier = "", evidence.NameQualifier(tIssuer, tAccount, "Okta")
			}
			s.live.Trail.Value = es
		}, fails),
		the("trail-outage", nil, silent),

		the("trail-change", together(refused, changes(provider(-time.Hour))), warns, "kim", "updated “Okta”", "1 h before this sign-in failed"),
		the("trail-change", together(trails(series(tProvider, 5, 4)...), changes(provider(-25*time.Minute))), warns, "5 min before the first failure"),
		the("trail-change", together(trails(series(tProvider, 5, 4)...), changes(provider(-60*time.Minute))), silent), // it worked after that
		the("trail-change", together(refused, changes(role("Connect-Agent", -time.Hour))), warns, "the trust policy of “Connect-Agent”"),
		the("trail-change", together(refused, changes(role("Other", -time.Hour), role("Connect-Agent-2", -time.Hour))), silent),
		the("trail-change", together(refused, changes(provider(time.Hour))), silent), // afterwards
		the("trail-change", together(refused, changes(write("UpdateSAMLProvider", `{"requestParameters":null}`, -time.Hour))), warns, "updated a provider"),
		the("trail-change", together(refused, changes(write("CreatePolicyVersion", `{"requestParameters":{"policyArn":"arn:aws:iam::`+tAccount+`:policy/Other"}}`, -time.Hour))), silent),
		the("trail-change", together(refused, changes(connectUser("DeleteUser", "u-77"))), warns, "deleted"),
		the("trail-change", together(refused, changes(connectUser("UpdateUserIdentityInfo", "u-1"))), warns, "identity"),
		the("trail-change", together(refused, changes(connectUser("UpdateUserIdentityInfo", "u-2"))), silent), // somebody else
		the("trail-change", changes(provider(-time.Hour)), silent),                                            // this sign-in went well
		the("trail-change", nil, silent),
	})
	if fs := findings(t, "answer-refused", healthy()); fs != nil {
		t.Errorf("answer-refused finds something by itself: %v", fs)
	}
}

// TestBlind: a rule that could not look is never clear.
func TestBlind(t *testing.T) {
	for _, x := range []struct {
		why  string
		edit func(*sketch)
		ids  string
		want rule.Outcome
	}{
		{"no provider was looked up", func(s *sketch) {
			s.live.Provider, s.live.Providers = evidence.Fact[evidence.Provider]{}, evidence.Fact[[]evidence.ProviderName]{}
		}, "provider-not-found", rule.Waiting},
		{"no provider may be looked up", func(s *sketch) { s.live.Provider.State, s.live.Providers.State = evidence.Denied, evidence.Denied }, "provider-not-found", rule.Blind},
		{"the list is of another account", func(s *sketch) {
			s.live.Provider.State = evidence.Denied
			s.live.Providers.Value[0].ARN = "arn:aws:iam::999999999999:saml-provider/Okta"
		}, "provider-not-found", rule.Blind},
		{"the assertion is closed", func(s *sketch) {
			s.response.Encrypted = []evidence.Encrypted{{At: s.response.At}}
			s.response.Assertions, s.response.Signatures = nil, nil
		}, "signature-missing signature-altered signature-wrapping signature-wrong-key certificate-rotated signature-malformed signature-weak certificate-expired certificate-not-yet-valid", rule.Blind},
		{"the role given is another", func(s *sketch) { s.live.Roles.Value[0].ARN += "2" },
			"role-not-found trust-principal trust-action trust-tag-session trust-source-identity trust-condition trust-impossible-condition trust-denied provider-cross-account trust-broad", rule.Blind},
		{"it hangs on an address", changed(`"StringEquals"`, `"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals"`), "trust-condition trust-denied", rule.Blind},
		{"the trust policy cannot be read", func(s *sketch) { s.live.Roles.Value[0].Trust = "{" }, "trust-principal trust-condition", rule.Blind},
		{"the instance is not known", func(s *sketch) {
			s.live.Instance, s.live.Instances = evidence.Fact[evidence.Instance]{State: evidence.Denied}, evidence.Fact[[]evidence.Instance]{}
			s.capture.RelayState = evidence.None[evidence.Text]("HAR")
		}, "federation-permission-missing federation-resource-mismatch federation-denied federation-condition policy-version-missing federation-policy-broad", rule.Blind},
		{"the boundary's document is not known", func(s *sketch) { s.live.Roles.Value[0].Boundary = "arn:aws:iam::" + tAccount + ":policy/Edge" }, "federation-denied federation-permission-missing", rule.Blind},
		{"the users are another instance's", func(s *sketch) {
			s.live.Exact = evidence.Fact[[]evidence.User]{}
			for i := range s.live.Users.Value {
				s.live.Users.Value[i].Instance, s.live.Users.Value[i].Username = otherID, fmt.Sprint("agent", i)
			}
		}, "user-not-found user-case-mismatch user-format-mismatch user-invisible-character user-confusable", rule.Blind},
		{"the users came in part", func(s *sketch) { s.live.Users.State = evidence.Partial },
			"user-not-found user-case-mismatch user-format-mismatch user-invisible-character user-confusable user-other-instance user-duplicate", rule.Waiting},
		{"when it was is not known", func(s *sketch) {
			s.c.AsOf, s.capture.Outcome, s.live.Trail.Value = evidence.AsOf{}, evidence.OutcomeUnknown, nil
		}, "trail-change", rule.Blind},
	} {
		c := build(x.edit)
		for id := range strings.FieldsSeq(x.ids) {
			if res := rule.Run(byID(t, id), c); res.Outcome != x.want || res.Missing == 0 {
				t.Errorf("%s: %s is %s, lacking %v", x.why, id, res.Outcome, res.Missing)
			}
		}
	}
}
