package dev.ostiary.oidc.userinfo;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.grants.TestGrants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UserinfoTest {
    private static final String EVERYTHING =
            "openid offline_access profile email phone address custom_data identities roles";

    private final TestOidc oidc = TestOidc.shared();
    private final Client web = oidc.web();
    private final String user = oidc.user("info");

    @Test
    void it_tells_what_the_scopes_allow() {
        Answer answer = ok(oidc.userinfo(token(EVERYTHING)));
        assertThat(answer.header("Cache-Control")).contains("no-store");
        JsonNode body = answer.json();
        assertThat(body.get("sub").asString()).isEqualTo(user);
        assertThat(body.get("name").asString()).isEqualTo("Alice");
        assertThat(body.get("picture").isNull()).isTrue();
        assertThat(body.get("email").asString()).isEqualTo(user + "@example.com");
        assertThat(body.get("email_verified").asBoolean()).isTrue();
        assertThat(body.get("phone_number").isNull()).isTrue();
        assertThat(body.get("phone_number_verified").asBoolean()).isFalse();
        assertThat(body.get("custom_data").isObject()).isTrue();
        assertThat(body.get("identities").isObject()).isTrue();
        assertThat(body.get("roles").isArray()).isTrue();
        assertThat(body.get("created_at").asLong()).isGreaterThan(1_700_000_000_000L);
    }

    @Test
    void the_subject_alone_without_further_scopes() {
        assertThat(ok(oidc.userinfo(token("openid offline_access"))).text()).isEqualTo("{\"sub\":\"" + user + "\"}");
    }

    @Test
    void roles_are_named() {
        String resource = oidc.resource("https://roles.example.com/" + user, "read");
        oidc.permit(user, resource, "read");
        JsonNode roles = ok(oidc.userinfo(token("openid roles"))).json().get("roles");
        assertThat(roles).hasSize(1);
        Answer tokens = oidc.signIn(web, user, "openid roles");
        assertThat(oidc.verified(member(tokens, "id_token"), "").claims()).containsKey("roles");
    }

    @Test
    void a_form_may_bring_the_token() {
        Answer answer = oidc.browser().form("/oidc/me", Map.of("access_token", token("openid")));
        assertThat(ok(answer).json().get("sub").asString()).isEqualTo(user);
    }

    @Test
    void no_token_is_a_challenge_without_an_error() {
        Answer answer = oidc.browser().get("/oidc/me");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("oidc.invalid_token");
        assertThat(answer.json().get("error_description").asString()).isEqualTo("no access token provided");
        assertThat(answer.header("WWW-Authenticate"))
                .contains("Bearer realm=\"" + oidc.server().origin() + "/oidc\"");
    }

    @Test
    void a_token_without_openid_is_not_enough() {
        Answer answer = oidc.userinfo(token("profile"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("oidc.insufficient_scope");
        assertThat(answer.json().get("scope").asString()).isEqualTo("openid");
    }

    // TK10
    @Test
    void every_byte_of_the_token_counts() {
        String good = token("openid");
        for (int i = 0; i < good.length(); i++) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            invalid(oidc.userinfo(good.substring(0, i) + other + good.substring(i + 1)));
            if (i > 0) {
                invalid(oidc.userinfo(good.substring(0, i)));
            }
        }
        invalid(oidc.userinfo(good + "A"));
        invalid(oidc.userinfo(good + "="));
        ok(oidc.userinfo(good));
    }

    // TK10
    @Test
    void a_header_is_one_scheme_one_space_and_one_token() throws IOException {
        String good = token("openid");
        for (String header : new String[] {
            "Bearer\t" + good,
            "Bearer  " + good,
            "Bearer" + good,
            "Bearer " + good + ", Bearer " + good,
            "Bearer " + good + "," + good,
            "Bearer " + good + " " + good,
            "Basic " + good,
            "Token " + good,
            good
        }) {
            assertThat(raw("GET /oidc/me HTTP/1.1\r\nAuthorization: " + header + "\r\n"))
                    .as(header.replace(good, "…"))
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(raw("GET /oidc/me HTTP/1.1\r\nAuthorization: Bearer " + good + "\r\nAuthorization: Bearer " + good
                        + "\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(raw("GET /oidc/me HTTP/1.1\r\nAuthorization: Bearer " + good + "\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(oidc.browser().get("/oidc/me?access_token=" + good).status()).isEqualTo(401);
    }

    // TK5
    @Test
    void other_kinds_of_tokens_are_not_taken() {
        Answer tokens = oidc.signIn(web, user, EVERYTHING);
        invalid(oidc.userinfo(member(tokens, "id_token")));
        invalid(oidc.userinfo(member(tokens, "refresh_token")));
        invalid(oidc.userinfo(oidc.code(web, user, EVERYTHING)));
        invalid(oidc.userinfo(oidc.server().managementToken("default")));
        String indicator = "https://jwt.example.com/" + user;
        oidc.resource(indicator);
        TestGrants grants = new TestGrants(oidc);
        Answer jwt = ok(grants.redeem(web, grants.code(web, user, "openid", indicator), "resource", indicator));
        invalid(oidc.userinfo(member(jwt, "access_token")));
        Answer elsewhere = new TestBrowser(oidc.server().adminOrigin())
                .get("/oidc/me", "Authorization", "Bearer " + member(tokens, "access_token"));
        assertThat(elsewhere.status()).isEqualTo(401);
    }

    // TK7
    @Test
    void it_ends_with_user_grant_session_and_application() {
        String suspended = oidc.user("suspended");
        String access = member(oidc.signIn(web, suspended, "openid offline_access"), "access_token");
        ok(oidc.userinfo(access));
        oidc.suspend(suspended);
        invalid(oidc.userinfo(access));

        String ungranted = token("openid offline_access");
        oidc.update("DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :user", Map.of("user", user));
        invalid(oidc.userinfo(ungranted));

        String bound = token("openid");
        String unbound = token("openid offline_access");
        oidc.endSessions(user);
        invalid(oidc.userinfo(bound));
        ok(oidc.userinfo(unbound));

        String deleted = oidc.user("deleted");
        String theirs = member(oidc.signIn(web, deleted, "openid"), "access_token");
        oidc.update("DELETE FROM users WHERE tenant_id = :tenant AND id = :id", Map.of("id", deleted));
        invalid(oidc.userinfo(theirs));
    }

    // SE5
    @Test
    void scripts_of_foreign_origins_may_not_read_it() {
        String access = token("openid");
        Answer foreign =
                oidc.browser().get("/oidc/me", "Authorization", "Bearer " + access, "Origin", "https://evil.example");
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        Answer own =
                oidc.browser().get("/oidc/me", "Authorization", "Bearer " + access, "Origin", "http://localhost:3000");
        assertThat(ok(own).header("Access-Control-Allow-Origin")).contains("http://localhost:3000");
    }

    @Test
    void it_costs_one_statement_and_another_for_enterprise_identities() {
        assertThat(statements(token(EVERYTHING.replace(" identities", "")))).isEqualTo(1);
        assertThat(statements(token(EVERYTHING))).isEqualTo(2);
    }

    private long statements(String access) {
        ok(oidc.userinfo(access));
        long before = oidc.database().statements();
        ok(oidc.userinfo(access));
        return oidc.database().statements() - before;
    }

    private String token(String scope) {
        return member(oidc.signIn(web, user, scope), "access_token");
    }

    private static void invalid(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("oidc.invalid_token");
        assertThat(answer.json().get("error_description").asString()).isEqualTo("invalid token provided");
    }

    /** What no HTTP client would send. */
    private String raw(String head) throws IOException {
        URI origin = URI.create(oidc.server().origin());
        try (Socket socket = new Socket("127.0.0.1", origin.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Host: " + origin.getAuthority() + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }
}
