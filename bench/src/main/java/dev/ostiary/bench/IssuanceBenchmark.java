package dev.ostiary.bench;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.CryptoProviders;
import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.SigningKey;
import dev.ostiary.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A JWT access token against its signature alone, in microseconds. Goal: twice the signature at most. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class IssuanceBenchmark {
    @Param
    public SigningKey.Type type;

    private final Ids ids = Ids.secure();
    private final Clock clock = Clock.systemUTC();
    private JwtSigner signer;
    private PrivateKey privateKey;
    private byte[] input;

    @Setup
    public void prepare() throws GeneralSecurityException {
        CryptoProviders.install();
        SigningKey key = SigningKey.generate(type);
        signer = new JwtSigner(key);
        String pem = key.toPem().reveal().replaceAll("-----[A-Z ]+-----", "");
        privateKey = KeyFactory.getInstance(type.name().replaceAll("_.*", ""))
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        String token = a_token();
        input = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    /** The same steps as {@code oidc.tokens.AccessTokens#jwt}, whose tenant and keys are in memory. */
    @Benchmark
    public String a_token() {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", ids.token());
        claims.put("sub", "abcdefghijkl");
        claims.put("iat", now);
        claims.put("exp", now + 3600);
        claims.put("scope", "read:books write:books");
        claims.put("client_id", "abcdefghijklmnopqrstu");
        claims.put("iss", "http://localhost:3001/oidc");
        claims.put("aud", "https://api.example.com");
        return signer.signJson("at+jwt", Json.write(claims));
    }

    /** By the provider of the platform that signs the tokens too. */
    @Benchmark
    public byte[] its_signature_alone() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (type) {
                    case EC_P256 -> "SHA256withECDSA";
                    case EC_P384 -> "SHA384withECDSA";
                    case EC_P521 -> "SHA512withECDSA";
                    case RSA_2048, RSA_3072, RSA_4096 -> "SHA256withRSA";
                    case ED25519 -> "Ed25519";
                });
        signature.initSign(privateKey);
        signature.update(input);
        return signature.sign();
    }
}
