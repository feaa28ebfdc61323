package dev.ostiary.users;

import dev.ostiary.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of {@code personal_access_tokens}. */
final class PersonalAccessTokenStore {
    private static final String COLUMNS = "name, value_hash, sealed_value, created_at, expires_at";

    private PersonalAccessTokenStore() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(String name, byte[] hash, String sealedValue, Instant createdAt, @Nullable Instant expiresAt) {}

    static Optional<String> userOf(Tx tx, byte[] hash, Instant now) {
        return tx.query(
                        """
                SELECT user_id FROM personal_access_tokens
                WHERE tenant_id = :tenant AND value_hash = :hash AND (expires_at IS NULL OR expires_at > :now)
                """)
                .bind("hash", hash)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    static List<Row> list(Tx tx, String userId) {
        return tx.query("SELECT " + COLUMNS + " FROM personal_access_tokens"
                        + " WHERE tenant_id = :tenant AND user_id = :user ORDER BY created_at, name")
                .bind("user", userId)
                .map((rs, ctx) -> row(rs))
                .list();
    }

    static void insert(Tx tx, String userId, Row row) {
        tx.update(
                        """
                INSERT INTO personal_access_tokens
                    (tenant_id, user_id, name, value_hash, sealed_value, created_at, expires_at)
                VALUES (:tenant, :user, :name, :hash, :sealed, :createdAt, :expiresAt)
                """)
                .bind("user", userId)
                .bind("name", row.name())
                .bind("hash", row.hash())
                .bind("sealed", row.sealedValue())
                .bind("createdAt", row.createdAt())
                .bind("expiresAt", row.expiresAt())
                .execute();
    }

    static Optional<Row> rename(Tx tx, String userId, String name, String newName) {
        return tx.query(
                        """
                UPDATE personal_access_tokens SET name = :newName
                WHERE tenant_id = :tenant AND user_id = :user AND name = :name RETURNING
                """
                                + COLUMNS)
                .bind("user", userId)
                .bind("name", name)
                .bind("newName", newName)
                .map((rs, ctx) -> row(rs))
                .findOne();
    }

    /** The hash of what was deleted. */
    static Optional<byte[]> delete(Tx tx, String userId, String name) {
        return tx.query(
                        """
                DELETE FROM personal_access_tokens
                WHERE tenant_id = :tenant AND user_id = :user AND name = :name RETURNING value_hash
                """)
                .bind("user", userId)
                .bind("name", name)
                .map((rs, ctx) -> rs.getBytes("value_hash"))
                .findOne();
    }

    private static Row row(ResultSet rs) throws SQLException {
        Timestamp expiresAt = rs.getTimestamp("expires_at");
        return new Row(
                rs.getString("name"),
                rs.getBytes("value_hash"),
                rs.getString("sealed_value"),
                rs.getTimestamp("created_at").toInstant(),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
