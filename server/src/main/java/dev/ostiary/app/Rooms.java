package dev.ostiary.app;

import dev.ostiary.access.ManagementAccess;
import dev.ostiary.applications.ApplicationLook;
import dev.ostiary.applications.ApplicationLooks;
import dev.ostiary.applications.Applications;
import dev.ostiary.applications.ConsentSettings;
import dev.ostiary.applications.RegisteredApplications;
import dev.ostiary.audit.AuditLog;
import dev.ostiary.base.Ids;
import dev.ostiary.connectors.Connectors;
import dev.ostiary.connectors.Mailer;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.PasswordHasher;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Events;
import dev.ostiary.experience.CustomUi;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Looks;
import dev.ostiary.experience.Overlay;
import dev.ostiary.experience.SignInExperiences;
import dev.ostiary.experience.SsoParts;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.keys.CookieKeys;
import dev.ostiary.keys.Keys;
import dev.ostiary.messages.Messages;
import dev.ostiary.mfa.Factors;
import dev.ostiary.net.Outbound;
import dev.ostiary.oidc.AuthorizationCodes;
import dev.ostiary.oidc.DeviceCodes;
import dev.ostiary.oidc.UsedJtis;
import dev.ostiary.oidc.UserGate;
import dev.ostiary.oidc.authorize.Answers;
import dev.ostiary.oidc.authorize.Approval;
import dev.ostiary.oidc.authorize.Authorize;
import dev.ostiary.oidc.authorize.AuthorizeChecks;
import dev.ostiary.oidc.authorize.Consents;
import dev.ostiary.oidc.authorize.DeviceAnswers;
import dev.ostiary.oidc.authorize.DeviceRequests;
import dev.ostiary.oidc.authorize.OrganizationChoices;
import dev.ostiary.oidc.authorize.PushedRequests;
import dev.ostiary.oidc.authorize.Resume;
import dev.ostiary.oidc.authorize.ThirdPartyCeiling;
import dev.ostiary.oidc.cimd.ClientDocuments;
import dev.ostiary.oidc.clientauth.ClientAssertion;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import dev.ostiary.oidc.device.Devices;
import dev.ostiary.oidc.dpop.DpopProofs;
import dev.ostiary.oidc.dpop.SenderConstraint;
import dev.ostiary.oidc.grants.CustomClaims;
import dev.ostiary.oidc.grants.ScriptContext;
import dev.ostiary.oidc.grants.Subjects;
import dev.ostiary.oidc.logout.Logout;
import dev.ostiary.oidc.logout.LogoutDelivery;
import dev.ostiary.oidc.logout.LogoutHint;
import dev.ostiary.oidc.logout.LogoutNotices;
import dev.ostiary.oidc.logout.LogoutTokens;
import dev.ostiary.oidc.registration.Registration;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.Claims;
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.IdTokenClaims;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.organizations.ApplicationAccess;
import dev.ostiary.organizations.ConsentOrganizations;
import dev.ostiary.organizations.Invitations;
import dev.ostiary.organizations.Joining;
import dev.ostiary.organizations.OrganizationAccess;
import dev.ostiary.organizations.OrganizationTemplate;
import dev.ostiary.organizations.Organizations;
import dev.ostiary.pages.Inviting;
import dev.ostiary.pages.Pages;
import dev.ostiary.pages.Theme;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import dev.ostiary.scripts.JwtCustomizers;
import dev.ostiary.scripts.Scripts;
import dev.ostiary.sessions.ClientFace;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.SessionLifetimes;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.sessions.UserSessions;
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
import dev.ostiary.users.PersonalAccessTokens;
import dev.ostiary.users.SubjectTokens;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.Lockout;
import dev.ostiary.verifications.PasswordProofs;
import dev.ostiary.verifications.VerificationRecords;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The doors of all rooms, built by hand from the ground up, each with what it needs of those below. What a lower room
 * wants of a higher one is handed in at the end as a small function.
 */
final class Rooms implements AutoCloseable {
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
    final CookieKeys cookieKeys;
    final ManagementAccess access;

