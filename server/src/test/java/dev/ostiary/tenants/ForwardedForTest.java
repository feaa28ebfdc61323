package dev.ostiary.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedForTest {
    private static String client(String header, int hops) {
        return ForwardedFor.client(header, hops).orElse("none");
    }

    @Test
    void what_the_visitor_has_sent_stands_before_what_our_proxies_add_and_never_counts_SI4() {
        for (String forged :
                List.of("", "1.1.1.1, ", "1.1.1.1, 2.2.2.2, ", ", ,", "x, ", "[, ", "a".repeat(5_000) + ",")) {
            assertThat(client(forged + "203.0.113.9", 1)).as(forged).isEqualTo("203.0.113.9");
            assertThat(client(forged + "203.0.113.9, 10.0.0.1", 2)).as(forged).isEqualTo("203.0.113.9");
            assertThat(client(forged + "203.0.113.9, 10.0.0.1, 10.0.0.2", 3))
                    .as(forged)
                    .isEqualTo("203.0.113.9");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9:4711                | 203.0.113.9",
                "[2001:db8::1]:4711              | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]                   | 2001:db8:0:0:0:0:0:1",
                "2001:DB8:0::1                   | 2001:db8:0:0:0:0:0:1",
                "::ffff:203.0.113.9              | 203.0.113.9",
                "fe80::1%eth0                    | fe80:0:0:0:0:0:0:1",
                "[fe80::1%25eth0]:1              | fe80:0:0:0:0:0:0:1",
                "203.0.113.9,                    | 203.0.113.9",
                "203.0.113.9 , ,                 | 203.0.113.9"
            })
    void one_address_has_one_form(String header, String address) {
        assertThat(client(header, 1)).isEqualTo(address);
        assertThat(client("1.1.1.1, " + header, 1)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "unknown",
                "_hidden",
                "localhost",
                "evil.example",
                "203.0.113.900",
                "[",
                "]",
                "[]",
                "[:",
                ":",
                "::::",
                "%",
                "203.0.113.9/24",
                "\"203.0.113.9\"",
                "203.0.113.9;x",
                "\u0000",
                "1.1.1.1, unknown"
            })
    void what_is_no_address_is_none(String header) {
        assertThat(client(header, 1)).isEqualTo("none");
    }

    @Test
    void a_list_that_is_too_short_has_its_first() {
        assertThat(client("203.0.113.9", 3)).isEqualTo("203.0.113.9");
        assertThat(ForwardedFor.client(null, 1)).isEmpty();
    }
}
