package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Experience API against OpenID providers: everything from the connector's form to the account is the real part. */
class SsoOverHttpTest {
    private static TestServer server;
    private static TestApi api;
    private static TestProvider good;
    private static TestProvider other;
    private static String connector;
    private static String otherConnector;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
        good = TestProvider.start();
        other = TestProvider.start();
        connector = api.connect("Acme", good, "acme.test");
        otherConnector = api.connect("Other", other, "other.test");
        assertThat(api.patch("/sign-in-exp", Map.of("singleSignOnEnabled", true))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        good.close();
        other.close();
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Map<String, Object> person(String subject, Object... more) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", subject);
        claims.put("name", subject + " by name");
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return claims;
    }

    private record Away(Visitor visitor, URI target, String proof) {}

    private static Away depart(String id) {
        return depart(server, id);
    }

    private static Away depart(TestServer node, String id) {
        Visitor visitor = Visitor.of(node);
        visitor.begin("SignIn");
        Answer answer = visitor.call(
                "POST",
                "/verification/sso/" + id + "/authorization-uri",
                Map.of("state", "of-the-client", "redirectUri", node.origin() + "/callback/" + id));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new Away(
                visitor,
                URI.create(answer.json().get("authorizationUri").asString()),
                answer.json().get("verificationId").asString());
    }

    private static Answer arrive(Away away, String id, Map<String, String> data) {
        return away.visitor.call(
                "POST",
                "/verification/sso/" + id + "/verify",
                Map.of("connectorData", data, "verificationId", away.proof));
    }

    private static Answer identified(TestProvider provider, String id, Map<String, Object> user) {
        provider.user = user;
        Away away = depart(id);
        Answer proven = arrive(away, id, provider.visit(away.target));
        assertThat(proven.status()).as(proven.text()).isEqualTo(200);
        Answer answer = away.visitor.identify(away.proof);
        if (answer.status() == 204) {
            assertThat(away.visitor.submit().status()).isEqualTo(200);
        }
        return answer;
    }

    /** @return id of the user */
    private static String enter(TestProvider provider, String id, Map<String, Object> user) {
        provider.user = user;
        Away away = depart(id);
        Answer proven = arrive(away, id, provider.visit(away.target));
        assertThat(proven.status()).as(proven.text()).isEqualTo(200);
        Answer answer = away.visitor.identify(away.proof);
        if (answer.status() == 404) {
            away.visitor.call("PUT", "/interaction-event", Map.of("interactionEvent", "Register"));
            assertThat(away.visitor.identify(away.proof).status()).isEqualTo(201);
        }
        JsonNode view = away.visitor.call("GET", "/interaction", null).json();
        assertThat(away.visitor.submit().status()).isEqualTo(200);
        return view.get("userId").asString();
    }

    @Test
    void a_newcomer_becomes_a_user_and_is_the_same_one_the_second_time() {
        Map<String, Object> ada = person("ada", "email", "ada@acme.test", "email_verified", true);
        String id = enter(good, connector, ada);
        JsonNode user = api.get("/users/" + id).json();
        assertThat(user.get("name").asString()).isEqualTo("ada by name");
        assertThat(user.get("primaryEmail").asString()).isEqualTo("ada@acme.test");
        assertThat(enter(good, connector, ada)).isEqualTo(id);
        JsonNode identities =
                api.get("/users/" + id + "?includeSsoIdentities=true").json().get("ssoIdentities");
        assertThat(identities.size()).isEqualTo(1);
        assertThat(identities.get(0).get("identityId").asString()).isEqualTo("ada");
    }

    /** What was begun on a node that is gone by then is finished on another: nothing of it was in memory only. */
    @Test
    void a_visitor_who_is_at_the_provider_while_the_server_restarts_arrives_at_the_next_one() {
        good.user = person("nomad", "email", "nomad@acme.test", "email_verified", true);
        Away away;
        try (TestServer leaving = TestServer.start(server.database(), BootstrapCredentials.none())) {
            away = depart(leaving, connector);
        }
        Away arriving = new Away(away.visitor.at(server), away.target, away.proof);
        Answer proven = arrive(arriving, connector, good.visit(away.target));
        assertThat(proven.status()).as(proven.text()).isEqualTo(200);
        arriving.visitor.call("PUT", "/interaction-event", Map.of("interactionEvent", "Register"));
        assertThat(arriving.visitor.identify(away.proof).status()).isEqualTo(201);
        assertThat(arriving.visitor.submit().status()).isEqualTo(200);
    }

