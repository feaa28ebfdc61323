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
            INSERT INTO grants (tenant_id, id, user_id, client_id, session_uid, scopes, resource_scopes, expires_at,
                exchange)
            VALUES (:tenant, :id, :user, :client, :session, :scopes, :resources::jsonb, :expiresAt, :exchange::jsonb)
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
                    AND exchange IS NULL
                ORDER BY id = :present DESC, created_at DESC, id OFFSET :most)
            RETURNING id
            """);

    /** @param exchange null for a consent */
    void insert(Tx tx, Grant grant, @Nullable Exchange exchange) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", grant.id());
        row.put("user", grant.userId());
        row.put("client", grant.clientId());
        row.put("session", grant.sessionUid());
        row.put("scopes", grant.scopes().toArray(String[]::new));
        row.put("resources", Json.write(grant.resourceScopes()));
        row.put("expiresAt", grant.expiresAt());
        row.put("exchange", exchange == null ? null : Json.write(exchange));
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

    /** Until the transaction ends nobody else counts the grants of that user for that application. */
    void lock(Tx tx, Grant grant) {
        tx.query("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))::text")
                .bind("key", String.join("/", "grants", tx.tenant(), grant.userId(), grant.clientId()))
                .mapTo(String.class)
                .list();
    }

    List<String> deleteBeyond(Tx tx, Grant present, long most, Instant now) {
        Map<String, Object> values = Map.of(
                "user", present.userId(),
                "client", present.clientId(),
                "present", present.id(),
                "now", now,
                "most", most);
        return DELETE_BEYOND.list(tx, values, row -> row.getString(1));
    }

    /** Whether a user has granted an application anything. */
    boolean holds(Tx tx, String userId, String clientId, Instant now) {
        return tx.query(
                        """
                SELECT EXISTS (SELECT 1 FROM grants
                    WHERE tenant_id = :tenant AND user_id = :user AND client_id = :client AND expires_at > :now)
                """)
                .bind("user", userId)
                .bind("client", clientId)
                .bind("now", now)
                .mapTo(Boolean.class)
                .one();
    }

    int deleteOfUser(Tx tx, String userId) {
        return tx.update("DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :user")
                .bind("user", userId)
                .execute();
    }

    record Listed(Grant grant, Instant createdAt) {}

    /** What a user has consented to, newest first. */
    List<Listed> ofUser(Tx tx, String userId, Instant now) {
        return tx.query(
                        """
                SELECT id, user_id, client_id, session_uid, scopes, resource_scopes, expires_at, created_at
                FROM grants WHERE tenant_id = :tenant AND user_id = :user AND expires_at > :now AND exchange IS NULL
                ORDER BY created_at DESC, id LIMIT 1000
                """)
                .bind("user", userId)
                .bind("now", now)
                .map((rs, ctx) ->
                        new Listed(grant(rs), rs.getTimestamp("created_at").toInstant()))
                .list();
    }

    /** Of a grant that is an exchange. */
    Optional<Exchange> exchange(Tx tx, String id) {
        return tx.query(
                        """
                SELECT exchange FROM grants WHERE tenant_id = :tenant AND id = :id AND exchange IS NOT NULL
                """)
                .bind("id", id)
                .map((rs, ctx) -> Json.readStored(rs.getString("exchange"), Exchange.class))
                .findOne();
    }

    int deleteExchanged(Tx tx, String userId, String with) {
        return tx.update(
                        """
                DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :user AND exchange ->> 'with' = :with
                """)
                .bind("user", userId)
                .bind("with", with)
                .execute();
    }

    boolean deleteOfUser(Tx tx, String userId, String id) {
        return tx.update("DELETE FROM grants WHERE tenant_id = :tenant AND id = :id AND user_id = :user")
                        .bind("id", id)
                        .bind("user", userId)
                        .execute()
                == 1;
    }

    private static Grant grant(ResultSet rs) throws SQLException {
        Map<String, Set<String>> resources = new LinkedHashMap<>();
        Json.readStored(rs.getString("resource_scopes")).properties().forEach(entry -> {
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
