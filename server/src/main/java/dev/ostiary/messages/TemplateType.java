package dev.ostiary.messages;

import java.util.Arrays;
import java.util.Optional;

/** What a message is about. */
public enum TemplateType {
    SIGN_IN("SignIn"),
    REGISTER("Register"),
    FORGOT_PASSWORD("ForgotPassword"),
    ORGANIZATION_INVITATION("OrganizationInvitation"),
    /** Also the test of a connector. */
    GENERIC("Generic"),
    USER_PERMISSION_VALIDATION("UserPermissionValidation"),
    BIND_NEW_IDENTIFIER("BindNewIdentifier"),
    MFA_VERIFICATION("MfaVerification"),
    BIND_MFA("BindMfa");

    private final String word;

    TemplateType(String word) {
        this.word = word;
    }

    /** {@code usageType} of the wire. */
    public String word() {
        return word;
    }

    public static Optional<TemplateType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
