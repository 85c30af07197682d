package folder

import (
	"encoding/json"
	"slices"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// eventLine is one of lookup-events' Events.
type eventLine struct {
	EventName, EventSource string
	EventID                string `json:"EventId"`
	EventTime              time.Time
	CloudTrailEvent        string
}

// events writes CloudTrail's events as lookup-events prints them, a file for
// each event name and Region.
func (w *writer) events() {
	w.trail("AssumeRoleWithSAML", w.l.Trail)
	w.trail("UpdateSAMLProvider", w.l.Changes)
}

// trail writes one fact. where is the event name that stands for the fact
// where it has no events, or none could be read.
func (w *writer) trail(where string, f evidence.Fact[[]evidence.TrailEvent]) {
	home := awsx.Home(w.s.Partition)
	write(w, f, lookup(where, home), func(es []evidence.TrailEvent) {
		type key struct{ name, region string }
		order := []key{{where, home}}
		by := map[key][]eventLine{order[0]: {}}
		for _, e := range es {
			if !json.Valid(e.Raw) {
				continue
			}
			k := key{e.Name, e.Region}
			if by[k] == nil {
				order = append(order, k)
			}
			by[k] = append(by[k], eventLine{EventID: e.ID, EventName: e.Name, EventSource: e.Source, EventTime: e.Time, CloudTrailEvent: string(e.Raw)})
		}
		slices.SortStableFunc(order[1:], func(a, b key) int { return len(by[b]) - len(by[a]) })
		for _, k := range order {
			w.list(lookup(k.name, k.region), f.State, f.Why, struct{ Events []eventLine }{by[k]})
		}
	})
}

func lookup(event, region string) call {
	return cli("cloudtrail", "lookup-events", "--region", region, "--lookup-attributes", "AttributeKey=EventName,AttributeValue="+event).of(event + "-" + region)
}
