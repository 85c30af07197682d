package folder

import (
	"encoding/json"

	"example.com/samlens/diag/evidence"
)

func (e *Evidence) takeCenterInstances(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		Instances []struct {
			InstanceArn     string
			IdentityStoreID string `json:"IdentityStoreId"`
		}
	}](b)
	if p != nil {
		return p
	}
	if len(v.Instances) == 0 {
		return note("it lists no instance of IAM Identity Center")
	}
	add(&e.center, centerPart{instance: v.Instances[0].InstanceArn, store: v.Instances[0].IdentityStoreID}, o)
	return nil
}

func (e *Evidence) takeApplications(b json.RawMessage, o origin) *Problem {
	v, p := form[struct{ Applications []applicationForm }](b)
	if p != nil {
		return p
	}
	var c centerPart
	for _, a := range v.Applications {
		c.apps = append(c.apps, a.application())
	}
	add(&e.center, c, o)
	return nil
}

func (e *Evidence) takeApplication(b json.RawMessage, o origin) *Problem {
	v, p := form[applicationForm](b)
	if p != nil {
		return p
	}
	add(&e.center, centerPart{instance: v.InstanceArn, apps: []evidence.CenterApplication{v.application()}}, o)
	return nil
}

func (f applicationForm) application() evidence.CenterApplication {
	return evidence.CenterApplication{ARN: f.ApplicationArn, Name: f.Name, Status: f.Status, Provider: f.ApplicationProviderArn}
}

func (e *Evidence) takeAssignments(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		ApplicationAssignments []struct {
			ApplicationArn, PrincipalType string
			PrincipalID                   string `json:"PrincipalId"`
		}
	}](b)
	if p != nil {
		return p
	}
	c := centerPart{assignments: []string{}}
	for _, a := range v.ApplicationAssignments {
		c.assignments = append(c.assignments, a.PrincipalID)
		if o.args["application-arn"] == "" {
			o.args = map[string]string{"application-arn": a.ApplicationArn}
		}
	}
	add(&e.center, c, o)
	return nil
}

func (e *Evidence) takeAssignmentRequired(b json.RawMessage, o origin) *Problem {
	v, p := form[struct{ AssignmentRequired bool }](b)
	if p != nil {
		return p
	}
	add(&e.center, centerPart{required: &v.AssignmentRequired}, o)
	return nil
}

func (e *Evidence) takeCenterUser(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		UserName        string
		UserID          string `json:"UserId"`
		IdentityStoreID string `json:"IdentityStoreId"`
		Emails          []struct{ Value string }
	}](b)
	if p != nil {
		return p
	}
	u := evidence.CenterUser{ID: v.UserID, UserName: v.UserName}
	if len(v.Emails) > 0 {
		u.Email = v.Emails[0].Value
	}
	add(&e.center, centerPart{store: v.IdentityStoreID, user: &u}, o)
	return nil
}

func (e *Evidence) takeMemberships(b json.RawMessage, o origin) *Problem {
	v, p := form[struct {
		GroupMemberships []struct {
			GroupID string `json:"GroupId"`
		}
	}](b)
	if p != nil {
		return p
	}
	c := centerPart{groups: []string{}}
	for _, g := range v.GroupMemberships {
		c.groups = append(c.groups, g.GroupID)
	}
	add(&e.center, c, o)
	return nil
}
