package dev.ostiary.e2e;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Microsoft Entra ID by what its documentation says of it: addresses of version 1 and 2 for one directory, for
 * {@code common} and for {@code organizations}; an issuer with {@code {tenantid}} in the latter two; tokens without
 * {@code email_verified}, and without {@code email} unless the directory adds that claim; {@code expires_in} as a string;
 * redirect addresses compared letter by letter; its errors by their numbers.
 */
final class EntraStandIn extends StandIn {
    static final String CONTOSO = "0b3c7a52-6d1e-4f90-9a31-5f6f2d0c1a11";
    static final String FABRIKAM = "5d0f4e8b-91c2-4b7e-8b0d-3a2c9e7f4b22";
    /** "Application (client) ID". */
    static final String CLIENT_ID = "c1f1e6a0-3f0b-4f6e-8d2a-7b9a51d0ee33";
    /** The column "Secret ID", which is pasted by mistake. */
    static final String SECRET_ID = "9f2d8c77-1b5a-4c3d-a6e4-0d8b6c5f7a44";
    /** The column "Value". */
    static final String SECRET_VALUE = "Vx.8Q~kz+%3_ostiary-tests/only:4dZ";

    private static final Pattern PATH = Pattern.compile("/([\\w.-]+)/(.+)");

    private final Set<String> redirectUris = new HashSet<>();
    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private volatile boolean multitenant;
    private volatile boolean consented = true;

    /** Somebody of a directory. The e-mail claim is there only if the directory was told to add it. */
    private record Person(String directory, String name, String principal, boolean emailClaim) {
        String subject() {
            return "sub-" + principal.replaceAll("\\W", "-");
        }
    }

    private record Grant(Person person, Map<String, String> request, boolean second) {}

    /** Directory and the rest of a path; version 2 has "v2.0" somewhere in it. */
    private record Target(String directory, String rest) {
        boolean second() {
            return rest.contains("v2.0");
        }
    }

    EntraStandIn() {
        person(CONTOSO, "Carla Contoso", "carla@contoso.test", true);
        person(CONTOSO, "Carlos Contoso", "carlos@contoso.test", false);
        person(FABRIKAM, "Fay Fabrikam", "fay@fabrikam.test", true);
    }

    void person(String directory, String name, String principal, boolean emailClaim) {
        people.put(principal, new Person(directory, name, principal, emailClaim));
    }

    /** "Accounts in any organizational directory". */
    void multitenant(boolean allowed) {
        multitenant = allowed;
    }

    /** Whether somebody has consented to the application. */
    void consented(boolean done) {
        consented = done;
    }

    @Override
    public String issuer() {
        return origin() + "/" + CONTOSO + "/v2.0";
    }

    /** As {@code https://sts.windows.net/<directory>/}. */
    String issuerOfVersion1() {
        return origin() + "/" + CONTOSO + "/";
    }

    /** As {@code https://login.microsoftonline.com/common/v2.0}, and {@code organizations}. */
    String issuerOfMany(String word) {
        return origin() + "/" + word + "/v2.0";
    }

    @Override
    public String clientId() {
        return CLIENT_ID;
    }

    @Override
    public String clientSecret() {
        return SECRET_VALUE;
    }

    @Override
    public void register(String redirectUri) {
        redirectUris.add(redirectUri);
    }

    @Override
    public Map<String, String> credentials(String email) {
        return Map.of("loginfmt", email, "passwd", "anything");
    }

    @Override
    Answer answer(Question question) {
        Matcher path = PATH.matcher(question.address().getRawPath());
        if (!path.matches()) {
            return Answer.page(404, "");
        }
        Target target = new Target(path.group(1), path.group(2));
        return switch (target.rest) {
            case ".well-known/openid-configuration", "v2.0/.well-known/openid-configuration" -> metadata(target);
            case "discovery/keys", "discovery/v2.0/keys" -> Answer.json(200, publicKeys());
            case "oauth2/authorize", "oauth2/v2.0/authorize" -> authorize(question, target);
            case "login", "v2.0/login" -> login(question, target);
            case "oauth2/token", "oauth2/v2.0/token" -> token(question);
            case "userinfo" -> userinfo(question);
            default -> Answer.page(404, "");
        };
    }

    private static boolean forMany(String directory) {
        return directory.equals("common") || directory.equals("organizations");
    }

    private String issuer(String directory, boolean second) {
        return origin() + "/" + (forMany(directory) ? "{tenantid}" : directory) + (second ? "/v2.0" : "/");
    }

