package dev.ostiary.events;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every node what has changed, over PostgreSQL's LISTEN and NOTIFY: delivered when the transaction commits, not at
 * all when it is rolled back. The node that made the change hears of it before {@code write} returns.
 *
 * <p>While the listening connection is down nothing is trusted: caches are emptied and bypassed until it is back.
 */
public final class Changes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Changes.class);
    private static final String CHANNEL = "ostiary_changes";
    private static final int POLL_MILLIS = 200;
    private static final int PROBE_EVERY = 10;
    private static final String SEPARATOR = "\u001f";

    /** Hears of changes. */
    interface Listener {
        void changed(String topic, String tenant, String key);

        void forgetAll();
    }

    private final Database database;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean listening;
    private volatile boolean closed;

    public Changes(Database database) {
        this.database = database;
        this.thread = Thread.ofVirtual().name("changes").unstarted(this::listen);
    }

    public void start() {
        thread.start();
    }

    /** @param key what of the topic; an application's id, say */
    public void announce(Tx tx, String topic, String key) {
        String payload = topic + SEPARATOR + tx.tenant() + SEPARATOR + key;
        tx.query("SELECT pg_notify(:channel, :payload)")
                .bind("channel", CHANNEL)
                .bind("payload", payload)
                .mapTo(String.class)
                .list();
        String tenant = tx.tenant();
        tx.afterCommit(() -> listeners.forEach(l -> l.changed(topic, tenant, key)));
    }

    /** Whether changes made by other nodes are heard now. */
    boolean isListening() {
        return listening;
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                listeners.forEach(Listener::forgetAll);
                listening = true;
                try {
                    PGConnection postgres = connection.unwrap(PGConnection.class);
                    for (int waits = 1; !closed; waits++) {
                        deliver(postgres.getNotifications(POLL_MILLIS));
                        if (waits % PROBE_EVERY == 0) {
                            // Waiting alone does not notice a connection that is gone.
                            statement.execute("SELECT 1");
                        }
                    }
                } finally {
                    listening = false;
                    listeners.forEach(Listener::forgetAll);
                    statement.execute("UNLISTEN *");
                }
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    log.warn("Not listening for changes, caches are bypassed: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void deliver(PGNotification[] heard) {
        if (heard == null) {
            return;
        }
        for (PGNotification notification : heard) {
            String[] parts = notification.getParameter().split(SEPARATOR, 3);
            if (parts.length == 3) {
                listeners.forEach(l -> l.changed(parts[0], parts[1], parts[2]));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
