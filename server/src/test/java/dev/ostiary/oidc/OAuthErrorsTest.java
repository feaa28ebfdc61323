package dev.ostiary.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OAuthErrorsTest {
    private static final Request ASKED = TestRequests.get("/oidc/token");

    @Test
    void a_refusal_speaks_both_vocabularies_in_the_order_of_the_wire() {
        Response response = thrown(ASKED, OAuthError.INVALID_GRANT.because("grant request is invalid"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response))
                .isEqualTo("{\"code\":\"oidc.invalid_grant\","
                        + "\"message\":\"The grant is not valid, has expired or was revoked.\","
                        + "\"error_uri\":\"https://openid.sh/debug/invalid_grant\","
                        + "\"error\":\"invalid_grant\",\"error_description\":\"grant request is invalid\"}");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void parse_error_false_leaves_the_members_of_rfc_6749() {
        Request asked = TestRequests.get("/oidc/token?parse_error=false");
        assertThat(text(thrown(asked, OAuthError.INVALID_GRANT.because("grant request is invalid"))))
                .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"grant request is invalid\"}");
    }

    @Test
    void the_message_is_in_the_language_of_the_reader() {
        Request asked = TestRequests.get("/oidc/token", "Accept-Language", "ja,en;q=0.5");
        assertThat(text(thrown(asked, OAuthError.LOGIN_REQUIRED.because("x")))).contains("サインイン");
    }

    @Test
    void a_lost_session_has_its_own_code() {
        assertThat(text(thrown(ASKED, OAuthError.INVALID_REQUEST.because("interaction session not found"))))
                .startsWith("{\"code\":\"session.not_found\"");
        assertThat(text(thrown(ASKED, OAuthError.INVALID_REQUEST.because("authorization request has expired"))))
                .startsWith("{\"code\":\"session.not_found\"");
    }

    @Test
    void a_challenge_cannot_be_broken_out_of() {
        Response response = thrown(
                ASKED,
                OAuthError.INVALID_TOKEN
                        .because("bad \"token\"\r\nSet-Cookie: a=b")
                        .withChallenge("Bearer", "http://localhost:3001/oidc", true));
        assertThat(response.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"http://localhost:3001/oidc\", error=\"invalid_token\","
                        + " error_description=\"bad \\\"token\\\"??Set-Cookie: a=b\"");
    }

    @Test
    void an_unexpected_fault_tells_nothing() {
        Response response = thrown(ASKED, new IllegalStateException("password=hunter2"));
        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response))
                .contains("\"error\":\"server_error\"", "\"error_description\":\"oops! something went wrong\"")
                .doesNotContain("hunter2");
    }

    @Test
    void a_database_that_is_away_is_told_as_temporary() {
        Response response = thrown(ASKED, CommonError.UNAVAILABLE.exception());
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("1");
        assertThat(text(response)).contains("\"error\":\"temporarily_unavailable\"");
    }

    private static Response thrown(Request request, RuntimeException failure) {
        return OAuthErrors.filter(request, asked -> {
            throw failure;
        });
    }

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
