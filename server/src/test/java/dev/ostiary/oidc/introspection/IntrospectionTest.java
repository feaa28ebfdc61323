package dev.ostiary.oidc.introspection;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IntrospectionTest {
    private static final String PATH = "/oidc/token/introspection";
    private static final String ALL = "openid offline_access profile";

    private final TestOidc oidc = TestOidc.shared();
    private final Client web = oidc.web();
    private final Client spa = oidc.spa();
    private final String user = oidc.user("introspection");

    @Test
    void a_client_learns_of_its_own_tokens() {
        Answer tokens = oidc.signIn(web, user, ALL);
        JsonNode body = ok(oidc.post(PATH, web, "token", member(tokens, "access_token")))
                .json();
        assertThat(body.propertyNames())
                .containsExactly("active", "client_id", "exp", "iat", "iss", "scope", "sub", "token_type");
        assertThat(body.get("active").asBoolean()).isTrue();
        assertThat(body.get("client_id").asString()).isEqualTo(web.id());
        assertThat(body.get("exp").asLong() - body.get("iat").asLong()).isEqualTo(3600);
        assertThat(body.get("iss").asString()).isEqualTo(oidc.server().origin() + "/oidc");
        assertThat(body.get("scope").asString()).isEqualTo(ALL);
        assertThat(body.get("sub").asString()).isEqualTo(user);
        assertThat(body.get("token_type").asString()).isEqualTo("Bearer");
        JsonNode refresh = ok(oidc.post(PATH, web, "token", member(tokens, "refresh_token")))
                .json();
        assertThat(refresh.get("active").asBoolean()).isTrue();
        Answer own = oidc.signIn(spa, user, ALL);
        assertThat(ok(oidc.post(PATH, spa, "token", member(own, "access_token")))
                        .json()
                        .get("active")
                        .asBoolean())
                .isTrue();
    }

    // TK6
    @Test
    void a_client_learns_nothing_of_others() {
        Answer tokens = oidc.signIn(web, user, ALL);
        for (Client other : new Client[] {oidc.web(), spa, oidc.machine()}) {
            inactive(oidc.post(PATH, other, "token", member(tokens, "access_token")));
            inactive(oidc.post(PATH, other, "token", member(tokens, "refresh_token")));
        }
    }

    // TK7
    @Test
    void what_is_dead_is_inactive() {
        inactive(oidc.post(PATH, web, "token", "unknown"));
        Answer old = oidc.signIn(spa, user, ALL);
        ok(oidc.refresh(spa, member(old, "refresh_token")));
        inactive(oidc.post(PATH, spa, "token", member(old, "refresh_token")));
        String suspended = oidc.user("suspended");
        Answer theirs = oidc.signIn(web, suspended, ALL);
        oidc.suspend(suspended);
        inactive(oidc.post(PATH, web, "token", member(theirs, "access_token")));
        inactive(oidc.post(PATH, web, "token", member(theirs, "refresh_token")));
        String gone = oidc.user("gone");
        Answer bound = oidc.signIn(web, gone, "openid");
        oidc.endSessions(gone);
        inactive(oidc.post(PATH, web, "token", member(bound, "access_token")));
        Answer ungranted = oidc.signIn(web, user, ALL);
        oidc.update("DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :user", Map.of("user", user));
        inactive(oidc.post(PATH, web, "token", member(ungranted, "access_token")));
    }

    // TK2, TK5
    @Test
    void signed_tokens_are_sent_away_unread() {
        Answer tokens = oidc.signIn(web, user, ALL);
        for (String token : new String[] {
            member(tokens, "id_token"),
            oidc.server().managementToken("default"),
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
            "a.b.c",
            "a.b.c.d.e"
        }) {
            Answer introspected = oidc.post(PATH, web, "token", token);
            assertThat(introspected.status()).isEqualTo(400);
            assertThat(introspected.code()).isEqualTo("oidc.unsupported_token_type");
            assertThat(introspected.json().get("error_description").asString())
                    .isEqualTo("Structured JWT Tokens cannot be introspected via the introspection_endpoint");
            Answer revoked = oidc.post("/oidc/token/revocation", web, "token", token);
            assertThat(revoked.json().get("error_description").asString())
                    .isEqualTo("Structured JWT Tokens cannot be revoked via the revocation_endpoint");
        }
    }

    @Test
    void a_missing_token_and_a_stranger_are_refused() {
        assertThat(oidc.post(PATH, web).status()).isEqualTo(400);
        assertThat(oidc.post(PATH, web).code()).isEqualTo("oidc.invalid_request");
        Client impostor = new Client(web.id(), "wrong");
        assertThat(oidc.post(PATH, impostor, "token", "x").status()).isEqualTo(401);
    }

    @Test
    void who_is_refused_leaves_a_mark_without_what_was_brought_CA2() {
        Client client = oidc.web();
        Client impostor = new Client(client.id(), "guessed-secret");
        assertThat(oidc.post(PATH, impostor, "token", "canary-token").status()).isEqualTo(401);
        assertThat(oidc.post(PATH, client).status()).isEqualTo(400);
        Answer logs = oidc.server().api().get("/logs?logKey=IntrospectToken&page_size=100");
        assertThat(logs.json().findValuesAsString("errorDescription")).contains("client authentication failed");
        assertThat(logs.text()).doesNotContain("canary-token", "guessed-secret");
        assertThat(oidc.server()
                        .api()
                        .get("/logs?logKey=IntrospectToken&applicationId=" + client.id())
                        .json()
                        .at("/0/payload/error")
                        .asString())
                .isEqualTo("oidc.invalid_request");
    }

    @Test
    void it_costs_one_statement() {
        String access = member(oidc.signIn(web, user, ALL), "access_token");
        long before = oidc.database().statements();
        ok(oidc.post(PATH, web, "token", access));
        assertThat(oidc.database().statements() - before).isEqualTo(1);
    }

    private static void inactive(Answer answer) {
        assertThat(ok(answer).text()).isEqualTo("{\"active\":false}");
    }
}
