package catalog

// The pages that rules refer to.
const (
	pageTroubleshoot = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html"
	pageAssertions   = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html"
	pageConsole      = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-saml.html"
	pageProviders    = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml.html"
	pageKeys         = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html"
	pageQuotas       = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
	pageSessionTags  = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"
	pageSource       = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html"
	pageSTSRegions   = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html"
	pageARNs         = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"
	pageAssumeRole   = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html"
	pageEndpoints    = "https://docs.aws.amazon.com/general/latest/gr/signin-service.html"
	pageConnectSAML  = "https://docs.aws.amazon.com/connect/latest/adminguide/configure-saml.html"
	pageCenterHelp   = "https://docs.aws.amazon.com/singlesignon/latest/userguide/troubleshooting.html"
	pageCenterABAC   = "https://docs.aws.amazon.com/singlesignon/latest/userguide/attributesforaccesscontrol.html"
	pageCenterApps   = "https://docs.aws.amazon.com/singlesignon/latest/userguide/manage-your-applications.html"
	pageSCP          = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"
	pageRCP          = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"
	pageSAMLCore     = "https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf"
	pageSAMLProfiles = "https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf"
	pageSAMLBindings = "https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf"
	pageDevTools     = "https://developer.chrome.com/docs/devtools/network/reference"
	pageViewSAML     = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml_view-saml-response.html"
)

// Pages on Amazon Connect and CloudTrail.
const (
	pageConnectHelp      = "https://docs.aws.amazon.com/connect/latest/adminguide/troubleshoot-saml.html"
	pageGlobalResiliency = "https://docs.aws.amazon.com/connect/latest/adminguide/integrate-idp.html"
	pageConnectUser      = "https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateUser.html"
	pageTrailSTS         = "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html"
	pageTrailLookup      = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html"
)
