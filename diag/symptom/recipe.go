package symptom

// A Recipe is how a piece of evidence is collected by somebody who has a
// browser and a shell. Commands are read-only. In them {role}, {provider},
// {instance} and the like are places to fill in.
type Recipe struct {
	ID    string
	Title string
	// Browsers holds the steps per browser, Shells the commands per shell
	// ("sh", "PowerShell"); empty where the evidence is not there.
	Browsers, Shells []Way
	// Console is the page of the AWS console that shows it; "" for none.
	Console string
	// Flag is the option of samlens that takes the output; "" for a plain
	// file argument or none.
	Flag string
}

// A Way is the steps in one browser or the commands in one shell.
type Way struct {
	In    string
	Steps []string
}

// Recipes returns all recipes.
func Recipes() []Recipe {
	return append(browserRecipes(), cloudRecipes()...)
}

// RecipeOf returns the recipe of that ID.
func RecipeOf(id string) (Recipe, bool) {
	for _, r := range Recipes() {
		if r.ID == id {
			return r, true
		}
	}
	return Recipe{}, false
}

func browserRecipes() []Recipe {
	return []Recipe{
		{ID: "capture", Title: "a HAR capture of the whole sign-in, from the IdP's page to the error", Browsers: []Way{
			{"Chrome", []string{"Open a new private window and press F12.", "Network tab: tick Preserve log.", "Sign in from the IdP's portal until the error shows.",
				"Right-click any request: Save all as HAR (sanitized). The sanitized export still holds the SAML response: treat it as a password for the first five minutes and as personal data afterwards."}},
			{"Edge", []string{"Open a new InPrivate window and press F12.", "Network tab: tick Preserve log.", "Sign in from the IdP's portal until the error shows.",
				"Use the download arrow of the Network tab: Export HAR."}},
			{"Firefox", []string{"Open a new private window and press F12.", "Network tab, gear menu: tick Persist Logs.", "Sign in from the IdP's portal until the error shows.",
				"Right-click any request: Save All As HAR."}},
			{"Safari", []string{"Settings, Advanced: tick Show features for web developers.", "Open a private window, Develop menu: Show Web Inspector.",
				"Network tab: tick Preserve Log.", "Sign in from the IdP's portal until the error shows.", "Export (top right of the Network tab)."}},
		}},
		{ID: "page", Title: "the whole text of the error page and its address", Browsers: []Way{
			{"any", []string{"Select all of the page's text and copy it with everything in brackets: the error code and the request ID stand there.",
				"Copy the address bar up to the first question mark: signin.aws.amazon.com, console.aws.amazon.com and my.connect.aws are different hops."}},
		}},
		{ID: "decode", Title: "the decoded SAML response", Browsers: []Way{
			{"Chrome", []string{"Network tab: click the POST to signin.aws.amazon.com/saml.", "Payload tab: copy the value of SAMLResponse into response.b64."}},
			{"Edge", []string{"Network tab: click the POST to signin.aws.amazon.com/saml.", "Payload tab: copy the value of SAMLResponse into response.b64."}},
			{"Firefox", []string{"Network tab: click the POST to signin.aws.amazon.com/saml.", "Request tab: switch Raw on, copy the value of SAMLResponse into response.b64."}},
			{"Safari", []string{"Network tab: click the POST to signin.aws.amazon.com/saml.", "Preview or Headers, Request Data: copy the value of SAMLResponse into response.b64."}},
		}, Shells: []Way{
			{"sh", []string{"base64 --decode < response.b64 > response.xml"}},
			{"PowerShell", []string{"[System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String((Get-Content -Raw response.b64).Trim())) | Set-Content -Encoding utf8 response.xml"}},
		}},
		{ID: "portal", Title: "the assertion that IAM Identity Center would send", Browsers: []Way{
			{"any", []string{"Sign in to the AWS access portal as the user concerned.", "Hold Shift and click the Amazon Connect tile: \"You are now in administrator mode\".",
				"Choose Copy XML. Nothing is sent before you go on."}},
		}},
		{ID: "clock", Title: "the IdP's clock against true time", Shells: []Way{
			{"sh", []string{"curl -sI https://{idp-host}/ | grep -i '^date:'; date -u"}},
			{"PowerShell", []string{"w32tm /query /status", "w32tm /stripchart /computer:time.aws.com /samples:3 /dataonly"}},
		}},
		{ID: "certificate", Title: "the certificate that a metadata file or response holds", Shells: []Way{
			{"sh", []string{"openssl x509 -in cert.pem -noout -subject -dates -fingerprint -sha256", "openssl x509 -in cert.pem -noout -text | grep 'Public-Key'"}},
			{"PowerShell", []string{"Get-PfxCertificate -FilePath cert.cer | Format-List Subject,NotBefore,NotAfter,Thumbprint"}},
		}},
	}
}

