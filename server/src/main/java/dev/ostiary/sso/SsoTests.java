package dev.ostiary.sso;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Tries of a connection: an administrator gets a ticket, opens it in a browser, signs in at the provider, and sees what
 * the provider tells. Nobody is signed in by it, and no user is made. A ticket is good once, for five minutes, and what
 * follows belongs to the browser that has opened it.
 */
public final class SsoTests {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    /** Tells the answer to a test from the answer to a sign-in. */
    private static final String STATE_PREFIX = "test.";

    private final Database database;
    private final SsoConnectors connectors;
    private final SsoSignIn signIn;
    private final Ids ids;
    private final Clock clock;

    public SsoTests(Database database, SsoConnectors connectors, SsoSignIn signIn, Ids ids, Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.signIn = signIn;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A test that has been opened.
     *
     * @param cookie for the browser, to be brought back with the answer; good for as long as the test
     */
    public record Opened(URI authorizationUri, String cookie, Duration lifetime) {}

    /** What the provider told, and through which connector. */
    public record Finished(SsoConnector connector, SsoProfile profile) {}

    /**
     * @return the ticket: a bearer value, for one browser
     * @throws AppException 404 {@code connector.not_found} for a draft, or a protocol that cannot sign in yet
     */
    public String start(String tenant, SsoConnector connector) {
        signIn.protocol(connector);
        String ticket = ids.token();
        database.run(
                tenant,
                tx -> SsoTestStore.insert(
                        tx, ticket, connector.id(), clock.instant().plus(LIFETIME)));
        return ticket;
    }

    /** The connector that this ticket must be for is the one of the page's address. */
    public Opened open(String tenant, String connectorId, String ticket, String redirectUri) {
        String state = STATE_PREFIX + ids.token();
        String cookie = ids.token();
        Optional<String> opened =
                database.write(tenant, tx -> SsoTestStore.open(tx, ticket, state, cookie, clock.instant()));
        SsoConnector connector = opened.filter(connectorId::equals)
                .flatMap(id -> connectors.find(tenant, id))
                .orElseThrow(SsoError.TEST_EXPIRED::exception);
        Departure departure = signIn.protocol(connector)
                .depart(new Departing(tenant, connector, state, redirectUri, Optional.empty()));
        database.run(tenant, tx -> SsoTestStore.keep(tx, state, departure.kept()));
        return new Opened(departure.authorizationUri(), cookie, LIFETIME);
    }

    /** Whether a callback answers a test. */
    public static boolean isTest(String state) {
        return state.startsWith(STATE_PREFIX);
    }

    /**
     * Reads the provider's answer, once.
     *
     * @param connectorId of the callback's address
     * @param cookie of the browser that brings the answer
     * @throws AppException 400 {@code single_sign_on.test_expired}, or {@code connector.*} as {@link SsoProtocol#arrive}
     */
    public Finished finish(String tenant, String connectorId, String state, String cookie, Map<String, String> answer) {
        SsoTestStore.Row row = database.write(tenant, tx -> SsoTestStore.take(tx, state, cookie, clock.instant()))
                .filter(taken -> taken.connectorId().equals(connectorId))
                .orElseThrow(SsoError.TEST_EXPIRED::exception);
        SsoConnector connector =
                connectors.find(tenant, row.connectorId()).orElseThrow(SsoError.TEST_EXPIRED::exception);
        SsoProfile profile = signIn.protocol(connector).arrive(connector, tenant, row.kept(), answer);
        return new Finished(connector, profile);
    }
}
