package dev.ostiary.events;

import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedInsert;
import dev.ostiary.db.Tx;
import java.util.List;

/** Where rooms tell what happened. Nothing is lost once the request is answered. */
public final class Events implements AutoCloseable {
    /** Stores events; all of them by one statement. */
    @FunctionalInterface
    public interface Sink {
        void store(Tx tx, List<Event> events);
    }

    private final Sink sink;
    private final GroupedInsert<Event> grouped;

    public Events(Database database, Sink sink) {
        this.sink = sink;
        this.grouped = new GroupedInsert<>("events", database, sink::store);
    }

    /** Durable with the transaction, gone with its rollback. */
    public void publish(Tx tx, Event event) {
        sink.store(tx, List.of(event));
    }

    /** The same for several, by one statement. */
    public void publish(Tx tx, List<Event> events) {
        if (!events.isEmpty()) {
            sink.store(tx, events);
        }
    }

    /** Durable when this returns; many at once share a commit. For refusals and where there is no transaction. */
    public void publish(String tenant, Event event) {
        grouped.add(tenant, event);
    }

    @Override
    public void close() {
        grouped.close();
    }
}
