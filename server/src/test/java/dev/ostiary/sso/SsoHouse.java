package dev.ostiary.sso;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A server, a provider that it can ask, and connectors made over the Management API. */
final class SsoHouse implements AutoCloseable {
    static final String URL = "/sso-connectors";

    final MetadataStub provider = new MetadataStub();
    final TestServer server = TestServer.start();
    final TestApi api = server.api();
    private int number;

    String name() {
        return "Connector " + ++number;
    }

    /** @param issuer of {@link MetadataStub} */
    ObjectNode config(String issuer) {
        return Json.object()
                .put("clientId", "client")
                .put("clientSecret", "s3cret")
                .put("issuer", provider.issuer(issuer));
    }

    /** An OIDC connector with these fields. */
    Answer make(Map<String, Object> fields) {
        Map<String, Object> body = new HashMap<>(Map.of("providerName", "OIDC", "connectorName", name()));
        body.putAll(fields);
        return api.post(URL, body);
    }

    /** The id of one with these fields. */
    String created(Map<String, Object> fields) {
        Answer answer = make(fields);
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json().get("id").asString();
    }

    @Override
    public void close() {
        server.close();
        provider.close();
    }
}
