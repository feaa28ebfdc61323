package dev.ostiary.verifications;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Proofs outside of a sign-in: a user has shown again that it is them, and may for ten minutes do what an access token
 * alone is not enough for. A record is worth nothing without an access token of the same user. A new password ends those
 * that the old one gave.
 */
public final class VerificationRecords {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Pattern ID = Pattern.compile("[0-9a-z]{21}");

    private final Ids ids;
    private final Clock clock;

    public VerificationRecords(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** @param id for the header {@code logto-verification-id} */
    public record Issued(String id, Instant expiresAt) {}

    /** Of a proof that was judged good just now. */
    public Issued create(Tx tx, String userId, VerificationType type) {
        Issued issued =
                new Issued(ids.standard(), clock.instant().plus(LIFETIME).truncatedTo(ChronoUnit.MILLIS));
        tx.update(
                        """
                INSERT INTO verification_records (tenant_id, id, user_id, type, expires_at)
                VALUES (:tenant, :id, :user, :type, :expiresAt)
                """)
                .bind("id", issued.id())
                .bind("user", userId)
                .bind("type", type.word())
                .bind("expiresAt", issued.expiresAt())
                .execute();
        return issued;
    }

    /** Whether it is a proof of that user that is good now. */
    public boolean proves(Tx tx, String id, String userId) {
        return ID.matcher(id).matches()
                && tx.query(
                                """
                        SELECT EXISTS (SELECT FROM verification_records
                            WHERE tenant_id = :tenant AND id = :id AND user_id = :user AND expires_at > :now)
                        """)
                        .bind("id", id)
                        .bind("user", userId)
                        .bind("now", clock.instant())
                        .mapTo(Boolean.class)
                        .one();
    }

    /** What the user had proven is worth nothing any more. */
    public void forget(Tx tx, String userId) {
        tx.update("DELETE FROM verification_records WHERE tenant_id = :tenant AND user_id = :user")
                .bind("user", userId)
                .execute();
    }
}
