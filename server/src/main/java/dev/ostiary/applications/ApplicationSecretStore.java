package dev.ostiary.applications;

import dev.ostiary.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code application_secrets}. */
final class ApplicationSecretStore {
    /** A row; the value is sealed. */
    record Row(String name, String sealedValue, Instant createdAt, @Nullable Instant expiresAt) {}

    private ApplicationSecretStore() {}

    static List<Row> list(Tx tx, String applicationId) {
        return tx.query(
                        """
                SELECT name, sealed_value, created_at, expires_at FROM application_secrets
                WHERE tenant_id = :tenant AND application_id = :application ORDER BY created_at, name
                """)
                .bind("application", applicationId)
                .map((rs, ctx) -> row(rs))
                .list();
    }

    /** Locks the row until the transaction ends. */
    static Optional<Row> lock(Tx tx, String applicationId, String name) {
        return tx.query(
                        """
                SELECT name, sealed_value, created_at, expires_at FROM application_secrets
                WHERE tenant_id = :tenant AND application_id = :application AND name = :name FOR UPDATE
                """)
                .bind("application", applicationId)
                .bind("name", name)
                .map((rs, ctx) -> row(rs))
                .findOne();
    }

    static void insert(Tx tx, String applicationId, Row row, byte[] hash) {
        tx.update(
                        """
                INSERT INTO application_secrets
                    (tenant_id, application_id, name, sealed_value, value_hash, created_at, expires_at)
                VALUES (:tenant, :application, :name, :sealed, :hash, :createdAt, :expiresAt)
                """)
                .bind("application", applicationId)
                .bind("name", row.name())
                .bind("sealed", row.sealedValue())
                .bind("hash", hash)
                .bind("createdAt", row.createdAt())
                .bind("expiresAt", row.expiresAt())
                .execute();
    }

    static void rename(Tx tx, String applicationId, String name, String newName, String sealedValue) {
        tx.update(
                        """
                UPDATE application_secrets SET name = :newName, sealed_value = :sealed
                WHERE tenant_id = :tenant AND application_id = :application AND name = :name
                """)
                .bind("application", applicationId)
                .bind("name", name)
                .bind("newName", newName)
                .bind("sealed", sealedValue)
                .execute();
    }

    static boolean delete(Tx tx, String applicationId, String name) {
        return tx.update(
                                """
                        DELETE FROM application_secrets
                        WHERE tenant_id = :tenant AND application_id = :application AND name = :name
                        """)
                        .bind("application", applicationId)
                        .bind("name", name)
                        .execute()
                == 1;
    }

    private static Row row(ResultSet rs) throws SQLException {
        Timestamp expiresAt = rs.getTimestamp("expires_at");
        return new Row(
                rs.getString("name"),
                rs.getString("sealed_value"),
                rs.getTimestamp("created_at").toInstant(),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
