package awsx

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"example.com/samlens/diag/evidence"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testAccount  = "218455601337"
	testRole     = "arn:aws:iam::" + testAccount + ":role/ConnectAgents"
	testProvider = "arn:aws:iam::" + testAccount + ":saml-provider/Northwind"
	testInstance = "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
)

// fake answers API as a test says: each call takes Slow, and fails with the
// error of its name.
type fake struct {
	slow    time.Duration
	errs    map[string]error
	account string
	users   []Page[evidence.User]
	events  func(Window) []Page[evidence.TrailEvent]

	mu      sync.Mutex
	calls   []string
	running int
	most    int
}

func (f *fake) call(ctx context.Context, name string) error {
	f.mu.Lock()
	f.calls = append(f.calls, name)
	f.running++
	f.most = max(f.most, f.running)
	f.mu.Unlock()
	defer func() { f.mu.Lock(); f.running--; f.mu.Unlock() }()
	t := time.NewTimer(f.slow)
	defer t.Stop()
	select {
	case <-t.C:
		return f.errs[name]
	case <-ctx.Done():
		return ctx.Err()
	}
}

func pageSeq[T any](ctx context.Context, f *fake, name string, ps []Page[T]) iter.Seq2[Page[T], error] {
	return func(yield func(Page[T], error) bool) {
		for i, p := range ps {
			if err := f.call(ctx, name); err != nil {
				yield(Page[T]{}, err)
				return
			}
			p.More = i < len(ps)-1
			if !yield(p, nil) {
				return
			}
		}
	}
}

func (f *fake) Identity(ctx context.Context) (evidence.Identity, error) {
	return evidence.Identity{Account: f.account, Partition: "aws", ARN: "arn:aws:iam::" + f.account + ":user/x"}, f.call(ctx, "Identity")
}
func (f *fake) Provider(ctx context.Context, arn string) (evidence.Provider, error) {
	return evidence.Provider{ARN: arn}, f.call(ctx, "Provider")
}
func (f *fake) Providers(ctx context.Context) ([]evidence.ProviderName, error) {
	return []evidence.ProviderName{{ARN: testProvider}}, f.call(ctx, "Providers")
}
func (f *fake) Role(ctx context.Context, arn string) (evidence.Role, error) {
	return evidence.Role{ARN: arn, Name: "ConnectAgents", ID: "AROAX"}, f.call(ctx, "Role")
}
func (f *fake) Roles(ctx context.Context) Pages[evidence.Role] {
	return pageSeq(ctx, f, "Roles", []Page[evidence.Role]{{Rows: []evidence.Role{{ARN: testRole}}}})
}
func (f *fake) Permissions(ctx context.Context, _ evidence.Role) ([]evidence.Policy, error) {
	if err := f.call(ctx, "Permissions"); err != nil {
		return nil, err
	}
	return []evidence.Policy{{Name: "P", Kind: evidence.Inline, Document: `{}`}}, nil
}
func (f *fake) Instance(ctx context.Context, at Place) (evidence.Instance, error) {
	return evidence.Instance{ID: at.Instance}, f.call(ctx, "Instance")
}
func (f *fake) Instances(ctx context.Context, _ string) Pages[evidence.Instance] {
	return pageSeq(ctx, f, "Instances", []Page[evidence.Instance]{{Rows: []evidence.Instance{{ID: testInstance}}}})
}
func (f *fake) Named(ctx context.Context, _ Place, name string) ([]evidence.User, error) {
	if err := f.call(ctx, "Named"); err != nil {
		return nil, err
	}
	return []evidence.User{{ID: "u", Username: name}}, nil
}
func (f *fake) Users(ctx context.Context, _ Place) Pages[evidence.User] {
	return pageSeq(ctx, f, "Users", f.users)
}
func (f *fake) AuthProfiles(ctx context.Context, _ Place) ([]evidence.AuthProfile, error) {
	return nil, f.call(ctx, "AuthProfiles")
}
func (f *fake) Events(ctx context.Context, w Window) Pages[evidence.TrailEvent] {
	ps := []Page[evidence.TrailEvent]{{}}
	if f.events != nil {
		ps = f.events(w)
	}
	return pageSeq(ctx, f, "Events "+w.EventName, ps)
}
func (f *fake) Guardrails(ctx context.Context, _ string) ([]evidence.Guardrail, error) {
	return nil, f.call(ctx, "Guardrails")
}
func (f *fake) Regions(ctx context.Context) ([]evidence.Region, error) {
	return nil, f.call(ctx, "Regions")
}
func (f *fake) External(ctx context.Context, _ string, _ []string) ([]evidence.ExternalAccess, error) {
	return nil, f.call(ctx, "External")
}
func (f *fake) Center(ctx context.Context, _ CenterQuestion) (evidence.IdentityCenter, error) {
	return evidence.IdentityCenter{}, f.call(ctx, "Center")
}
func (f *fake) Simulate(ctx context.Context, _ Simulation) ([]evidence.Simulation, error) {
	return nil, f.call(ctx, "Simulate")
}

