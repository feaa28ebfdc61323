package dev.ostiary.oidc.discovery;

import dev.ostiary.errors.Texts;
import dev.ostiary.oidc.Acr;
import dev.ostiary.oidc.ClaimScopes;
import dev.ostiary.oidc.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What clients learn of the provider. Lists are never null and never name what only a setting would allow: some clients
 * read the document into a fixed shape.
 */
final class DiscoveryDocument {
    private static final List<String> CLAIMS = Stream.of(
                    Stream.of("sub"), ClaimScopes.claims().stream(), Stream.of("sid", "auth_time", "iss", "acr"))
            .flatMap(each -> each)
            .toList();
    private static final List<String> GRANT_TYPES = List.of(
            "implicit",
            "authorization_code",
            "refresh_token",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange");
    private static final List<String> CLIENT_AUTHENTICATION =
            List.of("client_secret_basic", "client_secret_jwt", "client_secret_post", "private_key_jwt", "none");
    private static final List<String> ASSERTION_ALGORITHMS =
            List.of("HS256", "RS256", "PS256", "ES256", "ES384", "ES512", "Ed25519", "EdDSA");

    private static final List<String> PROOF_ALGORITHMS =
            ASSERTION_ALGORITHMS.stream().filter(each -> !each.startsWith("HS")).toList();

    /**
     * @param registration clients may register themselves
     * @param documents a client id may be the URL of a document
     */
    record Switches(boolean registration, boolean documents) {}

    private DiscoveryDocument() {}

    /**
     * @param issuer as configured; it is the {@code iss} of tokens, wherever the request arrived
     * @param origin where the request arrived: the endpoints are there
     * @param algorithms of the current key, and of the one that is to follow it
     * @param switches what the tenant has switched on
     */
    static Map<String, Object> of(String issuer, String origin, List<String> algorithms, Switches switches) {
        String base = origin + "/oidc";
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("authorization_endpoint", base + "/auth");
        document.put("device_authorization_endpoint", base + "/device/auth");
        document.put("claims_parameter_supported", true);
        document.put("claims_supported", CLAIMS);
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("end_session_endpoint", base + "/session/end");
        document.put("grant_types_supported", GRANT_TYPES);
        document.put("issuer", issuer);
        document.put("jwks_uri", base + "/jwks");
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("response_modes_supported", List.of("form_post", "fragment", "query"));
        document.put("response_types_supported", List.of("code id_token", "code", "id_token", "none"));
        document.put("scopes_supported", Scopes.SUPPORTED);
        document.put("subject_types_supported", List.of("public"));
        document.put("token_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        document.put("token_endpoint_auth_signing_alg_values_supported", ASSERTION_ALGORITHMS);
        document.put("token_endpoint", base + "/token");
        document.put("id_token_signing_alg_values_supported", algorithms);
        document.put("pushed_authorization_request_endpoint", base + "/request");
        document.put("request_uri_parameter_supported", false);
        document.put("dpop_signing_alg_values_supported", PROOF_ALGORITHMS);
        document.put("userinfo_endpoint", base + "/me");
        document.put("introspection_endpoint", base + "/token/introspection");
        document.put("revocation_endpoint", base + "/token/revocation");
        document.put("backchannel_logout_supported", true);
        document.put("backchannel_logout_session_supported", true);
        document.put("frontchannel_logout_supported", true);
        document.put("frontchannel_logout_session_supported", true);
        document.put("claim_types_supported", List.of("normal"));
        document.put("request_parameter_supported", false);
        document.put("acr_values_supported", Acr.SUPPORTED);
        // One page for all of them; "wap" is taken too, but no page is made for telephones of that kind.
        document.put("display_values_supported", List.of("page", "popup", "touch"));
        document.put("ui_locales_supported", Texts.LANGUAGES);
        if (switches.registration()) {
            document.put("registration_endpoint", base + "/register");
        }
        if (switches.documents()) {
            document.put("client_id_metadata_document_supported", true);
        }
        return document;
    }
}
