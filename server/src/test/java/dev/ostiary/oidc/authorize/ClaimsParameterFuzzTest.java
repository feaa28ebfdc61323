package dev.ostiary.oidc.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in the parameter, it is read or refused, and nothing is made of it that was not asked for. */
class ClaimsParameterFuzzTest {
    @Property(tries = 500)
    void any_text_is_read_or_refused(@ForAll String text) {
        check(text);
    }

    @Property(tries = 2000)
    void anything_that_looks_like_it_is_read_or_refused(@ForAll("alike") String text) {
        AuthorizeDraft draft = check(text);
        assertThat(draft.demands.claims().userinfo()).allMatch(text::contains);
        assertThat(draft.demands.claims().idToken()).allMatch(text::contains);
    }

    private static AuthorizeDraft check(String text) {
        AuthorizeDraft draft =
                new AuthorizeDraft("default", new AuthorizeParams(Map.of("claims", text), List.of(), Set.of()));
        try {
            new ClaimsParameter().check(draft);
        } catch (OAuthException refusal) {
            assertThat(refusal.error()).isIn(OAuthError.INVALID_REQUEST, OAuthError.UNMET_AUTHENTICATION_REQUIREMENTS);
        }
        return draft;
    }

    @Provide
    Arbitrary<String> alike() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"userinfo\"",
                        "\"id_token\":{",
                        "\"email\"",
                        "\"sub\":{",
                        "\"acr\":{",
                        "\"essential\":true",
                        "\"value\":",
                        "\"values\":[",
                        "null",
                        "1e9999",
                        "\"\\ud800\"",
                        " ")
                .list()
                .ofMaxSize(14)
                .map(parts -> "{\"id_token\":{" + String.join("", parts));
    }
}
