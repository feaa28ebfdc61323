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
import tools.jackson.databind.json.JsonMapper;

/**
 * npm oidc-provider ({@code e2e/oidc-provider}): demands PKCE, sends {@code iss} (RFC 9207), compares redirect addresses
 * letter by letter. Anybody signs in, with an e-mail address and any password; addresses that begin with "unverified" are
 * told as such.
 */
final class OidcProviderNode implements IdentityProvider {
    /** Characters that {@code client_secret_basic} must encode as a form does (RFC 6749 section 2.3.1). */
    static final String SECRET = "a+secret/with%2Band: spaces&more=";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final Companion companion;
    private final URI issuer;
    private final Map<String, Object> client = new LinkedHashMap<>();
    private final List<String> redirectUris = new ArrayList<>();

    private OidcProviderNode(Companion companion, URI issuer) {
        this.companion = companion;
        this.issuer = issuer;
        client.put("client_id", "ostiary");
        client.put("client_secret", SECRET);
        client.put("redirect_uris", redirectUris);
        client.put("grant_types", List.of("authorization_code", "refresh_token"));
        client.put("token_endpoint_auth_method", "client_secret_basic");
    }

    /** Starts it; half a second. Its issuer is on 127.0.0.1, for browsers another site than localhost. */
    static OidcProviderNode start() {
        Path folder = Program.ROOT.resolve("e2e/oidc-provider");
        if (!Files.exists(folder.resolve("node_modules"))) {
            throw new AssertionError("its packages are not installed: npm ci in " + folder + " (bin/test does it)");
        }
        int port = Ports.free();
        URI issuer = URI.create("http://127.0.0.1:" + port);
        Companion companion = Companion.start(
                "oidc-provider", folder, List.of("node", "provider.mjs"), Map.of("PORT", Integer.toString(port)));
        try {
            companion.await(issuer.resolve("/test/seen"), Duration.ofSeconds(30));
        } catch (AssertionError fault) {
            companion.close();
            throw fault;
        }
        return new OidcProviderNode(companion, issuer);
    }

    @Override
    public String issuer() {
        return issuer.toString();
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
    public void register(String redirectUri) {
        redirectUris.add(redirectUri);
        client("redirect_uris", redirectUris);
    }

    /** Changes one value of the client's registration (RFC 7591 names, and {@code answers_by_form}). */
    void client(String name, Object value) {
        client.put(name, value);
        send("PUT", "/test/clients", List.of(client));
    }

    @Override
    public Map<String, String> credentials(String email) {
        return Map.of("login", email, "password", "anything");
    }

    /** A new signing key; the one of before is not published any more. */
    void rotateKey() {
        send("POST", "/test/rotate", null);
    }

    /** From now on connections that ask for a path beginning so are closed without an answer. */
    void down(String path) {
        send("PUT", "/test/down", path);
    }

    void up() {
        send("PUT", "/test/down", null);
    }

    /** The requests it got, as "GET /path?query", oldest first. */
    List<String> seen() {
        List<String> seen = new ArrayList<>();
        JSON.readTree(send("GET", "/test/seen", List.of())).forEach(request -> seen.add(request.asString()));
        return seen;
    }

    private String send(String method, String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(issuer.resolve(path))
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(path + ": " + answer.statusCode() + "\n" + companion.log());
            }
            return answer.body();
        } catch (IOException fault) {
            throw new UncheckedIOException(companion.log(), fault);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    @Override
    public void close() {
        companion.close();
    }
}
