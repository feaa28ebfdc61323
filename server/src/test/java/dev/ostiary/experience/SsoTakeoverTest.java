package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.experience.ProviderStandIn.Person;
import dev.ostiary.experience.SsoVisitor.Answer;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.users.ProfileChange;
import dev.ostiary.users.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ways to get at somebody else's account by a company's provider, and why they lead nowhere (AL1 to AL7). */
class SsoTakeoverTest {
    private static final String PASSWORD = "Plum-tree47-window";

    private static SsoHouse house;
    private static SsoConnector acme;

    @BeforeAll
    static void open() {
        house = new SsoHouse();
        acme = house.connectors.make("acme", "acme.test");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static long identitiesOf(User user) {
        return house.one("SELECT count(*) FROM user_sso_identities WHERE user_id = '" + user.id() + "'", Long.class);
    }

    private static String sessionOf(User user) {
        var request = house.visitor().request("GET", "/", "", null);
        return house.write(tx -> {
            var opened = house.sessions.signIn(tx, null, user.id(), house.clock.instant());
            house.sessions.save(tx, opened, Json.object(), "app", request);
            return opened.session().uid();
        });
    }

    @Test
    void a_trusted_address_links_to_the_account_that_has_it_in_any_case() {
        User user = house.user(null, "Lena@acme.test", null);
        assertThat(house.visitor().signedIn(acme, Person.of("lena", "lena@ACME.TEST")))
                .isEqualTo(user.id());
        assertThat(house.user(user.id()).name()).as("what was empty is filled").isEqualTo("lena by name");
        assertThat(house.links).anyMatch(link -> link.user().id().equals(user.id()) && !link.isNewUser());
    }

    @Test
    void an_address_that_is_not_proven_links_to_nobody_AL1_AL2() {
        User victim = house.user(null, "victim@acme.test", PASSWORD);
        SsoVisitor attacker = house.visitor();
        String proof = attacker.proven(acme, Person.unproven("mallory"));
        refused(attacker.identify(proof), 404, "user.sso_identity_not_exist");
        assertThat(attacker.register(proof).status()).isEqualTo(201);
        assertThat(attacker.submit().status()).isEqualTo(200);
        assertThat(identitiesOf(victim)).isZero();
        String other = house.one("SELECT user_id FROM user_sso_identities WHERE identity_id = 'mallory'", String.class);
        assertThat(house.user(other).primaryEmail()).isNull();
    }

    @Test
    void a_company_vouches_for_its_own_domains_only_AL1() {
        User victim = house.user(null, "ceo@other.test", PASSWORD);
        SsoVisitor attacker = house.visitor();
        String proof = attacker.proven(acme, Person.of("eve", "ceo@other.test"));
        refused(attacker.identify(proof), 404, "user.sso_identity_not_exist");
        assertThat(attacker.register(proof).status()).isEqualTo(201);
        assertThat(identitiesOf(victim)).isZero();

        // nor does it plant an account for somebody who has none yet
        String id = house.visitor().signedIn(acme, Person.of("eva", "not-here-yet@other.test"));
        assertThat(house.user(id).primaryEmail()).isNull();
        for (String odd : List.of("x@evil.test@acme.test", "x y@acme.test", "@acme.test", "\u200bx@acme.test")) {
            String user = house.visitor().signedIn(acme, Person.of("odd" + odd.hashCode(), odd));
            assertThat(house.user(user).primaryEmail()).as(odd).isNull();
        }
    }

    @Test
    void whoever_made_the_account_first_holds_no_key_to_it_after_the_owner_has_come_AL3() {
        User planted = house.user("planted", "boss@acme.test", PASSWORD);
        house.run("UPDATE users SET identities = '{\"github\": {\"userId\": \"1\"}}',"
                + " mfa_verifications = '[{\"type\": \"Totp\", \"key\": \"K\"}]' WHERE id = '" + planted.id() + "'");
        SsoConnector elsewhere = house.connectors.make("elsewhere", "elsewhere.test");
        house.run("INSERT INTO user_sso_identities (tenant_id, id, user_id, issuer, identity_id, sso_connector_id)"
                + " VALUES ('default', 'foreign', '" + planted.id() + "', 'https://elsewhere.idp.test', 'spy', '"
                + elsewhere.id() + "')");
        sessionOf(planted);
        house.write(tx -> house.grants.create(tx, planted.id(), "app", null, Set.of("openid"), Map.of()));

        assertThat(house.visitor().signedIn(acme, Person.of("boss", "boss@acme.test")))
                .isEqualTo(planted.id());

        User now = house.user(planted.id());
        assertThat(now.hasPassword()).isFalse();
        assertThat(now.identities().isEmpty()).isTrue();
        assertThat(now.mfaVerifications().isEmpty()).isTrue();
        assertThat(house.one(
                        "SELECT count(*) FROM logs WHERE key = 'Interaction.SignIn.Submit' AND user_id = '" + now.id()
                                + "' AND payload->>'linkedSsoConnectorId' = '" + acme.id() + "'",
                        Long.class))
                .isEqualTo(1);
        assertThat(house.one("SELECT count(*) FROM sessions WHERE user_id = '" + now.id() + "'", Long.class))
                .isZero();
        assertThat(house.one("SELECT count(*) FROM grants WHERE user_id = '" + now.id() + "'", Long.class))
                .isZero();
        assertThat(house.one(
                        "SELECT string_agg(identity_id, ' ') FROM user_sso_identities WHERE user_id = '" + now.id()
                                + "'",
                        String.class))
                .isEqualTo("boss");
        assertThat(house.visitor().password("username", "planted", PASSWORD).status())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void a_second_provider_of_the_same_company_leaves_the_first_in_place() {
        SsoConnector one = house.connectors.make("one", "both.test");
        SsoConnector two = house.connectors.make("two", "both.test");
        String id = house.visitor().signedIn(one, Person.of("bo", "bo@both.test"));
        assertThat(house.visitor().signedIn(two, Person.of("bo2", "bo@both.test")))
                .isEqualTo(id);
        assertThat(house.visitor().signedIn(one, Person.of("bo", "bo@both.test")))
                .isEqualTo(id);
    }

    @Test
    void the_browser_that_was_signed_in_before_the_link_still_finishes() {
        User user = house.user(null, "again@acme.test", PASSWORD);
        String session = sessionOf(user);
        SsoVisitor visitor = house.visitor();
        house.run(
                "UPDATE interactions SET session_uid = '" + session + "' WHERE experience IS NULL AND answer IS NULL");
        assertThat(visitor.signedIn(acme, Person.of("again", "again@acme.test")))
                .isEqualTo(user.id());
        assertThat(house.one(
                        "SELECT count(*) FROM interactions WHERE answer->'login'->>'accountId' = '" + user.id()
                                + "' AND session_uid IS NULL",
                        Long.class))
                .isEqualTo(1);
    }

    @Test
    void an_address_that_changes_hands_during_the_visit_voids_the_proof_AL4() {
        User user = house.user(null, "moving@acme.test", PASSWORD);
        SsoVisitor visitor = house.visitor();
        String proof = visitor.proven(acme, Person.of("mover", "moving@acme.test"));
        assertThat(visitor.identify(proof).status()).isEqualTo(204);
        house.write(tx -> {
            house.users.fill(tx, user.id(), ProfileChange.none().withPrimaryEmail("moved@acme.test"));
            return user;
        });
        refused(visitor.submit(), 404, "user.sso_identity_not_exist");
        assertThat(identitiesOf(user)).isZero();
        assertThat(house.user(user.id()).hasPassword()).isTrue();
    }

    @Test
    void an_identity_that_got_another_owner_during_the_visit_is_not_moved_AL4() {
        User user = house.user(null, "late@acme.test", null);
        SsoVisitor slow = house.visitor();
        String proof = slow.proven(acme, Person.of("late", "late@acme.test"));
        slow.identify(proof);
        User other = house.user(null, null, null);
        house.run("INSERT INTO user_sso_identities (tenant_id, id, user_id, issuer, identity_id, sso_connector_id)"
                + " VALUES ('default', 'taken', '" + other.id() + "', 'https://acme.idp.test', 'late', '" + acme.id()
                + "')");
        refused(slow.submit(), 409, "session.identity_conflict");
        assertThat(identitiesOf(user)).isZero();
    }

    @Test
    void the_proof_of_one_account_does_not_exempt_or_link_another_AL4() {
        house.run("UPDATE users SET name = name");
        User mallory = house.user("mallory4", "m4@elsewhere4.test", PASSWORD);
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        String password = visitor.password("username", "mallory4", PASSWORD).string("verificationId");
        assertThat(visitor.identify(password).status()).isEqualTo(204);
        String away = visitor.depart(acme, "s").string("verificationId");
        visitor.arrive(
                acme, away, Map.of("code", house.provider.code(acme, Person.of("m4", "m4@acme.test")), "state", "s"));
        // identified by the password: the company's word is only one more thing in the visit
        house.change("{\"signUp\": {\"identifiers\": [\"phone\"], \"password\": false, \"verify\": true}}"
                .replace("phone", "username"));
        assertThat(visitor.submit().status()).isEqualTo(200);
        assertThat(identitiesOf(mallory)).isZero();
    }

    @Test
    void leaving_for_the_provider_again_takes_the_first_answer_back_AL4() {
        SsoVisitor visitor = house.visitor();
        String proof = visitor.proven(acme, Person.of("twice", "twice@acme.test"));
        visitor.register(proof);
        visitor.depart(acme, "again");
        refused(visitor.submit(), 404, "session.identifier_not_found");
    }

    @Test
    void a_connector_that_is_switched_off_or_gone_lets_nobody_on_at_any_step_AL7() {
        SsoConnector brief = house.connectors.make("brief", "brief.test");
        Person ben = Person.of("ben", "ben@brief.test");
        house.visitor().signedIn(brief, ben);

        SsoVisitor atStart = house.visitor();
        atStart.begin("SignIn");
        SsoVisitor atCallback = house.visitor();
        atCallback.begin("SignIn");
        String waiting = atCallback.depart(brief, "s").string("verificationId");
        SsoVisitor atIdentification = house.visitor();
        String proven = atIdentification.proven(brief, ben);
        SsoVisitor atSubmit = house.visitor();
        atSubmit.identify(atSubmit.proven(brief, ben));
        String code = house.provider.code(brief, ben);

        house.change("{\"singleSignOnEnabled\": false}");
        try {
            refused(atStart.depart(brief, "s"), 422, "user.sign_in_method_not_enabled");
            refused(atIdentification.identify(proven), 422, "user.sign_in_method_not_enabled");
            refused(atSubmit.submit(), 422, "user.sign_in_method_not_enabled");
            assertThat(atStart.call("GET", "/sso-connectors?email=ben%40brief.test", null)
                            .text())
                    .isEqualTo("{\"connectorIds\":[]}");
        } finally {
            house.change("{\"singleSignOnEnabled\": true}");
        }
        house.connectors.withDomains(brief);
        refused(atStart.depart(brief, "s"), 404, "connector.not_found");
        refused(atIdentification.identify(proven), 404, "connector.not_found");
        house.connectors.delete(brief);
        refused(atStart.depart(brief, "s"), 404, "connector.not_found");
        refused(atCallback.arrive(brief, waiting, Map.of("code", code, "state", "s")), 404, "connector.not_found");
        refused(atIdentification.identify(proven), 404, "connector.not_found");
        refused(atSubmit.submit(), 404, "connector.not_found");
        assertThat(house.one("SELECT count(*) FROM user_sso_identities WHERE identity_id = 'ben'", Long.class))
                .isZero();
    }

    @Test
    void a_newcomer_in_two_tabs_becomes_one_user() throws Exception {
        for (int round = 0; round < 5; round++) {
            Person person = Person.of("tabs" + round, "tabs" + round + "@acme.test");
            List<Callable<Submission>> tabs = List.of(arriving(person), arriving(person));
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                for (Future<Submission> tab : threads.invokeAll(tabs)) {
                    assertThat(tab.get()).isInstanceOf(Submission.Done.class);
                }
            }
            assertThat(house.one(
                            "SELECT count(*) FROM users WHERE primary_email = 'tabs" + round + "@acme.test'",
                            Long.class))
                    .isEqualTo(1);
        }
    }

    @Test
    void an_account_that_is_linked_in_two_tabs_is_linked_once() throws Exception {
        for (int round = 0; round < 5; round++) {
            String address = "linked" + round + "@acme.test";
            User user = house.user(null, address, null);
            List<Callable<Submission>> tabs = List.of(
                    arriving(Person.of("linked" + round, address)), arriving(Person.of("linked" + round, address)));
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                for (Future<Submission> tab : threads.invokeAll(tabs)) {
                    assertThat(tab.get()).isInstanceOf(Submission.Done.class);
                }
            }
            assertThat(identitiesOf(user)).isEqualTo(1);
        }
    }

