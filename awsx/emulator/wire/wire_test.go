package wire

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

type input struct {
	Name  *string
	Count *int32
	When  *time.Time
	On    bool
	Tags  []tag
	Sub   *tag
}

type tag struct{ Key, Value *string }

// unionMemberChoice is a member of a union as the SDK names them.
type unionMemberChoice struct {
	Value tag
	_     struct{}
}

type output struct {
	Echo   *input
	Zero   *int32
	Labels map[string]string
	Choice any
	Empty  []string
}

func echo(_ context.Context, in *input) (*output, error) {
	if in.Name == nil {
		return nil, &Error{Code: "ThrottlingException", Message: "Rate exceeded <slowly>"}
	}
	zero, k := int32(0), "K"
	return &output{Echo: in, Zero: &zero, Labels: map[string]string{"b": "2", "a": "<1>"}, Choice: &unionMemberChoice{Value: tag{Key: &k}}, Empty: []string{}}, nil
}

func TestProtocols(t *testing.T) {
	m := NewMux(func(_ context.Context, c *Call) error {
		if c.Region != "eu-west-1" && c.Region != "" || c.AccessKey != "AKID" && c.AccessKey != "" {
			return errors.New("the scope was not read: " + c.Region + c.AccessKey)
		}
		return nil
	})
	m.Query("q", "1", Op("Echo", echo), Op("Open", echo).Unsigned())
	m.JSON("j", "J", Shape{}, Op("Echo", echo))
	m.REST("r", Shape{LowerNames: true, ISOTimes: true}, Route{"POST /r/{Name}", Op("Echo", echo)}, Route{"GET /r", Op("Echo", echo)})
	for _, c := range []struct {
		name, method, path, target, body string
		unsigned                         bool
		status                           int
		want                             string
	}{
		{name: "query", path: "/", body: "Version=1&Action=Echo&Name=a%26b&Count=3&On=true&When=2026-11-23T09:00:00Z&Tags.member.1.Key=x&Tags.member.2.value=y&Tags.member.4.Key=z&sub.key=s", status: 200,
			want: `<EchoResponse xmlns="https://q.amazonaws.com/doc/1/"><EchoResult><Echo><Name>a&amp;b</Name><Count>3</Count><When>2026-11-23T09:00:00Z</When><On>true</On><Tags><member><Key>x</Key></member><member><Value>y</Value></member></Tags><Sub><Key>s</Key></Sub></Echo><Zero>0</Zero><Labels><entry><key>a</key><value>&lt;1&gt;</value></entry>`},
		{name: "query fails", path: "/", body: "Version=1&Action=Echo", status: 429, want: "<Error><Type>Sender</Type><Code>ThrottlingException</Code><Message>Rate exceeded &lt;slowly&gt;</Message></Error><RequestId>00000000-0000-4000-8000-000000000002</RequestId>"},
		{name: "query unsigned", path: "/", body: "Version=1&Action=Echo&Name=a", unsigned: true, status: 403, want: "MissingAuthenticationToken"},
		{name: "query open", path: "/", body: "Version=1&Action=Open&Name=a", unsigned: true, status: 200, want: "<OpenResult>"},
		{name: "json", path: "/", target: "com.example.J.Echo", body: `{"Name":"a","When":1795424400.5,"Tags":[{"Key":"x"}]}`, status: 200,
			want: `{"Echo":{"Name":"a","When":1795424400.5,"Tags":[{"Key":"x"}]},"Zero":0,"Labels":{"a":"<1>","b":"2"},"Choice":{"Choice":{"Key":"K"}},"Empty":[]}`},
		{name: "json fails", path: "/", target: "J.Echo", body: "", status: 400, want: `{"__type":"ThrottlingException","message":"Rate exceeded <slowly>"}`},
		{name: "rest", path: "/r/a%2Fb?count=7", body: `{"tags":[{"key":"x"}]}`, status: 200,
			want: `{"echo":{"name":"a/b","count":7,"tags":[{"key":"x"}]},"zero":0,"labels":{"a":"<1>","b":"2"},"choice":{"choice":{"key":"K"}},"empty":[]}`},
		{name: "rest fails", method: "GET", path: "/r", status: 429, want: `{"message":"Rate exceeded <slowly>"}`},
		{name: "rest bad", method: "GET", path: "/r?count=1e3", status: 400, want: "not a number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			method := c.method
			if method == "" {
				method = http.MethodPost
			}
			r := httptest.NewRequest(method, c.path, strings.NewReader(c.body))
			if !c.unsigned {
				r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20261123/eu-west-1/q/aws4_request, SignedHeaders=host")
			}
			if c.target != "" {
				r.Header.Set("X-Amz-Target", c.target)
			}
			rec := httptest.NewRecorder()
			m.ServeHTTP(rec, r)
			if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.want) {
				t.Errorf("%d %s\nwant %d %s", rec.Code, rec.Body, c.status, c.want)
			}
			if rec.Header().Get("X-Amzn-Requestid") == "" {
				t.Error("no request ID")
			}
		})
	}
}

func TestBodiesAreBounded(t *testing.T) {
	m := NewMux(nil)
	m.Query("q", "1", Op("Echo", echo))
	rec := httptest.NewRecorder()
	m.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("Version=1&Action=Echo&Name="+strings.Repeat("a", MaxBody))))
	if rec.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", rec.Code)
	}
}
