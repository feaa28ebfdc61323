package dev.ostiary.oidc;

import static dev.ostiary.oidc.TestOidc.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** The same hostile tokens at every door of the protocol that takes one: refused, soon, and nobody else is asked. */
class HostileEntriesTest {
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final TestKey KEY = TestKey.of("ES256");

    private final TestOidc oidc = TestOidc.shared();

    @Test
    void every_door_refuses_every_hostile_token_TK2_TK4_TK5_DO1() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer trap = trap(asked);
        try {
            Map<String, String> tokens =
                    tokens("http://127.0.0.1:" + trap.getAddress().getPort());
            doors().forEach((door, knock) -> tokens.forEach((name, token) -> {
                long start = System.nanoTime();
                Answer answer = knock.apply(token);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as(door + ": " + name)
                        .isLessThan(Duration.ofSeconds(5));
                assertThat(isRefusal(answer))
                        .as(door + ": " + name + ": " + answer.status() + answer.text())
                        .isTrue();
            }));
            assertThat(asked).as("a token makes us ask nobody").hasValue(0);
        } finally {
            trap.stop(0);
        }
    }

    private static boolean isRefusal(Answer answer) {
        return answer.status() >= 400 && answer.status() < 500
                || answer.status() == 303 && answer.location().contains("error=invalid_request");
    }

    private static HttpServer trap(AtomicInteger asked) throws IOException {
        HttpServer trap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trap.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        trap.start();
        return trap;
    }

    private Map<String, Function<String, Answer>> doors() {
        Client web = oidc.client("Traditional", "{\"allowTokenExchange\":true,\"dpop\":\"optional\"}");
        String byKey = create("private_key_jwt");
        String bySecret = create("client_secret_jwt");
        String subject = oidc.user("hostile");
        String actor = TestOidc.member(oidc.signIn(web, subject, "openid"), "access_token");
        Map<String, Function<String, Answer>> doors = new LinkedHashMap<>();
        doors.put("client_assertion of a key", token -> present(byKey, token));
        doors.put("client_assertion of a secret", token -> present(bySecret, token));
        doors.put("client_assertion without client_id", token -> present(null, token));
        doors.put("DPoP", token -> oidc.browser()
                .form(
                        "/oidc/token",
                        form("grant_type", "refresh_token", "refresh_token", "x"),
                        "Authorization",
                        web.basic(),
                        "DPoP",
                        token));
        doors.put("subject_token", token -> oidc.exchange(web, token, ACCESS_TOKEN));
        doors.put(
                "actor_token",
                token -> oidc.exchange(
                        web, actor, ACCESS_TOKEN, "actor_token", token, "actor_token_type", ACCESS_TOKEN));
        doors.put("id_token_hint of an authorization request", token -> oidc.browser()
                .form(
                        "/oidc/auth",
                        form(
                                "client_id",
                                web.id(),
                                "redirect_uri",
                                TestOidc.REDIRECT_URI,
                                "response_type",
                                "code",
                                "scope",
                                "openid",
                                "id_token_hint",
                                token)));
        doors.put("id_token_hint of a logout", token -> oidc.browser()
                .form("/oidc/session/end", form("id_token_hint", token)));
        doors.put("userinfo", oidc::userinfo);
        doors.put("the Management API", token -> oidc.browser()
                .get("/api/applications", "Authorization", "Bearer " + token));
        doors.put("the account API", token -> oidc.browser()
                .get("/api/my-account/sso-identities/x/access-token", "Authorization", "Bearer " + token));
        return doors;
    }

    private String create(String method) {
        var jwks = Json.object();
        jwks.putArray("keys").add(KEY.jwk("k"));
        return oidc.server()
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Shop",
                                "type",
                                "Traditional",
                                "oidcClientMetadata",
                                Map.of(
                                        "redirectUris",
                                        List.of(TestOidc.REDIRECT_URI),
                                        "postLogoutRedirectUris",
                                        List.of(),
                                        "tokenEndpointAuthMethod",
                                        method,
                                        "jwks",
                                        jwks)))
                .path("id")
                .asString();
    }

    private Answer present(@org.jspecify.annotations.Nullable String client, String token) {
        Map<String, String> form = form("token", "x", "client_assertion_type", ASSERTION, "client_assertion", token);
        if (client != null) {
            form.put("client_id", client);
        }
        return oidc.browser().form("/oidc/token/introspection", form);
    }

    private Map<String, String> tokens(String trap) throws IOException {
        String claims = Json.write(Map.of(
                "iss", oidc.server().origin() + "/oidc", "sub", "x", "aud", "x", "exp", 99999999999L, "jti", "x"));
        Map<String, String> tokens = new LinkedHashMap<>();
        String jwks = oidc.browser().get("/oidc/jwks").text();
        for (String header : List.of("{\"alg\":\"HS256\"}", "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}")) {
            String input = TestKey.base64(header) + "." + TestKey.base64(claims);
            tokens.put(
                    "HS256 keyed with our public keys " + header,
                    input + "."
                            + Hmac.withKey(jwks.getBytes(StandardCharsets.UTF_8))
                                    .sign(input));
        }
        tokens.put("none", TestKey.base64("{\"alg\":\"none\"}") + "." + TestKey.base64(claims) + ".");
        tokens.put("none with a signature", TestKey.base64("{\"alg\":\"nOnE\"}") + "." + TestKey.base64(claims) + ".A");
        for (String hint : List.of("jku", "x5u")) {
            tokens.put(
                    hint,
                    KEY.signText(Json.write(Map.of("alg", "ES256", "kid", "k", hint, trap + "/" + hint)), claims));
        }
        tokens.put("kid that is a path", KEY.sign(Map.of("kid", "../../../etc/passwd"), Map.of("sub", "x")));
        tokens.put("kid that is SQL", KEY.sign(Map.of("kid", "' OR '1'='1"), Map.of("sub", "x")));
        tokens.put("encrypted and compressed", bomb());
        tokens.put("ten tokens in each other", nested(10));
        tokens.put("deep header", KEY.signText("{\"a\":".repeat(1500), "{}"));
        tokens.put("deep claims", KEY.signText("{\"alg\":\"ES256\"}", "[".repeat(6000)));
        tokens.put("JSON form", "{\"payload\":\"e30\",\"signatures\":[{\"protected\":\"e30\",\"signature\":\"AA\"}]}");
        tokens.put("dots", ".".repeat(8000));
        return tokens;
    }

    /** As large as a header may be: what it would inflate to is a thousand times that. */
    private static String bomb() throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, new Deflater(9, true))) {
            out.write(new byte[6_000_000]);
        }
        String body = dev.ostiary.crypto.Hashes.base64Url(deflated.toByteArray());
        return TestKey.base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\",\"cty\":\"JWT\"}") + "..AAAA."
                + body + ".AAAA";
    }

    private static String nested(int levels) {
        String token = "e30.e30.AA";
        for (int i = 0; i < levels && token.length() < 9_000; i++) {
            token = KEY.signText("{\"alg\":\"ES256\",\"cty\":\"JWT\"}", "\"" + token + "\"");
        }
        return token;
    }
}