    final Users users;
    final Passwords passwords;
    final PersonalAccessTokens personalAccessTokens;
    final SubjectTokens subjectTokens;
    final Resources resources;
    final Applications applications;
    final ApplicationLooks applicationLooks;
    final Roles roles;
    final SsoConnectors ssoConnectors;
    final SsoIdentities ssoIdentities;
    final Discovery discovery;
    final OidcProtocol oidcProtocol;
    final SsoConfigs ssoConfigs;
    final SsoSignIn ssoSignIn;
    final SsoTokens ssoTokens;
    final SsoTests ssoTests;
    final Connectors connectors;
    final Mailer mailer;
    final Messages messages;
    final Organizations organizations;
    final OrganizationTemplate organizationTemplate;
    final OrganizationAccess organizationAccess;
    final Factors factors;
    final ConsentSettings consentSettings;
    final ConsentOrganizations consentOrganizations;
    final ApplicationAccess applicationAccess;
    final SessionLifetimes sessionLifetimes;
    final Invitations invitations;
    final Sessions sessions;
    final Grants grants;
    final UserSessions userSessions;
    final JwtCustomizers jwtCustomizers;
    final Scripts scripts;

    final Interactions interactions;
    final Lockout lockout;
    final VerificationRecords verificationRecords;
    private final PasswordProofs passwordProofs;
    final CustomUi customUi;
    final SignInExperiences signInExperiences;
    final Looks looks;
    final BreachedPasswords breachedPasswords;
    final Experience experience;
    final UserGate userGate;
    final ThirdPartyCeiling ceiling;
    final AuthorizationCodes authorizationCodes;
    final Logout logout;
    private final LogoutNotices logoutNotices;
    final LogoutDelivery logoutDelivery;
    final Authorize authorize;
    final DeviceCodes deviceCodes;
    final DeviceRequests deviceRequests;
    final Devices devices;
    final Resume resume;
    final UsedJtis usedJtis;
    final DpopProofs proofs;
    final SenderConstraint constraint;
    final ClientAuthentication clients;
    final Codes codes;
    final AccessTokens accessTokens;
    final RefreshTokens refreshTokens;
    final IdTokenClaims idTokenClaims;
    final Claims claims;
    final IdTokens idTokens;
    final IssuedTokens issuedTokens;
    final Subjects subjects;
    final CustomClaims customClaims;
    final Consents consents;
    final PushedRequests pushedRequests;
    final RegisteredApplications registeredApplications;
    final Registration registration;
    final ClientDocuments clientDocuments;
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
        keys = new Keys(database, sealer, changes, clock);
        cookieKeys = new CookieKeys(database, sealer, changes, ids, clock);
        access = new ManagementAccess(tenants, keys, verifier, events, clock);

        users = new Users(database, ids, clock);
        passwords = new Passwords(hasher);
        personalAccessTokens = new PersonalAccessTokens(database, ids, sealer, clock);
        subjectTokens = new SubjectTokens(ids, clock);
        resources = new Resources(database, changes, ids, clock);
        applications = new Applications(database, changes, ids, sealer, clock, tenants::origin, Tenants.ADMIN);
        applications.signing(keys::algorithmsOfEach);
        keys.permitted(applications::permittedSigning);
        applicationLooks = new ApplicationLooks(database, changes, applications);
        roles = new Roles(database, resources, changes, ids, clock);
        ssoConnectors = new SsoConnectors(database, changes, ids, sealer, clock);
        ssoIdentities = new SsoIdentities(database, ids, clock);
        discovery = new Discovery(outbound, clock);
        oidcProtocol = new OidcProtocol(discovery, outbound, keys, verifier, ids, clock);
        ssoConfigs = new SsoConfigs(discovery, tenants::origin);
        ssoSignIn = new SsoSignIn(Map.of(ProviderType.OIDC, oidcProtocol));
        ssoTokens = new SsoTokens(database, ssoConnectors, oidcProtocol::refresh, sealer, ids, clock);
        ssoTests = new SsoTests(database, ssoConnectors, ssoSignIn, ids, clock);
        connectors = new Connectors(database, changes, ids, sealer, clock);
        mailer = new Mailer(outbound, ids, clock);
        messages = new Messages(database, connectors, mailer, events, clock);
        organizations = new Organizations(database, changes, events, ids, clock);
        organizationTemplate = new OrganizationTemplate(resources, ids);
        organizationAccess = new OrganizationAccess();
        factors = new Factors(users, sealer, ids, clock);
        consentSettings = new ConsentSettings(database, applications, resources);
        consentOrganizations = new ConsentOrganizations(database);
        applicationAccess = new ApplicationAccess(applications);
        sessionLifetimes = new SessionLifetimes(changes);
        sessions = new Sessions(ids, clock, sessionLifetimes);
        invitations = new Invitations(organizations, users, events, ids, clock, tenants::origin);
        grants = new Grants(ids, clock);
        userSessions =
                new UserSessions(database, sessions, grants, events, clock, this::face, consentOrganizations::forget);
        jwtCustomizers = new JwtCustomizers(database, changes, sealer);
        scripts = new Scripts(outbound, clock);

