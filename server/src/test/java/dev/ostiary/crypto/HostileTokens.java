package dev.ostiary.crypto;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens as attackers make them, each with the row of the list of published attacks and the code of its refusal. Every
 * place that takes a JWT must refuse all of them.
 */
final class HostileTokens {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String ISSUER = "https://id.example/oidc";
    static final String AUDIENCE = "https://api.example";
    static final SigningKey EC = SigningKey.generate(SigningKey.Type.EC_P384);
    static final SigningKey P256 = SigningKey.generate(SigningKey.Type.EC_P256);
    static final SigningKey RSA = SigningKey.generate(SigningKey.Type.RSA_2048);
    static final SigningKey FOREIGN = SigningKey.generate(SigningKey.Type.EC_P384);
    static final KeySet KEYS = KeySet.of(EC.verificationKey(), P256.verificationKey(), RSA.verificationKey());

    static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "user-1");
        claims.put("aud", AUDIENCE);
        claims.put("exp", NOW.getEpochSecond() + 600);
        claims.put("iat", NOW.getEpochSecond());
        claims.put("scope", "all read");
        return claims;
    }

    static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    static String honest() {
        return new JwtSigner(EC).sign("at+jwt", claims());
    }

    static Map<String, Object> header(SigningKey key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm());
        header.put("typ", "at+jwt");
        header.put("kid", key.kid());
        return header;
    }

    static String b64(String text) {
        return Hashes.base64Url(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A token whose header the attacker wrote, with a true signature of the given key. */
    static String signed(SigningKey key, String header, String payload) {
        try {
            String input = b64(header) + "." + b64(payload);
            return input + "."
                    + key.signer()
                            .sign(
                                    new com.nimbusds.jose.JWSHeader(
                                            com.nimbusds.jose.JWSAlgorithm.parse(key.algorithm())),
                                    input.getBytes(StandardCharsets.US_ASCII));
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(SigningKey key, Map<String, Object> header) {
        return signed(key, JSONObjectUtils.toJSONString(header), JSONObjectUtils.toJSONString(claims()));
    }

    static String withHeader(String name, Object value) {
        Map<String, Object> header = header(EC);
        header.put(name, value);
        return signed(EC, header);
    }

    static String withSignature(SigningKey key, byte[] signature) {
        String input =
                b64(JSONObjectUtils.toJSONString(header(key))) + "." + b64(JSONObjectUtils.toJSONString(claims()));
        return input + "." + Hashes.base64Url(signature);
    }

    static String hmac(String alg, byte[] secret) {
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

    static byte[] publicDer() {
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

    record Hostile(String row, String name, String token, String code) {}

    static Hostile h(String row, String name, String token, String code) {
        return new Hostile(row, name, token, code);
    }

    static final String JWS = "ERR_JWS_INVALID";
    static final String ALG = "ERR_JOSE_ALG_NOT_ALLOWED";
    static final String SIG = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
    static final String UNSUPPORTED = "ERR_JOSE_NOT_SUPPORTED";
    static final String CLAIM = "ERR_JWT_CLAIM_VALIDATION_FAILED";
    static final String KEY = "ERR_JWKS_NO_MATCHING_KEY";

    static List<Hostile> algorithmConfusion() {
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
                h("TK2", "RS256 that is an HMAC", hmac("RS256", publicDer()), SIG),
                h("TK2", "PS256 that is an HMAC", hmac("PS256", publicDer()), SIG)));
        for (String alg : List.of("RS384", "RS512", "PS384", "PS512")) {
            String token = new JwtSigner(RSA, alg).sign("at+jwt", claims());
            table.add(h("TK2", alg + ", with which our key never signs", token, ALG));
        }
        Map<String, Object> padding = header(RSA);
        padding.put("alg", "PS256");
        table.add(h("TK2", "PS256 that is RS256", signed(RSA, padding), SIG));
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

    static List<Hostile> nonsenseSignatures() {
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

    static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    static byte[] derSignature() {
        String token = signed(EC, header(EC));
        try {
            return com.nimbusds.jose.crypto.impl.ECDSA.transcodeSignatureToDER(
                    Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)));
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Hostile> headersThatChooseTheKey() {
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

    static List<Hostile> otherKindsOfToken() {
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

    static String of(Map<String, Object> claims) {
        return new JwtSigner(EC).sign("at+jwt", claims);
    }

    static List<Hostile> lenientParsing() {
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

    static List<Hostile> costly() {
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

    private HostileTokens() {}

    /** The whole table, one row an attack. */
    static Stream<Hostile> all() {
        return Stream.of(
                        algorithmConfusion(),
                        nonsenseSignatures(),
                        headersThatChooseTheKey(),
                        otherKindsOfToken(),
                        lenientParsing(),
                        costly())
                .flatMap(List::stream);
    }
}
