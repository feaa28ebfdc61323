package dev.ostiary.bench;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.CryptoProviders;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.crypto.SigningKey;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Warmup;

/** What the hot paths are made of, in microseconds each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PiecesBenchmark {
    private static final String ISSUER = "http://localhost:3001/oidc";

    /** A request body as the Management API takes it. */
    public record Body(
            @Size(min = 1, max = 256) String name, Optional<String> description, Optional<List<String>> redirectUris) {}

    private final Ids ids = Ids.secure();
    private JwtSigner signer;
    private JwtVerifier verifier;
    private JwtRules rules;
    private String token;
    private byte[] body;

    @Setup
    public void prepare() {
        CryptoProviders.install();
        SigningKey key = SigningKey.generate(SigningKey.Type.EC_P384);
        signer = new JwtSigner(key);
        verifier = new JwtVerifier(Clock.systemUTC());
        rules = JwtRules.accessToken(ISSUER, KeySet.of(key.verificationKey()), "https://api.example.com");
        token = signer.sign("at+jwt", claims());
        body = Json.bytes(Map.of("name", "Bookstore", "redirectUris", List.of("http://localhost:3000/callback")));
    }

    private Map<String, Object> claims() {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", ids.token());
        claims.put("sub", "abcdefghijkl");
        claims.put("iat", now);
        claims.put("exp", now + 3600);
        claims.put("scope", "read:books write:books");
        claims.put("client_id", "abcdefghijklmnopqrstu");
        claims.put("iss", ISSUER);
        claims.put("aud", "https://api.example.com");
        return claims;
    }

    @Benchmark
    public String sign_an_access_token_ES384() {
        return signer.sign("at+jwt", claims());
    }

    @Benchmark
    public Jwt verify_an_access_token_ES384() throws JoseException {
        return verifier.verify(token, rules);
    }

    @Benchmark
    public Body read_a_request_body() {
        return Shape.of(Body.class).read(Json.read(body));
    }

    @Benchmark
    public String make_a_bearer_value() {
        return ids.token();
    }
}
