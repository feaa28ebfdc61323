package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the authorization endpoint answers with (OAuth 2.0 Multiple Response Type Encoding Practices). None of them carries
 * an access token: those leak from redirects (RFC 9700 section 2.1.2).
 */
public enum ResponseType {
    CODE,
    CODE_ID_TOKEN,
    ID_TOKEN,
    NONE;

    /** By its value in a request; the order of its words means nothing. */
    public static Optional<ResponseType> find(String value) {
        Set<String> words = Set.copyOf(Arrays.asList(value.split(" ")));
        return Arrays.stream(values())
                .filter(type -> words.equals(Set.of(type.wire().split(" ")))
                        && value.length() == type.wire().length())
                .findFirst();
    }

    @JsonValue
    public String wire() {
        return this == CODE_ID_TOKEN ? "code id_token" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether an ID token is in the answer itself: such a request needs a nonce. */
    public boolean hasIdToken() {
        return this == CODE_ID_TOKEN || this == ID_TOKEN;
    }

    public boolean hasCode() {
        return this == CODE || this == CODE_ID_TOKEN;
    }
}
