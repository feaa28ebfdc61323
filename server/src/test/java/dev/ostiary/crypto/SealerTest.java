package dev.ostiary.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final byte[] OLD = Sealer.newKek();
    private static final byte[] NEW = Sealer.newKek();

    private final Sealer sealer = Sealer.fromKek(OLD);

    @Property(tries = 200)
    void what_was_sealed_opens_in_its_place(@ForAll byte[] plain, @ForAll String context) {
        Sealer any = Sealer.fromKek(OLD);
        String text = Hashes.base64Url(plain);
        assertThat(any.unseal(any.seal(text, context), context)).isEqualTo(text);
    }

    @Property(tries = 500)
    void no_text_that_was_not_sealed_opens(@ForAll String text) {
        Sealer any = Sealer.fromKek(OLD);
        assertThatThrownBy(() -> any.unseal(text, "place")).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> any.unseal("v1." + any.fingerprint() + "." + text, "place"))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void a_value_moved_to_another_row_does_not_open() {
        String sealed = sealer.seal("client secret", "default/connectors/1");
        assertThatThrownBy(() -> sealer.unseal(sealed, "default/connectors/2")).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> sealer.unseal(sealed, "admin/connectors/1")).isInstanceOf(SealBrokenException.class);
        assertThat(sealer.unseal(sealed, "default/connectors/1")).isEqualTo("client secret");
    }

    @Test
    void changing_any_character_of_the_content_breaks_the_seal() {
        String sealed = sealer.seal("secret", "place");
        // The last character carries bits that decode to nothing; it is not part of what is authenticated.
        for (int i = 0; i < sealed.length() - 1; i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> sealer.unseal(changed, "place"))
                    .as("character %d", i)
                    .isInstanceOf(SealBrokenException.class);
            String cut = sealed.substring(0, i);
            assertThatThrownBy(() -> sealer.unseal(cut, "place")).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void after_a_rotation_old_values_open_and_new_ones_use_the_new_key() {
        String old = sealer.seal("secret", "place");
        Sealer rotated = Sealer.fromKeks(List.of(NEW, OLD));
        assertThat(rotated.unseal(old, "place")).isEqualTo("secret");
        assertThat(rotated.needsResealing(old)).isTrue();
        String renewed = rotated.seal("secret", "place");
        assertThat(rotated.needsResealing(renewed)).isFalse();
        assertThat(rotated.fingerprint()).isEqualTo(Sealer.fromKek(NEW).fingerprint());
        assertThatThrownBy(() -> sealer.unseal(renewed, "place")).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void two_seals_of_one_secret_differ_and_hide_it() {
        String once = sealer.seal("canary", "place");
        assertThat(sealer.seal("canary", "place")).isNotEqualTo(once);
        assertThat(once).doesNotContain("canary").startsWith("v1." + sealer.fingerprint() + ".");
    }

    @Test
    void short_and_obvious_keys_are_refused() {
        assertThatThrownBy(() -> Sealer.fromKek(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sealer.fromKek(new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sealer.fromKeks(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
