package dev.ostiary.sso;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the identity provider of a company.
 *
 * @param connectorName for administrators; unique in the tenant
 * @param config null for a draft
 * @param domains e-mail domains as {@link EmailDomains} writes them, in the administrator's order
 * @param syncProfile whether name and avatar are taken over at each sign-in, not only at the first
 */
public record SsoConnector(
        String id,
        SsoProvider provider,
        String connectorName,
        @Nullable SsoConfig config,
        List<String> domains,
        Branding branding,
        boolean syncProfile,
        boolean enableTokenStorage,
        Instant createdAt) {

    private static final int LONGEST_LOGO = 131_072;
    /** Addresses that could be run as a script are not for an img element. */
    private static final String LOGO = "^(https?://\\S+|data:image/\\S+)?$";

    /** What users see instead of the provider's own name and logo; a logo goes into an img element. */
    public record Branding(
            Optional<@Size(max = 128) String> displayName,
            Optional<@Size(max = LONGEST_LOGO) @Pattern(regexp = LOGO) String> logo,
            Optional<@Size(max = LONGEST_LOGO) @Pattern(regexp = LOGO) String> darkLogo) {
        static final Branding NONE = new Branding(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What users know it by; never the administrators' own name. */
    public String displayName(String language) {
        return branding.displayName().filter(name -> !name.isBlank()).orElseGet(() -> provider.name(language));
    }

    public String logo() {
        return branding.logo().filter(logo -> !logo.isBlank()).orElseGet(provider::logo);
    }

    /** The light logo stands in where the administrator has given only that. */
    public String darkLogo() {
        return branding.darkLogo()
                .filter(logo -> !logo.isBlank())
                .or(() -> branding.logo().filter(logo -> !logo.isBlank()))
                .orElseGet(provider::darkLogo);
    }

    /** Whether users can sign in here. SAML connectors can be prepared, but there is no SAML sign-in yet. */
    public boolean isAvailable() {
        return config instanceof OidcConfig && !domains.isEmpty();
    }
}
