package dev.ostiary.verifications;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person may name himself by. */
public enum IdentifierType {
    @JsonProperty("username")
    USERNAME,
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("phone")
    PHONE;

    /** The wire's word. */
    public String word() {
        return switch (this) {
            case USERNAME -> "username";
            case EMAIL -> "email";
            case PHONE -> "phone";
        };
    }
}
