package dev.ostiary.bench;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.CryptoProviders;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.Secret;
import dev.ostiary.json.Json;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundRules;
import dev.ostiary.sso.Departing;
import dev.ostiary.sso.Departure;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoProvider;
import dev.ostiary.sso.oidc.Discovery;
import dev.ostiary.sso.oidc.OidcProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What enterprise SSO adds to a sign-in: the way to the provider, and the answer with its two requests, verified. The
 * provider answers constants from this machine, so its own time is next to nothing. Goal: 15 ms or less of CPU.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SsoBenchmark {
    private HttpServer server;
    private Outbound outbound;
    private OidcProtocol protocol;
    private SsoConnector connector;
    private String issuer;

    @Setup
    public void prepare() throws Exception {
        CryptoProviders.install();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        // A nonce that is always the same lets the provider's token be signed once, here.
        Ids constant = new Ids(() -> 0x0123456789abcdefL);
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        answer(
                "/.well-known/openid-configuration",
                Map.of(
                        "issuer", issuer,
                        "authorization_endpoint", issuer + "/authorize",
                        "token_endpoint", issuer + "/token",
                        "userinfo_endpoint", issuer + "/userinfo",
                        "jwks_uri", issuer + "/jwks"));
        answer("/jwks", Map.of("keys", List.of(key.toPublicJWK().toJSONObject())));
        answer(
                "/token",
                Map.of(
                        "access_token",
                        "a".repeat(1000),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        3600,
                        "id_token",
                        idToken(key, constant.token())));
        answer("/userinfo", Map.of("sub", "user-1", "name", "Ada", "email", "ada@acme.test", "email_verified", true));
        server.start();
        Clock clock = Clock.systemUTC();
        outbound = new Outbound(OutboundRules.strict().allowing(List.of("127.0.0.1")));
        // No keys of ours: the client proves itself with its secret.
        protocol = new OidcProtocol(
                new Discovery(outbound, clock), outbound, null, new JwtVerifier(clock), constant, clock);
        OidcConfig config = new OidcConfig("client", new Secret("secret"), issuer, "", false, false, Optional.empty());
        connector = new SsoConnector(
                "connector",
                SsoProvider.OIDC,
                "Acme",
                config,
                List.of("acme.test"),
                new SsoConnector.Branding(Optional.empty(), Optional.empty(), Optional.empty()),
                false,
                false,
                Instant.EPOCH);
    }

    private String idToken(RSAKey key, String nonce) throws Exception {
        long now = System.currentTimeMillis() / 1000;
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
                new Payload(Json.write(Map.of(
                        "iss",
                        issuer,
                        "aud",
                        "client",
                        "sub",
                        "user-1",
                        "iat",
                        now,
                        "exp",
                        now + 3600,
                        "nonce",
                        nonce))));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private void answer(String path, Map<String, ?> body) {
        byte[] bytes = Json.bytes(body);
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Benchmark
    public Departure depart() {
        return protocol.depart(new Departing(
                "default", connector, "state", "https://id.example/callback/connector", Optional.of("ada@acme.test")));
    }

    @Benchmark
    public SsoProfile there_and_back() {
        Departure departure = depart();
        return protocol.arrive(connector, "default", departure.kept(), Map.of("code", "code", "iss", issuer));
    }

    @TearDown
    public void stop() {
        outbound.close();
        server.stop(0);
    }
}
