package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static dev.ostiary.oidc.grants.TestGrants.redemption;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies, origins and what the SDKs demand of the token endpoint. */
class TokenRoutesTest {
    private static final String ALL = "openid offline_access profile";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final TestOidc oidc = TestOidc.shared();
    private final Client web = oidc.web();
    private final Client spa = oidc.spa();
    private final String user = oidc.user("routes");

    // bodies ----------------------------------------------------------------------------------------------------------

    @Test
    void json_is_taken_as_a_form() {
        String code = oidc.code(web, user, ALL);
        ok(oidc.browser()
                .json("POST", "/oidc/token", redemption(code, "client_id", web.id(), "client_secret", web.secret())));
    }

    @Test
    void malformed_json_is_an_empty_body() {
        Answer answer = send("application/json", "{\"grant_type\":");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(description(answer)).isEqualTo("no client authentication mechanism provided");
        assertThat(send("application/json", "[1,2]").status()).isEqualTo(400);
        assertThat(send("application/json", "null").status()).isEqualTo(400);
        assertThat(send("application/json", "\"x\"").status()).isEqualTo(400);
    }

    @Test
    void other_media_types_are_refused() {
        for (String type : new String[] {"text/plain", "multipart/form-data; boundary=x", "application/xml"}) {
            Answer answer = send(type, "grant_type=refresh_token");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(description(answer))
                    .isEqualTo("only application/x-www-form-urlencoded content-type bodies are supported"
                            + " on POST /token");
        }
        assertThat(description(send(FORM + "; charset=utf-8", "grant_type=x")))
                .isEqualTo("no client authentication mechanism provided");
    }

    @Test
    void a_large_body_is_refused_and_one_just_below_is_read() {
        assertThat(send(FORM, "a=" + "x".repeat(56 * 1024)).status()).isEqualTo(413);
        assertThat(send(FORM, "a=" + "x".repeat(56 * 1024 - 2)).status()).isEqualTo(400);
    }

