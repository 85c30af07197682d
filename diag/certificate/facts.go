package certificate

import (
	"crypto/x509"
	"fmt"
	"math/big"
	"strings"

	"example.com/samlens/diag/evidence"
)

// A Field is one fact of a certificate, as shown. Value is "" where the
// certificate does not say it or it cannot be read.
type Field struct{ Name, Value string }

// The names of the fields, in the order of [Facts].
const (
	FieldSubject   = "subject"
	FieldIssuer    = "issuer"
	FieldSerial    = "serial"
	FieldFrom      = "valid from"
	FieldTo        = "valid to"
	FieldKey       = "key"
	FieldAlgorithm = "signature algorithm"
	FieldUsage     = "key usage"
	FieldSHA1      = "SHA-1"
	FieldSHA256    = "SHA-256"
	FieldSPKI      = "SPKI SHA-256"
	FieldProblem   = "problem"
)

// Facts lists what a certificate says, always the same fields in the same
// order, so that several stand side by side.
func Facts(c evidence.Certificate) []Field {
	v := map[string]string{FieldSHA1: c.SHA1, FieldSHA256: c.SHA256, FieldSPKI: c.SPKI, FieldProblem: c.Err}
	if f, err := parse(c.DER); err == nil {
		v[FieldSubject], v[FieldIssuer] = name(f.TBS.Subject), name(f.TBS.Issuer)
		v[FieldSerial] = serial(f.TBS.Serial)
		v[FieldFrom] = whenText(f.TBS.Validity.NotBefore)
		v[FieldTo] = whenText(f.TBS.Validity.NotAfter)
		v[FieldAlgorithm] = f.Algorithm.Algorithm.String()
	}
	if c.X509 != nil {
		if a := c.X509.SignatureAlgorithm; a != x509.UnknownSignatureAlgorithm {
			v[FieldAlgorithm] = a.String()
		}
		v[FieldUsage] = usage(c.X509)
	}
	if kind, bits := KeySize(c); kind != "" {
		v[FieldKey] = fmt.Sprintf("%s %d", kind, bits)
	}
	if c.RepeatedExtension != "" {
		v[FieldProblem] = strings.TrimPrefix(v[FieldProblem]+"; extension "+c.RepeatedExtension+" occurs twice", "; ")
	}
	var out []Field
	for _, n := range []string{FieldSubject, FieldIssuer, FieldSerial, FieldFrom, FieldTo, FieldKey, FieldAlgorithm, FieldUsage, FieldSHA1, FieldSHA256, FieldSPKI, FieldProblem} {
		out = append(out, Field{n, v[n]})
	}
	return out
}

// serial writes a serial number as openssl does, the sign before it.
func serial(n *big.Int) string {
	if n == nil {
		return ""
	}
	digits := strings.ToUpper(new(big.Int).Abs(n).Text(16))
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	if n.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

func usage(c *x509.Certificate) string {
	var out []string
	for _, u := range []struct {
		bit  x509.KeyUsage
		name string
	}{
		{x509.KeyUsageDigitalSignature, "digital signature"}, {x509.KeyUsageContentCommitment, "content commitment"},
		{x509.KeyUsageKeyEncipherment, "key encipherment"}, {x509.KeyUsageDataEncipherment, "data encipherment"},
		{x509.KeyUsageKeyAgreement, "key agreement"}, {x509.KeyUsageCertSign, "certificate signing"}, {x509.KeyUsageCRLSign, "CRL signing"},
	} {
		if c.KeyUsage&u.bit != 0 {
			out = append(out, u.name)
		}
	}
	return strings.Join(out, ", ")
}

// A Row is one field of several certificates side by side.
type Row struct {
	Name   string
	Values []string
	// Same tells that all columns that say something say the same.
	Same bool
	// Differs tells, for each column, that it differs from the first column
	// that says something.
	Differs []bool
}

// Compare puts certificates side by side, field by field. Fields that none
// of them has are left out.
func Compare(columns []evidence.Certificate) []Row {
	if len(columns) == 0 {
		return nil
	}
	facts := make([][]Field, len(columns))
	for i, c := range columns {
		facts[i] = Facts(c)
	}
	var rows []Row
	for f := range facts[0] {
		r := Row{Name: facts[0][f].Name, Same: true, Differs: make([]bool, len(columns))}
		first := ""
		for i := range columns {
			v := facts[i][f].Value
			r.Values = append(r.Values, v)
			switch {
			case v == "":
			case first == "":
				first = v
			case v != first:
				r.Differs[i], r.Same = true, false
			}
		}
		if first != "" {
			rows = append(rows, r)
		}
	}
	return rows
}
