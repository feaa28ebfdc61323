package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SsoIdentitiesTest {
    private static final String ISSUER = "https://idp.example/";

    private static int number;
    private static TestServer server;
    private static TestApi api;
    private static Database db;
    private static SsoIdentities identities;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
        db = server.app().database();
        identities = server.app().ssoIdentities();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_identity_is_shown_with_its_user_and_when_it_was_last_used() {
        String user = user();
        SsoConnector connector = connector();
        SsoIdentity linked = link(user, connector, "sub-shown");
        server.clock().forward(Duration.ofHours(3));
        db.run("default", tx -> identities.seen(tx, linked, profile("sub-shown", "Ana Two")));
        server.clock().reset();

        String url = "/users/" + user + "/sso-identities/" + connector.id();
        JsonNode view = api.get(url).json().get("ssoIdentity");
        assertThat(view.propertyNames())
                .containsExactly(
                        "tenantId",
                        "id",
                        "userId",
                        "issuer",
                        "identityId",
                        "detail",
                        "createdAt",
                        "updatedAt",
                        "ssoConnectorId");
        assertThat(view.get("issuer").asString()).isEqualTo(ISSUER);
        assertThat(view.get("identityId").asString()).isEqualTo("sub-shown");
        assertThat(view.get("detail").get("name").asString()).isEqualTo("Ana Two");
        assertThat(view.get("updatedAt").asLong() - view.get("createdAt").asLong())
                .isBetween(3 * 3_600_000L - 1_000, 3 * 3_600_000L + 60_000);
        assertThat(api.get("/users/" + user + "?includeSsoIdentities=true")
                        .json()
                        .get("ssoIdentities"))
                .containsExactly(view);
        assertThat(api.get("/users/" + user).json().has("ssoIdentities")).isFalse();
        JsonNode all = api.get("/users/" + user + "/all-identities").json();
        assertThat(all.get("socialIdentities")).isEmpty();
        assertThat(all.get("ssoIdentities").get(0).get("ssoIdentity")).isEqualTo(view);
        assertThat(all.get("ssoIdentities").get(0).get("ssoConnectorId").asString())
                .isEqualTo(connector.id());

        assertThat(api.get(url + "?includeTokenSecret=true").json().has("tokenSecret"))
                .isFalse();
        keepTokens(linked);
        assertThat(api.get(url).json().has("tokenSecret")).isFalse();
        JsonNode secret = api.get(url + "?includeTokenSecret=true").json().get("tokenSecret");
        assertThat(secret.get("type").asString()).isEqualTo("federated_token_set");
        assertThat(secret.get("metadata").toString())
                .isEqualTo("{\"scope\":\"openid\",\"tokenType\":\"Bearer\",\"hasRefreshToken\":true}");
        assertThat(secret.toString()).doesNotContain("sealed");
    }

    @Test
    void what_nobody_has_is_not_found() {
        String user = user();
        String url = "/users/" + user + "/sso-identities/";
        assertThat(api.get(url + connector().id()).code()).isEqualTo("user.enterprise_sso_identity_not_exists");
        assertThat(api.get(url + "nobody").status()).isEqualTo(404);
        assertThat(api.get("/users/nobody/sso-identities/x").code()).isEqualTo("entity.not_exists_with_id");
        assertThat(api.get("/users/nobody/all-identities").status()).isEqualTo(404);
    }

    /** AL6 */
    @Test
    void an_account_at_a_provider_belongs_to_one_user_until_one_of_them_is_deleted() {
        SsoConnector connector = connector();
        String first = user();
        String second = user();
        SsoIdentity linked = link(first, connector, "sub-moving");
        assertThatThrownBy(() -> link(second, connector, "sub-moving"))
                .isInstanceOfSatisfying(AppException.class, refused -> assertThat(refused.code())
                        .isEqualTo("user.identity_already_in_use"));
        // What the provider tells at a later sign-in never moves it.
        db.run("default", tx -> identities.seen(tx, linked, profile("someone-else", "Eve")));
        assertThat(find("sub-moving").orElseThrow().userId()).isEqualTo(first);
        assertThat(find("someone-else")).isEmpty();
        keepTokens(linked);
        assertThat(api.delete("/users/" + first).status()).isEqualTo(204);
        assertThat(find("sub-moving")).isEmpty();
        assertThat(tokenSets()).isZero();
        // The same account gives a fresh identity, of a fresh user.
        assertThat(link(second, connector, "sub-moving").id()).isNotEqualTo(linked.id());
        keepTokens(find("sub-moving").orElseThrow());
        assertThat(api.delete("/sso-connectors/" + connector.id()).status()).isEqualTo(204);
        assertThat(find("sub-moving")).isEmpty();
        assertThat(tokenSets()).isZero();
        assertThat(api.get("/users/" + second).status()).isEqualTo(200);
    }

    @Test
    void another_issuer_or_another_case_is_another_account() {
        SsoConnector connector = connector();
        link(user(), connector, "sub-Case");
        assertThat(find("sub-case")).isEmpty();
        assertThat(db.<Optional<SsoIdentity>>read(
                        "default", tx -> identities.find(tx, "https://idp.example", "sub-Case")))
                .isEmpty();
    }

    /** MA2: the same account may be known to two tenants, each with a user of its own. */
    @Test
    void another_tenant_sees_nothing_of_it() {
        String user = user();
        SsoConnector connector = connector();
        link(user, connector, "sub-tenant");
        assertThat(db.<Optional<SsoIdentity>>read("admin", tx -> identities.find(tx, ISSUER, "sub-tenant")))
                .isEmpty();
        assertThat(server.adminApi()
                        .get("/users/" + user + "/sso-identities/" + connector.id())
                        .status())
                .isEqualTo(404);
        assertThat(db.<Long>read("admin", tx -> tx.query("SELECT count(*) FROM user_sso_identities")
                        .mapTo(Long.class)
                        .one()))
                .isZero();
    }

    private static Optional<SsoIdentity> find(String sub) {
        return db.read("default", tx -> identities.find(tx, ISSUER, sub));
    }

    private static long tokenSets() {
        return db.read("default", tx -> tx.query("SELECT count(*) FROM sso_token_sets t JOIN user_sso_identities i"
                        + " ON i.tenant_id = t.tenant_id AND i.id = t.identity_id WHERE i.identity_id = 'sub-moving'")
                .mapTo(Long.class)
                .one());
    }

    private static void keepTokens(SsoIdentity identity) {
        db.run("default", tx -> tx.update(
                        """
                INSERT INTO sso_token_sets (tenant_id, id, identity_id, sealed_tokens, scope, has_refresh_token)
                VALUES (:tenant, :id, :id, 'sealed', 'openid', true)
                """)
                .bind("id", identity.id())
                .execute());
    }

    private static SsoIdentity link(String user, SsoConnector connector, String sub) {
        return db.write("default", tx -> identities.link(tx, user, connector, profile(sub, "Ana")));
    }

    private static SsoProfile profile(String sub, String name) {
        return new SsoProfile(
                ISSUER,
                sub,
                Optional.empty(),
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Json.object().put("id", sub).put("name", name),
                Optional.empty());
    }

    private static String user() {
        return api.created("/users", Map.of("username", "sso_user_" + ++number))
                .get("id")
                .asString();
    }

    private static SsoConnector connector() {
        String id = api.created("/sso-connectors", Map.of("providerName", "OIDC", "connectorName", "C " + ++number))
                .get("id")
                .asString();
        return server.app().ssoConnectors().get("default", id);
    }
}
