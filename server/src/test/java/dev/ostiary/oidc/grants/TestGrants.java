package dev.ostiary.oidc.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The walk to a code and from there to tokens, and what its refusals look like. */
public final class TestGrants {
    private final TestOidc oidc;

    public TestGrants(TestOidc oidc) {
        this.oidc = oidc;
    }

    /** The form of an honest exchange; pairs are laid over it, an empty value takes one away. */
    public static Map<String, String> redemption(String code, String... changes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", TestOidc.REDIRECT_URI);
        form.put("code_verifier", TestOidc.VERIFIER);
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                form.remove(changes[i]);
            } else {
                form.put(changes[i], changes[i + 1]);
            }
        }
        return form;
    }

    /** @param changes as in {@link #redemption} */
    public Answer redeem(Client client, String code, String... changes) {
        return oidc.token(
                client,
                redemption(code, changes).entrySet().stream()
                        .flatMap(field -> List.of(field.getKey(), field.getValue()).stream())
                        .toArray(String[]::new));
    }

    /** A code of a sign-in that asked for an API, with what was granted of it. */
    public String code(Client client, String user, String scope, String indicator, String... granted) {
        return oidc.code(client, user, scope, Map.of(indicator, Set.of(granted)), TestOidc.CHALLENGE);
    }

    /** {@code invalid_grant}, and nothing of the reason. */
    public static void refused(Answer answer) {
        refused(answer, 400, "invalid_grant", "grant request is invalid");
        assertThat(answer.json().get("error_uri").asString()).isEqualTo("https://openid.sh/debug/invalid_grant");
    }

    /** 403 {@code access_denied}. */
    public static void denied(Answer answer, String description) {
        refused(answer, 403, "access_denied", description);
    }

    public static void refused(Answer answer, int status, String error, String description) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo("oidc." + error);
        assertThat(answer.json().get("error").asString()).isEqualTo(error);
        assertThat(answer.json().get("error_description").asString()).isEqualTo(description);
    }

    /** All threads wait for each other before they begin. */
    public static List<Answer> atOnce(int threads, Callable<Answer> call) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
