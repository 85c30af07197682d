package emulator

import (
	"bytes"
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/beevik/etree"

	"example.com/samlens/awsx/emulator/wire"
)

func (s *Server) listSAMLProviders(context.Context, *iam.ListSAMLProvidersInput) (*iam.ListSAMLProvidersOutput, error) {
	list := []types.SAMLProviderListEntry{}
	for i := range s.world.Providers {
		p := &s.world.Providers[i]
		list = append(list, types.SAMLProviderListEntry{Arn: aws.String(s.world.providerARN(p)), CreateDate: aws.Time(p.CreateDate), ValidUntil: aws.Time(p.ValidUntil)})
	}
	return &iam.ListSAMLProvidersOutput{SAMLProviderList: list}, nil
}

func (s *Server) getSAMLProvider(ctx context.Context, in *iam.GetSAMLProviderInput) (*iam.GetSAMLProviderOutput, error) {
	p, err := s.ownProvider(ctx, aws.ToString(in.SAMLProviderArn))
	if err != nil {
		return nil, err
	}
	out := &iam.GetSAMLProviderOutput{
		SAMLMetadataDocument: aws.String(p.Metadata), SAMLProviderUUID: aws.String(p.UUID),
		CreateDate: aws.Time(p.CreateDate), ValidUntil: aws.Time(p.ValidUntil), Tags: tags(p.Tags),
		AssertionEncryptionMode: types.AssertionEncryptionModeType(p.Encryption),
	}
	for _, k := range p.Keys {
		out.PrivateKeyList = append(out.PrivateKeyList, types.SAMLPrivateKey{KeyId: aws.String(k.ID), Timestamp: aws.Time(orTime(k.Timestamp))})
	}
	return out, nil
}

// ownProvider finds a provider by its ARN. That of another account is refused
// before it is looked for.
func (s *Server) ownProvider(ctx context.Context, arn string) (*Provider, error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[2] != "iam" || !strings.HasPrefix(parts[5], "saml-provider/") {
		return nil, &types.InvalidInputException{Message: aws.String("Invalid ARN: " + arn)}
	}
	if parts[4] != s.world.Account {
		return nil, &wire.Error{Code: "AccessDenied", Message: strings.Replace(s.deniedText(wire.From(ctx), wire.From(ctx).Name()), "no identity-based policy", "no resource-based policy", 1)}
	}
	if p := s.world.provider(arn); p != nil {
		return p, nil
	}
	return nil, noSuchEntity("Manifest not found for arn %s", arn)
}

// updateSAMLProvider replaces the metadata and the encryption settings. It is
// here so that a fix can be tried on a world before anyone tries it on AWS.
func (s *Server) updateSAMLProvider(ctx context.Context, in *iam.UpdateSAMLProviderInput) (*iam.UpdateSAMLProviderOutput, error) {
	p, err := s.ownProvider(ctx, aws.ToString(in.SAMLProviderArn))
	if err != nil {
		return nil, err
	}
	refuse := func(text string) error { return &types.InvalidInputException{Message: aws.String(text)} }
	switch {
	case in.SAMLMetadataDocument == nil && in.AssertionEncryptionMode == "" && in.AddPrivateKey == nil && in.RemovePrivateKey == nil:
		return nil, refuse("Unable to update identity provider. No updates are defined for metadata or encryption assertion.")
	case in.AddPrivateKey != nil && in.RemovePrivateKey != nil:
		return nil, refuse("Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.")
	}
	next := *p
	next.Keys = append([]PrivateKey(nil), p.Keys...)
	if in.SAMLMetadataDocument != nil {
		if _, err := parseMetadata(*in.SAMLMetadataDocument); err != nil {
			return nil, refuse("Unable to parse metadata")
		}
		next.Metadata = *in.SAMLMetadataDocument
	}
	if in.AddPrivateKey != nil {
		if _, err := parseKey(*in.AddPrivateKey); err != nil {
			return nil, refuse("Invalid private key.")
		}
		if len(next.Keys) == 2 {
			return nil, &types.LimitExceededException{Message: aws.String("Private key limit of 2 is reached.")}
		}
		next.Keys = append(next.Keys, PrivateKey{ID: "SAMLPK" + stamp(*in.AddPrivateKey, 16), Timestamp: s.now(), PEM: *in.AddPrivateKey})
	}
	if in.RemovePrivateKey != nil {
		before := len(next.Keys)
		next.Keys = removeKey(next.Keys, *in.RemovePrivateKey)
		if len(next.Keys) == before {
			return nil, refuse("Failed to remove private key because the Key ID does not match a private key.")
		}
	}
	if in.AssertionEncryptionMode != "" {
		next.Encryption = string(in.AssertionEncryptionMode)
	}
	if next.Encryption == string(types.AssertionEncryptionModeTypeRequired) && len(next.Keys) == 0 {
		return nil, refuse("Unable to set assertion encryption mode to Required because no private key is provided.")
	}
	*p = next
	return &iam.UpdateSAMLProviderOutput{SAMLProviderArn: in.SAMLProviderArn}, nil
}

func removeKey(keys []PrivateKey, id string) []PrivateKey {
	out := keys[:0:0]
	for _, k := range keys {
		if k.ID != id {
			out = append(out, k)
		}
	}
	return out
}

func parseKey(text string) (*rsa.PrivateKey, error) {
	b, _ := pem.Decode([]byte(text))
	if b == nil {
		return nil, errors.New("no PEM block")
	}
	if k, err := x509.ParsePKCS1PrivateKey(b.Bytes); err == nil {
		return k, nil
	}
	any, err := x509.ParsePKCS8PrivateKey(b.Bytes)
	if err != nil {
		return nil, err
	}
	k, ok := any.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("a %T, not an RSA key", any)
	}
	return k, nil
}

// metadata is what STS needs of an EntityDescriptor: who may sign, with what.
type metadata struct {
	entities []string
	certs    []*x509.Certificate
}

// parseMetadata reads it with IAM's own reservations: UTF-8 without a byte
// order mark, RSA keys of 1024 bits and more.
func parseMetadata(text string) (metadata, error) {
	var m metadata
	if strings.HasPrefix(text, "\ufeff") {
		return m, errors.New("begins with a byte order mark")
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes([]byte(text)); err != nil {
		return m, err
	}
	root := doc.Root()
	if root == nil || (root.Tag != "EntityDescriptor" && root.Tag != "EntitiesDescriptor") {
		return m, errors.New("no EntityDescriptor")
	}
	for _, e := range append([]*etree.Element{root}, root.FindElements(".//EntityDescriptor")...) {
		if id := e.SelectAttrValue("entityID", ""); id != "" {
			m.entities = append(m.entities, id)
		}
	}
	for _, k := range root.FindElements(".//IDPSSODescriptor/KeyDescriptor") {
		if use := k.SelectAttrValue("use", "signing"); use != "signing" {
			continue
		}
		for _, c := range k.FindElements(".//X509Certificate") {
			cert, err := parseCertificate(c.Text())
			if err != nil {
				return m, err
			}
			m.certs = append(m.certs, cert)
		}
	}
	if len(m.entities) == 0 || len(m.certs) == 0 {
		return m, errors.New("no entityID or no signing certificate")
	}
	return m, nil
}

func parseCertificate(text string) (*x509.Certificate, error) {
	der, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields([]byte(text)), nil)))
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	if k, ok := cert.PublicKey.(*rsa.PublicKey); ok && k.N.BitLen() < 1024 {
		return nil, fmt.Errorf("a key of %d bits", k.N.BitLen())
	}
	return cert, nil
}
