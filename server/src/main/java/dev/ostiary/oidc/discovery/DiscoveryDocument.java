package dev.ostiary.oidc.discovery;

import dev.ostiary.oidc.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients learn of the provider. Lists are never null and never name what only a setting would allow: some clients
 * read the document into a fixed shape.
 */
final class DiscoveryDocument {
    private static final List<String> CLAIMS = List.of(
            "sub",
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at",
            "username",
            "created_at",
            "email",
            "email_verified",
            "phone_number",
            "phone_number_verified",
            "address",
            "custom_data",
            "identities",
            "sso_identities",
            "roles",
            "organizations",
            "organization_data",
            "organization_roles",
            "sid",
            "auth_time",
            "iss");
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
            List.of("HS256", "RS256", "PS256", "ES256", "Ed25519", "EdDSA");

    private DiscoveryDocument() {}

    /**
     * @param issuer as configured; it is the {@code iss} of tokens, wherever the request arrived
     * @param origin where the request arrived: the endpoints are there
     * @param algorithm of the current key
     */
    static Map<String, Object> of(String issuer, String origin, String algorithm) {
        String base = origin + "/oidc";
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("authorization_endpoint", base + "/auth");
        document.put("device_authorization_endpoint", base + "/device/auth");
        document.put("claims_parameter_supported", false);
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
        document.put("id_token_signing_alg_values_supported", idTokenAlgorithms(algorithm));
        document.put("pushed_authorization_request_endpoint", base + "/request");
        document.put("request_uri_parameter_supported", false);
        document.put("userinfo_endpoint", base + "/me");
        document.put("introspection_endpoint", base + "/token/introspection");
        document.put("revocation_endpoint", base + "/token/revocation");
        document.put("backchannel_logout_supported", true);
        document.put("backchannel_logout_session_supported", true);
        document.put("claim_types_supported", List.of("normal"));
        return document;
    }

    private static List<String> idTokenAlgorithms(String algorithm) {
        return algorithm.equals("RS256") ? List.of("PS256", "RS256") : List.of(algorithm);
    }
}
