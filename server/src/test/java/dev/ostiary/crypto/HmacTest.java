package dev.ostiary.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HmacTest {
    private static final Secret OLD = new Secret("an old key of enough bytes");
    private static final Secret NEW = new Secret("a new key of enough bytes");

    @Test
    void the_MAC_is_that_of_RFC_4231() {
        byte[] key = new byte[20];
        java.util.Arrays.fill(key, (byte) 0x0b);
        byte[] mac = Hmac.withKey(key).signBytes("Hi There".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(mac))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void a_signature_holds_for_its_text_only() {
        Hmac hmac = Hmac.withKeys(List.of(NEW));
        String signature = hmac.sign("_session=abc");
        assertThat(hmac.verify("_session=abc", signature)).isTrue();
        assertThat(hmac.verify("_session=abd", signature)).isFalse();
        assertThat(hmac.verify("_session=abc", "")).isFalse();
        assertThat(hmac.verify("_session=abc", signature + "A")).isFalse();
        assertThat(hmac.verify("_session=abc", signature.substring(1))).isFalse();
    }

    @Test
    void signatures_of_an_old_key_hold_until_it_is_gone() {
        String old = Hmac.withKeys(List.of(OLD)).sign("text");
        assertThat(Hmac.withKeys(List.of(NEW, OLD)).verify("text", old)).isTrue();
        assertThat(Hmac.withKeys(List.of(NEW)).verify("text", old)).isFalse();
        assertThat(Hmac.withKeys(List.of(NEW, OLD)).sign("text"))
                .isEqualTo(Hmac.withKeys(List.of(NEW)).sign("text"));
    }

    @Test
    void no_key_and_short_keys_are_refused() {
        assertThatThrownBy(() -> Hmac.withKeys(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hmac.withKeys(List.of(new Secret("short"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
