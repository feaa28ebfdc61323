package dev.ostiary.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.crypto.SigningKey;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeyRotationTest {
    private static final String URL = "/configs/oidc/private-keys";
    private static final String COOKIES = "/configs/oidc/cookie-keys";

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<String> of(JsonNode keys, String field) {
        List<String> found = new ArrayList<>();
        keys.forEach(key -> found.add(key.path(field).asString()));
        return found;
    }

    private JsonNode rotated(Map<String, ?> body) {
        Answer answer = server.api().post(URL + "/rotate", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<String> published() {
        return of(server.browser().get("/oidc/jwks").json().get("keys"), "kid");
    }

    private List<String> algorithms() {
        List<String> names = new ArrayList<>();
        server.browser()
                .get("/oidc/.well-known/openid-configuration")
                .json()
                .get("id_token_signing_alg_values_supported")
                .forEach(name -> names.add(name.asString()));
        return names;
    }

    private int statusWith(String token) {
        return server.browser()
                .get("/api/roles", "Authorization", "Bearer " + token)
                .status();
    }

    @Test
    void an_immediate_rotation_signs_with_the_new_key_and_believes_the_old_one() {
        String before = server.managementToken(Tenants.DEFAULT);
        String old = published().getFirst();
        long begun = server.clock().instant().getEpochSecond();
        JsonNode keys = rotated(Map.of());
        assertThat(of(keys, "status")).containsExactly("Current", "Previous");
        assertThat(of(keys, "signingKeyAlgorithm")).containsExactly("EC", "EC");
        assertThat(keys.get(1).get("id").asString()).isEqualTo(old);
        assertThat(keys.get(0).get("createdAt").asLong())
                .isBetween(begun, server.clock().instant().getEpochSecond());
        assertThat(keys.toString()).doesNotContain("PRIVATE", "effectiveAt");
        assertThat(published()).containsExactly(keys.get(0).get("id").asString(), old);
        assertThat(statusWith(before)).isEqualTo(200);
        assertThat(statusWith(server.managementToken(Tenants.DEFAULT))).isEqualTo(200);
        assertThat(server.app().keys().signer(Tenants.DEFAULT).key().kid())
                .isEqualTo(keys.get(0).get("id").asString());
    }

    @Test
    void the_key_before_the_previous_one_is_gone() {
        String first = server.managementToken(Tenants.DEFAULT);
        rotated(Map.of());
        server.clock().forward(Duration.ofSeconds(1));
        rotated(Map.of());
        assertThat(published()).hasSize(2);
        assertThat(statusWith(first)).isEqualTo(401);
    }

    @Test
    void a_staged_rotation_publishes_first_and_signs_at_its_time_on_every_node_without_a_job() {
        TestServer other = TestServer.start(server.database(), BootstrapCredentials.none());
        try {
            String old = published().getFirst();
            long begun = server.clock().instant().getEpochSecond();
            JsonNode keys = rotated(Map.of("signingKeyAlgorithm", "RSA", "rotationGracePeriod", 3600));
            String next = keys.get(0).get("id").asString();
            assertThat(of(keys, "status")).containsExactly("Next", "Current");
            assertThat(keys.get(0).get("effectiveAt").asLong())
                    .isBetween(begun + 3600, server.clock().instant().getEpochSecond() + 3600);
            assertThat(published()).containsExactly(old, next);
            assertThat(algorithms()).containsExactly("ES384", "PS256", "RS256");
            String before = server.managementToken(Tenants.DEFAULT);

            Answer second = server.api().post(URL + "/rotate", Map.of("rotationGracePeriod", 60));
            assertThat(second.status()).isEqualTo(422);
            assertThat(second.code()).isEqualTo("oidc.invalid_request");
            assertThat(server.api().delete(URL + "/" + next).code()).isEqualTo("oidc.only_previous_key_can_be_deleted");

            for (TestServer node : List.of(server, other)) {
                awaitKeys(node, 2);
                assertThat(node.app().keys().signer(Tenants.DEFAULT).key().kid())
                        .isEqualTo(old);
                node.clock().forward(Duration.ofSeconds(3599));
                assertThat(node.app().keys().signer(Tenants.DEFAULT).key().kid())
                        .isEqualTo(old);
                node.clock().forward(Duration.ofSeconds(1));
                assertThat(node.app().keys().signer(Tenants.DEFAULT).key().kid())
                        .isEqualTo(next);
                assertThat(node.app().keys().signer(Tenants.DEFAULT).key().algorithm())
                        .isEqualTo("RS256");
            }
            assertThat(published()).containsExactly(next, old);
            assertThat(algorithms()).containsExactly("PS256", "RS256");
            assertThat(of(server.api().get(URL).json(), "status")).containsExactly("Current", "Previous");
            String after = server.managementToken(Tenants.DEFAULT);
            assertThat(statusWith(after)).isEqualTo(200);
            assertThat(statusWith(other.managementToken(Tenants.DEFAULT, Map.of("iss", server.origin() + "/oidc"))))
                    .isEqualTo(200);
            assertThat(before).isNotEqualTo(after);
        } finally {
            other.close();
        }
    }

    private static void awaitKeys(TestServer node, int count) {
        for (int i = 0;
                i < 50 && node.app().keys().keySet(Tenants.DEFAULT).keys().size() != count;
                i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(node.app().keys().keySet(Tenants.DEFAULT).keys()).hasSize(count);
    }

    @Test
    void an_emergency_need_not_wait_for_a_rotation_that_is_announced() {
        String old = published().getFirst();
        String next =
                rotated(Map.of("rotationGracePeriod", 600)).get(0).get("id").asString();
        JsonNode keys = rotated(Map.of("rotationGracePeriod", 0));
        assertThat(of(keys, "status")).containsExactly("Next", "Current", "Previous");
        assertThat(published()).containsExactly(keys.get(1).get("id").asString(), next, old);
        server.clock().forward(Duration.ofSeconds(600));
        assertThat(of(server.api().get(URL).json(), "id"))
                .containsExactly(next, keys.get(1).get("id").asString());
    }

    @Test
    void only_a_previous_key_is_deleted_and_what_it_signed_is_worth_nothing_then() {
        String current = published().getFirst();
        assertThat(server.api().delete(URL + "/" + current).code()).isEqualTo("oidc.key_required");
        String leaked = server.managementToken(Tenants.DEFAULT);
        assertThat(statusWith(leaked)).isEqualTo(200);
        rotated(Map.of());
        assertThat(server.api().delete(URL + "/unknown").status()).isEqualTo(404);
        assertThat(server.api().delete(URL + "/unknown").code()).isEqualTo("oidc.key_not_found");
        assertThat(server.api().delete(URL + "/" + published().getFirst()).code())
                .isEqualTo("oidc.only_previous_key_can_be_deleted");
        assertThat(server.api().delete(URL + "/" + current).status()).isEqualTo(204);
        assertThat(published()).hasSize(1).doesNotContain(current);
        assertThat(statusWith(leaked)).isEqualTo(401);
        assertThat(server.api().get("/logs?logKey=SigningKey.Deleted").text()).contains(current);
        assertThat(server.api().get("/logs?logKey=SigningKey.Rotated").text()).contains("ES384");
    }

    @Test
    void two_staged_rotations_at_once_leave_one_next_key() throws Exception {
        Callable<Integer> rotation = () -> server.api()
                .post(URL + "/rotate", Map.of("rotationGracePeriod", 600))
                .status();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> statuses = new ArrayList<>();
            for (var each : threads.invokeAll(List.of(rotation, rotation, rotation))) {
                statuses.add(each.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 422, 422);
        }
        assertThat(published()).hasSize(2);
    }

    @Test
    void odd_requests_are_refused() {
        for (Map<String, ?> body : List.of(
                Map.of("signingKeyAlgorithm", "HS256"),
                Map.of("rotationGracePeriod", -1),
                Map.of("rotationGracePeriod", 1e12),
                Map.of("rotationGracePeriod", "x"))) {
            assertThat(server.api().post(URL + "/rotate", body).status()).isEqualTo(400);
        }
        assertThat(server.api().get("/configs/oidc/other-keys").status()).isEqualTo(400);
        assertThat(published()).hasSize(1);
        assertThat(server.browser().get("/api" + URL).status()).isEqualTo(401);
    }

    @Test
    void cookie_keys_are_rotated_and_the_newest_two_count() {
        CookieKeys keys = new CookieKeys(
                server.app().database(),
                server.app().sealer(),
                new dev.ostiary.events.Changes(server.app().database()),
                dev.ostiary.base.Ids.secure(),
                server.clock());
        String signed = keys.hmac(Tenants.DEFAULT, "forms").sign("x");
        String first = server.api().get(COOKIES).json().get(0).get("id").asString();
        assertThat(server.api().get(COOKIES).json()).hasSize(1);
        assertThat(server.api().delete(COOKIES + "/" + first).code()).isEqualTo("oidc.key_required");

        JsonNode two = server.api().post(COOKIES + "/rotate", Map.of()).json();
        assertThat(two).hasSize(2);
        assertThat(two.get(1).get("id").asString()).isEqualTo(first);
        assertThat(two.get(0).has("status")).isFalse();
        assertThat(keys.hmac(Tenants.DEFAULT, "forms").verify("x", signed)).isTrue();
        assertThat(keys.hmac(Tenants.DEFAULT, "forms").sign("x")).isNotEqualTo(signed);
        assertThat(keys.hmac(Tenants.DEFAULT, "other").verify("x", signed)).isFalse();
        assertThat(keys.hmac(Tenants.ADMIN, "forms").verify("x", signed)).isFalse();

        assertThat(server.api().post(COOKIES + "/rotate", Map.of()).json()).hasSize(2);
        assertThat(keys.hmac(Tenants.DEFAULT, "forms").verify("x", signed)).isFalse();
        assertThat(server.api().delete(COOKIES + "/" + first).status()).isEqualTo(404);
        String second = server.api().get(COOKIES).json().get(1).get("id").asString();
        assertThat(server.api().delete(COOKIES + "/" + second).status()).isEqualTo(204);
    }

    @Test
    void an_rsa_key_signs_what_its_public_half_verifies() {
        rotated(Map.of("signingKeyAlgorithm", "RSA"));
        assertThat(server.app().keys().signer(Tenants.DEFAULT).key().algorithm())
                .isEqualTo("RS256");
        assertThat(statusWith(server.managementToken(Tenants.DEFAULT))).isEqualTo(200);
        assertThat(algorithms()).containsExactly("PS256", "RS256");
        JsonNode jwk = server.browser().get("/oidc/jwks").json().get("keys").get(0);
        assertThat(jwk.get("kty").asString()).isEqualTo("RSA");
        assertThat(jwk.has("alg")).isFalse();
        assertThat(SigningKey.Type.values()).contains(SigningKey.Type.RSA_3072);
    }

    @Test
    void each_kind_of_key_signs_and_is_published_and_announced() {
        Map<String, List<String>> kinds = new java.util.LinkedHashMap<>();
        kinds.put("P-256", List.of("ES256"));
        kinds.put("P-521", List.of("ES512"));
        kinds.put("RSA-2048", List.of("PS256", "RS256"));
        kinds.put("Ed25519", List.of("EdDSA"));
        kinds.put("EC", List.of("ES384"));
        kinds.forEach((kind, algorithms) -> {
            JsonNode keys = rotated(Map.of("signingKeyAlgorithm", kind));
            assertThat(algorithms()).containsExactlyElementsOf(algorithms);
            assertThat(keys.get(0).path("kind").asString()).isEqualTo(kind.equals("EC") ? "P-384" : kind);
            assertThat(keys.get(0).has("signingKeyAlgorithm")).isEqualTo(!kind.equals("Ed25519"));
            assertThat(statusWith(server.managementToken(Tenants.DEFAULT))).isEqualTo(200);
            JsonNode jwk = server.browser().get("/oidc/jwks").json().get("keys").get(0);
            assertThat(jwk.valueStream()).allMatch(JsonNode::isString);
        });
    }

    @Test
    void a_key_that_was_made_elsewhere_takes_the_place_of_a_new_one() {
        SigningKey brought = SigningKey.generate(SigningKey.Type.ED25519);
        Map<String, Object> later = Map.of("pem", brought.toPem().reveal(), "rotationGracePeriod", 3600);
        Answer staged = server.api().post(URL + "/import", later);
        assertThat(staged.status()).as(staged.text()).isEqualTo(200);
        assertThat(staged.json().get(0).path("status").asString()).isEqualTo("Next");
        assertThat(staged.json().get(0).path("id").asString()).isEqualTo(brought.kid());
        assertThat(staged.text()).doesNotContain("PRIVATE");
        assertThat(server.api().post(URL + "/import", later).status()).isEqualTo(422);
        assertThat(server.app().keys().signer(Tenants.DEFAULT).key().kid()).isNotEqualTo(brought.kid());
        SigningKey other = SigningKey.generate(SigningKey.Type.RSA_2048);
        Map<String, Object> now = Map.of("pem", other.toPem().reveal(), "rotationGracePeriod", 0);
        assertThat(server.api().post(URL + "/import", now).status()).isEqualTo(200);
        assertThat(server.app().keys().signer(Tenants.DEFAULT).key().kid()).isEqualTo(other.kid());
        assertThat(server.api().post(URL + "/import", now).code()).isEqualTo("oidc.key_exists");
        assertThat(statusWith(server.managementToken(Tenants.DEFAULT))).isEqualTo(200);
        String sealed = server.app().database().read(Tenants.DEFAULT, tx -> tx.query(
                        "SELECT string_agg(sealed_key, '') FROM signing_keys WHERE tenant_id = :tenant")
                .mapTo(String.class)
                .one());
        assertThat(sealed).doesNotContain("PRIVATE KEY");
        assertThat(server.api().get("/logs?logKey=SigningKey.Imported").text())
                .contains(other.kid())
                .doesNotContain("PRIVATE");
    }

    @Test
    void what_is_no_usable_key_is_not_imported_and_nothing_of_it_repeated() {
        for (String pem : List.of(
                "x",
                "-----BEGIN PRIVATE KEY-----\nSECRETSTUFF\n-----END PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")) {
            Answer answer = server.api().post(URL + "/import", Map.of("pem", pem));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("oidc.private_key_unusable");
            assertThat(answer.text()).doesNotContain("SECRETSTUFF");
        }
        assertThat(server.api().post(URL + "/import", Map.of()).status()).isEqualTo(400);
        assertThat(server.api()
                        .post(URL + "/import", Map.of("pem", "a".repeat(20_000)))
                        .status())
                .isEqualTo(400);
        assertThat(published()).hasSize(1);
    }
}
