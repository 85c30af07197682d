package policy

import (
	"slices"
	"sort"
	"strings"
)

// A Request is what AWS is asked to allow.
type Request struct {
	Action    string // such as "sts:AssumeRoleWithSAML"
	Resource  string // its ARN; "" leaves the Resource element aside
	Principal Caller
	Context   Context
}

// A Caller is who asks. The zero Caller leaves the Principal element aside.
type Caller struct {
	Federated string   // the SAML provider's ARN
	AWS       []string // the ARNs the caller goes by: its session's and its role's
	Service   string
}

func (c Caller) known() bool { return c.Federated != "" || len(c.AWS) > 0 || c.Service != "" }

// An Outcome is what policies say of a request.
type Outcome uint8

// The outcomes. ImplicitDeny: nothing allows it. Undecided: it hangs on
// something that is not known.
const (
	Undecided Outcome = iota
	Allowed
	ImplicitDeny
	ExplicitDeny
)

// String names the outcome as reports print it.
func (o Outcome) String() string {
	return [...]string{"unknown", "allowed", "implicit deny", "explicit deny"}[min(o, ExplicitDeny)]
}

// A Place is a statement of one of the policies that were asked.
type Place struct {
	Policy    string // Policy.Name
	Number    int    // which of the policies given to Evaluate, from 0
	Statement int    // from 0
	Sid       string
	Effect    string
	At        Span
}

// A Part is the element of a statement that a miss is about.
type Part string

// The parts.
const (
	PartPrincipal Part = "principal"
	PartAction    Part = "action"
	PartResource  Part = "resource"
	PartCondition Part = "condition"
)

// A Miss is one reason why a statement does not, or may not, apply.
type Miss struct {
	Part  Part
	Truth Truth // False, or Unknown where it hangs on something not known
	At    Span
	// Operator and Key are a condition's.
	Operator, Key string
	Wanted        []string // what the policy names
	Got           []string // what the request has
	// Missing tells that the request does not carry the key at all.
	Missing bool
	// Negated tells that the policy names what must not be: NotAction,
	// NotPrincipal, NotResource or a Not operator.
	Negated bool
}

// A Near is a statement that could have decided and did not.
type Near struct {
	Place
	Misses []Miss
}

// A Decision is what Evaluate found.
type Decision struct {
	Outcome Outcome
	// By is the statement that decided: the one that allows, or the first
	// that denies. nil for an implicit deny and where undecided.
	By *Place
	// Met are the conditions of By, which all held.
	Met []Condition
	// Near are the Allow statements that did not apply, the nearest first,
	// at most eight; where undecided, the statements it hangs on come
	// before all others.
	Near []Near
	// Keys are the condition keys whose unknown value keeps it undecided.
	Keys []string
	// Problem is set where a document is one that AWS refuses.
	Problem *Problem
}

const maxNear = 8

// Evaluate asks all of ps, taken together, whether r is allowed: an explicit
// deny wins, else one Allow is enough.
func Evaluate(ps []Policy, r Request) Decision {
	var d Decision
	var allow, hangDeny, hangAllow *judgement
	var near []judgement
	for i, p := range ps {
		if x, bad := p.Refused(); bad && d.Problem == nil {
			d.Problem = &x
		}
		for _, s := range p.Statements {
			j := judgeStatement(p, i, s, r)
			switch {
			case s.Effect == "Deny" && j.truth == True:
				d.Outcome, d.By, d.Met, d.Near, d.Keys = ExplicitDeny, &j.place, s.Conditions, nil, nil
				return d
			case s.Effect == "Deny" && j.truth == Unknown && hangDeny == nil:
				hangDeny = &j
			case s.Allow() && j.truth == True && allow == nil:
				allow = &j
				d.By, d.Met = &j.place, s.Conditions
			case s.Allow() && j.truth == Unknown && hangAllow == nil:
				hangAllow = &j
			}
			if s.Allow() && j.truth != True {
				near = append(near, j)
			}
		}
	}
	sort.SliceStable(near, func(a, b int) bool { return near[a].distance() < near[b].distance() })
	for _, j := range near[:min(len(near), maxNear)] {
		d.Near = append(d.Near, Near{j.place, j.misses})
	}
	switch {
	case allow != nil && hangDeny == nil:
		d.Outcome = Allowed
	case allow != nil || hangAllow != nil:
		d.Outcome, d.By, d.Met = Undecided, nil, nil
		if hangDeny != nil {
			d.Near = append([]Near{{hangDeny.place, hangDeny.misses}}, d.Near...)
			d.Keys = hangDeny.keys(d.Keys)
		}
		if allow == nil {
			d.Keys = hangAllow.keys(d.Keys)
		}
	default:
		d.Outcome = ImplicitDeny
	}
	return d
}

// A judgement is one statement held against one request.
type judgement struct {
	place  Place
	truth  Truth
	misses []Miss
}

// distance orders statements by how near they came: the action weighs most,
// for a statement about something else explains nothing.
func (j judgement) distance() int {
	n := 0
	for _, m := range j.misses {
		if m.Truth == Unknown {
			continue
		}
		switch m.Part {
		case PartAction:
			n += 40
		case PartPrincipal:
			n += 50
		case PartResource:
			n += 20
		case PartCondition:
			n++
		}
	}
	return n
}

func (j judgement) keys(to []string) []string {
	for _, m := range j.misses {
		if m.Truth == Unknown && m.Key != "" {
			to = union(to, []string{m.Key})
		}
	}
	return to
}

// union adds to a list of keys those of another that are not in it.
func union(to, more []string) []string {
	for _, k := range more {
		if !slices.ContainsFunc(to, func(have string) bool { return strings.EqualFold(have, k) }) {
			to = append(to, k)
		}
	}
	return to
}

func judgeStatement(p Policy, number int, s Statement, r Request) judgement {
	j := judgement{truth: True, place: Place{Policy: p.Name, Number: number,
		Statement: s.Index, Sid: s.Sid, Effect: s.Effect, At: s.At}}
	note := func(t Truth, m Miss) {
		j.truth = min(j.truth, t)
		if t != True {
			m.Truth = t
			j.misses = append(j.misses, m)
		}
	}
	if s.HasPrincipal && r.Principal.known() {
		note(s.principal(r.Principal), Miss{Part: PartPrincipal, At: s.PrincipalAt,
			Wanted: principalNames(s.Principals), Got: r.Principal.names(), Negated: s.NotPrincipal})
	}
	note(s.action(r.Action), Miss{Part: PartAction, At: s.ActionAt,
		Wanted: values(s.Actions), Got: []string{r.Action}, Negated: s.NotAction})
	if s.HasResource && r.Resource != "" {
		note(s.resource(r.Resource, r.Context, p.Variables()), Miss{Part: PartResource, At: s.ResourceAt,
			Wanted: values(s.Resources), Got: []string{printable(r.Resource)}, Negated: s.NotResource})
	}
	for _, c := range s.Conditions {
		t, got := c.judge(r.Context, p.Variables())
		note(t, Miss{Part: PartCondition, At: c.At, Operator: c.Operator, Key: c.Key,
			Wanted: values(c.Values), Got: got.list(), Missing: got.Presence == Absent, Negated: c.op.negated})
	}
	return j
}
