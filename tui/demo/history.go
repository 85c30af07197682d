package demo

import (
	"encoding/json"
	"fmt"
	"time"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/diag/trail"
)

// history writes the CloudTrail records of the day before: sign-ins that
// succeed, and from s.since on those that fail.
func (s *scene) history() {
	next := agents(s.world.Instances[0].Users)
	id := 0
	add := func(at time.Time, name string, failed bool) {
		id++
		s.world.Trail = append(s.world.Trail, s.event(fmt.Sprintf("%08x-5a1e-4c0d-9e2f-%012d", id, id), at, name, failed))
	}
	for at := s.now.Add(-23 * time.Hour); at.Before(s.at.Add(-time.Second)); at = at.Add(gap(at)) {
		name := next()
		bad := !s.since.IsZero() && !at.Before(s.since)
		if bad && s.silent {
			break
		}
		add(at, name, bad && s.code != "" && (s.failing == nil || s.failing(name)))
	}
}

// gap is how long until the next sign-in: shifts begin at six, eight and two.
func gap(at time.Time) time.Duration {
	switch h := at.Hour(); {
	case h >= 8 && h < 9:
		return 4 * time.Second
	case h >= 6 && h < 8, h == 14:
		return 3 * time.Minute
	case h < 6:
		return 25 * time.Minute
	}
	return 9 * time.Minute
}

// event is one AssumeRoleWithSAML record in the shape that CloudTrail writes.
func (s *scene) event(id string, at time.Time, name string, failed bool) emulator.Document {
	qualifier := trail.Qualifier(s.response.Issuer, account, provider)
	e := map[string]any{
		"eventVersion": "1.11", "eventID": id, "eventName": "AssumeRoleWithSAML", "eventSource": "sts.amazonaws.com", "awsRegion": "us-east-1",
		"eventTime": at.Format(time.RFC3339), "eventType": "AwsApiCall", "eventCategory": "Management", "managementEvent": true, "readOnly": true,
		"recipientAccountId": account, "requestID": id, "sourceIPAddress": "203.0.113." + fmt.Sprint(20+len(name)%7), "userAgent": "Mozilla/5.0",
		"userIdentity": map[string]any{"type": "SAMLUser", "principalId": qualifier + ":" + name, "userName": name, "identityProvider": qualifier},
		"requestParameters": map[string]any{
			"sAMLAssertionID": "id" + id[:8], "roleSessionName": name, "roleArn": roleARN, "principalArn": providerARN, "durationSeconds": 36000,
		},
	}
	if failed {
		e["errorCode"], e["errorMessage"] = s.code, s.message
	} else {
		e["responseElements"] = map[string]any{
			"issuer": s.response.Issuer, "subject": name, "subjectType": "unspecified", "audience": s.acs, "nameQualifier": qualifier,
			"assumedRoleUser": map[string]any{"assumedRoleId": "AROAHARBOURLANEAGENT:" + name, "arn": "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + name},
		}
	}
	b, err := json.Marshal(e)
	if err != nil {
		panic(fmt.Sprintf("a record of strings does not marshal: %v", err))
	}
	return emulator.Document(b)
}

// change is a record of somebody changing something.
func (s *scene) change(at time.Time, name, source, who string, parameters map[string]any) {
	b, err := json.Marshal(map[string]any{
		"eventVersion": "1.11", "eventID": "c0ffee00-0000-4000-8000-" + fmt.Sprintf("%012d", at.Unix()), "eventName": name, "eventSource": source, "awsRegion": "us-east-1",
		"eventTime": at.Format(time.RFC3339), "eventType": "AwsApiCall", "readOnly": false, "managementEvent": true, "eventCategory": "Management",
		"recipientAccountId": account, "sourceIPAddress": "198.51.100.7", "userAgent": "console.amazonaws.com", "requestParameters": parameters,
		"userIdentity": map[string]any{"type": "AssumedRole", "arn": "arn:aws:sts::" + account + ":assumed-role/PlatformAdmin/" + who, "accountId": account},
	})
	if err != nil {
		panic(fmt.Sprintf("a record of strings does not marshal: %v", err))
	}
	s.world.Trail = append(s.world.Trail, emulator.Document(b))
}
