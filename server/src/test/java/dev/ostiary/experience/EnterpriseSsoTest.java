package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.experience.ProviderStandIn.Person;
import dev.ostiary.experience.SsoVisitor.Answer;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.users.User;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sign-in by the identity provider of a company, as clients of the Experience API do it. */
class EnterpriseSsoTest {
    private static SsoHouse house;
    private static SsoConnector acme;

    @BeforeAll
    static void open() {
        house = new SsoHouse();
        acme = house.connectors.make("acme", "acme.test", "acme.example");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static String lastPayload(String key) {
        return house.one(
                "SELECT payload::text FROM logs WHERE key = '" + key + "' ORDER BY created_at DESC, id LIMIT 1",
                String.class);
    }

    @Test
    void a_newcomer_is_told_so_and_registered_and_is_the_same_user_the_next_time() {
        SsoVisitor visitor = house.visitor();
        assertThat(visitor.begin("SignIn").status()).isEqualTo(204);
        Answer away = visitor.depart(acme, "my-state");
        assertThat(away.status()).isEqualTo(200);
        assertThat(away.string("authorizationUri"))
                .startsWith("https://idp.test/authorize")
                .contains("state=my-state");
        String proof = away.string("verificationId");
        assertThat(proof).matches("[0-9a-z]{21}");

        Person jane = Person.of("jane", "Jane@Acme.Test").with("https://pictures.test/jane.png");
        Answer back = visitor.arrive(acme, proof, Map.of("code", house.provider.code(acme, jane), "state", "my-state"));
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.string("verificationId")).isEqualTo(proof);
        refused(visitor.identify(proof), 404, "user.sso_identity_not_exist");
        assertThat(visitor.register(proof).status()).isEqualTo(201);

        String id = visitor.call("GET", "/interaction", null).string("userId");
        User user = house.user(id);
        assertThat(user.primaryEmail()).isEqualTo("Jane@acme.test");
        assertThat(user.name()).isEqualTo("jane by name");
        assertThat(user.avatar()).isEqualTo("https://pictures.test/jane.png");
        assertThat(user.hasPassword()).isFalse();
        assertThat(house.links).anyMatch(link -> link.user().id().equals(id) && link.isNewUser());

        // username and password are asked of everybody else
        Answer done = visitor.submit();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.string("redirectTo")).isEqualTo(SsoHouse.ORIGIN + "/oidc/auth/" + visitor.uid);
        assertThat(house.user(id).lastSignInAt()).isNotNull();
        assertThat(house.visitor().signedIn(acme, jane)).isEqualTo(id);
        assertThat(house.one("SELECT count(*) FROM user_sso_identities WHERE identity_id = 'jane'", Long.class))
                .isEqualTo(1);
    }

    @Test
    void the_visitor_sees_the_proof_and_nothing_that_is_secret() {
        SsoConnector keeping = house.connectors.make("keeping", false, true, "keeping.test");
        SsoVisitor visitor = house.visitor();
        visitor.proven(keeping, Person.of("kim", "kim@keeping.test"));
        JsonNode record = visitor.call("GET", "/interaction", null).json().at("/verificationRecords/0");
        assertThat(record.propertyNames())
                .containsExactly("id", "connectorId", "type", "enterpriseSsoUserInfo", "issuer");
        assertThat(record.get("type").asString()).isEqualTo("EnterpriseSso");
        assertThat(record.get("issuer").asString()).isEqualTo("https://keeping.idp.test");
        String stored = house.one(
                "SELECT coalesce(experience::text, '') || coalesce(connector_session, '') FROM interactions"
                        + " WHERE experience::text LIKE '%kim@keeping.test%'",
                String.class);
        assertThat(stored).contains("sealedTokens").doesNotContain("access-kim", "refresh-kim", "verifier-", "nonce-");
    }

    @Test
    void between_start_and_answer_the_database_holds_no_verifier_in_the_clear() {
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        visitor.depart(acme, "readable-state");
        assertThat(house.one(
                        "SELECT string_agg(i::text, ' ') FROM interactions AS i WHERE connector_session IS NOT NULL",
                        String.class))
                .doesNotContain("readable-state", "verifier-");
    }

    @Test
    void name_and_avatar_follow_the_provider_only_where_the_connector_says_so() {
        SsoConnector synced = house.connectors.make("synced", true, false, "synced.test");
        Person before = Person.of("sid", "sid@synced.test").with("https://pictures.test/1.png");
        String synchronised = house.visitor().signedIn(synced, before);
        house.visitor().signedIn(synced, before.called("Sid the Second").with("https://pictures.test/2.png"));
        assertThat(house.user(synchronised).name()).isEqualTo("Sid the Second");
        assertThat(house.user(synchronised).avatar()).isEqualTo("https://pictures.test/2.png");

        Person other = Person.of("oda", "oda@acme.test");
        String kept = house.visitor().signedIn(acme, other);
        house.visitor().signedIn(acme, other.called("Oda the Second"));
        assertThat(house.user(kept).name()).isEqualTo("oda by name");
    }

    @Test
    void what_no_page_should_show_is_not_taken_over() {
        Person odd = Person.of("odd", "odd@acme.test").called("x".repeat(5000)).with("javascript:alert(1)");
        User user = house.user(house.visitor().signedIn(acme, odd));
        assertThat(user.name()).hasSize(128);
        assertThat(user.avatar()).isNull();
    }

    @Test
    void tokens_of_the_provider_are_kept_where_the_connector_keeps_them() {
        SsoConnector storing = house.connectors.make("storing", false, true, "storing.test");
        house.visitor().signedIn(storing, Person.of("tom", "tom@storing.test"));
        house.visitor().signedIn(acme, Person.of("tim", "tim@acme.test"));
        assertThat(house.keptTokens).contains("tom=access-tom").doesNotContain("tim=access-tim");
    }

    @Test
    void a_suspended_user_stays_outside() {
        Person sue = Person.of("sue", "sue@acme.test");
        String id = house.visitor().signedIn(acme, sue);
        house.write(tx -> house.users.suspend(tx, id, true));
        SsoVisitor visitor = house.visitor();
        refused(visitor.identify(visitor.proven(acme, sue)), 401, "user.suspended");
    }

    @Test
    void an_address_leads_to_its_connectors_before_anything_was_begun() {
        SsoConnector second = house.connectors.make("acme-two", "acme.example");
        SsoVisitor visitor = house.visitor();
        assertThat(visitor.call("GET", "/sso-connectors?email=a%40ACME.test", null)
                        .text())
                .isEqualTo("{\"connectorIds\":[\"" + acme.id() + "\"]}");
        assertThat(visitor.call("GET", "/sso-connectors?email=a%40acme.example", null)
                        .text())
                .contains(acme.id(), second.id());
        assertThat(visitor.call("GET", "/sso-connectors?email=a%40elsewhere.test", null)
                        .text())
                .isEqualTo("{\"connectorIds\":[]}");
        refused(visitor.call("GET", "/sso-connectors?email=nobody", null), 400, "guard.invalid_input");
        refused(visitor.call("GET", "/sso-connectors", null), 400, "guard.invalid_input");
        house.connectors.delete(second);
    }

    @Test
    void pages_are_told_which_connectors_there_are_by_the_names_that_users_know() {
        house.connectors.draft("unfinished", "unfinished.test");
        SsoConnector homeless = house.connectors.make("homeless");
        JsonNode list =
                house.visitor().open("/api/.well-known/sign-in-exp").json().get("ssoConnectors");
        JsonNode first = list.get(0);
        assertThat(first.propertyNames()).containsExactly("id", "connectorName", "logo", "darkLogo");
        assertThat(first.get("id").asString()).isEqualTo(acme.id());
        assertThat(first.get("connectorName").asString()).isEqualTo("OIDC");
        assertThat(first.get("logo").asString()).startsWith("data:image/svg+xml");
        assertThat(list.toString()).doesNotContain(homeless.id(), "unfinished", "secret-of");
        house.change("{\"singleSignOnEnabled\": false}");
        try {
            assertThat(house.visitor()
                            .open("/api/.well-known/sign-in-exp")
                            .json()
                            .get("ssoConnectors")
                            .isEmpty())
                    .isTrue();
            assertThat(house.experience.offersSso(SsoHouse.TENANT)).isFalse();
        } finally {
            house.change("{\"singleSignOnEnabled\": true}");
        }
        assertThat(house.experience.offersSso(SsoHouse.TENANT)).isTrue();
    }

    @Test
    void codes_go_to_our_own_callback_of_this_connector_and_nowhere_else() {
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        String own = SsoHouse.ORIGIN + "/callback/" + acme.id();
        for (String elsewhere : new String[] {
            "https://evil.test/callback/" + acme.id(),
            SsoHouse.ORIGIN + "/callback/another",
            SsoHouse.ORIGIN + "/callback/" + acme.id() + "/../x",
            own + "?next=https://evil.test",
            own + "#x",
            own + "/",
            own.replace("http://", "HTTP://"),
            "http://localhost:3001@evil.test/callback/" + acme.id(),
            SsoHouse.ORIGIN + ".evil.test/callback/" + acme.id()
        }) {
            refused(visitor.depart(acme, "s", elsewhere), 400, "guard.invalid_input");
        }
        refused(visitor.depart(acme, "", own), 400, "session.insufficient_info");
        refused(visitor.depart(acme, "s", ""), 400, "session.insufficient_info");
        assertThat(visitor.depart(acme, "s", own).status()).isEqualTo(200);
    }

    @Test
    void steps_are_in_the_audit_log_with_the_words_of_the_provider_and_without_codes_and_tokens() {
        house.clock.forward(Duration.ofSeconds(1));
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        String proof = visitor.depart(acme, "secret-state").string("verificationId");
        assertThat(lastPayload("Interaction.SignIn.Verification.EnterpriseSso.Create"))
                .contains("Success", acme.id())
                .doesNotContain("secret-state");
        refused(
                visitor.arrive(
                        acme, proof, Map.of("error", "access_denied", "code", "a-code", "state", "secret-state")),
                500,
                "connector.authorization_failed");
        assertThat(lastPayload("Interaction.SignIn.Verification.EnterpriseSso.Submit"))
                .contains("Error", "connector.authorization_failed", "access_denied", acme.id())
                .doesNotContain("a-code", "secret-state");
        house.clock.forward(Duration.ofSeconds(1));
        house.visitor().signedIn(acme, Person.of("ada", "ada@acme.test"));
        assertThat(lastPayload("Interaction.SignIn.Verification.EnterpriseSso.Submit"))
                .contains("Success");
        assertThat(lastPayload("Interaction.Register.Submit")).contains("EnterpriseSso");
    }

    @Test
    void pages_go_there_and_come_back_with_two_calls() {
        SsoVisitor visitor = house.visitor();
        Visit leaving = house.experience.visit(visitor.request("GET", "/sign-in", "", null));
        String target = house.experience
                .departBySso(leaving, acme.id(), Optional.of("pia@acme.test"))
                .toString();
        assertThat(target).contains("login_hint=pia@acme.test", SsoHouse.ORIGIN + "/callback/" + acme.id());
        String state = target.replaceAll(".*[?&]state=([^&]+).*", "$1");
        assertThat(state).matches("pages\\.[A-Za-z0-9_-]{43}");

        var callback = visitor.request("GET", "/callback/" + acme.id(), "", null);
        assertThat(house.experience.findVisitByState(callback, state + "x")).isEmpty();
        Visit back = house.experience.findVisitByState(callback, state).orElseThrow();
        Submission end = house.experience.enterBySso(
                back,
                acme.id(),
                Map.of("code", house.provider.code(acme, Person.of("pia", "pia@acme.test")), "state", state));
        assertThat(end).isInstanceOf(Submission.Done.class);
        assertThat(house.experience.findVisitByState(callback, state)).isEmpty();
    }

    @Test
    void a_provider_is_told_the_addresses_of_its_own_company_only_RP7() {
        for (String hint : List.of("ceo@other.test", "x".repeat(300) + "@acme.test", "ceo@acme.test@other.test")) {
            Visit visit = house.experience.visit(house.visitor().request("GET", "/", "", null));
            assertThat(house.experience
                            .departBySso(visit, acme.id(), Optional.of(hint))
                            .toString())
                    .doesNotContain("login_hint");
        }
        Visit visit = house.experience.visit(house.visitor().request("GET", "/", "", null));
        assertThat(house.experience
                        .departBySso(visit, acme.id(), Optional.of("U-4711"))
                        .toString())
                .contains("login_hint=U-4711");
    }

    @Test
    void a_known_user_costs_this_many_statements_and_no_more() {
        Person person = Person.of("counted", "counted@acme.test");
        house.visitor().signedIn(acme, person);
        SsoVisitor visitor = house.visitor();
        String code = house.provider.code(acme, person);
        long before = house.database.statements();
        visitor.begin("SignIn");
        String proof = visitor.depart(acme, "s").string("verificationId");
        visitor.arrive(acme, proof, Map.of("code", code, "state", "s"));
        visitor.identify(proof);
        assertThat(visitor.submit().status()).isEqualTo(200);
        assertThat(house.database.statements() - before).isLessThanOrEqualTo(21);
    }

    @Test
    void who_may_only_sign_in_is_not_registered_and_who_may_only_register_does_not_sign_in() {
        SsoVisitor visitor = house.visitor();
        String proof = visitor.proven(acme, Person.of("new1", "new1@acme.test"));
        try {
            house.change("{\"signInMode\": \"SignIn\"}");
            refused(visitor.identify(proof), 404, "user.sso_identity_not_exist");
            refused(
                    visitor.call("PUT", "/interaction-event", Map.of("interactionEvent", "Register")),
                    403,
                    "auth.forbidden");
            house.change("{\"signInMode\": \"Register\"}");
            refused(visitor.identify(proof), 403, "auth.forbidden");
        } finally {
            house.change("{\"signInMode\": \"SignInAndRegister\"}");
        }
    }

    @Test
    void a_company_does_not_reset_forgotten_passwords() {
        SsoVisitor visitor = house.visitor();
        visitor.begin("ForgotPassword");
        String id = visitor.depart(acme, "s").string("verificationId");
        visitor.arrive(
                acme, id, Map.of("code", house.provider.code(acme, Person.of("f", "f@acme.test")), "state", "s"));
        refused(visitor.identify(id), 422, "session.not_supported_for_forgot_password");
    }
}
