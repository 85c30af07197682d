package roster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"example.com/samlens/diag/evidence"
)

var givenNames = strings.Fields("anna ben carla david eva frank greta hugo ines jan karin lars maria nils olga paul rosa sven tina udo vera walter xenia yusuf zoe michael stephanie christopher")
var familyNames = strings.Fields("smith jones garcia miller davis lopez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell")

// name makes the n-th of any number of different, name-like names of 25 bytes
// on average.
func name(n int) string {
	return fmt.Sprintf("%s.%s%d@example.com", givenNames[n%len(givenNames)], familyNames[n/len(givenNames)%len(familyNames)], n/1000)
}

func population(n int) []evidence.User {
	r := rand.New(rand.NewPCG(1, 2))
	us := make([]evidence.User, n)
	for i := range us {
		id := fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", r.Uint32(), r.IntN(1<<16), r.IntN(1<<12), r.IntN(1<<12), r.Int64N(1<<48))
		us[i] = evidence.User{Username: name(i), ID: id, Instance: "inst",
			ARN: "arn:aws:connect:us-east-1:111122223333:instance/inst/agent/" + id}
	}
	r.Shuffle(n, func(i, j int) { us[i], us[j] = us[j], us[i] })
	return us
}

// A user comes back as it went in.
func TestRoundTrip(t *testing.T) {
	us := append(population(50),
		evidence.User{Username: "x", ID: "not-a-uuid", ARN: "arn:x/not-a-uuid"},
		evidence.User{Username: "y", ID: "00000000-0000-0000-0000-000000000000"},
		evidence.User{Username: "z", ARN: "arn:without-id"},
		evidence.User{Username: "m", LastModified: time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC), LastRegion: "us-east-1"},
		evidence.User{Username: "old", LastModified: time.Date(1900, 3, 1, 8, 0, 0, 0, time.UTC)},
		evidence.User{Username: "d", FirstName: "D", Email: "d@x", SecurityProfiles: []string{"a"}},
		evidence.User{Username: strings.Repeat("long", 1000)},
		evidence.User{Username: "Ünïcödé \u200b"}, evidence.User{})
	x := New(us)
	for i, u := range us {
		if d := cmp.Diff(u, x.User(i)); d != "" {
			t.Errorf("%.20s: %s", u.Username, d)
		}
	}
}

// The search finds what a naive one over skeletons finds.
func TestSearchAgainstNaive(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("abAB.@1а\u200büé")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(letters, 0, 40).Draw(t, "names")
		q := letters.Draw(t, "query")
		x := New(users(names...))
		sq := skeleton(q)
		var hold, near []int
		for i, n := range names {
			s := skeleton(n)
			if strings.Contains(s, sq) {
				hold = append(hold, i)
			}
			if levenshtein.ComputeDistance(s, sq) <= maxTypo {
				near = append(near, i)
			}
		}
		if got := x.Count(q); got != len(hold) {
			t.Fatalf("%q in %q: counted %d, there are %d", q, names, got, len(hold))
		}
		found := map[int]Kind{}
		for _, r := range x.Search(q, 1000) {
			if _, twice := found[r.N]; twice {
				t.Fatalf("row %d twice", r.N)
			}
			found[r.N] = r.Kind
			if r.Kind == Exact != (names[r.N] == q) && r.Kind != Any {
				t.Fatalf("%q is %v for %q", names[r.N], r.Kind, q)
			}
		}
		for _, n := range hold {
			if _, ok := found[n]; !ok {
				t.Fatalf("%q does not find %q", q, names[n])
			}
		}
		if sq == "" {
			return
		}
		var typos []int
		for _, r := range x.typos(q, sq, 0) {
			typos = append(typos, r.N)
		}
		for _, n := range near {
			// Rows that nothing relates to the query are left out: two
			// edits make anything of two characters.
			if _, _, ok := Relate(q, names[n]); ok && !slices.Contains(typos, n) {
				t.Fatalf("%q misses %q", q, names[n])
			}
		}
	})
}

func FuzzTypo(f *testing.F) {
	f.Add("michael.smith", "micheal.smith")
	f.Add("", "a")
	f.Add(strings.Repeat("a", 64), strings.Repeat("ab", 40))
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > maxPattern || len(b) > 300 || !ascii([]byte(a)) || !ascii([]byte(b)) {
			return
		}
		want := levenshtein.ComputeDistance(a, b)
		p := newTypo(a)
		if got := p.distance([]byte(b)); got != want {
			t.Fatalf("%q, %q: %d, want %d", a, b, got, want)
		}
		if want <= maxTypo && (!p.near(len(b)) || !p.alike(maskOf(b))) {
			t.Fatalf("the filter loses %q for %q", b, a)
		}
		masks := []uint64{^uint64(0), maskOf(b), 0}
		if got := p.next(masks, 1, 0); want <= maxTypo && got != 1 {
			t.Fatalf("the search for rows loses %q for %q", b, a)
		} else if got == 1 && !p.alike(masks[1]) {
			t.Fatalf("the search for rows takes %q for %q", b, a)
		}
		if b != "" && p.next(masks[:2], 1, masks[1]) != 2 {
			t.Fatalf("the search for rows takes %q, whose characters are not wanted", b)
		}
	})
}

func FuzzSkeleton(f *testing.F) {
	f.Add("JDoe\u00a0", "j\u0430ne")
	f.Add("ﬁ\u0308", "İ")
	f.Fuzz(func(t *testing.T, a, b string) {
		s := skeleton(a)
		if again := skeleton(s); again != s {
			t.Fatalf("%+q has skeleton %+q, and that %+q", a, s, again)
		}
		Relate(a, b)
		x := New(users(a, b, a+b))
		x.Search(a, 10)
		x.Near(b)
		if s != "" && len(x.Find(a)) == 0 && len(a) <= maxName {
			t.Fatalf("%+q is not found", a)
		}
	})
}

func FuzzReadUsers(f *testing.F) {
	f.Add(`{"UserSummaryList":[{"Id":"i","Arn":"a","Username":"jdoe","LastModifiedTime":1.5}],"NextToken":"t"}`)
	f.Add("username,email\njdoe,j@x\n")
	f.Add("jdoe\n")
	f.Fuzz(func(t *testing.T, s string) {
		us, partial, err := Read(strings.NewReader(s))
		if err == nil && len(us) == 0 && !partial {
			t.Fatal("neither users nor an error")
		}
		New(us).Search("j", 3)
	})
}

// Without an index the answers are the same.
func TestAmongAgainstIndex(t *testing.T) {
	part := rapid.SampledFrom([]string{"anna", "ana", "ANNA", "\u0430nna", "bob", "b.ob", "bobby", "an na", "smith.anna", "@x.example", "@y.example", "\u200b", "7"})
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) string { return strings.Join(rapid.SliceOfN(part, 0, 3).Draw(t, label), "") }
		var us []evidence.User
		for range rapid.IntRange(0, 12).Draw(t, "users") {
			u := evidence.User{Username: draw("name")}
			if rapid.IntRange(0, 3).Draw(t, "has mail") == 0 {
				u.Email = draw("mail")
			}
			us = append(us, u)
		}
		q := draw("query")
		x := New(us)
		want, got := x.Near(q), NearAmong(us, q)
		if len(want) > 0 && want[0].Kind == Substring {
			want, got = nil, nil // any of those that hold it will do
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%q in %+q: %s", q, us, d)
		}
		if d := cmp.Diff(x.Duplicates(q), DuplicatesAmong(us, q)); d != "" {
			t.Fatalf("duplicates of %q in %+q: %s", q, us, d)
		}
	})
}
