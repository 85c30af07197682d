package live

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// hasty is a server that answers while the client still looks for more of the
// body: the SDK has closed the body by then.
type hasty struct {
	attempts int
	sent     [][]byte
	after    error // what the body said once it was closed
}

func (h *hasty) Do(r *http.Request) (*http.Response, error) {
	h.attempts++
	sent, err := io.ReadAll(r.Body)
	h.sent = append(h.sent, sent)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		return nil, err
	}
	// As net/http's transferWriter looks for what is beyond Content-Length.
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		h.after = err
	}
	if h.attempts == 1 {
		return nil, errors.New("connection reset by peer")
	}
	return &http.Response{StatusCode: http.StatusForbidden, Header: http.Header{}, Body: http.NoBody}, nil
}

// A request whose body was closed after all of it was sent has been sent, the
// first time and again.
func TestABodyThatWasSentEndsWithoutAnError(t *testing.T) {
	for _, c := range []struct {
		name string
		call func(aws.Config) error
		sent string
	}{
		{"JSON", func(cfg aws.Config) error {
			_, err := cloudtrail.NewFromConfig(cfg).LookupEvents(t.Context(), &cloudtrail.LookupEventsInput{MaxResults: aws.Int32(7)})
			return err
		}, `{"MaxResults":7}`},
		{"query", func(cfg aws.Config) error {
			_, err := iam.NewFromConfig(cfg).GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("agents")})
			return err
		}, "RoleName=agents"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := &hasty{}
			client, err := Open(t.Context(), Options{BuiltIn: true, Endpoint: "http://127.0.0.1:1", Region: "us-east-1"})
			if err != nil {
				t.Fatal(err)
			}
			cfg := client.in("us-east-1")
			cfg.HTTPClient = h
			cfg.Retryer = func() aws.Retryer { return retry.AddWithMaxBackoffDelay(retry.NewStandard(), time.Millisecond) }
			if err := c.call(cfg); err == nil {
				t.Error("an answer of 403 was taken for success")
			}
			if len(h.sent) != 2 || !strings.Contains(string(h.sent[0]), c.sent) || !bytes.Equal(h.sent[0], h.sent[1]) {
				t.Errorf("sent %q, want %s twice", h.sent, c.sent)
			}
			if h.after != nil {
				t.Errorf("net/http would have taken the request for unsent: %v", h.after)
			}
		})
	}
}
