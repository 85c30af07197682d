package awsx

import "example.com/samlens/diag/evidence"

const (
	providerARN = "arn:{partition}:iam::{account}:saml-provider/{provider}"
	roleARN     = "arn:{partition}:iam::{account}:role/{role}"
	policyARN   = "arn:{partition}:iam::{account}:policy/*"
	managedARN  = "arn:{partition}:iam::aws:policy/*"
	instARN     = "arn:{partition}:connect:{region}:{account}:instance/{instance}"
	everything  = "*" // actions that know no resource
)

// Lookups returns the table of lookups, in the order in which they begin.
func Lookups() []*Lookup {
	id := evidence.NeedIdentity
	named := func(s Subject) bool { return s.Instance != "" && s.Region != "" }
	return []*Lookup{
		{
			Name: "sts:GetCallerIdentity", Title: "whose credentials these are", Gives: id,
			Run: lookIdentity, // needs no permission
		},
		{
			Name: "iam:GetSAMLProvider", Title: "the SAML provider of the assertion", Gives: evidence.NeedProvider, After: id,
			Takes: []Permission{{"iam:GetSAMLProvider", providerARN}}, Run: lookProvider,
		},
		{
			Name: "iam:GetRole", Title: "the roles of the assertion", Gives: evidence.NeedRoles, After: id,
			Takes: []Permission{{"iam:GetRole", roleARN}}, Run: lookRoles,
		},
		{
			Name: "connect:SearchUsers", Title: "the Connect user of that name", Gives: evidence.NeedExact, After: id | evidence.NeedPermissions, AtOnce: named,
			// SearchUsers answers only whom DescribeUser may be asked about.
			Takes: []Permission{{"connect:SearchUsers", instARN}, {"connect:DescribeUser", instARN + "/agent/*"}, {"connect:ListUserProficiencies", instARN + "/agent/*"}},
			Run:   lookExact,
		},
		{
			Name: "cloudtrail:LookupEvents", Title: "CloudTrail's sign-ins", Gives: evidence.NeedTrail, After: id,
			Takes: []Permission{{"cloudtrail:LookupEvents", everything}}, Run: lookTrail,
		},
		{
			Name: "iam:ListSAMLProviders", Title: "the account's SAML providers", Gives: evidence.NeedProviders, After: id,
			Takes: []Permission{{"iam:ListSAMLProviders", everything}}, Run: lookProviders,
		},
		{
			Name: "iam:ListAttachedRolePolicies", Title: "the role's permissions", Gives: evidence.NeedPermissions, After: id | evidence.NeedRoles,
			Takes: []Permission{
				{"iam:ListAttachedRolePolicies", roleARN}, {"iam:ListRolePolicies", roleARN}, {"iam:GetRolePolicy", roleARN},
				{"iam:GetPolicy", policyARN}, {"iam:GetPolicy", managedARN}, {"iam:GetPolicyVersion", policyARN}, {"iam:GetPolicyVersion", managedARN},
			},
			Run: lookPermissions,
		},
		{
			Name: "connect:DescribeInstance", Title: "the Connect instance", Gives: evidence.NeedInstance, After: id | evidence.NeedPermissions, AtOnce: named,
			Takes: []Permission{{"connect:DescribeInstance", instARN}, {"ds:DescribeDirectories", everything}}, Run: lookInstance,
		},
		{
			Name: "connect:ListInstances", Title: "the Connect instances of the Region", Gives: evidence.NeedInstances, After: id | evidence.NeedPermissions, AtOnce: named,
			Takes: []Permission{{"connect:ListInstances", everything}, {"ds:DescribeDirectories", everything}}, Run: lookInstances,
		},
		{
			Name: "connect:ListUsers", Title: "all Connect users", Gives: evidence.NeedUsers, After: id | evidence.NeedExact,
			Takes: []Permission{{"connect:ListUsers", instARN}}, Run: lookUsers,
		},
		{
			Name: "connect:ListAuthenticationProfiles", Title: "the Connect authentication profiles", Gives: evidence.NeedAuthProfiles, After: id | evidence.NeedInstance,
			Takes: []Permission{{"connect:ListAuthenticationProfiles", instARN}, {"connect:DescribeAuthenticationProfile", instARN + "/authentication-profile/*"}},
			Run:   lookAuthProfiles,
		},
		{
			Name: "organizations:ListPoliciesForTarget", Title: "the organization's SCPs and RCPs", Gives: evidence.NeedGuardrails, After: id,
			Takes: []Permission{
				{"organizations:DescribeOrganization", everything}, {"organizations:ListParents", everything},
				{"organizations:ListPoliciesForTarget", everything}, {"organizations:DescribePolicy", everything},
			},
			Run: lookGuardrails,
		},
		{
			Name: "account:ListRegions", Title: "which Regions are enabled", Gives: evidence.NeedRegions, After: id,
			Takes: []Permission{{"account:ListRegions", everything}}, Run: lookRegions,
		},
		{
			Name: "iam:SimulatePrincipalPolicy", Title: "the policy simulator's opinion", Gives: evidence.NeedSimulated,
			After: id | evidence.NeedRoles | evidence.NeedPermissions | evidence.NeedInstance,
			Takes: []Permission{{"iam:SimulatePrincipalPolicy", roleARN}}, Run: lookSimulation,
		},
		{
			Name: "access-analyzer:ListFindingsV2", Title: "Access Analyzer's findings", Gives: evidence.NeedExternal, After: id,
			// The action of ListFindingsV2 is called ListFindings.
			Takes: []Permission{{"access-analyzer:ListAnalyzers", everything}, {"access-analyzer:ListFindings", everything}, {"access-analyzer:GetFinding", everything}},
			Run:   lookExternal,
		},
		{
			Name: "sso:ListApplications", Title: "IAM Identity Center's application and user", Gives: evidence.NeedCenter, After: id,
			Takes: []Permission{
				{"sso:ListInstances", everything}, {"sso:ListApplications", everything}, {"sso:DescribeApplication", everything},
				{"sso:ListApplicationAssignments", everything}, {"sso:GetApplicationAssignmentConfiguration", everything},
				{"identitystore:GetUserId", everything}, {"identitystore:DescribeUser", everything}, {"identitystore:ListGroupMembershipsForMember", everything},
			},
			Run: lookCenter,
		},
		{
			Name: "cloudtrail:LookupEvents", Title: "CloudTrail's changes", Gives: evidence.NeedChanges, After: id | evidence.NeedTrail,
			Takes: []Permission{{"cloudtrail:LookupEvents", everything}}, Run: lookChanges,
		},
	}
}
