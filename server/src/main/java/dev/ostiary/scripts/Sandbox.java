package dev.ostiary.scripts;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.ostiary.json.Json;
import io.roastedroot.quickjs4j.core.JavyPluginModule;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One script in one fresh copy of the engine (SC3); made for one run, on one thread, and thrown away. */
final class Sandbox implements HostCalls {
    /** 32 MB. */
    static final int MOST_PAGES = 512;

    private static final int MOST_TIMERS = 100;

    private final ScriptCall call;
    private final ScriptFetch fetch;
    private final Places.Place place;
    private final long until;
    private final Instance instance;
    private final EngineImage image;
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private long numbered;
    private @Nullable JsonNode due;
    private @Nullable ScriptOutcome outcome;

    private record Timer(long at, long number, JsonNode id) {}

    /** @param until {@link System#nanoTime()} at which everything ends */
    Sandbox(
            EngineImage image,
            ScriptCall call,
            ScriptFetch fetch,
            Places.Place place,
            MemoryBudget.Share memory,
            LongSupplier millis,
            long until) {
        this.image = image;
        this.call = call;
        this.fetch = fetch;
        this.place = place;
        this.until = until;
        instance = Instance.builder(image.module())
                .withMachineFactory(JavyPluginModule::create)
                .withMemoryFactory(limits -> new ByteArrayMemory(limits, memory))
                .withMemoryLimits(new MemoryLimits(image.memory().length / Memory.PAGE_SIZE, MOST_PAGES))
                .withImportValues(new EngineImports(image.module(), this, millis).values())
                .withStart(false)
                .build();
        instance.memory().write(0, image.memory());
        instance.global(0).setValue(image.stackPointer());
    }

    /**
     * Runs until the script has answered, or nothing is left that could make it answer.
     *
     * @throws InterruptedException where the thread was interrupted while the script waited
     * @throws RuntimeException of the engine where it was interrupted while the script ran, or broke
     */
    ScriptOutcome run() throws InterruptedException {
        EngineImage.invoke(instance, image.run());
        while (outcome == null && !timers.isEmpty()) {
            Timer next = timers.remove();
            sleepUntil(next.at);
            due = next.id;
            EngineImage.invoke(instance, image.timer());
        }
        return outcome != null ? outcome : ScriptOutcome.limit("The script waits for something that never happens");
    }

    private void sleepUntil(long at) throws InterruptedException {
        place.giveTurnBack();
        long nanos = at - System.nanoTime();
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
        place.takeTurn();
    }

    @Override
    public Object answer(String word, JsonNode value) {
        return switch (word) {
            case "input" -> input();
            case "fetch" -> fetch(value);
            case "timer" -> timer(value);
            case "log" -> log(value);
            case "due" -> due == null ? 0 : due;
            case "outcome" -> {
                outcome = outcome != null ? outcome : OutcomeReader.read(value);
                yield true;
            }
            default -> false;
        };
    }

    private ObjectNode input() {
        ObjectNode input = Json.object();
        input.put("source", call.source());
        input.put("logged", call.log() != null);
        input.set("argument", call.argument());
        List<Integer> seed =
                Stream.generate(ThreadLocalRandom.current()::nextInt).limit(4).toList();
        input.set("seed", Json.tree(seed));
        return input;
    }

    private boolean timer(JsonNode wanted) {
        if (++numbered > MOST_TIMERS) {
            throw new ScriptLimitException("A script may set " + MOST_TIMERS + " timers");
        }
        long millis = (long) Math.clamp(wanted.path("milliseconds").asDouble(0), 0, 3_600_000);
        timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), numbered, wanted.path("id")));
        return true;
    }

    private boolean log(JsonNode said) {
        if (call.log() != null) {
            call.log().add(said.path("level").asString(""), said.path("text").asString(""));
        }
        return true;
    }

    /** On a thread of its own: this one's stack may be nearly used up, which is nothing the HTTP client should meet. */
    private ScriptFetch.Answer fetch(JsonNode wanted) {
        Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        place.giveTurnBack();
        try {
            CompletableFuture<ScriptFetch.Answer> answer = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    answer.complete(fetch.fetch(wanted, left));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            ScriptFetch.Answer answered = answer.get();
            place.takeTurn();
            return answered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptLimitException("The script was ended while it fetched");
        } catch (ExecutionException e) {
            return ScriptFetch.Answer.fault("broken");
        }
    }
}
