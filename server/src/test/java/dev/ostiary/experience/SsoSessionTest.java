package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.experience.ProviderStandIn.Person;
import dev.ostiary.experience.SsoVisitor.Answer;
import dev.ostiary.sso.SsoConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The answer of a provider belongs to one browser, one visit, one connector and one moment (RP4, RP5, RP7). */
class SsoSessionTest {
    private static final String GONE = "session.connector_validation_session_not_found";

    private static SsoHouse house;
    private static SsoConnector acme;
    private static SsoConnector evil;

    @BeforeAll
    static void open() {
        house = new SsoHouse();
        acme = house.connectors.make("acme", "acme.test");
        evil = house.connectors.make("evil", "evil.test");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Map<String, String> answer(SsoConnector connector, String subject, String state) {
        String code = house.provider.code(connector, Person.of(subject, subject + "@acme.test"));
        return Map.of("code", code, "state", state);
    }

    private static SsoVisitor away(String state) {
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        assertThat(visitor.depart(acme, state).status()).isEqualTo(200);
        return visitor;
    }

    private static String proofOf(SsoVisitor visitor) {
        return visitor.call("GET", "/interaction", null)
                .json()
                .at("/verificationRecords/0/id")
                .asString();
    }

    @Test
    void a_callback_that_is_replayed_finds_nothing_RP4() {
        SsoVisitor visitor = away("s");
        String proof = proofOf(visitor);
        assertThat(visitor.arrive(acme, proof, answer(acme, "one", "s")).status())
                .isEqualTo(200);
        refused(visitor.arrive(acme, proof, answer(acme, "two", "s")), 400, GONE);
    }

    @Test
    void of_two_answers_at_once_one_is_read_RP4() throws Exception {
        for (int round = 0; round < 10; round++) {
            SsoVisitor visitor = away("s" + round);
            String proof = proofOf(visitor);
            List<Map<String, String>> answers =
                    List.of(answer(acme, "left" + round, "s" + round), answer(acme, "right" + round, "s" + round));
            List<Callable<Integer>> both = new ArrayList<>();
            answers.forEach(
                    answer -> both.add(() -> visitor.arrive(acme, proof, answer).status()));
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> status : threads.invokeAll(both)) {
                    statuses.add(status.get());
                }
                assertThat(statuses).containsExactlyInAnyOrder(200, 400);
            }
        }
    }

    @Test
    void an_answer_without_a_question_is_refused_RP4() {
        SsoVisitor visitor = house.visitor();
        visitor.begin("SignIn");
        refused(
                visitor.arrive(acme, "a".repeat(21), answer(acme, "x", "s")),
                404,
                "session.verification_session_not_found");
    }

    @Test
    void an_answer_to_the_question_of_another_browser_is_refused_RP4() {
        SsoVisitor attacker = away("attackers-state");
        SsoVisitor victim = away("victims-state");
        Map<String, String> planted = answer(acme, "attacker", "attackers-state");
        refused(victim.arrive(acme, proofOf(victim), planted), 400, "session.csrf_token_mismatch");
        refused(victim.arrive(acme, proofOf(attacker), planted), 404, "session.verification_session_not_found");
        var callback = victim.request("GET", "/callback/" + acme.id(), "", null);
        assertThat(house.experience.findVisitByState(callback, "attackers-state"))
                .as("the attacker's visit is not the victim's to go on with")
                .isEmpty();
    }

    @Test
    void a_state_that_does_not_fit_spends_the_session_RP4() {
        SsoVisitor visitor = away("right");
        String proof = proofOf(visitor);
        refused(visitor.arrive(acme, proof, answer(acme, "g", "wrong")), 400, "session.csrf_token_mismatch");
        refused(visitor.arrive(acme, proof, answer(acme, "g", "right")), 400, GONE);
    }

    @Test
    void the_answers_of_two_connectors_cannot_be_swapped_RP5() {
        // begun with acme, ended at the callback of evil: whose code it is does not matter
        SsoVisitor visitor = away("s");
        refused(visitor.arrive(evil, proofOf(visitor), answer(evil, "mallory", "s")), 400, GONE);
        refused(visitor.arrive(acme, proofOf(visitor), answer(acme, "jane", "s")), 400, GONE);

        // the code of evil's provider at acme's callback
        SsoVisitor other = away("s");
        refused(
                other.arrive(acme, proofOf(other), answer(evil, "mallory", "s")),
                500,
                "connector.authorization_failed");
        refused(other.identify(proofOf(other)), 400, "session.verification_failed");
    }

    @Test
    void a_new_start_ends_the_old_one_RP4() {
        SsoVisitor visitor = away("first");
        String first = proofOf(visitor);
        visitor.depart(acme, "second");
        refused(visitor.arrive(acme, first, answer(acme, "x", "first")), 404, "session.verification_session_not_found");
        assertThat(visitor.arrive(acme, proofOf(visitor), answer(acme, "y", "second"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_sealed_session_is_worth_nothing_in_another_visit_RP4() {
        SsoVisitor rich = away("rich");
        SsoVisitor poor = away("poor");
        // somebody who may write to the database copies one row's session to another
        house.run("UPDATE interactions SET connector_session = (SELECT connector_session FROM interactions"
                + " WHERE experience::text LIKE '%" + proofOf(rich) + "%')"
                + " WHERE experience::text LIKE '%" + proofOf(poor) + "%'");
        refused(poor.arrive(acme, proofOf(poor), answer(acme, "x", "rich")), 400, GONE);
    }

    @Test
    void an_hour_is_the_longest_that_an_answer_is_awaited() {
        SsoVisitor visitor = away("late");
        String proof = proofOf(visitor);
        house.clock.forward(Duration.ofMinutes(61));
        refused(visitor.arrive(acme, proof, answer(acme, "late", "late")), 400, "session.not_found");
        var callback = visitor.request("GET", "/callback/" + acme.id(), "", null);
        assertThat(house.experience.findVisitByState(callback, "late")).isEmpty();
    }

    @Test
    void a_visit_holds_one_session_however_often_it_is_begun_RP7() {
        SsoVisitor visitor = away("s");
        long size = house.one("SELECT max(length(connector_session)) FROM interactions", Long.class);
        for (int i = 0; i < 300; i++) {
            assertThat(visitor.depart(acme, "s").status()).isEqualTo(200);
        }
        assertThat(house.one(
                        "SELECT count(*) FROM interactions WHERE connector_session IS NOT NULL AND experience::text LIKE '%"
                                + proofOf(visitor) + "%'",
                        Long.class))
                .isEqualTo(1);
        assertThat(house.one("SELECT max(length(connector_session)) FROM interactions", Long.class))
                .isLessThan(size + 100);
        assertThat(visitor.call("GET", "/interaction", null)
                        .json()
                        .get("verificationRecords")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void nothing_is_begun_for_who_was_not_sent_here_RP7() {
        int before = house.provider.departures.get();
        SsoVisitor visitor = house.visitor();
        refused(visitor.depart(acme, "s"), 404, "session.interaction_not_found");
        visitor.begin("SignIn");
        refused(visitor.depart(acme, "s", "https://evil.test/"), 400, "guard.invalid_input");
        assertThat(house.provider.departures.get()).isEqualTo(before);
    }
}
