package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.experience.ProviderStandIn.Person;
import dev.ostiary.experience.SsoVisitor.Answer;
import dev.ostiary.sso.SsoConnector;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SI7: whatever the order of calls, a visit ends as somebody only by that person's own proof, given in this visit. */
class SsoRandomOrderTest {
    private static final int VISITS = 60;
    private static final int CALLS = 18;
    private static final String PASSWORD = "Plum-tree47-window";

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_122L);

    /** What was shown in this visit: ids of proofs, and whose they are. */
    private static final class Shown {
        final Map<String, String> owners = new HashMap<>();

        @Nullable
        String pending;

        @Nullable
        SsoConnector at;

        @Nullable
        String state;
    }

    @Test
    void no_order_of_calls_ends_as_somebody_who_was_not_proven() {
        try (SsoHouse house = new SsoHouse()) {
            SsoConnector acme = house.connectors.make("acme", "acme.test");
            SsoConnector evil = house.connectors.make("evil", "evil.test");
            String victim = house.visitor().signedIn(acme, Person.of("victim", "victim@acme.test"));
            house.user("typist", "typist@nowhere.test", PASSWORD);
            int through = 0;
            for (int visit = 0; visit < VISITS; visit++) {
                SsoVisitor visitor = house.visitor();
                Shown shown = new Shown();
                for (int call = 0; call < CALLS; call++) {
                    String ended = step(house, visitor, shown, random.nextBoolean() ? acme : evil);
                    if (ended != null) {
                        through++;
                        String subject = house.one(
                                "SELECT coalesce((SELECT identity_id FROM user_sso_identities WHERE user_id = '" + ended
                                        + "'), (SELECT username FROM users WHERE id = '" + ended + "'))",
                                String.class);
                        assertThat(shown.owners).containsValue(subject);
                        assertThat(ended).isNotEqualTo(victim);
                        break;
                    }
                }
            }
            assertThat(through)
                    .as("the walk reaches the end at times, or it proves nothing")
                    .isPositive();
        }
    }

    /** @return the user, if the visitor is through */
    private @Nullable String step(SsoHouse house, SsoVisitor visitor, Shown shown, SsoConnector connector) {
        switch (random.nextInt(9)) {
            case 0 -> {
                if (visitor.begin(random.nextInt(5) == 0 ? "Register" : "SignIn")
                                .status()
                        == 204) {
                    shown.owners.clear();
                }
            }
            case 1, 2 -> depart(visitor, shown, connector);
            case 3, 4 -> arrive(house, visitor, shown, connector);
            case 5 -> {
                Answer proof = visitor.password("username", "typist", PASSWORD);
                if (proof.status() == 200) {
                    shown.owners.put(proof.string("verificationId"), "typist");
                }
            }
            case 6 ->
                visitor.identify(
                        shown.owners.isEmpty()
                                ? "x".repeat(21)
                                : shown.owners.keySet().iterator().next());
            case 7 ->
                visitor.call(
                        "PUT",
                        "/interaction-event",
                        Map.of("interactionEvent", random.nextBoolean() ? "SignIn" : "Register"));
            default -> {
                String user = visitor.call("GET", "/interaction", null).string("userId");
                return visitor.submit().status() == 200 ? user : null;
            }
        }
        return null;
    }

    private static void depart(SsoVisitor visitor, Shown shown, SsoConnector connector) {
        Answer away = visitor.depart(connector, "state-" + connector.id());
        if (away.status() == 200) {
            shown.pending = away.string("verificationId");
            shown.at = connector;
            shown.state = "state-" + connector.id();
        }
    }

    /** Somebody of evil's company signs in, and says to be the victim of the other one, at whichever callback. */
    private void arrive(SsoHouse house, SsoVisitor visitor, Shown shown, SsoConnector connector) {
        if (shown.pending == null || shown.at == null || shown.state == null) {
            return;
        }
        Person mallory = Person.of("mallory", "victim@acme.test");
        SsoConnector evil = shown.at.connectorName().equals("evil") ? shown.at : connector;
        String code = house.provider.code(evil, mallory);
        if (!evil.connectorName().equals("evil")) {
            return;
        }
        Answer answer = visitor.arrive(connector, shown.pending, Map.of("code", code, "state", shown.state));
        if (answer.status() == 200) {
            assertThat(connector.connectorName()).isEqualTo("evil");
            shown.owners.values().removeIf("mallory"::equals);
            shown.owners.put(shown.pending, "mallory");
        }
    }
}
