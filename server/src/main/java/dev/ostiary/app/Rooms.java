package dev.ostiary.app;

import dev.ostiary.access.ManagementAccess;
import dev.ostiary.applications.Applications;
import dev.ostiary.audit.AuditLog;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.PasswordHasher;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Events;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.SignInExperiences;
import dev.ostiary.experience.SsoParts;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.keys.Keys;
import dev.ostiary.net.Outbound;
import dev.ostiary.oidc.AuthorizationCodes;
import dev.ostiary.oidc.authorize.Answers;
import dev.ostiary.oidc.authorize.Approval;
import dev.ostiary.oidc.authorize.Authorize;
import dev.ostiary.oidc.authorize.AuthorizeChecks;
import dev.ostiary.oidc.authorize.Consents;
import dev.ostiary.oidc.authorize.PushedRequests;
import dev.ostiary.oidc.authorize.Resume;
import dev.ostiary.oidc.authorize.ThirdPartyCeiling;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import dev.ostiary.oidc.logout.Logout;
import dev.ostiary.oidc.logout.LogoutHint;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.pages.Pages;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.sso.ProviderType;
import dev.ostiary.sso.SsoConfigs;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoIdentities;
import dev.ostiary.sso.SsoSignIn;
import dev.ostiary.sso.SsoTests;
import dev.ostiary.sso.SsoTokens;
import dev.ostiary.sso.oidc.Discovery;
import dev.ostiary.sso.oidc.OidcProtocol;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.BreachedPasswords;
import dev.ostiary.users.Passwords;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.Lockout;
import dev.ostiary.verifications.PasswordProofs;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * The doors of all rooms, built by hand from the ground up, each with what it needs of those below. What a lower room
 * wants of a higher one is handed in at the end as a small function.
 */
final class Rooms implements AutoCloseable {
    private static final Duration SESSION_LIFETIME = Duration.ofDays(14);

    final Database database;
    final Clock clock;
    final Ids ids;
    final Sealer sealer;
    final Tenants tenants;

    final Outbound outbound;
    final Changes changes;
    final Events events;
    final JwtVerifier verifier;
    final PasswordHasher hasher;
    final Keys keys;
    final ManagementAccess access;

    final Users users;
    final Passwords passwords;
    final Resources resources;
    final Applications applications;
    final Roles roles;
    final SsoConnectors ssoConnectors;
    final SsoIdentities ssoIdentities;
    final Discovery discovery;
    final OidcProtocol oidcProtocol;
    final SsoConfigs ssoConfigs;
    final SsoSignIn ssoSignIn;
    final SsoTokens ssoTokens;
    final SsoTests ssoTests;
    final Sessions sessions;
    final Grants grants;

    final Interactions interactions;
    final Lockout lockout;
    private final PasswordProofs passwordProofs;
    final SignInExperiences signInExperiences;
    final BreachedPasswords breachedPasswords;
    final Experience experience;
    final AuthorizationCodes authorizationCodes;
    final Logout logout;
    final Authorize authorize;
    final Resume resume;
    final ClientAuthentication clients;
    final Codes codes;
    final AccessTokens accessTokens;
    final RefreshTokens refreshTokens;
    final IdTokens idTokens;
    final IssuedTokens issuedTokens;
    final Consents consents;
    final PushedRequests pushedRequests;
    final Pages pages;

