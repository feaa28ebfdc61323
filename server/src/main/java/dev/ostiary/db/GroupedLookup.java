package dev.ostiary.db;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups by key of many callers at once, as one statement a tenant: what PostgreSQL spends on a statement is shared by
 * all who wait. A caller who is alone asks at once and on its own thread; who comes meanwhile is taken along by the next
 * statement. Each answer is read after its question was asked, so nobody gets what was true before.
 */
public final class GroupedLookup<V> {
    private static final int MOST = 100;

    /** Statements under way at a time: enough for every core, few enough that questions gather. */
    private static final int LEADERS = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

    private final Database database;
    private final Finder<V> finder;
    private final ConcurrentLinkedQueue<Waiting<V>> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore leaders = new Semaphore(LEADERS);

    /** What is found, by the key as it was asked for; keys that nothing has are left out. */
    @FunctionalInterface
    public interface Finder<V> {
        Map<String, V> find(Tx tx, List<String> keys);
    }

    private record Waiting<V>(String tenant, String key, CompletableFuture<@Nullable V> answer) {}

    /** @param finder one statement, whatever the number of keys; they differ from each other */
    public GroupedLookup(Database database, Finder<V> finder) {
        this.database = database;
        this.finder = finder;
    }

    /** Throws what the statement threw. Not inside a transaction: it takes a connection of its own. */
    public Optional<V> find(String tenant, String key) {
        OneConnection.demandNone();
        Waiting<V> own = new Waiting<>(tenant, key, new CompletableFuture<>());
        queue.add(own);
        while (!own.answer.isDone() && lead()) {
            // until somebody has answered the own question
        }
        if (!queue.isEmpty()) {
            // Others came meanwhile, and found all leaders busy: their wait shall not depend on who comes next.
            Thread.startVirtualThread(() -> {
                while (lead()) {
                    // until there is nothing left, or others lead
                }
            });
        }
        try {
            return Optional.ofNullable(own.answer.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Answers some of those who wait. False if there is nobody, or all leaders are busy: they look again when done. */
    private boolean lead() {
        if (queue.isEmpty() || !leaders.tryAcquire()) {
            return false;
        }
        try {
            Map<String, List<Waiting<V>>> byTenant = new LinkedHashMap<>();
            for (int i = 0; i < MOST; i++) {
                Waiting<V> next = queue.poll();
                if (next == null) {
                    break;
                }
                byTenant.computeIfAbsent(next.tenant, t -> new ArrayList<>()).add(next);
            }
            byTenant.forEach(this::answer);
        } finally {
            leaders.release();
        }
        return true;
    }

    private void answer(String tenant, List<Waiting<V>> group) {
        List<String> keys = group.stream().map(Waiting::key).distinct().collect(Collectors.toList());
        try {
            Map<String, V> found = database.read(tenant, tx -> finder.find(tx, keys));
            group.forEach(one -> one.answer.complete(found.get(one.key)));
        } catch (RuntimeException | Error e) {
            group.forEach(one -> one.answer.completeExceptionally(e));
        }
    }
}
