package dev.ostiary.scripts;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many scripts there are at once. A place is held from start to end, and within it a turn at the processor, which is
 * given back while the script waits. No tenant has more than half of either: one that loops for ever slows down itself.
 */
final class Places {
    private final Semaphore places;
    private final Semaphore turns;
    private final int placesOfOne;
    private final int turnsOfOne;
    private final Map<String, Half> halves = new ConcurrentHashMap<>();

    private record Half(Semaphore places, Semaphore turns) {}

    /** @param most at once, in all */
    Places(int most, int running) {
        places = new Semaphore(most);
        turns = new Semaphore(running, true);
        placesOfOne = Math.max(1, most / 2);
        turnsOfOne = Math.max(1, running / 2);
    }

    /** Empty if none is free in that time. */
    Optional<Place> enter(String tenant, Duration patience) throws InterruptedException {
        Half half = halves.computeIfAbsent(
                tenant, t -> new Half(new Semaphore(placesOfOne), new Semaphore(turnsOfOne, true)));
        long until = System.nanoTime() + patience.toNanos();
        if (!half.places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        boolean entered = false;
        try {
            entered = places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            return entered ? Optional.of(new Place(half)) : Optional.empty();
        } finally {
            if (!entered) {
                half.places.release();
            }
        }
    }

    /** Used by one thread. */
    final class Place implements AutoCloseable {
        private final Half half;
        private boolean runs;

        private Place(Half half) {
            this.half = half;
        }

        void takeTurn() throws InterruptedException {
            half.turns.acquire();
            try {
                turns.acquire();
            } catch (InterruptedException e) {
                half.turns.release();
                throw e;
            }
            runs = true;
        }

        void giveTurnBack() {
            if (runs) {
                runs = false;
                turns.release();
                half.turns.release();
            }
        }

        @Override
        public void close() {
            giveTurnBack();
            places.release();
            half.places.release();
        }
    }
}
