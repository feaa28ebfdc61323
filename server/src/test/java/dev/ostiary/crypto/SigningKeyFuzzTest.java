package dev.ostiary.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever somebody brings as a private key: it signs, or it is refused, and nothing of it is said. */
class SigningKeyFuzzTest {
    private static final List<byte[]> KEYS =
            List.of(der(SigningKey.Type.EC_P256), der(SigningKey.Type.RSA_2048), der(SigningKey.Type.ED25519));

    private static byte[] der(SigningKey.Type type) {
        String pem = SigningKey.generate(type).toPem().reveal();
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    /** Real keys with a few bytes changed, and cut off somewhere. */
    @Provide
    Arbitrary<byte[]> broken() {
        Arbitrary<byte[]> real = Arbitraries.of(KEYS).map(byte[]::clone);
        Arbitrary<int[]> changes =
                Arbitraries.integers().between(0, 4000).array(int[].class).ofMaxSize(4);
        return real.flatMap(key -> changes.flatMap(places -> Arbitraries.integers()
                .between(0, key.length)
                .injectDuplicates(0)
                .map(cut -> {
                    byte[] changed = cut % 3 == 0 ? Arrays.copyOf(key, cut) : key.clone();
                    for (int place : places) {
                        if (changed.length > 0) {
                            changed[place % changed.length] ^= (byte) (1 << (place % 8));
                        }
                    }
                    return changed;
                })));
    }

    @Property(tries = 400)
    void a_broken_key_is_refused_or_signs(@ForAll("broken") byte[] der) {
        Secret pem = new Secret("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END PRIVATE KEY-----");
        try {
            assertThat(SigningKey.imported(pem).kid()).hasSize(43);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).matches("(Not a PKCS#8|The |What )[A-Za-z0-9 #8-]+");
        }
    }

    @Property(tries = 200)
    void any_text_is_refused_or_signs(@ForAll String text) {
        for (String pem : List.of(text, "-----BEGIN PRIVATE KEY-----" + text + "-----END PRIVATE KEY-----")) {
            try {
                SigningKey.imported(new Secret(pem));
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).startsWith("Not a PKCS#8");
            }
        }
    }
}
