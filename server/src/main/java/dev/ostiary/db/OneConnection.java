package dev.ostiary.db;

import org.jspecify.annotations.Nullable;

/**
 * Whoever holds a connection and waits for a second one may wait for ever: with a pool of N, N of them wait for each
 * other. Tests run with the property {@code ostiary.db.oneConnection}, and there the attempt itself is a failure,
 * whether the pool had one more or not. Costs nothing without it.
 */
final class OneConnection {
    private static final boolean DEMANDED = Boolean.getBoolean("ostiary.db.oneConnection");
    private static final ThreadLocal<@Nullable Boolean> HELD = new ThreadLocal<>();

    private OneConnection() {}

    /** Does the work, on a thread that is known to hold a connection meanwhile. */
    static <T> T during(Database.Work<T> work, Tx tx) {
        if (!DEMANDED) {
            return work.apply(tx);
        }
        HELD.set(true);
        try {
            return work.apply(tx);
        } finally {
            HELD.remove();
        }
    }

    /** @throws IllegalStateException where the property is set, if this thread holds a connection already */
    static void demandNone() {
        if (DEMANDED && HELD.get() != null) {
            throw new IllegalStateException(
                    "A second connection is asked for by who holds one: in a full pool they would wait for each other");
        }
    }
}
