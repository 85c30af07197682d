package emulator

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	"example.com/samlens/awsx/emulator/wire"
)

// retention is how far back LookupEvents sees.
const retention = 90 * 24 * time.Hour

// A record is a CloudTrail event, read as far as it can be looked up by.
type record struct {
	raw Document

	EventID, EventName, EventSource, AWSRegion string
	EventTime                                  time.Time
	ReadOnly                                   any
	UserIdentity                               struct {
		Type, UserName, PrincipalID, ARN, AccessKeyID string
	}
	Resources []struct{ ARN, Type string }
}

func parseRecord(d Document) (record, error) {
	r := record{raw: d}
	if err := json.Unmarshal([]byte(d), &r); err != nil {
		return r, err
	}
	if r.EventName == "" || r.EventTime.IsZero() {
		return r, errors.New("no eventName or no eventTime")
	}
	return r, nil
}

// user is what LookupEvents calls the Username: the user's name, and for an
// assumed role the name of the session.
func (r *record) user() string {
	if r.UserIdentity.UserName != "" {
		return r.UserIdentity.UserName
	}
	if _, name, ok := strings.Cut(r.UserIdentity.PrincipalID, ":"); ok {
		return name
	}
	return lastPart(r.UserIdentity.ARN)
}

func (r *record) readOnly() string {
	if r.ReadOnly == nil {
		return ""
	}
	return fmt.Sprint(r.ReadOnly)
}

// A trail holds the events of a world by region, newest first.
type trail struct{ regions map[string][]record }

func newTrail(w *World) *trail {
	t := &trail{regions: map[string][]record{}}
	for i, d := range w.Trail {
		r, err := parseRecord(d)
		if err != nil {
			continue // Load refuses such records; one that Update brought in is nobody's event
		}
		if r.EventID == "" {
			r.EventID = uuid(fmt.Sprintf("event %d", i))
		}
		r.AWSRegion = cmp.Or(r.AWSRegion, w.global())
		t.regions[r.AWSRegion] = append(t.regions[r.AWSRegion], r)
	}
	for _, l := range t.regions {
		slices.SortStableFunc(l, func(a, b record) int { return b.EventTime.Compare(a.EventTime) })
	}
	return t
}

// add keeps a new event in its place.
func (t *trail) add(r record) {
	l := t.regions[r.AWSRegion]
	i := sort.Search(len(l), func(i int) bool { return !l[i].EventTime.After(r.EventTime) })
	t.regions[r.AWSRegion] = slices.Insert(l, i, r)
}

// log writes an event into the world.
func (s *Server) log(d Document) {
	r, err := parseRecord(d)
	if err != nil {
		return
	}
	s.world.Trail = append(slices.Clip(s.world.Trail), d)
	s.trail.add(r)
}

func (s *Server) trailRoutes() {
	s.mux.JSON("cloudtrail", "CloudTrail_20131101", wire.Shape{}, op(s, "LookupEvents", s.lookupEvents))
}

var trailPages = pager{def: 50, max: 50,
	tooLarge: func(m string) error { return &types.InvalidMaxResultsException{Message: aws.String(m)} },
	badToken: func(string) error {
		return &types.InvalidNextTokenException{Message: aws.String("Invalid NextToken. A token is good for the request parameters it was given for.")}
	},
}

// attributeOf is the column that a lookup attribute reads.
var attributeOf = map[types.LookupAttributeKey]func(*record, string) bool{
	types.LookupAttributeKeyEventId:     func(r *record, v string) bool { return r.EventID == v },
	types.LookupAttributeKeyEventName:   func(r *record, v string) bool { return r.EventName == v },
	types.LookupAttributeKeyEventSource: func(r *record, v string) bool { return r.EventSource == v },
	types.LookupAttributeKeyUsername:    func(r *record, v string) bool { return r.user() == v },
	types.LookupAttributeKeyReadOnly:    func(r *record, v string) bool { return r.readOnly() == v },
	types.LookupAttributeKeyAccessKeyId: func(r *record, v string) bool { return r.UserIdentity.AccessKeyID == v },
	types.LookupAttributeKeyResourceType: func(r *record, v string) bool {
		for _, x := range r.Resources {
			if x.Type == v {
				return true
			}
		}
		return false
	},
	types.LookupAttributeKeyResourceName: func(r *record, v string) bool {
		for _, x := range r.Resources {
			if x.ARN == v || lastPart(x.ARN) == v {
				return true
			}
		}
		return false
	},
}

// lookupEvents: one attribute, ninety days, newest first, in the region that
// the request was signed for; what is younger than the lag is not there yet.
func (s *Server) lookupEvents(ctx context.Context, in *cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
	match := func(*record) bool { return true }
	switch len(in.LookupAttributes) {
	case 0:
	case 1:
		a := in.LookupAttributes[0]
		f, ok := attributeOf[a.AttributeKey]
		if !ok || aws.ToString(a.AttributeValue) == "" {
			return nil, &types.InvalidLookupAttributesException{Message: aws.String("The lookup attribute " + string(a.AttributeKey) + " is not valid.")}
		}
		match = func(r *record) bool { return f(r, *a.AttributeValue) }
	default:
		return nil, &types.InvalidLookupAttributesException{Message: aws.String("You can specify only one lookup attribute.")}
	}
	now := s.now()
	start, end := now.Add(-retention), now
	if in.StartTime != nil && in.StartTime.After(start) {
		start = *in.StartTime
	}
	if in.EndTime != nil {
		end = *in.EndTime
	}
	if start.After(end) {
		return nil, &types.InvalidTimeRangeException{Message: aws.String("The start time is after the end time.")}
	}
	if visible := now.Add(-time.Duration(s.world.Lag)); end.After(visible) {
		end = visible
	}
	var found []*record
	region := cmp.Or(wire.From(ctx).Region, s.world.Region)
	for i := range s.trail.regions[region] {
		r := &s.trail.regions[region][i]
		if !r.EventTime.Before(start) && !r.EventTime.After(end) && match(r) {
			found = append(found, r)
		}
	}
	var asked string
	for _, a := range in.LookupAttributes {
		asked = string(a.AttributeKey) + "=" + aws.ToString(a.AttributeValue)
	}
	// A page is a place in the list: events that come in meanwhile shift it, and
	// one may be seen twice, as on AWS.
	part, next, err := cut(trailPages, found, in.NextToken, in.MaxResults, region, asked, timeOf(in.StartTime), timeOf(in.EndTime))
	if err != nil {
		return nil, err
	}
	out := &cloudtrail.LookupEventsOutput{Events: make([]types.Event, len(part)), NextToken: next}
	for i, r := range part {
		out.Events[i] = r.event()
	}
	return out, nil
}

func timeOf(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return t.Unix()
}

func (r *record) event() types.Event {
	e := types.Event{
		EventId: aws.String(r.EventID), EventName: aws.String(r.EventName), EventSource: aws.String(r.EventSource),
		EventTime: aws.Time(r.EventTime), CloudTrailEvent: aws.String(string(r.raw)), Resources: []types.Resource{},
		Username: orNil(r.user()), ReadOnly: orNil(r.readOnly()), AccessKeyId: orNil(r.UserIdentity.AccessKeyID),
	}
	for _, x := range r.Resources {
		e.Resources = append(e.Resources, types.Resource{ResourceName: aws.String(x.ARN), ResourceType: aws.String(x.Type)})
	}
	return e
}
