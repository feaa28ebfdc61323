package dev.ostiary.users;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The door to subject tokens: whoever holds one may act for a user once (RFC 8693 section 2.1). */
public final class SubjectTokens {
    public static final Duration LIFETIME = Duration.ofSeconds(600);

    /** What every value begins with. */
    public static final String PREFIX = "sub_";

    private static final HotSql SPEND = HotSql.of(
            """
            UPDATE subject_tokens SET consumed_at = :now
            WHERE tenant_id = :tenant AND id = :id AND consumed_at IS NULL AND expires_at > :now
            RETURNING user_id, context
            """);

    private final Ids ids;
    private final Clock clock;

    public SubjectTokens(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** A token for a user who exists; its value is nowhere else. */
    String issue(Tx tx, String userId, ObjectNode context) {
        String value = PREFIX + ids.standard();
        Instant now = clock.instant();
        tx.update(
                        """
                INSERT INTO subject_tokens (tenant_id, id, user_id, context, created_at, expires_at)
                VALUES (:tenant, :id, :user, :context::jsonb, :now, :expiresAt)
                """)
                .bind("id", Hashes.sha256(value))
                .bind("user", userId)
                .bind("context", Json.write(context))
                .bind("now", now)
                .bind("expiresAt", now.plus(LIFETIME))
                .execute();
        return value;
    }

    /** Whoever comes first has it; nobody after that, and nobody after its time (TK9). */
    public Optional<SubjectToken> spend(Tx tx, String value) {
        return SPEND.findOne(
                tx,
                Map.of("id", Hashes.sha256(value), "now", clock.instant()),
                row -> new SubjectToken(
                        row.getString("user_id"), (ObjectNode) Json.readStored(row.getString("context"))));
    }
}
