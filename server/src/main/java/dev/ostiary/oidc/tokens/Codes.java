package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedLookup;
import dev.ostiary.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Codes as they are presented; {@code oidc.authorize} issues them or lets devices have them. */
public final class Codes {
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final Database database;
    private final Clock clock;
    private final GroupedLookup<StoredCode> ofBrowsers;
    private final GroupedLookup<StoredCode> ofDevices;

    public Codes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.ofBrowsers = lookup(SingleUse.AUTHORIZATION_CODE);
        this.ofDevices = lookup(SingleUse.DEVICE_CODE);
    }

    private GroupedLookup<StoredCode> lookup(SingleUse kind) {
        return new GroupedLookup<>(database, (tx, hashes) -> TokenStore.findCodes(tx, kind, hashes, clock.instant()));
    }

    /** Spent ones too: a second use has to be noticed. Not inside a transaction: many requests share a statement. */
    public Optional<StoredCode> find(String tenant, String code) {
        return ofBrowsers.find(tenant, Hashes.sha256Hex(code));
    }

    /** The same for the code of a device; none if its user has not let it in. */
    public Optional<StoredCode> findOfDevice(String tenant, String deviceCode) {
        return ofDevices.find(tenant, Hashes.sha256Hex(deviceCode));
    }

    /** Makes the code worth nothing. False if it was so before: one caller wins (TK1). */
    public boolean spend(String tenant, StoredCode code) {
        return database.writeOne(tenant, tx -> RedemptionStore.spend(tx, code.kind(), code.hash(), clock.instant()));
    }

    /**
     * The grant of a device code that was spent some time ago. Devices ask on a schedule, not one after the other: a request
     * that was under way with the one that got the tokens is no theft.
     */
    public Optional<String> findReplayedOfDevice(Tx tx, String deviceCode) {
        return TokenStore.grantOfSpentCode(
                tx, SingleUse.DEVICE_CODE, deviceCode, clock.instant().minus(OVERLAP));
    }

    /** The grant of a code that was spent before: it is presented twice, once by somebody else. */
    public Optional<String> findReplayed(Tx tx, String code) {
        return TokenStore.grantOfSpentCode(tx, SingleUse.AUTHORIZATION_CODE, code, clock.instant());
    }
}
