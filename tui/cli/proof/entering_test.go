package proof

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator/idp"
)

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain data that marshals
	}
	return b
}

func metadataMutations() []mutation {
	return []mutation{
		{rule: "metadata-unparseable", change: func(t testing.TB, s *signIn) { s.bareMetadata("\ufeff" + s.metadata) }},
		{rule: "metadata-weak-key", change: func(t testing.TB, s *signIn) {
			s.bareMetadata(metadataOf(issuer, s.key.Certificate, tinyCertificate(t, false)))
		}},
		{rule: "metadata-repeated-extension", change: func(t testing.TB, s *signIn) {
			s.bareMetadata(metadataOf(issuer, s.key.Certificate, tinyCertificate(t, true)))
		}},
		{rule: "metadata-drift", change: func(t testing.TB, s *signIn) {
			s.extra["idp-metadata.xml"] = metadataOf(issuer, s.key.Certificate, keyOf(t, "idp-a-next").Certificate)
		}},
	}
}

// bareMetadata gives IAM's document as the XML that is about to be uploaded.
func (s *signIn) bareMetadata(document string) {
	s.without = append(s.without, "--metadata")
	s.extra["metadata.xml"] = document
}

func federateMutations() []mutation {
	relay := func(value string) func(testing.TB, *signIn) {
		return func(_ testing.TB, s *signIn) { s.visit.RelayState = value }
	}
	on := func(resource string) func(testing.TB, *signIn) {
		return func(_ testing.TB, s *signIn) { s.permission = permissionOn(resource) }
	}
	return []mutation{
		{rule: "relay-state-missing", change: relay("")},
		{rule: "relay-state-malformed", change: relay(strings.Replace(federateURL, "/federate/"+instance, "/federate/northwind", 1))},
		{rule: "relay-state-region", change: relay(strings.Replace(federateURL, region, "us-west-2", 1))},
		{rule: "relay-state-destination", change: relay(federateURL + "?destination=%252Fccp-v2")},
		{rule: "instance-not-found", change: func(_ testing.TB, s *signIn) {
			s.without = []string{"--instance", "--users"}
			s.extra["connect-list-instances.json"] = object{
				"schema": "samlens/evidence/1", "command": []string{"aws", "connect", "list-instances", "--region", region}, "at": "2026-11-23T08:30:00Z",
				"output": object{"InstanceSummaryList": []any{object{"Id": "11111111-2222-4333-8444-555555555555",
					"Arn": "arn:aws:connect:" + region + ":" + account + ":instance/11111111-2222-4333-8444-555555555555", "InstanceAlias": "northwind-lab", "InstanceStatus": "ACTIVE", "IdentityManagementType": "SAML"}}},
			}
		}},
		{rule: "federation-permission-missing", change: func(_ testing.TB, s *signIn) { first(s.permission)["Action"] = "connect:Describe*" }},
		{rule: "federation-resource-mismatch", name: "instance", change: on(strings.Replace(instanceARN, "5d2c", "5d2d", 1) + "/user/${aws:userid}")},
		{rule: "federation-resource-mismatch", name: "region", change: on(strings.Replace(instanceARN, region, "us-west-2", 1) + "/user/${aws:userid}")},
		{rule: "federation-condition", change: func(_ testing.TB, s *signIn) {
			first(s.permission)["Resource"] = "*"
			first(s.permission)["Condition"] = object{"StringEquals": object{"connect:InstanceId": "11111111-2222-4333-8444-555555555555"}}
		}},
		{rule: "policy-version-missing", change: func(_ testing.TB, s *signIn) { s.permission["Version"] = "2008-10-17" }},
		{rule: "federation-denied", name: "statement", change: func(_ testing.TB, s *signIn) {
			s.permission["Statement"] = append(s.permission["Statement"].([]any), object{"Effect": "Deny", "Action": "connect:*", "Resource": "*"})
		}},
		{rule: "federation-denied", name: "SCP", change: func(_ testing.TB, s *signIn) {
			s.guardrail("SERVICE_CONTROL_POLICY", deny("connect:GetFederationToken", "*", nil))
		}},
		{rule: "federation-policy-broad", change: on("*")},
		{rule: "instance-replicated", change: func(_ testing.TB, s *signIn) {
			s.instance["ReplicationConfiguration"] = object{"SourceRegion": region, "GlobalSignInEndpoint": "https://" + instance + "." + region + ".sign-in.connect.aws/saml",
				"ReplicationStatusSummaryList": []any{object{"Region": "us-west-2", "ReplicationStatus": "INSTANCE_REPLICATION_COMPLETE"}}}
		}},
	}
}

