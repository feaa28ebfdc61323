package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whoever is signed in while the key is rotated notices nothing. */
class KeyRotationInUseTest {
    private static final String API = "https://rotation.example";

    /** Its own: keys change and the clock moves. */
    private static final TestOidc oidc = TestOidc.start();

    private final Client web = oidc.web();

    @AfterAll
    static void stop() {
        oidc.close();
    }

    @Test
    void tokens_of_before_go_on_and_new_ones_are_of_the_new_key() {
        String user = oidc.user("rotated");
        oidc.permit(user, oidc.resource(API, "read"), "read");
        String code = oidc.code(
                web, user, "openid offline_access profile read", Map.of(API, Set.of("read")), TestOidc.CHALLENGE);
        Answer before = ok(new TestGrants(oidc).redeem(web, code));
        String pending = oidc.code(web, user, "openid");
        String old = kid(member(before, "id_token"));

        rotate(Map.of("signingKeyAlgorithm", "RSA", "rotationGracePeriod", 600));
        assertThat(kid(refreshed(before))).as("during the grace period").isEqualTo(old);
        ok(oidc.redeem(web, pending));

        oidc.server().clock().forward(Duration.ofSeconds(601));
        assertThat(kid(refreshed(before))).as("after it").isNotEqualTo(old);
        Answer forApi = ok(oidc.refresh(web, member(before, "refresh_token"), "resource", API));
        assertThat(oidc.verified(member(forApi, "access_token"), "at+jwt").claims())
                .containsEntry("scope", "read");
        assertThat(oidc.userinfo(member(before, "access_token")).status()).isEqualTo(200);
        Answer farewell = oidc.browser()
                .get("/oidc/session/end?client_id=" + web.id() + "&id_token_hint=" + member(before, "id_token"));
        assertThat(farewell.status()).as(farewell.text()).isEqualTo(200);
        assertThat(oidc.verified(member(before, "id_token"), "").claims()).containsEntry("sub", user);

        rotate(Map.of());
        rotate(Map.of());
        Answer forgotten = oidc.browser()
                .get("/oidc/session/end?client_id=" + web.id() + "&id_token_hint=" + member(before, "id_token"));
        assertThat(forgotten.status()).as("its key is two rotations old").isEqualTo(400);
        ok(oidc.refresh(web, member(before, "refresh_token")));
    }

    private String refreshed(Answer before) {
        return member(ok(oidc.refresh(web, member(before, "refresh_token"))), "id_token");
    }

    private static void rotate(Map<String, ?> body) {
        Answer answer = oidc.server().api().post("/configs/oidc/private-keys/rotate", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static String kid(String jwt) {
        byte[] header = Base64.getUrlDecoder().decode(List.of(jwt.split("\\.")).getFirst());
        return Json.read(new String(header, StandardCharsets.UTF_8)).path("kid").asString();
    }
}
