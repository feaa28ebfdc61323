package dev.ostiary.events;

import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedInsert;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import java.util.List;
import java.util.Map;

/** Where rooms tell what happened. Nothing is lost once the request is answered. */
public final class Events implements AutoCloseable {
    /** Stores events, by a statement of its own or as a part of another. */
    public interface Sink {
        /**
         * Stores any number of them: an {@code INSERT … SELECT … FROM …} without a condition, of rows {@code e} with their
         * {@code position}, counted from 1. Its parameters are {@code :tenant} and such as begin with {@code event}.
         */
        String insert();

        /** Those parameters. */
        Map<String, Object> values(List<Event> events);
    }

    private final Sink sink;
    private final HotSql insert;
    private final GroupedInsert<Event> grouped;

    public Events(Database database, Sink sink) {
        this.sink = sink;
        this.insert = HotSql.of(sink.insert());
        this.grouped = new GroupedInsert<>("events", database, this::publish);
    }

    /** Durable with the transaction, gone with its rollback. */
    public void publish(Tx tx, Event event) {
        publish(tx, List.of(event));
    }

    /** The same for several, by one statement. */
    public void publish(Tx tx, List<Event> events) {
        if (!events.isEmpty()) {
            insert.update(tx, sink.values(events));
        }
    }

    /**
     * For a statement that does more: it tells of what it has done itself, and is durable by one round trip.
     *
     * @param condition of events {@code e}, which have a {@code position} from 1; the others are not told
     */
    public String part(String condition) {
        return sink.insert() + " WHERE " + condition;
    }

    /** The parameters of a {@link #part}. */
    public Map<String, Object> values(List<Event> events) {
        return sink.values(events);
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
