package dev.ostiary.scripts;

import dev.ostiary.net.Outbound;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs scripts of tenants (SC1 to SC3). A run ends after five seconds, or one of processor time, or with 32 MB of memory,
 * whatever the script does; a tenant whose scripts use all that is theirs holds up no other's. Waits for the network, so
 * it is never called while a transaction is open.
 */
public final class Scripts implements AutoCloseable {
    /** From the first line to the answer, waiting included. */
    public static final Duration MOST_TIME = Duration.ofMillis(5_000);

    /** Of the processor. */
    static final Duration MOST_WORK = Duration.ofMillis(1_000);

    private static final int MOST_AT_ONCE = 16;
    /** Who finds no place in this time gets no token with claims today: better than a queue that only grows. */
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** A script's recursion ends by the engine's own stack or by this one, whichever is smaller. */
    private static final int STACK_BYTES = 4_000_000;

    private final Outbound outbound;
    private final Clock clock;
    private final MemoryBudget memory = MemoryBudget.ofHeap();
    private final Places places =
            new Places(MOST_AT_ONCE, Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final ThreadPoolExecutor threads;

    public Scripts(Outbound outbound, Clock clock) {
        this.outbound = outbound;
        this.clock = clock;
        threads = new ThreadPoolExecutor(
                0, MOST_AT_ONCE, 20, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> Thread.ofPlatform()
                        .daemon()
                        .name("script")
                        .stackSize(STACK_BYTES)
                        .unstarted(work));
    }

    /** Always answers, in little more than {@link #MOST_TIME}. */
    public ScriptOutcome run(String tenant, ScriptCall call) {
        try {
            Optional<Places.Place> place = places.enter(tenant, PATIENCE);
            if (place.isEmpty()) {
                return ScriptOutcome.limit("Too many scripts are running");
            }
            ScriptRun run = new ScriptRun(call, new ScriptFetch(outbound), place.get(), memory, clock::millis);
            try {
                threads.execute(run);
            } catch (RuntimeException e) {
                place.get().close();
                throw e;
            }
            return run.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ScriptOutcome.limit("The run was called off");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
