package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.experience.SsoVisitor.Answer;
import dev.ostiary.sso.SsoConnector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The people of a company sign in by the company's connector only, however they write their address (AL8). */
class SsoOnlyTest {
    private static final String PASSWORD = "Plum-tree47-window";

    private static SsoHouse house;
    private static SsoConnector acme;
    private static SsoOnly rule;

    @BeforeAll
    static void open() {
        house = new SsoHouse();
        acme = house.connectors.make("acme", "acme.test", "xn--bcher-kva.example");
        house.connectors.draft("draft", "draft.test");
        house.change("{\"signIn\": {\"methods\": [" + method("username") + "," + method("email") + "]}}");
        rule = new SsoOnly(house.settings, house.ssoConnectors);
        house.user("anna", "anna@acme.test", PASSWORD);
        house.user("otto", "otto@elsewhere.test", PASSWORD);
        house.user("nomail", null, PASSWORD);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static String method(String identifier) {
        return "{\"identifier\": \"" + identifier
                + "\", \"password\": true, \"verificationCode\": false, \"isPasswordPrimary\": true}";
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Answer identifiedByPassword(String type, String value) {
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        Answer proof = visitor.password(type, value, PASSWORD);
        return proof.status() == 200 ? visitor.identify(proof.string("verificationId")) : proof;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anna@acme.test | true",
                "anna@ACME.TEST | true",
                "Anna@AcMe.TeSt | true",
                "anna@acme.test. | true",
                "anna@acme.test.. | true",
                "anna+work@acme.test | true",
                "nobody-yet@acme.test | true",
                "anna\uff20acme.test | true",
                "anna@\uff41\uff43\uff4d\uff45.test | true",
                "anna@acme\u3002test | true",
                "anna@acme\uff0etest | true",
                "anna@ac\u00adme.test | true",
                "anna@acme.t\u017ft | false",
                "anna@acme.te\u017ft | true",
                "anna@b\u00fccher.example | true",
                "anna@B\u00dcCHER.example | true",
                "anna@bu\u0308cher.example | true",
                "anna@xn--bcher-kva.example | true",
                "'\"a@b\"@acme.test' | true",
                "a@elsewhere.test@acme.test | true",
                "a@acme.test@elsewhere.test | false",
                "anna@sub.acme.test | false",
                "anna@notacme.test | false",
                "anna@acme.test.evil.test | false",
                "anna@draft.test | false",
                "anna@\u0430cme.test | false",
                "acme.test | false",
                "anna | false",
                "anna@ | false"
            })
    void an_address_is_of_the_company_however_it_is_written_AL8(String address, boolean isBound) {
        assertThat(rule.connectors(SsoHouse.TENANT, address).stream().map(SsoConnector::id))
                .as(address)
                .isEqualTo(isBound ? List.of(acme.id()) : List.of());
    }

    @Test
    void a_right_password_is_not_enough_and_the_way_in_is_told_without_secrets_AL8() {
        Answer answer = identifiedByPassword("email", "anna@acme.test");
        refused(answer, 422, "session.sso_enabled");
        JsonNode rows = answer.json().at("/data/ssoConnectors");
        assertThat(rows.size()).isEqualTo(1);
        assertThat(rows.get(0).get("id").asString()).isEqualTo(acme.id());
        assertThat(answer.text()).doesNotContain("secret-of-acme", "client-acme");
    }

    @Test
    void a_wrong_password_is_a_wrong_password_for_them_too() {
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        refused(visitor.password("email", "anna@acme.test", "wrong"), 422, "session.invalid_credentials");
    }

    @Test
    void a_username_is_no_way_around_the_address_of_the_account_AL8() {
        refused(identifiedByPassword("username", "anna"), 422, "session.sso_enabled");
        assertThat(identifiedByPassword("email", "ANNA@ACME.TEST").status()).isEqualTo(422);
        assertThat(identifiedByPassword("username", "otto").status()).isEqualTo(204);
        assertThat(identifiedByPassword("email", "otto@elsewhere.test").status())
                .isEqualTo(204);
        assertThat(identifiedByPassword("username", "nomail").status()).isEqualTo(204);
    }

    @Test
    void who_was_identified_before_the_rule_came_is_stopped_at_the_end_AL8() {
        house.user("early", "early@soon.test", PASSWORD);
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        String proof = visitor.password("username", "early", PASSWORD).string("verificationId");
        assertThat(visitor.identify(proof).status()).isEqualTo(204);
        house.connectors.make("soon", "soon.test");
        refused(visitor.submit(), 422, "session.sso_enabled");
    }

    @Test
    void who_moves_to_the_domain_during_the_visit_is_stopped_at_the_end_AL8() {
        String id = house.user("mover", "mover@elsewhere.test", PASSWORD).id();
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        visitor.identify(visitor.password("username", "mover", PASSWORD).string("verificationId"));
        house.run("UPDATE users SET primary_email = 'mover@ACME.test' WHERE id = '" + id + "'");
        refused(visitor.submit(), 422, "session.sso_enabled");
    }

    @Test
    void a_name_for_a_new_account_is_no_address_and_other_registrations_go_on() {
        SsoVisitor visitor = house.visitor();
        visitor.begin("Register");
        Answer address = visitor.call(
                "POST",
                "/verification/new-password-identity",
                Map.of("identifier", Map.of("type", "username", "value", "x@acme.test"), "password", PASSWORD));
        assertThat(address.status()).isEqualTo(400);
        Answer identity = visitor.call(
                "POST",
                "/verification/new-password-identity",
                Map.of("identifier", Map.of("type", "username", "value", "freshname"), "password", PASSWORD));
        assertThat(visitor.identify(identity.string("verificationId")).status()).isEqualTo(201);
        assertThat(visitor.submit().status()).isEqualTo(200);
    }

    @Test
    void without_the_switch_there_is_no_rule() {
        house.change("{\"singleSignOnEnabled\": false}");
        try {
            assertThat(identifiedByPassword("email", "anna@acme.test").status()).isEqualTo(204);
            assertThat(rule.connectors(SsoHouse.TENANT, "anna@acme.test")).isEmpty();
        } finally {
            house.change("{\"singleSignOnEnabled\": true}");
        }
    }
}
