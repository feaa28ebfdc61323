package dev.ostiary.oidc.device;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.db.Database;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Network;
import dev.ostiary.http.Request;
import dev.ostiary.keys.CookieKeys;
import dev.ostiary.oidc.DeviceCode;
import dev.ostiary.oidc.DeviceCodes;
import dev.ostiary.oidc.UserCode;
import dev.ostiary.verifications.Lockout;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The door for pages: what a typed code stands for, and in whose browser. */
public final class Devices {
    /** Ten wrong codes, then a network waits as long as codes live (RFC 8628 section 5.1; SI4, TK11). */
    private static final Lockout.Policy GUESSES = new Lockout.Policy(10, DeviceCodes.LIFETIME);

    /** In the address of a browser that was sent to fetch its cookies: if it has none now, it takes none. */
    public static final String FETCHED = "fetched";

    private final DeviceCodes codes;
    private final CookieKeys keys;
    private final DeviceBrowser browser;
    private final Lockout lockout;
    private final Events events;
    private final Database database;
    private final Clock clock;

    public Devices(
            DeviceCodes codes,
            CookieKeys keys,
            Lockout lockout,
            Events events,
            Database database,
            Ids ids,
            Clock clock) {
        this.codes = codes;
        this.keys = keys;
        this.browser = new DeviceBrowser(tenant -> keys.hmac(tenant, "device"), ids);
        this.lockout = lockout;
        this.events = events;
        this.database = database;
        this.clock = clock;
    }

    /** What was found: a device that waits for this browser's word, or why there is none. */
    public sealed interface Found {
        record Waiting(DeviceCode device, UserCode code) implements Found {}

        record Nothing(DeviceError error) implements Found {}
    }

    DeviceBrowser browser() {
        return browser;
    }

    /** What forms of the page carry; empty if the browser has to fetch its cookies first. */
    public Optional<String> xsrf(Request request) {
        return browser.xsrf(request);
    }

    /** The code for the user of a device that asks; empty if too many wait already. */
    Optional<UserCode> issue(Request request, String deviceCode, String clientId, ObjectNode params) {
        Hmac key = userCodeKeys(request);
        return database.write(
                request.tenant(),
                tx -> codes.issue(tx, key, deviceCode, clientId, params, request.clientIp(), request.userAgent()));
    }

    private Hmac userCodeKeys(Request request) {
        return keys.hmac(request.tenant(), "user_code");
    }

    /**
     * The device behind a typed code. What is no code of a waiting device counts as a guess, whyever it is none: codes of
     * other tenants, of other browsers and of nobody all cost the same (SI5).
     */
    public Found look(Request request, String typed) {
        if (typed.isBlank()) {
            return new Found.Nothing(DeviceError.NO_CODE);
        }
        UserCode code = UserCode.typed(typed).orElse(null);
        if (code == null) {
            // No device has ever shown that: nothing was learnt.
            return nothing(request, null, DeviceError.NOT_FOUND);
        }
        Hmac userCodeKeys = userCodeKeys(request);
        Lockout.Target target =
                Lockout.Target.network(Network.of(request.clientIp()).key());
        byte[] id = browser.id(request);
        DeviceCode device = database.read(request.tenant(), tx -> codes.find(tx, userCodeKeys, code, id))
                .orElse(null);
        DeviceError error = fault(device);
        if (error != null) {
            return device != null && device.isOwn()
                    ? new Found.Nothing(error)
                    : nothing(request, countedUntil(request, target), error);
        }
        // Asked after the code was judged: of guesses in parallel none learns more than the counter allows (SI1).
        Instant until = database.read(request.tenant(), tx -> lockout.lockedUntil(tx, target, Lockout.Pool.DEVICE_CODE))
                .orElse(null);
        return until != null || device == null
                ? nothing(request, until, DeviceError.TOO_MANY_ATTEMPTS)
                : new Found.Waiting(device, code);
    }

    /** The device that this browser has let in last. */
    public Optional<DeviceCode> lastGranted(Request request) {
        byte[] id = browser.id(request);
        return id == null ? Optional.empty() : database.read(request.tenant(), tx -> codes.lastGranted(tx, id));
    }

    private @Nullable DeviceError fault(@Nullable DeviceCode device) {
        if (device == null) {
            return DeviceError.NOT_FOUND;
        }
        if (!clock.instant().isBefore(device.expiresAt())) {
            return DeviceError.EXPIRED;
        }
        return device.isTaken() || device.isDecided() ? DeviceError.ALREADY_USED : null;
    }

    /** Counts a wrong code. Until when the network has to wait now, if it has to. */
    private @Nullable Instant countedUntil(Request request, Lockout.Target target) {
        return lockout.failed(request.tenant(), target, Lockout.Pool.DEVICE_CODE, GUESSES)
                .orElse(null);
    }

    /**
     * A wrong code leaves a mark, without the code: it may be that of somebody else's device.
     *
     * @param until if the network has to wait
     */
    private Found nothing(Request request, @Nullable Instant until, DeviceError error) {
        DeviceError told = until == null ? error : DeviceError.TOO_MANY_ATTEMPTS;
        events.publish(
                request.tenant(),
                Event.of("Interaction.Create")
                        .failed(told.code())
                        .with("lockedUntil", until == null ? null : until.toString())
                        .from(request));
        return new Found.Nothing(told);
    }
}
