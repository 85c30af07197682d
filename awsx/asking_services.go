package awsx

import (
	"context"
	"slices"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// place is the Connect instance to ask about.
func (q Question) place() (Place, error) {
	s := q.Subject
	switch {
	case s.Instance == "":
		return Place{}, &Skip{"nothing names a Connect instance; --instance-id would"}
	case s.Region == "":
		return Place{}, &Skip{"nothing tells the Region of the Connect instance; --region would"}
	}
	return Place{s.Region, s.Instance}, nil
}

func lookInstance(ctx context.Context, api API, q Question, emit Emit) error {
	at, err := q.place()
	if err != nil {
		return err
	}
	v, err := api.Instance(ctx, at)
	if v.ID == "" {
		v.ID, v.Region = at.Instance, at.Region
	}
	f, err := answered(v, false, err, "connect:DescribeInstance")
	emit(evidence.Live{Instance: f}, Progress{})
	return err
}

func lookExact(ctx context.Context, api API, q Question, emit Emit) error {
	at, err := q.place()
	if err != nil {
		return err
	}
	// A name longer than 100 cannot be asked about, nor be a user's.
	if n := q.Subject.Session; n == "" || len(n) > 100 {
		return &Skip{"the assertion has no role session name that could be a user's"}
	}
	v, err := api.Named(ctx, at, q.Subject.Session)
	f, err := answered(v, len(v) > 0, err, "connect:SearchUsers")
	if f.State == evidence.Known && len(v) == 0 {
		f.State = evidence.Absent
	}
	emit(evidence.Live{Exact: f}, Progress{Rows: len(v)})
	return err
}

func lookAuthProfiles(ctx context.Context, api API, q Question, emit Emit) error {
	at, err := q.place()
	if err != nil {
		return err
	}
	v, err := api.AuthProfiles(ctx, at)
	f, err := answered(v, len(v) > 0, err, "connect:ListAuthenticationProfiles")
	emit(evidence.Live{AuthProfiles: f}, Progress{Rows: len(v)})
	return err
}

func lookGuardrails(ctx context.Context, api API, q Question, emit Emit) error {
	account := q.Subject.Account
	if account == "" {
		account = q.Case.Live.Identity.Value.Account
	}
	if account == "" {
		return &Skip{"nothing names an account"}
	}
	v, err := api.Guardrails(ctx, account)
	f, err := answered(v, len(v) > 0, err, "organizations:ListPoliciesForTarget")
	emit(evidence.Live{Guardrails: f}, Progress{Rows: len(v)})
	return err
}

func lookRegions(ctx context.Context, api API, _ Question, emit Emit) error {
	v, err := api.Regions(ctx)
	f, err := answered(v, len(v) > 0, err, "account:ListRegions")
	emit(evidence.Live{Regions: f}, Progress{Rows: len(v)})
	return err
}

func lookExternal(ctx context.Context, api API, q Question, emit Emit) error {
	about := append(q.Subject.Roles(), q.Subject.Providers()...)
	if len(about) == 0 {
		return &Skip{"the assertion names no role"}
	}
	// IAM's resources are analysed in every Region that has an analyzer.
	region := q.Subject.Region
	if region == "" {
		region = Home(q.Subject.Partition)
	}
	v, err := api.External(ctx, region, about)
	f, err := answered(v, len(v) > 0, err, "access-analyzer:ListFindingsV2")
	emit(evidence.Live{External: f}, Progress{Rows: len(v)})
	return err
}

// FromCenter reports whether an issuer is IAM Identity Center, and its Region.
func FromCenter(issuer string) (region string, ok bool) {
	rest, ok := strings.CutPrefix(issuer, "https://portal.sso.")
	if !ok {
		return "", false
	}
	region, _, ok = strings.Cut(rest, ".")
	return region, ok && endpoint.IsRegion(region)
}

func lookCenter(ctx context.Context, api API, q Question, emit Emit) error {
	region, ok := FromCenter(q.Subject.Issuer)
	if !ok {
		return &Skip{"IAM Identity Center did not issue this assertion"}
	}
	v, err := api.Center(ctx, CenterQuestion{Region: region, Issuer: q.Subject.Issuer, NameID: q.Subject.NameID})
	f, err := answered(v, v.InstanceARN != "", err, "sso:ListApplications")
	emit(evidence.Live{Center: f}, Progress{})
	return err
}

// lookSimulation asks with the context that Connect's federation has: facts of
// the session that no policy names by itself.
func lookSimulation(ctx context.Context, api API, q Question, emit Emit) error {
	r, ok := q.judged()
	at, err := q.place()
	if err != nil || !ok || r.ID == "" {
		return &Skip{"role and instance have to be known first"}
	}
	account := q.Subject.Account
	base := "arn:" + string(q.Subject.Partition) + ":connect:" + at.Region + ":" + account + ":instance/" + at.Instance
	user := r.ID + ":" + q.Subject.Session
	v, err := api.Simulate(ctx, Simulation{
		RoleARN: r.ARN, Action: "connect:GetFederationToken",
		Resources: []string{base, base + "/user/" + user},
		Context:   map[string]string{"aws:userid": user, "connect:InstanceId": at.Instance},
	})
	f, err := answered(v, len(v) > 0, err, "iam:SimulatePrincipalPolicy")
	emit(evidence.Live{Simulated: f}, Progress{Rows: len(v)})
	return err
}

// Home is the Region in which a partition's global services, IAM first of all,
// answer and write their CloudTrail events.
func Home(p endpoint.Partition) string {
	switch p {
	case endpoint.China:
		return "cn-north-1"
	case endpoint.GovCloud:
		return "us-gov-west-1"
	case endpoint.AWS:
	}
	return "us-east-1"
}

// regions are those in which a sign-in's events may lie: the global sign-in's,
// the instance's, and the sign-in endpoints'. An event's Region does not follow
// from the Recipient, so all are asked.
func (s Subject) regions() []string {
	out := []string{Home(s.Partition)}
	for _, r := range append([]string{s.Region}, s.SignIn...) {
		if endpoint.IsRegion(r) && endpoint.Of(r) == s.Partition && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}
