package dev.ostiary.oidc.conformance;

import static dev.ostiary.oidc.conformance.RegisteredHouse.BYE;
import static dev.ostiary.oidc.conformance.RegisteredHouse.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The modules of the plans for signing out: {@code oidcc-rp-initiated-logout-}, {@code
 * oidcc-backchannel-rp-initiated-logout-}, {@code oidcc-frontchannel-rp-initiated-logout-} and {@code
 * oidcc-session-management-certification-test-plan}, with {@code client_registration=dynamic_client}.
 */
class LogoutPlanTest {
    private static final Pattern XSRF = Pattern.compile("name=\"xsrf\" value=\"([^\"]+)\"");
    private static final Pattern FRAME = Pattern.compile("<iframe src=\"([^\"]+)\"");
    private static final String STATE = "s".repeat(64);

    private static RegisteredHouse house;

    @BeforeAll
    static void open() {
        house = new RegisteredHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** Somebody who has signed in to a client of their own. */
    private record Visit(TestBrowser browser, JsonNode client, String idToken) {
        /** What the suite sends; pairs are laid over it, a null value takes one away. */
        Answer end(@Nullable String... pairs) {
            Map<String, String> params = new LinkedHashMap<>();
            params.put("id_token_hint", idToken);
            params.put("post_logout_redirect_uri", BYE);
            params.put("state", STATE);
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i + 1] == null) {
                    params.remove(pairs[i]);
                } else {
                    params.put(pairs[i], pairs[i + 1]);
                }
            }
            return browser.get("/oidc/session/end?" + TestBrowser.encode(params));
        }

        /** What a browser with scripts does by itself, or a person who presses the button. */
        Answer confirm(Answer page) {
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            Matcher xsrf = XSRF.matcher(page.text());
            assertThat(xsrf.find()).isTrue();
            return browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "yes"));
        }

        /** The second authorization of the suite, with {@code prompt=none}. */
        void isOver() {
            Answer again = house.authorize(browser, client, "prompt", "none");
            assertThat(SignInHouse.error(again)).isIn("login_required", "interaction_required");
            assertThat(SignInHouse.param(again.location(), "state")).contains("suite-state");
        }

        void goesOn() {
            Answer again = house.authorize(browser, client, "prompt", "none");
            assertThat(SignInHouse.code(again)).isNotEmpty();
        }
    }

    private static Visit visit(Object... members) {
        Object[] all = new Object[members.length + 2];
        all[0] = "post_logout_redirect_uris";
        all[1] = List.of(BYE);
        System.arraycopy(members, 0, all, 2, members.length);
        JsonNode client = house.registered(all);
        TestBrowser browser = house.house.server.browser();
        Answer tokens = house.redeem(client, house.signIn(browser, client));
        return new Visit(browser, client, house.idToken(tokens, client));
    }

    /** An error page, or one that asks; nobody is sent back. */
    private static void staysHere(Visit visit, Answer answer) {
        assertThat(answer.header("Location")).isEmpty();
        if (answer.status() == 200) {
            assertThat(answer.text()).contains("<button").doesNotContain(".submit()");
            assertThat(visit.confirm(answer).location()).isEqualTo("/oidc/session/end/success");
        } else {
            assertThat(answer.status()).isEqualTo(400);
            visit.goesOn();
        }
    }

    // oidcc-rp-initiated-logout-certification-test-plan ---------------------------------------------------------------

    private static JsonNode discovered() {
        return house.house
                .server
                .browser()
                .get("/oidc/.well-known/openid-configuration")
                .json();
    }

    @Test
    void oidcc_rp_initiated_logout_discovery_endpoint_verification() {
        assertThat(discovered().path("end_session_endpoint").asString()).isEqualTo(house.issuer + "/session/end");
    }

    @Test
    void oidcc_rp_initiated_logout() {
        Visit visit = visit();
        Answer bye = visit.confirm(visit.end());
        assertThat(bye.location()).isEqualTo(BYE + "?state=" + STATE);
        visit.isOver();
    }

    @Test
    void oidcc_rp_initiated_logout_no_state() {
        Visit visit = visit();
        assertThat(visit.confirm(visit.end("state", null)).location()).isEqualTo(BYE);
        visit.isOver();
    }

    @Test
    void oidcc_rp_initiated_logout_bad_post_logout_redirect_uri() {
        Visit visit = visit();
        staysHere(visit, visit.end("post_logout_redirect_uri", BYE + "/bad"));
    }

    @Test
    void oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri() {
        Visit visit = visit();
        staysHere(visit, visit.end("post_logout_redirect_uri", BYE + "?foo=bar"));
    }

    @Test
    void oidcc_rp_initiated_logout_modified_id_token_hint() {
        Visit visit = visit();
        String[] parts = visit.idToken.split("\\.", -1);
        ObjectNode claims = (ObjectNode) part(visit.idToken, 1);
        claims.put("sub", "u1suffix");
        staysHere(
                visit,
                visit.end("id_token_hint", parts[0] + "." + TestKey.base64(Json.write(claims)) + "." + parts[2]));
        Visit other = visit();
        String signature = parts[2].startsWith("A") ? "B" + parts[2].substring(1) : "A" + parts[2].substring(1);
        staysHere(other, other.end("id_token_hint", parts[0] + "." + parts[1] + "." + signature));
    }

    @Test
    void oidcc_rp_initiated_logout_bad_id_token_hint() {
        Visit visit = visit();
        JsonNode claims = part(visit.idToken, 1);
        Map<String, Object> same = new LinkedHashMap<>();
        for (String name : List.of("iss", "sub", "aud", "nonce")) {
            same.put(name, claims.path(name).asString());
        }
        same.put("iat", claims.path("iat").asLong());
        same.put("exp", claims.path("exp").asLong());
        String kid = part(visit.idToken, 0).path("kid").asString();
        staysHere(visit, visit.end("id_token_hint", TestKey.of("RS256").sign(Map.of("kid", kid), same)));
    }

    @Test
    void oidcc_rp_initiated_logout_no_id_token_hint() {
        Visit visit = visit();
        staysHere(visit, visit.end("id_token_hint", null));
    }

    private static void endsHere(Visit visit, Answer page) {
        Answer done = visit.browser.follow(visit.confirm(page));
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.response().uri().getPath()).isEqualTo("/oidc/session/end/success");
        visit.isOver();
    }

    @Test
    void oidcc_rp_initiated_logout_no_params() {
        Visit visit = visit();
        endsHere(visit, visit.end("id_token_hint", null, "post_logout_redirect_uri", null, "state", null));
    }

    @Test
    void oidcc_rp_initiated_logout_only_state() {
        Visit visit = visit();
        endsHere(visit, visit.end("id_token_hint", null, "post_logout_redirect_uri", null));
    }

    @Test
    void oidcc_rp_initiated_logout_no_post_logout_redirect_uri() {
        Visit visit = visit();
        endsHere(visit, visit.end("post_logout_redirect_uri", null));
    }

    // oidcc-backchannel-rp-initiated-logout-certification-test-plan ---------------------------------------------------

    @Test
    void oidcc_backchannel_logout_discovery_endpoint_verification() {
        assertThat(discovered().path("backchannel_logout_supported").asBoolean())
                .isTrue();
        assertThat(discovered().path("backchannel_logout_session_supported").asBoolean())
                .isTrue();
    }

    @Test
    void oidcc_backchannel_rp_initiated_logout() {
        Visit visit =
                visit("backchannel_logout_uri", house.backchannelUri(), "backchannel_logout_session_required", true);
        assertThat(visit.client.path("backchannel_logout_uri").asString()).isEqualTo(house.backchannelUri());
        assertThat(visit.client.path("backchannel_logout_session_required").asBoolean())
                .isTrue();
        house.posted.clear();
        assertThat(visit.confirm(visit.end()).location()).isEqualTo(BYE + "?state=" + STATE);
        Instant end = Instant.now().plusSeconds(30);
        while (house.posted.isEmpty()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
        String[] request = house.posted.getFirst().split("\n", 2);
        assertThat(request[0]).startsWith("application/x-www-form-urlencoded");
        Params form = Params.parse(request[1]);
        assertThat(form.names()).containsExactly("logout_token");
        String token = form.first("logout_token").orElseThrow();
        JsonNode header = part(token, 0);
        assertThat(header.path("alg").asString()).isEqualTo("RS256");
        assertThat(header.path("typ").asString()).isEqualTo("logout+jwt");
        assertThat(header.path("kid")).isEqualTo(part(visit.idToken, 0).path("kid"));
        JsonNode claims = part(token, 1);
        JsonNode signedIn = part(visit.idToken, 1);
        long now = house.house.server.clock().instant().getEpochSecond();
        assertThat(claims.path("iss").asString()).isEqualTo(house.issuer);
        assertThat(claims.path("aud").asString()).isEqualTo(RegisteredHouse.id(visit.client));
        assertThat(claims.path("iat").asLong()).isBetween(now - 60, now + 1);
        assertThat(claims.path("exp").asLong()).isBetween(now, now + 300);
        assertThat(claims.path("jti").asString()).isNotEmpty();
        assertThat(claims.path("events").toString())
                .isEqualTo("{\"http://schemas.openid.net/event/backchannel-logout\":{}}");
        assertThat(claims.path("sub")).isEqualTo(signedIn.path("sub"));
        assertThat(claims.path("sid").asString())
                .isNotEmpty()
                .isEqualTo(signedIn.path("sid").asString());
        assertThat(claims.has("nonce")).isFalse();
        visit.isOver();
    }

    // oidcc-frontchannel-rp-initiated-logout-certification-test-plan --------------------------------------------------

    @Test
    void oidcc_frontchannel_logout_discovery_endpoint_verification() {
        assertThat(discovered().path("frontchannel_logout_supported").asBoolean())
                .isTrue();
        assertThat(discovered().path("frontchannel_logout_session_supported").asBoolean())
                .isTrue();
    }

    @Test
    void oidcc_frontchannel_rp_initiated_logout() {
        String front = "https://suite.example/test/a/ostiary/frontchannel_logout";
        Visit visit = visit("frontchannel_logout_uri", front, "frontchannel_logout_session_required", true);
        assertThat(visit.client.path("frontchannel_logout_uri").asString()).isEqualTo(front);
        Answer page = visit.confirm(visit.end());
        assertThat(page.status()).isEqualTo(200);
        List<String> frames = FRAME.matcher(page.text())
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .toList();
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst()).startsWith(front + "?");
        assertThat(SignInHouse.param(frames.getFirst(), "iss")).contains(house.issuer);
        assertThat(SignInHouse.param(frames.getFirst(), "sid"))
                .contains(part(visit.idToken, 1).path("sid").asString());
        assertThat(Params.parse(java.net.URI.create(frames.getFirst()).getRawQuery())
                        .names())
                .containsExactlyInAnyOrder("iss", "sid");
        assertThat(page.text()).contains("href=\"" + BYE + "?state=" + STATE + "\"");
        visit.isOver();
    }

    // oidcc-session-management-certification-test-plan ----------------------------------------------------------------

    @Test
    void oidcc_session_management_discovery_endpoint_verification_fails_because_it_is_not_done() {
        // Frames that read third-party cookies: browsers have stopped giving them any.
        assertThat(discovered().has("check_session_iframe")).isFalse();
        Answer answer = house.signIn(house.house.server.browser(), house.registered());
        assertThat(SignInHouse.param(answer.location(), "session_state")).isEmpty();
    }
}
