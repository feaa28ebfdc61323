package dev.ostiary.sessions;

import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of table {@code grants}. */
final class GrantStore {
    private static final HotSql INSERT = HotSql.of(
            """
            INSERT INTO grants (tenant_id, id, user_id, client_id, session_uid, scopes, resource_scopes, expires_at)
            VALUES (:tenant, :id, :user, :client, :session, :scopes, :resources::jsonb, :expiresAt)
            """);
    private static final HotSql FIND = HotSql.of(
            """
            SELECT id, user_id, client_id, session_uid, scopes, resource_scopes, expires_at
            FROM grants WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
            """);
    private static final HotSql DELETE_BEYOND = HotSql.of(
            """
            DELETE FROM grants WHERE tenant_id = :tenant AND id IN (
                SELECT id FROM grants
                WHERE tenant_id = :tenant AND user_id = :user AND client_id = :client AND expires_at > :now
                ORDER BY created_at DESC, id OFFSET :most)
            RETURNING id
            """);

    void insert(Tx tx, Grant grant) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", grant.id());
        row.put("user", grant.userId());
        row.put("client", grant.clientId());
        row.put("session", grant.sessionUid());
        row.put("scopes", grant.scopes().toArray(String[]::new));
        row.put("resources", Json.write(grant.resourceScopes()));
        row.put("expiresAt", grant.expiresAt());
        INSERT.update(tx, row);
    }

    void update(Tx tx, Grant grant) {
        tx.update(
                        """
                UPDATE grants SET scopes = :scopes, resource_scopes = :resources::jsonb
                WHERE tenant_id = :tenant AND id = :id
                """)
                .bind("id", grant.id())
                .bindArray("scopes", String.class, grant.scopes())
                .bind("resources", Json.write(grant.resourceScopes()))
                .execute();
    }

    Optional<Grant> find(Tx tx, String id, Instant now) {
        return FIND.findOne(tx, Map.of("id", id, "now", now), GrantStore::grant);
    }

    int delete(Tx tx, Collection<String> ids) {
        return tx.update("DELETE FROM grants WHERE tenant_id = :tenant AND id = ANY(:ids)")
                .bindArray("ids", String.class, ids)
                .execute();
    }

    List<String> deleteBeyond(Tx tx, String userId, String clientId, long most, Instant now) {
        return DELETE_BEYOND.list(
                tx, Map.of("user", userId, "client", clientId, "now", now, "most", most), row -> row.getString(1));
    }

    int deleteOfUser(Tx tx, String userId) {
        return tx.update("DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :user")
                .bind("user", userId)
                .execute();
    }

    private static Grant grant(ResultSet rs) throws SQLException {
        Map<String, Set<String>> resources = new LinkedHashMap<>();
        Json.read(rs.getString("resource_scopes")).properties().forEach(entry -> {
            Set<String> scopes = new LinkedHashSet<>();
            entry.getValue().forEach(scope -> scopes.add(scope.asString()));
            resources.put(entry.getKey(), scopes);
        });
        Array scopes = rs.getArray("scopes");
        return new Grant(
                rs.getString("id"),
                rs.getString("user_id"),
                rs.getString("client_id"),
                rs.getString("session_uid"),
                new LinkedHashSet<>(List.of((String[]) scopes.getArray())),
                resources,
                rs.getTimestamp("expires_at").toInstant());
    }
}
