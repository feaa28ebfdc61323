package dev.ostiary.oidc.grants;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.oidc.DeviceCodes;
import dev.ostiary.oidc.DeviceCodes.Standing;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.StoredCode;
import dev.ostiary.sessions.Grants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code urn:ietf:params:oauth:grant-type:device_code} (RFC 8628 section 3.4): a device asks again and again, until its user
 * has decided.
 *
 * <p>Nobody is told to slow down; asking too fast costs nothing instead. A node remembers for {@link #REMEMBERED} that a
 * code has to wait, so the database is asked once in that time, by primary key and without writing.
 */
public final class DeviceCodeGrant implements GrantType {
    static final String NAME = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final long MOST_REMEMBERED = 100_000;

    private final Database database;
    private final Events events;
    private final Clock clock;
    private final Grants grants;
    private final DeviceCodes devices;
    private final Codes codes;
    private final FirstTokens tokens;

    /** When a code of a client, by tenant, client and hash, was found waiting. */
    private final Cache<String, Instant> waiting = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    DeviceCodeGrant(
            Database database,
            Events events,
            Clock clock,
            Grants grants,
            DeviceCodes devices,
            Codes codes,
            FirstTokens tokens) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.grants = grants;
        this.devices = devices;
        this.codes = codes;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String eventName() {
        return "DeviceCode";
    }

    @Override
    public TokenAnswer redeem(TokenRequest request) {
        OAuthForm.require(request.form(), "device_code");
        String presented = request.form().first("device_code").orElseThrow();
        String key = request.tenant() + '\0' + request.client().id() + '\0' + Hashes.sha256Base64Url(presented);
        if (isRemembered(key)) {
            throw pending();
        }
        Standing standing = database.read(
                request.tenant(),
                tx -> devices.standing(tx, presented, request.client().id()));
        return switch (standing) {
            case PENDING -> {
                waiting.put(key, clock.instant());
                throw pending();
            }
            case DENIED -> throw OAuthError.ACCESS_DENIED.because("the user has declined");
            case EXPIRED -> throw OAuthError.EXPIRED_TOKEN.because("the device code has expired");
            case UNKNOWN -> throw Outcome.invalidGrant();
            case SPENT -> throw replayed(request, presented);
            case GRANTED -> exchange(request, presented);
        };
    }

    private boolean isRemembered(String key) {
        Instant found = waiting.getIfPresent(key);
        Instant now = clock.instant();
        return found != null && now.isBefore(found.plus(REMEMBERED)) && !now.isBefore(found);
    }

    private static OAuthException pending() {
        return OAuthError.AUTHORIZATION_PENDING.because("the user has not decided yet");
    }

    /**
     * Tokens, by the rules of all grants (TK8). Of two requests one goes on (TK1); another client's code is left alone
     * (TK11).
     */
    private TokenAnswer exchange(TokenRequest request, String presented) {
        String client = request.client().id();
        StoredCode code = codes.findOfDevice(request.tenant(), presented)
                .filter(found -> found.redeemable().clientId().equals(client) && !found.isConsumed())
                .orElseThrow(Outcome::invalidGrant);
        boolean isGood = code.redeemable().isGoodFor(client, clock.instant())
                && request.isBy(code.request().dpopJkt());
        Optional<TokenAnswer> answer =
                isGood ? tokens.redeem(request, this, code) : tokens.refuse(request, code, Outcome.invalidGrant());
        return answer.orElseThrow(Outcome::invalidGrant);
    }

    /** Whoever comes with a code long after it was spent has stolen it, or was stolen from: its tokens end. */
    private OAuthException replayed(TokenRequest request, String presented) {
        database.run(request.tenant(), tx -> codes.findReplayedOfDevice(tx, presented)
                .filter(grant -> grants.revoke(tx, grant))
                .ifPresent(grant -> events.publish(
                        tx,
                        Event.of("RevokeGrants")
                                .from(request.request())
                                .application(request.client().id())
                                .with("reason", "A device code was presented again")
                                .with("grantId", grant))));
        return Outcome.invalidGrant();
    }
}
