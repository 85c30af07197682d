package policy

import (
	"strings"
	"testing"
)

func TestConditionEdits(t *testing.T) {
	const one = `{"Statement":{"Effect":"Allow","Action":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}},"Resource":"*"}}`
	const two = `{"Statement":[{"Effect":"Allow","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}},{"Effect":"Allow","Condition":{"Bool":{"a":"true", "b":"true"},"StringEquals":{"c":"d"}}}]}`
	for _, x := range []struct {
		name, doc, want string
		do              func(string) (string, error)
	}{
		{"all of it", one, `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`,
			func(d string) (string, error) { return RemoveCondition(d, 0, "Bool", "aws:multifactorauthpresent") }},
		{"the first key", two, strings.Replace(two, `"a":"true", `, "", 1),
			func(d string) (string, error) { return RemoveCondition(d, 1, "Bool", "a") }},
		{"the last key", two, strings.Replace(two, `, "b":"true"`, "", 1),
			func(d string) (string, error) { return RemoveCondition(d, 1, "Bool", "b") }},
		{"an operator", two, strings.Replace(two, `,"StringEquals":{"c":"d"}`, "", 1),
			func(d string) (string, error) { return RemoveCondition(d, 1, "StringEquals", "c") }},
		{"the last element", two, strings.Replace(two, `,"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`, "", 1),
			func(d string) (string, error) { return RemoveCondition(d, 0, "Bool", "aws:MultiFactorAuthPresent") }},
		{"an element", `{"Statement":[{"Effect":"Allow",` + "\n  " + `"Action":"x"}]}`, `{"Statement":[{"Effect":"Allow",` + "\n  " + `"Action":"x",` + "\n  " + `"Condition": {"StringEquals": {"k": "v\"&"}}}]}`,
			func(d string) (string, error) { return AddCondition(d, 0, "StringEquals", "k", `v"&`) }},
		{"an operator more", two, strings.Replace(two, `"c":"d"}`, `"c":"d"},"Null": {"k": "true"}`, 1),
			func(d string) (string, error) { return AddCondition(d, 1, "Null", "k", "true") }},
		{"a key more", two, strings.Replace(two, `"b":"true"`, `"b":"true", "k": "v"`, 1),
			func(d string) (string, error) { return AddCondition(d, 1, "Bool", "k", "v") }},
		{"in an empty object", `{"Statement":[{"Effect":"Allow","Condition":{}}]}`, `{"Statement":[{"Effect":"Allow","Condition":{"Bool": {"k": "v"}}}]}`,
			func(d string) (string, error) { return AddCondition(d, 0, "Bool", "k", "v") }},
	} {
		got, err := x.do(x.doc)
		if err != nil || got != x.want {
			t.Errorf("%s: %v\n got %s\nwant %s", x.name, err, got, x.want)
		}
	}
	for _, x := range []func() (string, error){
		func() (string, error) { return RemoveCondition(two, 1, "Bool", "z") },
		func() (string, error) { return RemoveCondition(two, 7, "Bool", "a") },
		func() (string, error) { return RemoveCondition("{", 0, "Bool", "a") },
		func() (string, error) { return AddCondition(two, 1, "Bool", "a", "v") },
	} {
		if _, err := x(); err == nil {
			t.Error("no error where there is nothing to change")
		}
	}
}
