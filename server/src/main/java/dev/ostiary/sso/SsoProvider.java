package dev.ostiary.sso;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of connectors, in the order of the wire. */
public enum SsoProvider {
    OIDC("OIDC", ProviderType.OIDC),
    SAML("SAML", ProviderType.SAML),
    AZURE_AD("AzureAD", ProviderType.SAML),
    AZURE_AD_OIDC("AzureAdOidc", ProviderType.OIDC),
    GOOGLE_WORKSPACE("GoogleWorkspace", ProviderType.OIDC),
    OKTA("Okta", ProviderType.OIDC);

    /** What every Google account is issued by: not for an administrator to choose. */
    public static final String GOOGLE_ISSUER = "https://accounts.google.com";

    private final String word;
    private final ProviderType type;

    SsoProvider(String word, ProviderType type) {
        this.word = word;
        this.type = type;
    }

    @JsonValue
    public String word() {
        return word;
    }

    public ProviderType type() {
        return type;
    }

    /** @param word as on the wire */
    public static Optional<SsoProvider> of(String word) {
        return Arrays.stream(values())
                .filter(provider -> provider.word.equals(word))
                .findFirst();
    }
}
