package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Jwt;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokenExchangeGrantTest {
    private static final String ACCESS = "urn:ietf:params:oauth:token-type:access_token";
    private static final String IMPERSONATION = "urn:logto:token-type:impersonation_token";
    private static final String PERSONAL = "urn:logto:token-type:personal_access_token";

    private static final TestOidc oidc = TestOidc.shared();
    private static final TestApi api = oidc.server().api();

    private static Client exchanger() {
        return oidc.client("Traditional", "{\"allowTokenExchange\":true}");
    }

    private static Client thirdParty() {
        Client client = oidc.web();
        oidc.update(
                "UPDATE applications SET is_third_party = true WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", client.id()));
        return client;
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).isEqualTo("invalid_grant");
        assertThat(answer.json().path("error_description").asString()).isEqualTo("grant request is invalid");
    }

    @Test
    void an_impersonation_token_is_worth_one_access_token() {
        String user = oidc.user("impersonated");
        Client app = exchanger();
        String token = oidc.subjectToken(user);
        assertThat(token).matches("sub_[0-9a-z]{21}");
        Answer answer = ok(oidc.exchange(app, token, IMPERSONATION, "scope", "openid profile"));
        assertThat(answer.json().propertyNames())
                .containsExactlyInAnyOrder("access_token", "expires_in", "scope", "token_type");
        assertThat(member(answer, "scope")).isEqualTo("openid profile");
        JsonNode me = oidc.userinfo(member(answer, "access_token")).json();
        assertThat(me.path("sub").asString()).isEqualTo(user);
        assertThat(me.has("email")).isFalse();
        assertRefused(oidc.exchange(app, token, IMPERSONATION, "scope", "openid"));
    }

    @Test
    void the_wire_calls_an_impersonation_token_an_access_token_too() {
        String token = oidc.subjectToken(oidc.user("also_access"));
        assertThat(oidc.exchange(exchanger(), token, ACCESS).status()).isEqualTo(200);
    }

    @Test
    void TK9_of_two_who_use_an_impersonation_token_at_once_one_is_refused() throws Exception {
        Client app = exchanger();
        String user = oidc.user("raced");
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 5; i++) {
                String token = oidc.subjectToken(user);
                Callable<Integer> use =
                        () -> oidc.exchange(app, token, IMPERSONATION).status();
                List<Integer> statuses = threads.invokeAll(List.of(use, use, use, use)).stream()
                        .map(Future::resultNow)
                        .sorted()
                        .toList();
                assertThat(statuses).containsExactly(200, 400, 400, 400);
            }
        }
    }

    @Test
    void a_refused_exchange_spends_the_token_all_the_same() {
        Client app = exchanger();
        String token = oidc.subjectToken(oidc.user("spent"));
        assertThat(oidc.exchange(app, token, IMPERSONATION, "resource", "https://unknown.example.com")
                        .json()
                        .path("error")
                        .asString())
                .isEqualTo("invalid_target");
        assertRefused(oidc.exchange(app, token, IMPERSONATION));
    }

    @Test
    void a_personal_access_token_is_exchanged_any_number_of_times_until_it_is_deleted() {
        String user = oidc.user("scripts");
        Client app = exchanger();
        String token = oidc.personalAccessToken(user);
        String got = member(ok(oidc.exchange(app, token, PERSONAL, "scope", "openid")), "access_token");
        ok(oidc.exchange(app, token, PERSONAL, "scope", "openid"));
        assertThat(oidc.userinfo(got).status()).isEqualTo(200);
        assertRefused(oidc.exchange(app, token, ACCESS));
        assertRefused(oidc.exchange(app, token, IMPERSONATION));
        assertThat(api.get("/users/" + user + "/grants").json().path("grants")).isEmpty();

        String name = api.get("/users/" + user + "/personal-access-tokens")
                .json()
                .at("/0/name")
                .asString();
        api.delete("/users/" + user + "/personal-access-tokens/" + name);
        assertRefused(oidc.exchange(app, token, PERSONAL));
        // TK7: what it was exchanged for is gone with it
        assertThat(oidc.userinfo(got).status()).isEqualTo(401);
    }

    @Test
    void TK9_expired_tokens_are_refused() {
        try (TestOidc own = TestOidc.start()) {
            String user = own.user("late");
            Client app = own.client("Traditional", "{\"allowTokenExchange\":true}");
            String impersonation = own.subjectToken(user);
            String personal = own.server()
                    .api()
                    .created(
                            "/users/" + user + "/personal-access-tokens",
                            Map.of(
                                    "name",
                                    "short",
                                    "expiresAt",
                                    own.server().clock().instant().toEpochMilli() + 300_000))
                    .path("value")
                    .asString();
            own.server().clock().forward(Duration.ofSeconds(601));
            assertRefused(own.exchange(app, impersonation, IMPERSONATION));
            assertRefused(own.exchange(app, personal, PERSONAL));
        }
    }

    @Test
    void an_opaque_access_token_of_our_own_application_gives_no_more_than_it_may_read() {
        String user = oidc.user("opaque");
        Client app = exchanger();
        String token = member(oidc.signIn(oidc.web(), user, "openid profile"), "access_token");
        Answer answer = ok(oidc.exchange(app, token, ACCESS, "scope", "openid profile email"));
        assertThat(member(answer, "scope")).isEqualTo("openid profile");
        oidc.endSessions(user);
        assertRefused(oidc.exchange(app, token, ACCESS));
    }

    @Test
    void an_api_token_is_exchanged_for_what_the_user_may_do_elsewhere() {
        String user = oidc.user("api");
        String first = "https://first.example.com/" + user;
        String second = "https://second.example.com/" + user;
        oidc.permit(user, oidc.resource(first, "read"), "read");
        oidc.permit(user, oidc.resource(second, "write", "admin"), "write");
        Client app = exchanger();
        String personal = oidc.personalAccessToken(user);
        String jwt =
                member(ok(oidc.exchange(app, personal, PERSONAL, "resource", first, "scope", "read")), "access_token");
        Answer answer = ok(oidc.exchange(app, jwt, ACCESS, "resource", second, "scope", "write admin"));
        assertThat(member(answer, "scope")).isEqualTo("write");
        Jwt verified = oidc.verified(member(answer, "access_token"), "at+jwt");
        assertThat(verified.claims())
                .containsEntry("sub", user)
                .containsEntry("aud", second)
                .containsEntry("client_id", app.id())
                .doesNotContainKey("act");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(1800);
    }

    @Test
    void TK9_the_token_says_who_acts_and_who_acted_before() {
        String user = oidc.user("subject");
        String admin = oidc.user("actor");
        String indicator = "https://acted.example.com/" + user;
        oidc.resource(indicator, "read");
        Client app = exchanger();
        String actor = member(oidc.signIn(oidc.web(), admin, "openid"), "access_token");
        String jwt = member(
                ok(oidc.exchange(
                        app,
                        oidc.subjectToken(user),
                        IMPERSONATION,
                        "resource",
                        indicator,
                        "actor_token",
                        actor,
                        "actor_token_type",
                        ACCESS)),
                "access_token");
        assertThat(oidc.verified(jwt, "at+jwt").claims().get("act")).isEqualTo(Map.of("sub", admin));
        String again = member(ok(oidc.exchange(app, jwt, ACCESS, "resource", indicator)), "access_token");
        assertThat(oidc.verified(again, "at+jwt").claims().get("act")).isEqualTo(Map.of("sub", admin));

        String opaque = member(ok(oidc.exchange(app, jwt, ACCESS, "scope", "openid")), "access_token");
        JsonNode facts =
                oidc.post("/oidc/token/introspection", app, "token", opaque).json();
        assertThat(facts.at("/act/sub").asString()).isEqualTo(admin);
        String other = oidc.user("second_actor");
        String second = member(oidc.signIn(oidc.web(), other, "openid"), "access_token");
        String nested = member(
                ok(oidc.exchange(
                        app, opaque, ACCESS, "resource", indicator, "actor_token", second, "actor_token_type", ACCESS)),
                "access_token");
        assertThat(oidc.verified(nested, "at+jwt").claims().get("act"))
                .isEqualTo(Map.of("sub", other, "act", Map.of("sub", admin)));
    }

    @Test
    void an_actor_has_signed_in_to_an_application_of_our_own() {
        Client app = exchanger();
        String user = oidc.user("acted_for");
        String actor = oidc.user("bad_actor");
        String noOpenid = member(oidc.signIn(oidc.web(), actor, "profile"), "access_token");
        String foreign = member(oidc.signIn(thirdParty(), actor, "openid"), "access_token");
        String good = member(oidc.signIn(oidc.web(), actor, "openid"), "access_token");
        for (String token : new String[] {noOpenid, foreign, oidc.personalAccessToken(actor), "x"}) {
            assertRefused(oidc.exchange(
                    app, oidc.subjectToken(user), IMPERSONATION, "actor_token", token, "actor_token_type", ACCESS));
        }
        assertRefused(oidc.exchange(
                app, oidc.subjectToken(user), IMPERSONATION, "actor_token", good, "actor_token_type", PERSONAL));
        Answer halved = oidc.exchange(app, oidc.subjectToken(user), IMPERSONATION, "actor_token", good);
        assertThat(halved.json().path("error_description").asString())
                .isEqualTo("missing required parameter(s) 'actor_token_type'");
    }

    @Test
    void TK9_who_may_not_exchange_is_refused() {
        String token = oidc.personalAccessToken(oidc.user("plain"));
        Answer plain = oidc.exchange(oidc.web(), token, PERSONAL);
        assertThat(plain.json().path("error_description").asString())
                .isEqualTo("requested grant type is not allowed for this client");
        Client foreign = exchanger();
        oidc.update(
                "UPDATE applications SET is_third_party = true WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", foreign.id()));
        assertThat(oidc.exchange(foreign, token, PERSONAL).json().path("error").asString())
                .isEqualTo("invalid_request");
    }

    @Test
    void TK9_tokens_of_third_parties_machines_suspended_and_deleted_users_are_refused() {
        Client app = exchanger();
        String user = oidc.user("various");
        String foreign = member(oidc.signIn(thirdParty(), user, "openid"), "access_token");
        assertRefused(oidc.exchange(app, foreign, ACCESS));
        assertRefused(oidc.exchange(app, oidc.server().managementToken("default"), ACCESS));
        assertRefused(
                oidc.exchange(app, oidc.server().managementToken("default", Map.of("client_id", app.id())), ACCESS));

        String personal = oidc.personalAccessToken(user);
        String impersonation = oidc.subjectToken(user);
        String jwt = oidc.server().managementToken("default", Map.of("sub", user, "client_id", app.id()));
        ok(oidc.exchange(app, jwt, ACCESS));
        String opaque = member(ok(oidc.exchange(app, personal, PERSONAL, "scope", "openid")), "access_token");
        api.patch("/users/" + user + "/is-suspended", Map.of("isSuspended", true));
        assertThat(oidc.userinfo(opaque).status()).isEqualTo(401);
        assertRefused(oidc.exchange(app, personal, PERSONAL));
        assertRefused(oidc.exchange(app, impersonation, IMPERSONATION));
        assertRefused(oidc.exchange(app, jwt, ACCESS));
        assertRefused(oidc.exchange(app, opaque, ACCESS));
        api.delete("/users/" + user);
        assertRefused(oidc.exchange(app, personal, PERSONAL));
        assertRefused(oidc.exchange(app, jwt, ACCESS));
    }

    /** An import chooses ids: one of a user may be that of an application. */
    @Test
    void TK9_a_machine_is_no_user_even_with_the_id_of_one() {
        Client app = exchanger();
        api.post("/users/import", List.of(Map.of("id", "machine-x", "username", "machine_x")));
        oidc.update(
                """
                INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata)
                VALUES (:tenant, 'machine-x', 'Machine', 'MachineToMachine', '{"redirectUris":[],"postLogoutRedirectUris":[]}')
                """,
                Map.of());
        String token = oidc.server().managementToken("default", Map.of("sub", "machine-x", "client_id", "machine-x"));
        assertRefused(oidc.exchange(app, token, ACCESS));
    }

    @Test
    void TK9_tokens_of_another_tenant_or_kind_are_refused() {
        Client app = exchanger();
        String user = oidc.user("foreign");
        assertRefused(oidc.exchange(
                app, oidc.server().managementToken("admin", Map.of("sub", user, "client_id", app.id())), ACCESS));
        Answer tokens = oidc.signIn(app, user, "openid offline_access");
        assertRefused(oidc.exchange(app, member(tokens, "id_token"), ACCESS));
        assertRefused(oidc.exchange(app, member(tokens, "refresh_token"), ACCESS));
        assertRefused(oidc.exchange(app, member(tokens, "access_token"), PERSONAL));
        assertRefused(oidc.exchange(app, member(tokens, "access_token"), "urn:ietf:params:oauth:token-type:jwt"));
        for (String type : Set.of(ACCESS, IMPERSONATION, PERSONAL)) {
            assertRefused(oidc.exchange(app, "sub_" + "0".repeat(21), type));
            assertRefused(oidc.exchange(app, "a.b.c", type));
        }
    }

    @Test
    void what_is_missing_is_named_and_every_exchange_is_recorded() {
        Client app = exchanger();
        Answer bare = oidc.token(app, "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        assertThat(bare.json().path("error").asString()).isEqualTo("invalid_request");
        assertThat(bare.json().path("error_description").asString())
                .isEqualTo("missing required parameter(s) 'subject_token', 'subject_token_type'");
        String token = oidc.subjectToken(oidc.user("recorded"));
        ok(oidc.exchange(app, token, IMPERSONATION));
        oidc.exchange(app, token, IMPERSONATION);
        JsonNode logs = api.get("/logs?logKey=ExchangeTokenBy.TokenExchange&applicationId=" + app.id())
                .json();
        assertThat(logs.valueStream().map(log -> log.at("/payload/result").asString()))
                .containsExactly("Error", "Success", "Error");
        assertThat(logs.toString()).doesNotContain(token).contains(IMPERSONATION);
    }
}
