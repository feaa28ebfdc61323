package dev.ostiary.experience;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a visitor came for. */
public enum InteractionEvent {
    @JsonProperty("SignIn")
    SIGN_IN("SignIn"),
    @JsonProperty("Register")
    REGISTER("Register"),
    @JsonProperty("ForgotPassword")
    FORGOT_PASSWORD("ForgotPassword");

    private final String word;

    InteractionEvent(String word) {
        this.word = word;
    }

    /** The wire's word. */
    public String word() {
        return word;
    }
}
