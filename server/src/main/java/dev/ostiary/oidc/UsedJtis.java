package dev.ostiary.oidc;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.HotSql;
import java.time.Instant;
import java.util.Map;

/**
 * Signed messages that are good once: client assertions (RFC 7523 section 3) and DPoP proofs (RFC 9449 section 11.1).
 * Every node asks the same table, and of two who bring the same message at once one statement lets one in.
 */
public final class UsedJtis {
    private static final HotSql INSERT = HotSql.of(
            """
            INSERT INTO used_jtis (tenant_id, id, expires_at) VALUES (:tenant, :id, :expiresAt) ON CONFLICT DO NOTHING
            """);

    private final Database database;

    public UsedJtis(Database database) {
        this.database = database;
    }

    /** Where such a message is good. */
    public enum Kind {
        CLIENT_ASSERTION,
        DPOP_PROOF
    }

    /**
     * Marks the message as used; false if it was before.
     *
     * @param owner whose message it is: a {@code jti} need not differ from those of others
     * @param expiresAt from when on the message is refused for its age
     */
    public boolean use(String tenant, Kind kind, String owner, String jti, Instant expiresAt) {
        byte[] id = Hashes.sha256(kind + "\0" + owner + "\0" + jti);
        return database.write(tenant, tx -> INSERT.update(tx, Map.of("id", id, "expiresAt", expiresAt)) == 1);
    }
}
