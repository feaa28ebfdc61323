package dev.ostiary.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import java.util.LinkedHashMap;
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

    @Test
    void a_token_keeps_the_order_of_its_claims_and_verifies_elsewhere() throws Exception {
        SigningKey key = SigningKey.generate(SigningKey.Type.EC_P384);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("zeta", "ü \" \\ </script>");
        claims.put("alpha", 1L);
        claims.put("list", java.util.List.of("a", "b"));
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
}
