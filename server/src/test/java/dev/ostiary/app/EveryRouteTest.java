package dev.ostiary.app;

import static dev.ostiary.oidc.TestOidc.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Operation;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.tenants.Tenants;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent to whatever is mounted, the answer is one that was thought of: no fault of ours, a code in each refusal,
 * and no word of what stands behind. A route that is added is walked over from then on.
 */
class EveryRouteTest {
    private static final int AT_ONCE = 12;
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String LONG = "x".repeat(10_000);

    /** In place of one member of a JSON body. */
    private static final List<String> VALUES = List.of(
            "null",
            "1e999",
            "[]",
            "{}",
            "[null]",
            "[{}]",
            "{\"a\\u0000\":\"\\u0000\"}",
            "\"nosuch\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[\"\\udfff\\u0000\"]",
            "\"" + LONG + "\"");

    /** In place of a whole body. */
    private static final List<byte[]> BODIES = List.of(
            bytes(" "),
            bytes("{"),
            bytes("[]"),
            bytes("null"),
            bytes("\"x\""),
            bytes("1e999"),
            bytes("{\"a\":1,\"a\":[]}"),
            bytes("{\"name\":\"a\",\"name\":\"b\",\"id\":\"a\",\"id\":null}"),
            bytes("[".repeat(5_000)),
            bytes("[".repeat(5_000) + "]".repeat(5_000)),
            bytes("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)),
            new byte[] {'{', '"', (byte) 0xC3, '(', '"', ':', '1', '}'},
            new byte[] {'{', '"', 'n', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'},
            bytes("\ufeff{}"));

    private static final List<String> IDS = List.of(
            "..",
            "%2e%2e",
            "%00",
            "a%00b",
            "%FF",
            "%ED%A0%80",
            "%",
            "%zz",
            "a%2fb",
            "'%20OR%201=1--",
            "x;y=1",
            "%F0%9F%92%A9",
            "x".repeat(3_000));

    private static final List<String> QUERIES = List.of(
            "page=-1&page_size=20",
            "page=0",
            "page=99999999999999999999&page_size=20",
            "page=2147483647&page_size=100",
            "page_size=-1",
            "page_size=1000000",
            "page=1&page=2&page_size=x",
            "page=%00",
            "%",
            "%zz=%zz",
            "=&&=",
            "q=%FF&search=%ED%A0%80",
            "search=%00&search=" + "%25".repeat(500));

    private static final List<String> PARAMETER_VALUES = List.of(
            "", "-1", "nosuch", "%00", "%FF", "99999999999999999999", "%25%5F'", "x".repeat(3_000), "a&{name}=b");

    /** Names of classes, packages and tables, and how the database speaks. */
    private static final Pattern INNER = Pattern.compile(
            "dev\\.ostiary|java\\.(lang|util|io|net)|tools\\.jackson|io\\.helidon|org\\.(postgresql|jdbi)|\\w+Exception\\b|\\bat"
                    + " [a-z]+\\.[a-z]+|(SELECT|INSERT|UPDATE|DELETE) [\\w* ]*(FROM|INTO|SET)|PSQL|ERROR: |SQLSTATE"
                    + "|\\[Source");

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}|\\*$");

    private static TestOidc oidc;
    private static String management;
    private static String account;
    private static String basic;
    private static JsonNode document;
    private static final Map<String, String> known = new LinkedHashMap<>();

    private record Sent(String method, String target, byte @Nullable [] body, List<String> headers) {
        @Override
        public String toString() {
            String shown = body == null ? "" : " " + new String(body, StandardCharsets.UTF_8);
            String line = method + " " + target.substring(0, Math.min(target.length(), 120));
            return line + shown.substring(0, Math.min(shown.length(), 160));
        }
    }

    private record Got(int status, String head, String body) {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeAll
    static void open() {
        oidc = TestOidc.start();
        Client web = oidc.client("Traditional", "{\"allowTokenExchange\":true}");
        basic = web.basic();
        String user = oidc.user("walker");
        account = "Bearer " + member(oidc.signIn(web, user, "openid profile email phone identities"), "access_token");
        management = "Bearer " + oidc.server().managementToken(Tenants.DEFAULT);
        document = oidc.browser().get("/api/swagger.json").json();
        known.put("users", user);
        known.put("applications", web.id());
        make("organizations", Map.of("name", "o"));
        make("organization-roles", Map.of("name", "r"));
        make("organization-scopes", Map.of("name", "s"));
        make("roles", Map.of("name", "r", "description", "d"));
        make("resources", Map.of("name", "r", "indicator", "https://r.example"));
        known.put(
                "scopes",
                oidc.server()
                        .api()
                        .created(
                                "/resources/" + known.get("resources") + "/scopes",
                                Map.of("name", "s", "description", "d"))
                        .path("id")
                        .asString());
    }

    private static void make(String what, Map<String, ?> body) {
        known.put(what, oidc.server().api().created("/" + what, body).path("id").asString());
    }

    @AfterAll
    static void close() {
        oidc.close();
    }

    // requests
    // ----------------------------------------------------------------------------------------------------------

    /** One connection, which is used for many requests. */
    private static final class Line implements AutoCloseable {
        private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
        private @Nullable Socket socket;

        Got ask(Sent sent) throws IOException {
            Socket open = socket;
            if (open == null) {
                open = new Socket(
                        InetAddress.getLoopbackAddress(), oidc.server().port());
                open.setTcpNoDelay(true);
                open.setSoTimeout(30_000);
                socket = open;
            }
            StringBuilder head = new StringBuilder(sent.method + " " + sent.target + " HTTP/1.1\r\nHost: localhost:"
                    + oidc.server().port() + "\r\n");
            sent.headers.forEach(header -> head.append(header).append("\r\n"));
            int length = sent.body == null ? 0 : sent.body.length;
            head.append("Content-Length: ").append(length).append("\r\n\r\n");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            if (sent.body != null) {
                all.writeBytes(sent.body);
            }
            open.getOutputStream().write(all.toByteArray());
            return answer(open.getInputStream(), sent.method.equals("HEAD"));
        }

        private Got answer(InputStream in, boolean isHead) throws IOException {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int one = in.read();
                if (one < 0) {
                    close();
                    return new Got(0, head.toString(), "");
                }
                head.append((char) one);
            }
            Matcher length = LENGTH.matcher(head);
            byte[] body = length.find() && !isHead ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
            if (head.toString().toLowerCase(java.util.Locale.ROOT).contains("connection: close")) {
                close();
            }
            return new Got(
                    Integer.parseInt(head.substring(9, 12)), head.toString(), new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }

    /** Sends all, several at once; what is wrong with the answers, each kind of wrong once a route. */
    private static List<String> walk(Consumer<Consumer<Sent>> all) {
        Map<String, String> faults = new java.util.concurrent.ConcurrentSkipListMap<>();
        AtomicInteger count = new AtomicInteger();
        long start = System.nanoTime();
        Queue<Line> lines = new ConcurrentLinkedQueue<>();
        Semaphore free = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.accept(sent -> {
                free.acquireUninterruptibly();
                threads.execute(() -> {
                    Line line = lines.poll();
                    line = line == null ? new Line() : line;
                    try {
                        count.incrementAndGet();
                        Got got = line.ask(sent);
                        String fault = fault(sent, got);
                        if (fault != null) {
                            // one example of each kind is what a reader can use
                            String kind = got.body.replaceAll("\\d|\"[^\"]*\"", "");
                            faults.putIfAbsent(
                                    fault + " " + kind.substring(0, Math.min(kind.length(), 80)),
                                    sent + " -> " + got.status + " "
                                            + got.body.substring(0, Math.min(got.body.length(), 300)));
                        }
                    } catch (IOException | RuntimeException e) {
                        faults.putIfAbsent("no answer " + sent, String.valueOf(e));
                        line = new Line();
                    } finally {
                        lines.add(line);
                        free.release();
                    }
                });
            });
        }
        lines.forEach(line -> {
            try {
                line.close();
            } catch (IOException ignored) {
                // it was of no more use
            }
        });
        System.out.println("Every route: " + count + " requests in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        List<String> told = new ArrayList<>();
        faults.forEach((kind, example) -> told.add((kind + "\n      " + example).replaceAll("[^ -~\n]", "?")));
        return told;
    }

    private static @Nullable String fault(Sent sent, Got got) {
        if (got.status == 0) {
            return "hung up";
        }
        if (got.status >= 500 && got.status != 501 && got.status != 503) {
            return "status " + got.status;
        }
        if (got.status < 400) {
            return null;
        }
        if (INNER.matcher(got.body).find()) {
            return "tells what stands behind";
        }
        if (sent.target.startsWith("/api/") && !sent.method.equals("HEAD")) {
            return hasCode(got) || isOfWire(got) ? null : "no code";
        }
        return null;
    }

    /** Refusals that the wire has in other forms: what is not mounted, and what is no JSON. */
    private static boolean isOfWire(Got got) {
        return switch (got.status) {
            case 400 -> got.body.startsWith("{\"message\":\"");
            case 404 -> got.body.equals("Not Found");
            case 405 -> got.body.equals("Method Not Allowed");
            case 501 -> got.body.equals("Not Implemented");
            default -> false;
        };
    }

    private static boolean hasCode(Got got) {
        try {
            return Pattern.matches("[\\w.-]+", Json.read(got.body).path("code").asString(""));
        } catch (JacksonException none) {
            return false;
        }
    }

    private static List<String> headers(String contentType, @Nullable String authorization) {
        List<String> headers = new ArrayList<>(List.of("Content-Type: " + contentType));
        if (authorization != null) {
            headers.add("Authorization: " + authorization);
        }
        return headers;
    }

    private static @Nullable String authorization(String path) {
        if (path.startsWith("/oidc/")) {
            return basic;
        }
        boolean aboutOneself = path.startsWith("/api/my-account") || path.startsWith("/api/verifications");
        return aboutOneself ? account : path.startsWith("/api/") ? management : null;
    }

    private static List<Operation> operations() {
        return oidc.server().app().operations();
    }

    private static boolean hasBody(Operation operation) {
        return !operation.method().equals("GET") && !operation.method().equals("DELETE");
    }

    /** The path with what there is in the places of its parameters. */
    private static String path(String pattern) {
        StringBuilder path = new StringBuilder();
        String before = "";
        for (String segment : pattern.substring(1).split("/", -1)) {
            boolean isParameter = segment.startsWith("{") || segment.equals("*");
            String value = isParameter ? known.getOrDefault(before, "nosuch") : segment;
            path.append('/').append(value);
            before = segment;
        }
        return path.toString();
    }

    private static JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : schema;
    }

    private static JsonNode schema(Operation operation) {
        JsonNode stated = document.path("paths")
                .path(operation.pattern())
                .path(operation.method().toLowerCase(java.util.Locale.ROOT));
        if (stated.isMissingNode()) {
            stated = document.path("paths")
                    .path(operation.pattern().replaceFirst("^/api", ""))
                    .path(operation.method().toLowerCase(java.util.Locale.ROOT));
        }
        return resolved(stated.path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema"));
    }

    /** Something of that shape, so that the other members are looked at as well. */
    private static JsonNode sample(JsonNode stated, int depth) {
        JsonNode schema = resolved(stated);
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        for (String word : List.of("oneOf", "anyOf", "allOf")) {
            if (!schema.path(word).isEmpty()) {
                return sample(schema.path(word).get(0), depth);
            }
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.get(0).asString("") : type.asString("object");
        return switch (name) {
            case "string" -> Json.read("\"https://walker.example/x\"");
            case "integer", "number" -> Json.read("1");
            case "boolean" -> Json.read("false");
            case "array" -> Json.read("[]");
            default -> {
                ObjectNode object = Json.object();
                if (depth < 4) {
                    schema.path("properties")
                            .properties()
                            .forEach(member -> object.set(member.getKey(), sample(member.getValue(), depth + 1)));
                }
                yield object;
            }
        };
    }

    /** Bodies with one member in place of which something else stands, one level deeper too. */
    private static void spoilt(JsonNode schema, Consumer<String> each) {
        ObjectNode good = sample(schema, 0) instanceof ObjectNode object ? object : Json.object();
        schema.path("properties").properties().forEach(member -> {
            for (String value : VALUES) {
                each.accept(with(good, member.getKey(), value));
            }
            JsonNode inner = resolved(member.getValue());
            if (good.get(member.getKey()) instanceof ObjectNode nested) {
                inner.path("properties").properties().forEach(deeper -> {
                    for (String value : List.of("null", "[{}]", "\"\\u0000\"", "\"\\ud800\"", "1e999")) {
                        each.accept(with(good, member.getKey(), with(nested, deeper.getKey(), value)));
                    }
                });
            }
        });
    }

    /** By hand, for no library writes such values. */
    private static String with(ObjectNode good, String name, String value) {
        List<String> members = new ArrayList<>();
        good.properties()
                .forEach(member -> members.add(Json.write(member.getKey()) + ":"
                        + (member.getKey().equals(name) ? value : Json.write(member.getValue()))));
        return "{" + String.join(",", members) + "}";
    }

    // walks
    // -------------------------------------------------------------------------------------------------------------

    @Test
    void members_of_any_kind_in_any_body() {
        List<String> faults = walk(send -> operations().stream()
                .filter(EveryRouteTest::hasBody)
                .filter(operation -> operation.pattern().startsWith("/api/"))
                .forEach(operation -> {
                    String path = path(operation.pattern());
                    List<String> headers = headers(JSON, authorization(path));
                    spoilt(
                            schema(operation),
                            body -> send.accept(new Sent(operation.method(), path, bytes(body), headers)));
                }));
        assertThat(faults).isEmpty();
    }

    @Test
    void bodies_of_any_kind() {
        List<String> faults = walk(
                send -> operations().stream().filter(EveryRouteTest::hasBody).forEach(operation -> {
                    String path = path(operation.pattern());
                    for (byte[] body : BODIES) {
                        send.accept(new Sent(operation.method(), path, body, headers(JSON, authorization(path))));
                        send.accept(new Sent(operation.method(), path, body, headers(FORM, authorization(path))));
                    }
                    send.accept(new Sent(operation.method(), path, BODIES.getLast(), headers(JSON, null)));
                    for (String type : List.of(
                            "text/plain",
                            "multipart/form-data",
                            "multipart/form-data; boundary=x",
                            "x",
                            "",
                            ";",
                            JSON + ";charset=utf-99",
                            "application/xml")) {
                        send.accept(
                                new Sent(operation.method(), path, bytes("{}"), headers(type, authorization(path))));
                    }
                }));
        assertThat(faults).isEmpty();
    }

    @Test
    void ids_of_any_kind_with_and_without_a_token() {
        List<String> faults = walk(send -> operations().forEach(operation -> {
            String pattern = operation.pattern();
            Matcher parameter = PARAMETER.matcher(pattern);
            while (parameter.find()) {
                for (String id : IDS) {
                    String before =
                            path(pattern.substring(0, parameter.start()) + "@").replaceFirst("@$", "");
                    String path = before + id + rest(pattern, parameter.end());
                    byte[] body = hasBody(operation) ? bytes("{}") : null;
                    send.accept(new Sent(operation.method(), path, body, headers(JSON, authorization(pattern))));
                    if (id.length() < 4) {
                        send.accept(new Sent(operation.method(), path, body, headers(JSON, null)));
                    }
                }
            }
        }));
        assertThat(faults).isEmpty();
    }

    private static String rest(String pattern, int from) {
        return from == pattern.length() ? "" : path(pattern.substring(from));
    }

    @Test
    void queries_of_any_kind_and_any_method() {
        List<String> faults = walk(send -> operations().forEach(operation -> {
            String path = path(operation.pattern());
            if (operation.method().equals("GET")) {
                List<String> headers = headers(JSON, authorization(path));
                QUERIES.forEach(query -> send.accept(new Sent("GET", path + "?" + query, null, headers)));
                for (String name : parameters(operation)) {
                    for (String value : PARAMETER_VALUES) {
                        String query = name + "=" + value.replace("{name}", name);
                        send.accept(new Sent("GET", path + "?" + query, null, headers));
                    }
                }
                send.accept(new Sent("GET", path, bytes("{"), headers));
                send.accept(new Sent("HEAD", path, null, headers));
            }
            for (String method : List.of("OPTIONS", "TRACE", "PROPFIND", "get", "X".repeat(100))) {
                send.accept(new Sent(method, path, null, headers(JSON, null)));
            }
            if (hasBody(operation)) {
                send.accept(new Sent(
                        operation.method(), path + "?%zz&page=-1", bytes("{}"), headers(JSON, authorization(path))));
            }
        }));
        assertThat(faults).isEmpty();
    }

    private static TreeSet<String> parameters(Operation operation) {
        TreeSet<String> names = new TreeSet<>();
        document.path("paths")
                .path(operation.pattern())
                .path("get")
                .path("parameters")
                .forEach(parameter -> {
                    if (parameter.path("in").asString("").equals("query")) {
                        names.add(parameter.path("name").asString());
                    }
                });
        return names;
    }

    @Test
    void headers_of_any_kind() {
        List<String> faults = walk(send -> operations().forEach(operation -> {
            String path = path(operation.pattern());
            byte[] body = hasBody(operation) ? bytes("{}") : null;
            for (String header : List.of(
                    "Authorization: Bearer",
                    "Authorization: Bearer \u00ff\u00fe",
                    "Authorization: Basic %%%",
                    "Authorization: " + "Bearer a.b.c, ".repeat(100),
                    "Cookie: " + "_session=x; __Host-_session=\"; _interaction=%7B; ".repeat(20),
                    "Accept-Language: " + "*;q=9e999,".repeat(90),
                    "Accept: \u0080",
                    "If-Match: \"",
                    "DPoP: .",
                    "Origin: null",
                    "logto-verification-id: '\u00ff",
                    "X-Forwarded-For: \u00ff")) {
                send.accept(new Sent(operation.method(), path, body, List.of("Content-Type: " + JSON, header)));
            }
        }));
        assertThat(faults).isEmpty();
    }
}
