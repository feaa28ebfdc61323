package dev.ostiary.app;

import dev.ostiary.account.AccountAccess;
import dev.ostiary.account.AccountCaller;
import dev.ostiary.account.ProviderTokenRoutes;
import dev.ostiary.applications.ApplicationRoutes;
import dev.ostiary.applications.Applications;
import dev.ostiary.audit.LogRoutes;
import dev.ostiary.base.Ids;
import dev.ostiary.console.ConsoleRoutes;
import dev.ostiary.crypto.CryptoProviders;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.EmbeddedPostgres;
import dev.ostiary.db.Migrations;
import dev.ostiary.db.PostgresCheck;
import dev.ostiary.db.StartFailure;
import dev.ostiary.experience.ExperienceRoutes;
import dev.ostiary.experience.SignInExperienceRoutes;
import dev.ostiary.http.Certificates;
import dev.ostiary.http.Cors;
import dev.ostiary.http.ETags;
import dev.ostiary.http.ErrorRenderer;
import dev.ostiary.http.HttpServer;
import dev.ostiary.http.HttpServer.Listener;
import dev.ostiary.http.OwnSite;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Router;
import dev.ostiary.http.Routes;
import dev.ostiary.jobs.ExpiredRows;
import dev.ostiary.jobs.Job;
import dev.ostiary.jobs.Jobs;
import dev.ostiary.keys.Keys;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.authorize.AuthorizeRoutes;
import dev.ostiary.oidc.authorize.ConsentRoutes;
import dev.ostiary.oidc.discovery.DiscoveryRoutes;
import dev.ostiary.oidc.grants.TokenRoutes;
import dev.ostiary.oidc.introspection.IntrospectionRoutes;
import dev.ostiary.oidc.introspection.RevocationRoutes;
import dev.ostiary.oidc.logout.LogoutRoutes;
import dev.ostiary.oidc.userinfo.UserinfoRoutes;
import dev.ostiary.resources.ResourceRoutes;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.HolderRoutes;
import dev.ostiary.roles.RoleRoutes;
import dev.ostiary.sso.SsoConnectorRoutes;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoIdentities;
import dev.ostiary.sso.UserSsoIdentityRoutes;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.UserRoutes;
import dev.ostiary.users.Users;
import io.helidon.common.tls.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The running program: opens the database, builds the {@link Rooms}, mounts their routes, listens.
 */
public final class App implements AutoCloseable {
    private static final Map<String, String> SECURITY_HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "SAMEORIGIN",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Strict-Transport-Security", "max-age=31536000");
    private static final Map<String, String> FRAMED_HEADERS = SECURITY_HEADERS.entrySet().stream()
            .filter(header -> !header.getKey().equals("X-Frame-Options"))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final Parts parts;

    private final Config config;
    private final Tenants tenants;
    private final Rooms rooms;
    private final Router router = new Router();

    /** Starts everything; when this returns, requests are served. */
    public static App start(Config config) throws StartFailure {
        return start(config, new Parts());
    }

    /** As {@link #start(Config)}; closing the parts ends it, during the start too. */
    static App start(Config config, Parts parts) throws StartFailure {
        return new App(config, Clock.systemUTC(), Ids.secure(), parts);
    }

    /** As {@link #start(Config)}, with the given time and chance. */
    public static App start(Config config, Clock clock, Ids ids) throws StartFailure {
        return new App(config, clock, ids, new Parts());
    }

