package dev.ostiary.experience;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the sign-in pages offer at all. */
public enum SignInMode {
    @JsonProperty("SignIn")
    SIGN_IN,
    @JsonProperty("Register")
    REGISTER,
    @JsonProperty("SignInAndRegister")
    SIGN_IN_AND_REGISTER;

    public boolean allowsSignIn() {
        return this != REGISTER;
    }

    public boolean allowsRegistration() {
        return this != SIGN_IN;
    }
}
