package dev.ostiary.sso;

import com.fasterxml.jackson.annotation.JsonValue;

/** The protocol that an identity provider speaks. */
public enum ProviderType {
    OIDC("oidc"),
    SAML("saml");

    private final String word;

    ProviderType(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
