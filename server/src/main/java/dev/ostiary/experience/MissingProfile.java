package dev.ostiary.experience;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an account must have and has not. */
public enum MissingProfile {
    @JsonProperty("username")
    USERNAME,
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("phone")
    PHONE,
    @JsonProperty("emailOrPhone")
    EMAIL_OR_PHONE,
    @JsonProperty("password")
    PASSWORD
}
