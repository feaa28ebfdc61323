package dev.ostiary.oidc.tokens;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.ostiary.oidc.Scopes;
import java.util.Locale;

/** Claims that can grow large: userinfo always has them, an ID token only those that the tenant has chosen. */
enum ExtendedClaim {
    CUSTOM_DATA("custom_data"),
    IDENTITIES("identities"),
    SSO_IDENTITIES("identities"),
    ROLES("roles"),
    ORGANIZATIONS(Scopes.ORGANIZATIONS),
    ORGANIZATION_DATA(Scopes.ORGANIZATIONS),
    ORGANIZATION_ROLES(Scopes.ORGANIZATION_ROLES);

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final String scope;

    ExtendedClaim(String scope) {
        this.scope = scope;
    }

    /** The claim's name. */
    @JsonValue
    String wire() {
        return wire;
    }

    /** What a client needs to be told of it. */
    String scope() {
        return scope;
    }
}
