// Package endpoint knows the addresses that a SAML sign-in to AWS passes:
// assertion consumer services, Connect's federate URL, ARNs and partitions.
//
// It takes strings apart and judges nothing: whether an address is the right
// one for a sign-in is for the rules to say. The sources are "Configure SAML
// assertions for the authentication response" in the IAM User Guide, the
// regional endpoint lists, and the Connect administrator guide's pages on
// SAML and on Global Resiliency.
package endpoint
