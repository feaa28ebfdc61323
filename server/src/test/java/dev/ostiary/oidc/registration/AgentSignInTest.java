package dev.ostiary.oidc.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The way of an MCP client that nobody has told anything but the issuer (MCP, Authorization). */
class AgentSignInTest {
    private static final String MCP_SERVER = "https://mcp.example/mcp";
    private static final String VERIFIER = "agent-verifier-agent-verifier-agent-verifier-1";

    @Test
    void discovery_registration_consent_token_for_the_resource_refresh() {
        try (SignInHouse house = new SignInHouse()) {
            prepare(house);
            TestBrowser agent = new TestBrowser(house.server.origin());
            String issuer = house.server.origin() + "/oidc";

            JsonNode metadata = agent.get(
                            "/.well-known/oauth-authorization-server/oidc", "MCP-Protocol-Version", "2025-11-25")
                    .json();
            assertThat(metadata.path("issuer").asString()).isEqualTo(issuer);
            assertThat(metadata.path("code_challenge_methods_supported").toString())
                    .contains("S256");

            JsonNode client = register(agent, metadata);
            String id = client.path("client_id").asString();
            assertThat(client.has("client_secret")).isFalse();
            assertThat(client.path("scope").asString()).isEqualTo("openid offline_access read:notes");

            // The agent listens where it found a free port.
            String callback = "http://127.0.0.1:49152/oauth/callback";
            TestBrowser browser = house.server.browser();
            Answer sentOff = browser.get(metadata.path("authorization_endpoint").asString() + "?"
                    + TestBrowser.encode(Map.of(
                            "client_id", id,
                            "response_type", "code",
                            "redirect_uri", callback,
                            "scope", "read:notes offline_access",
                            "prompt", "consent",
                            "state", "s1",
                            "resource", MCP_SERVER,
                            "code_challenge", Hashes.sha256Base64Url(VERIFIER),
                            "code_challenge_method", "S256")));
            assertThat(sentOff.location()).startsWith("/sign-in");
            Answer consent = browser.get(house.answerAs(browser, "u1"));
            String page = browser.get(consent.location()).text();
            assertThat(page)
                    .contains("Notes agent asks for access", "registered itself under this name")
                    .contains("a program on this device (127.0.0.1:49152)", "Read your notes")
                    .doesNotContain("logo.png");
            Answer back = browser.get(allow(house, browser, page).location());
            assertThat(back.location()).startsWith(callback + "?code=").contains("state=s1", "iss=");

            JsonNode tokens = token(
                    agent,
                    metadata,
                    Map.of(
                            "grant_type", "authorization_code",
                            "client_id", id,
                            "code", SignInHouse.code(back),
                            "redirect_uri", callback,
                            "code_verifier", VERIFIER,
                            "resource", MCP_SERVER));
            assertToken(tokens.path("access_token").asString(), issuer, id);
            JsonNode refreshed = token(
                    agent,
                    metadata,
                    Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            id,
                            "refresh_token",
                            tokens.path("refresh_token").asString(),
                            "resource",
                            MCP_SERVER));
            assertToken(refreshed.path("access_token").asString(), issuer, id);
            assertThat(refreshed.path("refresh_token")).isNotEqualTo(tokens.path("refresh_token"));

            Answer ended = agent.send(
                    "DELETE",
                    client.path("registration_client_uri").asString(),
                    null,
                    "Authorization",
                    "Bearer " + client.path("registration_access_token").asString());
            assertThat(ended.status()).isEqualTo(204);
            Answer late = agent.form(
                    "/oidc/token",
                    Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            id,
                            "refresh_token",
                            refreshed.path("refresh_token").asString()));
            assertThat(late.json().path("error").asString()).isEqualTo("invalid_client");
        }
    }

    private static void prepare(SignInHouse house) {
        TestApi api = house.server.api();
        api.patch("/configs/oidc/registration", Map.of("enabled", true, "requiresInitialAccessToken", false));
        String resource = api.created("/resources", Map.of("name", "Notes", "indicator", MCP_SERVER))
                .path("id")
                .asString();
        String scope = api.created(
                        "/resources/" + resource + "/scopes",
                        Map.of("name", "read:notes", "description", "Read your notes"))
                .path("id")
                .asString();
        assertThat(api.post("/configs/oidc/registration/user-consent-scopes", Map.of("resourceScopes", List.of(scope)))
                        .status())
                .isEqualTo(201);
        String role = api.created(
                        "/roles", Map.of("name", "Reader", "description", "Reads", "scopeIds", List.of(scope)))
                .path("id")
                .asString();
        house.server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        "INSERT INTO user_roles (tenant_id, user_id, role_id) VALUES (:tenant, 'u1', :role)")
                .bind("role", role)
                .execute());
    }

    /** As the reference SDK does it. */
    private static JsonNode register(TestBrowser agent, JsonNode metadata) {
        Answer answer = agent.json(
                "POST",
                metadata.path("registration_endpoint").asString(),
                Map.of(
                        "client_name", "Notes agent",
                        "client_uri", "https://agent.example",
                        "logo_uri", "https://agent.example/logo.png",
                        "redirect_uris", List.of("http://127.0.0.1/oauth/callback"),
                        "grant_types", List.of("authorization_code", "refresh_token"),
                        "response_types", List.of("code"),
                        "token_endpoint_auth_method", "none",
                        "scope", "read:notes"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static Answer allow(SignInHouse house, TestBrowser browser, String page) {
        String token = page.replaceAll("(?s).*name=\"_token\" value=\"([^\"]+)\".*", "$1");
        return browser.send(
                "POST",
                "/consent",
                "_token=" + token + "&decision=allow",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                house.server.origin());
    }

    private static JsonNode token(TestBrowser agent, JsonNode metadata, Map<String, String> form) {
        Answer answer = agent.form(metadata.path("token_endpoint").asString(), form);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void assertToken(String jwt, String issuer, String client) {
        JsonNode claims =
                Json.read(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
        assertThat(claims.path("aud").asString()).isEqualTo(MCP_SERVER);
        assertThat(claims.path("iss").asString()).isEqualTo(issuer);
        assertThat(claims.path("client_id").asString()).isEqualTo(client);
        assertThat(claims.path("scope").asString()).isEqualTo("read:notes");
        assertThat(claims.path("sub").asString()).isEqualTo("u1");
    }
}
