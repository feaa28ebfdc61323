package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.oidc.conformance.Suite.Callback;
import dev.ostiary.oidc.conformance.Suite.Client;
import dev.ostiary.oidc.conformance.Suite.Variant;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The modules of plans whose answers have a code. */
abstract class CodeModules extends Modules {
    private static final String VERIFIER = "the-suite-s-verifier-0123456789-0123456789-0123456789";

    CodeModules(Variant variant) {
        super(variant);
    }

    @Test
    void oidcc_response_type_missing() {
        Map<String, String> request = request("response_type", "");
        Callback callback = suite.silently(browser(), request);
        assertThat(callback.way()).isEqualTo(variant.formPost() ? "form" : "query");
        Conditions.error(suite, request, callback, "invalid_request", "unsupported_response_type");
    }

    // userinfo --------------------------------------------------------------------------------------------------------

    private String accessToken() {
        return flow(browser(), request("scope", "openid profile email"))
                .tokens()
                .path("access_token")
                .asString();
    }

    @Test
    void oidcc_userinfo_get() {
        Answer answer = suite.userinfo(accessToken());
        JsonNode claims = Conditions.userinfo(suite, answer, suite.user);
        assertThat(claims.has("name")).isTrue();
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void oidcc_userinfo_post_header() {
        Answer answer =
                suite.server.browser().send("POST", "/oidc/me", null, "Authorization", "Bearer " + accessToken());
        Conditions.userinfo(suite, answer, suite.user);
    }

    @Test
    void oidcc_userinfo_post_body() {
        Answer answer = suite.server.browser().form("/oidc/me", Map.of("access_token", accessToken()));
        Conditions.userinfo(suite, answer, suite.user);
    }

    @Test
    void userinfo_without_a_good_token_is_refused_as_RFC_6750_says() {
        Answer none = browser().get("/oidc/me");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate").orElse(""))
                .startsWith("Bearer")
                .doesNotContain("error=");
        Answer wrong = suite.userinfo("not-a-token");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate").orElse(""))
                .startsWith("Bearer")
                .contains("error=\"invalid_token\"");
    }

    // codes -----------------------------------------------------------------------------------------------------------

    @Test
    void oidcc_codereuse() {
        Signed signed = flow(browser(), request());
        Conditions.tokenError(suite.redeem(client(), signed.callback().get("code")), 400, "invalid_grant");
    }

    @Test
    void oidcc_codereuse_30seconds() {
        Signed signed = flow(browser(), request());
        suite.wait(Duration.ofSeconds(30));
        Conditions.tokenError(suite.redeem(client(), signed.callback().get("code")), 400, "invalid_grant");
        // A warning of the suite where the token still works.
        Answer revoked = suite.userinfo(signed.tokens().path("access_token").asString());
        assertThat(revoked.status()).isEqualTo(401);
    }

    @Test
    void oidcc_ensure_post_request_succeeds() {
        TestBrowser browser = browser();
        Map<String, String> request = request();
        Answer shown = browser.form("/oidc/auth", request);
        // A form of another site brings no cookies, so it is sent on to the same by GET.
        if (shown.location().startsWith("/oidc/auth") || shown.location().contains("/oidc/auth?")) {
            shown = browser.get(shown.location());
        }
        follow(client(), request, suite.signIn(browser, shown, Suite.USERNAME));
    }

    @Test
    void oidcc_ensure_request_with_valid_pkce_succeeds() {
        Map<String, String> request =
                request("code_challenge", Hashes.sha256Base64Url(VERIFIER), "code_challenge_method", "S256");
        Callback callback = suite.signIn(browser(), request);
        Conditions.success(suite, variant, request, callback);
        JsonNode tokens = Conditions.tokens(suite.redeem(client(), callback.get("code"), "code_verifier", VERIFIER));
        Conditions.idToken(suite, request, tokens.path("id_token").asString());
        Callback other = suite.silently(browserSignedIn(), request);
        Conditions.tokenError(suite.redeem(client(), other.get("code")), 400, "invalid_grant");
    }

    private TestBrowser browserSignedIn() {
        TestBrowser browser = browser();
        flow(browser, request());
        return browser;
    }

    @Test
    void oidcc_server_client_secret_post() {
        Map<String, String> request = request();
        Callback callback = suite.signIn(browser(), request);
        Conditions.success(suite, variant, request, callback);
        Answer answer = browser()
                .form(
                        "/oidc/token",
                        Suite.form(
                                "grant_type",
                                "authorization_code",
                                "code",
                                callback.get("code"),
                                "redirect_uri",
                                Suite.CALLBACK,
                                "client_id",
                                client().id(),
                                "client_secret",
                                client().secret()));
        Conditions.idToken(
                suite, request, Conditions.tokens(answer).path("id_token").asString());
        assertThat(suite.discovery().path("token_endpoint_auth_methods_supported"))
                .extracting(JsonNode::asString)
                .contains("client_secret_basic", "client_secret_post");
    }

    // refresh tokens --------------------------------------------------------------------------------------------------

    private Signed offline(Client client, String nonce) {
        Map<String, String> request =
                suite.request(client, variant, "scope", "openid offline_access", "prompt", "consent", "nonce", nonce);
        return follow(client, request, suite.signIn(browser(), request));
    }

    private JsonNode refresh(Client client, Signed signed, String... more) {
        suite.wait(Duration.ofSeconds(1));
        String[] pairs = new String[4 + more.length];
        pairs[0] = "grant_type";
        pairs[1] = "refresh_token";
        pairs[2] = "refresh_token";
        pairs[3] = signed.tokens().path("refresh_token").asString("");
        System.arraycopy(more, 0, pairs, 4, more.length);
        JsonNode fresh = Conditions.tokens(suite.token(client, pairs));
        assertThat(fresh.path("access_token")).isNotEqualTo(signed.tokens().path("access_token"));
        if (fresh.has("id_token")) {
            JsonNode claims = Conditions.claims(fresh.path("id_token").asString());
            for (String same : new String[] {"iss", "sub", "aud", "azp", "auth_time"}) {
                assertThat(claims.path(same)).as(same).isEqualTo(signed.second().path(same));
            }
            assertThat(claims.path("iat").asLong())
                    .isGreaterThan(signed.second().path("iat").asLong());
            if (claims.has("nonce")) {
                assertThat(claims.path("nonce")).isEqualTo(signed.second().path("nonce"));
            }
        }
        Conditions.userinfo(suite, suite.userinfo(fresh.path("access_token").asString()), suite.user);
        return fresh;
    }

    @Test
    void oidcc_refresh_token() {
        assertThat(suite.discovery().path("grant_types_supported"))
                .extracting(JsonNode::asString)
                .contains("refresh_token");
        Signed first = offline(client(), "n-of-the-first");
        refresh(client(), first, "scope", "openid offline_access");
        Signed second = offline(client2(), "n-of-the-second-0123456789-0123456789-01234");
        JsonNode fresh = refresh(client2(), second);
        String theirs = fresh.path("refresh_token")
                .asString(second.tokens().path("refresh_token").asString());
        Conditions.tokenError(
                suite.token(client(), "grant_type", "refresh_token", "refresh_token", theirs), 400, "invalid_grant");
    }
}
