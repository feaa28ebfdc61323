package dev.ostiary.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.http.Network;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WDJB-MJHT",
                "wdjbmjht",
                " wdjb mjht\t",
                "W D J B – M J H T",
                "wdjb_mjht",
                "ＷＤＪＢ－ＭＪＨＴ",
                "wdjb\u00a0mjht\r\n"
            })
    void a_code_is_read_as_people_type_and_paste_it(String typed) {
        assertThat(UserCode.typed(typed).map(UserCode::shown)).contains("WDJB-MJHT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "WDJB-MJH", "WDJB-MJHTX", "WDJA-MJHT", "WDJ0-MJHT", "WDJB-MJH\u0000"})
    void what_no_device_shows_is_no_code(String typed) {
        assertThat(UserCode.typed(typed)).isEmpty();
    }

    @Property(tries = 500)
    void nothing_that_is_typed_breaks_it(@ForAll String typed) {
        UserCode.typed(typed)
                .ifPresent(code -> assertThat(UserCode.typed(code.shown())).contains(code));
    }

    @Test
    void codes_use_every_letter_at_every_place() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            String letters = UserCode.random(Ids.secure()).letters();
            for (int at = 0; at < letters.length(); at++) {
                seen.add(at + letters.substring(at, at + 1));
            }
        }
        assertThat(seen).hasSize(8 * 20);
    }

    @Test
    void a_network_has_one_name_however_its_address_is_written_SI4() {
        assertThat(Network.of("2001:db8:1:2::1").key())
                .isEqualTo(Network.of("2001:0DB8:0001:0002:ffff::9").key());
        assertThat(Network.of("::ffff:203.0.113.9").key())
                .isEqualTo(Network.of("203.0.113.9").key());
        assertThat(Network.of("203.0.113.9").shown()).isEqualTo("203.0.113.*");
        assertThat(Network.of("2001:db8:1:2::1").shown()).isEqualTo("2001:0db8:0001:*");
        assertThat(Network.of("not an address").shown()).isEqualTo("?");
    }
}
