package dev.ostiary.net;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What other machines told us, for a while. Whoever asks for the same at the same time waits for one answer; a machine
 * that fails is not asked again at once, and what it said before is used meanwhile.
 *
 * @param <E> why there is no answer
 */
public final class Remembered<K, V, E extends Exception> {
    private static final Duration FRESH = Duration.ofHours(1);

    /** How long an outage of a provider may last before its word counts no more: a withdrawn key must end some day. */
    private static final Duration USABLE = Duration.ofHours(24);

    /** Strangers can make us ask for an unknown key; no oftener than this (RP7). */
    private static final Duration RENEWED_EVERY = Duration.ofMinutes(1);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Cache<K, Entry> entries;

    private final Class<E> kind;

    /** Asks the machine itself. */
    @FunctionalInterface
    public interface Source<K, V, E extends Exception> {
        V ask(K key) throws E;
    }

    private final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable V value;
        private volatile Instant fetchedAt = Instant.MIN;
        private Instant failedAt = Instant.MIN;
        private Instant renewedAt = Instant.MIN;
        private @Nullable E failure;
    }

    /**
     * @param most answers kept
     * @param kind of failure that a source throws
     */
    public Remembered(Clock clock, long most, Class<E> kind) {
        this.clock = clock;
        this.kind = kind;
        this.entries = Caffeine.newBuilder().maximumSize(most).build();
    }

    /** From memory for an hour, else asked for; during an outage what was said last, for a day. */
    public V get(K key, Source<K, V, E> source) throws E {
        Entry entry = entry(key);
        V known = entry.value;
        if (known != null && isWithin(entry.fetchedAt, FRESH)) {
            return known;
        }
        entry.lock.lock();
        try {
            V meanwhile = entry.value;
            if (meanwhile != null && isWithin(entry.fetchedAt, FRESH)) {
                return meanwhile;
            }
            Duration pause = meanwhile == null ? PAUSE_AFTER_FAILURE : RENEWED_EVERY;
            return isWithin(entry.failedAt, pause) ? older(entry) : ask(entry, key, source);
        } finally {
            entry.lock.unlock();
        }
    }

    /** What the machine says now, if it was not asked so within the last minute. */
    public V renewed(K key, Source<K, V, E> source) throws E {
        Entry entry = entry(key);
        entry.lock.lock();
        try {
            if (entry.value != null && isWithin(entry.renewedAt, RENEWED_EVERY)) {
                return older(entry);
            }
            entry.renewedAt = clock.instant();
            return ask(entry, key, source);
        } finally {
            entry.lock.unlock();
        }
    }

    public void put(K key, V value) {
        Entry entry = entry(key);
        entry.lock.lock();
        try {
            keep(entry, value);
        } finally {
            entry.lock.unlock();
        }
    }

    private V ask(Entry entry, K key, Source<K, V, E> source) throws E {
        try {
            V value = source.ask(key);
            keep(entry, value);
            return value;
        } catch (Exception e) {
            if (!kind.isInstance(e)) {
                throw e;
            }
            entry.failure = kind.cast(e);
            entry.failedAt = clock.instant();
            return older(entry);
        }
    }

    private void keep(Entry entry, V value) {
        entry.value = value;
        entry.fetchedAt = clock.instant();
        entry.failedAt = Instant.MIN;
        entry.failure = null;
    }

    private V older(Entry entry) throws E {
        V known = entry.value;
        if (known != null && isWithin(entry.fetchedAt, USABLE)) {
            return known;
        }
        E failure = entry.failure;
        if (failure == null) {
            throw new IllegalStateException("Asked before, without an outcome");
        }
        throw failure;
    }

    private boolean isWithin(Instant at, Duration span) {
        return !at.equals(Instant.MIN) && clock.instant().isBefore(at.plus(span));
    }

    private Entry entry(K key) {
        return entries.get(key, unknown -> new Entry());
    }
}
