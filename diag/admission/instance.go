package admission

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// Instance is the ID of the Connect instance that the sign-in is for: the one
// asked for, else that of the relay state, of a later address, or of the
// evidence; "" where nothing names one.
func Instance(c evidence.Case) string {
	if c.Asked.InstanceID != "" {
		return c.Asked.InstanceID
	}
	if r, ok := Relay(c); ok && endpoint.IsInstanceID(r.Instance) {
		return r.Instance
	}
	for _, e := range c.Capture.Value.Exchanges {
		if r := endpoint.ParseRelay(e.URL); r.Target == endpoint.ToConnect && endpoint.IsInstanceID(r.Instance) {
			return r.Instance
		}
	}
	if i, ok := c.Live.Instance.Get(); ok {
		return i.ID
	}
	return ""
}

// Relay returns the relay state, taken apart, where the capture has one.
func Relay(c evidence.Case) (endpoint.Relay, bool) {
	rs := c.Capture.Value.RelayState
	if rs.State != evidence.Known {
		return endpoint.Relay{}, false
	}
	return endpoint.ParseRelay(rs.Value.Value), true
}

// InstanceARN is the instance's ARN: as AWS tells it, else put together from
// the relay state's Region and the role's account; "" where either lacks.
func InstanceARN(c evidence.Case) string {
	if i, ok := c.Live.Instance.Get(); ok && i.ARN != "" {
		return i.ARN
	}
	id, region := Instance(c), Region(c)
	cl, _, ok := claims.Read(c)
	if !ok || id == "" || region == "" {
		return ""
	}
	for _, p := range cl.Candidates(c) {
		if p.OK {
			return "arn:" + string(p.Role.Partition) + ":connect:" + region + ":" + p.Role.Account + ":instance/" + id
		}
	}
	return ""
}

// Region is the Connect instance's Region as far as it is known: that of the
// evidence, else of the relay state or a later federate address, else the one
// asked for.
func Region(c evidence.Case) string {
	if i, ok := c.Live.Instance.Get(); ok && i.Region != "" {
		return i.Region
	}
	if r, ok := Relay(c); ok && r.Target == endpoint.ToConnect && r.ServedFrom() != "" {
		return r.ServedFrom()
	}
	for _, e := range c.Capture.Value.Exchanges {
		if r := endpoint.ParseRelay(e.URL); r.Target == endpoint.ToConnect && r.ServedFrom() != "" && r.Instance != "" {
			return r.ServedFrom()
		}
	}
	return c.Asked.Region
}
