package endpoint

import (
	"net/url"
	"strings"

	"example.com/samlens/diag/expression"
)

// A Target is where a relay state leads.
type Target string

// The targets.
const (
	ToConnect Target = "connect" // a Connect instance's federate URL
	ToConsole Target = "console" // the AWS console
	ToPortal  Target = "portal"  // an access portal, such as awsapps.com/start
	ToElse    Target = "else"
)

// A Relay is a relay state, taken apart.
type Relay struct {
	Target    Target
	Partition Partition
	// Region is "" for the region-less hosts; Legacy tells that host, which
	// stands for us-east-1 (and in GovCloud for us-gov-west-1).
	Region      string
	Legacy      bool
	Instance    string
	Destination string // decoded
	HasDest     bool
	NewDomain   bool
	// Problem says what is off with a relay state that means Connect; ""
	// where nothing is.
	Problem string
	// Encoded counts how many times too often the value is percent-encoded.
	Encoded int
}

var (
	consoleHost = expression.Lazy(`^(?:([a-z0-9-]+)\.)?console\.(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$`)
	instanceID  = expression.Lazy(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
)

// IsInstanceID reports whether s has the form of a Connect instance's ID.
func IsInstanceID(s string) bool { return instanceID().MatchString(s) }

// ParseRelay takes a relay state apart. The documented form is
// https://REGION.console.aws.amazon.com/connect/federate/INSTANCE-ID with an
// optional ?destination= (Connect administrator guide, "Configure SAML").
func ParseRelay(raw string) Relay {
	s, r := strings.TrimSpace(raw), Relay{Target: ToElse}
	for range 3 {
		low := strings.ToLower(s)
		if !strings.HasPrefix(low, "http%3a") && !strings.HasPrefix(low, "https%3a") && !strings.HasPrefix(low, "https%253a") {
			break
		}
		d, err := url.PathUnescape(s)
		if err != nil {
			break
		}
		s, r.Encoded = d, r.Encoded+1
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		if strings.Contains(s, "connect/federate") {
			r.Target, r.Problem = ToConnect, "it is not an absolute URL"
		}
		return r
	}
	host := strings.ToLower(u.Hostname())
	switch m := consoleHost().FindStringSubmatch(host); {
	case m != nil:
		r.Target = ToConsole
		r.Partition = map[string]Partition{"aws.amazon.com": AWS, "amazonaws-us-gov.com": GovCloud, "amazonaws.cn": China}[m[2]]
		if m[1] == "" {
			r.Legacy = true
		} else {
			r.Region = m[1]
		}
		r.federate(u, m[1])
	case strings.HasSuffix(host, ".awsapps.com") && strings.HasPrefix(u.Path, "/start"):
		r.Target = ToPortal
	case IsConnectHost(host) || strings.HasSuffix(host, ".awsapps.com") && strings.HasPrefix(u.Path, "/connect"):
		r.Target, r.Problem = ToConnect, "it is the instance's own address, which only takes users who are signed in; it has to be the federate URL"
	case strings.Contains(u.Path, "/connect/federate"):
		r.Target, r.Problem = ToConnect, "its host "+host+" is not an AWS console"
	}
	if r.Target == ToConnect && r.Problem == "" && r.Encoded > 0 {
		r.Problem = "it is percent-encoded once too often"
	}
	if raw != s && r.Encoded == 0 && r.Target == ToConnect && r.Problem == "" {
		r.Problem = "it has white space around it"
	}
	return r
}

func (r *Relay) federate(u *url.URL, sub string) {
	path := strings.TrimSuffix(u.Path, "/")
	if !strings.HasPrefix(strings.ToLower(path), "/connect/federate") {
		return
	}
	r.Target = ToConnect
	id := strings.TrimPrefix(path, "/connect/federate")
	r.Instance = strings.TrimPrefix(id, "/")
	q := u.Query()
	r.HasDest = q.Has("destination")
	r.Destination, r.NewDomain = q.Get("destination"), q.Get("new_domain") == "true"
	switch {
	case u.Scheme != "https":
		r.Problem = "its scheme is " + u.Scheme + ", not https"
	case sub != "" && !IsRegion(sub):
		r.Problem = "“" + sub + "” is no Region"
	case !strings.HasPrefix(path, "/connect/federate"):
		r.Problem = "its path is spelled " + path + "; paths mind case"
	case r.Instance == "":
		r.Problem = "it names no instance ID"
	case strings.HasPrefix(r.Instance, "arn:"):
		r.Problem = "it holds the instance's ARN where the ID alone belongs"
	case !IsInstanceID(r.Instance):
		r.Problem = "“" + r.Instance + "” has not the form of an instance ID"
	}
}

// IsConnectHost reports whether host serves a Connect instance.
func IsConnectHost(host string) bool {
	host = strings.ToLower(host)
	return strings.HasSuffix(host, ".my.connect.aws") || strings.HasSuffix(host, ".govcloud.connect.aws")
}

// ServedFrom is the Region that a relay state stands for, with the
// region-less hosts resolved; "" where that is not documented (China).
func (r Relay) ServedFrom() string {
	if r.Region != "" || !r.Legacy {
		return r.Region
	}
	switch r.Partition {
	case AWS:
		return "us-east-1"
	case GovCloud:
		return "us-gov-west-1"
	case China:
	}
	return ""
}