    private App(Config config, Clock clock, Ids ids, Parts parts) throws StartFailure {
        this.config = config;
        this.parts = parts;
        // takes a third of a second, as long as PostgreSQL takes to start
        FutureTask<String> crypto = new FutureTask<>(CryptoProviders::install);
        Thread.ofPlatform().daemon().name("crypto").start(crypto);
        this.tenants = new Tenants(
                Map.of(Tenants.DEFAULT, config.origin(), Tenants.ADMIN, config.adminOrigin()),
                config.trustProxyHeader());
        try {
            List<Listener> listeners = listeners();
            HttpServer.requireFree(listeners);
            Database.Settings settings = databaseSettings();
            await(crypto);
            Sealer sealer = Vault.open(config.keyEncryptionKey(), config.dataDir());
            Migrations.run(settings);
            Database database = opened(new Database(settings));
            this.rooms = opened(new Rooms(database, tenants, sealer, config.outgoing(), clock, ids));
            Seed seed = new Seed(rooms);
            seed.plant(config.bootstrap());
            rooms.experience.afterRegister(seed::afterRegistration);
            mount();
            rooms.changes.start();
            opened(new Jobs(database, clock, jobs(clock))).start();
            opened(new HttpServer(listeners, tenants::resolve, this::serve));
            // The first hash loads a native library: not while the first visitor waits.
            Thread.startVirtualThread(rooms.hasher::implementation);
        } catch (StartFailure | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** No stored key is read before: it would stay with the slower provider. */
    private static void await(Future<String> crypto) {
        try {
            LoggerFactory.getLogger(App.class).debug("Cryptography by {}", crypto.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Parts.Stopped();
        }
    }

    private static List<Job> jobs(Clock clock) {
        Map<String, String> expiryColumns = Map.of(
                "interactions", "expires_at",
                "sso_tests", "expires_at",
                "sessions", "expires_at",
                "authorization_codes", "expires_at",
                "pushed_requests", "expires_at",
                "access_tokens", "expires_at",
                "refresh_tokens", "expires_at",
                "grants", "expires_at",
                "failed_attempts", "window_ends_at");
        return List.of(new ExpiredRows(expiryColumns, clock), new FoldUserCounts());
    }

    private Database.Settings databaseSettings() throws StartFailure {
        if (config.database().isPresent()) {
            Config.DatabaseUrl url = config.database().get();
            Database.Settings settings = new Database.Settings(
                    url.jdbcUrl(), url.user(), url.password().reveal(), config.databasePoolSize());
            PostgresCheck.run(settings);
            return settings;
        }
        // the launcher names a folder of PostgreSQL's programs that many data folders may share
        String programs = System.getProperty("ostiary.postgres.programs");
        EmbeddedPostgres postgres = opened(
                programs == null
                        ? EmbeddedPostgres.start(config.dataDir())
                        : EmbeddedPostgres.start(config.dataDir(), Path.of(programs)));
        return new Database.Settings(
                postgres.jdbcUrl(), postgres.user(), postgres.password(), config.databasePoolSize());
    }

    private void mount() {
        Routes root = router.routes();
        Routes open = root.under("/api").with(ETags::filter);
        Routes management = open.with(rooms.access::filter);
        Routes ownPages = open.with(new OwnSite(tenants::origin)::filter);

        new StatusRoutes(rooms.database, config.statusApiKey()).mount(open);
        new WellKnownRoutes(tenants, router).mount(open);
        new UserRoutes(rooms.database, rooms.users, rooms.passwords, rooms::requirePassword, rooms.ssoIdentities::views)
                .mount(management);
        new SsoConnectorRoutes(rooms.database, rooms.ssoConnectors, rooms.ssoConfigs, rooms.ssoTests, tenants::origin)
                .mount(management);
        new UserSsoIdentityRoutes(rooms.database, rooms.users, rooms.ssoIdentities).mount(management);
        SignInExperienceRoutes signInExperience = new SignInExperienceRoutes(
                rooms.database,
                rooms.users,
                rooms.passwords,
                rooms.breachedPasswords,
                rooms.signInExperiences,
                rooms.ssoConnectors);
        signInExperience.mount(management);
        signInExperience.mountOpen(open);
        new ResourceRoutes(rooms.database, rooms.resources).mount(management);
        new ApplicationRoutes(
                        rooms.database, rooms.applications, rooms.events, rooms.roles::isAdmin, rooms.roles::markAdmin)
                .mount(management);
        new RoleRoutes(rooms.database, rooms.roles, rooms.resources).mount(management);
        new HolderRoutes(rooms.database, rooms.roles, rooms.users, rooms.applications).mount(management);
        new ExperienceRoutes(rooms.experience).mount(ownPages);
        new LogRoutes(rooms.database).mount(management);
        new ConsentRoutes(rooms.consents, rooms.interactions, rooms.database).mount(ownPages);
        mountAccount(open);
        mountOidc(new OidcRoutes(root));
        rooms.pages.mount(root);
        new ConsoleRoutes(tenants).mount(root);
    }

    /** Applications call it from their own pages, with their users' tokens. */
    private void mountAccount(Routes open) {
        AccountAccess access = new AccountAccess((tenant, value) -> rooms.database
                .read(tenant, tx -> rooms.accessTokens.find(tx, value))
                .map(token -> new AccountCaller(token.user().id(), token.clientId(), token.scopes())));
        new ProviderTokenRoutes(access, rooms.ssoTokens, rooms.experience::offersSso, rooms.clock).mount(open);
    }

    private void mountOidc(OidcRoutes oidc) {
        new DiscoveryRoutes(tenants, rooms.keys).mount(oidc);
        new AuthorizeRoutes(rooms.authorize, rooms.resume, rooms.pushedRequests, rooms.database).mount(oidc.plain());
        rooms.pushedRequests.mount(oidc.forClients());
        new LogoutRoutes(rooms.logout).mount(oidc.plain());
        new TokenRoutes(
                        rooms.clients,
                        new TokenRoutes.Parts(
                                rooms.database,
                                rooms.events,
                                rooms.clock,
                                rooms.resources,
                                rooms.roles,
                                rooms.grants,
                                rooms.codes,
                                rooms.accessTokens,
                                rooms.refreshTokens,
                                rooms.idTokens,
                                rooms.issuedTokens))
                .mount(oidc);
        new UserinfoRoutes(rooms.database, rooms.accessTokens, rooms.applications, tenants, rooms.ssoIdentities::claims)
                .mount(oidc);
        new IntrospectionRoutes(rooms.clients, rooms.database, rooms.issuedTokens, tenants).mount(oidc);
        new RevocationRoutes(rooms.clients, rooms.database, rooms.issuedTokens, rooms.grants, rooms.events).mount(oidc);
    }

    /** What every answer passes through, whichever room it comes from. */
    private Response serve(Request request) {
        Response response = request.path().startsWith("/api/")
                ? new Cors((r, origin) -> isOwnOrigin(origin) || r.path().startsWith("/api/my-account/"))
                        .filter(request, this::route)
                : rooms.pages.dress(request, route(request));
        return response.withDefaults(isFramed(response) ? FRAMED_HEADERS : SECURITY_HEADERS);
    }

    /** A page whose policy names who may frame it: the older header could only forbid that. */
    private static boolean isFramed(Response response) {
        String policy = response.header("Content-Security-Policy");
        return policy != null && policy.contains("frame-ancestors http");
    }

    private Response route(Request request) {
        try {
            return router.handle(request);
        } catch (RuntimeException | Error e) {
            return ErrorRenderer.render(request, e);
        }
    }

    /** The console is served by one tenant and calls the API of another. */
    private boolean isOwnOrigin(String origin) {
        return tenants.ids().stream().anyMatch(id -> tenants.origin(id).equals(origin));
    }

    private List<Listener> listeners() throws StartFailure {
        try {
            InetAddress host = InetAddress.getByName(config.host());
            @Nullable
            Tls tls = config.https()
                    .map(https -> Certificates.read(https.certificate(), https.privateKey()))
                    .orElse(null);
            return List.of(
                    new Listener(Tenants.DEFAULT, host, config.port(), tls),
                    new Listener(Tenants.ADMIN, host, config.adminPort(), tls));
        } catch (UnknownHostException e) {
            throw new StartFailure("HOST " + config.host() + " is no address of this machine.", e);
        }
    }

    /** The public origin of a tenant. */
    public String origin(String tenant) {
        return tenants.origin(tenant);
    }

    /** Doors of rooms, for tests that look behind the API. */
    public Users users() {
        return rooms.users;
    }

    public Applications applications() {
        return rooms.applications;
    }

    public Resources resources() {
        return rooms.resources;
    }

    public SsoConnectors ssoConnectors() {
        return rooms.ssoConnectors;
    }

    public SsoIdentities ssoIdentities() {
        return rooms.ssoIdentities;
    }

    public Database database() {
        return rooms.database;
    }

    public Keys keys() {
        return rooms.keys;
    }

    private <T extends AutoCloseable> T opened(T part) {
        return parts.add(part);
    }

    /** Lets running requests finish, writes what waits, stops PostgreSQL if it is ours. */
    @Override
    public void close() {
        parts.close();
    }
}
