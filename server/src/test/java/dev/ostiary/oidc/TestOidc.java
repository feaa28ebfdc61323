package dev.ostiary.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.resources.Resources;
import dev.ostiary.sessions.Grant;
import dev.ostiary.sessions.Grants;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Clients, users, resources and codes as the front channel leaves them, in front of the real endpoints. */
public final class TestOidc implements AutoCloseable {
    public static final String REDIRECT_URI = "http://localhost:3000/callback";
    public static final String VERIFIER = "a-verifier-of-exactly-the-right-kind-0123456789._~";
    public static final String CHALLENGE = Hashes.sha256Base64Url(VERIFIER);

    private static @Nullable TestOidc shared;

    private final TestServer server;
    private final Ids ids = Ids.secure();

    public record Client(String id, String secret) {
        public String basic() {
            return basic(id, secret);
        }

        public static String basic(String id, String secret) {
            return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }
    }

    private TestOidc(TestServer server) {
        this.server = server;
    }

    /** One server for all tests that do not move the clock. */
    public static synchronized TestOidc shared() {
        TestOidc running = shared;
        if (running == null) {
            running = start();
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    public static TestOidc start() {
        return new TestOidc(TestServer.start());
    }

    public TestServer server() {
        return server;
    }

    public Database database() {
        return server.app().database();
    }

    public <T> T write(Function<Tx, T> work) {
        return database().write(Tenants.DEFAULT, work::apply);
    }

    public int update(String sql, Map<String, ? extends @Nullable Object> values) {
        return write(tx -> tx.update(sql).bindMap(values).execute());
    }

    public long count(String sql, Map<String, ? extends @Nullable Object> values) {
        return write(tx -> tx.query(sql).bindMap(values).mapTo(Long.class).one());
    }

    // what there is ---------------------------------------------------------------------------------------------------

    public Client web() {
        return client("Traditional", "{}");
    }

    public Client spa() {
        return client("SPA", "{}");
    }

    public Client machine() {
        return client("MachineToMachine", "{}");
    }

    /** @param settings customClientMetadata */
    public Client client(String type, String settings) {
        boolean machine = type.equals("MachineToMachine");
        String id = ids.standard();
        update(
                """
                INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata, custom_client_metadata)
                VALUES (:tenant, :id, 'Bookstore', :type, :oidc::jsonb, :custom::jsonb)
                """,
                Map.of(
                        "id",
                        id,
                        "type",
                        type,
                        "oidc",
                        machine
                                ? "{\"redirectUris\":[],\"postLogoutRedirectUris\":[]}"
                                : "{\"redirectUris\":[\"" + REDIRECT_URI + "\"],\"postLogoutRedirectUris\":[]}",
                        "custom",
                        settings));
        boolean open = type.equals("SPA") || type.equals("Native");
        return new Client(id, open ? "" : secret(id, "Default secret", ids.secret(), null));
    }

    public String secret(String application, String name, String value, @Nullable Instant expiresAt) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("application", application);
        values.put("name", name);
        values.put("hash", Hashes.sha256(value));
        values.put("expiresAt", expiresAt);
        update(
                """
                INSERT INTO application_secrets (tenant_id, application_id, name, sealed_value, value_hash, expires_at)
                VALUES (:tenant, :application, :name, '-', :hash, :expiresAt)
                """,
                values);
        return value;
    }

    public String user(String username) {
        String id = ids.brief();
        update(
                "INSERT INTO users (tenant_id, id, username, name, primary_email)"
                        + " VALUES (:tenant, :id, :username, 'Alice', :email)",
                Map.of("id", id, "username", username + id, "email", id + "@example.com"));
        return id;
    }

    public void suspend(String user) {
        update("UPDATE users SET is_suspended = true WHERE tenant_id = :tenant AND id = :id", Map.of("id", user));
    }

    /** @return id of the resource */
    public String resource(String indicator, String... scopes) {
        String id = ids.standard();
        update(
                "INSERT INTO resources (tenant_id, id, name, indicator, access_token_ttl)"
                        + " VALUES (:tenant, :id, 'API', :indicator, 1800)",
                Map.of("id", id, "indicator", indicator));
        for (String scope : scopes) {
            update(
                    "INSERT INTO scopes (tenant_id, id, resource_id, name) VALUES (:tenant, :id, :resource, :name)",
                    Map.of("id", ids.standard(), "resource", id, "name", scope));
        }
        return id;
    }

    /** Gives scopes of a resource to a user or an application, by a role of their own. */
    public void permit(String holder, String resource, String... scopes) {
        String role = ids.standard();
        boolean machine = holder.length() == 21;
        update(
                "INSERT INTO roles (tenant_id, id, name, description, type)"
                        + " VALUES (:tenant, :id, :id, 'for a test', :type)",
                Map.of("id", role, "type", machine ? "MachineToMachine" : "User"));
        for (String scope : scopes) {
            update(
                    """
                    INSERT INTO role_scopes (tenant_id, role_id, scope_id)
                    SELECT :tenant, :role, id FROM scopes
                    WHERE tenant_id = :tenant AND resource_id = :resource AND name = :name
                    """,
                    Map.of("role", role, "resource", resource, "name", scope));
        }
        String table = machine
                ? "application_roles (tenant_id, application_id, role_id)"
                : "user_roles (tenant_id, user_id, role_id)";
        update("INSERT INTO " + table + " VALUES (:tenant, :holder, :role)", Map.of("holder", holder, "role", role));
        scopesChanged();
    }

    /** What the Management API says of itself when roles change: caches forget what they know. */
    private void scopesChanged() {
        database().run("default", tx -> server.app().changes().announce(tx, Resources.SCOPES, ""));
    }

    /** Takes all roles from a user or an application. */
    public void dropRoles(String holder) {
        String kind = holder.length() == 21 ? "application" : "user";
        update(
                "DELETE FROM " + kind + "_roles WHERE tenant_id = :tenant AND " + kind + "_id = :holder",
                Map.of("holder", holder));
        scopesChanged();
    }

    // the front channel -----------------------------------------------------------------------------------------------

    public String code(Client client, String user, String scope) {
        return code(client, user, scope, Map.of(), CHALLENGE);
    }

    /** A code as it is after sign-in and consent; without offline_access it hangs on a session. */
    public String code(
            Client client,
            String user,
            String scope,
            Map<String, Set<String>> ofResources,
            @Nullable String challenge) {
        return write(tx -> new AuthorizationCodes(ids, server.clock())
                .issue(tx, granted(tx, client, user, scope, ofResources, challenge)));
    }

    /** A device code whose user has said yes. */
    public String deviceCode(Client client, String user, String scope, Map<String, Set<String>> ofResources) {
        DeviceCodes codes = new DeviceCodes(ids, server.clock());
        String code = codes.next();
        return write(tx -> {
            Hmac key = Hmac.withKey(ids.bytes(32));
            codes.issue(tx, key, code, client.id(), Json.object(), "127.0.0.1", "test");
            codes.confirm(tx, DeviceCodes.id(code), Hashes.sha256("browser"));
            codes.grant(tx, DeviceCodes.id(code), granted(tx, client, user, scope, ofResources, null));
            return code;
        });
    }

    public Answer poll(Client client, String deviceCode, String... more) {
        String[] fields = new String[more.length + 4];
        fields[0] = "grant_type";
        fields[1] = "urn:ietf:params:oauth:grant-type:device_code";
        fields[2] = "device_code";
        fields[3] = deviceCode;
        System.arraycopy(more, 0, fields, 4, more.length);
        return token(client, fields);
    }

    private AuthorizationCodes.CodeIssue granted(
            Tx tx,
            Client client,
            String user,
            String scope,
            Map<String, Set<String>> ofResources,
            @Nullable String challenge) {
        Set<String> scopes = Scopes.parse(scope);
        String session = ids.token();
        Grant grant = new Grants(ids, server.clock())
                .create(tx, user, client.id(), session, Scopes.oidc(scopes), ofResources);
        session(tx, session, user, client.id(), grant.id());
        CodeRequest request = new CodeRequest(
                REDIRECT_URI,
                scope,
                List.copyOf(new LinkedHashSet<>(ofResources.keySet())),
                challenge,
                "n-0S6_WzA2Mj",
                null,
                false,
                null,
                null,
                null,
                null);
        return new AuthorizationCodes.CodeIssue(grant.id(), user, client.id(), session, request);
    }

    private void session(Tx tx, String uid, String user, String client, String grant) {
        tx.update(
                        """
                INSERT INTO sessions (tenant_id, uid, id, user_id, signed_in_at, authorizations, expires_at)
                VALUES (:tenant, :uid, :hash, :user, :now, :authorizations::jsonb, :expiresAt)
                """)
                .bind("uid", uid)
                .bind("hash", Hashes.sha256(uid))
                .bind("user", user)
                .bind("now", server.clock().instant())
                .bind(
                        "authorizations",
                        Json.write(Map.of(client, Map.of("sid", "sid", "grantId", grant, "persistsLogout", false))))
                .bind("expiresAt", server.clock().instant().plus(Duration.ofDays(14)))
                .execute();
    }

    /** Signs the user out everywhere. */
    public void endSessions(String user) {
        update("DELETE FROM sessions WHERE tenant_id = :tenant AND user_id = :user", Map.of("user", user));
    }

    // the back channel ------------------------------------------------------------------------------------------------

    public TestBrowser browser() {
        return server.browser();
    }

    public Answer token(Client client, String... fields) {
        return post("/oidc/token", client, fields);
    }

    /** A confidential client proves itself by Basic, a public one names itself. */
    public Answer post(String path, Client client, String... fields) {
        Map<String, String> form = form(fields);
        if (client.secret().isEmpty()) {
            form.put("client_id", client.id());
            return browser().form(path, form);
        }
        return browser().form(path, form, "Authorization", client.basic());
    }

    public static Map<String, String> form(String... fields) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    public Answer redeem(Client client, String code) {
        return token(
                client,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT_URI,
                "code_verifier",
                VERIFIER);
    }

    public Answer refresh(Client client, String refreshToken, String... more) {
        String[] fields = new String[more.length + 4];
        fields[0] = "grant_type";
        fields[1] = "refresh_token";
        fields[2] = "refresh_token";
        fields[3] = refreshToken;
        System.arraycopy(more, 0, fields, 4, more.length);
        return token(client, fields);
    }

    /** A token of the user's own, for their scripts. */
    public String personalAccessToken(String user) {
        return server.api()
                .created("/users/" + user + "/personal-access-tokens", Map.of("name", ids.standard()))
                .path("value")
                .asString();
    }

    /** A token that stands for the user, once. */
    public String subjectToken(String user) {
        return server.api()
                .created("/subject-tokens", Map.of("userId", user))
                .path("subjectToken")
                .asString();
    }

    public Answer exchange(Client client, String subjectToken, String type, String... more) {
        String[] fields = new String[more.length + 6];
        fields[0] = "grant_type";
        fields[1] = "urn:ietf:params:oauth:grant-type:token-exchange";
        fields[2] = "subject_token";
        fields[3] = subjectToken;
        fields[4] = "subject_token_type";
        fields[5] = type;
        System.arraycopy(more, 0, fields, 6, more.length);
        return token(client, fields);
    }

    /** Tokens of a fresh sign-in. */
    public Answer signIn(Client client, String user, String scope) {
        return ok(redeem(client, code(client, user, scope)));
    }

    public Answer userinfo(String token) {
        return browser().get("/oidc/me", "Authorization", "Bearer " + token);
    }

    public static Answer ok(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }

    public static String member(Answer answer, String name) {
        return answer.json().path(name).asString("");
    }

    /** A JWT of ours, verified; the audience is the test's to check. */
    public Jwt verified(String token, String typ) {
        try {
            return new JwtVerifier(server.clock())
                    .verify(
                            token,
                            JwtRules.of(
                                            server.origin() + "/oidc",
                                            server.app().keys().keySet("default"),
                                            typ)
                                    .withAnyAudience());
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
