package emulator

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/aws/smithy-go"

	"example.com/samlens/awsx/emulator/wire"
)

// logAssume leaves the event of an attempt. Where the account cannot be told
// from a provider of its own, there is nobody to log for.
func (s *Server) logAssume(a *attempt, failure error) {
	if a.name == "" {
		return
	}
	a.region = cmp.Or(a.region, s.stsRegion(a.claims))
	ask := map[string]any{"roleArn": a.role, "principalArn": a.provider}
	who := map[string]any{"type": "SAMLUser"}
	if c := a.claims; c != nil {
		ask["sAMLAssertionID"] = c.id
		put(ask, "roleSessionName", c.first("RoleSessionName"))
		put(ask, "sourceIdentity", c.first("SourceIdentity"))
		if t := c.tags(); len(t) > 0 {
			ask["principalTags"] = t
		}
		if t := c.attribute("TransitiveTagKeys"); len(t) > 0 {
			ask["transitiveTagKeys"] = t
		}
		who["principalId"] = a.qualifier + ":" + c.subject
		who["identityProvider"] = a.qualifier
		put(who, "userName", c.subject)
	}
	kind := "regional"
	if s.world.STSRegion == "" && (a.claims == nil || regionIn(a.claims.recipient) == "") {
		kind = "global"
	}
	e := s.event("sts.amazonaws.com", "AssumeRoleWithSAML", a.region, a.requestID, a.source, a.agent)
	e["userIdentity"] = who
	e["requestParameters"] = ask
	e["readOnly"] = true
	e["additionalEventData"] = map[string]any{"RequestDetails": map[string]string{"endpointType": kind, "awsServingRegion": a.region}}
	e["resources"] = []map[string]string{
		{"accountId": s.world.Account, "type": "AWS::IAM::Role", "ARN": a.role},
		{"accountId": s.world.Account, "type": "AWS::IAM::SAMLProvider", "ARN": a.provider},
	}
	if failure != nil {
		e["errorCode"], e["errorMessage"] = codeOf(failure)
		e["responseElements"] = nil
	} else {
		ask["durationSeconds"] = int(a.granted / time.Second)
		e["responseElements"] = a.answered()
	}
	s.logMap(e)
}

// answered is the success as CloudTrail shows it, without the secret.
func (a *attempt) answered() map[string]any {
	return map[string]any{
		"credentials": map[string]string{
			"accessKeyId": a.session.key, "sessionToken": stamp("token"+a.session.key, 32),
			"expiration": a.session.expires.Format("Jan 2, 2006, 3:04:05 PM"),
		},
		"assumedRoleUser": map[string]string{"assumedRoleId": a.session.userID, "arn": a.session.arn},
		"subject":         a.claims.subject, "subjectType": subType(a.claims.format), "issuer": a.claims.issuer,
		"audience": a.claims.recipient, "nameQualifier": a.qualifier,
	}
}

// logFederation leaves the event of Connect's GetFederationToken.
func (s *Server) logFederation(c *wire.Call, x session, instance, region string, failure error) {
	e := s.event("connect.amazonaws.com", "GetFederationToken", region, c.ID, c.Source, c.UserAgent)
	e["userIdentity"] = map[string]any{
		"type": "AssumedRole", "principalId": x.userID, "arn": x.arn, "accountId": s.world.Account, "accessKeyId": x.key,
		"sessionContext": map[string]any{
			"sessionIssuer": map[string]string{"type": "Role", "userName": x.role, "arn": s.world.arn("iam", "", "role/"+x.role), "accountId": s.world.Account},
			"attributes":    map[string]string{"mfaAuthenticated": "false"},
		},
	}
	e["requestParameters"] = map[string]string{"InstanceId": instance}
	e["responseElements"] = nil
	e["readOnly"] = true
	if failure != nil {
		e["errorCode"], e["errorMessage"] = codeOf(failure)
	}
	s.logMap(e)
}

// event is what all events share.
func (s *Server) event(source, name, region, request, ip, agent string) map[string]any {
	return map[string]any{
		"eventVersion": "1.11", "eventTime": s.now().Format(time.RFC3339), "eventSource": source, "eventName": name,
		"awsRegion": region, "sourceIPAddress": ip, "userAgent": agent, "requestID": request,
		"eventID": uuid(fmt.Sprintf("%s %s %d", name, request, len(s.world.Trail))), "eventType": "AwsApiCall",
		"managementEvent": true, "recipientAccountId": s.world.Account, "eventCategory": "Management",
	}
}

func (s *Server) logMap(e map[string]any) {
	b, err := json.Marshal(e)
	if err != nil {
		return // the maps above hold nothing that cannot be written
	}
	s.log(Document(b))
}

func put(m map[string]any, key, value string) {
	if value != "" {
		m[key] = value
	}
}

// codeOf reads the code and the message of what an operation returned.
func codeOf(err error) (code, message string) {
	if own, ok := errors.AsType[*wire.Error](err); ok {
		return own.Code, own.Message
	}
	if api, ok := errors.AsType[smithy.APIError](err); ok {
		return api.ErrorCode(), api.ErrorMessage()
	}
	return "InternalFailure", err.Error()
}