    @Test
    void a_domain_that_has_moved_to_another_connector_leaves_no_way_in_by_the_old_one_AL7() {
        SsoConnector before = house.connectors.make("before", "moved.test", "stays.test");
        Person max = Person.of("max", "max@moved.test");
        String id = house.visitor().signedIn(before, max);
        house.connectors.withDomains(before, "stays.test");
        assertThat(house.visitor().signedIn(before, max))
                .as("nobody else has the domain")
                .isEqualTo(id);
        SsoConnector after = house.connectors.make("after", "moved.test");
        SsoVisitor visitor = house.visitor();
        refused(visitor.identify(visitor.proven(before, max)), 422, "session.sso_enabled");
        assertThat(house.visitor().signedIn(after, Person.of("max-there", "max@moved.test")))
                .isEqualTo(id);
        assertThat(house.one("SELECT count(*) FROM user_sso_identities WHERE identity_id = 'max'", Long.class))
                .isZero();
    }

    private static Callable<Submission> arriving(Person person) {
        SsoVisitor visitor = house.visitor();
        var request = visitor.request("GET", "/callback/" + acme.id(), "", null);
        String target = house.experience
                .departBySso(house.experience.visit(request), acme.id(), java.util.Optional.empty())
                .toString();
        String state = target.replaceAll(".*[?&]state=([^&]+).*", "$1");
        Map<String, String> answer = Map.of("code", house.provider.code(acme, person), "state", state);
        return () -> house.experience.enterBySso(
                house.experience.findVisitByState(request, state).orElseThrow(), acme.id(), answer);
    }
}
