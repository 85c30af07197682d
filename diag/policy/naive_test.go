package policy

import (
	"encoding/json"
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The naive evaluator below shares nothing with the package: it works on
// decoded JSON, with regular expressions, in two values.

type naive struct {
	single map[string]string
	multi  map[string][]string
}

func (n naive) decide(doc, action, resource string) string {
	var d struct {
		Version   string
		Statement []struct {
			Effect      string
			Action      any
			NotAction   any
			Resource    any
			NotResource any
			Condition   map[string]map[string]any
		}
	}
	if err := json.Unmarshal([]byte(doc), &d); err != nil {
		return "error"
	}
	vars := d.Version == "2012-10-17"
	out := "implicit deny"
	for _, s := range d.Statement {
		ok := true
		if s.Action != nil {
			ok = ok && n.anyAction(strs(s.Action), action)
		} else {
			ok = ok && !n.anyAction(strs(s.NotAction), action)
		}
		if s.Resource != nil {
			ok = ok && n.anyLike(strs(s.Resource), resource, vars)
		} else {
			ok = ok && !n.anyLike(strs(s.NotResource), resource, vars)
		}
		for op, m := range s.Condition {
			for key, vs := range m {
				ok = ok && n.cond(op, strings.ToLower(key), strs(vs), vars)
			}
		}
		if ok && s.Effect == "Deny" {
			return "explicit deny"
		}
		if ok {
			out = "allowed"
		}
	}
	return out
}

func strs(v any) []string {
	switch x := v.(type) {
	case string:
		return []string{x}
	case bool:
		return []string{strconv.FormatBool(x)}
	case []any:
		var out []string
		for _, y := range x {
			out = append(out, strs(y)...)
		}
		return out
	}
	return nil
}

func (n naive) anyAction(ps []string, a string) bool {
	for _, p := range ps {
		re := strings.ReplaceAll(strings.ReplaceAll(regexp.QuoteMeta(p), `\*`, `.*`), `\?`, `.`)
		if regexp.MustCompile(`(?i)^` + re + `$`).MatchString(a) {
			return true
		}
	}
	return false
}

var variableRE = regexp.MustCompile(`\$\{([^}]*)\}`)

// expr makes a regular expression of a value; ok is false where a variable
// has no value.
func (n naive) expr(p string, vars, wild bool) (re string, ok bool) {
	quoteText := func(s string) string {
		q := regexp.QuoteMeta(s)
		if wild {
			q = strings.ReplaceAll(strings.ReplaceAll(q, `\*`, `.*`), `\?`, `.`)
		}
		return q
	}
	if !vars {
		return "^" + quoteText(p) + "$", true
	}
	out, last := "", 0
	for _, m := range variableRE.FindAllStringSubmatchIndex(p, -1) {
		out += quoteText(p[last:m[0]])
		body := p[m[2]:m[3]]
		last = m[1]
		if body == "*" || body == "?" || body == "$" {
			out += regexp.QuoteMeta(body)
			continue
		}
		name, def, _ := strings.Cut(body, ",")
		if v, has := n.single[strings.ToLower(strings.TrimSpace(name))]; has {
			out += regexp.QuoteMeta(v)
		} else if def = strings.TrimSpace(def); len(def) > 1 {
			out += regexp.QuoteMeta(strings.Trim(def, "'"))
		} else {
			return "", false
		}
	}
	return "^" + out + quoteText(p[last:]) + "$", true
}

func (n naive) anyLike(ps []string, s string, vars bool) bool {
	for _, p := range ps {
		if re, ok := n.expr(p, vars, true); ok && regexp.MustCompile(`(?s)`+re).MatchString(s) {
			return true
		}
	}
	return false
}

func (n naive) cond(op, key string, want []string, vars bool) bool {
	set, base, found := strings.Cut(op, ":")
	if !found {
		set, base = "", op
	}
	base, ifExists := strings.CutSuffix(base, "IfExists")
	var got []string
	if v, ok := n.single[key]; ok {
		got = []string{v}
	} else {
		got = n.multi[key]
	}
	if base == "Null" {
		for _, w := range want {
			if (w == "true") == (len(got) == 0) {
				return true
			}
		}
		return false
	}
	neg := strings.Contains(base, "Not")
	if len(got) == 0 {
		return ifExists || set == "ForAllValues" || set == "" && neg
	}
	one := func(g string) bool {
		for _, w := range want {
			if n.match(base, w, g, vars) {
				return !neg
			}
		}
		return neg
	}
	all, any := true, false
	for _, g := range got {
		all = all && one(g)
		any = any || one(g)
	}
	if set == "ForAllValues" {
		return all
	}
	return any
}

func (n naive) match(base, want, got string, vars bool) bool {
	switch strings.Replace(base, "Not", "", 1) {
	case "StringEquals":
		re, ok := n.expr(want, vars, false)
		return ok && regexp.MustCompile(`(?s)`+re).MatchString(got)
	case "StringEqualsIgnoreCase":
		re, ok := n.expr(want, vars, false)
		return ok && regexp.MustCompile(`(?si)`+re).MatchString(got)
	case "StringLike":
		re, ok := n.expr(want, vars, true)
		return ok && regexp.MustCompile(`(?s)`+re).MatchString(got)
	case "NumericLessThan":
		a, e1 := strconv.Atoi(got)
		b, e2 := strconv.Atoi(want)
		return e1 == nil && e2 == nil && a < b
	case "NumericGreaterThanEquals":
		a, e1 := strconv.Atoi(got)
		b, e2 := strconv.Atoi(want)
		return e1 == nil && e2 == nil && a >= b
	case "Bool":
		return (want == "true" || want == "false") && strings.EqualFold(want, got)
	case "IpAddress":
		_, cidr, err := net.ParseCIDR(want)
		ip := net.ParseIP(got)
		return err == nil && ip != nil && cidr.Contains(ip)
	}
	panic("no such operator: " + base)
}

func genDoc(t *rapid.T) string {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	list := func(label string, from ...string) any {
		vs := rapid.SliceOfN(rapid.SampledFrom(from), 1, 3).Draw(t, label)
		if len(vs) == 1 {
			return vs[0]
		}
		return vs
	}
	var statements []any
	for i := range rapid.IntRange(1, 3).Draw(t, "statements") {
		s := map[string]any{"Effect": pick("effect", "Allow", "Allow", "Deny"), "Sid": fmt.Sprint("S", i)}
		s[pick("action element", "Action", "Action", "NotAction")] = list("actions",
			"sts:AssumeRoleWithSAML", "STS:assumerole*", "sts:*", "*", "connect:Get*", "sts:TagSession", "sts:AssumeRoleWith?AML")
		s[pick("resource element", "Resource", "Resource", "NotResource")] = list("resources",
			"*", "xy", "x*", "?y", "${t:one}", "${t:none}", "${t:none, 'xy'}", "x${*}", "${t:many}*", "$y", "x${")
		cond := map[string]any{}
		for range rapid.IntRange(0, 2).Draw(t, "conditions") {
			base := pick("operator", "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase",
				"NumericLessThan", "NumericGreaterThanEquals", "Bool", "IpAddress", "NotIpAddress", "Null")
			key := pick("key", "t:one", "T:One", "t:many", "t:none", "t:num", "t:ip", "t:bool")
			set := ""
			if key == "t:many" || rapid.Bool().Draw(t, "set") {
				set = pick("set operator", "ForAllValues:", "ForAnyValue:")
			}
			exists := ""
			if base != "Null" && rapid.Bool().Draw(t, "exists") {
				exists = "IfExists"
			}
			// A negated operator with a variable that has no value is not
			// defined, so such values are kept out of it.
			vals := []string{"xy", "x*", "XY", "?y", "", "5", "true", "false", "10.0.0.0/8", "${t:one, 'x'}", "${t:one , 'a'}*", "${*}", "a"}
			if !strings.Contains(base, "Not") {
				vals = append(vals, "${t:none}", "${t:one}", "${t:one}*")
			}
			if base == "Null" {
				vals = []string{"true", "false"}
			}
			cond[set+base+exists] = map[string]any{key: list("values", vals...)}
		}
		if len(cond) > 0 {
			s["Condition"] = cond
		}
		statements = append(statements, s)
	}
	b, err := json.Marshal(map[string]any{"Version": pick("version", "2012-10-17", "2012-10-17", "2008-10-17"), "Statement": statements})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAgainstNaive(t *testing.T) {
	outcomes := map[string]int{}
	tries := 0
	rapid.Check(t, func(t *rapid.T) {
		tries++
		doc := genDoc(t)
		word := rapid.SampledFrom([]string{"xy", "XY", "x", "x*", "5", "${t:one}", "ay"})
		n := naive{single: map[string]string{}, multi: map[string][]string{}}
		c := Context{"*": Missing()}
		if rapid.Bool().Draw(t, "has one") {
			v := word.Draw(t, "one")
			n.single["t:one"], c["t:one"] = v, One(v)
		}
		if vs := rapid.SliceOfN(word, 0, 3).Draw(t, "many"); true {
			n.multi["t:many"], c["t:many"] = vs, Many(vs...)
		}
		for k, v := range map[string]string{"t:num": "4", "t:ip": "10.1.2.3", "t:bool": "True"} {
			n.single[k], c[k] = v, One(v)
		}
		p, err := Parse(doc)
		if err != nil {
			t.Fatalf("%s: %v", doc, err)
		}
		action := rapid.SampledFrom([]string{"sts:AssumeRoleWithSAML", "connect:GetFederationToken", "sts:TagSession"}).Draw(t, "action")
		resource := rapid.SampledFrom([]string{"xy", "x", "x*", "ay", "$y", "${t:one}", "x${"}).Draw(t, "resource")
		got := Evaluate([]Policy{p}, Request{Action: action, Resource: resource, Context: c})
		want := n.decide(doc, action, resource)
		outcomes[want]++
		if got.Outcome.String() != want {
			t.Fatalf("%s\n%s on %s, one %v many %v: got %v, want %s", doc, action, resource, n.single, n.multi, got.Outcome, want)
		}
	})
	// An outcome that is one in twenty is easily missed in a hundred tries; in
	// a thousand (-rapid.checks 1000) the generator has to reach them all.
	if len(outcomes) < 3 && tries >= 1000 {
		t.Errorf("the generator reaches only %v", outcomes)
	}
}

// What is unknown must stand between: replacing an unknown key by any value,
// or by its absence, must never turn a refusal into a permission or the other
// way round.
func TestUnknownIsNeverContradicted(t *testing.T) {
	decided := 0
	rapid.Check(t, func(t *rapid.T) {
		p, err := Parse(genDoc(t))
		if err != nil {
			t.Fatal(err)
		}
		c := Context{"*": Missing(), "t:many": Many("x", "xy"), "t:num": One("4"), "t:ip": One("10.1.2.3"), "t:bool": One("true")}
		r := Request{Action: "sts:AssumeRoleWithSAML", Resource: "xy", Context: c.With(Context{"t:one": {}})}
		blind := Evaluate([]Policy{p}, r).Outcome
		if blind == Undecided {
			return
		}
		decided++
		v := rapid.SampledFrom([]Value{Missing(), One("xy"), One("x"), One(""), One("XY"), One("*")}).Draw(t, "value")
		r.Context = c.With(Context{"t:one": v})
		if seen := Evaluate([]Policy{p}, r).Outcome; seen != Undecided && (seen == Allowed) != (blind == Allowed) {
			t.Fatalf("%s: %v without the key, %v with %v", p.Text, blind, seen, v)
		}
	})
	if decided == 0 {
		t.Error("nothing was ever decided without the key")
	}
}