        interactions = new Interactions(database, ids, clock);
        lockout = new Lockout(database, clock);
        verificationRecords = new VerificationRecords(ids, clock);
        passwordProofs = new PasswordProofs(database, users, passwords, lockout);
        customUi = new CustomUi(database, ids, clock);
        signInExperiences = new SignInExperiences(database, changes, users, customUi, clock);
        looks = new Looks(
                signInExperiences,
                (tenant, id) -> applicationLooks.find(tenant, id).map(Rooms::overlay),
                (tenant, id) -> organizations.branding(tenant, id).map(Rooms::overlay));
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
        idTokenClaims = new IdTokenClaims(changes);
        claims = new Claims(organizationAccess, consentOrganizations, roles, ssoIdentities::claims, idTokenClaims);
        idTokens = new IdTokens(tenants, keys, claims, clock);
        logoutDelivery = new LogoutDelivery(
                database, applications, new LogoutTokens(tenants, keys, ids, clock), outbound, events, clock);
        logoutNotices = new LogoutNotices(logoutDelivery::wake, clock);
        logout = new Logout(
                new LogoutHint(applications, tenants, keys, verifier),
                applications,
                tenants,
                users,
                sessions,
                grants,
                events,
                database,
                (tenant, application) -> Theme.css(looks.of(tenant, application, null)));
        ceiling = new ThirdPartyCeiling(consentSettings);
        AuthorizeChecks checks = new AuthorizeChecks(applications, resources, ceiling, tenants, keys, verifier);
        OrganizationChoices choices =
                new OrganizationChoices(organizationAccess, consentOrganizations, organizationTemplate);
        Approval approval = new Approval(grants, sessions, users, choices, events);
        Answers answers = new Answers(applications, tenants, users, authorizationCodes, idTokens);
        deviceCodes = new DeviceCodes(ids, clock);
        DeviceAnswers deviceAnswers = new DeviceAnswers(deviceCodes, events, database);
        userGate = applicationAccess::allows;
        authorize = new Authorize(
                checks,
                answers,
                deviceAnswers,
                approval,
                interactions,
                sessions,
                resources,
                ceiling,
                userGate,
                events,
                clock);
        deviceRequests = new DeviceRequests(authorize, deviceAnswers, deviceCodes, database);
        devices = new Devices(deviceCodes, cookieKeys, lockout, events, database, ids, clock);
        resume = new Resume(authorize, approval, logout, interactions, sessions, users, events, database);
        usedJtis = new UsedJtis(database);
        ClientAssertion assertions =
                new ClientAssertion(applications, database, tenants, verifier, usedJtis, outbound, clock);
        proofs = new DpopProofs(tenants, verifier, usedJtis, cookieKeys, clock);
        constraint = new SenderConstraint(proofs, tenants);
        clients = new ClientAuthentication(applications, assertions, tenants, clock);
        codes = new Codes(database, clock);
        accessTokens = new AccessTokens(database, tenants, keys, ids, clock);
        refreshTokens = new RefreshTokens(database, ids, clock);
        issuedTokens = new IssuedTokens(database, events, clock);
        consents =
                new Consents(authorize, interactions, sessions, grants, users, resources, choices, userGate, database);
        subjects = new Subjects(
                users,
                applications,
                accessTokens,
                personalAccessTokens,
                subjectTokens,
                grants,
                tenants,
                keys,
                verifier);
        ScriptContext scriptContext =
                new ScriptContext(roles, organizationAccess, organizations, sessions, ssoIdentities::claims);
        customClaims = new CustomClaims(database, jwtCustomizers, scripts, scriptContext, events, ids);
        pushedRequests = new PushedRequests(applications, checks, clients, proofs, database, events, ids, clock);
        registeredApplications = new RegisteredApplications(applications, applicationLooks, consentSettings);
        registration = new Registration(
                database, changes, applications, registeredApplications, keys, outbound, events, ids, clock);
        clientDocuments = new ClientDocuments(
                database, changes, outbound, !outgoing.rules().unguarded(), events, clock);
        applications.documents(clientDocuments);
        pages = new Pages(new Pages.Parts(
                experience,
                looks,
                customUi,
                consents,
                devices,
                applications,
                ssoConnectors,
                ssoTests,
                tenants,
                tenant -> cookieKeys.hmac(tenant, "forms"),
                clock,
                new Inviting(database, invitations, users, sessions),
                request -> database.read(request.tenant(), tx -> sessions.peek(tx, request))
                        .isPresent()));

