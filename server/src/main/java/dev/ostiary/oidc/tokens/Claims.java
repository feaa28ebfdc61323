package dev.ostiary.oidc.tokens;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Tx;
import dev.ostiary.oidc.ClaimScopes;
import dev.ostiary.organizations.Affiliation;
import dev.ostiary.organizations.ConsentOrganizations;
import dev.ostiary.organizations.OrganizationAccess;
import dev.ostiary.roles.Roles;
import dev.ostiary.users.User;
import dev.ostiary.users.UserClaims;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a client may read of a user, at the userinfo endpoint and in the ID token. */
public final class Claims {
    private static final Set<ExtendedClaim> ALL = EnumSet.allOf(ExtendedClaim.class);
    private static final Set<ExtendedClaim> OF_ORGANIZATIONS =
            EnumSet.of(ExtendedClaim.ORGANIZATIONS, ExtendedClaim.ORGANIZATION_DATA, ExtendedClaim.ORGANIZATION_ROLES);

    private final OrganizationAccess organizations;
    private final ConsentOrganizations consented;
    private final Roles roles;
    private final BiFunction<Tx, String, List<?>> ssoIdentities;
    private final IdTokenClaims ofIdTokens;

    /** @param ssoIdentities accounts at enterprise identity providers of the user with that id, as the claim has them */
    public Claims(
            OrganizationAccess organizations,
            ConsentOrganizations consented,
            Roles roles,
            BiFunction<Tx, String, List<?>> ssoIdentities,
            IdTokenClaims ofIdTokens) {
        this.organizations = organizations;
        this.consented = consented;
        this.roles = roles;
        this.ssoIdentities = ssoIdentities;
        this.ofIdTokens = ofIdTokens;
    }

    /** An organization as {@code organization_data} has it. */
    private record Organization(String id, String name, @Nullable String description) {}

    /**
     * A statement for the user's organizations and one for enterprise identities, if the scopes ask for them. Somebody
     * else's application is told of those organizations that the user has let it into; one with a metadata document of
     * those that hang on this grant.
     *
     * @param grantId by which the client asks
     * @param roleNames of the user; null if they have not been looked up
     */
    public Map<String, @Nullable Object> userinfo(
            Tx tx, Application client, String grantId, User user, Disclosure told, @Nullable List<String> roleNames) {
        return of(tx, client, grantId, user, told, roleNames, ALL);
    }

    /** As {@link #userinfo}, without what the tenant wants to keep out of ID tokens. */
    Map<String, @Nullable Object> idToken(
            Tx tx, Application client, String grantId, User user, Disclosure told, @Nullable List<String> roleNames) {
        return of(tx, client, grantId, user, told, roleNames, ofIdTokens.enabled(tx));
    }

    private Map<String, @Nullable Object> of(
            Tx tx,
            Application client,
            String grantId,
            User user,
            Disclosure told,
            @Nullable List<String> roleNames,
            Set<ExtendedClaim> enabled) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("sub", user.id());
        claims.putAll(ofUser(client, user, told));
        List<Affiliation> affiliations = null;
        for (ExtendedClaim claim : enabled) {
            if (!told.has(claim.wire(), claim.scope())) {
                continue;
            }
            if (OF_ORGANIZATIONS.contains(claim)) {
                affiliations = affiliations == null ? affiliations(tx, client, grantId, user.id()) : affiliations;
                claims.put(claim.wire(), of(claim, affiliations));
            } else {
                claims.put(claim.wire(), of(claim, tx, user, roleNames));
            }
        }
        return claims;
    }

    /** A claim that was asked for by itself and has no value is left out (OpenID Connect Core section 5.3.2). */
    private static Map<String, @Nullable Object> ofUser(Application client, User user, Disclosure told) {
        Map<String, @Nullable Object> claims = ofUser(client, user, told.scopes());
        if (!told.claims().isEmpty()) {
            ofUser(client, user, ClaimScopes.of(told.claims())).forEach((name, value) -> {
                if (told.claims().contains(name) && value != null) {
                    claims.put(name, value);
                }
            });
        }
        return claims;
    }

    private static Map<String, @Nullable Object> ofUser(Application client, User user, Set<String> scopes) {
        return client.keepsStandardClaims() ? UserClaims.standard(user, scopes) : UserClaims.of(user, scopes);
    }

    private List<Affiliation> affiliations(Tx tx, Application client, String grantId, String userId) {
        List<Affiliation> all = organizations.ofUser(tx, userId);
        if (all.isEmpty() || !client.isThirdParty()) {
            return all;
        }
        Set<String> granted = client.isFromDocument()
                ? consented.bound(tx, grantId, userId)
                : consented.granted(tx, client.id(), userId);
        return all.stream().filter(one -> granted.contains(one.id())).toList();
    }

    private @Nullable Object of(ExtendedClaim claim, Tx tx, User user, @Nullable List<String> roleNames) {
        return switch (claim) {
            case CUSTOM_DATA -> user.customData();
            case IDENTITIES -> user.identities();
            case SSO_IDENTITIES -> ssoIdentities.apply(tx, user.id());
            case ROLES -> roleNames == null ? roles.namesOfUser(tx, user.id()) : roleNames;
            default -> throw new IllegalArgumentException(claim.wire());
        };
    }

    private static List<?> of(ExtendedClaim claim, List<Affiliation> affiliations) {
        return switch (claim) {
            case ORGANIZATIONS -> affiliations.stream().map(Affiliation::id).toList();
            case ORGANIZATION_DATA ->
                affiliations.stream()
                        .map(one -> new Organization(one.id(), one.name(), one.description()))
                        .toList();
            case ORGANIZATION_ROLES ->
                affiliations.stream()
                        .flatMap(one -> one.roleNames().stream().map(role -> one.id() + ":" + role))
                        .toList();
            default -> throw new IllegalArgumentException(claim.wire());
        };
    }
}
