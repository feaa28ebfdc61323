package dev.ostiary.e2e;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the tests of SDKs and client libraries share, started once for all of them: our program, a person, an API with one
 * scope and an organization with one, both of which the person has by a role.
 */
final class ClientStage implements AutoCloseable {
    static final String RESOURCE = "https://orders.example";
    static final String RESOURCE_SCOPE = "read:orders";
    static final String ORGANIZATION_SCOPE = "read:projects";
    static final String USERNAME = "ann";
    static final String EMAIL = "ann@example.org";
    static final String PASSWORD = Installation.PASSWORD;

    private final Program program = Program.start(ManagementApi.BOOTSTRAP);
    private ManagementApi api = ManagementApi.of(program);
    private final String user = api.call(
                    "POST",
                    "/users",
                    Map.of("username", USERNAME, "primaryEmail", EMAIL, "password", PASSWORD, "name", "Ann Archer"))
            .get("id")
            .asString();
    private final String organization = created("/organizations", Map.of("name", "Acme"));

    private ClientStage() {
        String resource = created("/resources", Map.of("name", "Orders", "indicator", RESOURCE));
        String scope = created(
                "/resources/" + resource + "/scopes", Map.of("name", RESOURCE_SCOPE, "description", "Reads orders"));
        String role = created(
                "/roles", Map.of("name", "Customer", "description", "Reads own orders", "scopeIds", List.of(scope)));
        api.call("POST", "/users/" + user + "/roles", Map.of("roleIds", List.of(role)));
        String inside = created("/organization-scopes", Map.of("name", ORGANIZATION_SCOPE));
        String editor =
                created("/organization-roles", Map.of("name", "editor", "organizationScopeIds", List.of(inside)));
        String members = "/organizations/" + organization + "/users";
        api.call("POST", members, Map.of("userIds", List.of(user)));
        api.call("POST", members + "/" + user + "/roles", Map.of("organizationRoleIds", List.of(editor)));
    }

    private String created(String path, Map<String, ?> body) {
        return api.call("POST", path, body).get("id").asString();
    }

    /** Where the program is, without a slash at the end. */
    String endpoint() {
        return program.endpoint().toString();
    }

    ManagementApi api() {
        return api;
    }

    /** After two rotations of keys: what the first of them has signed is worth nothing any more. */
    void renew() {
        api = ManagementApi.of(program);
    }

    /** The person's subject. */
    String user() {
        return user;
    }

    String organization() {
        return organization;
    }

    /** An application of that type that comes back to the callback and, signed out, to the home of a program. */
    ManagementApi.Client register(String name, String type, String callback, String home) {
        Map<String, ?> metadata = Map.of("redirectUris", List.of(callback), "postLogoutRedirectUris", List.of(home));
        String id = created("/applications", Map.of("name", name, "type", type, "oidcClientMetadata", metadata));
        String secret = type.equals("SPA")
                ? ""
                : api.get("/applications/" + id + "/secrets")
                        .get(0)
                        .get("value")
                        .asString();
        return new ManagementApi.Client(id, secret);
    }

    /** The claims of an access token, as an API sees them: signature by a key of ours, issuer. */
    JWTClaimsSet verified(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWKSet keys = JWKSet.load(program.endpoint().resolve("/oidc/jwks").toURL());
            var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!jwt.verify(new ECDSAVerifier(key)) || !claims.getIssuer().equals(endpoint() + "/oidc")) {
                throw new AssertionError("not a token of ours: " + token);
            }
            return claims;
        } catch (ParseException | JOSEException | IOException fault) {
            throw new AssertionError("not a token: " + token, fault);
        }
    }

    @Override
    public void close() {
        program.close();
    }

    /** Hands the one stage to the tests that ask for it; it ends with the last of them. */
    static final class Resolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ClientStage.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(ClientStage.class))
                    .computeIfAbsent(ClientStage.class, key -> new ClientStage(), ClientStage.class);
        }
    }
}