    @Test
    void only_an_address_that_the_provider_calls_verified_links_AL2() {
        String victim = api.created("/users", Map.of("primaryEmail", "al2@acme.test", "password", "x"))
                .get("id")
                .asString();
        for (Object verified : Arrays.asList(null, false, "false", "true", 0, 1, List.of(true), Map.of("a", true))) {
            Map<String, Object> claims =
                    person("al2-" + verified, "email", "al2@acme.test", "email_verified", verified);
            if (verified == null) {
                claims.remove("email_verified");
            }
            refused(identified(good, connector, claims), 404, "user.sso_identity_not_exist");
        }
        Map<String, Object> honest = person("al2-true", "email", "al2@acme.test", "email_verified", true);
        assertThat(enter(good, connector, honest)).isEqualTo(victim);
        assertThat(api.get("/users/" + victim + "/has-password")
                        .json()
                        .get("hasPassword")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_company_that_says_it_has_verified_the_address_of_another_company_gets_nowhere_AL1() {
        String victim = api.created("/users", Map.of("primaryEmail", "al1@acme.test"))
                .get("id")
                .asString();
        Map<String, Object> claims = person("al1", "email", "al1@acme.test", "email_verified", true);
        refused(identified(other, otherConnector, claims), 404, "user.sso_identity_not_exist");
        assertThat(enter(other, otherConnector, claims)).isNotEqualTo(victim);
    }

    @Test
    void the_code_of_one_provider_is_worth_nothing_at_the_callback_of_another_RP5() {
        good.user = person("rp5", "email", "rp5@acme.test", "email_verified", true);
        Away away = depart(connector);
        Map<String, String> answer = good.visit(away.target);
        refused(arrive(away, otherConnector, answer), 400, "session.connector_validation_session_not_found");
        refused(arrive(away, connector, answer), 400, "session.connector_validation_session_not_found");

        Away second = depart(connector);
        Map<String, String> foreign = new HashMap<>(other.visit(depart(otherConnector).target));
        foreign.put("state", "of-the-client");
        Answer mixed = arrive(second, connector, foreign);
        assertThat(mixed.status()).isGreaterThanOrEqualTo(400);
        assertThat(mixed.code()).startsWith("connector.");
        refused(second.visitor.identify(second.proof), 400, "session.verification_failed");
    }

    @Test
    void a_connector_that_is_deleted_while_a_visitor_is_away_lets_nobody_back_in_AL7() {
        String brief = api.connect("Brief", good, "brief.test");
        good.user = person("al7", "email", "al7@brief.test", "email_verified", true);
        Away atProvider = depart(brief);
        Map<String, String> answer = good.visit(atProvider.target);
        Away proven = depart(brief);
        assertThat(arrive(proven, brief, good.visit(proven.target)).status()).isEqualTo(200);
        assertThat(api.delete("/sso-connectors/" + brief).status()).isEqualTo(204);
        refused(arrive(atProvider, brief, answer), 404, "connector.not_found");
        refused(proven.visitor.identify(proven.proof), 404, "connector.not_found");
    }

    @Test
    void the_people_of_a_company_are_sent_there_and_pages_know_it() {
        api.created("/users", Map.of("username", "bob", "primaryEmail", "bob@acme.test", "password", Visitor.PASSWORD));
        refused(Visitor.of(server).signIn("bob"), 422, "session.sso_enabled");
        assertThat(Visitor.of(server)
                        .call("GET", "/sso-connectors?email=bob%40ACME.test", null)
                        .json())
                .hasToString("{\"connectorIds\":[\"" + connector + "\"]}");
        JsonNode buttons =
                server.browser().get("/api/.well-known/sign-in-exp").json().get("ssoConnectors");
        assertThat(buttons.get(0).get("id").asString()).isEqualTo(connector);
    }
}
