package dev.ostiary.app;

import dev.ostiary.account.AccountAccess;
import dev.ostiary.account.AccountCaller;
import dev.ostiary.account.MySessionRoutes;
import dev.ostiary.account.PasswordVerificationRoutes;
import dev.ostiary.account.ProviderTokenRoutes;
import dev.ostiary.applications.ApplicationLookRoutes;
import dev.ostiary.applications.ApplicationRoutes;
import dev.ostiary.applications.CeilingRoutes;
import dev.ostiary.applications.ConsentScopeRoutes;
import dev.ostiary.applications.ProtectedApplicationRoutes;
import dev.ostiary.audit.LogRoutes;
import dev.ostiary.connectors.ConnectorRoutes;
import dev.ostiary.console.ConsoleConfigRoutes;
import dev.ostiary.console.ConsoleRoutes;
import dev.ostiary.experience.CustomUiRoutes;
import dev.ostiary.experience.ExperienceRoutes;
import dev.ostiary.experience.SignInExperienceRoutes;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Handler;
import dev.ostiary.http.OwnSite;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Router;
import dev.ostiary.http.Routes;
import dev.ostiary.keys.KeyRoutes;
import dev.ostiary.messages.MessageRoutes;
import dev.ostiary.mfa.FactorRoutes;
import dev.ostiary.oidc.OAuthErrors;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.authorize.AuthorizeRoutes;
import dev.ostiary.oidc.authorize.ConsentRoutes;
import dev.ostiary.oidc.cimd.CimdConfigRoutes;
import dev.ostiary.oidc.device.DeviceRoutes;
import dev.ostiary.oidc.discovery.DiscoveryRoutes;
import dev.ostiary.oidc.grants.TokenRoutes;
import dev.ostiary.oidc.introspection.IntrospectionRoutes;
import dev.ostiary.oidc.introspection.RevocationRoutes;
import dev.ostiary.oidc.logout.LogoutRoutes;
import dev.ostiary.oidc.registration.RegistrationConfigRoutes;
import dev.ostiary.oidc.registration.RegistrationRoutes;
import dev.ostiary.oidc.tokens.IdTokenClaimRoutes;
import dev.ostiary.oidc.userinfo.UserinfoRoutes;
import dev.ostiary.organizations.ApplicationAccessRoutes;
import dev.ostiary.organizations.ConsentOrganizationRoutes;
import dev.ostiary.organizations.InvitationRoutes;
import dev.ostiary.organizations.JitRoutes;
import dev.ostiary.organizations.OrganizationRoutes;
import dev.ostiary.organizations.TemplateRoutes;
import dev.ostiary.resources.ResourceRoutes;
import dev.ostiary.roles.HolderRoutes;
import dev.ostiary.roles.RoleRoutes;
import dev.ostiary.scripts.JwtCustomizerRoutes;
import dev.ostiary.sessions.SessionConfigRoutes;
import dev.ostiary.sessions.SessionRoutes;
import dev.ostiary.sso.SsoConnectorRoutes;
import dev.ostiary.sso.UserSsoIdentityRoutes;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.DashboardRoutes;
import dev.ostiary.users.ImportRoutes;
import dev.ostiary.users.PersonalAccessTokenRoutes;
import dev.ostiary.users.SubjectTokenRoutes;
import dev.ostiary.users.UserRoutes;
import java.util.Optional;

/** Every address there is: the routes of all rooms, each under the door that its callers come through. */
final class Endpoints {
    private final Config config;
    private final Tenants tenants;
    private final Rooms rooms;
    private final Router router;

    Endpoints(Config config, Tenants tenants, Rooms rooms, Router router) {
        this.config = config;
        this.tenants = tenants;
        this.rooms = rooms;
        this.router = router;
    }