func userMutations() []mutation {
	name := func(value string) func(testing.TB, *signIn) {
		return func(_ testing.TB, s *signIn) { s.response.SessionName = value }
	}
	user := func(value string) func(testing.TB, *signIn) {
		return func(_ testing.TB, s *signIn) { s.users[0]["Username"] = value }
	}
	return []mutation{
		{rule: "instance-not-saml", change: func(_ testing.TB, s *signIn) { s.instance["IdentityManagementType"] = "CONNECT_MANAGED" }},
		{rule: "instance-not-active", change: func(_ testing.TB, s *signIn) { s.instance["InstanceStatus"] = "CREATION_IN_PROGRESS" }},
		{rule: "session-name-never-matches", name: "plus", change: name("maria.lopez+care@northwind.example")},
		{rule: "session-name-never-matches", name: "half an address", change: name("maria.lopez@northwind")},
		{rule: "user-case-mismatch", change: name("Maria.Lopez@northwind.example")},
		{rule: "user-format-mismatch", name: "local part", change: user("maria.lopez")},
		{rule: "user-format-mismatch", name: "domain", change: user("maria.lopez@northwind.test")},
		{rule: "user-invisible-character", name: "behind", change: user(agent + " ")},
		{rule: "user-invisible-character", name: "zero width", change: user("maria\u200b.lopez@northwind.example")},
		{rule: "user-confusable", change: user("mаria.lopez@northwind.example")},
		{rule: "user-other-instance", change: func(_ testing.TB, s *signIn) {
			s.users[0]["Arn"] = strings.Replace(s.users[0]["Arn"].(string), instance, "11111111-2222-4333-8444-555555555555", 1)
		}},
		{rule: "user-not-found", change: func(_ testing.TB, s *signIn) { s.users = s.users[1:] }},
		{rule: "user-ip-blocked", also: []string{"trail-event"}, change: func(_ testing.TB, s *signIn) {
			s.profile(object{"BlockedIps": []string{"203.0.113.0/24"}})
			s.events(s.event(assertionID, agent, morning, ""))
		}},
		{rule: "user-duplicate", change: func(_ testing.TB, s *signIn) {
			s.users = append(s.users, usersOf("a", "b", "c", "d", "MARIA.LOPEZ@northwind.example")[4])
		}},
		{rule: "role-changed", also: []string{"trail-event"}, change: func(_ testing.TB, s *signIn) {
			before := s.event("idbefore", agent, morning.Add(-24*time.Hour), "")
			before["requestParameters"].(object)["roleArn"] = strings.Replace(roleARN, roleName, "OldAgents", 1)
			s.events(before, s.event(assertionID, agent, morning, ""))
		}},
		{rule: "session-over-12h", change: func(_ testing.TB, s *signIn) { s.profile(object{"MaxSessionDuration": 360}) }},
		{rule: "session-duration-exceeds-role", change: func(_ testing.TB, s *signIn) { s.role["MaxSessionDuration"] = 3600 }},
	}
}

// profile gives the instance a default authentication profile.
func (s *signIn) profile(members object) {
	p := object{"Id": "ap-1", "Name": "Default", "IsDefault": true}
	maps.Copy(p, members)
	s.extra["describe-authentication-profile.json"] = object{"AuthenticationProfile": p}
}

