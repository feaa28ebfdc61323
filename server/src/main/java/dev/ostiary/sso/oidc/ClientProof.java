package dev.ostiary.sso.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.keys.Keys;
import dev.ostiary.sso.ClientAuthenticationMethod;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoFault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How we prove ourselves at a token endpoint (OpenID Connect Core section 9). */
final class ClientProof {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);

    /** What form-encoding leaves as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._*-]*");

    private final Keys keys;
    private final Ids ids;
    private final Clock clock;

    ClientProof(Keys keys, Ids ids, Clock clock) {
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** Adds to the form or the headers of a token request. */
    void add(
            String tenant,
            ProviderMetadata provider,
            OidcConfig config,
            Map<String, String> form,
            Map<String, String> headers) {
        switch (method(provider, config)) {
            case CLIENT_SECRET_BASIC -> headers.put("Authorization", basic(config));
            case CLIENT_SECRET_POST -> {
                form.put("client_id", config.clientId());
                form.put("client_secret", config.clientSecret().reveal());
            }
            case PRIVATE_KEY_JWT -> {
                form.put("client_id", config.clientId());
                form.put("client_assertion_type", ASSERTION_TYPE);
                form.put("client_assertion", assertion(tenant, provider, config));
            }
        }
    }

    /** The administrator's choice, else the first that the provider knows. */
    static ClientAuthenticationMethod method(ProviderMetadata provider, OidcConfig config) {
        if (config.clientAuthentication().isPresent()) {
            return config.clientAuthentication().get();
        }
        List<String> known = provider.authenticationMethods();
        boolean basic = known.isEmpty() || known.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.word());
        boolean post = known.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST.word());
        // Providers disagree about the encoding of other characters in the header, not in the form.
        boolean ambiguous = !PLAIN.matcher(
                        config.clientId() + config.clientSecret().reveal())
                .matches();
        if (post && (!basic || ambiguous)) {
            return ClientAuthenticationMethod.CLIENT_SECRET_POST;
        }
        if (basic) {
            return ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
        }
        if (known.contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT.word())) {
            return ClientAuthenticationMethod.PRIVATE_KEY_JWT;
        }
        throw ConnectorError.INVALID_CONFIG.of(SsoFault.NO_CLIENT_AUTHENTICATION);
    }

    /** RFC 6749 section 2.3.1: both are form-encoded before they are joined. */
    private static String basic(OidcConfig config) {
        String joined =
                encode(config.clientId()) + ":" + encode(config.clientSecret().reveal());
        return "Basic " + Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 7523 section 3, signed with the tenant's key, which our JWKS shows. */
    private String assertion(String tenant, ProviderMetadata provider, OidcConfig config) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", config.clientId());
        claims.put("sub", config.clientId());
        claims.put("aud", audience(provider));
        claims.put("jti", ids.token());
        claims.put("iat", now);
        claims.put("exp", now + ASSERTION_LIFE.toSeconds());
        return keys.signer(tenant).sign("JWT", claims);
    }

    /**
     * Most providers want the address of their token endpoint. One that names another's endpoint as its own would get an
     * assertion that is good there; it gets its own issuer instead.
     */
    private static String audience(ProviderMetadata provider) {
        boolean own = Issuers.uri(provider.issuer())
                .map(URI::getRawAuthority)
                .filter(provider.tokenEndpoint().getRawAuthority()::equals)
                .isPresent();
        return own ? provider.tokenEndpoint().toString() : provider.issuer();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
