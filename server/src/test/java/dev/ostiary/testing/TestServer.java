package dev.ostiary.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
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
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The whole program on free ports over a database of its own, with a clock that tests may move. Start one a test class
 * ({@code @BeforeAll}), close it at the end; a second one over {@link #database()} is a second node.
 */
public final class TestServer implements AutoCloseable {
    private static final Secret KEK = new Secret("b3N0aWFyeS10ZXN0LWtlay1vZi0zMi1ieXRlcy0wMSE=");

    private static final int POOL = 8;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final App app;
    private final MovableClock clock;
    private final TestPostgres.Database database;
    private final int port;

    private TestServer(App app, MovableClock clock, TestPostgres.Database database, int port) {
        this.app = app;
        this.port = port;
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
        return start(database, bootstrap, Optional.empty(), Optional.empty(), 0, POOL);
    }

    /**
     * Another node over a database, that has read nothing yet.
     *
     * @param pool connections; one of them listens
     */
    public static TestServer cold(TestPostgres.Database database, int pool) {
        return start(database, BootstrapCredentials.none(), Optional.empty(), Optional.empty(), 0, pool);
    }

    /** Behind a proxy whose forwarding headers are believed: {@code https://id.example}, {@code https://admin.example}. */
    public static TestServer behindProxy() {
        return behindProxies(1);
    }

    /** Behind so many in a row. */
    public static TestServer behindProxies(int hops) {
        return start(
                TestPostgres.freshDatabase(),
                BootstrapCredentials.none(),
                Optional.of(URI.create("https://id.example")),
                Optional.of(URI.create("https://admin.example")),
                hops,
                POOL);
    }

    private static TestServer start(
            TestPostgres.Database database,
            BootstrapCredentials bootstrap,
            Optional<URI> endpoint,
            Optional<URI> adminEndpoint,
            int proxyHops,
            int pool) {
        MovableClock clock = new MovableClock();
        int port = freePort();
        Config config = new Config(
                "127.0.0.1",
                port,
                endpoint,
                freePort(),
                adminEndpoint,
                Optional.of(new DatabaseUrl(database.jdbcUrl(), database.user(), new Secret(database.password()))),
                pool,
                Path.of("target"),
                proxyHops,
                Optional.empty(),
                Optional.of(KEK),
                new Outgoing(OutboundRules.strict().allowing(List.of("127.0.0.0/8", "localhost")), Optional.empty()),
                Duration.ZERO,
                Optional.empty(),
                bootstrap);
        try {
            return new TestServer(App.start(config, clock, Ids.secure()), clock, database, port);
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

    /** Where the default tenant is listened for, whatever its public origin is. */
    public int port() {
        return port;
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

    /** A token as a client verifies it that knows nothing but what is published: with the key and the algorithm it names. */
    public SignedJWT verified(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWK key = JWKSet.parse(browser().get("/oidc/jwks").text())
                    .getKeyByKeyId(jwt.getHeader().getKeyID());
            PublicKey published = ((AsymmetricJWK) key).toPublicKey();
            if (!jwt.verify(new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), published))) {
                throw new AssertionError("The signature does not verify: " + jwt.getHeader());
            }
            return jwt;
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * One that nobody listens on, and that was not given before. Below those that the system gives to connections: between
     * here and its use one of the other half of the tests would get it.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return port;
                }
            } catch (IOException taken) {
                // by somebody else: another one
            }
        }
    }

    @Override
    public void close() {
        app.close();
    }
}