    private Answer metadata(Target target) {
        String directory = target.directory;
        if (!forMany(directory) && !directory.equals(CONTOSO) && !directory.equals(FABRIKAM)) {
            return error(400, "invalid_tenant", 90002, "Tenant '" + directory + "' not found.");
        }
        String version = target.second() ? "v2.0/" : "";
        String base = origin() + "/" + directory;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer(directory, target.second()));
        document.put("authorization_endpoint", base + "/oauth2/" + version + "authorize");
        document.put("token_endpoint", base + "/oauth2/" + version + "token");
        document.put("userinfo_endpoint", origin() + "/oidc/userinfo");
        document.put("jwks_uri", base + "/discovery/" + version + "keys");
        document.put("end_session_endpoint", base + "/oauth2/" + version + "logout");
        document.put("response_types_supported", List.of("code", "id_token", "code id_token", "id_token token"));
        document.put("subject_types_supported", List.of("pairwise"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_post", "private_key_jwt", "client_secret_basic"));
        return Answer.json(200, document);
    }

    private Answer authorize(Question question, Target target) {
        if (!question.parameter("client_id").equals(CLIENT_ID)) {
            return errorPage(
                    700016, "Application with identifier '" + question.parameter("client_id") + "' was not found.");
        }
        if (!redirectUris.contains(question.parameter("redirect_uri"))) {
            return errorPage(
                    50011,
                    "The redirect URI '" + question.parameter("redirect_uri")
                            + "' specified in the request does not match the redirect URIs configured for the application '"
                            + CLIENT_ID + "'.");
        }
        if (forMany(target.directory) && !multitenant) {
            return errorPage(50194, "Application '" + CLIENT_ID + "' is not configured as a multi-tenant application.");
        }
        return loginPage(
                "/" + target.directory + (target.second() ? "/v2.0/login" : "/login"),
                question.parameters(),
                "loginfmt",
                "passwd",
                question.parameter("login_hint"));
    }

    private Answer login(Question form, Target target) {
        Map<String, String> request = keptRequest(form);
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("state", request.getOrDefault("state", ""));
        if (form.parameters().containsKey("cancel")) {
            answer.put("error", "access_denied");
            answer.put("error_subcode", "cancel");
            answer.put("error_description", "AADSTS65004: User declined to consent to access the app.");
            return Answer.redirect(request.get("redirect_uri"), answer);
        }
        Person person = people.get(form.parameter("loginfmt"));
        if (person == null || !forMany(target.directory) && !target.directory.equals(person.directory)) {
            return errorPage(
                    50020,
                    "User account '" + form.parameter("loginfmt") + "' does not exist in tenant '" + target.directory
                            + "'.");
        }
        String code = "1.AXQA." + UUID.randomUUID();
        grants.put(code, new Grant(person, request, target.second()));
        answer.put("code", code);
        answer.put("session_state", UUID.randomUUID().toString());
        return Answer.redirect(request.get("redirect_uri"), answer);
    }

    private Answer token(Question question) {
        if (!question.client().equals(List.of(CLIENT_ID, SECRET_VALUE))) {
            return error(
                    401,
                    "invalid_client",
                    7000215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                            + " value, not the client secret ID, for a secret added to app '" + CLIENT_ID + "'.");
        }
        Grant grant = grants.remove(question.parameter("code"));
        if (grant == null) {
            return error(400, "invalid_grant", 70008, "The provided authorization code is expired or was used.");
        }
        if (!question.parameter("redirect_uri").equals(grant.request.get("redirect_uri"))) {
            return error(400, "invalid_client", 500112, "The reply address does not match that of the request.");
        }
        if (grant.request.containsKey("code_challenge")
                && !challenge(question.parameter("code_verifier")).equals(grant.request.get("code_challenge"))) {
            return error(400, "invalid_grant", 501481, "The Code_Verifier does not match the code_challenge.");
        }
        if (!consented) {
            return error(
                    400,
                    "invalid_grant",
                    65001,
                    "The user or administrator has not consented to use the application with ID '" + CLIENT_ID + "'.");
        }
        String accessToken = UUID.randomUUID().toString();
        grants.put(accessToken, grant);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", "Bearer");
        answer.put("scope", grant.request.get("scope"));
        answer.put("expires_in", "3599");
        answer.put("ext_expires_in", "3599");
        answer.put("access_token", accessToken);
        answer.put("id_token", sign(idToken(grant)));
        return Answer.json(200, answer);
    }

    private Map<String, Object> idToken(Grant grant) {
        Person person = grant.person;
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", CLIENT_ID);
        claims.put("iss", issuer(person.directory, grant.second));
        claims.put("iat", now - 300);
        claims.put("nbf", now - 300);
        claims.put("exp", now + 3600);
        claims.put("sub", person.subject());
        claims.put(
                "oid",
                UUID.nameUUIDFromBytes(person.principal.getBytes(StandardCharsets.UTF_8))
                        .toString());
        claims.put("tid", person.directory);
        claims.put("name", person.name);
        claims.put("ver", grant.second ? "2.0" : "1.0");
        claims.put(grant.second ? "preferred_username" : "upn", person.principal);
        if (person.emailClaim) {
            claims.put("email", person.principal);
        }
        if (grant.request.containsKey("nonce")) {
            claims.put("nonce", grant.request.get("nonce"));
        }
        return claims;
    }

    private Answer userinfo(Question question) {
        Grant grant =
                grants.get(question.headers().getOrDefault("Authorization", "").replace("Bearer ", ""));
        if (grant == null) {
            return error(401, "InvalidAuthenticationToken", 500133, "Access token validation failure.");
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", grant.person.subject());
        claims.put("name", grant.person.name);
        claims.put("picture", "https://graph.microsoft.com/v1.0/me/photo/$value");
        if (grant.person.emailClaim) {
            claims.put("email", grant.person.principal);
        }
        return Answer.json(200, claims);
    }

    private static Answer errorPage(int number, String text) {
        return Answer.page(
                200,
                "<h1>Sorry, but we’re having trouble signing you in.</h1><p>AADSTS" + number + ": "
                        + text.replace("<", "&lt;") + "</p>");
    }

    private static Answer error(int status, String error, int number, String text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put(
                "error_description",
                "AADSTS" + number + ": " + text + " Trace ID: " + UUID.randomUUID() + " Correlation ID: "
                        + UUID.randomUUID() + " Timestamp: " + Instant.now());
        body.put("error_codes", List.of(number));
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
        return Answer.json(status, body);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
