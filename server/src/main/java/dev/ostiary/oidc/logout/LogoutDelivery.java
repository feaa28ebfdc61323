package dev.ostiary.oidc.logout;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells applications of ended sessions, in the background: whoever signs out never waits for them. Every node delivers;
 * each notice is taken by one of them, and by another if that one dies. An application that does not answer holds up
 * nobody but itself.
 */
public final class LogoutDelivery implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogoutDelivery.class);

    /** How long after each failed try the next one is due; then it is given up. */
    private static final List<Duration> RETRIES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

    /** Longer than any exchange may last; not much longer, for so long a notice waits whose node has died meanwhile. */
    private static final Duration TRY = Duration.ofSeconds(12);

    /** An application that has just failed is left alone this long, whoever else has signed out. */
    private static final Duration REST = Duration.ofSeconds(10);

    private static final int MOST_AT_ONCE = 16;
    private static final int MOST_OF_ONE = 4;
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final Database database;
    private final Applications applications;
    private final LogoutTokens tokens;
    private final Outbound outbound;
    private final Events events;
    private final Clock clock;
    private final Semaphore due = new Semaphore(0);
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    public LogoutDelivery(
            Database database,
            Applications applications,
            LogoutTokens tokens,
            Outbound outbound,
            Events events,
            Clock clock) {
        this.database = database;
        this.applications = applications;
        this.tokens = tokens;
        this.outbound = outbound;
        this.events = events;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("logout-delivery").unstarted(this::loop);
    }

    public void start() {
        thread.start();
    }

    /** Something is due now. */
    public void wake() {
        due.release();
    }

    /**
     * How one try ended.
     *
     * @param fault null if the application has answered
     */
    private record Outcome(@Nullable Integer status, @Nullable String fault) {
        boolean isDelivered() {
            return status != null && status >= 200 && status < 300;
        }

        /** Section 2.8: the application has understood, and will not. */
        boolean isRefused() {
            return status != null && status == 400;
        }

        String word() {
            return fault == null ? "http_" + status : fault;
        }
    }

    private void loop() {
        while (!closed) {
            try {
                if (!deliverSome()) {
                    due.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                    due.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("Logouts are not delivered now: {}", e.toString());
                if (!pause()) {
                    return;
                }
            }
        }
    }

    /** @return whether there was anything */
    private boolean deliverSome() throws InterruptedException {
        slots.acquire();
        int free = 1;
        while (free < MOST_OF_ONE && slots.tryAcquire()) {
            free++;
        }
        List<LogoutNotice> taken = List.of();
        try {
            taken = take(free);
        } finally {
            slots.release(free - taken.size());
        }
        for (LogoutNotice notice : taken) {
            running.merge(LogoutNoticeStore.client(notice), 1, Integer::sum);
            Thread.startVirtualThread(() -> deliver(notice));
        }
        return !taken.isEmpty();
    }

    private List<LogoutNotice> take(int most) {
        Instant now = clock.instant();
        resting.values().removeIf(until -> !until.isAfter(now));
        Set<String> left = new HashSet<>(resting.keySet());
        running.forEach((client, tries) -> {
            if (tries >= MOST_OF_ONE) {
                left.add(client);
            }
        });
        return database.writeOne("*", tx -> LogoutNoticeStore.take(tx, most, left, now, now.plus(TRY)));
    }

    private void deliver(LogoutNotice notice) {
        try {
            Optional<Application> client = applications.find(notice.tenant(), notice.clientId());
            Optional<String> uri =
                    client.flatMap(known -> known.oidcClientMetadata().backchannelLogoutUri());
            if (uri.isEmpty()) {
                // Deleted meanwhile, or no longer interested.
                database.run(notice.tenant(), tx -> LogoutNoticeStore.delete(tx, notice));
                return;
            }
            settle(notice, send(uri.get(), tokens.make(notice, client.orElseThrow())));
        } catch (RuntimeException e) {
            // Taken again when the time of this try is over.
            log.warn("A logout of {} is not delivered now: {}", notice.clientId(), e.toString());
        } finally {
            running.computeIfPresent(
                    LogoutNoticeStore.client(notice), (client, tries) -> tries == 1 ? null : tries - 1);
            slots.release();
            // what had to wait for this one, of an application with many
            wake();
        }
    }

    private Outcome send(String uri, String token) {
        try {
            return new Outcome(outbound.tell(URI.create(uri), Map.of("logout_token", token)), null);
        } catch (OutboundException e) {
            return new Outcome(null, e.fault().word());
        } catch (IllegalArgumentException malformed) {
            return new Outcome(null, "not_a_url");
        }
    }

    private void settle(LogoutNotice notice, Outcome outcome) {
        boolean over = outcome.isDelivered() || outcome.isRefused() || notice.attempts() > RETRIES.size();
        Instant next = over ? Instant.MAX : clock.instant().plus(RETRIES.get(notice.attempts() - 1));
        if (!outcome.isDelivered() && !outcome.isRefused()) {
            resting.put(LogoutNoticeStore.client(notice), clock.instant().plus(REST));
        }
        database.run(notice.tenant(), tx -> {
            boolean ours = over ? LogoutNoticeStore.delete(tx, notice) : LogoutNoticeStore.postpone(tx, notice, next);
            if (ours) {
                events.publish(tx, told(notice, outcome, over ? null : next));
            }
        });
    }

    private static Event told(LogoutNotice notice, Outcome outcome, @Nullable Instant next) {
        Event event = Event.of("BackchannelLogout")
                .application(notice.clientId())
                .user(notice.userId())
                .session(notice.sessionUid())
                .with("attempt", notice.attempts())
                .with("status", outcome.status())
                .with("retryAt", next == null ? null : next.toString());
        return outcome.isDelivered() ? event : event.failed("backchannel_logout." + outcome.word());
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** What is under way may end; what is not settled is another node's, or this one's after a restart. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(1_000);
            boolean quiet = slots.tryAcquire(MOST_AT_ONCE, 3, TimeUnit.SECONDS);
            log.debug("Logout delivery ended, quiet: {}", quiet);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
