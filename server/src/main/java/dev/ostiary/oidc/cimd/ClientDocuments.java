package dev.ostiary.oidc.cimd;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundException;
import dev.ostiary.tenants.TenantSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The door to clients whose id is the URL of a document about them. Documents are remembered by each node for itself; a
 * document that is not good is remembered too, for a while, so that nobody makes us knock at somebody's door all day.
 */
public final class ClientDocuments implements Applications.Documents {
    private static final String SETTING = "cimd";
    private static final int MOST_REMEMBERED = 2_000;
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);
    /** Whoever asks makes us ask: not more than so many wait for strangers at once. */
    private static final int MOST_AT_ONCE = 16;

    private final Database database;
    private final Changes changes;
    private Fetch fetch;
    private final boolean isGuarded;
    private final Events events;
    private final Clock clock;
    private final ChangeCache<Setting> switches;
    private final Cache<Key, Found> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);

    record Setting(boolean enabled) {}

    /** Asks another machine. */
    @FunctionalInterface
    interface Fetch {
        OutboundAnswer get(URI url, Map<String, String> headers) throws OutboundException;
    }

    /** By tenant too: what one tenant's visitors make us fetch is nothing another one learns. */
    private record Key(String tenant, String url) {}

    /**
     * @param application null if the document makes none
     * @param freshUntil after that it is fetched again
     * @param goodUntil until then it stands in for one that cannot be fetched
     */
    private record Found(
            @Nullable Application application, @Nullable String fault, Instant freshUntil, Instant goodUntil) {}

    /** @param isGuarded whether outgoing requests keep away from private addresses */
    public ClientDocuments(
            Database database, Changes changes, Outbound outbound, boolean isGuarded, Events events, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.fetch = outbound::get;
        this.isGuarded = isGuarded;
        this.events = events;
        this.clock = clock;
        this.switches = new ChangeCache<>(changes, SETTING, 10_000);
    }

    /** Whether such ids are taken at the tenant: switched on, and outgoing requests are guarded. */
    public boolean isOn(String tenant) {
        return isGuarded
                && switches.get(tenant, "", () -> Optional.of(database.read(tenant, ClientDocuments::read)))
                        .map(Setting::enabled)
                        .orElse(false);
    }

    /** Tests bring the other machine themselves: nobody can have a certificate for a name of the public internet. */
    void fetchBy(Fetch other) {
        this.fetch = other;
    }

    boolean isGuarded() {
        return isGuarded;
    }

    static Setting read(Tx tx) {
        return TenantSettings.find(tx, SETTING, Setting.class).orElse(new Setting(false));
    }

    void change(Tx tx, Setting setting) {
        TenantSettings.put(tx, SETTING, setting);
        changes.announce(tx, SETTING, "");
    }

    /** The client of that id. Asks another machine, if need be: no transaction should be open. */
    @Override
    public Optional<Application> find(String tenant, String id) {
        return look(tenant, id).flatMap(found -> Optional.ofNullable(found.application));
    }

    @Override
    public Optional<String> fault(String tenant, String id) {
        return look(tenant, id).flatMap(found -> Optional.ofNullable(found.fault));
    }

    private Optional<Found> look(String tenant, String id) {
        if (!id.startsWith("https://") || !isOn(tenant)) {
            return Optional.empty();
        }
        Key key = new Key(tenant, id);
        Instant now = clock.instant();
        Found known = id.length() > DocumentUrl.LONGEST ? null : remembered.getIfPresent(key);
        if (known != null && now.isBefore(known.freshUntil)) {
            return Optional.of(known);
        }
        Optional<URI> url = DocumentUrl.parse(id);
        if (url.isEmpty()) {
            return Optional.of(
                    new Found(null, "a client id that is a URL has https, a host by name and a path", now, now));
        }
        Found fetched = fetch(tenant, url.get(), now);
        if (fetched.application == null
                && known != null
                && known.application != null
                && now.isBefore(known.goodUntil)) {
            fetched = new Found(known.application, null, fetched.freshUntil, known.goodUntil);
        }
        if (now.isBefore(fetched.freshUntil)) {
            remembered.put(key, fetched);
        }
        return Optional.of(fetched);
    }

    private Found fetch(String tenant, URI url, Instant now) {
        if (!running.tryAcquire()) {
            return new Found(null, "too many documents are being fetched; try again in a moment", now, now);
        }
        try {
            OutboundAnswer answer = get(url);
            Application application = ClientDocument.read(url, answer.body());
            return new Found(application, null, now.plus(CacheLife.of(answer)), now.plus(CacheLife.LONGEST));
        } catch (DocumentFault fault) {
            events.publish(
                    tenant,
                    Event.of("Cimd.Fetch")
                            .application(url.toString())
                            .failed("oidc.invalid_client")
                            .with("description", fault.getMessage()));
            return new Found(null, fault.getMessage(), now.plus(REFUSED_FOR), now);
        } finally {
            running.release();
        }
    }

    private OutboundAnswer get(URI url) throws DocumentFault {
        try {
            OutboundAnswer answer = fetch.get(url, Map.of("Accept", "application/json"));
            if (answer.status() != 200) {
                throw new DocumentFault("the document was not answered with status 200");
            }
            if (!isJson(answer.header("Content-Type").orElse(""))) {
                throw new DocumentFault("the document's Content-Type is not application/json");
            }
            return answer;
        } catch (OutboundException failed) {
            throw new DocumentFault(
                    "the document could not be fetched: " + failed.fault().word());
        }
    }

    private static boolean isJson(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
