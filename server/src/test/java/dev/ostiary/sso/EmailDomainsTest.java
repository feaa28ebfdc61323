package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AL8: no spelling of a domain escapes the rule of a company. */
class EmailDomainsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@corp.example",
                "ana@CORP.Example",
                "ana@corp.example.",
                "ana@corp.example...",
                "ana@corp\u3002example",
                "ana@corp.example\u3002",
                "ana@\uff43\uff4f\uff52\uff50.example",
                "ana\uff20corp.example",
                "ana@corp.example ",
                "ana@co\u00adrp.example",
                "ana@corp\u200b.example",
                "ana@corp.example(work)",
                "ana@(work)corp.example",
                "ana+tag@corp.example",
                "\"ana@other.example\"@corp.example"
            })
    void every_spelling_is_one_domain(String email) {
        assertThat(EmailDomains.of(email)).hasValue("corp.example");
    }

    @ParameterizedTest
    @CsvSource({
        "ana@MÜNCHEN.example, xn--mnchen-3ya.example",
        "ana@mu\u0308nchen.example, xn--mnchen-3ya.example",
        "ana@XN--MNCHEN-3YA.example, xn--mnchen-3ya.example",
        "ana@会社.example, xn--6oq404h.example",
        "ana@corp.example@other.example, other.example"
    })
    void internationalised_names_have_one_form(String email, String domain) {
        assertThat(EmailDomains.of(email)).hasValue(domain);
    }

    @Test
    void a_text_without_a_domain_has_none() {
        for (String text : new String[] {"", "ana", "ana@", "ana@.", "@" + "a".repeat(2_000)}) {
            assertThat(EmailDomains.of(text)).as(text).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "corp example.com",
                "-corp.example",
                "corp-.example",
                "corp..example",
                "1.2.3.4",
                "[::1]",
                "ana@corp.example",
                "https://corp.example",
                "corp.example/x",
                "corp.example:443",
                "*.example.com",
                "_dmarc.example.com",
                "<b>.example",
                "'; DROP TABLE users; --.example",
                "corp.example\u0000",
                "😀.example 😀"
            })
    void what_is_no_domain_is_refused(String typed) {
        assertThat(EmailDomains.parse(typed)).isEmpty();
    }

    @Test
    void a_typed_domain_is_tidied_up() {
        assertThat(EmailDomains.parse("  Corp.Example. ")).hasValue("corp.example");
        assertThat(EmailDomains.parse("Bücher.example")).hasValue("xn--bcher-kva.example");
        assertThat(EmailDomains.parse("a".repeat(64) + ".example")).isEmpty();
        assertThat(EmailDomains.parse("a.".repeat(130) + "example")).isEmpty();
    }
}
