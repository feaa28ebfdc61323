package dev.ostiary.crypto;

import static dev.ostiary.crypto.HostileTokens.AUDIENCE;
import static dev.ostiary.crypto.HostileTokens.EC;
import static dev.ostiary.crypto.HostileTokens.FOREIGN;
import static dev.ostiary.crypto.HostileTokens.ISSUER;
import static dev.ostiary.crypto.HostileTokens.KEY;
import static dev.ostiary.crypto.HostileTokens.KEYS;
import static dev.ostiary.crypto.HostileTokens.NOW;
import static dev.ostiary.crypto.HostileTokens.P256;
import static dev.ostiary.crypto.HostileTokens.RSA;
import static dev.ostiary.crypto.HostileTokens.claims;
import static dev.ostiary.crypto.HostileTokens.costly;
import static dev.ostiary.crypto.HostileTokens.honest;
import static dev.ostiary.crypto.HostileTokens.nonsenseSignatures;
import static dev.ostiary.crypto.HostileTokens.of;
import static dev.ostiary.crypto.HostileTokens.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rows TK2, TK3, TK4, TK5, TK10 and DO1 of the list of published attacks: what the one verifier refuses. */
class HostileJwtTest {
    private final JwtVerifier verifier = new JwtVerifier(Clock.fixed(NOW, ZoneOffset.UTC));
    private final JwtRules rules = JwtRules.accessToken(ISSUER, KEYS, AUDIENCE);

    @BeforeAll
    static void install() {
        CryptoProviders.install();
    }

    @TestFactory
    Stream<DynamicTest> every_hostile_token_is_refused_with_its_code() {
        return HostileTokens.all()
                .map(hostile -> DynamicTest.dynamicTest(hostile.row() + " " + hostile.name(), () -> {
                    JoseException refusal =
                            catchThrowableOfType(JoseException.class, () -> verifier.verify(hostile.token(), rules));
                    assertThat(refusal).as(hostile.name()).isNotNull();
                    assertThat(refusal.code()).isEqualTo(hostile.code());
                }));
    }

    @Test
    void nonsense_signatures_are_refused_by_the_JDKs_own_provider_too() {
        KeySet jdk = new KeySet(List.of(
                EC.verificationKey().with(java.security.Security.getProvider("SunEC")),
                P256.verificationKey().with(java.security.Security.getProvider("SunEC")),
                RSA.verificationKey().with(java.security.Security.getProvider("SunRsaSign"))));
        JwtRules jdkRules = JwtRules.accessToken(ISSUER, jdk, AUDIENCE);
        for (HostileTokens.Hostile hostile : nonsenseSignatures()) {
            assertThatThrownBy(() -> verifier.verify(hostile.token(), jdkRules))
                    .as(hostile.name())
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

    @Tag("stopwatch")
    @Test
    void a_hostile_token_costs_less_than_five_milliseconds() {
        List<HostileTokens.Hostile> table = costly();
        table.forEach(hostile -> assertRefused(hostile.token()));
        for (HostileTokens.Hostile hostile : table) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                assertRefused(hostile.token());
                best = Math.min(best, System.nanoTime() - start);
            }
            assertThat(Duration.ofNanos(best)).as(hostile.name()).isLessThan(Duration.ofMillis(5));
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
        assertThat(RSA.verificationKey().algorithms()).containsExactlyInAnyOrder("PS256", "RS256");
        String probabilistic = new JwtSigner(RSA, "PS256").sign("at+jwt", claims());
        assertThat(verifier.verify(probabilistic, rules).header()).containsEntry("alg", "PS256");
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
