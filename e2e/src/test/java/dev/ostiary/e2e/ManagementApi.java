package dev.ostiary.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the Management API, authenticated as the bootstrap application. */
public final class ManagementApi {
    public static final String CLIENT_ID = "ci";
    public static final String CLIENT_SECRET = "a-secret-of-the-tests-only";
    /** For {@link Program#start(Map)}. */
    public static final Map<String, String> BOOTSTRAP =
            Map.of("BOOTSTRAP_CLIENT_ID", CLIENT_ID, "BOOTSTRAP_CLIENT_SECRET", CLIENT_SECRET);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final URI endpoint;
    private final String token;

    /** An application with its secret. */
    public record Client(String id, String secret) {}

    private ManagementApi(URI endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    public static ManagementApi of(Program program) {
        String basic = Base64.getEncoder().encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes());
        JsonNode answer = send(HttpRequest.newBuilder(program.endpoint().resolve("/oidc/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&resource=https://default.logto.app/api&scope=all")));
        return new ManagementApi(program.endpoint(), answer.get("access_token").asString());
    }

    /** The bearer token it calls with. */
    public String token() {
        return token;
    }

    public JsonNode get(String path) {
        return send(request(path).GET());
    }

    public JsonNode call(String method, String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** An answer, whatever it is. */
    public record Answer(int status, JsonNode body) {
        public String code() {
            return body.path("code").asString("");
        }
    }

    /** As {@link #call}, where a refusal is what is looked for. */
    public Answer attempt(String method, String path, Object body) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    /** A Traditional application that comes back to the Flask program on that port. */
    public Client createTraditional(String name, int port) {
        String home = FlaskProgram.home(port);
        JsonNode application = call(
                "POST",
                "/applications",
                Map.of(
                        "name",
                        name,
                        "type",
                        "Traditional",
                        "oidcClientMetadata",
                        Map.of("redirectUris", List.of(home + "callback"), "postLogoutRedirectUris", List.of(home))));
        String id = application.get("id").asString();
        return new Client(
                id, get("/applications/" + id + "/secrets").get(0).get("value").asString());
    }

    /** What a public endpoint answers to a form. */
    static JsonNode form(URI address, String fields) {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve("/api" + path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        HttpResponse<String> response = exchange(request);
        if (response.statusCode() >= 300) {
            throw new AssertionError(
                    request.method() + " " + request.uri() + ": " + response.statusCode() + " " + response.body());
        }
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }
}
