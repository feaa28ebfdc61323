package dev.ostiary.sso.oidc;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0 section 3), as far as we use it.
 *
 * @param issuer as in the document; Entra's may hold {@code {tenantid}}
 * @param issuerToStore for the connector's settings: what the administrator typed, without what does not belong to it
 * @param algorithms that ID tokens may be signed with; empty if the document names none
 * @param authenticationMethods at the token endpoint, in its words; empty if the document names none
 * @param statesIssuer whether its answers carry {@code iss} (RFC 9207 section 3)
 */
public record ProviderMetadata(
        String issuer,
        String issuerToStore,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        Optional<URI> userinfoEndpoint,
        URI jwksUri,
        Optional<URI> endSessionEndpoint,
        Set<String> algorithms,
        List<String> authenticationMethods,
        boolean statesIssuer) {}
