package endpoint

import (
	"strings"

	"example.com/samlens/diag/expression"
)

// A Partition is a separate AWS: accounts and ARNs do not cross.
type Partition string

// The partitions in which Amazon Connect or AWS sign-in exist.
const (
	AWS      Partition = "aws"
	China    Partition = "aws-cn"
	GovCloud Partition = "aws-us-gov"
)

// Of returns the partition of a Region by its name's prefix.
func Of(region string) Partition {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return China
	case strings.HasPrefix(region, "us-gov-"):
		return GovCloud
	}
	return AWS
}

var regionForm = expression.Lazy(`^[a-z]{2,3}(-[a-z]+){1,2}-\d{1,2}$`)

// IsRegion reports whether s has the form of a Region's name.
func IsRegion(s string) bool { return regionForm().MatchString(s) }

// SignIn returns the partition's global sign-in ACS.
func (p Partition) SignIn() string {
	switch p {
	case China:
		return "https://signin.amazonaws.cn/saml"
	case GovCloud:
		return "https://signin.amazonaws-us-gov.com/saml"
	case AWS:
	}
	return "https://signin.aws.amazon.com/saml"
}

// RegionalSignIn returns the sign-in ACS of a Region.
func RegionalSignIn(region string) string {
	switch Of(region) {
	case China:
		return "https://" + region + ".signin.amazonaws.cn/saml"
	case GovCloud:
		return "https://" + region + ".signin.amazonaws-us-gov.com/saml"
	case AWS:
	}
	return "https://" + region + ".signin.aws.amazon.com/saml"
}

// Federate returns the relay state that leads to a Connect instance.
func Federate(region, instance string) string {
	host := region + ".console.aws.amazon.com"
	switch Of(region) {
	case China:
		host = region + ".console.amazonaws.cn"
	case GovCloud:
		host = "console.amazonaws-us-gov.com"
	case AWS:
	}
	return "https://" + host + "/connect/federate/" + instance
}