// event is CloudTrail's record of a sign-in; code is its error.
func (s *signIn) event(id, user string, at time.Time, code string) object {
	e := object{
		"eventVersion": "1.11", "eventID": fmt.Sprintf("%08x-0000-4000-8000-%012d", len(id), at.Unix()), "eventName": "AssumeRoleWithSAML", "eventSource": "sts.amazonaws.com",
		"awsRegion": region, "eventTime": at.Format(time.RFC3339), "eventType": "AwsApiCall", "recipientAccountId": account, "sourceIPAddress": "203.0.113.24",
		"userIdentity":      object{"type": "SAMLUser", "principalId": "q:" + user, "userName": user, "identityProvider": "q"},
		"requestParameters": object{"sAMLAssertionID": id, "roleSessionName": user, "roleArn": roleARN, "principalArn": providerARN, "durationSeconds": 28800},
	}
	if code != "" {
		e["errorCode"], e["errorMessage"] = code, "Not authorized to perform sts:AssumeRoleWithSAML"
	} else {
		e["responseElements"] = object{"issuer": issuer, "subject": user, "subjectType": "unspecified", "audience": regionalACS,
			"assumedRoleUser": object{"assumedRoleId": "AROANORTHWINDCAREAGENT:" + user, "arn": "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + user}}
	}
	return e
}

// events gives CloudTrail's log of that morning.
func (s *signIn) events(es ...object) {
	s.extra["cloudtrail.json"] = object{"Records": es}
}

func otherMutations() []mutation {
	return []mutation{
		{rule: "answer-refused", name: "signin", hop: "signin", change: func(_ testing.TB, s *signIn) {
			s.visit.Answer.Body, s.visit.Answer.Status = "<html><body>Your request included an invalid SAML response. To logout, click here.</body></html>", 400
		}},
		{rule: "answer-refused", name: "trust", hop: "trust", change: func(_ testing.TB, s *signIn) {
			s.visit.Answer.Status = 403
			s.visit.Answer.Body = "<html><body>Not authorized to perform sts:AssumeRoleWithSAML (service: AWSSecurityTokenService; status code: 403; error code: AccessDenied)</body></html>"
		}},
		{rule: "trail-event", change: func(_ testing.TB, s *signIn) { s.events(s.event(assertionID, agent, morning, "")) }},
		{rule: "trail-silent", change: func(_ testing.TB, s *signIn) {
			s.events(s.event("idother", "tom.baker@northwind.example", morning.Add(-time.Minute), ""), s.event("idlater", "ines.costa@northwind.example", morning.Add(20*time.Minute), ""))
		}},
		{rule: "trail-outage", also: []string{"trail-silent"}, change: func(_ testing.TB, s *signIn) {
			var es []object
			for i := range 40 {
				code := ""
				at := morning.Add(time.Duration(i-45) * time.Minute)
				if i >= 25 {
					code = "AccessDenied"
				}
				es = append(es, s.event(fmt.Sprintf("id%d", i), fmt.Sprintf("agent%d@northwind.example", i%7), at, code))
			}
			s.events(es...)
		}},
		{rule: "trail-change", also: []string{"trail-silent"}, change: func(_ testing.TB, s *signIn) {
			s.events(object{
				"eventVersion": "1.11", "eventID": "c0ffee00-0000-4000-8000-000000000001", "eventName": "UpdateSAMLProvider", "eventSource": "iam.amazonaws.com", "awsRegion": "us-east-1",
				"eventTime": morning.Add(-2 * time.Hour).Format(time.RFC3339), "eventType": "AwsApiCall", "readOnly": false, "recipientAccountId": account, "sourceIPAddress": "198.51.100.7",
				"requestParameters": object{"sAMLProviderArn": providerARN},
				"userIdentity":      object{"type": "AssumedRole", "arn": "arn:aws:sts::" + account + ":assumed-role/PlatformAdmin/r.meyer", "accountId": account},
			})
		}},
		{rule: "idc-name-id-format", change: func(_ testing.TB, s *signIn) { s.center(idp.Unspecified) }},
		{rule: "idc-encrypted", change: func(t testing.TB, s *signIn) {
			s.center(idp.EmailAddress)
			s.response.EncryptTo = keyOf(t, "sp").Certificate
		}},
		{rule: "idc-attributes", change: func(_ testing.TB, s *signIn) {
			s.center(idp.EmailAddress)
			s.attribute("AccessControl:Groups", "care", "sales")
		}},
		{rule: "idc-multiple-assertions", change: func(t testing.TB, s *signIn) {
			s.center(idp.EmailAddress)
			s.response.Signed = idp.Nothing
			s.signed = append(s.signed, func(doc string) string {
				return assertionText.ReplaceAllStringFunc(doc, func(a string) string {
					return seal(t, a, s.key) + seal(t, strings.ReplaceAll(a, assertionID, assertionID+"2"), s.key)
				})
			})
		}},
		{rule: "idc-user-not-assigned", change: func(_ testing.TB, s *signIn) { s.portal("ENABLED", "u-other") }},
		{rule: "idc-application-disabled", change: func(_ testing.TB, s *signIn) { s.portal("DISABLED", "u-maria") }},
	}
}

// center makes IAM Identity Center the service provider.
func (s *signIn) center(format string) {
	acs := "https://" + region + ".signin.aws.amazon.com/platform/saml/acs/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
	s.response.Recipient, s.visit.Answer.URL = acs, acs
	s.response.Audience = "https://" + region + ".signin.aws.amazon.com/platform/saml/d-9967012345"
	s.response.NameIDFormat, s.visit.RelayState = format, ""
	s.response.Roles, s.response.SessionName, s.response.SessionDuration = nil, "", ""
	s.without = []string{"--metadata", "--providers", "--role", "--role-policy", "--instance", "--users"}
}

// portal makes IAM Identity Center the identity provider, with one assigned
// user.
func (s *signIn) portal(status, assigned string) {
	const (
		center = "arn:aws:sso:::instance/ssoins-6987d2fa1b2c3d4e"
		app    = "arn:aws:sso::" + account + ":application/ssoins-6987d2fa1b2c3d4e/apl-1f2e3d4c5b6a7988"
	)
	s.response.Issuer = "https://portal.sso." + region + ".amazonaws.com/saml/assertion/MjEwOTg3NjU0MzIxX2lucy0xZmJjZmIxYzUxMDk3NTZh"
	s.metadata = metadataOf(s.response.Issuer, s.key.Certificate)
	collected := func(output any, args ...string) object {
		return object{"schema": "samlens/evidence/1", "command": append([]string{"aws"}, args...), "at": "2026-11-23T08:30:00Z", "output": output}
	}
	s.extra["list-instances.json"] = collected(object{"Instances": []any{object{"InstanceArn": center, "IdentityStoreId": "d-9967012345"}}}, "sso-admin", "list-instances")
	s.extra["list-applications.json"] = collected(object{"Applications": []any{object{"ApplicationArn": app, "ApplicationProviderArn": "arn:aws:sso::aws:applicationProvider/catalog/amazonconnect",
		"Name": "Amazon Connect", "Status": status, "InstanceArn": center}}}, "sso-admin", "list-applications", "--instance-arn", center)
	s.extra["list-application-assignments.json"] = collected(object{"ApplicationAssignments": []any{object{"ApplicationArn": app, "PrincipalId": assigned, "PrincipalType": "USER"}}},
		"sso-admin", "list-application-assignments", "--application-arn", app)
	s.extra["get-application-assignment-configuration.json"] = collected(object{"AssignmentRequired": true}, "sso-admin", "get-application-assignment-configuration", "--application-arn", app)
	s.extra["describe-user.json"] = collected(object{"UserId": "u-maria", "UserName": agent, "IdentityStoreId": "d-9967012345", "Emails": []any{object{"Value": agent}}},
		"identitystore", "describe-user", "--identity-store-id", "d-9967012345", "--user-id", "u-maria")
	s.extra["list-group-memberships-for-member.json"] = collected(object{"GroupMemberships": []any{}}, "identitystore", "list-group-memberships-for-member",
		"--identity-store-id", "d-9967012345", "--member-id", "UserId=u-maria")
}
