package dev.ostiary.testing;

import dev.ostiary.app.App;
import dev.ostiary.app.Config;
import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.app.Config.DatabaseUrl;
import dev.ostiary.app.Config.Outgoing;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.StartFailure;
import dev.ostiary.net.OutboundRules;
import dev.ostiary.tenants.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole program on free ports over a database of its own, with a clock that tests may move. Start one a test class
 * ({@code @BeforeAll}), close it at the end; a second one over {@link #database()} is a second node.
 */
public final class TestServer implements AutoCloseable {
    private static final Secret KEK = new Secret("b3N0aWFyeS10ZXN0LWtlay1vZi0zMi1ieXRlcy0wMSE=");

    private final App app;
    private final MovableClock clock;
    private final TestPostgres.Database database;

    private TestServer(App app, MovableClock clock, TestPostgres.Database database) {
        this.app = app;
        this.clock = clock;
        this.database = database;
    }

    public static TestServer start() {
        return start(TestPostgres.freshDatabase(), BootstrapCredentials.none());
    }

    public static TestServer start(BootstrapCredentials bootstrap) {
        return start(TestPostgres.freshDatabase(), bootstrap);
    }

    /** A node over a database that may have been used before. */
    public static TestServer start(TestPostgres.Database database, BootstrapCredentials bootstrap) {
        MovableClock clock = new MovableClock();
        Config config = new Config(
                "127.0.0.1",
                freePort(),
                Optional.empty(),
                freePort(),
                Optional.empty(),
                Optional.of(new DatabaseUrl(database.jdbcUrl(), database.user(), new Secret(database.password()))),
                8,
                Path.of("target"),
                false,
                Optional.empty(),
                Optional.of(KEK),
                new Outgoing(OutboundRules.strict().allowing(List.of("127.0.0.0/8", "localhost")), Optional.empty()),
                Optional.empty(),
                bootstrap);
        try {
            return new TestServer(App.start(config, clock, Ids.secure()), clock, database);
        } catch (StartFailure e) {
            throw new UncheckedIOException(e);
        }
    }

    public App app() {
        return app;
    }

    public MovableClock clock() {
        return clock;
    }

    public TestPostgres.Database database() {
        return database;
    }

    /** Origin of the default tenant. */
    public String origin() {
        return app.origin(Tenants.DEFAULT);
    }

    /** Origin of the admin tenant. */
    public String adminOrigin() {
        return app.origin(Tenants.ADMIN);
    }

    /** A visitor with a cookie jar of their own. */
    public TestBrowser browser() {
        return new TestBrowser(origin());
    }

    /** A client of the default tenant's Management API that may do everything. */
    public TestApi api() {
        return new TestApi(new TestBrowser(origin()), managementToken(Tenants.DEFAULT));
    }

    /** A client of the admin tenant's Management API. */
    public TestApi adminApi() {
        return new TestApi(new TestBrowser(adminOrigin()), managementToken(Tenants.ADMIN));
    }

    public String managementToken(String tenant) {
        return managementToken(tenant, Map.of());
    }

    /** @param claims laid over those of an honest token */
    public String managementToken(String tenant, Map<String, Object> claims) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("jti", Ids.secure().token());
        all.put("sub", "test-machine");
        all.put("client_id", "test-machine");
        all.put("iss", app.origin(tenant) + "/oidc");
        all.put("aud", "https://" + tenant + ".logto.app/api");
        all.put("scope", "all");
        all.put("iat", now);
        all.put("exp", now + 3600);
        all.putAll(claims);
        return app.keys().signer(tenant).sign("at+jwt", all);
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        app.close();
    }
}
