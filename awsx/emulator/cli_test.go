package emulator_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// The AWS CLI talks to a world as to AWS.
func TestAWSCLI(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the AWS CLI seven times, a second each")
	}
	path, err := exec.LookPath("aws")
	if err != nil {
		t.Skip("the AWS CLI is not installed")
	}
	w := northwind(t)
	w.Trail = append(w.Trail, events(60, monday, "us-east-1")...)
	s := start(t, w)
	for _, c := range []struct {
		args string
		want []string
	}{
		{"sts get-caller-identity", []string{`"Account": "111122223333"`}},
		{"iam get-saml-provider --saml-provider-arn " + provider, []string{`entityID=\"` + issuer, `"ValidUntil"`}},
		{"iam get-role --role-name agents", []string{`"Federated": "` + provider, `"MaxSessionDuration": 43200`}},
		{"connect list-users --instance-id " + instance, []string{`"Username": "Ben.Okafor@northwind.example"`}},
		{"connect search-users --instance-id " + instance + ` --search-criteria {"StringCondition":{"FieldName":"Username","ComparisonType":"EXACT","Value":"dmitri.volkov"}}`, []string{`"Username": "dmitri.volkov"`, `"ApproximateTotalCount": 1`}},
		{"cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithSAML", []string{`"EventId": "us-east-1-0059"`, `errorCode`}},
		{"organizations list-policies-for-target --target-id " + account + " --filter SERVICE_CONTROL_POLICY", []string{`"Name": "FullAWSAccess"`}},
	} {
		name, _, _ := strings.Cut(c.args, " --")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, path, strings.Split(c.args, " ")...)
			home := t.TempDir()
			cmd.Env = []string{
				"PATH=" + os.Getenv("PATH"), "HOME=" + home, "AWS_ENDPOINT_URL=" + s.URL(), "AWS_REGION=us-east-1", "AWS_DEFAULT_REGION=us-east-1",
				"AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=secret", "AWS_EC2_METADATA_DISABLED=true", "AWS_PAGER=", "AWS_MAX_ATTEMPTS=1", "AWS_DEFAULT_OUTPUT=json",
			}
			var stderr strings.Builder
			cmd.Stderr = &stderr
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %s", err, stderr.String())
			}
			if !json.Valid(out) {
				t.Errorf("no JSON: %s", out)
			}
			for _, want := range c.want {
				if !strings.Contains(string(out), want) {
					t.Errorf("%s\nlacks %s", out, want)
				}
			}
		})
	}
}
