package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Applications;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.db.Tx;
import dev.ostiary.keys.Keys;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.tokens.AccessToken;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.sessions.Exchange;
import dev.ostiary.sessions.Grants;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.PersonalAccessTokens;
import dev.ostiary.users.SubjectTokens;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Whose tokens they are that a client brings to an exchange (RFC 8693 section 2.1). */
public final class Subjects {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String IMPERSONATION_TOKEN = "urn:logto:token-type:impersonation_token";
    private static final String PERSONAL_ACCESS_TOKEN = "urn:logto:token-type:personal_access_token";

    private final Users users;
    private final Applications applications;
    private final AccessTokens accessTokens;
    private final PersonalAccessTokens personalAccessTokens;
    private final SubjectTokens subjectTokens;
    private final Grants grants;
    private final Tenants tenants;
    private final Keys keys;
    private final JwtVerifier verifier;

    public Subjects(
            Users users,
            Applications applications,
            AccessTokens accessTokens,
            PersonalAccessTokens personalAccessTokens,
            SubjectTokens subjectTokens,
            Grants grants,
            Tenants tenants,
            Keys keys,
            JwtVerifier verifier) {
        this.users = users;
        this.applications = applications;
        this.accessTokens = accessTokens;
        this.personalAccessTokens = personalAccessTokens;
        this.subjectTokens = subjectTokens;
        this.grants = grants;
        this.tenants = tenants;
        this.keys = keys;
        this.verifier = verifier;
    }

    /**
     * @param mostScopes of the provider's own, those that may be had: no more than a token has that says what it may;
     *     null where it says nothing of them
     * @param jkt thumbprint of the key that the token is bound to; null for none
     * @param act who acts for the user already
     * @param with what was exchanged, where the end of that ends what it was exchanged for
     * @param context what the maker of a subject token wanted scripts to know
     */
    record Subject(
            User user,
            @Nullable Set<String> mostScopes,
            @Nullable Map<String, Object> act,
            @Nullable String with,
            @Nullable String jkt,
            @Nullable ObjectNode context) {
        Subject(
                User user,
                @Nullable Set<String> mostScopes,
                @Nullable Map<String, Object> act,
                @Nullable String with,
                @Nullable String jkt) {
            this(user, mostScopes, act, with, jkt, null);
        }
    }

    /** Empty for whatever is not good: which check failed is nothing for a thief. Spends what can be used once. */
    Optional<Subject> find(Tx tx, String token, String type) {
        return switch (type) {
            case ACCESS_TOKEN -> token.startsWith(SubjectTokens.PREFIX) ? spent(tx, token) : ofAccessToken(tx, token);
            case IMPERSONATION_TOKEN -> spent(tx, token);
            case PERSONAL_ACCESS_TOKEN ->
                personalAccessTokens.redeem(tx, token).flatMap(found -> users.find(tx, found.userId())
                        .map(user -> new Subject(user, null, null, found.reference(), null)));
            default -> Optional.empty();
        };
    }

    /** Who acts: somebody who has signed in to an application of our own, and proves it by an opaque token. */
    Optional<User> actor(Tx tx, String token, String type) {
        return type.equals(ACCESS_TOKEN)
                ? opaque(tx, token)
                        .filter(found -> found.scopes().contains(Scopes.OPENID))
                        .map(AccessToken::user)
                : Optional.empty();
    }

    private Optional<Subject> spent(Tx tx, String token) {
        return subjectTokens.spend(tx, token).flatMap(found -> users.find(tx, found.userId())
                .map(user -> new Subject(user, null, null, null, null, found.context())));
    }

    private Optional<Subject> ofAccessToken(Tx tx, String token) {
        return token.indexOf('.') >= 0
                ? signed(tx, token)
                : opaque(tx, token).map(found -> {
                    Optional<Exchange> before = grants.exchange(tx, found.grantId());
                    return new Subject(
                            found.user(),
                            found.scopes(),
                            before.flatMap(Exchange::act).orElse(null),
                            before.flatMap(Exchange::with).orElse(null),
                            found.jkt());
                });
    }

    private Optional<AccessToken> opaque(Tx tx, String token) {
        return accessTokens.find(tx, token).filter(found -> isOwn(tx, found.clientId()));
    }

    /** Of our own issuer and this tenant, for whichever API: its audience will not see what it is exchanged for. */
    private Optional<Subject> signed(Tx tx, String token) {
        JwtRules rules = JwtRules.of(tenants.issuer(tx.tenant()), keys.keySet(tx), "at+jwt")
                .withAnyAudience()
                .withRequired("sub", "exp", "client_id");
        Jwt jwt;
        try {
            jwt = verifier.verify(token, rules);
        } catch (JoseException refused) {
            return Optional.empty();
        }
        String client = jwt.findString("client_id").orElse("");
        String subject = jwt.subject().orElse("");
        // A machine acts for itself: it is no user, not even one whose id is the same.
        return subject.equals(client) || !isOwn(tx, client)
                ? Optional.empty()
                : users.find(tx, subject).map(user -> new Subject(user, null, act(jwt), null, jkt(jwt)));
    }

    private static @Nullable String jkt(Jwt jwt) {
        return jwt.claims().get("cnf") instanceof Map<?, ?> cnf && cnf.get("jkt") instanceof String jkt ? jkt : null;
    }

    private static @Nullable Map<String, Object> act(Jwt jwt) {
        if (!(jwt.claims().get("act") instanceof Map<?, ?> claim)) {
            return null;
        }
        Map<String, Object> act = new LinkedHashMap<>();
        claim.forEach((name, value) -> act.put(String.valueOf(name), value));
        return act;
    }

    /**
     * What somebody else's application was given is not passed on. One with a metadata document always is somebody else's.
     */
    private boolean isOwn(Tx tx, String clientId) {
        return applications
                .findLocal(tx, clientId)
                .filter(client -> !client.isThirdParty())
                .isPresent();
    }
}
