package dev.ostiary.sso;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which user an account at a provider belongs to. Once linked it stays so until user or connector are deleted. */
public final class SsoIdentities {
    private final Ids ids;
    private final Clock clock;

    public SsoIdentities(Database database, Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        database.onViolation("user_sso_identities_account", SsoError.IDENTITY_IN_USE);
    }

    /** @param issuer as configured in the connector, compared byte by byte */
    public Optional<SsoIdentity> find(Tx tx, String issuer, String identityId) {
        return SsoIdentityStore.find(tx, issuer, identityId);
    }

    /**
     * Whether this user may own the account has been decided by the caller.
     *
     * @throws AppException 422 {@code user.identity_already_in_use} if somebody else was faster
     */
    public SsoIdentity link(Tx tx, String userId, SsoConnector connector, SsoProfile profile) {
        Instant now = clock.instant();
        SsoIdentity identity = new SsoIdentity(
                ids.standard(),
                userId,
                profile.issuer(),
                profile.identityId(),
                profile.detail(),
                connector.id(),
                now,
                now);
        SsoIdentityStore.insert(tx, identity);
        return identity;
    }

    /** It was used to sign in, and this is what the provider told. */
    public void seen(Tx tx, SsoIdentity identity, SsoProfile profile) {
        SsoIdentityStore.seen(tx, identity.id(), profile.detail(), clock.instant());
    }

    /** Takes away the user's accounts at providers of other companies than the one whose e-mail domain this is. */
    public void keepOnly(Tx tx, String userId, String domain) {
        SsoIdentityStore.deleteOfOtherDomains(tx, userId, domain);
    }

    /** Oldest first. */
    public List<SsoIdentity> ofUser(Tx tx, String userId) {
        return SsoIdentityStore.ofUser(tx, userId);
    }

    /** As users show them on the wire. */
    public List<ObjectNode> views(Tx tx, String userId) {
        return ofUser(tx, userId).stream()
                .map(identity -> (ObjectNode) Json.tree(SsoIdentityJson.View.of(tx.tenant(), identity)))
                .toList();
    }

    /** As the claim {@code sso_identities} has them. */
    public List<SsoIdentityJson.Claim> claims(Tx tx, String userId) {
        return ofUser(tx, userId).stream()
                .map(identity -> new SsoIdentityJson.Claim(identity.issuer(), identity.identityId(), identity.detail()))
                .toList();
    }
}
