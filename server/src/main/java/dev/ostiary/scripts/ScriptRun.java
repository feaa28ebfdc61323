package dev.ostiary.scripts;

import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.ChicoryException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: worked off by a thread of its own, watched by the one that asked for it. */
final class ScriptRun implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ScriptRun.class);
    private static final long LOOK_MILLIS = 20;
    /** Loading the engine, once in the life of the program. */
    private static final long START_SECONDS = 60;
    /** The engine looks for an interruption at every call and turn of a loop; this is never needed. */
    private static final long GRACE_SECONDS = 5;

    private final ScriptCall call;
    private final ScriptFetch fetch;
    private final Places.Place place;
    private final MemoryBudget memory;
    private final LongSupplier millis;
    private final CompletableFuture<Start> started = new CompletableFuture<>();
    private final CompletableFuture<ScriptOutcome> ended = new CompletableFuture<>();
    private boolean over;
    private @Nullable String cut;

    private record Start(Thread thread, long nanos, long work) {}

    ScriptRun(ScriptCall call, ScriptFetch fetch, Places.Place place, MemoryBudget memory, LongSupplier millis) {
        this.call = call;
        this.fetch = fetch;
        this.place = place;
        this.memory = memory;
        this.millis = millis;
    }

    @Override
    public void run() {
        try (place;
                MemoryBudget.Share share = memory.share(Sandbox.MOST_PAGES * 65_536)) {
            EngineImage image = EngineImage.get();
            Thread thread = Thread.currentThread();
            Start start = new Start(thread, System.nanoTime(), cpu().getThreadCpuTime(thread.threadId()));
            started.complete(start);
            long until = start.nanos + Scripts.MOST_TIME.toNanos();
            place.takeTurn();
            ended.complete(new Sandbox(image, call, fetch, place, share, millis, until).run());
        } catch (ScriptLimitException e) {
            ended.complete(ScriptOutcome.limit(cutOr(e.reason())));
        } catch (TrapException e) {
            ended.complete(
                    ScriptOutcome.limit(cutOr("The script has broken its engine: it wants more than it may have")));
        } catch (ChicoryException | StackOverflowError e) {
            ended.complete(ScriptOutcome.limit(cutOr("The script calls itself too deeply, or was ended")));
        } catch (InterruptedException e) {
            ended.complete(ScriptOutcome.limit(cutOr("The run was called off")));
        } catch (RuntimeException | LinkageError e) {
            log.error("A script could not be run", e);
            ended.complete(ScriptOutcome.limit(cutOr("The script could not be run")));
        } finally {
            end();
        }
    }

    /** Nobody interrupts this thread from now on for what it has done until now. */
    private synchronized void end() {
        over = true;
        Thread.interrupted();
        started.completeExceptionally(new IllegalStateException("not started"));
    }

    private synchronized String cutOr(String reason) {
        return cut != null ? cut : reason;
    }

    private synchronized void cut(Thread thread, String reason) {
        if (!over && cut == null) {
            cut = reason;
            thread.interrupt();
        }
    }

    ScriptOutcome await() throws InterruptedException {
        try {
            Start start = started.get(START_SECONDS, TimeUnit.SECONDS);
            return watch(start);
        } catch (ExecutionException | TimeoutException e) {
            return ended.getNow(ScriptOutcome.limit("The script could not be run"));
        }
    }

    private ScriptOutcome watch(Start start) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return ended.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long time = System.nanoTime() - start.nanos;
                if (time > Scripts.MOST_TIME.plusSeconds(GRACE_SECONDS).toNanos()) {
                    log.error("A script could not be ended");
                    return ScriptOutcome.limit("The script could not be ended");
                }
                if (time > Scripts.MOST_TIME.toNanos()) {
                    cut(start.thread, "The script took longer than " + Scripts.MOST_TIME.toMillis() + " ms");
                } else if (cpu().getThreadCpuTime(start.thread.threadId()) - start.work > Scripts.MOST_WORK.toNanos()) {
                    cut(
                            start.thread,
                            "The script used more than " + Scripts.MOST_WORK.toMillis() + " ms of processor time");
                }
            } catch (InterruptedException e) {
                cut(start.thread, "The run was called off");
                throw e;
            }
        }
    }

    private static ThreadMXBean cpu() {
        return ManagementFactory.getThreadMXBean();
    }
}
