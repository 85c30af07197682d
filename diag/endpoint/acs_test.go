package endpoint

import "testing"

func TestParseACS(t *testing.T) {
	for _, x := range []struct {
		in        string
		kind      Kind
		partition Partition
		region    string
		provider  string
		near      bool
	}{
		{"https://signin.aws.amazon.com/saml", Sign, AWS, "", "", false},
		{"https://signin.aws.amazon.com/static/saml", Sign, AWS, "", "", false},
		{"https://us-east-1.signin.aws.amazon.com/saml", Sign, AWS, "us-east-1", "", false},
		{"https://eu-central-1.signin.aws.amazon.com/saml/acs/SAMLSPD9IMTW2LM46J042K", Sign, AWS, "eu-central-1", "SAMLSPD9IMTW2LM46J042K", false},
		{"https://signin.amazonaws-us-gov.com/saml", Sign, GovCloud, "", "", false},
		{"https://us-gov-east-1.signin.amazonaws-us-gov.com/saml", Sign, GovCloud, "us-gov-east-1", "", false},
		{"https://signin.amazonaws.cn/saml", Sign, China, "", "", false},
		{"https://cn-northwest-1.signin.amazonaws.cn/saml", Sign, China, "cn-northwest-1", "", false},
		{"https://contact.us-west-2.sign-in.connect.aws/saml?&instanceId=x&accountId=1", ConnectGlobal, AWS, "us-west-2", "", false},
		{"https://us-east-1.signin.aws.amazon.com/platform/saml/acs/11111111-2222", IdentityCenter, AWS, "us-east-1", "", false},
		{"https://eu-west-1.signin.aws/platform/saml/acs/1111", IdentityCenter, AWS, "eu-west-1", "", false},
		{"https://signin.aws.amazon.com/SAML", Other, AWS, "", "", true},
		{"http://signin.aws.amazon.com/saml", Sign, AWS, "", "", true},
		{"https://signin.aws.amazon.com.evil.example/saml", Other, "", "", "", false},
		{"https://example.com/saml", Other, "", "", "", false},
		{"::", Other, "", "", "", false},
		{"", Other, "", "", "", false},
	} {
		a := ParseACS(x.in)
		if a.Kind != x.kind || a.Partition != x.partition || a.Region != x.region || a.ProviderID != x.provider || (a.Near != "") != x.near {
			t.Errorf("ParseACS(%q) = %+v", x.in, a)
		}
	}
}

func TestSameForgivesOnlyWhatAWSForgives(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want bool
	}{
		{"https://signin.aws.amazon.com/saml", "https://SIGNIN.aws.amazon.com/saml", true},
		{"https://signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml?x=1", true},
		{"https://a.b.sign-in.connect.aws/saml?&instanceId=1", "https://a.b.sign-in.connect.aws/saml?instanceId=1", true},
		{"https://signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml/", false},
		{"https://signin.aws.amazon.com/saml", "https://eu-west-1.signin.aws.amazon.com/saml", false},
		{"https://signin.aws.amazon.com/saml", "http://signin.aws.amazon.com/saml", false},
	} {
		if got := Same(x.a, x.b); got != x.want {
			t.Errorf("Same(%q, %q) = %v", x.a, x.b, got)
		}
	}
}

func TestParseRelay(t *testing.T) {
	const id = "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
	for _, x := range []struct {
		in       string
		target   Target
		served   string
		instance string
		problem  bool
	}{
		{"https://eu-central-1.console.aws.amazon.com/connect/federate/" + id, ToConnect, "eu-central-1", id, false},
		{"https://console.aws.amazon.com/connect/federate/" + id, ToConnect, "us-east-1", id, false},
		{"https://console.amazonaws-us-gov.com/connect/federate/" + id, ToConnect, "us-gov-west-1", id, false},
		{"https://us-east-1.console.aws.amazon.com/connect/federate/" + id + "?destination=%2Fccp-v2%2Fchat&new_domain=true", ToConnect, "us-east-1", id, false},
		{"https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F" + id, ToConnect, "us-east-1", id, true},
		{"https://us-east-1.console.aws.amazon.com/connect/federate/", ToConnect, "us-east-1", "", true},
		{"https://us-east-1.console.aws.amazon.com/connect/federate/arn:aws:connect:x", ToConnect, "us-east-1", "arn:aws:connect:x", true},
		{"https://us-east1.console.aws.amazon.com/connect/federate/" + id, ToConnect, "us-east1", id, true},
		{"https://northwind.my.connect.aws/ccp-v2", ToConnect, "", "", true},
		{"us-east-1.console.aws.amazon.com/connect/federate/" + id, ToConnect, "", "", true},
		{"https://us-east-1.console.aws.amazon.com/console/home", ToConsole, "us-east-1", "", false},
		{"https://d-1234.awsapps.com/start", ToPortal, "", "", false},
		{"https://example.com/", ToElse, "", "", false},
		{"", ToElse, "", "", false},
	} {
		r := ParseRelay(x.in)
		if r.Target != x.target || r.ServedFrom() != x.served || r.Instance != x.instance || (r.Problem != "") != x.problem {
			t.Errorf("ParseRelay(%q) = %+v", x.in, r)
		}
	}
}

func TestFederateIsWhatParseRelayReads(t *testing.T) {
	const id = "6f0c2c3e-91d4-4d0b-8f53-2b8a5c7be911"
	for _, region := range []string{"us-east-1", "ap-southeast-2", "us-gov-west-1", "cn-north-1"} {
		r := ParseRelay(Federate(region, id))
		if r.Instance != id || r.Problem != "" || r.Partition != Of(region) || r.ServedFrom() != region {
			t.Errorf("Federate(%q) reads back as %+v", region, r)
		}
		if a := ParseACS(RegionalSignIn(region)); !a.OK() || a.Region != region || a.Partition != Of(region) {
			t.Errorf("RegionalSignIn(%q) reads back as %+v", region, a)
		}
	}
}

func TestParseARN(t *testing.T) {
	a, ok := ParseARN("arn:aws-us-gov:iam::123456789012:role/contact/Federation")
	if !ok || !a.IsRole() || a.IsProvider() || a.Name() != "Federation" || a.Partition != GovCloud {
		t.Errorf("got %+v %v", a, ok)
	}
	if a, ok := ParseARN("arn:aws:iam::123456789012:saml-provider/Okta"); !ok || !a.IsProvider() {
		t.Errorf("got %+v %v", a, ok)
	}
	for _, bad := range []string{"", "arn:aws:iam", "role/x", "arn::iam::1:role/x"} {
		if _, ok := ParseARN(bad); ok {
			t.Errorf("ParseARN(%q) took it", bad)
		}
	}
}

func FuzzAddresses(f *testing.F) {
	f.Add("https://us-east-1.console.aws.amazon.com/connect/federate/x?destination=%2F")
	f.Add("https://signin.aws.amazon.com/saml/acs/SAMLSP1")
	f.Fuzz(func(_ *testing.T, s string) {
		ParseACS(s)
		ParseRelay(s)
		ParseARN(s)
		Same(s, s)
	})
}
