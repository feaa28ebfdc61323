package dev.ostiary.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keycloak, as its makers distribute it ({@code e2e/target/keycloak}, unpacked by the build), with a company of three:
 * {@link #ANN}, {@link #BEN} and {@link #EVE}, who has not confirmed her address. The first start after unpacking takes
 * a minute, later ones a third of it; so one serves all tests of the run, and starts while they do other things.
 */
final class KeycloakProvider implements IdentityProvider {
    static final String DOMAIN = "acme.test";
    static final String ANN = "ann@" + DOMAIN;
    static final String BEN = "ben@" + DOMAIN;
    static final String EVE = "eve@" + DOMAIN;

    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final String SECRET = "keycloak+secret/%25:=";
    private static final String PASSWORD = "Turmfalke-2026-wohnt-hier";
    private static final String ADMINISTRATOR = "root-of-keycloak";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private static KeycloakProvider shared;

    private final Companion companion;
    private final URI address;
    private final List<String> redirectUris = new ArrayList<>();
    private boolean ready;

    private KeycloakProvider(Companion companion, URI address) {
        this.companion = companion;
        this.address = address;
    }

    /** The one of this run; it ends with the run. Not waited for yet: see {@link #awaitReady}. */
    static synchronized KeycloakProvider launch() {
        if (shared == null) {
            shared = launch(Ports.free());
        }
        return shared;
    }

    private static KeycloakProvider launch(int port) {
        try {
            Path home = home();
            Path realms = Files.createDirectories(home.resolve("data/import"));
            Files.writeString(realms.resolve("acme-realm.json"), JSON.writeValueAsString(realm()));
            Companion companion = Companion.start(
                    "keycloak",
                    home,
                    List.of(
                            "bash",
                            "bin/kc.sh",
                            "start-dev",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--import-realm"),
                    Map.of(
                            "JAVA_HOME",
                            System.getProperty("java.home"),
                            "JAVA_OPTS_KC_HEAP",
                            "-Xms64m -Xmx384m",
                            "JAVA_OPTS_APPEND",
                            "-XX:TieredStopAtLevel=1", // its first start is a build of a minute
                            "KC_BOOTSTRAP_ADMIN_USERNAME",
                            ADMINISTRATOR,
                            "KC_BOOTSTRAP_ADMIN_PASSWORD",
                            PASSWORD));
            return new KeycloakProvider(companion, URI.create("http://127.0.0.1:" + port));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** The folder has the version in its name. */
    private static Path home() throws IOException {
        try (Stream<Path> folders = Files.list(Program.ROOT.resolve("e2e/target/keycloak"))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("keycloak-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Returns when people can sign in. */
    synchronized KeycloakProvider awaitReady() {
        if (!ready) {
            companion.await(URI.create(issuer() + "/.well-known/openid-configuration"), READY_LIMIT);
            ready = true;
        }
        return this;
    }

    private static Map<String, Object> realm() {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("clientId", "ostiary");
        client.put("name", "Ostiary");
        client.put("secret", SECRET);
        client.put("publicClient", false);
        client.put("standardFlowEnabled", true);
        client.put("redirectUris", List.of());
        return Map.of(
                "realm",
                "acme",
                "enabled",
                true,
                "sslRequired",
                "none",
                "clients",
                List.of(client),
                "users",
                List.of(
                        user(ANN, "Ann", "Archer", true),
                        user(BEN, "Ben", "Baker", true),
                        user(EVE, "Eve", "E", false)));
    }

    private static Map<String, Object> user(String email, String firstName, String lastName, boolean verified) {
        return Map.of(
                "username",
                email.substring(0, email.indexOf('@')),
                "email",
                email,
                "emailVerified",
                verified,
                "enabled",
                true,
                "firstName",
                firstName,
                "lastName",
                lastName,
                "credentials",
                List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false)));
    }

    @Override
    public String issuer() {
        return address.resolve("/realms/acme").toString();
    }

    @Override
    public String clientId() {
        return "ostiary";
    }

    @Override
    public String clientSecret() {
        return SECRET;
    }

    @Override
    public Map<String, String> credentials(String email) {
        return Map.of("username", email, "password", PASSWORD);
    }

    @Override
    public synchronized void register(String redirectUri) {
        redirectUris.add(redirectUri);
        JsonNode client = admin("GET", "/clients?clientId=ostiary", null).get(0);
        String id = client.get("id").asString();
        admin("PUT", "/clients/" + id, Map.of("clientId", "ostiary", "redirectUris", redirectUris));
    }

    /** Asks with one of its access tokens whose it is. */
    String userOf(String accessToken) {
        return send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/userinfo"))
                        .header("Authorization", "Bearer " + accessToken)
                        .build())
                .get("email")
                .asString();
    }

    private JsonNode admin(String method, String path, Object body) {
        HttpRequest login = HttpRequest.newBuilder(address.resolve("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=password&client_id=admin-cli&username=" + ADMINISTRATOR + "&password=" + PASSWORD))
                .build();
        String token = send(login).get("access_token").asString();
        return send(HttpRequest.newBuilder(address.resolve("/admin/realms/acme" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(request.uri() + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException fault) {
            throw new UncheckedIOException(companion.log(), fault);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Nothing: it serves the next test class too, and ends with the run. */
    @Override
    public void close() {}
}
