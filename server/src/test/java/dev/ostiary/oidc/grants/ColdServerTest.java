package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.http.Params;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A node that has just started, with fewer connections than requests: whoever held one and waited for a second would wait
 * for the others, who do the same (DO4). Every request here is the first of its kind on its node.
 */
class ColdServerTest {
    private static final int CONNECTIONS = 3;
    private static final int REQUESTS = 8;

    private static TestOidc oidc;
    private static Client web;
    private static String user;
    private static String indicator;

    @BeforeAll
    static void start() {
        oidc = TestOidc.start();
        web = oidc.client("Traditional", "{\"allowTokenExchange\":true}");
        user = oidc.user("cold");
        indicator = "https://cold.example/" + System.nanoTime();
        String resource = oidc.resource(indicator, "read");
        oidc.permit(user, resource, "read");
    }

    @AfterAll
    static void stop() {
        oidc.close();
    }

    /** All at once, each with an input of its own. */
    private static <T> List<Answer> atColdNode(List<T> inputs, Function<TestServer, Function<T, Answer>> ask)
            throws Exception {
        try (TestServer node = TestServer.cold(oidc.server().database(), CONNECTIONS)) {
            ConcurrentLinkedQueue<T> left = new ConcurrentLinkedQueue<>(inputs);
            return TestGrants.atOnce(inputs.size(), () -> ask.apply(node).apply(left.remove()));
        }
    }

    private static void assertAllGood(List<Answer> answers) {
        assertThat(answers).hasSize(REQUESTS).allSatisfy(answer -> assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(200));
    }

    private static List<String> several(Supplier<String> one) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            all.add(one.get());
        }
        return all;
    }

    private static Function<TestServer, Function<String, Answer>> token(String... form) {
        return node -> value -> {
            Map<String, String> fields = TestOidc.form(form);
            fields.replaceAll((name, text) -> text.replace("{}", value));
            return node.browser().form("/oidc/token", fields, "Authorization", web.basic());
        };
    }

    @Test
    void codes_are_exchanged_DO4() throws Exception {
        List<String> codes = several(() -> oidc.code(
                web, user, "openid offline_access read", Map.of(indicator, Set.of("read")), TestOidc.CHALLENGE));
        assertAllGood(atColdNode(
                codes,
                token(
                        "grant_type",
                        "authorization_code",
                        "code",
                        "{}",
                        "redirect_uri",
                        TestOidc.REDIRECT_URI,
                        "code_verifier",
                        TestOidc.VERIFIER,
                        "resource",
                        indicator)));
    }

    @Test
    void tokens_are_refreshed_DO4() throws Exception {
        List<String> tokens = several(() -> member(oidc.signIn(web, user, "openid offline_access"), "refresh_token"));
        assertAllGood(atColdNode(tokens, token("grant_type", "refresh_token", "refresh_token", "{}")));
    }

    @Test
    void tokens_of_another_application_are_exchanged_DO4() throws Exception {
        Client other = oidc.client("Traditional", "{}");
        List<String> opaque = several(() -> member(oidc.signIn(other, user, "openid"), "access_token"));
        assertAllGood(atColdNode(opaque, exchange()));
        List<String> signed = several(() -> member(
                TestOidc.ok(oidc.token(
                        other,
                        "grant_type",
                        "authorization_code",
                        "code",
                        oidc.code(other, user, "openid read", Map.of(indicator, Set.of("read")), TestOidc.CHALLENGE),
                        "redirect_uri",
                        TestOidc.REDIRECT_URI,
                        "code_verifier",
                        TestOidc.VERIFIER,
                        "resource",
                        indicator)),
                "access_token"));
        // The other node has another port, so another issuer: such a token is refused, after its keys were looked up.
        assertThat(atColdNode(signed, exchange())).hasSize(REQUESTS).allSatisfy(answer -> assertThat(answer.code())
                .isEqualTo("oidc.invalid_grant"));
    }

    private static Function<TestServer, Function<String, Answer>> exchange() {
        return token(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                "{}",
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "scope",
                "openid");
    }

    @Test
    void a_code_and_an_ID_token_come_by_way_of_the_browser_DO4() throws Exception {
        Client hybrid = oidc.client("Traditional", "{}");
        oidc.update(
                "UPDATE applications SET oidc_client_metadata = oidc_client_metadata ||"
                        + " '{\"responseTypes\":[\"code\",\"code id_token\"]}' WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", hybrid.id()));
        List<Answer> answers = atColdNode(
                several(ColdServerTest::session),
                node -> session -> node.browser()
                        .get(
                                "/oidc/auth?client_id=" + hybrid.id() + "&scope=openid&state=s&nonce=n"
                                        + "&response_type=code%20id_token&redirect_uri="
                                        + Params.encode(TestOidc.REDIRECT_URI),
                                "Cookie",
                                "_session=" + session));
        assertThat(answers).hasSize(REQUESTS).allSatisfy(answer -> assertThat(answer.location())
                .contains("id_token=", "code="));
    }

    /** Of a browser that the user has signed in with. */
    private static String session() {
        String value = Ids.secure().token();
        oidc.update(
                """
                INSERT INTO sessions (tenant_id, uid, id, user_id, signed_in_at, authorizations, expires_at)
                VALUES (:tenant, :uid, :hash, :user, :now, '{}', :expiresAt)
                """,
                Map.of(
                        "uid",
                        Ids.secure().token(),
                        "hash",
                        Hashes.sha256(value),
                        "user",
                        user,
                        "now",
                        oidc.server().clock().instant(),
                        "expiresAt",
                        oidc.server().clock().instant().plus(Duration.ofDays(1))));
        return value;
    }
}
