package dev.ostiary.sso;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of connectors, in the order of the wire. */
public enum SsoProvider {
    OIDC("OIDC", ProviderType.OIDC, "OIDC"),
    SAML("SAML", ProviderType.SAML, "SAML"),
    AZURE_AD("AzureAD", ProviderType.SAML, "AzureAD"),
    AZURE_AD_OIDC("AzureAdOidc", ProviderType.OIDC, "AzureAD"),
    GOOGLE_WORKSPACE("GoogleWorkspace", ProviderType.OIDC, "GoogleWorkspace"),
    OKTA("Okta", ProviderType.OIDC, "Okta");

    /** What every Google account is issued by: not for an administrator to choose. */
    public static final String GOOGLE_ISSUER = "https://accounts.google.com";

    private final String word;
    private final ProviderType type;
    private final ProviderFace face;

    SsoProvider(String word, ProviderType type, String drawing) {
        this.word = word;
        this.type = type;
        this.face = new ProviderFace(word, drawing);
    }

    @JsonValue
    public String word() {
        return word;
    }

    public ProviderType type() {
        return type;
    }

    /** What users and administrators know it by. */
    public String name(String language) {
        return face.name(language);
    }

    public String description(String language) {
        return face.description(language);
    }

    /** A data URI of our own drawing, for light backgrounds. */
    public String logo() {
        return face.logo();
    }

    /** A data URI of our own drawing, for dark backgrounds. */
    public String darkLogo() {
        return face.darkLogo();
    }

    /** @param word as on the wire */
    public static Optional<SsoProvider> of(String word) {
        return Arrays.stream(values())
                .filter(provider -> provider.word.equals(word))
                .findFirst();
    }
}
