// Package policy reads IAM policy documents and judges the few requests that
// a SAML sign-in to Amazon Connect makes: sts:AssumeRoleWithSAML with
// sts:TagSession and sts:SetSourceIdentity against a role's trust policy,
// connect:GetFederationToken against its permissions, and either against
// service and resource control policies.
//
// The judge is three-valued. A condition key whose value nobody knows gives
// [Unknown], never false: AWS knew the value when it decided, and this package
// does not. Every answer names the statement and the condition that decided,
// what it wanted and what it got, with their bytes in the document.
//
// The rules of evaluation are those of the IAM User Guide: "IAM JSON policy
// elements: Condition operators", "Set operators for multivalued context
// keys", "Variables and tags", "Resource", "Policy evaluation logic". Which
// keys a SAML call carries is from the Service Authorization Reference of AWS
// STS and "IAM and AWS STS condition context keys".
package policy
