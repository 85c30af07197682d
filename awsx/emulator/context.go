package emulator

import (
	"strings"
	"time"
)

// attributeKeys maps attributes to the condition keys that trust policies can
// ask for. Attributes that are not here are no keys.
var attributeKeys = map[string]string{
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.1":                                        "saml:edupersonaffiliation",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.2":                                        "saml:edupersonnickname",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.3":                                        "saml:edupersonorgdn",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.4":                                        "saml:edupersonorgunitdn",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.5":                                        "saml:edupersonprimaryaffiliation",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.6":                                        "saml:edupersonprincipalname",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.7":                                        "saml:edupersonentitlement",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.8":                                        "saml:edupersonprimaryorgunitdn",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.9":                                        "saml:edupersonscopedaffiliation",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.10":                                       "saml:edupersontargetedid",
	"urn:oid:1.3.6.1.4.1.5923.1.1.1.11":                                       "saml:edupersonassurance",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.2":                                        "saml:eduorghomepageuri",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.3":                                        "saml:eduorgidentityauthnpolicyuri",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.4":                                        "saml:eduorglegalname",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.5":                                        "saml:eduorgsuperioruri",
	"urn:oid:1.3.6.1.4.1.5923.1.2.1.6":                                        "saml:eduorgwhitepagesuri",
	"urn:oid:2.5.4.3":                                                         "saml:cn",
	"2.5.4.3":                                                                 "saml:commonname",
	"2.5.4.4":                                                                 "saml:surname",
	"2.4.5.42":                                                                "saml:givenname",
	"2.5.4.45":                                                                "saml:x500uniqueidentifier",
	"0.9.2342.19200300100.1.1":                                                "saml:uid",
	"0.9.2342.19200300100.1.3":                                                "saml:mail",
	"0.9.2342.19200300.100.1.45":                                              "saml:organizationstatus",
	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name":              "saml:name",
	"http://schemas.xmlsoap.org/claims/CommonName":                            "saml:commonname",
	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname":         "saml:givenname",
	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname":           "saml:surname",
	"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress":      "saml:mail",
	"http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid": "saml:uid",
}

// trustContext is what a trust policy may ask about an attempt. Keys that look
// as if they should be there and are not: aws:MultiFactorAuthPresent,
// aws:PrincipalTag/…, aws:PrincipalOrgID, aws:FederatedProvider.
func (s *Server) trustContext(a *attempt) map[string][]string {
	c := a.claims
	ctx := map[string][]string{
		"saml:aud":            {c.recipient},
		"saml:iss":            {c.issuer},
		"saml:sub":            {c.subject},
		"saml:sub_type":       {subType(c.format)},
		"saml:namequalifier":  {a.qualifier},
		"saml:doc":            {s.world.Account + "/" + a.name},
		"sts:rolesessionname": {c.first("RoleSessionName")},
		"aws:sourceip":        {a.source},
		"aws:useragent":       {a.agent},
		"aws:currenttime":     {s.now().Format(time.RFC3339)},
		"aws:requestedregion": {a.region},
		"aws:securetransport": {"true"}, // the loopback stands for TLS
	}
	for name, values := range c.attributes {
		if key, ok := attributeKeys[name]; ok && len(values) > 0 {
			ctx[key] = append(ctx[key], values...)
		}
	}
	for k, v := range c.tags() {
		ctx["aws:requesttag/"+strings.ToLower(k)] = []string{v}
		ctx["aws:tagkeys"] = append(ctx["aws:tagkeys"], k)
	}
	if keys := c.attribute("TransitiveTagKeys"); len(keys) > 0 {
		ctx["sts:transitivetagkeys"] = keys
	}
	if id := c.first("SourceIdentity"); id != "" {
		ctx["sts:sourceidentity"] = []string{id}
	}
	return ctx
}

// stsRegion is where an attempt is served: the region in the address that the
// assertion was meant for, or the global endpoint's.
func (s *Server) stsRegion(c *claims) string {
	if s.world.STSRegion != "" {
		return s.world.STSRegion
	}
	if c != nil {
		if region := regionIn(c.recipient); region != "" {
			return region
		}
	}
	return s.world.global()
}

// regionIn reads the region out of a sign-in address; empty for a global one.
func regionIn(recipient string) string {
	host, ok := strings.CutPrefix(recipient, "https://")
	if !ok {
		return ""
	}
	if region, _, ok := strings.Cut(host, ".signin."); ok {
		return region
	}
	// Global Resiliency: INSTANCE.REGION.sign-in.connect.aws.
	if before, _, ok := strings.Cut(host, ".sign-in.connect."); ok {
		return before[strings.LastIndexByte(before, '.')+1:]
	}
	return ""
}