    void mount() {
        Routes root = router.routes();
        Routes open = root.under("/api").with(ETags::filter);
        Routes ownPages = open.with(new OwnSite(tenants::origin)::filter);
        new StatusRoutes(rooms.database, config.statusApiKey()).mount(open);
        new WellKnownRoutes(tenants, router).mount(open);
        manage(open, open.with(rooms.access::filter));
        new ExperienceRoutes(rooms.experience).mount(ownPages);
        new ConsentRoutes(rooms.consents, rooms.applicationLooks, rooms.interactions, rooms.database).mount(ownPages);
        mountAccount(open);
        mountOidc(new OidcRoutes(root));
        rooms.pages.mount(root);
        router.otherwise(rooms.pages::unknown);
        new ConsoleRoutes(tenants).mount(root);
    }

    /** The Management API. */
    private void manage(Routes open, Routes management) {
        managePeople(management);
        manageApplications(management);
        manageOrganizations(management);
        manageSignIn(open, management);
        new ResourceRoutes(rooms.database, rooms.resources).mount(management);
        new RoleRoutes(rooms.database, rooms.roles, rooms.resources).mount(management);
        new HolderRoutes(rooms.database, rooms.roles, rooms.users, rooms.applications).mount(management);
        new KeyRoutes(rooms.database, rooms.keys, rooms.cookieKeys, rooms.events, config.keyRotationGrace())
                .mount(management);
        new SessionConfigRoutes(rooms.database, rooms.sessionLifetimes).mount(management);
        new IdTokenClaimRoutes(rooms.database, rooms.idTokenClaims).mount(management);
        new JwtCustomizerRoutes(rooms.database, rooms.jwtCustomizers, rooms.scripts).mount(management);
        new ConsoleConfigRoutes(rooms.database).mount(management);
        new ConnectorRoutes(rooms.database, rooms.connectors).mount(management);
        new MessageRoutes(rooms.messages).mount(management);
        new LogRoutes(rooms.database).mount(management);
    }

    /** Users, and what hangs on them. */
    private void managePeople(Routes management) {
        new UserRoutes(rooms.database, rooms.users, rooms.passwords, rooms::requirePassword, rooms.ssoIdentities::views)
                .mount(management);
        new DashboardRoutes(rooms.database, rooms.users, rooms.clock).mount(management);
        new UserSsoIdentityRoutes(rooms.database, rooms.users, rooms.ssoIdentities).mount(management);
        new PersonalAccessTokenRoutes(rooms.database, rooms.users, rooms.personalAccessTokens, rooms.events)
                .mount(management);
        new ImportRoutes(rooms.database, rooms.users, rooms.ids, rooms.clock).mount(management);
        new SubjectTokenRoutes(rooms.database, rooms.users, rooms.subjectTokens).mount(management);
        new SessionRoutes(rooms.userSessions).mount(management);
        new FactorRoutes(rooms.database, rooms.factors).mount(management);
    }

    private void manageApplications(Routes management) {
        new ApplicationRoutes(
                        rooms.database,
                        rooms.applications,
                        rooms.events,
                        rooms.roles::isAdmin,
                        rooms.roles::markAdmin,
                        rooms.applicationAccess::hasRules)
                .mount(management);
        new ProtectedApplicationRoutes(rooms.database, rooms.applications).mount(management);
        new ConsentScopeRoutes(rooms.database, rooms.consentSettings).mount(management);
        new ConsentOrganizationRoutes(rooms.database, rooms.consentOrganizations, rooms.applications, rooms.users)
                .mount(management);
        new ApplicationAccessRoutes(rooms.database, rooms.applicationAccess, rooms.events).mount(management);
        new ApplicationLookRoutes(rooms.database, rooms.applicationLooks).mount(management);
        new CeilingRoutes(rooms.database, rooms.consentSettings).mount(management);
        new CimdConfigRoutes(rooms.database, rooms.clientDocuments).mount(management);
        new RegistrationConfigRoutes(rooms.database, rooms.registration, rooms.ids, rooms.clock).mount(management);
    }

    private void manageOrganizations(Routes management) {
        new OrganizationRoutes(rooms.database, rooms.organizations, rooms.users, rooms.applications).mount(management);
        new TemplateRoutes(rooms.database, rooms.organizationTemplate).mount(management);
        new JitRoutes(
                        rooms.database,
                        rooms.organizations,
                        rooms.organizationTemplate,
                        rooms.ssoConnectors,
                        rooms.events)
                .mount(management);
        new InvitationRoutes(rooms.database, rooms.invitations, rooms.organizations, rooms.users, rooms.messages)
                .mount(management);
    }

