package dev.ostiary.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Network;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.AuthorizationCodes.CodeIssue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Device codes (RFC 8628): asked for by a device, confirmed by one browser, decided once, worth tokens once. The device code
 * itself is stored as SHA-256, the code that is typed as its HMAC.
 */
public final class DeviceCodes {
    public static final Duration LIFETIME = Duration.ofSeconds(600);

    /** Two of 25 billion codes may meet; five times in a row they do not. */
    private static final int MOST_TRIES = 5;

    private static final HotSql INSERT = HotSql.of(
            """
            INSERT INTO device_codes (tenant_id, id, user_code, client_id, params, asked_from, created_at, expires_at)
            VALUES (:tenant, :id, :userCode, :client, :params::jsonb, :from::jsonb, :now, :expiresAt)
            ON CONFLICT (tenant_id, user_code) DO NOTHING
            """);
    private static final HotSql STANDING = HotSql.of(
            """
            SELECT client_id, grant_id, denied_at, consumed_at, expires_at FROM device_codes
            WHERE tenant_id = :tenant AND id = :id
            """);

    private static final String COLUMNS =
            """
            SELECT id, client_id, params, asked_from, created_at, expires_at,
                browser IS NOT NULL AND browser IS NOT DISTINCT FROM :browser::bytea AS own,
                browser IS NOT NULL AND browser IS DISTINCT FROM :browser::bytea AS taken,
                grant_id IS NOT NULL OR denied_at IS NOT NULL AS decided
            FROM device_codes WHERE tenant_id = :tenant AND
            """;

    /** Neither granted nor denied, and in time. */
    private static final String OPEN = " AND grant_id IS NULL AND denied_at IS NULL AND expires_at > :now";

    private final Ids ids;
    private final Clock clock;

    public DeviceCodes(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** What becomes of a device that asks. */
    public enum Standing {
        /** No code of ours, or of this client. */
        UNKNOWN,
        PENDING,
        DENIED,
        EXPIRED,
        GRANTED,
        SPENT
    }

    /** A device code, 43 characters; nothing is stored yet. */
    public String next() {
        return ids.token();
    }

    /** What a device code is called where its value must not stand. */
    public static String id(String deviceCode) {
        return Hashes.sha256Base64Url(deviceCode);
    }

    /**
     * Stores what a device has asked for. The code for its user, which no other living one is equal to; empty if too many
     * devices wait already, see {@link DeviceAsks}.
     *
     * @param key of this tenant, for codes that people type
     * @param params with {@code device} among them
     * @param ip from which the device asks
     */
    public Optional<UserCode> issue(
            Tx tx, Hmac key, String deviceCode, String clientId, ObjectNode params, String ip, String userAgent) {
        Instant now = clock.instant();
        if (!DeviceAsks.take(tx, clientId, Network.of(ip), now)) {
            return Optional.empty();
        }
        ObjectNode from = Json.object();
        from.put("ip", ip);
        from.put("userAgent", userAgent);
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", Hashes.sha256(deviceCode));
        row.put("client", clientId);
        row.put("params", Json.write(params));
        row.put("from", Json.write(from));
        row.put("now", now);
        row.put("expiresAt", now.plus(LIFETIME));
        for (int i = 0; i < MOST_TRIES; i++) {
            UserCode code = UserCode.random(ids);
            row.put("userCode", code.mac(key));
            if (INSERT.update(tx, row) == 1) {
                return Optional.of(code);
            }
        }
        throw new IllegalStateException("No free user code");
    }

    /**
     * @param keys of this tenant: codes outlive the change of a key
     * @param browser by which it is looked at, see {@link #confirm}
     */
    public Optional<DeviceCode> find(Tx tx, Hmac keys, UserCode code, byte @Nullable [] browser) {
        return code.macs(keys).stream()
                .flatMap(mac -> find(tx, mac, browser).stream())
                .findFirst();
    }

    private static Optional<DeviceCode> find(Tx tx, byte[] userCode, byte @Nullable [] browser) {
        return tx.query(COLUMNS + "user_code = :userCode")
                .bind("userCode", userCode)
                .bind("browser", browser)
                .map((rs, ctx) -> read(rs))
                .findOne();
    }

    /** The last one that was let in by a browser. */
    public Optional<DeviceCode> lastGranted(Tx tx, byte[] browser) {
        return tx.query(COLUMNS + "browser = :browser::bytea AND grant_id IS NOT NULL ORDER BY created_at DESC LIMIT 1")
                .bind("browser", browser)
                .map((rs, ctx) -> read(rs))
                .findOne();
    }

    /**
     * Binds the code to a browser: of two that confirm it one may go on, as often as it likes (AZ6).
     *
     * @param browser SHA-256 of a secret in its cookie
     */
    public boolean confirm(Tx tx, String id, byte[] browser) {
        return tx.update("UPDATE device_codes SET browser = :browser WHERE tenant_id = :tenant AND id = :id"
                                + " AND (browser IS NULL OR browser = :browser)" + OPEN)
                        .bind("id", bytes(id))
                        .bind("browser", browser)
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    /** The device gets tokens when it asks next. False if it was decided already, or has waited too long. */
    public boolean grant(Tx tx, String id, CodeIssue issue) {
        return tx.update(
                                """
                UPDATE device_codes SET grant_id = :grant, user_id = :user, session_uid = :session,
                    request = :request::jsonb
                WHERE tenant_id = :tenant AND id = :id AND client_id = :client AND browser IS NOT NULL
                """
                                        + OPEN)
                        .bind("id", bytes(id))
                        .bind("client", issue.clientId())
                        .bind("grant", issue.grantId())
                        .bind("user", issue.userId())
                        .bind("session", issue.sessionUid())
                        .bind("request", Json.write(issue.request()))
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    /** The device is told so when it asks next. */
    public boolean deny(Tx tx, String id) {
        return tx.update("UPDATE device_codes SET denied_at = :now WHERE tenant_id = :tenant AND id = :id" + OPEN)
                        .bind("id", bytes(id))
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    public Standing standing(Tx tx, String deviceCode, String clientId) {
        Instant now = clock.instant();
        return STANDING.findOne(tx, Map.of("id", Hashes.sha256(deviceCode)), row -> standing(row, clientId, now))
                .orElse(Standing.UNKNOWN);
    }

    private static Standing standing(ResultSet row, String clientId, Instant now) throws SQLException {
        if (!row.getString("client_id").equals(clientId)) {
            return Standing.UNKNOWN;
        }
        if (row.getTimestamp("consumed_at") != null) {
            return Standing.SPENT;
        }
        if (row.getTimestamp("denied_at") != null) {
            return Standing.DENIED;
        }
        if (!now.isBefore(row.getTimestamp("expires_at").toInstant())) {
            return Standing.EXPIRED;
        }
        return row.getString("grant_id") == null ? Standing.PENDING : Standing.GRANTED;
    }

    private static DeviceCode read(ResultSet row) throws SQLException {
        JsonNode from = Json.readStored(row.getString("asked_from"));
        return new DeviceCode(
                Hashes.base64Url(row.getBytes("id")),
                row.getString("client_id"),
                (ObjectNode) Json.readStored(row.getString("params")),
                from.path("ip").asString(""),
                from.path("userAgent").asString(""),
                row.getBoolean("own"),
                row.getBoolean("taken"),
                row.getBoolean("decided"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    private static byte[] bytes(String id) {
        return Base64.getUrlDecoder().decode(id);
    }
}