    Rooms(Database database, Tenants tenants, Sealer sealer, Config.Outgoing outgoing, Clock clock, Ids ids) {
        this.database = database;
        this.tenants = tenants;
        this.sealer = sealer;
        this.clock = clock;
        this.ids = ids;

        outbound = new Outbound(outgoing.rules());
        changes = new Changes(database);
        events = new Events(database, new AuditLog(ids, clock));
        verifier = new JwtVerifier(clock);
        hasher = new PasswordHasher(new SecureRandom());
        keys = new Keys(database, sealer, changes);
        access = new ManagementAccess(tenants, keys, verifier, events, clock);

        users = new Users(database, ids, clock);
        passwords = new Passwords(hasher);
        resources = new Resources(database, changes, ids, clock);
        applications = new Applications(database, changes, ids, sealer, clock, tenants::origin, Tenants.ADMIN);
        roles = new Roles(database, resources, ids, clock);
        ssoConnectors = new SsoConnectors(database, changes, ids, sealer, clock);
        ssoIdentities = new SsoIdentities(database, ids, clock);
        discovery = new Discovery(outbound, clock);
        oidcProtocol = new OidcProtocol(discovery, outbound, keys, verifier, ids, clock);
        ssoConfigs = new SsoConfigs(discovery, tenants::origin);
        ssoSignIn = new SsoSignIn(Map.of(ProviderType.OIDC, oidcProtocol));
        ssoTokens = new SsoTokens(database, ssoConnectors, oidcProtocol::refresh, sealer, ids, clock);
        ssoTests = new SsoTests(database, ssoConnectors, ssoSignIn, ids, clock);
        sessions = new Sessions(ids, clock, tenant -> SESSION_LIFETIME);
        grants = new Grants(ids, clock);

        interactions = new Interactions(database, ids, clock);
        lockout = new Lockout(database, clock);
        passwordProofs = new PasswordProofs(database, users, passwords, lockout);
        signInExperiences = new SignInExperiences(database, changes, users, clock);
        breachedPasswords = outgoing.breachedPasswords()
                .map(range -> BreachedPasswords.withRange(new BreachedPasswordRange(range, outbound, clock)))
                .orElseGet(BreachedPasswords::bundled);
        experience = new Experience(new Experience.Parts(
                database,
                interactions,
                users,
                signInExperiences,
                passwordProofs,
                passwords,
                breachedPasswords,
                new SsoParts(ssoConnectors, ssoSignIn, ssoIdentities, ssoTokens::keep, sessions, grants, sealer),
                events,
                ids,
                clock));
        authorizationCodes = new AuthorizationCodes(ids, clock);
        logout = new Logout(
                new LogoutHint(applications, tenants, keys, verifier),
                applications,
                sessions,
                grants,
                events,
                database);
        ThirdPartyCeiling ceiling = ThirdPartyCeiling.IDENTITY_ONLY;
        AuthorizeChecks checks = new AuthorizeChecks(applications, resources, ceiling, tenants, keys, verifier);
        Approval approval = new Approval(grants, sessions, users, authorizationCodes, events);
        Answers answers = new Answers(applications, tenants);
        authorize = new Authorize(checks, answers, approval, interactions, sessions, resources, ceiling, events, clock);
        resume = new Resume(authorize, approval, answers, logout, interactions, sessions, users, events, database);
        clients = new ClientAuthentication(applications, tenants, clock);
        codes = new Codes(clock);
        accessTokens = new AccessTokens(tenants, keys, ids, clock);
        refreshTokens = new RefreshTokens(ids, clock);
        idTokens = new IdTokens(tenants, keys, clock);
        issuedTokens = new IssuedTokens(database, events, clock);
        consents = new Consents(authorize, interactions, sessions, grants, users, resources, database);
        pushedRequests = new PushedRequests(checks, clients, database, ids, clock);
        pages = new Pages(new Pages.Parts(
                experience,
                signInExperiences,
                consents,
                applications,
                ssoConnectors,
                ssoTests,
                tenants,
                sealer.hmac("forms"),
                clock,
                request -> database.read(request.tenant(), tx -> sessions.peek(tx, request))
                        .isPresent()));

        users.onCreate((tx, user) -> roles.assignDefaults(tx, user.id()));
        // A suspended user's sessions and, with the grants, all tokens are gone in the same transaction (TK7).
        users.onSuspend((tx, userId) -> {
            sessions.revokeAllOfUser(tx, userId);
            grants.revokeAllOfUser(tx, userId);
        });
    }

    /** A password that comes over the Management API counts as one that is typed (SI3). */
    void requirePassword(String tenant, User user, String password) {
        passwordProofs.require(
                tenant,
                user,
                password,
                signInExperiences.of(tenant).sentinelPolicy().lockout());
    }

    @Override
    public void close() {
        issuedTokens.close();
        events.close();
        changes.close();
        hasher.close();
        outbound.close();
    }
}