    private void manageSignIn(Routes open, Routes management) {
        SignInExperienceRoutes signInExperience = new SignInExperienceRoutes(
                rooms.database,
                rooms.users,
                rooms.passwords,
                rooms.breachedPasswords,
                rooms.signInExperiences,
                rooms.looks,
                rooms.ssoConnectors);
        signInExperience.mount(management);
        signInExperience.mountOpen(open);
        new CustomUiRoutes(rooms.database, rooms.customUi, rooms.events).mount(management);
        new SsoConnectorRoutes(rooms.database, rooms.ssoConnectors, rooms.ssoConfigs, rooms.ssoTests, tenants::origin)
                .mount(management);
    }

    /** Applications call it from their own pages, with their users' tokens. */
    private void mountAccount(Routes open) {
        Routes account = open.with(Endpoints::challenged);
        AccountAccess access = new AccountAccess(this::accountCaller);
        new ProviderTokenRoutes(access, rooms.ssoTokens, rooms.experience::offersSso, rooms.clock).mount(account);
        new MySessionRoutes(access, rooms.userSessions, rooms.verificationRecords, rooms.database).mount(account);
        new PasswordVerificationRoutes(
                        access,
                        rooms::requirePassword,
                        rooms.users,
                        rooms.verificationRecords,
                        rooms.events,
                        rooms.database)
                .mount(account);
    }

    private Optional<AccountCaller> accountCaller(Request request, boolean isDpop, String value) {
        String tenant = request.tenant();
        return rooms.accessTokens.find(tenant, value).flatMap(token -> rooms.applications
                .find(tenant, token.clientId())
                .map(client -> {
                    rooms.constraint.check(request, client, isDpop, token, value);
                    return new AccountCaller(
                            token.user().id(),
                            token.clientId(),
                            token.sessionUid(),
                            client.isThirdParty(),
                            token.scopes());
                }));
    }

    /** A token that is bound to a key is refused in the words of OAuth: its client has to learn a nonce from them. */
    private static Response challenged(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (OAuthException refusal) {
            return OAuthErrors.render(request, refusal);
        }
    }

    private void mountOidc(OidcRoutes oidc) {
        new DiscoveryRoutes(tenants, rooms.keys, rooms.registration::isOn, rooms.clientDocuments::isOn).mount(oidc);
        new AuthorizeRoutes(rooms.authorize, rooms.resume, rooms.pushedRequests, rooms.database).mount(oidc.plain());
        rooms.pushedRequests.mount(oidc.forClients());
        new DeviceRoutes(rooms.clients, rooms.deviceRequests, rooms.deviceCodes, rooms.devices, rooms.events)
                .mount(oidc);
        new LogoutRoutes(rooms.logout).mount(oidc.plain());
        new RegistrationRoutes(rooms.registration, rooms.events, tenants).mount(oidc);
        new TokenRoutes(
                        rooms.clients,
                        rooms.proofs,
                        new TokenRoutes.Parts(
                                rooms.database,
                                rooms.events,
                                rooms.clock,
                                rooms.resources,
                                rooms.roles,
                                rooms.organizationAccess,
                                rooms.consentOrganizations,
                                rooms.grants,
                                rooms.codes,
                                rooms.deviceCodes,
                                rooms.accessTokens,
                                rooms.refreshTokens,
                                rooms.idTokens,
                                rooms.issuedTokens,
                                rooms.userGate,
                                rooms.ceiling,
                                rooms.subjects,
                                rooms.customClaims))
                .mount(oidc);
        new UserinfoRoutes(
                        rooms.database, rooms.accessTokens, rooms.applications, tenants, rooms.claims, rooms.constraint)
                .mount(oidc);
        new IntrospectionRoutes(rooms.clients, rooms.issuedTokens, tenants, rooms.events).mount(oidc);
        new RevocationRoutes(rooms.clients, rooms.database, rooms.issuedTokens, rooms.grants, rooms.events).mount(oidc);
    }
}
