package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SI7: whatever the order of calls, nobody gets through who did not prove or make an account in this visit. */
class RandomOrderTest {
    private static final int VISITS = 60;
    private static final int CALLS = 14;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        assertThat(Visitor.of(server).register("known").status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What a visit must have shown to be let through, kept by the rules as people would say them. */
    private static final class Model {
        String event = "";
        boolean identified;
        final List<String> passwords = new ArrayList<>();
        final List<String> identities = new ArrayList<>();
    }

    @Test
    void no_order_of_calls_reaches_the_end_without_an_account() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_121L);
        int through = 0;
        for (int visit = 0; visit < VISITS; visit++) {
            Visitor visitor = Visitor.of(server);
            Model model = new Model();
            boolean done = false;
            for (int call = 0; call < CALLS && !done; call++) {
                done = call(random, visitor, model, "new" + visit + "_" + call);
            }
            through += done ? 1 : 0;
        }
        assertThat(through)
                .as("the walk reaches the end at times, or it proves nothing")
                .isPositive();
    }

    /** @return whether the visitor is through */
    private static boolean call(RandomGenerator random, Visitor visitor, Model model, String name) {
        switch (random.nextInt(9)) {
            case 0 -> begin(visitor, model, random.nextInt(4) == 0 ? "ForgotPassword" : "Register");
            case 1 -> begin(visitor, model, "SignIn");
            case 2 -> remember(model.passwords, visitor.password("username", "known", Visitor.PASSWORD));
            case 3 ->
                assertThat(visitor.password("username", "known", "wrong").status())
                        .isGreaterThanOrEqualTo(400);
            case 4 -> remember(model.identities, visitor.newIdentity(name, Visitor.PASSWORD));
            case 5 -> identify(visitor, model, random, model.passwords, model.event.equals("SignIn"));
            case 6 -> identify(visitor, model, random, model.identities, model.event.equals("Register"));
            case 7 -> changeEvent(visitor, model, random.nextBoolean() ? "SignIn" : "Register");
            default -> {
                Answer answer = visitor.submit();
                assertThat(answer.status() == 200).as(answer.text()).isEqualTo(model.identified);
                return model.identified;
            }
        }
        return false;
    }

    private static void begin(Visitor visitor, Model model, String event) {
        assertThat(visitor.begin(event).status()).isEqualTo(204);
        model.event = event;
        model.identified = false;
        model.passwords.clear();
        model.identities.clear();
    }

    private static void changeEvent(Visitor visitor, Model model, String event) {
        Answer answer = visitor.call("PUT", "/interaction-event", Map.of("interactionEvent", event));
        if (answer.status() == 204) {
            assertThat(model.event).isNotEmpty().isNotEqualTo("ForgotPassword");
            model.event = event;
        }
    }

    /** The newest proof of a kind is the only one. */
    private static void remember(List<String> proofs, Answer answer) {
        if (answer.status() == 200) {
            proofs.clear();
            proofs.add(answer.json().get("verificationId").asString());
        }
    }

    private static void identify(
            Visitor visitor, Model model, RandomGenerator random, List<String> proofs, boolean fits) {
        boolean invented = proofs.isEmpty() || random.nextInt(4) == 0;
        Answer answer = visitor.identify(invented ? "x".repeat(21) : proofs.getFirst());
        if (answer.status() < 300) {
            assertThat(invented).isFalse();
            assertThat(fits).isTrue();
            model.identified = true;
        }
    }
}
