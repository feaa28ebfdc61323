package dev.ostiary.sso.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.testing.TestProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ID tokens that must sign nobody in, each with the one reason it is refused for (RP1, RP2, RP3). */
class HostileIdTokenTest {
    private static RelyingParty us;
    private TestProvider provider;
    private SsoConnector connector;

    @BeforeAll
    static void open() {
        us = new RelyingParty();
    }

    @AfterAll
    static void shut() {
        us.close();
    }

    @BeforeEach
    void start() {
        provider = TestProvider.start();
        connector = RelyingParty.connector(provider);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    /** Values as JSON; {@code now} stands for the present, {@code -} for a missing claim. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "iss|-|ID_TOKEN_ISSUER",
                "iss|null|ID_TOKEN_ISSUER",
                "iss|7|ID_TOKEN_ISSUER",
                "iss|[\"ISSUER\"]|ID_TOKEN_ISSUER",
                "iss|\"ISSUER/\"|ID_TOKEN_ISSUER",
                "iss|\"https://accounts.google.com\"|ID_TOKEN_ISSUER",
                "aud|-|ID_TOKEN_AUDIENCE",
                "aud|null|ID_TOKEN_AUDIENCE",
                "aud|\"\"|ID_TOKEN_AUDIENCE",
                "aud|[]|ID_TOKEN_AUDIENCE",
                "aud|\"another-client\"|ID_TOKEN_AUDIENCE",
                "aud|[\"another-client\"]|ID_TOKEN_AUDIENCE",
                "aud|[\"CLIENT\",\"another-client\"]|ID_TOKEN_AUDIENCE",
                "aud|{\"a\":\"CLIENT\"}|ID_TOKEN_AUDIENCE",
                "azp|\"another-client\"|ID_TOKEN_AUDIENCE",
                "azp|[\"CLIENT\"]|ID_TOKEN_AUDIENCE",
                "exp|-|ID_TOKEN_TIME",
                "exp|null|ID_TOKEN_TIME",
                "exp|\"soon\"|ID_TOKEN_TIME",
                "exp|\"9999999999\"|ID_TOKEN_TIME",
                "exp|1|ID_TOKEN_EXPIRED",
                "exp|now-61|ID_TOKEN_EXPIRED",
                "iat|-|ID_TOKEN_TIME",
                "iat|null|ID_TOKEN_TIME",
                "iat|[1]|ID_TOKEN_TIME",
                "iat|1|ID_TOKEN_TIME",
                "iat|now-660|ID_TOKEN_TIME",
                "iat|now+90|ID_TOKEN_TIME",
                "iat|now+900|ID_TOKEN_TIME",
                "nbf|now+90|ID_TOKEN_TIME",
                "nbf|\"x\"|ID_TOKEN_TIME",
                "nonce|-|ID_TOKEN_NONCE",
                "nonce|null|ID_TOKEN_NONCE",
                "nonce|\"\"|ID_TOKEN_NONCE",
                "nonce|\"of-another-sign-in\"|ID_TOKEN_NONCE",
                "nonce|{}|ID_TOKEN_NONCE",
                "sub|-|SUBJECT_INVALID",
                "sub|null|SUBJECT_INVALID",
                "sub|\"\"|SUBJECT_INVALID",
                "sub|\"   \"|SUBJECT_INVALID",
                "sub|7|SUBJECT_INVALID",
                "sub|{\"a\":1}|SUBJECT_INVALID",
                "sub|[\"provider-user-1\"]|SUBJECT_INVALID",
                "sub|\"a\\nb\"|SUBJECT_INVALID",
                "sub|\"LONG\"|SUBJECT_INVALID",
                "at_hash|\"AAAAAAAAAAAAAAAAAAAAAA\"|ID_TOKEN_HASH",
                "at_hash|7|ID_TOKEN_HASH",
                "at_hash|\"\"|ID_TOKEN_HASH",
            })
    void each_claim_is_checked_RP1(String claim, String value, SsoFault fault) {
        provider.idToken = claims -> {
            Map<String, Object> changed = new LinkedHashMap<>(claims);
            if (value.equals("-")) {
                changed.remove(claim);
            } else {
                changed.put(claim, json(value));
            }
            return changed;
        };
        assertThat(us.refusalOf(connector, provider)).isEqualTo(fault);
        assertThat(provider.count("/userinfo"))
                .as("nothing was asked with its tokens")
                .isZero();
    }

    @Test
    void clocks_may_differ_by_a_minute() {
        provider.idToken =
                claims -> with(claims, Map.of("exp", json("now-50"), "iat", json("now+50"), "nbf", json("now+50")));
        assertThat(us.signIn(connector, provider).identityId()).isEqualTo("provider-user-1");
    }

    @Test
    void an_audience_of_several_is_fine_when_we_are_the_authorized_party() {
        provider.idToken =
                claims -> with(claims, Map.of("aud", List.of(provider.clientId, "api"), "azp", provider.clientId));
        assertThat(us.signIn(connector, provider).identityId()).isEqualTo("provider-user-1");
    }

    @Test
    void the_hash_of_the_access_token_is_compared_when_it_is_there() {
        provider.tokenAnswer = answer -> with(answer, Map.of("access_token", "fixed-access-token"));
        byte[] half = java.util.Arrays.copyOf(Hashes.sha256("fixed-access-token"), 16);
        provider.idToken = claims -> with(claims, Map.of("at_hash", Hashes.base64Url(half)));
        assertThat(us.signIn(connector, provider).identityId()).isEqualTo("provider-user-1");
    }

    @Test
    void no_signature_and_none_are_refused() {
        for (String alg : List.of("none", "None", "NONE", "nOnE")) {
            provider.mint = claims -> unsigned("{\"alg\":\"" + alg + "\"}", claims) + ".";
            assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_INVALID);
            provider.mint = claims -> unsigned("{\"alg\":\"" + alg + "\"}", claims) + ".AAAA";
            assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_ALGORITHM);
        }
        provider.mint = claims -> unsigned("{\"typ\":\"JWT\"}", claims) + ".AAAA";
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void a_public_key_or_the_clients_secret_is_no_hmac_secret(String algorithm) throws JOSEException {
        byte[] publicKey = provider.key().toRSAPublicKey().getEncoded();
        String padded = provider.clientSecret.repeat(4);
        for (byte[] secret : List.of(publicKey, padded.getBytes(StandardCharsets.UTF_8))) {
            provider.mint = claims -> mac(claims, algorithm, secret);
            assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_ALGORITHM);
        }
        provider.metadata = document ->
                with(document, Map.of("id_token_signing_alg_values_supported", List.of("none", algorithm, "RS256")));
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_ALGORITHM);
    }

    @Test
    void an_algorithm_that_the_provider_does_not_announce_is_refused() {
        provider.mint = signedAs(JWSAlgorithm.PS256);
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_ALGORITHM);
        try (TestProvider other = TestProvider.start()) {
            other.metadata = document ->
                    with(document, Map.of("id_token_signing_alg_values_supported", List.of("RS256", "PS256")));
            other.mint = claims -> TestProvider.sign(
                    claims, header(JWSAlgorithm.PS256, other.key()).build(), other.key());
            assertThat(us.signIn(RelyingParty.connector(other), other).identityId())
                    .isEqualTo("provider-user-1");
        }
    }

    @Test
    void a_signature_of_another_key_under_the_known_id_is_refused() {
        RSAKey foreign = TestProvider.newKey();
        provider.mint = claims -> TestProvider.sign(
                claims, header(JWSAlgorithm.RS256, provider.key()).build(), foreign);
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_SIGNATURE);
    }

    @Test
    void a_token_does_not_bring_its_own_key_nor_an_address_of_one() {
        RSAKey foreign = TestProvider.newKey();
        try (TestProvider attacker = TestProvider.start()) {
            URI keys = URI.create(attacker.issuer() + "/jwks");
            List<JWSHeader.Builder> headers = List.of(
                    header(JWSAlgorithm.RS256, provider.key()).jwkURL(keys),
                    header(JWSAlgorithm.RS256, provider.key()).x509CertURL(keys),
                    header(JWSAlgorithm.RS256, provider.key()).jwk(foreign.toPublicJWK()));
            for (JWSHeader.Builder header : headers) {
                provider.mint = claims -> TestProvider.sign(claims, header.build(), foreign);
                assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_SIGNATURE);
                provider.mint = claims -> TestProvider.sign(claims, header.build(), provider.key());
                assertThat(us.signIn(connector, provider).identityId())
                        .as("passed over")
                        .isEqualTo("provider-user-1");
            }
            assertThat(attacker.requests()).isEmpty();
        }
    }

    @Test
    void tokens_of_another_kind_are_no_id_tokens() {
        for (String typ : List.of("at+jwt", "logout+jwt", "application/secevent+jwt", "dpop+jwt")) {
            provider.mint = claims -> TestProvider.sign(
                    claims,
                    header(JWSAlgorithm.RS256, provider.key())
                            .type(new JOSEObjectType(typ))
                            .build(),
                    provider.key());
            assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_INVALID);
        }
    }

    @Test
    void what_is_no_token_at_all_is_refused_as_such() {
        for (String text : List.of("a", "a.b", "a.b.c.d", "....", "\u0000", "x".repeat(20_000), "{}", "e30.e30.e30")) {
            provider.mint = claims -> text;
            assertThat(us.refusalOf(connector, provider)).as(text).isEqualTo(SsoFault.ID_TOKEN_INVALID);
        }
    }

    private Function<Map<String, Object>, String> signedAs(JWSAlgorithm algorithm) {
        return claims ->
                TestProvider.sign(claims, header(algorithm, provider.key()).build(), provider.key());
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm, RSAKey key) {
        return new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
    }

    private static String mac(Map<String, Object> claims, String algorithm, byte[] secret) {
        try {
            JWSObject token =
                    new JWSObject(new JWSHeader(JWSAlgorithm.parse(algorithm)), new Payload(Json.write(claims)));
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(String header, Map<String, Object> claims) {
        return Hashes.base64Url(header.getBytes(StandardCharsets.UTF_8)) + "."
                + Hashes.base64Url(Json.write(claims).getBytes(StandardCharsets.UTF_8));
    }

    private Object json(String value) {
        if (value.startsWith("now")) {
            return us.clock.instant().getEpochSecond() + Long.parseLong(value.substring(3));
        }
        String text = value.replace("ISSUER", provider.issuer())
                .replace("CLIENT", provider.clientId)
                .replace("LONG", "x".repeat(4096));
        return Optional.<Object>ofNullable(Json.read(text)).orElseThrow();
    }

    private static Map<String, Object> with(Map<String, Object> map, Map<String, Object> more) {
        Map<String, Object> changed = new LinkedHashMap<>(map);
        changed.putAll(more);
        return changed;
    }
}
