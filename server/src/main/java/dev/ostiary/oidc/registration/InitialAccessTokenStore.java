package dev.ostiary.oidc.registration;

import dev.ostiary.applications.ApplicationType;
import dev.ostiary.db.Tx;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code initial_access_tokens}. */
final class InitialAccessTokenStore {
    private static final String COLUMNS = "id, name, uses, max_uses, types, redirect_hosts, created_at, expires_at";

    private InitialAccessTokenStore() {}

    static void insert(Tx tx, InitialAccessToken token, byte[] hash) {
        tx.update(
                        """
                INSERT INTO initial_access_tokens (tenant_id, id, name, value_hash, max_uses, types, redirect_hosts,
                    created_at, expires_at)
                VALUES (:tenant, :id, :name, :hash, :maxUses, :types, :hosts, :createdAt, :expiresAt)
                """)
                .bind("id", token.id())
                .bind("name", token.name())
                .bind("hash", hash)
                .bind("maxUses", token.maxUses())
                .bind(
                        "types",
                        token.types()
                                .map(types -> types.stream()
                                        .map(ApplicationType::wire)
                                        .toArray(String[]::new))
                                .orElse(null))
                .bind(
                        "hosts",
                        token.redirectHosts()
                                .map(hosts -> hosts.toArray(String[]::new))
                                .orElse(null))
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .execute();
    }

    /** Newest first. */
    static List<InitialAccessToken> list(Tx tx) {
        return tx.query("SELECT " + COLUMNS
                        + " FROM initial_access_tokens WHERE tenant_id = :tenant ORDER BY created_at DESC, id"
                        + " LIMIT 1000")
                .map((rs, ctx) -> token(rs))
                .list();
    }

    static int count(Tx tx) {
        return tx.query("SELECT count(*) FROM initial_access_tokens WHERE tenant_id = :tenant")
                .mapTo(Integer.class)
                .one();
    }

    /** One that is good now. */
    static Optional<InitialAccessToken> find(Tx tx, byte[] hash, Instant now) {
        return tx.query(
                        "SELECT " + COLUMNS
                                + """
                         FROM initial_access_tokens WHERE tenant_id = :tenant AND value_hash = :hash
                            AND (expires_at IS NULL OR expires_at > :now) AND (max_uses IS NULL OR uses < max_uses)
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map((rs, ctx) -> token(rs))
                .findOne();
    }

    /** Spends one use. @return false if there was none left: another registration was faster */
    static boolean spend(Tx tx, String id, Instant now) {
        return tx.update(
                                """
                        UPDATE initial_access_tokens SET uses = uses + 1 WHERE tenant_id = :tenant AND id = :id
                            AND (expires_at IS NULL OR expires_at > :now) AND (max_uses IS NULL OR uses < max_uses)
                        """)
                        .bind("id", id)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM initial_access_tokens WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static InitialAccessToken token(ResultSet rs) throws SQLException {
        int maxUses = rs.getInt("max_uses");
        boolean unlimited = rs.wasNull();
        @Nullable Timestamp expiresAt = rs.getTimestamp("expires_at");
        return new InitialAccessToken(
                rs.getString("id"),
                rs.getString("name"),
                rs.getInt("uses"),
                unlimited ? null : maxUses,
                strings(rs, "types").map(InitialAccessTokenStore::types),
                strings(rs, "redirect_hosts"),
                rs.getTimestamp("created_at").toInstant(),
                expiresAt == null ? null : expiresAt.toInstant());
    }

    private static List<ApplicationType> types(List<String> words) {
        return Arrays.stream(ApplicationType.values())
                .filter(type -> words.contains(type.wire()))
                .toList();
    }

    static Optional<List<String>> strings(ResultSet rs, String column) throws SQLException {
        @Nullable Array array = rs.getArray(column);
        return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
    }
}
