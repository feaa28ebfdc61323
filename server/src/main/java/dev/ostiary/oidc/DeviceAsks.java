package dev.ostiary.oidc;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Network;
import java.time.Instant;
import java.util.Map;

/**
 * How many devices of one application have a living code in one network. Anybody may ask for one, without a secret; the
 * bound keeps them from filling the table, and from making it likely that a guess hits something. Decided codes count until
 * they expire: they are rows as well.
 */
final class DeviceAsks {
    /** Behind one address there may be a hotel whose televisions all start at once. */
    private static final int MOST = 100;

    /** One statement: of devices that ask at once none comes in beyond the bound. */
    private static final HotSql TAKE = HotSql.of(
            """
            INSERT INTO device_asks AS a (tenant_id, target, asked_at, expires_at)
            VALUES (:tenant, :target, ARRAY[CAST(:now AS timestamptz)], :expiresAt)
            ON CONFLICT (tenant_id, target) DO UPDATE SET
                asked_at = array_append(
                    ARRAY(SELECT at FROM unnest(a.asked_at) AS at WHERE at > :since),
                    CAST(:now AS timestamptz)),
                expires_at = excluded.expires_at
            WHERE (SELECT count(*) FROM unnest(a.asked_at) AS at WHERE at > :since) < :most
            """);

    private DeviceAsks() {}

    /** Takes one of the places that are left; false if none is. */
    static boolean take(Tx tx, String clientId, Network network, Instant now) {
        return TAKE.update(
                        tx,
                        Map.of(
                                "target", Hashes.sha256(clientId + '\0' + network.key()),
                                "now", now,
                                "since", now.minus(DeviceCodes.LIFETIME),
                                "expiresAt", now.plus(DeviceCodes.LIFETIME),
                                "most", MOST))
                == 1;
    }
}
