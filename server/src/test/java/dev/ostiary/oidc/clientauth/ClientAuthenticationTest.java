package dev.ostiary.oidc.clientauth;

import static dev.ostiary.oidc.TestOidc.form;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CA2, over the introspection endpoint: a client that is let in learns that its token is not active. */
class ClientAuthenticationTest {
    private static final String PATH = "/oidc/token/introspection";

    private final TestOidc oidc = TestOidc.shared();
    private final Client web = oidc.web();
    private final Client spa = oidc.spa();

    @Test
    void basic_and_post_are_the_same_to_a_confidential_client() {
        letIn(basic(web.id(), web.secret()));
        letIn(body("client_id", web.id(), "client_secret", web.secret()));
        letIn(oidc.browser().form(PATH, form("token", "x", "client_id", web.id()), "Authorization", web.basic()));
    }

    @Test
    void a_public_client_names_itself() {
        letIn(body("client_id", spa.id()));
    }

    @Test
    void a_secret_with_odd_characters_works_raw_and_encoded() {
        String odd = "a+b/c%d:e=f g%20h&i";
        oidc.secret(web.id(), "odd", odd, null);
        letIn(basic(web.id(), odd));
        letIn(basic(web.id(), URLEncoder.encode(odd, StandardCharsets.UTF_8)));
        letIn(body("client_id", web.id(), "client_secret", odd));
    }

    @Test
    void each_of_several_secrets_works_and_an_expired_one_says_so() {
        Instant soon = oidc.server().clock().instant().plus(Duration.ofHours(1));
        Client client = oidc.web();
        oidc.secret(client.id(), "second", "second-secret", soon);
        oidc.secret(client.id(), "old", "old-secret", Instant.EPOCH);
        letIn(basic(client.id(), client.secret()));
        letIn(basic(client.id(), "second-secret"));
        Answer expired = basic(client.id(), "old-secret");
        assertThat(expired.status()).isEqualTo(400);
        assertThat(expired.code()).isEqualTo("oidc.invalid_request");
        assertThat(description(expired)).isEqualTo("client secret has expired");
    }

    @Test
    void a_wrong_secret_is_refused_with_a_challenge_where_a_header_was_sent() {
        Answer byHeader = basic(web.id(), web.secret() + "x");
        refused(byHeader);
        assertThat(byHeader.header("WWW-Authenticate").orElseThrow())
                .startsWith("Basic realm=\"" + oidc.server().origin() + "/oidc\", error=\"invalid_client\"");
        Answer inBody = body("client_id", web.id(), "client_secret", "None");
        refused(inBody);
        assertThat(inBody.header("WWW-Authenticate")).isEmpty();
        refused(basic(web.id(), oidc.web().secret()));
        refused(basic(web.id(), ""));
    }

    @Test
    void a_confidential_client_is_not_let_in_without_and_a_public_one_not_with_a_secret() {
        refused(body("client_id", web.id()));
        refused(body("client_id", spa.id(), "client_secret", "anything"));
        refused(basic(spa.id(), "anything"));
        refused(basic(spa.id(), ""));
    }

    @Test
    void one_mechanism_is_enough() {
        Answer two = oidc.browser()
                .form(
                        PATH,
                        form("token", "x", "client_id", web.id(), "client_secret", web.secret()),
                        "Authorization",
                        web.basic());
        assertThat(two.status()).isEqualTo(400);
        assertThat(description(two)).isEqualTo("client authentication must only be provided using one mechanism");
        Answer none = body();
        assertThat(none.status()).isEqualTo(400);
        assertThat(description(none)).isEqualTo("no client authentication mechanism provided");
    }

    @Test
    void header_and_body_name_the_same_client() {
        Answer answer =
                oidc.browser().form(PATH, form("token", "x", "client_id", spa.id()), "Authorization", web.basic());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(description(answer)).isEqualTo("client_id mismatch");
    }

    @Test
    void an_unknown_client_is_named_back() {
        Answer answer = body("client_id", "nobody");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("oidc.invalid_client");
        assertThat(description(answer)).isEqualTo("invalid client nobody");
    }

    @Test
    void an_assertion_of_a_client_that_has_no_key_proves_nothing() {
        refused(body(
                "client_id",
                web.id(),
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                "eyJhbGciOiJub25lIn0.e30."));
        refused(body("client_id", spa.id(), "client_assertion", "x"));
    }

    @Test
    void a_header_that_is_not_basic_is_malformed() {
        for (String header : new String[] {"Bearer abc", "Basic", "Basic ", "Basic !!!", "Basic Zm9v", "x"}) {
            Answer answer = oidc.browser().form(PATH, form("token", "x"), "Authorization", header);
            assertThat(answer.status()).as(header).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("oidc.invalid_request");
        }
    }

    @Test
    void a_code_client_without_a_redirect_uri_is_of_no_use_anywhere() {
        Client client = oidc.web();
        oidc.update(
                "UPDATE applications SET oidc_client_metadata ="
                        + " '{\"redirectUris\":[],\"postLogoutRedirectUris\":[]}'"
                        + " WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", client.id()));
        Answer answer = basic(client.id(), client.secret());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("oidc.invalid_redirect_uri");
    }

    @Test
    void a_client_of_another_tenant_is_unknown() {
        Answer answer = new dev.ostiary.testing.TestBrowser(oidc.server().adminOrigin())
                .form(PATH, form("token", "x"), "Authorization", web.basic());
        assertThat(answer.code()).isEqualTo("oidc.invalid_client");
    }

    private Answer basic(String id, String secret) {
        return oidc.browser().form(PATH, form("token", "x"), "Authorization", Client.basic(id, secret));
    }

    private Answer body(String... fields) {
        Map<String, String> form = form(fields);
        form.put("token", "x");
        return oidc.browser().form(PATH, form);
    }

    private static void letIn(Answer answer) {
        assertThat(ok(answer).text()).isEqualTo("{\"active\":false}");
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("oidc.invalid_client");
        assertThat(description(answer)).isEqualTo("client authentication failed");
    }

    private static String description(Answer answer) {
        return answer.json().get("error_description").asString();
    }
}
