package dev.ostiary.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    @ParameterizedTest
    @EnumSource(SigningKey.Type.class)
    void a_key_survives_its_PEM_form(SigningKey.Type type) {
        SigningKey key = SigningKey.generate(type);
        SigningKey read = SigningKey.fromPem(key.toPem());
        assertThat(read.kid()).isEqualTo(key.kid());
        assertThat(read.algorithm()).isEqualTo(key.algorithm());
        assertThat(read.verificationKey().jwkJson())
                .isEqualTo(key.verificationKey().jwkJson());
        assertThat(key.toPem().reveal()).startsWith("-----BEGIN PRIVATE KEY-----\n");
    }

    @Test
    void an_EC_key_shows_its_members_in_the_order_of_the_wire() throws Exception {
        SigningKey key = SigningKey.generate(SigningKey.Type.EC_P384);
        assertThat(key.verificationKey().jwk().keySet()).containsExactly("kty", "use", "kid", "alg", "crv", "x", "y");
        assertThat(key.verificationKey().jwk())
                .containsEntry("kty", "EC")
                .containsEntry("use", "sig")
                .containsEntry("alg", "ES384")
                .containsEntry("crv", "P-384");
        Map<String, String> jwk = key.verificationKey().jwk();
        String thumbprintInput =
                "{\"crv\":\"P-384\",\"kty\":\"EC\",\"x\":\"" + jwk.get("x") + "\",\"y\":\"" + jwk.get("y") + "\"}";
        assertThat(key.kid()).isEqualTo(Hashes.sha256Base64Url(thumbprintInput));
        assertThat(JWK.parse(key.verificationKey().jwkJson()).isPrivate()).isFalse();
    }

    @Test
    void an_RSA_key_shows_no_algorithm() {
        SigningKey key = SigningKey.generate(SigningKey.Type.RSA_2048);
        Map<String, String> jwk = key.verificationKey().jwk();
        assertThat(jwk.keySet()).containsExactly("kty", "use", "kid", "e", "n");
        assertThat(key.kid())
                .isEqualTo(Hashes.sha256Base64Url("{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" + jwk.get("n") + "\"}"));
        assertThat(key.algorithm()).isEqualTo("RS256");
    }

    /** With the exponent 1 a signature is its own input: whoever knows the public key signs. */
    @ParameterizedTest
    @ValueSource(strings = {"AQ", "AA", "Ag", "BA"})
    void an_RSA_key_with_which_everybody_signs_is_none_TK3(String exponent) {
        Map<String, String> jwk =
                SigningKey.generate(SigningKey.Type.RSA_2048).verificationKey().jwk();
        String json = "{\"kty\":\"RSA\",\"n\":\"" + jwk.get("n") + "\",\"e\":\"%s\"}";
        assertThat(VerificationKey.parse(json.formatted("Aw"))).isPresent();
        assertThat(VerificationKey.parse(json.formatted(exponent))).isEmpty();
        assertThat(VerificationKey.ofHeader(Map.of("kty", "RSA", "n", jwk.get("n"), "e", exponent)))
                .isEmpty();
    }

    @Test
    void a_token_keeps_the_order_of_its_claims_and_verifies_elsewhere() throws Exception {
        SigningKey key = SigningKey.generate(SigningKey.Type.EC_P384);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("zeta", "ü \" \\ </script>");
        claims.put("alpha", 1L);
        claims.put("list", List.of("a", "b"));
        JWSObject token = JWSObject.parse(new JwtSigner(key).sign("at+jwt", claims));
        assertThat(token.getHeader().toString())
                .contains("\"alg\":\"ES384\"", "\"typ\":\"at+jwt\"", "\"kid\":\"" + key.kid() + "\"");
        assertThat(token.getPayload().toString()).startsWith("{\"zeta\":").contains("\"alpha\":1,");
        assertThat(token.getPayload().toJSONObject()).isEqualTo(claims);
        assertThat(token.verify(new ECDSAVerifier(
                        JWK.parse(key.verificationKey().jwkJson()).toECKey())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----"
            })
    void what_is_no_key_is_refused_without_repeating_it(String pem) {
        assertThatThrownBy(() -> SigningKey.fromPem(new Secret(pem)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not a PKCS#8");
    }

    @Test
    void the_private_half_shows_in_no_text() {
        SigningKey key = SigningKey.generate(SigningKey.Type.EC_P256);
        assertThat(key.toString()).isEqualTo("SigningKey[" + key.kid() + "]");
        assertThat(key.toPem().toString()).isEqualTo("***");
        assertThat(KeySet.of(key.verificationKey()).json()).doesNotContain("\"d\"");
    }

    @Test
    void a_foreign_key_set_is_read_without_the_keys_that_cannot_verify() throws JoseException {
        SigningKey key = SigningKey.generate(SigningKey.Type.EC_P256);
        String set = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},{\"kty\":\"EC\"},{},{\"kty\":\"RSA\",\"n\":\"AQAB\","
                + "\"e\":\"AQAB\"}," + key.verificationKey().jwkJson() + "]}";
        assertThat(KeySet.parse(set).keys()).extracting(VerificationKey::kid).containsExactly(key.kid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "{\"keys\":1}", "{\"keys\":[1]}", "{\"keys\":[null]}", "{\"keys\":", "null"})
    void what_is_no_key_set_is_refused(String json) {
        assertThatThrownBy(() -> KeySet.parse(json))
                .isInstanceOfSatisfying(
                        JoseException.class, e -> assertThat(e.code()).isEqualTo("ERR_JWKS_INVALID"));
    }

    /** RFC 8037 appendix A.4. */
    @Test
    void Ed25519_signs_as_the_RFC_shows() {
        String seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
        byte[] der = HexFormat.of()
                .parseHex("302e020100300506032b657004220420"
                        + HexFormat.of().formatHex(Base64.getUrlDecoder().decode(seed)));
        SigningKey key = SigningKey.fromPem(pem(der));
        assertThat(key.algorithm()).isEqualTo("EdDSA");
        assertThat(key.kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        Map<String, String> jwk = key.verificationKey().jwk();
        assertThat(jwk.keySet()).containsExactly("kty", "use", "kid", "alg", "crv", "x");
        assertThat(jwk)
                .containsEntry("kty", "OKP")
                .containsEntry("crv", "Ed25519")
                .containsEntry("alg", "EdDSA")
                .containsEntry("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        byte[] input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);
        Base64URL signature =
                new Base64URL("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
        JWSHeader header = new JWSHeader(JWSAlgorithm.EdDSA);
        assertThat(key.verificationKey().verifies(header, input, signature)).isTrue();
        input[3]++;
        assertThat(key.verificationKey().verifies(header, input, signature)).isFalse();
    }

    @Test
    void an_Ed25519_key_that_verifies_too_much_or_is_none_verifies_nothing() {
        for (String x : List.of(
                "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "7P___________________________________________38",
                "_____________________________________________w",
                "11qYAYKxCrfVS_7TyWQHOg")) {
            assertThat(VerificationKey.parse("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}"))
                    .as(x)
                    .isEmpty();
        }
        String x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        for (String alg : List.of("ES256", "HS256", "none")) {
            assertThat(VerificationKey.parse(
                            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"" + alg + "\",\"x\":\"" + x + "\"}"))
                    .isEmpty();
        }
        assertThat(VerificationKey.parse(
                        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"Ed25519\",\"x\":\"" + x + "\"}"))
                .isPresent();
        assertThat(VerificationKey.parse("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + x + "\"}"))
                .isEmpty();
    }

    @Test
    void a_weak_or_foreign_key_is_not_imported() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        assertRefused(rsa.generateKeyPair().getPrivate().getEncoded());
        rsa.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3)));
        assertRefused(rsa.generateKeyPair().getPrivate().getEncoded());
        assertRefused(KeyPairGenerator.getInstance("X25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded());
        assertRefused(KeyPairGenerator.getInstance("Ed448")
                .generateKeyPair()
                .getPrivate()
                .getEncoded());
        assertRefused(KeyPairGenerator.getInstance("DSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded());
        for (SigningKey.Type type : SigningKey.Type.values()) {
            SigningKey key = SigningKey.generate(type);
            assertThat(SigningKey.imported(key.toPem()).kid()).isEqualTo(key.kid());
        }
    }

    private static void assertRefused(byte[] pkcs8) {
        assertThatThrownBy(() -> SigningKey.imported(pem(pkcs8))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Secret pem(byte[] pkcs8) {
        return new Secret("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pkcs8) + "\n-----END PRIVATE KEY-----\n");
    }
}