        users.onCreate((tx, created) ->
                roles.assignDefaults(tx, created.stream().map(User::id).toList()));
        personalAccessTokens.onDelete(grants::endExchanged);
        users.beforeLeaving(roles::requireAnotherAdministrator);
        // Who registers has an address only if it is proven: by the company whose domain it is, or by an invitation.
        Joining joining = new Joining(organizations);
        experience.invitedBy(this::invited);
        experience.afterRegister(joining::proven);
        experience.afterSsoLink(
                (tx, link) -> joining.linked(tx, link.user(), link.connector().id(), link.isNewUser()));
        sessions.onEnd(logoutNotices::write);
        users.onDelete(sessions::revokeAllOfUser);
        users.onPasswordChange(verificationRecords::forget);
        // A suspended user's sessions and, with the grants, all tokens are gone in the same transaction (TK7).
        users.onSignOut((tx, userId) -> {
            sessions.revokeAllOfUser(tx, userId);
            grants.revokeAllOfUser(tx, userId);
        });
    }

    /** Asked for every page, and answered without the database unless somebody was invited. */
    private Optional<String> invited(Request request, Interaction interaction) {
        return interaction.clientId().equals(Applications.INVITATION)
                ? interaction
                        .param("state")
                        .flatMap(
                                state -> database.read(request.tenant(), tx -> invitations.invited(tx, request, state)))
                : Optional.empty();
    }

    private Optional<ClientFace> face(String tenant, String clientId) {
        if (Applications.isUrl(clientId)) {
            // Nothing is fetched for a list: what such a client is called, it says itself.
            return Optional.of(new ClientFace(clientId, clientId, true));
        }
        return applications
                .find(tenant, clientId)
                .map(client -> new ClientFace(client.id(), client.name(), client.isThirdParty()));
    }

    private static Overlay overlay(ObjectNode look) {
        return new Overlay(
                look.path("name").asString(null),
                (ObjectNode) look.path("color"),
                (ObjectNode) look.path("branding"),
                look.path("customCss").asString(null),
                null,
                null);
    }

    private static Overlay overlay(ApplicationLook look) {
        return new Overlay(
                look.displayName(),
                look.color(),
                look.branding(),
                look.customCss(),
                look.termsOfUseUrl(),
                look.privacyPolicyUrl());
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
        logoutDelivery.close();
        scripts.close();
        issuedTokens.close();
        events.close();
        changes.close();
        hasher.close();
        outbound.close();
    }
}
