package dev.ostiary.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Remembers what one topic's keys mean until {@link Changes} says otherwise. A loader runs outside any lock, so a slow
 * database holds up nobody who asks for something else.
 */
public final class ChangeCache<V> {
    private record Key(String tenant, String key) {}

    private final Changes changes;
    private final Cache<Key, V> cache;
    /** Counts changes: what was loaded while one arrived may be the old value and is not kept. */
    private final AtomicLong generation = new AtomicLong();

    /** @param most entries kept; those asked for least go first */
    public ChangeCache(Changes changes, String topic, long most) {
        this.changes = changes;
        this.cache = Caffeine.newBuilder().maximumSize(most).build();
        changes.add(new Changes.Listener() {
            @Override
            public void changed(String changedTopic, String tenant, String key) {
                if (changedTopic.equals(topic)) {
                    generation.incrementAndGet();
                    cache.invalidate(new Key(tenant, key));
                }
            }

            @Override
            public void forgetAll() {
                generation.incrementAndGet();
                cache.invalidateAll();
            }
        });
    }

    /** What the key means; absence is not remembered. */
    public Optional<V> get(String tenant, String key, Supplier<Optional<V>> load) {
        if (!changes.isListening()) {
            return load.get();
        }
        Key wanted = new Key(tenant, key);
        V known = cache.getIfPresent(wanted);
        if (known != null) {
            return Optional.of(known);
        }
        long before = generation.get();
        Optional<V> loaded = load.get();
        if (loaded.isPresent() && generation.get() == before) {
            cache.put(wanted, loaded.get());
            if (generation.get() != before) {
                cache.invalidate(wanted);
            }
        }
        return loaded;
    }
}
