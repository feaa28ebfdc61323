package dev.ostiary.experience;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.sso.EmailDomains;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoError;
import dev.ostiary.sso.SsoIdentities;
import dev.ostiary.sso.SsoIdentity;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.users.ProfileChange;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.EnterpriseSsoVerification;
import dev.ostiary.verifications.VerificationError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Which of our users a company's identity provider has told us of, and what follows for the account. */
final class SsoAccounts {
    private static final int LONGEST_EMAIL = 128;
    private static final Pattern EMAIL = Pattern.compile("[^\\s\\p{Cc}\\p{Cf}@]+@[a-z0-9.-]+");

    private final Database database;
    private final Users users;
    private final SsoOnly ssoOnly;
    private final SsoConnectors connectors;
    private final SsoIdentities identities;
    private final SsoTokenVault tokens;
    private final Sessions sessions;
    private final Grants grants;
    private final Interactions interactions;
    private final List<BiConsumer<Tx, SsoLink>> afterLink = new CopyOnWriteArrayList<>();

    SsoAccounts(Experience.Parts parts, SsoOnly ssoOnly) {
        this.database = parts.database();
        this.users = parts.users();
        this.interactions = parts.interactions();
        this.ssoOnly = ssoOnly;
        this.connectors = parts.sso().connectors();
        this.identities = parts.sso().identities();
        this.tokens = new SsoTokenVault(parts.sso());
        this.sessions = parts.sso().sessions();
        this.grants = parts.sso().grants();
    }

    /** A complete proof of this kind, and the connector it came by, which is still in use. */
    record Proven(EnterpriseSsoVerification record, SsoProfile profile, SsoConnector connector) {
        /**
         * The address that the provider may speak for: trusted, and of a domain that is the connector's. Whoever runs the
         * provider of one company can claim any address there is; it must open no account of another company (AL1).
         */
        Optional<String> email() {
            return profile.email().flatMap(address -> {
                String domain = EmailDomains.of(address).orElse("");
                String written = address.substring(0, address.lastIndexOf('@') + 1) + domain;
                boolean fits = connector.domains().contains(domain)
                        && written.length() <= LONGEST_EMAIL
                        && EMAIL.matcher(written).matches();
                return fits ? Optional.of(written) : Optional.empty();
            });
        }

        String domain() {
            return email().flatMap(EmailDomains::of).orElse("");
        }
    }

    void afterLink(BiConsumer<Tx, SsoLink> listener) {
        afterLink.add(listener);
    }

    /**
     * Asked at every step: what was switched off while a visitor was away lets nobody in any more (AL7).
     *
     * @throws dev.ostiary.errors.AppException 422 {@code user.sign_in_method_not_enabled}, 404 {@code connector.not_found}
     */
    SsoConnector usable(String tenant, String connectorId) {
        if (!ssoOnly.isOn(tenant)) {
            throw UserError.SIGN_IN_METHOD_NOT_ENABLED.exception();
        }
        return connectors
                .find(tenant, connectorId)
                .filter(SsoConnector::isAvailable)
                .orElseThrow(SsoError.CONNECTOR_NOT_FOUND::exception);
    }

    /** @throws dev.ostiary.errors.AppException 400 {@code session.verification_failed} if it is not complete */
    Proven proven(String tenant, EnterpriseSsoVerification record) {
        SsoConnector connector = usable(tenant, record.connectorId());
        SsoProfile profile = record.profile().orElseThrow(VerificationError.NOT_VERIFIED::exception);
        return new Proven(record, profile, connector);
    }

    Optional<String> sealedTokens(Visit visit, SsoConnector connector, SsoProfile profile) {
        return tokens.seal(visit, connector, profile);
    }

    /**
     * The owner of the identity, else of the address.
     *
     * @throws dev.ostiary.errors.AppException 404 {@code user.sso_identity_not_exist}, 401 {@code user.suspended}
     */
    User recognise(String tenant, Proven proven) {
        User user = database.read(tenant, tx -> find(tx, proven))
                .orElseThrow(ExperienceError.SSO_IDENTITY_NOT_EXIST::exception);
        if (user.isSuspended()) {
            throw UserError.SUSPENDED.exception();
        }
        return user;
    }

    private Optional<User> find(Tx tx, Proven proven) {
        Optional<SsoIdentity> identity = identity(tx, proven);
        return identity.isPresent()
                ? users.find(tx, identity.get().userId())
                : proven.email().flatMap(address -> users.findByEmail(tx, address));
    }

    private Optional<SsoIdentity> identity(Tx tx, Proven proven) {
        return identities.find(tx, proven.profile().issuer(), proven.profile().identityId());
    }

    /** In the transaction that has made the user. */
    void registered(Tx tx, User user, Proven proven) {
        identities.link(tx, user.id(), proven.connector(), proven.profile());
        afterLink.forEach(listener -> listener.accept(tx, new SsoLink(user, proven.connector(), true)));
    }

    /**
     * In the transaction that ends the visit: the account gets what the provider has told.
     *
     * @return whether the identity is new to the account
     */
    boolean signedIn(Tx tx, Visit visit, User user, Proven proven) {
        Optional<SsoIdentity> known = identity(tx, proven);
        if (known.isPresent() && !known.get().userId().equals(user.id())) {
            throw ExperienceError.IDENTITY_CONFLICT.exception();
        }
        SsoIdentity identity = known.isPresent() ? known.get() : link(tx, visit, user, proven);
        boolean each = proven.connector().syncProfile();
        if (known.isPresent()) {
            identities.seen(tx, identity, proven.profile());
        }
        if (known.isEmpty() || each) {
            sync(tx, user, proven, each);
        }
        tokens.keep(tx, visit, identity, proven.record());
        return known.isEmpty();
    }

    /**
     * The visitor was recognised by the address, so it must still be the account's (AL4). And nobody but the provider has
     * ever proved it: whoever made the account first may have been a stranger who waits for its owner to come (AL3).
     */
    private SsoIdentity link(Tx tx, Visit visit, User user, Proven proven) {
        boolean owner = proven.email()
                .flatMap(address -> users.findByEmail(tx, address))
                .filter(found -> found.id().equals(user.id()))
                .isPresent();
        if (!owner) {
            throw ExperienceError.SSO_IDENTITY_NOT_EXIST.exception();
        }
        users.forgetCredentials(tx, user.id());
        identities.keepOnly(tx, user.id(), proven.domain());
        grants.revokeAllOfUser(tx, user.id());
        if (sessions.revokeAllOfUser(tx, user.id()) > 0) {
            // One of them may be this browser's own, which the visit began with.
            interactions.releaseSession(tx, visit.interaction().uid());
        }
        SsoIdentity identity = identities.link(tx, user.id(), proven.connector(), proven.profile());
        afterLink.forEach(listener -> listener.accept(tx, new SsoLink(user, proven.connector(), false)));
        return identity;
    }

    /** @param each whether what the account has is replaced, too */
    private void sync(Tx tx, User user, Proven proven, boolean each) {
        SsoPerson told = SsoPerson.of(proven.profile());
        ProfileChange change = ProfileChange.none();
        String name = told.name();
        if (name != null && (user.name() == null || each) && !name.equals(user.name())) {
            change = change.withName(name);
        }
        String avatar = told.avatar();
        if (avatar != null && (user.avatar() == null || each) && !avatar.equals(user.avatar())) {
            change = change.withAvatar(avatar);
        }
        if (change.name().isPresent() || change.avatar().isPresent()) {
            users.fill(tx, user.id(), change);
        }
    }
}
