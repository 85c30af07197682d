package users

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
)

const (
	// atOnce is how many users are put into the index between two frames: at
	// most about three milliseconds of work.
	atOnce = 20_000
	// large is from how many users on the index's own growth, which links
	// every user anew, would be felt.
	large = 100_000
)

// A roll keeps the index of a list of users that grows page by page. What
// would hold a key press up is done beside the screen: a whole index is then
// made there and put in the old one's place.
type roll struct {
	index *roster.Index
	in    []evidence.User // what the index holds
	want  []evidence.User // what it is to hold
	room  int             // how many it holds before it grows
	busy  bool
	reads int // searches under way beside the screen
}

// built is an index that was made beside the screen.
type built struct {
	index *roster.Index
	in    []evidence.User
}

func newRoll() roll { return roll{index: roster.New(nil), room: 1024} }

// take makes the index hold users. The command, where there is one, yields a
// built.
func (r *roll) take(users []evidence.User) tea.Cmd {
	r.want = users
	if r.busy || r.reads > 0 {
		return nil
	}
	tail, grew := r.tail(users)
	switch {
	case grew && len(tail) == 0:
		return nil
	case grew && len(tail) <= atOnce && (len(users) < large || len(users) <= r.room):
		r.index.Add(tail)
		r.keep(users)
		return nil
	case len(users) <= atOnce:
		r.index = roster.New(users)
		r.keep(users)
		return nil
	}
	r.busy = true
	return func() tea.Msg { return built{roster.New(users), users} }
}

// got takes an index that was made beside the screen, and goes on where the
// list has grown meanwhile.
func (r *roll) got(b built) tea.Cmd {
	r.index, r.busy, r.room = b.index, false, 0
	r.keep(b.in)
	return r.take(r.want)
}

// read tells that a search is over: what has come meanwhile can be added.
func (r *roll) read() tea.Cmd {
	r.reads--
	return r.take(r.want)
}

func (r *roll) keep(users []evidence.User) {
	r.in = users
	for r.room < len(users) {
		for r.room = 1024; r.room < 2*len(users); {
			r.room *= 2
		}
	}
}

// tail returns what users has beyond what the index holds; false where it is
// not the same list grown longer.
func (r *roll) tail(users []evidence.User) ([]evidence.User, bool) {
	n := len(r.in)
	if len(users) < n {
		return nil, false
	}
	if n > 0 && &users[0] != &r.in[0] { // copied: see whether it looks the same
		for _, i := range [...]int{0, n / 3, n / 2, n - 1} {
			if !same(users[i], r.in[i]) {
				return nil, false
			}
		}
	}
	return users[n:], true
}

func same(a, b evidence.User) bool {
	return a.Username == b.Username && a.ID == b.ID && a.Instance == b.Instance && a.Email == b.Email && a.RoutingProfile == b.RoutingProfile
}

// several reports whether the list is of more than one instance: lists are
// put together one behind the other.
func (r *roll) several() bool {
	n := len(r.in)
	return n > 1 && r.in[0].Instance != r.in[n-1].Instance
}
