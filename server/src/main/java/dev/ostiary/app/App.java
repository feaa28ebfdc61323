package dev.ostiary.app;

import dev.ostiary.applications.Applications;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.CryptoProviders;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.EmbeddedPostgres;
import dev.ostiary.db.Migrations;
import dev.ostiary.db.PostgresCheck;
import dev.ostiary.db.StartFailure;
import dev.ostiary.events.Changes;
import dev.ostiary.http.Certificates;
import dev.ostiary.http.Cors;
import dev.ostiary.http.ErrorRenderer;
import dev.ostiary.http.HttpServer;
import dev.ostiary.http.HttpServer.Listener;
import dev.ostiary.http.Operation;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Router;
import dev.ostiary.jobs.ExpiredRows;
import dev.ostiary.jobs.Job;
import dev.ostiary.jobs.Jobs;
import dev.ostiary.keys.Keys;
import dev.ostiary.messages.Messages;
import dev.ostiary.oidc.cimd.ClientDocuments;
import dev.ostiary.oidc.registration.UnusedClients;
import dev.ostiary.organizations.Organizations;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoIdentities;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.Users;
import io.helidon.common.tls.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

    private static final Map<String, String> NEVER_KEPT = Map.of("Cache-Control", "no-store");

    /** When a row is over, by table: then it is removed. */
    static final Map<String, String> EXPIRY_COLUMNS = Map.ofEntries(
            Map.entry("interactions", "expires_at"),
            Map.entry("sso_tests", "expires_at"),
            Map.entry("subject_tokens", "expires_at"),
            Map.entry("sessions", "expires_at"),
            Map.entry("authorization_codes", "expires_at"),
            Map.entry("pushed_requests", "expires_at"),
            Map.entry("used_jtis", "expires_at"),
            Map.entry("device_codes", "expires_at"),
            Map.entry("device_asks", "expires_at"),
            Map.entry("access_tokens", "expires_at"),
            Map.entry("refresh_tokens", "expires_at"),
            Map.entry("grants", "expires_at"),
            Map.entry("logout_notices", "expires_at"),
            Map.entry("message_sends", "expires_at"),
            Map.entry("custom_ui_assets", "expires_at"),
            Map.entry("verification_records", "expires_at"),
            Map.entry("failed_attempts", "window_ends_at"),
            Map.entry("registration_attempts", "window_ends_at"));

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
                Map.of(Tenants.DEFAULT, config.origin(), Tenants.ADMIN, config.adminOrigin()), config.proxyHops());
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
            new Endpoints(config, tenants, rooms, router).mount();
            rooms.changes.start();
            rooms.logoutDelivery.start();
            opened(new Jobs(database, clock, jobs(rooms, clock))).start();
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

    private static List<Job> jobs(Rooms rooms, Clock clock) {
        return List.of(
                new ExpiredRows(EXPIRY_COLUMNS, clock),
                new UnusedClients(rooms.registeredApplications, rooms.events, clock),
                new FoldCounts("fold-user-counts", Users::foldCounts),
                new FoldCounts("fold-holder-counts", Roles::foldCounts),
                new FoldCounts("fold-member-counts", Organizations::foldCounts));
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

    /** What every answer passes through, whichever room it comes from. */
    private Response serve(Request request) {
        Response response = request.path().startsWith("/api/")
                ? new Cors((r, origin) -> isOwnOrigin(origin) || isAboutOneself(r.path())).filter(request, this::route)
                : rooms.pages.dress(request, route(request));
        if (isPersonal(request.path())) {
            response = response.withDefaults(NEVER_KEPT);
        }
        return response.withDefaults(isFramed(response) ? FRAMED_HEADERS : SECURITY_HEADERS);
    }

    /** What applications call from their own pages, with the tokens of their users. */
    private static boolean isAboutOneself(String path) {
        return path.equals("/api/my-account")
                || path.startsWith("/api/my-account/")
                || path.startsWith("/api/verifications/");
    }

    /** What the API says is for who asked, refusals too: no cache on the way keeps it for the next one (CH1). */
    private static boolean isPersonal(String path) {
        return path.startsWith("/api/") && !path.startsWith("/api/.well-known/") && !path.equals("/api/swagger.json");
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

    /** Every route there is, for tests that walk them all. */
    public List<Operation> operations() {
        return router.operations();
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

    public Roles roles() {
        return rooms.roles;
    }

    public SsoConnectors ssoConnectors() {
        return rooms.ssoConnectors;
    }

    public Messages messages() {
        return rooms.messages;
    }

    public SsoIdentities ssoIdentities() {
        return rooms.ssoIdentities;
    }

    public Database database() {
        return rooms.database;
    }

    public Changes changes() {
        return rooms.changes;
    }

    public Duration sessionLifetime(String tenant) {
        return rooms.database.read(tenant, rooms.sessionLifetimes::of);
    }

    public ClientDocuments clientDocuments() {
        return rooms.clientDocuments;
    }

    public UnusedClients unusedClients() {
        return new UnusedClients(rooms.registeredApplications, rooms.events, rooms.clock);
    }

    public Sealer sealer() {
        return rooms.sealer;
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