// signIn is a case of a sign-in to Connect.
func signIn(session string) evidence.Case {
	text := func(s string) evidence.Text { return evidence.Text{Value: s, Present: true} }
	attr := func(n, v string) evidence.Attribute {
		return evidence.Attribute{Name: text("https://aws.amazon.com/SAML/Attributes/" + n), Values: []evidence.Value{{Text: text(v)}}}
	}
	r := evidence.Response{Assertions: []evidence.Assertion{{ID: text("_1"), Issuer: text("https://idp.example.com"),
		Attributes: []evidence.Attribute{attr("Role", testRole+","+testProvider), attr("RoleSessionName", session)}}}}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	return evidence.Case{
		Capture:  evidence.Have(evidence.Capture{RelayState: evidence.Have(text("https://eu-west-2.console.aws.amazon.com/connect/federate/"+testInstance), "har")}, "har"),
		Response: evidence.Have(r, "har"), Now: now, AsOf: evidence.AsOf{At: now.Add(-time.Minute), Source: evidence.AsOfCapture},
	}
}

func drain(c evidence.Case, events <-chan Event) (evidence.Case, []Event) {
	var all []Event
	for e := range events {
		c = c.With(e.Live)
		all = append(all, e)
	}
	return c, all
}

func TestEveryLookupRunsOnceInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{slow: time.Second, account: testAccount, users: []Page[evidence.User]{{Rows: []evidence.User{{Username: "a"}}}}}
		before := signIn("jdoe")
		c, events := drain(before, Gather(t.Context(), f, before, Lookups()))
		done := map[*Lookup]int{}
		var settled evidence.Need
		todo := Lookups()
		for _, e := range events {
			if e.Phase == Started {
				l := todo[slices.IndexFunc(todo, func(l *Lookup) bool { return l.Gives == e.Lookup.Gives })]
				after := l.After
				if l.AtOnce != nil && l.AtOnce(SubjectOf(before)) {
					after &= evidence.NeedIdentity
				}
				if !settled.Has(after) {
					t.Errorf("%s began before what it reads was there", e.Lookup.Title)
				}
			}
			if e.Phase == Done {
				done[e.Lookup]++
				settled |= e.Lookup.Gives
			}
		}
		for l, n := range done {
			if n != 1 {
				t.Errorf("%s ended %d times", l.Title, n)
			}
		}
		if len(done) != len(todo) {
			t.Errorf("%d lookups ended, want %d", len(done), len(todo))
		}
		if f.calls[0] != "Identity" {
			t.Errorf("the first call was %s", f.calls[0])
		}
		if c.Live.Users.State != evidence.Known || c.Live.Exact.State != evidence.Known || c.Live.Trail.State != evidence.Known {
			t.Errorf("facts are missing: users %v, exact %v, trail %v", c.Live.Users.State, c.Live.Exact.State, c.Live.Trail.State)
		}
	})
}

func TestPagesArePartialUntilTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		row := func(n string) []evidence.User { return []evidence.User{{Username: n}} }
		f := &fake{slow: time.Second, account: testAccount, users: []Page[evidence.User]{{Rows: row("a"), Total: 3}, {Rows: row("b")}, {Rows: row("c")}}}
		c := signIn("jdoe")
		var states []evidence.State
		var lengths []int
		var left []time.Duration
		for e := range Gather(t.Context(), f, c, []*Lookup{Find(evidence.NeedUsers)}) {
			if e.Phase != Started && e.Lookup.Gives == evidence.NeedUsers {
				states, lengths, left = append(states, e.Live.Users.State), append(lengths, len(e.Live.Users.Value)), append(left, e.Progress.Left)
			}
		}
		if !slices.Equal(states, []evidence.State{evidence.Partial, evidence.Partial, evidence.Known}) || !slices.Equal(lengths, []int{1, 2, 3}) {
			t.Errorf("states %v, lengths %v", states, lengths)
		}
		if !slices.Equal(left, []time.Duration{2 * time.Second, time.Second, 0}) {
			t.Errorf("left %v", left)
		}
	})
}

func TestWhatWasLearnedBeforeAFailureStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: testAccount, users: []Page[evidence.User]{{Rows: []evidence.User{{Username: "a"}}}, {}}}
		n := 0
		f.errs = map[string]error{}
		c := signIn("jdoe")
		api := failing{f, func() error {
			if n++; n == 2 {
				return Refusal("connect:ListUsers", "ThrottlingException", "Rate exceeded")
			}
			return nil
		}}
		c, events := drain(c, Gather(t.Context(), api, c, []*Lookup{Find(evidence.NeedUsers)}))
		u := c.Live.Users
		if u.State != evidence.Partial || len(u.Value) != 1 || !strings.Contains(u.Why, "Rate exceeded") {
			t.Errorf("users: %+v", u)
		}
		if last := events[len(events)-1]; last.Phase != Done || last.Err == nil {
			t.Errorf("the failure was not told: %+v", last)
		}
	})
}

// failing makes the n-th page of users fail.
type failing struct {
	*fake
	next func() error
}

func (f failing) Users(ctx context.Context, at Place) Pages[evidence.User] {
	return func(yield func(Page[evidence.User], error) bool) {
		for p, err := range f.fake.Users(ctx, at) {
			if e := f.next(); e != nil {
				yield(Page[evidence.User]{}, e)
				return
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

func TestEachFailureIsItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: testAccount, errs: map[string]error{
			"Provider": Refusal("iam:GetSAMLProvider", "AccessDenied", "User: x is not authorized to perform: iam:GetSAMLProvider on resource: y"),
			"Instance": Refusal("connect:DescribeInstance", "ResourceNotFoundException", "gone"),
			"Regions":  errors.New("no network"),
		}}
		c, _ := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), Lookups()))
		l := c.Live
		if l.Provider.State != evidence.Denied || !strings.Contains(l.Provider.Why, "iam:GetSAMLProvider would open it") {
			t.Errorf("provider: %v %q", l.Provider.State, l.Provider.Why)
		}
		if l.Instance.State != evidence.Absent || l.Instance.Value.ID != testInstance {
			t.Errorf("instance: %+v", l.Instance)
		}
		if l.Regions.State != evidence.Failed || l.Roles.State != evidence.Known {
			t.Errorf("regions %v, roles %v", l.Regions.State, l.Roles.State)
		}
	})
}

func TestTheListTellsWhatTheSearchMayNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: testAccount, users: []Page[evidence.User]{{Rows: []evidence.User{{Username: "JDoe"}}}},
			errs: map[string]error{"Named": Refusal("connect:SearchUsers", "AccessDeniedException", "User: x is not authorized to perform: connect:DescribeUser on resource: *")}}
		c, events := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), Lookups()))
		if c.Live.Exact.State != evidence.Absent || c.Live.Users.State != evidence.Known {
			t.Errorf("exact %v, users %v", c.Live.Exact.State, c.Live.Users.State)
		}
		denied := slices.ContainsFunc(events, func(e Event) bool {
			err := new(Error)
			return errors.As(e.Err, &err) && err.Permission == "connect:DescribeUser"
		})
		if !denied {
			t.Error("the permission that is missing was not told")
		}
	})
}

func TestOtherAccountIsAskedNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: "111122223333"}
		c, events := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), Lookups()))
		if !slices.Equal(f.calls, []string{"Identity"}) {
			t.Errorf("calls: %v", f.calls)
		}
		if r := c.Live.Roles; r.State != evidence.Failed || !strings.Contains(r.Why, "111122223333") {
			t.Errorf("roles: %+v", r)
		}
		told := 0
		for _, e := range events {
			if err := new(Error); errors.As(e.Err, &err) {
				told++
				if !strings.Contains(err.Error(), "--profile") {
					t.Errorf("what to do is not told: %v", err)
				}
			}
		}
		if told != 1 {
			t.Errorf("it was told %d times", told)
		}
	})
}

func TestAFilesIdentityIsNotTheCredentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: "111122223333"}
		c := signIn("jdoe").With(evidence.Live{Identity: evidence.Have(evidence.Identity{Account: testAccount, Partition: "aws"}, "sts-get-caller-identity.json")})
		drain(c, Gather(t.Context(), f, c, Lookups()))
		if !slices.Equal(f.calls, []string{"Identity"}) {
			t.Errorf("calls: %v", f.calls)
		}
	})
}

func TestWithoutCredentialsOneCallIsMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: testAccount, errs: map[string]error{"Identity": &Error{State: evidence.Failed, Code: "NoCredentials", Message: "none"}}}
		c, _ := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), Lookups()))
		if len(f.calls) != 1 || c.Live.Trail.State != evidence.Failed {
			t.Errorf("calls %v, trail %v", f.calls, c.Live.Trail.State)
		}
	})
}

func TestAtMostFourSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{slow: time.Second, account: testAccount}
		var todo []*Lookup
		for _, l := range Lookups() {
			if l.Gives&(evidence.NeedTrail|evidence.NeedChanges) == 0 { // which read several Regions each
				todo = append(todo, l)
			}
		}
		drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), todo))
		if f.most != 4 {
			t.Errorf("%d calls side by side", f.most)
		}
	})
}

func TestCancelEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{slow: time.Hour, account: testAccount}
		ctx, cancel := context.WithCancel(t.Context())
		events := Gather(ctx, f, signIn("jdoe"), Lookups())
		<-events
		began := time.Now()
		cancel()
		for range events {
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("it took %v to end", took)
		}
		synctest.Wait()
	})
}

func TestALookupWithoutAnswerIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{slow: time.Hour, account: testAccount}
		began := time.Now()
		c, _ := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), []*Lookup{Find(evidence.NeedRoles)}))
		if took := time.Since(began); took != idle {
			t.Errorf("it took %v", took)
		}
		if r := c.Live.Roles; r.State != evidence.Failed || !strings.Contains(r.Why, "30 seconds") {
			t.Errorf("roles: %+v", r)
		}
	})
}

func TestSlowPagesAreNoTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{slow: 20 * time.Second, account: testAccount, users: make([]Page[evidence.User], 6)}
		c, _ := drain(signIn("jdoe"), Gather(t.Context(), f, signIn("jdoe"), []*Lookup{Find(evidence.NeedUsers)}))
		if c.Live.Users.State != evidence.Known {
			t.Errorf("users: %+v", c.Live.Users)
		}
	})
}

func TestWhatFilesSettledIsNotAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{account: testAccount}
		c := signIn("jdoe").With(evidence.Live{Roles: evidence.Have([]evidence.Role{{ARN: testRole, Name: "ConnectAgents"}}, "role.json")})
		c, _ = drain(c, Gather(t.Context(), f, c, Lookups()))
		if slices.Contains(f.calls, "Role") || c.Live.Roles.Source != "role.json" {
			t.Errorf("calls %v", f.calls)
		}
		n := len(f.calls)
		drain(c, Redo(t.Context(), f, c, Find(evidence.NeedRoles)))
		if len(f.calls) != n+1 {
			t.Error("it was not asked again")
		}
	})
}

func TestAPanicIsOneLookupsFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bad := &Lookup{Name: "x:Y", Gives: evidence.NeedRegions, Run: func(context.Context, API, Question, Emit) error { panic("boom") }}
		c, _ := drain(signIn("jdoe"), Gather(t.Context(), &fake{account: testAccount}, signIn("jdoe"), []*Lookup{bad, Find(evidence.NeedProviders)}))
		if c.Live.Regions.State != evidence.Failed || c.Live.Providers.State != evidence.Known {
			t.Errorf("regions %v, providers %v", c.Live.Regions.State, c.Live.Providers.State)
		}
	})
}
