package dev.ostiary.testing;

import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A client of the Management API: paths begin below {@code /api}. */
public final class TestApi {
    private final TestBrowser browser;
    private final String token;

    TestApi(TestBrowser browser, String token) {
        this.browser = browser;
        this.token = token;
    }

    public Answer get(String path) {
        return browser.get("/api" + path, "Authorization", "Bearer " + token);
    }

    public Answer post(String path, Object body) {
        return call("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return call("PUT", path, body);
    }

    public Answer patch(String path, Object body) {
        return call("PATCH", path, body);
    }

    public Answer delete(String path) {
        return call("DELETE", path, null);
    }

    public Answer upload(String path, String contentType, byte[] content) {
        return browser.upload("/api" + path, contentType, content, "Authorization", "Bearer " + token);
    }

    public Answer call(String method, String path, Object body) {
        return browser.json(method, "/api" + path, body, "Authorization", "Bearer " + token);
    }

    /**
     * An enterprise connector that leads to this provider.
     *
     * @return its id
     */
    public String connect(String name, TestProvider provider, String... domains) {
        Map<String, Object> config = Map.of(
                "clientId", provider.clientId, "clientSecret", provider.clientSecret, "issuer", provider.issuer());
        Map<String, Object> body =
                Map.of("providerName", "OIDC", "connectorName", name, "config", config, "domains", List.of(domains));
        return created("/sso-connectors", body).path("id").asString();
    }

    /** Sends, and expects success. */
    public JsonNode created(String path, Map<String, ?> body) {
        Answer answer = post(path, body);
        if (answer.status() >= 300) {
            throw new AssertionError("POST " + path + ": " + answer.status() + " " + answer.text());
        }
        return answer.json();
    }
}
