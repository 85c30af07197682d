package policy

import "strings"

// A family is the kind of comparison that an operator makes.
type family uint8

const (
	stringFamily family = iota
	numericFamily
	dateFamily
	boolFamily
	binaryFamily
	ipFamily
	arnFamily
	nullFamily
)

// An operator is a condition operator, taken apart.
type operator struct {
	base     string // the documented spelling, such as "StringNotLike"
	family   family
	negated  bool   // a missing key makes it true, several values are NOR
	like     bool   // * and ? are wildcards
	fold     bool   // case does not matter
	compare  string // "<", "<=", ">", ">=" or "" for equality
	set      string // "ForAllValues", "ForAnyValue" or ""
	ifExists bool
	odd      bool // written in another case than documented
}

// String spells the operator as AWS documents it.
func (o operator) String() string {
	s := o.base
	if o.set != "" {
		s = o.set + ":" + s
	}
	if o.ifExists {
		s += "IfExists"
	}
	return s
}

// operators is the table of "IAM JSON policy elements: Condition operators".
var operators = []operator{
	{base: "StringEquals"},
	{base: "StringNotEquals", negated: true},
	{base: "StringEqualsIgnoreCase", fold: true},
	{base: "StringNotEqualsIgnoreCase", fold: true, negated: true},
	{base: "StringLike", like: true},
	{base: "StringNotLike", like: true, negated: true},
	{base: "NumericEquals", family: numericFamily},
	{base: "NumericNotEquals", family: numericFamily, negated: true},
	{base: "NumericLessThan", family: numericFamily, compare: "<"},
	{base: "NumericLessThanEquals", family: numericFamily, compare: "<="},
	{base: "NumericGreaterThan", family: numericFamily, compare: ">"},
	{base: "NumericGreaterThanEquals", family: numericFamily, compare: ">="},
	{base: "DateEquals", family: dateFamily},
	{base: "DateNotEquals", family: dateFamily, negated: true},
	{base: "DateLessThan", family: dateFamily, compare: "<"},
	{base: "DateLessThanEquals", family: dateFamily, compare: "<="},
	{base: "DateGreaterThan", family: dateFamily, compare: ">"},
	{base: "DateGreaterThanEquals", family: dateFamily, compare: ">="},
	{base: "Bool", family: boolFamily},
	{base: "BinaryEquals", family: binaryFamily},
	{base: "IpAddress", family: ipFamily},
	{base: "NotIpAddress", family: ipFamily, negated: true},
	// The Equals and Like forms of the Arn operators behave alike.
	{base: "ArnEquals", family: arnFamily, like: true},
	{base: "ArnLike", family: arnFamily, like: true},
	{base: "ArnNotEquals", family: arnFamily, like: true, negated: true},
	{base: "ArnNotLike", family: arnFamily, like: true, negated: true},
	{base: "Null", family: nullFamily},
}

func parseOperator(s string) (operator, bool) {
	set, rest := "", s
	if head, tail, ok := strings.Cut(s, ":"); ok {
		switch {
		case strings.EqualFold(head, "ForAllValues"):
			set = "ForAllValues"
		case strings.EqualFold(head, "ForAnyValue"):
			set = "ForAnyValue"
		default:
			return operator{}, false
		}
		rest = tail
	}
	const suffix = "IfExists"
	exists := false
	if n := len(rest) - len(suffix); n > 0 && strings.EqualFold(rest[n:], suffix) {
		rest, exists = rest[:n], true
	}
	for _, o := range operators {
		if strings.EqualFold(o.base, rest) {
			o.set, o.ifExists = set, exists
			o.odd = o.String() != s
			return o, true
		}
	}
	return operator{}, false
}

// variables reports whether the operator resolves ${…}: those that compare
// strings and ARNs do.
func (o operator) variables() bool { return o.family == stringFamily || o.family == arnFamily }
