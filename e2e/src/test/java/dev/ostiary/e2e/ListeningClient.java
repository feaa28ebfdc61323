package dev.ostiary.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application on a port of this machine, made of nothing but what it needs to hear of logouts: {@code /callback} redeems
 * the code, {@code /front} is loaded in a frame, {@code /back} gets logout tokens, {@code /bye} is where people land.
 */
final class ListeningClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern ID_TOKEN = Pattern.compile("\"id_token\":\"([^\"]+)\"");

    private final HttpServer server;
    private final URI endpoint;
    private final List<Map<String, String>> frames = new CopyOnWriteArrayList<>();
    private final List<String> destinations = new CopyOnWriteArrayList<>();
    private final List<String> logoutTokens = new CopyOnWriteArrayList<>();
    private final CountDownLatch silence = new CountDownLatch(1);
    private ManagementApi.Client client;
    private volatile String idToken = "";

    /** What {@code /back} answers. */
    volatile int backStatus = 200;

    /** Whether {@code /front} leaves whoever asks without an answer. */
    volatile boolean silent;

    private ListeningClient(URI endpoint) {
        this.endpoint = endpoint;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** @param how {@code frontchannel} or {@code backchannel} */
    static ListeningClient register(Program program, ManagementApi api, String name, String how) {
        ListeningClient listening = new ListeningClient(program.endpoint());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("redirectUris", List.of(listening.at("/callback")));
        metadata.put("postLogoutRedirectUris", List.of(listening.at("/bye")));
        metadata.put(how + "LogoutUri", listening.at(how.equals("frontchannel") ? "/front" : "/back"));
        metadata.put(how + "LogoutSessionRequired", true);
        String id = api.call(
                        "POST",
                        "/applications",
                        Map.of("name", name, "type", "Traditional", "oidcClientMetadata", metadata))
                .get("id")
                .asString();
        String secret =
                api.get("/applications/" + id + "/secrets").get(0).get("value").asString();
        listening.client = new ManagementApi.Client(id, secret);
        return listening;
    }

    String at(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    String id() {
        return client.id();
    }

    /** Where a sign-in begins. */
    String signIn() {
        return endpoint + "/oidc/auth?"
                + encode(Map.of(
                        "client_id",
                        client.id(),
                        "redirect_uri",
                        at("/callback"),
                        "response_type",
                        "code",
                        "scope",
                        "openid"));
    }

    String signOut(String state) {
        return endpoint + "/oidc/session/end?"
                + encode(Map.of("id_token_hint", idToken, "post_logout_redirect_uri", at("/bye"), "state", state));
    }

    /** Claims of the ID token it got last. */
    JsonNode idToken() {
        return claims(idToken);
    }

    /** What {@code /front} was asked with, each time. */
    List<Map<String, String>> frames() {
        return List.copyOf(frames);
    }

    /** For what browsers loaded {@code /front}: {@code Sec-Fetch-Dest}. */
    List<String> destinations() {
        return List.copyOf(destinations);
    }

    /** Claims of the logout tokens it has got, those that it refused too. */
    List<JsonNode> logoutTokens() {
        List<JsonNode> all = new ArrayList<>();
        logoutTokens.forEach(token -> all.add(claims(token)));
        return all;
    }

    private static JsonNode claims(String jwt) {
        return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = decode(exchange.getRequestURI().getRawQuery());
            switch (exchange.getRequestURI().getPath()) {
                case "/callback" -> {
                    if (query.containsKey("code")) {
                        redeem(query.get("code"));
                    }
                    answer(exchange, 200, "Welcome");
                }
                case "/front" -> {
                    frames.add(query);
                    destinations.add(exchange.getRequestHeaders().getFirst("Sec-Fetch-Dest"));
                    if (silent) {
                        silence.await();
                    }
                    answer(exchange, 200, "Signed out here");
                }
                case "/back" -> {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    int status = backStatus;
                    logoutTokens.add(decode(body).get("logout_token"));
                    answer(exchange, status, "");
                }
                default -> answer(exchange, 200, "Bye");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void redeem(String code) throws IOException, InterruptedException {
        String basic = Base64.getEncoder()
                .encodeToString((client.id() + ":" + client.secret()).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(endpoint.resolve("/oidc/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encode(Map.of(
                                "grant_type", "authorization_code", "code", code, "redirect_uri", at("/callback")))))
                        .build(),
                BodyHandlers.ofString());
        Matcher found = ID_TOKEN.matcher(response.body());
        idToken = found.find() ? found.group(1) : "";
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> decode(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : query == null ? new String[0] : query.split("&", -1)) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], URLDecoder.decode(pair.length == 2 ? pair[1] : "", StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
    }
}
