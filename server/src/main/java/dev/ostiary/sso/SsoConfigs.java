package dev.ostiary.sso;

import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.sso.oidc.Discovery;
import dev.ostiary.sso.oidc.ProviderMetadata;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** What providers say to the configuration of a connector: before it is stored, and when an administrator looks at it. */
public final class SsoConfigs {
    private final Discovery discovery;
    private final ProviderConfigs told;

    /** @param origin of a tenant */
    public SsoConfigs(Discovery discovery, Function<String, String> origin) {
        this.discovery = discovery;
        this.told = new ProviderConfigs(this::endpoints, origin);
    }

    /**
     * A provider that was found.
     *
     * @param issuer as the provider writes it
     * @param issuerToStore for {@code config.issuer}: what was typed, tidied up
     */
    record Found(
            String issuer,
            String issuerToStore,
            String authorizationEndpoint,
            String tokenEndpoint,
            Optional<String> userinfoEndpoint,
            String jwksUri,
            Optional<String> endSessionEndpoint) {}

    /**
     * Calls the provider: never inside a transaction.
     *
     * @throws dev.ostiary.errors.AppException 400 {@code connector.invalid_config} if the configuration is incomplete, or
     *     the provider cannot be reached or is none; 400 {@code connector.invalid_certificate}
     */
    SsoConfig checked(SsoProvider provider, ObjectNode document) {
        SsoConfig config = SsoConfigJson.read(provider, document);
        switch (config) {
            case OidcConfig oidc -> check(provider, oidc);
            case SamlConfig saml -> check(saml);
        }
        return config;
    }

    private void check(SsoProvider provider, OidcConfig oidc) {
        discovery.fetch(provider, oidc.issuer());
        told.forget(provider, oidc);
    }

    /** There is no way to have a signing key yet. */
    private static void check(SamlConfig saml) {
        saml.x509Certificate().ifPresent(SamlProviderConfig::certificate);
        if (saml.signAuthnRequest().orElse(false)) {
            throw SsoError.SIGNING_KEY_REQUIRED.exception();
        }
    }

    /** @throws dev.ostiary.errors.AppException 400 {@code connector.invalid_config} that says what is wrong there */
    Found discover(SsoProvider provider, Optional<String> typed) {
        if (provider.type() != ProviderType.OIDC) {
            throw Shape.invalid("Only OpenID providers have an issuer", "providerName");
        }
        String issuer = provider == SsoProvider.GOOGLE_WORKSPACE
                ? SsoProvider.GOOGLE_ISSUER
                : typed.orElseThrow(() -> Shape.invalid("Required", "issuer"));
        ProviderMetadata found = discovery.fetch(provider, issuer);
        return new Found(
                found.issuer(),
                found.issuerToStore(),
                found.authorizationEndpoint().toString(),
                found.tokenEndpoint().toString(),
                found.userinfoEndpoint().map(URI::toString),
                found.jwksUri().toString(),
                found.endSessionEndpoint().map(URI::toString));
    }

    /** As {@code providerConfig} of the wire, by the connectors' ids, without secrets. */
    Map<String, ObjectNode> told(String tenant, List<SsoConnector> connectors) {
        return told.of(tenant, connectors, false);
    }

    /** As {@code providerConfig} of the wire, with the secret. */
    Optional<ObjectNode> told(String tenant, SsoConnector connector) {
        return told.of(tenant, connector, true);
    }

    private ObjectNode endpoints(SsoProvider provider, OidcConfig config) {
        ProviderMetadata found = discovery.find(provider, config);
        ObjectNode document = Json.object()
                .put("issuer", found.issuer())
                .put("authorizationEndpoint", found.authorizationEndpoint().toString())
                .put("tokenEndpoint", found.tokenEndpoint().toString());
        found.userinfoEndpoint().ifPresent(uri -> document.put("userinfoEndpoint", uri.toString()));
        return document.put("jwksUri", found.jwksUri().toString());
    }
}
