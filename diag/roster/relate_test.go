package roster

import (
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
)

func TestRelate(t *testing.T) {
	for _, x := range []struct {
		sought, user string
		kind         Kind
		why          string // part of it
	}{
		{"jdoe", "jdoe", Exact, "same"},
		{"JDoe", "jdoe", Case, "the user has j for J at character 1"},
		{"jdoe", "jdoe ", Invisible, "at the end"},
		{" jdoe", "jdoe", Invisible, "the name sought has"},
		{"jdoe", "jd\u200boe", Invisible, "at character 3"},
		{"jdoe", "jdoe\u00a0", Invisible, "NBSP"},
		{"Jdoe", "jdoe\ufeff", Invisible, "at the end"},
		{"müller", "mu\u0308ller", Composed, "encoded differently"},
		{"jane", "j\u0430ne", Confusable, "the user has Cyrillic а (U+0430) for a at character 2"},
		{"j\u043ehn", "john", Confusable, "the name sought has Cyrillic о (U+043E) for o"},
		{"john", "ｊohn", Confusable, "U+FF4A"},
		{"a-b", "a‑b", Confusable, "U+2011"},
		{"paul", "\u03c1aul", Confusable, "Greek"},
		{"jdoe", "jdoe@example.com", LocalPart, "@example.com behind"},
		{"jdoe@example.com", "jdoe", LocalPart, "the part before the @ alone"},
		{"jdoe@example.com", "JDoe", LocalPart, "the user has J for j"},
		{"jdoe@example.com", "jdoe@example.org", Domain, "example.org, not example.com"},
		{"jdoe", "jdoe2", Typo, `has "2" more`},
		{"jdoe", "j.doe", Typo, `has "." more`},
		{"smith", "smiht", Typo, `"ht" for "th"`},
		{"smithe", "smith", Typo, `lacks "e"`},
		{"jdoe@exmaple.com", "jdoe@example.com", Domain, "example.com"},
		{"michael", "micheal", Typo, `"ea" for "ae"`},
		{"ab", "xy", Any, ""}, // as many edits as characters say nothing
		{"jdoe", "msmith", Any, ""},
		{"", "jdoe", Any, ""},
		{"@x", "@y", Any, ""},
	} {
		k, why, ok := Relate(x.sought, x.user)
		if k != x.kind || ok != (x.kind != Any) || !strings.Contains(why, x.why) {
			t.Errorf("%+q for %+q: %d %q, want %d %q", x.user, x.sought, k, why, x.kind, x.why)
		}
	}
}

func users(names ...string) []evidence.User {
	var out []evidence.User
	for _, n := range names {
		out = append(out, evidence.User{Username: n})
	}
	return out
}

func kinds(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(r.User.Username + ":" + r.Kind.String() + "|")
	}
	return b.String()
}

func TestSearch(t *testing.T) {
	x := New(users("xjdoex", "jdoe2", "JDOE", "jdoe@example.com", "jdoe", "j\u0430ne", "jd\u043ee", "jxdxoxe", "mmiller", "jdeo"))
	for _, q := range []struct{ query, want string }{
		{"jdoe", "jdoe:exact|JDOE:differs in case|jd\u043ee:looks alike|jdoe@example.com:local part|jdoe2:|xjdoex:|jdeo:near miss|jxdxoxe:fuzzy|"},
		{"jane", "j\u0430ne:looks alike|"},
		{"zzz", ""},
		{"jdoe@example.com", "jdoe@example.com:exact|JDOE:local part|jdoe:local part|jd\u043ee:local part|"},
		{"MILLER", "mmiller:|"},
	} {
		if got := kinds(x.Search(q.query, 10)); got != q.want {
			t.Errorf("%q:\n got %s\nwant %s", q.query, got, q.want)
		}
	}
	if rows := x.Search("", 3); len(rows) != 3 || rows[0].Kind != Any {
		t.Errorf("nothing typed: %s", kinds(rows))
	}
	if rows := x.Search("jdoe", 2); len(rows) != 2 {
		t.Errorf("%d rows of 2", len(rows))
	}
	if n := x.Count("jdoe"); n != 6 {
		t.Errorf("%d hold jdoe", n)
	}
	c := x.Counter("jdoe")
	steps := 1
	for !c.Step(3) {
		steps++
	}
	if steps != 4 || c.Count() != 6 || c.Seen() != 10 {
		t.Errorf("%d steps, %d found of %d", steps, c.Count(), c.Seen())
	}
}

func TestPages(t *testing.T) {
	x := New(nil)
	if rows := x.Search("a", 5); len(rows) != 0 || x.Count("") != 0 || len(x.Near("abc")) != 0 {
		t.Error("an empty index finds something")
	}
	for i := range 40 {
		var page []evidence.User
		for j := range 100 {
			page = append(page, evidence.User{Username: name(i*100 + j)})
		}
		x.Add(page)
		if got := x.Find(name(i*100 + 7)); len(got) != 1 {
			t.Fatalf("page %d: %d users of that name", i, len(got))
		}
		if got := x.Find(name(7)); len(got) != 1 {
			t.Fatalf("page %d: the first page is lost", i)
		}
	}
	if x.Len() != 4000 {
		t.Errorf("%d users", x.Len())
	}
}

func TestNear(t *testing.T) {
	us := users("jdoe", "J.Doe", "jdoe2", "mgarcia", "anna.smith", "supervisor1", "jane.roe@old.example")
	us = append(us, evidence.User{Username: "u1234", Email: "walter.white@example.com"})
	x := New(us)
	for _, q := range []struct {
		name, first string
		kind        Kind
	}{
		{"JDOE", "jdoe", Case},
		{"jdoe@example.com", "jdoe", LocalPart},
		{"jane.roe@new.example", "jane.roe@old.example", Domain},
		{"walter.white@example.com", "u1234", Email},
		{"ana.smith", "anna.smith", Typo},
		{"ana.smith@example.com", "anna.smith", Typo},
		{"supervisor", "supervisor1", Typo},
		{"garcia@x.example", "mgarcia", Typo},
		{"super", "supervisor1", Substring},
	} {
		n := x.Near(q.name)
		if len(n) == 0 || n[0].User.Username != q.first || n[0].Kind != q.kind || n[0].Why == "" {
			t.Errorf("%s: %+v", q.name, n)
		}
	}
	if n := x.Near("zacharias@nowhere.example"); len(n) != 0 {
		t.Errorf("%+v", n)
	}
}

func TestDuplicates(t *testing.T) {
	x := New([]evidence.User{{Username: "jdoe", Email: "j@x.example"}, {Username: "JDoe"}, {Username: "other", Email: "J@x.example"}, {Username: "jdoe2"}})
	if d := x.Duplicates("jdoe"); len(d) != 3 {
		t.Errorf("%+v", d)
	}
	if d := x.Duplicates("jdoe2"); len(d) != 1 {
		t.Errorf("%+v", d)
	}
}
