package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What applications of others may do is the visitor's word. */
class ConsentPagesTest {
    private static TestServer server;

    private Walker walker;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.api().created("/users", Map.of("username", "owner", "password", Walker.PASSWORD));
        ObjectNode metadata = Json.object();
        metadata.putArray("redirectUris").add("https://partner.example/callback");
        metadata.putArray("postLogoutRedirectUris");
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        """
                INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata, custom_client_metadata,
                    is_third_party)
                VALUES (:tenant, 'partner', 'Partner <b>', 'SPA', :metadata::jsonb, '{}', true)
                """)
                .bind("metadata", Json.write(metadata))
                .execute());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Signed in, and asked. */
    @BeforeEach
    void asked() {
        walker = new Walker(server);
        walker.client = "partner";
        walker.callback = "https://partner.example/callback";
        walker.arrive("scope", "openid").enter("owner", Walker.PASSWORD);
        Answer resumed = walker.browser.get(walker.page.location());
        assertThat(resumed.location()).isEqualTo("/consent?app_id=partner");
        walker.page = walker.browser.get(resumed.location());
    }

    @Test
    void the_page_says_who_wants_what_and_from_whom() {
        assertThat(walker.page.status()).isEqualTo(200);
        assertThat(walker.page.text())
                .contains("Partner &lt;b&gt; asks for access to your account", "<strong>owner</strong>")
                .contains("Recognise you by an ID of your account", "partner.example");
        assertThat(walker.page.header("Content-Security-Policy").orElse("")).contains("frame-ancestors 'none'");
    }

    @Test
    void allowed_is_what_was_asked() {
        walker.submit(Map.of("decision", "allow"));
        assertThat(walker.page.status()).isEqualTo(303);
        assertThat(walker.followed()).contains("code=", "state=s");
    }

    @Test
    void refused_is_told_to_the_application() {
        for (String decision : List.of("deny", "", "ALLOW", "yes")) {
            asked();
            walker.submit(Map.of("decision", decision));
            assertThat(walker.followed()).contains("error=access_denied").doesNotContain("code=");
        }
    }

    @Test
    void SE4_nobody_else_gives_the_word() {
        Answer answer = walker.browser.form("/consent?app_id=partner", Map.of("decision", "allow", "_token", "x"));
        assertThat(answer.status()).isEqualTo(403);
        Walker other = new Walker(server).arrive();
        assertThat(other.browser.get("/consent").location()).startsWith("/sign-in");
    }
}
