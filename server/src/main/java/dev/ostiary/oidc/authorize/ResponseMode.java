package dev.ostiary.oidc.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an answer travels to the client (OAuth 2.0 Multiple Response Type Encoding Practices, Form Post Response Mode). */
enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST;

    static Optional<ResponseMode> find(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    /** The one that is meant where the request names none. */
    static ResponseMode usual(@Nullable String responseType) {
        return responseType != null && responseType.contains("token") ? FRAGMENT : QUERY;
    }

    /** Tokens never travel in a query: it ends in logs and Referer headers (Multiple Response Types, section 3). */
    boolean suits(@Nullable String responseType) {
        return this != QUERY || usual(responseType) == QUERY;
    }
}
