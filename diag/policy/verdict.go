package policy

import "strings"

// A Class is the kind of a cause: what a rule is to be called for.
type Class string

// The classes.
const (
	ClassPrincipal      Class = "principal"       // the trust policy names another provider
	ClassAction         Class = "action"          // no statement for this provider allows the action
	ClassTagSession     Class = "tag-session"     // sts:TagSession is not allowed
	ClassSourceIdentity Class = "source-identity" // sts:SetSourceIdentity is not allowed
	ClassCondition      Class = "condition"       // a condition does not hold
	ClassImpossible     Class = "impossible-key"  // a condition on a key that the call never carries
	ClassDenied         Class = "denied"          // an explicit Deny; or a boundary, SCP or RCP that does not allow: By tells which
	ClassCrossAccount   Class = "cross-account"   // a provider of another account than the role's
	ClassBroad          Class = "broad"           // it allows more than it needs to
	ClassPermission     Class = "permission"      // no identity policy allows the action
	ClassResource       Class = "resource"        // allowed, but for another resource
	ClassVersion        Class = "version"         // a variable in a document that is not of version 2012-10-17
	ClassRefused        Class = "refused"         // a document that cannot be read, or that AWS refuses
)

// Who binds, as Cause.By tells.
const (
	ByTrust    = "trust policy"
	ByIdentity = "identity policy"
	ByBoundary = "permissions boundary"
	BySCP      = "SCP"
	ByRCP      = "RCP"
)

// A Cause is one reason for a refusal, or for a warning.
type Cause struct {
	Class  Class
	Action string
	By     string // one of the By constants
	// Target is where a guardrail is attached.
	Target string
	// Place is the statement it is about; nil where there is none.
	Place *Place
	// Miss tells what was wanted and what was there.
	Miss Miss
	// Differs names the parts of the resource that differ: "partition",
	// "region", "account", "instance", "resource".
	Differs []string
	// Why says more: why a key is impossible, what is wrong with a
	// document. One clause, lower case.
	Why string
	// Uncertain marks a cause that bites only if AWS works in a way that is
	// not documented.
	Uncertain bool
}

// A Verdict is the answer on one step of the sign-in.
type Verdict struct {
	Outcome Outcome
	// Causes are the reasons of a refusal, the likeliest first; of an
	// undecided outcome, what may come to refuse it. Warnings do not refuse.
	Causes, Warnings []Cause
	// Keys are condition keys whose unknown value keeps it undecided.
	Keys []string
	// Missing says in words what evidence is lacking, such as "the
	// permissions boundary's document".
	Missing []string
	// Inferred tells that something was filled in, such as a role ID.
	Inferred bool
	// Steps are the decisions, one for each action and reading.
	Steps []Step
}

// A Step is one request that was judged.
type Step struct {
	By       string
	Request  Request
	Decision Decision
}

// Of returns the causes and warnings of the class.
func (v Verdict) Of(c Class) []Cause {
	var out []Cause
	for _, list := range [][]Cause{v.Causes, v.Warnings} {
		for _, x := range list {
			if x.Class == c {
				out = append(out, x)
			}
		}
	}
	return out
}

// Deciding returns the statement that allowed or denied, or the one that came
// nearest.
func (v Verdict) Deciding() (Place, bool) {
	for _, c := range v.Causes {
		if c.Place != nil {
			return *c.Place, true
		}
	}
	for _, s := range v.Steps {
		if s.Decision.By != nil {
			return *s.Decision.By, true
		}
	}
	return Place{}, false
}

// Saw and Want put a cause's two sides into a line each.
func (c Cause) Saw() string {
	if c.Miss.Missing || len(c.Miss.Got) == 0 {
		return "nothing"
	}
	return strings.Join(c.Miss.Got, ", ")
}

// Want tells what the policy asks for.
func (c Cause) Want() string {
	s := strings.Join(c.Miss.Wanted, " or ")
	if c.Miss.Negated && s != "" {
		s = "anything but " + s
	}
	return s
}

// combine returns the outcome of requests that must all be allowed.
func combine(a, b Outcome) Outcome {
	rank := [...]int{Undecided: 1, Allowed: 0, ImplicitDeny: 2, ExplicitDeny: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// causes explains a decision that did not allow.
func (d Decision) causes(action, by string, missing Class) []Cause {
	base := Cause{Action: action, By: by}
	switch d.Outcome {
	case ExplicitDeny:
		c := base
		c.Class, c.Place = ClassDenied, d.By
		for _, m := range d.Met {
			if why, never := Impossible(m.Key); never && by != ByIdentity && by != ByBoundary {
				c.Why = why
			}
			if c.Miss.Key == "" {
				c.Miss = Miss{Part: PartCondition, Truth: True, At: m.At, Operator: m.Operator, Key: m.Key,
					Wanted: values(m.Values), Negated: m.op.negated}
			}
		}
		return []Cause{c}
	case ImplicitDeny:
	default:
		return nil
	}
	if len(d.Near) == 0 {
		base.Class = missing
		return []Cause{base}
	}
	var out []Cause
	best := reach(d.Near[0].Misses)
	for _, n := range d.Near {
		if reach(n.Misses) != best {
			break
		}
		out = append(out, n.causes(base, missing)...)
	}
	return out
}

func reach(ms []Miss) int { return judgement{misses: ms}.distance() }

// causes names what kept one statement from applying. Its action is named
// first and alone: what a statement for another action asks for is no matter.
func (n Near) causes(base Cause, missing Class) []Cause {
	var out []Cause
	for _, m := range n.Misses {
		if m.Truth != False {
			continue
		}
		c := base
		place := n.Place
		c.Place, c.Miss = &place, m
		switch m.Part {
		case PartAction:
			c.Class = missing
			return []Cause{c}
		case PartPrincipal:
			c.Class = ClassPrincipal
		case PartResource:
			c.Class = ClassResource
		default:
			c.Class = ClassCondition
			// A session carries keys that the call which begins it does not.
			if why, never := Impossible(m.Key); never && m.Missing && c.By != ByIdentity && c.By != ByBoundary && c.By != BySCP {
				c.Class, c.Why = ClassImpossible, why
			}
		}
		out = append(out, c)
	}
	return out
}
