package dev.ostiary.db;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/**
 * Durable small writes in few commits: callers wait, a writer takes what has gathered meanwhile and writes it by one
 * statement a tenant. A row is on disk when {@link #add} returns; a burst costs as many commits as the disk can do.
 *
 * <p>Two writers: while one waits for the disk the other gathers.
 */
public final class GroupedInsert<T> implements AutoCloseable {
    private static final int MOST = 500;
    private static final int WRITERS = 2;

    private record Waiting<T>(String tenant, T row, CompletableFuture<Void> done) {}

    private final Database database;
    private final BiConsumer<Tx, List<T>> insert;
    private final LinkedBlockingQueue<Waiting<T>> queue = new LinkedBlockingQueue<>();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean closed;

    /** @param insert writes all rows by one statement */
    public GroupedInsert(String name, Database database, BiConsumer<Tx, List<T>> insert) {
        this.database = database;
        this.insert = insert;
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofVirtual().name(name, i).start(this::drain));
        }
    }

    /** Returns when the row is durable; throws what the statement threw. Not inside a transaction. */
    public void add(String tenant, T row) {
        OneConnection.demandNone();
        if (closed) {
            throw new IllegalStateException("closed");
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        queue.add(new Waiting<>(tenant, row, done));
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void drain() {
        List<Waiting<T>> taken = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                taken.add(queue.take());
            } catch (InterruptedException e) {
                continue;
            }
            queue.drainTo(taken, MOST - 1);
            Map<String, List<Waiting<T>>> byTenant = new LinkedHashMap<>();
            taken.forEach(w ->
                    byTenant.computeIfAbsent(w.tenant, t -> new ArrayList<>()).add(w));
            byTenant.forEach(this::write);
            taken.clear();
        }
    }

    private void write(String tenant, List<Waiting<T>> group) {
        try {
            database.writeOne(tenant, tx -> {
                insert.accept(tx, group.stream().map(Waiting::row).toList());
                return true;
            });
            group.forEach(w -> w.done.complete(null));
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.getFirst().done.completeExceptionally(e);
            } else {
                // One bad row must not fail its neighbours: each again alone.
                group.forEach(w -> write(tenant, List.of(w)));
            }
        }
    }

    /** Writes what is waiting, then stops. */
    @Override
    public void close() {
        closed = true;
        writers.forEach(Thread::interrupt);
        try {
            for (Thread writer : writers) {
                writer.join(5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