// aws makes the ways of an AWS CLI call, which reads the same in both shells.
func aws(lines ...string) []Way {
	return []Way{{"sh", lines}, {"PowerShell", lines}}
}

func cloudRecipes() []Recipe {
	return []Recipe{
		{ID: "provider", Title: "the IAM SAML provider and its metadata", Flag: "--metadata", Console: "IAM, Identity providers, the provider",
			Shells: aws("aws iam get-saml-provider --saml-provider-arn {provider}")},
		{ID: "providers", Title: "the account's SAML providers", Flag: "--providers", Console: "IAM, Identity providers", Shells: aws("aws iam list-saml-providers")},
		{ID: "trust", Title: "the role and its trust policy", Flag: "--role", Console: "IAM, Roles, the role, Trust relationships",
			Shells: aws("aws iam get-role --role-name {role}")},
		{ID: "permissions", Title: "the role's permission policies and boundary", Flag: "--role-policy", Console: "IAM, Roles, the role, Permissions",
			Shells: aws("aws iam list-attached-role-policies --role-name {role}", "aws iam get-policy --policy-arn {policy}",
				"aws iam get-policy-version --policy-arn {policy} --version-id {version}",
				"aws iam list-role-policies --role-name {role}", "aws iam get-role-policy --role-name {role} --policy-name {name}")},
		{ID: "instance", Title: "the Connect instance: Region, status, identity management", Flag: "--instance", Console: "Amazon Connect, Instances",
			Shells: aws("aws connect describe-instance --region {region} --instance-id {instance}")},
		{ID: "users", Title: "the Connect users, names compared byte for byte", Flag: "--users", Console: "Amazon Connect admin website, Users, User management",
			Shells: aws("aws connect list-users --region {region} --instance-id {instance} --page-size 1000")},
		{ID: "addresses", Title: "the instance's authentication profiles: address ranges and session limits", Console: "Amazon Connect admin website, Users, Authentication profiles",
			Shells: aws("aws connect list-authentication-profiles --region {region} --instance-id {instance}",
				"aws connect describe-authentication-profile --region {region} --instance-id {instance} --authentication-profile-id {profile}")},
		{ID: "trail", Title: "CloudTrail's AssumeRoleWithSAML events, in us-east-1 and in the Region signed in to", Flag: "--trail", Console: "CloudTrail, Event history, Event name AssumeRoleWithSAML",
			Shells: aws("aws cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithSAML",
				"aws cloudtrail lookup-events --region {region} --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithSAML")},
		{ID: "federation-trail", Title: "CloudTrail's GetFederationToken events of Amazon Connect", Flag: "--trail", Console: "CloudTrail, Event history, Event source connect.amazonaws.com",
			Shells: aws("aws cloudtrail lookup-events --region {region} --lookup-attributes AttributeKey=EventSource,AttributeValue=connect.amazonaws.com")},
		{ID: "center-trail", Title: "CloudTrail's ExternalIdPDirectoryLogin events, in the Region of IAM Identity Center", Flag: "--trail", Console: "CloudTrail, Event history",
			Shells: aws("aws cloudtrail lookup-events --region {region} --lookup-attributes AttributeKey=EventName,AttributeValue=ExternalIdPDirectoryLogin")},
		{ID: "changes", Title: "who changed the SAML provider lately", Flag: "--trail", Console: "CloudTrail, Event history, Event name UpdateSAMLProvider",
			Shells: aws("aws cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateSAMLProvider")},
		{ID: "guardrails", Title: "the organization's SCPs and RCPs, from the account up to the root", Console: "AWS Organizations, Policies (management account)",
			Shells: aws("aws organizations list-policies-for-target --target-id {account} --filter SERVICE_CONTROL_POLICY",
				"aws organizations list-policies-for-target --target-id {account} --filter RESOURCE_CONTROL_POLICY",
				"aws organizations list-parents --child-id {account}", "aws organizations describe-policy --policy-id {policy}")},
		{ID: "regions", Title: "which opt-in Regions the account has switched on", Console: "IAM, Account settings, Security Token Service (STS): STS of default Regions shows there alone",
			Shells: aws("aws account list-regions --region-opt-status-contains ENABLED ENABLED_BY_DEFAULT ENABLING DISABLING DISABLED")},
		{ID: "center", Title: "the Identity Center application and who is assigned to it", Console: "IAM Identity Center, Applications, Customer managed",
			Shells: aws("aws sso-admin list-instances", "aws sso-admin list-applications --instance-arn {identity-center}",
				"aws sso-admin list-application-assignments --application-arn {application}")},
		{ID: "center-user", Title: "the user name that IAM Identity Center has", Console: "IAM Identity Center, Users",
			Shells: aws("aws identitystore list-users --identity-store-id {store}")},
	}
}
