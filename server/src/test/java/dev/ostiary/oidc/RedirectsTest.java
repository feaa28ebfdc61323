package dev.ostiary.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {
    @Test
    void what_the_address_has_under_our_names_goes_and_the_rest_stays_AZ4() {
        assertThat(Redirects.withQuery(
                        "https://a.example/cb?x=1&code=2&%63ode=3&y", Map.of("code", "4"), Set.of("code")))
                .isEqualTo("https://a.example/cb?x=1&y&code=4");
        assertThat(Redirects.withQuery("https://a.example/cb", Map.of("state", "a b&c=d"), Set.of("state")))
                .isEqualTo("https://a.example/cb?state=a+b%26c%3Dd");
    }

    @Test
    void letters_beyond_ascii_go_out_as_a_browser_would_send_them() {
        assertThat(Redirects.withQuery("https://a.example/戻る?q=é", Map.of("code", "1"), Set.of("code")))
                .isEqualTo("https://a.example/%E6%88%BB%E3%82%8B?q=%C3%A9&code=1");
        assertThat(Redirects.ascii("https://a.example/😀")).isEqualTo("https://a.example/%F0%9F%98%80");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/cb, a.example",
        "https://a.example:8443?x, a.example:8443",
        "http://[::1]:3000/cb, [::1]:3000",
        "com.example.app://callback/x, callback",
        "com.example.app:/callback, com.example.app:",
        "com.example.app:///callback, com.example.app:",
        "my_app:cb, my_app:",
    })
    void the_place_of_an_address_is_its_host_or_its_scheme(String uri, String place) {
        assertThat(Redirects.place(uri)).isEqualTo(place);
    }
}