    @Test
    void a_nul_is_refused_wherever_it_is() {
        for (String body : new String[] {"code=%00", "a%00b=c", "code=a\0b"}) {
            Answer answer = send(FORM, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("oidc.invalid_request");
            assertThat(description(answer)).contains("NUL");
        }
        assertThat(description(send("application/json", "{\"code\":\"\\u0000\"}")))
                .contains("NUL");
    }

    @Test
    void a_parameter_given_twice_is_refused() {
        Answer answer = send(FORM, "client_id=" + spa.id() + "&client_id=" + web.id());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(description(answer)).isEqualTo("'client_id' parameter must not be provided twice");
    }

    @Test
    void nonsense_is_a_400_and_never_a_500() {
        String[] bodies = {
            "",
            "&&&",
            "=",
            "%",
            "grant_type=%FF%FE",
            "grant_type",
            "\uD83D\uDE00=\uD83D\uDE00",
            "client_id=" + "x".repeat(10_000),
            "client_id='%3B+DROP+TABLE+users%3B--",
            "client_id=<script>"
        };
        for (String body : bodies) {
            Answer answer = send(FORM, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).as(body).startsWith("oidc.invalid_");
            assertThat(answer.json().get("message").isString()).isTrue();
        }
    }

    @Test
    void parse_error_false_gives_the_members_of_rfc_6749_alone() {
        Answer answer = oidc.browser()
                .send("POST", "/oidc/token?parse_error=false", "client_id=" + spa.id(), "Content-Type", FORM);
        assertThat(answer.json().propertyNames()).containsExactly("error", "error_description");
    }

    // SE5: origins ----------------------------------------------------------------------------------------------------

    @Test
    void only_the_clients_origins_may_call_and_credentials_are_never_allowed() {
        String allowed = "http://localhost:3000";
        Answer answer = redeemFrom(allowed, spa);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(allowed);
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("WWW-Authenticate");
        assertThat(redeemFrom(oidc.server().origin(), spa).status()).isEqualTo(200);
        Client listed = oidc.client("SPA", "{\"corsAllowedOrigins\":[\"https://shop.example.com\"]}");
        assertThat(redeemFrom("https://shop.example.com", listed).status()).isEqualTo(200);
    }

    @Test
    void hostile_origins_are_refused_before_anything_happens_and_cannot_read_why() {
        for (String origin : new String[] {
            "null",
            "https://evil.example",
            "http://localhost:3000.evil.example",
            "http://localhost:30001",
            "https://localhost:3000",
            "http://localhost",
            "http://evil.example/http://localhost:3000",
            "http://LOCALHOST:3000@evil.example",
            "*"
        }) {
            String code = oidc.code(spa, user, ALL);
            Answer answer = redeemFrom(origin, spa, code);
            assertThat(answer.status()).as(origin).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("oidc.invalid_request");
            assertThat(description(answer)).startsWith("origin ").endsWith(" not allowed for client: " + spa.id());
            assertThat(answer.header("Access-Control-Allow-Origin")).as(origin).isEmpty();
            ok(oidc.redeem(spa, code));
        }
    }

    @Test
    void a_preflight_tells_what_may_be_tried() {
        for (String path : List.of("/oidc/token", "/oidc/me", "/oidc/token/introspection", "/oidc/token/revocation")) {
            Answer answer = oidc.browser()
                    .send(
                            "OPTIONS",
                            path,
                            null,
                            "Origin",
                            "https://anywhere.example",
                            "Access-Control-Request-Method",
                            "POST",
                            "Access-Control-Request-Headers",
                            "authorization");
            assertThat(answer.status()).as(path).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Origin")).contains("https://anywhere.example");
            assertThat(answer.header("Access-Control-Allow-Methods").orElseThrow())
                    .contains("POST");
            assertThat(answer.header("Access-Control-Allow-Headers")).contains("authorization");
            assertThat(answer.header("Access-Control-Max-Age")).contains("3600");
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    // what the SDKs demand --------------------------------------------------------------------------------------------

    private enum Style {
        PYTHON_PHP_RUBY_BODY,
        JS_NODE_GO_RAW_BASIC_WITH_BODY_ID,
        DART_SWIFT_KOTLIN_PUBLIC
    }

    @Test
    void each_sdk_is_answered_as_its_model_demands() {
        for (Style style : Style.values()) {
            Answer exchange = exchange(style);
            assertThat(exchange.status()).isEqualTo(200);
            demanded(exchange);
            assertThat(exchange.json().get("id_token").isString()).isTrue();
            Client client = style == Style.DART_SWIFT_KOTLIN_PUBLIC ? spa : web;
            Answer refresh = ok(oidc.refresh(client, member(exchange, "refresh_token")));
            demanded(refresh);
            var claims = oidc.verified(member(refresh, "id_token"), "").claims();
            assertThat(claims.get("aud")).isEqualTo(client.id());
            assertThat(claims.get("iss")).isEqualTo(oidc.server().origin() + "/oidc");
            assertThat(claims.get("sub")).isEqualTo(user);
            assertThat(claims.get("iat")).isInstanceOf(Long.class);
            assertThat(claims.get("exp")).isInstanceOf(Long.class);
            assertThat(claims).doesNotContainKeys("nbf", "at_hash");
            // Go, PHP: signing out with nothing but the client's name and the token.
            oidc.post("/oidc/token/revocation", client, "token", member(refresh, "refresh_token"));
        }
    }

    /** Swift, Kotlin and Dart read scope without asking, all read expires_in as a whole number. */
    private static void demanded(Answer answer) {
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.json().get("access_token").isString()).isTrue();
        assertThat(answer.json().get("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.json().get("expires_in").isIntegralNumber()).isTrue();
        assertThat(answer.json().get("scope").isString()).isTrue();
        assertThat(answer.json().get("refresh_token").isString()).isTrue();
    }

    private Answer exchange(Style style) {
        Client client = style == Style.DART_SWIFT_KOTLIN_PUBLIC ? spa : web;
        String code = oidc.code(client, user, "profile openid offline_access profile");
        Map<String, String> form = redemption(code, "client_id", client.id());
        return switch (style) {
            case PYTHON_PHP_RUBY_BODY -> {
                form.put("client_secret", client.secret());
                yield oidc.browser().form("/oidc/token", form);
            }
            case JS_NODE_GO_RAW_BASIC_WITH_BODY_ID ->
                oidc.browser().form("/oidc/token", form, "Authorization", client.basic());
            case DART_SWIFT_KOTLIN_PUBLIC -> oidc.browser().form("/oidc/token", form);
        };
    }

    private Answer redeemFrom(String origin, Client client) {
        return redeemFrom(origin, client, oidc.code(client, user, ALL));
    }

    private Answer redeemFrom(String origin, Client client, String code) {
        return oidc.browser().form("/oidc/token", redemption(code, "client_id", client.id()), "Origin", origin);
    }

    private Answer send(String type, String body) {
        return oidc.browser().send("POST", "/oidc/token", body, "Content-Type", type);
    }

    private static String description(Answer answer) {
        return answer.json().get("error_description").asString();
    }
}
