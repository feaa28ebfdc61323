package dev.ostiary.oidc;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scopes of the provider itself, and the reading of scope texts (RFC 6749 section 3.3). */
public final class Scopes {
    public static final String OPENID = "openid";
    public static final String OFFLINE_ACCESS = "offline_access";

    /** Which organizations the user belongs to, and tokens for them. */
    public static final String ORGANIZATIONS = "urn:logto:scope:organizations";

    public static final String ORGANIZATION_ROLES = "urn:logto:scope:organization_roles";

    /** All that are no scopes of an API resource, in the order of the discovery document. */
    public static final List<String> SUPPORTED = List.of(
            OPENID,
            OFFLINE_ACCESS,
            "profile",
            "email",
            "phone",
            "address",
            "custom_data",
            "identities",
            "roles",
            ORGANIZATIONS,
            ORGANIZATION_ROLES,
            "urn:logto:scope:sessions",
            "urn:logto:scope:trusted_devices");

    private static final Set<String> OF_THE_PROVIDER = Set.copyOf(SUPPORTED);

    private Scopes() {}

    /** Whether it is the provider's own, not of an API resource. */
    public static boolean isOidc(String scope) {
        return OF_THE_PROVIDER.contains(scope);
    }

    /** In their order, each once; empty for null or blank. */
    public static Set<String> parse(@Nullable String text) {
        Set<String> scopes = new LinkedHashSet<>();
        if (text != null) {
            for (String scope : text.split(" ")) {
                if (!scope.isEmpty()) {
                    scopes.add(scope);
                }
            }
        }
        return scopes;
    }

    /** The provider's own among them. */
    public static Set<String> oidc(Collection<String> scopes) {
        Set<String> own = new LinkedHashSet<>(scopes);
        own.removeIf(scope -> !isOidc(scope));
        return own;
    }

    /** Those of the first that the second has too, in the order of the first. */
    public static Set<String> common(Collection<String> wanted, Collection<String> allowed) {
        Set<String> common = new LinkedHashSet<>(wanted);
        common.retainAll(allowed);
        return common;
    }

    public static String join(Collection<String> scopes) {
        return String.join(" ", scopes);
    }
}
