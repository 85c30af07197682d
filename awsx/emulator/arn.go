package emulator

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// defaults fills what a world left out.
func (w *World) defaults() {
	w.Account = cmp.Or(w.Account, "111122223333")
	w.Partition = cmp.Or(w.Partition, "aws")
	w.Region = cmp.Or(w.Region, w.global())
	w.Caller.ARN = cmp.Or(w.Caller.ARN, w.arn("iam", "", "user/investigator"))
	w.Caller.UserID = cmp.Or(w.Caller.UserID, "AIDA"+stamp(w.Caller.ARN, 17))
	w.TokenVersion = cmp.Or(w.TokenVersion, 1)
	// Slices are copied before they are written to: the caller keeps its own.
	w.Providers = append([]Provider(nil), w.Providers...)
	for i := range w.Providers {
		p := &w.Providers[i]
		p.UUID = cmp.Or(p.UUID, "SAMLSP"+stamp(w.Account+p.Name, 16))
		p.CreateDate = orTime(p.CreateDate)
		if p.ValidUntil.IsZero() {
			p.ValidUntil = p.CreateDate.AddDate(100, 0, 0)
		}
	}
	w.Roles = append([]Role(nil), w.Roles...)
	for i := range w.Roles {
		r := &w.Roles[i]
		r.Path = cmp.Or(r.Path, "/")
		r.ID = cmp.Or(r.ID, "AROA"+stamp(w.Account+r.Name, 17))
		r.MaxSessionDuration = cmp.Or(r.MaxSessionDuration, 3600)
		r.CreateDate = orTime(r.CreateDate)
	}
	w.Instances = append([]Instance(nil), w.Instances...)
	for i := range w.Instances {
		w.Instances[i].defaults(w)
	}
}

func (n *Instance) defaults(w *World) {
	n.Region = cmp.Or(n.Region, w.Region)
	n.IdentityType = cmp.Or(n.IdentityType, "SAML")
	n.Status = cmp.Or(n.Status, "ACTIVE")
	n.AccessURL = cmp.Or(n.AccessURL, "https://"+n.Alias+".my.connect.aws")
	n.Created = orTime(n.Created)
	users := append([]User(nil), n.Users...)
	for i := range users {
		u := &users[i]
		u.ID = cmp.Or(u.ID, uuid(fmt.Sprintf("%s/%d", n.ID, i)))
		u.Modified = orTime(u.Modified)
	}
	n.Users = users
}

// orTime gives what exists without a date a fixed one.
func orTime(t time.Time) time.Time {
	if t.IsZero() {
		return time.Date(2024, 2, 20, 9, 30, 0, 0, time.UTC)
	}
	return t.UTC()
}

// global is the region in which the partition's global endpoints live.
func (w *World) global() string {
	switch w.Partition {
	case "aws-us-gov":
		return "us-gov-west-1"
	case "aws-cn":
		return "cn-north-1"
	}
	return "us-east-1"
}

func (w *World) arn(service, region, resource string) string {
	return "arn:" + w.Partition + ":" + service + ":" + region + ":" + w.Account + ":" + resource
}

func (w *World) providerARN(p *Provider) string { return w.arn("iam", "", "saml-provider/"+p.Name) }
func (w *World) roleARN(r *Role) string         { return w.arn("iam", "", "role"+r.Path+r.Name) }

func (w *World) instanceARN(n *Instance) string {
	return w.arn("connect", n.Region, "instance/"+n.ID)
}

func (w *World) userARN(n *Instance, u *User) string {
	return w.instanceARN(n) + "/agent/" + u.ID
}

// sessionARN is the assumed role's, which drops the role's path.
func (w *World) sessionARN(r *Role, name string) string {
	return w.arn("sts", "", "assumed-role/"+r.Name+"/"+name)
}

func (w *World) provider(arn string) *Provider {
	for i := range w.Providers {
		if w.providerARN(&w.Providers[i]) == arn {
			return &w.Providers[i]
		}
	}
	return nil
}

func (w *World) policy(arn string) *Policy {
	for i := range w.Policies {
		if w.Policies[i].ARN == arn {
			return &w.Policies[i]
		}
	}
	return nil
}

func (w *World) instance(id, region string) *Instance {
	// IDs and ARNs are both taken, as the API does.
	if _, rest, ok := strings.Cut(id, ":instance/"); ok {
		id = rest
	}
	for i := range w.Instances {
		n := &w.Instances[i]
		if n.ID == id && (region == "" || n.Region == region) {
			return n
		}
	}
	return nil
}

// stamp makes the letters and digits of an ID from what it identifies, so that
// equal worlds have equal IDs.
func stamp(seed string, n int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	sum := sha256.Sum256([]byte(seed))
	var b strings.Builder
	for i := range n {
		b.WriteByte(letters[sum[i]%32])
	}
	return b.String()
}

// uuid makes a UUID from what it identifies.
func uuid(seed string) string {
	sum := sha256.Sum256([]byte(seed))
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-8" + h[17:20] + "-" + h[20:32]
}
