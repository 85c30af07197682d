package emulator_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/smithy-go/middleware"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/live"
)

// config is what a client needs to talk to a server, without retries.
func config(s *emulator.Server) aws.Config { return configIn(s, "us-east-1") }

func configIn(s *emulator.Server, region string) aws.Config {
	return aws.Config{
		Region: region, BaseEndpoint: aws.String(s.URL()), RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", ""),
		HTTPClient:  &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
		APIOptions:  []func(*middleware.Stack) error{live.PlainBodies},
	}
}

func keyPEM(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "keys", name+".key"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
