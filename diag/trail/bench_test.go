//go:build unix

package trail

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/klauspost/compress/gzip"
)

// logs are 40 files of 2,000 records each, as AWS writes them: one record in
// fifty matters. The goal is 1.4 times what decompressing alone costs; run
//
//	go test ./diag/trail -run '^$' -bench . -benchtime 5x
var logs = sync.OnceValue(func() fstest.MapFS {
	r := rand.New(rand.NewPCG(3, 4))
	fsys := fstest.MapFS{}
	hex := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("0123456789abcdef"[r.IntN(16)])
		}
		return b.String()
	}
	for f := range 40 {
		var b strings.Builder
		b.WriteString(`{"Records":[`)
		for i := range 2000 {
			if i > 0 {
				b.WriteByte(',')
			}
			if i%50 == 7 {
				b.WriteString(federation(hex(32), "2026-11-23T09:00:00Z", "user"+hex(3), ""))
				continue
			}
			fmt.Fprintf(&b, `{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","principalId":"AROA%s:session","arn":"arn:aws:sts::111122223333:assumed-role/app/session","accountId":"111122223333","accessKeyId":"ASIA%s","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAX","arn":"arn:aws:iam::111122223333:role/app","accountId":"111122223333","userName":"app"},"attributes":{"creationDate":"2026-11-23T08:00:00Z","mfaAuthenticated":"false"}}},"eventTime":"2026-11-23T09:%02d:%02dZ","eventSource":"kms.amazonaws.com","eventName":"Decrypt","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.%d","userAgent":"aws-sdk-go/1.44 (go1.26; linux; amd64)","requestParameters":{"encryptionAlgorithm":"SYMMETRIC_DEFAULT","encryptionContext":{"app":"%s","note":"{\"a\":\"b\"}"},"keyId":"arn:aws:kms:us-east-1:111122223333:key/%s"},"responseElements":null,"requestID":"%s","eventID":"%s","readOnly":true,"resources":[{"accountId":"111122223333","type":"AWS::KMS::Key","ARN":"arn:aws:kms:us-east-1:111122223333:key/%s"}],"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"kms.us-east-1.amazonaws.com"}}`,
				hex(17), hex(16), r.IntN(60), r.IntN(60), r.IntN(256), hex(8), hex(32), hex(32), hex(32), hex(32))
		}
		b.WriteString("]}")
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		io.WriteString(w, b.String())
		w.Close()
		fsys[fmt.Sprintf("AWSLogs/f%02d.json.gz", f)] = &fstest.MapFile{Data: z.Bytes()}
	}
	return fsys
})

// loop runs f and tells the processor time it takes as well: on a busy machine
// that is what can be compared.
func loop(b *testing.B, f func()) {
	cpu := func() time.Duration {
		var u syscall.Rusage
		if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	runtime.GC()
	start := cpu()
	for b.Loop() {
		f()
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N)/1e6, "cpu-ms/op")
}

func BenchmarkFolder(b *testing.B) {
	fsys := logs()
	loop(b, func() {
		es, _, err := Folder(b.Context(), fsys, ".")
		if err != nil || len(es) != 40*40 {
			b.Fatalf("%d events, %v", len(es), err)
		}
	})
}

func each(b *testing.B, f func(io.Reader)) {
	for _, file := range logs() {
		z, err := gzip.NewReader(bytes.NewReader(file.Data))
		if err != nil {
			b.Fatal(err)
		}
		f(z)
	}
}

// BenchmarkGunzip is the least that any reader has to do.
func BenchmarkGunzip(b *testing.B) {
	logs()
	loop(b, func() { each(b, func(r io.Reader) { io.Copy(io.Discard, r) }) })
}

// BenchmarkWalk looks at every record, as is done for other layouts.
func BenchmarkWalk(b *testing.B) {
	logs()
	loop(b, func() {
		each(b, func(r io.Reader) {
			var t taker
			if err := t.walk(r); err != nil || len(t.events) != 40 {
				b.Fatalf("%d events, %v", len(t.events), err)
			}
		})
	})
}

// BenchmarkStandardLibrary decodes every record with encoding/json.
func BenchmarkStandardLibrary(b *testing.B) {
	logs()
	loop(b, func() {
		each(b, func(r io.Reader) {
			var f struct {
				Records []struct {
					EventName, EventTime, EventID, ErrorCode string
					RequestParameters                        map[string]any
				}
			}
			if err := json.NewDecoder(r).Decode(&f); err != nil || len(f.Records) != 2000 {
				b.Fatal(err)
			}
		})
	})
}
