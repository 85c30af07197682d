package demo

import (
	"strings"
	"time"

	"example.com/samlens/awsx/emulator"
)

var (
	given = strings.Fields("Ada Ben Carla Dmitri Elena Farid Greta Hugo Ines Jonas Katya Liam Mona Nadia Oskar Priya Quentin Rosa Samir Tilda Umar Vera Wim Xenia Yusuf Zoe")
	names = strings.Fields("Adler Bakker Castillo Dahl Ekberg Farkas Gruber Haddad Ito Jansen Kowalski Lindqvist Moreau Novak Okafor Petrov Quist Ricci Sato Tran Ueda Vogel Weber Xu Yilmaz Zeman")
)

// people are n Connect users. The agent of the story is among them, in lower
// case as all are.
func people(n int) []emulator.User {
	out := make([]emulator.User, 0, n)
	add := func(first, last string) {
		name := strings.ToLower(first + "." + last + "@harbourlane.example")
		out = append(out, emulator.User{
			Username: name, FirstName: first, LastName: last, Email: name, RoutingProfile: "Basic Routing Profile",
			SecurityProfiles: []string{"Agent"}, Modified: date(2026, 9, 1).Add(time.Duration(len(out)) * time.Hour),
		})
	}
	add("Joanna", "Doe")
	add("Joanna", "Doerr")
	add("John", "Doe")
	for i := 0; len(out) < n; i++ {
		add(given[i%len(given)], names[(i/len(given)+i)%len(names)])
	}
	return out
}

// agents are the names that sign in, taken in turn.
func agents(us []emulator.User) func() string {
	i := 0
	return func() string {
		i++
		return us[(i*37)%len(us)].Username
	}
}
