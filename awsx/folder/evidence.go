package folder

import (
	"time"

	"example.com/samlens/diag/evidence"
)

// Evidence is what files say, not yet matched to a sign-in. The zero Evidence
// says nothing.
type Evidence struct {
	identities []about[evidence.Identity]
	providers  []about[evidence.Provider]
	names      []about[[]evidence.ProviderName]
	idp        []about[evidence.Metadata]
	roles      []about[evidence.Role]
	policies   []about[rolePolicy]
	attached   []about[partial[attachedPolicy]]
	inline     []about[partial[string]]
	instances  []about[evidence.Instance]
	listings   []about[partial[evidence.Instance]]
	users      []about[partial[evidence.User]]
	profiles   []about[partial[evidence.AuthProfile]]
	trail      []about[trailFile]
	guardrails []about[evidence.Guardrail]
	targets    []about[partial[targetPolicy]]
	regions    []about[partial[evidence.Region]]
	external   []about[partial[evidence.ExternalAccess]]
	simulated  []about[[]evidence.Simulation]
	center     []about[centerPart]
	refusals   []about[refusal]
}

// An about is a piece of evidence with where it comes from and what that says
// of its subject.
type about[T any] struct {
	v T
	origin
}

// origin tells whence a piece comes.
type origin struct {
	file string
	flag Flag
	// call and args are a collected answer's command: "iam get-role" and its
	// options without the dashes. Both empty for other files.
	call string
	args map[string]string
	at   time.Time
}

// collected reports whether the file says which question it answers.
func (o origin) collected() bool { return o.call != "" }

// partial is a list that may not be all of it.
type partial[T any] struct {
	rows []T
	more bool
}

// rolePolicy is a permission policy with what its file says of whose it is.
type rolePolicy struct {
	evidence.Policy
	role       string // the role's name; "" where not told
	superseded bool   // a version of a managed policy that is not the default
}

type attachedPolicy struct{ name, arn string }

type targetPolicy struct{ id, name, kind string }

// trailFile is one file of events. whole tells a log file, which holds every
// call, from lookup-events' answer, which holds what was asked for.
type trailFile struct {
	events []evidence.TrailEvent
	more   bool
	whole  bool
}

// centerPart is one answer of IAM Identity Center or its identity store.
type centerPart struct {
	instance, store string
	apps            []evidence.CenterApplication
	assignments     []string // principals of args' application
	required        *bool    // of args' application
	user            *evidence.CenterUser
	groups          []string // of args' user
}

// Empty reports whether nothing could be used.
func (e Evidence) Empty() bool {
	return len(e.identities)+len(e.providers)+len(e.names)+len(e.idp)+len(e.roles)+len(e.policies)+len(e.attached)+
		len(e.inline)+len(e.instances)+len(e.listings)+len(e.users)+len(e.profiles)+len(e.trail)+len(e.guardrails)+
		len(e.targets)+len(e.regions)+len(e.external)+len(e.simulated)+len(e.center)+len(e.refusals) == 0
}

func add[T any](to *[]about[T], v T, o origin) { *to = append(*to, about[T]{v, o}) }
