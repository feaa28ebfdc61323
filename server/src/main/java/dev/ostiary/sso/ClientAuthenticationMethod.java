package dev.ostiary.sso;

import com.fasterxml.jackson.annotation.JsonValue;

/** How we prove ourselves at a provider's token endpoint (OpenID Connect Core section 9). */
public enum ClientAuthenticationMethod {
    CLIENT_SECRET_BASIC("client_secret_basic"),
    CLIENT_SECRET_POST("client_secret_post"),
    PRIVATE_KEY_JWT("private_key_jwt");

    private final String word;

    ClientAuthenticationMethod(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
