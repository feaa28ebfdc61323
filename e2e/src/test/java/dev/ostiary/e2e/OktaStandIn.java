package dev.ostiary.e2e;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Okta by what its documentation says of a custom authorization server: the issuer has a path, the ID token of the code
 * flow is a thin one (name and address are told by userinfo only), confidential clients use client_secret_basic, and an
 * address that is not registered ends on a page of Okta's.
 */
final class OktaStandIn extends StandIn {
    private static final String CLIENT_ID = "0oa1tests2only3Ostiary";
    private static final String CLIENT_SECRET = "rZ4u7xA-DG_KaPdSgVkYp3s6v9yB";

    private final Map<String, String> redirectUris = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> grants = new ConcurrentHashMap<>();

    @Override
    public String issuer() {
        return origin() + "/oauth2/default";
    }

    @Override
    public String clientId() {
        return CLIENT_ID;
    }

    @Override
    public String clientSecret() {
        return CLIENT_SECRET;
    }

    @Override
    public void register(String redirectUri) {
        redirectUris.put(redirectUri, "");
    }

    @Override
    public Map<String, String> credentials(String email) {
        return Map.of("identifier", email, "credentials.passcode", "anything");
    }

    @Override
    Answer answer(Question question) {
        return switch (question.address().getPath()) {
            case "/oauth2/default/.well-known/openid-configuration" -> metadata();
            case "/oauth2/default/v1/keys" -> Answer.json(200, publicKeys());
            case "/oauth2/default/v1/authorize" -> authorize(question);
            case "/idp/idx/identify" -> login(question);
            case "/oauth2/default/v1/token" -> token(question);
            case "/oauth2/default/v1/userinfo" -> userinfo(question);
            default -> Answer.page(404, "");
        };
    }

    private Answer metadata() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer());
        for (String endpoint : List.of("authorize", "token", "userinfo", "logout")) {
            String name =
                    switch (endpoint) {
                        case "authorize" -> "authorization_endpoint";
                        case "logout" -> "end_session_endpoint";
                        default -> endpoint + "_endpoint";
                    };
            document.put(name, issuer() + "/v1/" + endpoint);
        }
        document.put("jwks_uri", issuer() + "/v1/keys");
        document.put("response_types_supported", List.of("code", "id_token", "code id_token"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"));
        return Answer.json(200, document);
    }

    private Answer authorize(Question question) {
        if (!question.parameter("client_id").equals(CLIENT_ID)
                || !redirectUris.containsKey(question.parameter("redirect_uri"))) {
            return Answer.page(
                    400,
                    "<h1>400 Bad Request</h1><p>The 'redirect_uri' parameter must be a Login redirect URI in the client app"
                            + " settings</p>");
        }
        return loginPage(
                "/idp/idx/identify",
                question.parameters(),
                "identifier",
                "credentials.passcode",
                question.parameter("login_hint"));
    }

    private Answer login(Question form) {
        Map<String, String> request = keptRequest(form);
        String code = UUID.randomUUID().toString();
        request.put("person", form.parameter("identifier"));
        grants.put(code, request);
        return Answer.redirect(request.get("redirect_uri"), Map.of("code", code, "state", request.get("state")));
    }

    private Answer token(Question question) {
        if (!question.headers().containsKey("Authorization")
                || !question.client().equals(List.of(CLIENT_ID, CLIENT_SECRET))) {
            return Answer.json(
                    401,
                    Map.of(
                            "error",
                            "invalid_client",
                            "error_description",
                            "The client secret supplied for a confidential client is invalid."));
        }
        Map<String, String> grant = grants.remove(question.parameter("code"));
        if (grant == null || !grant.get("redirect_uri").equals(question.parameter("redirect_uri"))) {
            return Answer.json(400, Map.of("error", "invalid_grant", "error_description", "The code is invalid."));
        }
        String accessToken = UUID.randomUUID().toString();
        grants.put(accessToken, grant);
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", subject(grant));
        claims.put("ver", 1);
        claims.put("iss", issuer());
        claims.put("aud", CLIENT_ID);
        claims.put("iat", now);
        claims.put("exp", now + 3600);
        claims.put("jti", "ID." + UUID.randomUUID());
        claims.put("amr", List.of("pwd"));
        claims.put("nonce", grant.get("nonce"));
        claims.put("auth_time", now);
        return Answer.json(
                200,
                Map.of(
                        "token_type",
                        "Bearer",
                        "expires_in",
                        3600,
                        "access_token",
                        accessToken,
                        "scope",
                        grant.get("scope"),
                        "id_token",
                        sign(claims)));
    }

    private Answer userinfo(Question question) {
        Map<String, String> grant =
                grants.get(question.headers().getOrDefault("Authorization", "").replace("Bearer ", ""));
        if (grant == null) {
            return Answer.json(401, Map.of());
        }
        String email = grant.get("person");
        String first = email.substring(0, email.indexOf('@'));
        String company = email.substring(email.indexOf('@') + 1, email.indexOf(".test"));
        return Answer.json(
                200,
                Map.of(
                        "sub",
                        subject(grant),
                        "name",
                        capital(first) + " " + capital(company),
                        "email",
                        email,
                        "email_verified",
                        true,
                        "preferred_username",
                        email,
                        "zoneinfo",
                        "Europe/Berlin"));
    }

    private static String subject(Map<String, String> grant) {
        return "00u" + Integer.toHexString(grant.get("person").hashCode());
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
