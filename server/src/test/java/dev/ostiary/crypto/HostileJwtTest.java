package dev.ostiary.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rows TK2, TK3, TK4, TK5, TK10 and DO1 of the list of published attacks: what the one verifier refuses. */
class HostileJwtTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ISSUER = "https://id.example/oidc";
    private static final String AUDIENCE = "https://api.example";
    private static final SigningKey EC = SigningKey.generate(SigningKey.Type.EC_P384);
    private static final SigningKey P256 = SigningKey.generate(SigningKey.Type.EC_P256);
    private static final SigningKey RSA = SigningKey.generate(SigningKey.Type.RSA_2048);
    private static final SigningKey FOREIGN = SigningKey.generate(SigningKey.Type.EC_P384);
    private static final KeySet KEYS = KeySet.of(EC.verificationKey(), P256.verificationKey(), RSA.verificationKey());

    private final JwtVerifier verifier = new JwtVerifier(Clock.fixed(NOW, ZoneOffset.UTC));
    private final JwtRules rules = JwtRules.accessToken(ISSUER, KEYS, AUDIENCE);

    @BeforeAll
    static void install() {
        CryptoProviders.install();
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "user-1");
        claims.put("aud", AUDIENCE);
        claims.put("exp", NOW.getEpochSecond() + 600);
        claims.put("iat", NOW.getEpochSecond());
        claims.put("scope", "all read");
        return claims;
    }

    private static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private static String honest() {
        return new JwtSigner(EC).sign("at+jwt", claims());
    }

    private static Map<String, Object> header(SigningKey key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm());
        header.put("typ", "at+jwt");
        header.put("kid", key.kid());
        return header;
    }

    private static String b64(String text) {
        return Hashes.base64Url(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A token whose header the attacker wrote, with a true signature of the given key. */
    private static String signed(SigningKey key, String header, String payload) {
        try {
            String input = b64(header) + "." + b64(payload);
            return input + "."
                    + key.signer()
                            .sign(
                                    new com.nimbusds.jose.JWSHeader(key.jwsAlgorithm()),
                                    input.getBytes(StandardCharsets.US_ASCII));
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(SigningKey key, Map<String, Object> header) {
        return signed(key, JSONObjectUtils.toJSONString(header), JSONObjectUtils.toJSONString(claims()));
    }

    private static String withHeader(String name, Object value) {
        Map<String, Object> header = header(EC);
        header.put(name, value);
        return signed(EC, header);
    }

    private static String withSignature(SigningKey key, byte[] signature) {
        String input =
                b64(JSONObjectUtils.toJSONString(header(key))) + "." + b64(JSONObjectUtils.toJSONString(claims()));
        return input + "." + Hashes.base64Url(signature);
    }

    private static String hmac(String alg, byte[] secret) {
        try {
            Map<String, Object> header = header(RSA);
            header.put("alg", alg);
            String input =
                    b64(JSONObjectUtils.toJSONString(header)) + "." + b64(JSONObjectUtils.toJSONString(claims()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + "." + Hashes.base64Url(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] publicDer() {
        try {
            return com.nimbusds
                    .jose
                    .jwk
                    .JWK
                    .parse(RSA.verificationKey().jwkJson())
                    .toRSAKey()
                    .toPublicKey()
                    .getEncoded();
        } catch (java.text.ParseException | com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Hostile(String row, String name, String token, String code) {}

    private static Hostile h(String row, String name, String token, String code) {
        return new Hostile(row, name, token, code);
    }

    private static final String JWS = "ERR_JWS_INVALID";
    private static final String ALG = "ERR_JOSE_ALG_NOT_ALLOWED";
    private static final String SIG = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
    private static final String UNSUPPORTED = "ERR_JOSE_NOT_SUPPORTED";
    private static final String CLAIM = "ERR_JWT_CLAIM_VALIDATION_FAILED";
    private static final String KEY = "ERR_JWKS_NO_MATCHING_KEY";

    private static List<Hostile> algorithmConfusion() {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicDer())
                + "\n-----END PUBLIC KEY-----\n";
        byte[] ascii = pem.getBytes(StandardCharsets.US_ASCII);
        List<Hostile> table = new ArrayList<>(List.of(
                h("TK2", "HS256 keyed with the public key in PEM", hmac("HS256", ascii), ALG),
                h("TK2", "HS256 keyed with the public key in DER", hmac("HS256", publicDer()), ALG),
                h(
                        "TK2",
                        "HS256 keyed with the JWK",
                        hmac("HS256", RSA.verificationKey().jwkJson().getBytes(StandardCharsets.UTF_8)),
                        ALG),
                h("TK2", "HS256 keyed with the JWKS", hmac("HS256", KEYS.json().getBytes(StandardCharsets.UTF_8)), ALG),
                h("TK2", "RS256 that is an HMAC", hmac("RS256", publicDer()), SIG)));
        for (String none : List.of("none", "nOnE", "NONE", "None")) {
            Map<String, Object> header = header(EC);
            header.put("alg", none);
            String input =
                    b64(JSONObjectUtils.toJSONString(header)) + "." + b64(JSONObjectUtils.toJSONString(claims()));
            table.add(h("TK2", none + " without signature", input + ".", JWS));
            table.add(h("TK2", none + " with one", input + ".AAAA", ALG));
        }
        Map<String, Object> other = header(EC);
        other.put("alg", "ES256");
        table.add(h("TK2", "ES256 for a P-384 key", signed(EC, other), ALG));
        Map<String, Object> rsaName = header(EC);
        rsaName.put("kid", RSA.kid());
        table.add(h("TK2", "ES384 for an RSA key", signed(EC, rsaName), ALG));
        for (String alg : List.of("EdDSA", "ES256K", "es384", "RSA-OAEP", "dir", "", "ES384 ", "A128KW")) {
            table.add(h("TK2", "alg '" + alg + "'", withHeader("alg", alg), ALG));
        }
        table.add(h("TK2", "alg is a number", withHeader("alg", 5), JWS));
        table.add(h("TK2", "alg is a list", withHeader("alg", List.of("ES384")), JWS));
        table.add(h("TK2", "another key with our kid", signed(FOREIGN, header(EC)), SIG));
        table.add(h("TK2", "another key with its own kid", signed(FOREIGN, header(FOREIGN)), KEY));
        return table;
    }

    private static List<Hostile> nonsenseSignatures() {
        BigInteger n = new BigInteger(
                "39402006196394479212279040100143613805079739270465446667946905279627659399113263569398956308152294913554433653942643");
        byte[] one = new byte[48];
        one[47] = 1;
        byte[] order = Arrays.copyOfRange(n.toByteArray(), n.toByteArray().length - 48, n.toByteArray().length);
        byte[] zero = new byte[48];
        List<Hostile> table = new ArrayList<>();
        byte[][][] pairs = {
            {zero, zero}, {zero, one}, {one, zero}, {order, one}, {one, order}, {order, order}, {one, one}
        };
        for (byte[][] pair : pairs) {
            String name = "r=" + new BigInteger(1, pair[0]).bitLength() + " bits, s="
                    + new BigInteger(1, pair[1]).bitLength() + " bits";
            table.add(h("TK3", name, withSignature(EC, join(pair[0], pair[1])), SIG));
        }
        table.add(h("TK3", "ES256 of zeros", withSignature(P256, new byte[64]), SIG));
        table.add(h("TK3", "DER instead of raw", withSignature(EC, derSignature()), SIG));
        table.add(h("TK3", "one byte", withSignature(EC, new byte[] {1}), SIG));
        table.add(h("TK3", "RSA signature of zeros", withSignature(RSA, new byte[256]), SIG));
        table.add(h("TK3", "RSA signature of one", withSignature(RSA, join(new byte[255], new byte[] {1})), SIG));
        return table;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] derSignature() {
        String token = signed(EC, header(EC));
        try {
            return com.nimbusds.jose.crypto.impl.ECDSA.transcodeSignatureToDER(
                    Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)));
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Hostile> headersThatChooseTheKey() {
        Object jwk = FOREIGN.verificationKey().jwk();
        Map<String, Object> embedded = header(FOREIGN);
        embedded.put("jwk", jwk);
        Map<String, Object> remote = header(FOREIGN);
        remote.put("jku", "http://127.0.0.1:1/jwks");
        String honest = honest();
        String[] parts = honest.split("\\.");
        return List.of(
                h("TK4", "embedded jwk", signed(FOREIGN, embedded), UNSUPPORTED),
                h("TK4", "jku", signed(FOREIGN, remote), UNSUPPORTED),
                h("TK4", "x5u", withHeader("x5u", "http://127.0.0.1:1/x"), UNSUPPORTED),
                h("TK4", "x5c", withHeader("x5c", List.of("AAAA")), UNSUPPORTED),
                h("TK4", "unknown crit", withHeader("crit", List.of("exp")), UNSUPPORTED),
                h("TK4", "empty crit", withHeader("crit", List.of()), UNSUPPORTED),
                h("TK4", "unencoded payload", withHeader("b64", false), UNSUPPORTED),
                h("TK4", "path in kid", withHeader("kid", "../../../../dev/null"), KEY),
                h("TK4", "SQL in kid", withHeader("kid", "' OR 1=1 --"), KEY),
                h("TK4", "empty kid", withHeader("kid", ""), KEY),
                h("TK4", "kid is an object", withHeader("kid", Map.of("a", 1)), JWS),
                h(
                        "TK4",
                        "two alg members",
                        signed(
                                EC,
                                "{\"alg\":\"none\",\"alg\":\"ES384\",\"typ\":\"at+jwt\",\"kid\":\"" + EC.kid() + "\"}",
                                JSONObjectUtils.toJSONString(claims())),
                        JWS),
                h(
                        "TK4",
                        "flattened JSON",
                        "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\""
                                + parts[2] + "\"}",
                        JWS),
                h(
                        "TK4",
                        "general JSON",
                        "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{\"protected\":\"" + parts[0]
                                + "\",\"signature\":\"" + parts[2] + "\"}]}",
                        JWS),
                h("TK4", "detached payload", parts[0] + ".." + parts[2], JWS));
    }

    private static List<Hostile> otherKindsOfToken() {
        List<Hostile> table = new ArrayList<>();
        for (String typ : List.of("JWT", "logout+jwt", "", "at+jwt;x", "jwt", "client-authentication+jwt")) {
            table.add(h("TK5", "typ '" + typ + "'", withHeader("typ", typ), CLAIM));
        }
        Map<String, Object> untyped = header(EC);
        untyped.remove("typ");
        table.add(h("TK5", "no typ", signed(EC, untyped), CLAIM));
        table.add(h("TK5", "typ is a number", withHeader("typ", 1), CLAIM));
        table.add(h("TK5", "encrypted, five parts", honest() + ".AAAA.AAAA", JWS));
        String nested = JSONObjectUtils.toJSONString(Map.of("alg", "dir", "enc", "A256GCM", "cty", "JWT"));
        table.add(h("TK5", "an encryption header", signed(EC, nested, "{}"), UNSUPPORTED));
        table.add(h("TK5", "another audience", of(claims("aud", "https://other.example")), CLAIM));
        table.add(h("TK5", "an audience that contains ours", of(claims("aud", AUDIENCE + ".evil")), CLAIM));
        table.add(h("TK5", "an audience that is an object", of(claims("aud", Map.of("a", AUDIENCE))), CLAIM));
        table.add(h("TK5", "an empty list of audiences", of(claims("aud", List.of())), CLAIM));
        table.add(h("TK5", "another issuer", of(claims("iss", "https://evil.example")), CLAIM));
        table.add(h("TK5", "our issuer with a slash", of(claims("iss", ISSUER + "/")), CLAIM));
        table.add(h("TK5", "a list of issuers", of(claims("iss", List.of(ISSUER))), CLAIM));
        for (String name : List.of("iss", "aud", "exp")) {
            Map<String, Object> claims = claims();
            claims.remove(name);
            table.add(h("TK5", "no " + name, of(claims), CLAIM));
        }
        return table;
    }

    private static String of(Map<String, Object> claims) {
        return new JwtSigner(EC).sign("at+jwt", claims);
    }

    private static List<Hostile> lenientParsing() {
        String honest = honest();
        String[] parts = honest.split("\\.");
        String payload = "{\"iss\":\"a\",\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"exp\":99999999999}";
        String json = JSONObjectUtils.toJSONString(header(EC));
        return List.of(
                h("TK10", "empty", "", JWS),
                h("TK10", "a word", "token", JWS),
                h("TK10", "dots only", "..", JWS),
                h("TK10", "leading space", " " + honest, JWS),
                h("TK10", "line break at the end", honest + "\n", JWS),
                h("TK10", "padding", honest + "=", JWS),
                h("TK10", "padding of the header", parts[0] + "=." + parts[1] + "." + parts[2], JWS),
                h("TK10", "standard alphabet", parts[0] + "+." + parts[1] + "." + parts[2], JWS),
                h("TK10", "non-ASCII digits", honest + "\u0661", JWS),
                h("TK10", "NUL", honest + "\0", JWS),
                h("TK10", "header is a list", signed(EC, "[1]", "{}"), JWS),
                h("TK10", "header is null", signed(EC, "null", "{}"), JWS),
                h("TK10", "header is cut", signed(EC, "{\"alg\":\"ES384\"", "{}"), JWS),
                h("TK10", "text after the header", signed(EC, json + "x", "{}"), JWS),
                h("TK10", "payload is a text", signed(EC, json, "\"x\""), "ERR_JWT_INVALID"),
                h("TK10", "payload is null", signed(EC, json, "null"), "ERR_JWT_INVALID"),
                h("TK10", "two iss members", signed(EC, json, payload), "ERR_JWT_INVALID"),
                h("TK10", "exp is a text", of(claims("exp", "99999999999")), CLAIM),
                h("TK10", "exp is a list", of(claims("exp", List.of(1))), CLAIM),
                h("TK10", "nbf in the future", of(claims("nbf", NOW.getEpochSecond() + 1)), CLAIM),
                h("TK10", "iat in the future", of(claims("iat", NOW.getEpochSecond() + 3600)), CLAIM),
                h("TK10", "expired this second", of(claims("exp", NOW.getEpochSecond())), "ERR_JWT_EXPIRED"),
                h("TK10", "expired at zero", of(claims("exp", 0)), "ERR_JWT_EXPIRED"),
                h("TK10", "expired before the epoch", of(claims("exp", -1e300)), "ERR_JWT_EXPIRED"));
    }

    private static List<Hostile> costly() {
        String honest = honest();
        return List.of(
                h("DO1", "a million dots", ".".repeat(1_000_000), JWS),
                h("DO1", "a header of one megabyte", "A".repeat(1_000_000) + "." + honest, JWS),
                h("DO1", "one character too long", "A".repeat(16 * 1024 + 1), JWS),
                h("DO1", "deep JSON", signed(EC, "{\"a\":" + "[".repeat(5000), "{}"), JWS),
                h(
                        "DO1",
                        "deep claims",
                        signed(EC, JSONObjectUtils.toJSONString(header(EC)), "{\"a\":" + "[".repeat(5000)),
                        "ERR_JWT_INVALID"),
                h("DO1", "zip", withHeader("zip", "DEF"), UNSUPPORTED),
                h("DO1", "PBES2 with a huge count", withHeader("p2c", Integer.MAX_VALUE), UNSUPPORTED));
    }

    @TestFactory
    Stream<DynamicTest> every_hostile_token_is_refused_with_its_code() {
        return Stream.of(
                        algorithmConfusion(),
                        nonsenseSignatures(),
                        headersThatChooseTheKey(),
                        otherKindsOfToken(),
                        lenientParsing(),
                        costly())
                .flatMap(List::stream)
                .map(hostile -> DynamicTest.dynamicTest(hostile.row + " " + hostile.name, () -> {
                    JoseException refusal =
                            catchThrowableOfType(JoseException.class, () -> verifier.verify(hostile.token, rules));
                    assertThat(refusal).as(hostile.name).isNotNull();
                    assertThat(refusal.code()).isEqualTo(hostile.code);
                }));
    }

    @Test
    void nonsense_signatures_are_refused_by_the_JDKs_own_provider_too() {
        KeySet jdk = new KeySet(List.of(
                EC.verificationKey().with(java.security.Security.getProvider("SunEC")),
                P256.verificationKey().with(java.security.Security.getProvider("SunEC")),
                RSA.verificationKey().with(java.security.Security.getProvider("SunRsaSign"))));
        JwtRules jdkRules = JwtRules.accessToken(ISSUER, jdk, AUDIENCE);
        for (Hostile hostile : nonsenseSignatures()) {
            assertThatThrownBy(() -> verifier.verify(hostile.token, jdkRules))
                    .as(hostile.name)
                    .isInstanceOf(JoseException.class);
        }
        assertThat(catchThrowableOfType(JoseException.class, () -> verifier.verify(honest(), jdkRules)))
                .isNull();
    }

    @Test
    void flipping_cutting_or_adding_any_character_is_refused() {
        for (SigningKey key : List.of(EC, P256, RSA)) {
            String token = new JwtSigner(key).sign("at+jwt", claims());
            for (int i = 0; i < token.length(); i++) {
                String before = token.substring(0, i);
                char c = token.charAt(i);
                for (char other : new char[] {c == 'A' ? 'B' : 'A', c == '.' ? '-' : '.', (char) (c ^ 1)}) {
                    assertRefused(before + other + token.substring(i + 1));
                }
                assertRefused(before + token.substring(i + 1));
                assertRefused(before + "A" + token.substring(i));
                assertRefused(before);
            }
        }
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> verifier.verify(token, rules)).as(token).isInstanceOf(JoseException.class);
    }

    @Test
    void a_hostile_token_costs_less_than_five_milliseconds() {
        List<Hostile> table = costly();
        table.forEach(hostile -> assertRefused(hostile.token));
        for (Hostile hostile : table) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                assertRefused(hostile.token);
                best = Math.min(best, System.nanoTime() - start);
            }
            assertThat(Duration.ofNanos(best)).as(hostile.name).isLessThan(Duration.ofMillis(5));
        }
    }

    @Test
    void honest_tokens_of_every_kind_of_key_are_accepted() throws JoseException {
        for (SigningKey key : List.of(EC, P256, RSA)) {
            Jwt jwt = verifier.verify(new JwtSigner(key).sign("at+jwt", claims()), rules);
            assertThat(jwt.subject()).contains("user-1");
            assertThat(jwt.scopes()).containsExactly("all", "read");
            assertThat(jwt.audience()).containsExactly(AUDIENCE);
            assertThat(jwt.issuer()).isEqualTo(ISSUER);
        }
        Map<String, Object> manyAudiences = claims("aud", List.of("https://other.example", AUDIENCE));
        assertThat(verifier.verify(of(manyAudiences), rules).audience()).hasSize(2);
        assertThat(verifier.verify(withHeader("typ", "application/AT+JWT"), rules)
                        .subject())
                .isPresent();
    }

    @Test
    void the_keys_of_one_issuer_never_speak_for_another() throws JoseException {
        String other = "https://other.example/oidc";
        JwtRules both = rules.andIssuer(other, KeySet.of(FOREIGN.verificationKey()));
        assertThat(verifier.verify(honest(), both).issuer()).isEqualTo(ISSUER);
        String foreign = new JwtSigner(FOREIGN).sign("at+jwt", claims("iss", other));
        assertThat(verifier.verify(foreign, both).issuer()).isEqualTo(other);

        String confused = new JwtSigner(FOREIGN).sign("at+jwt", claims());
        assertThat(catchThrowableOfType(JoseException.class, () -> verifier.verify(confused, both))
                        .code())
                .isEqualTo(KEY);
    }

    @Test
    void leeway_and_the_hint_rule_widen_only_the_times() throws JoseException {
        String justExpired = of(claims("exp", NOW.getEpochSecond() - 5));
        assertThat(verifier.verify(justExpired, rules.withLeeway(Duration.ofSeconds(10)))
                        .subject())
                .isPresent();
        assertThat(verifier.verify(of(claims("exp", 1)), rules.withExpiredAllowed())
                        .subject())
                .isPresent();
        JoseException expired = catchThrowableOfType(JoseException.class, () -> verifier.verify(justExpired, rules));
        assertThat(expired.claim()).isEqualTo("exp");
        assertThat(expired.reason()).isEqualTo("check_failed");
        assertThat(expired.wireName()).isEqualTo("JWTExpired");
    }

    @Test
    void rules_without_audience_type_or_issuer_cannot_be_made() {
        assertThatThrownBy(() -> rules.withAudience("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rules.withAudience()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JwtRules.of(ISSUER, KEYS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rules_that_name_no_audience_refuse_every_token() {
        JwtRules unset = JwtRules.of(ISSUER, KEYS, "at+jwt");
        assertThat(catchThrowableOfType(JoseException.class, () -> verifier.verify(honest(), unset))
                        .claim())
                .isEqualTo("aud");
    }

    @Test
    void a_refusal_repeats_nothing_of_the_token() {
        JoseException refusal = catchThrowableOfType(
                JoseException.class, () -> verifier.verify(withHeader("kid", "<script>canary"), rules));
        assertThat(refusal.getMessage()).doesNotContain("canary");
    }
}
