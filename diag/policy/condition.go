package policy

import "strings"

// judge evaluates one condition over every reading of its key.
func (cond Condition) judge(c Context, variables bool) (Truth, Value) {
	v := c.Lookup(cond.Key)
	if !cond.known {
		return Unknown, v
	}
	out, first := False, true
	for _, r := range v.readings() {
		t := cond.read(r, c, variables)
		if !first && t != out {
			return Unknown, v
		}
		out, first = t, false
	}
	return out, v
}

// read evaluates the condition for one reading of its key.
func (cond Condition) read(v Value, c Context, variables bool) Truth {
	o := cond.op
	if o.family == nullFamily {
		return cond.null(v)
	}
	if v.Presence == Unsure {
		return Unknown
	}
	if v.Presence == Absent {
		switch {
		case o.ifExists, o.set == "ForAllValues":
			return True
		case o.set == "ForAnyValue":
			return False
		}
		return truth(o.negated)
	}
	switch o.set {
	case "ForAllValues":
		all := True
		for _, got := range v.Values {
			all = min(all, cond.one(got, c, variables))
		}
		return all
	case "ForAnyValue":
		any := False
		for _, got := range v.Values {
			any = max(any, cond.one(got, c, variables))
		}
		return any
	}
	// AWS does not define what an operator without a set prefix makes of
	// several values: it is certain only where they all agree.
	out := cond.one(v.Values[0], c, variables)
	for _, got := range v.Values[1:] {
		if cond.one(got, c, variables) != out {
			return Unknown
		}
	}
	return out
}

// one evaluates the condition for one value of the request: the policy's
// values are joined by OR, and by NOR under a negated operator.
func (cond Condition) one(got string, c Context, variables bool) Truth {
	any, broken := False, false
	for _, want := range cond.Values {
		t, resolved := cond.op.holds(want.Value, got, c, variables)
		any = max(any, t)
		broken = broken || !resolved
	}
	if !cond.op.negated {
		return any
	}
	if broken && any == False {
		// "If AWS cannot resolve a variable, this might cause the entire
		// statement to be invalid": what that makes of a negated operator
		// is not said.
		return Unknown
	}
	return not(any)
}

func (cond Condition) null(v Value) Truth {
	if v.Presence == Unsure {
		return Unknown
	}
	any := false
	for _, want := range cond.Values {
		any = any || strings.EqualFold(want.Value, "true") && v.Presence == Absent ||
			strings.EqualFold(want.Value, "false") && v.Presence == Present
	}
	return truth(any)
}
