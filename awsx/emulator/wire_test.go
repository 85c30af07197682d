package emulator_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator"
)

// The module zips of the SDK hold what its own clients send, with every member
// filled in: strings as __Name__, numbers as 1. Each operation that is served
// must find all of it in its input.
func TestSDKSnapshotsDecode(t *testing.T) {
	served := map[string][]string{
		"iam": {"GetSAMLProvider", "UpdateSAMLProvider", "GetRole", "ListRoles", "UpdateAssumeRolePolicy", "ListRolePolicies", "GetRolePolicy",
			"ListAttachedRolePolicies", "GetPolicy", "GetPolicyVersion", "SimulatePrincipalPolicy", "GetAccountSummary", "ListSAMLProviders"},
		"sts":           {"GetCallerIdentity", "AssumeRoleWithSAML"},
		"organizations": {"DescribeOrganization", "ListRoots", "ListParents", "ListPoliciesForTarget", "ListTargetsForPolicy", "DescribePolicy"},
		"ssoadmin":      {"ListInstances", "ListApplications", "DescribeApplication", "ListApplicationAssignments", "GetApplicationAssignmentConfiguration"},
		"identitystore": {"ListUsers", "DescribeUser", "ListGroupMembershipsForMember"},
	}
	for module, ops := range served {
		out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-sdk-go-v2/service/"+module).Output()
		if err != nil {
			t.Skipf("the module's source is not to be found: %v", err)
		}
		for _, op := range ops {
			t.Run(module+"/"+op, func(t *testing.T) {
				snap, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "request_snapshot", op+".request.snap"))
				if err != nil {
					t.Skip("this version of the SDK ships no snapshot of it")
				}
				s := emulatorFor(t)
				rec := httptest.NewRecorder()
				s.Handler().ServeHTTP(rec, replay(t, snap))
				calls := s.Calls()
				if len(calls) != 1 {
					t.Fatalf("not understood: %d %s", rec.Code, rec.Body)
				}
				if missing := unset(reflect.ValueOf(calls[0].Input).Elem(), ""); len(missing) > 0 {
					t.Errorf("%v did not arrive", missing)
				}
				if wrong := misnamed(reflect.ValueOf(calls[0].Input).Elem()); len(wrong) > 0 {
					t.Errorf("%v hold something else", wrong)
				}
			})
		}
	}
}

func emulatorFor(t *testing.T) *emulator.Server {
	t.Helper()
	w := northwind(t)
	w.Faults = []emulator.Fault{{Op: "*", Code: "denied"}} // the input is all that matters
	return start(t, w)
}

func replay(t *testing.T, snap []byte) *http.Request {
	t.Helper()
	line, rest, ok := bytes.Cut(snap, []byte("\n\n"))
	headers, body, ok2 := bytes.Cut(rest, []byte("\n\n"))
	if !ok || !ok2 {
		headers, body = rest, nil
	}
	method, path, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-east-1/x/aws4_request, SignedHeaders=host, Signature=00")
	for sc := bufio.NewScanner(bytes.NewReader(headers)); sc.Scan(); {
		if k, v, ok := strings.Cut(sc.Text(), ": "); ok {
			r.Header.Set(k, v)
		}
	}
	return r
}

// unset lists the members that hold nothing.
func unset(v reflect.Value, path string) []string {
	var out []string
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return []string{path}
		}
		return unset(v.Elem(), path)
	case reflect.Slice:
		if v.Len() == 0 {
			return []string{path}
		}
		for i := range v.Len() {
			out = append(out, unset(v.Index(i), fmt.Sprintf("%s[%d]", path, i))...)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return nil
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out = append(out, unset(v.Field(i), path+"."+v.Type().Field(i).Name)...)
			}
		}
	case reflect.String:
		if v.Len() == 0 {
			return []string{path}
		}
	}
	return out
}

// misnamed lists the string members whose placeholder is another member's.
func misnamed(v reflect.Value) []string {
	var out []string
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		p, ok := reflect.TypeAssert[*string](v.Field(i))
		if !ok || p == nil {
			continue
		}
		if s := strings.Trim(*p, "_"); strings.HasPrefix(*p, "__") && !strings.EqualFold(s, f.Name) {
			out = append(out, f.Name+"="+*p)
		}
	}
	return out
}

// Requests that no client of ours sends are answered all the same.
func TestOddRequests(t *testing.T) {
	s := start(t, northwind(t))
	const auth = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-east-1/x/aws4_request"
	for _, c := range []struct {
		method, path, target, body string
		status                     int
		want                       string
	}{
		{"POST", "/", "", "Action=DeleteRole&Version=2010-05-08", 400, "<Code>InvalidAction</Code>"},
		{"POST", "/", "", "%zz", 400, "<Code>MalformedQueryString</Code>"},
		{"POST", "/", "", "Action=ListRoles&Version=2010-05-08&MaxItems=many", 400, "<Code>SerializationException</Code>"},
		{"POST", "/", "", "Action=ListRoles&Version=2010-05-08&MaxItems=0", 400, "<Code>ValidationError</Code>"},
		{"POST", "/", "CloudTrail_20131101.DeleteTrail", "{}", 400, `"__type":"UnknownOperationException"`},
		{"POST", "/", "CloudTrail_20131101.LookupEvents", "{", 400, `"__type":"SerializationException"`},
		{"POST", "/", "CloudTrail_20131101.LookupEvents", `{"StartTime":"today"}`, 400, `"__type":"SerializationException"`},
		{"POST", "/search-users", "", "[]", 400, "message"},
		{"GET", "/users-summary/" + instance + "?maxResults=lots", "", "", 400, "message"},
		{"DELETE", "/users/a/b", "", "", 405, ""},
		{"GET", "/nowhere", "", "", 404, ""},
	} {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
		r.Header.Set("Authorization", auth)
		if c.target != "" {
			r.Header.Set("X-Amz-Target", c.target)
		}
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, r)
		if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.want) {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, rec.Code, rec.Body)
		}
	}
}

func FuzzRequest(f *testing.F) {
	f.Add("/", "", "Action=SimulatePrincipalPolicy&Version=2010-05-08&ActionNames.member.1=a&ContextEntries.member.1.ContextKeyName=k")
	f.Add("/", "CloudTrail_20131101.LookupEvents", `{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"x"}],"StartTime":1.5}`)
	f.Add("/", "AWSIdentityStore.GetUserId", `{"IdentityStoreId":"d","AlternateIdentifier":{"UniqueAttribute":{"AttributePath":"userName","AttributeValue":"a"}}}`)
	f.Add("/search-users?nextToken=a", "", `{"InstanceId":"i","SearchCriteria":{"AndConditions":[{}]}}`)
	f.Add("/findingv2", "", `{"analyzerArn":"a","filter":{"x":{"eq":["y"]}}}`)
	f.Add("/saml", "", "SAMLResponse=PHg%2B")
	s, err := emulator.Start(f.Context(), emulator.World{Account: account, Now: monday}, emulator.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.Close() })
	f.Fuzz(func(t *testing.T, path, target, body string) {
		r, err := http.NewRequest(http.MethodPost, "http://x/"+strings.TrimPrefix(path, "/"), strings.NewReader(body))
		if err != nil {
			return
		}
		r.RemoteAddr = "127.0.0.1:1"
		r.Header.Set("Authorization", "Credential=A/20261123/us-east-1/x/aws4_request")
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if target != "" {
			r.Header.Set("X-Amz-Target", target)
		}
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, r)
		if rec.Code >= 500 {
			t.Errorf("%d: %s", rec.Code, rec.Body)
		}
	})
}
