package dev.ostiary.sso;

import java.util.Optional;

/**
 * A SAML identity provider, by the address of its metadata, by the metadata themselves, or by their three essential
 * parts.
 *
 * @param metadata XML
 * @param x509Certificate what the provider signs with, in PEM or bare base64
 * @param attributeMapping names of the attributes that hold id, e-mail and name
 */
public record SamlConfig(
        Optional<String> metadataUrl,
        Optional<String> metadata,
        Optional<String> entityId,
        Optional<String> signInEndpoint,
        Optional<String> x509Certificate,
        Optional<AttributeMapping> attributeMapping,
        Optional<Boolean> signAuthnRequest,
        Optional<String> requestSignatureAlgorithm)
        implements SsoConfig {

    /** Names of attributes; what is missing has its default. */
    public record AttributeMapping(Optional<String> id, Optional<String> email, Optional<String> name) {}
}
