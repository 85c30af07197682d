package endpoint

import (
	"strings"

	"example.com/samlens/diag/expression"
)

// An ARN is an Amazon Resource Name in its parts.
type ARN struct {
	Partition                          Partition
	Service, Region, Account, Resource string
}

// String puts the parts together again.
func (a ARN) String() string {
	return strings.Join([]string{"arn", string(a.Partition), a.Service, a.Region, a.Account, a.Resource}, ":")
}

// Name is the last segment of the resource: a role's name without its path.
func (a ARN) Name() string {
	return a.Resource[strings.LastIndexByte(a.Resource, '/')+1:]
}

var accountForm = expression.Lazy(`^\d{12}$`)

// ParseARN takes an ARN apart. It reports false for what is none.
func ParseARN(s string) (ARN, bool) {
	p := strings.SplitN(s, ":", 6)
	if len(p) != 6 || p[0] != "arn" || p[1] == "" || p[2] == "" || p[5] == "" {
		return ARN{}, false
	}
	return ARN{Partition(p[1]), p[2], p[3], p[4], p[5]}, true
}

var (
	rolePath     = expression.Lazy(`^role/([!-~]{1,510}/)?[\w+=,.@-]{1,64}$`)
	providerName = expression.Lazy(`^saml-provider/[\w.-]{1,128}$`)
)

// IsRole reports whether a has the form of an IAM role's ARN.
func (a ARN) IsRole() bool {
	return a.Service == "iam" && a.Region == "" && accountForm().MatchString(a.Account) && rolePath().MatchString(a.Resource)
}

// IsProvider reports whether a has the form of a SAML provider's ARN.
func (a ARN) IsProvider() bool {
	return a.Service == "iam" && a.Region == "" && accountForm().MatchString(a.Account) && providerName().MatchString(a.Resource)
}
