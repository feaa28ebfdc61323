package dev.ostiary.verifications;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of proof, by the wire's words. */
public enum VerificationType {
    @JsonProperty("Password")
    PASSWORD("Password"),
    @JsonProperty("NewPasswordIdentity")
    NEW_PASSWORD_IDENTITY("NewPasswordIdentity"),
    @JsonProperty("EnterpriseSso")
    ENTERPRISE_SSO("EnterpriseSso");

    private final String word;

    VerificationType(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
