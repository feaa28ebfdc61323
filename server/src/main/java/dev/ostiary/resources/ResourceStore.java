package dev.ostiary.resources;

import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of {@code resources}, with their scopes. */
final class ResourceStore {
    /** Columns of {@code resources r} by the field of the wire. */
    static final Map<String, String> SEARCHABLE = Map.of("id", "r.id", "name", "r.name", "indicator", "r.indicator");

    private static final String COLUMNS =
            """
            r.id, r.name, r.indicator, r.access_token_ttl, r.is_default,
            (SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'description', s.description,
                        'createdAt', floor(extract(epoch FROM s.created_at) * 1000)) ORDER BY s.created_at, s.id)
                FROM scopes s WHERE s.tenant_id = r.tenant_id AND s.resource_id = r.id) AS scopes
            """;

    private ResourceStore() {}

    static Optional<Resource> find(Tx tx, String id) {
        return tx.query("SELECT " + COLUMNS + " FROM resources r WHERE r.tenant_id = :tenant AND r.id = :id")
                .bind("id", id)
                .map((rs, ctx) -> resource(rs))
                .findOne();
    }

    static Optional<Resource> findByIndicator(Tx tx, String indicator) {
        return tx.query("SELECT " + COLUMNS
                        + " FROM resources r WHERE r.tenant_id = :tenant AND r.indicator = :indicator")
                .bind("indicator", indicator)
                .map((rs, ctx) -> resource(rs))
                .findOne();
    }

    static Optional<Resource> findDefault(Tx tx) {
        return tx.query("SELECT " + COLUMNS + " FROM resources r WHERE r.tenant_id = :tenant AND r.is_default")
                .map((rs, ctx) -> resource(rs))
                .findOne();
    }

    static List<Resource> all(Tx tx, List<String> ids) {
        return tx.query("SELECT " + COLUMNS + " FROM resources r WHERE r.tenant_id = :tenant AND r.id = ANY(:ids)")
                .bindArray("ids", String.class, ids)
                .map((rs, ctx) -> resource(rs))
                .list();
    }

    static Optional<Resource> lock(Tx tx, String id) {
        return tx.query("SELECT " + COLUMNS + " FROM resources r WHERE r.tenant_id = :tenant AND r.id = :id FOR UPDATE")
                .bind("id", id)
                .map((rs, ctx) -> resource(rs))
                .findOne();
    }

    /** Newest first. */
    static List<Resource> list(Tx tx, Search search, long offset, long limit) {
        return search.bind(tx.query("SELECT " + COLUMNS + " FROM resources r WHERE r.tenant_id = :tenant AND "
                        + search.condition() + " ORDER BY r.created_at DESC, r.id DESC OFFSET :offset LIMIT :limit"))
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> resource(rs))
                .list();
    }

    static long count(Tx tx, Search search) {
        return search.bind(tx.query(
                        "SELECT count(*) FROM resources r WHERE r.tenant_id = :tenant AND " + search.condition()))
                .mapTo(Long.class)
                .one();
    }

    static void insert(Tx tx, Resource resource, Instant createdAt) {
        tx.update(
                        """
                INSERT INTO resources (tenant_id, id, name, indicator, is_default, access_token_ttl, created_at)
                VALUES (:tenant, :id, :name, :indicator, :isDefault, :ttl, :createdAt)
                """)
                .bind("id", resource.id())
                .bind("name", resource.name())
                .bind("indicator", resource.indicator())
                .bind("isDefault", resource.isDefault())
                .bind("ttl", resource.accessTokenTtl().toSeconds())
                .bind("createdAt", createdAt)
                .execute();
    }

    /** @return false if it is there already */
    static boolean insertIfAbsent(Tx tx, String id, String name, String indicator) {
        return tx.update(
                                """
                INSERT INTO resources (tenant_id, id, name, indicator) VALUES (:tenant, :id, :name, :indicator)
                ON CONFLICT DO NOTHING
                """)
                        .bind("id", id)
                        .bind("name", name)
                        .bind("indicator", indicator)
                        .execute()
                == 1;
    }

    static void update(Tx tx, String id, String name, Duration accessTokenTtl) {
        tx.update(
                        """
                UPDATE resources SET name = :name, access_token_ttl = :ttl WHERE tenant_id = :tenant AND id = :id
                """)
                .bind("id", id)
                .bind("name", name)
                .bind("ttl", accessTokenTtl.toSeconds())
                .execute();
    }

    /** Nobody but one is the default: the others are taken back first, or the unique index would refuse. */
    static void setDefault(Tx tx, String id, boolean isDefault) {
        tx.update("UPDATE resources SET is_default = false WHERE tenant_id = :tenant AND is_default")
                .execute();
        if (isDefault) {
            tx.update("UPDATE resources SET is_default = true WHERE tenant_id = :tenant AND id = :id")
                    .bind("id", id)
                    .execute();
        }
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM resources WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static Resource resource(ResultSet rs) throws SQLException {
        String id = rs.getString("id");
        return new Resource(
                id,
                rs.getString("name"),
                rs.getString("indicator"),
                Duration.ofSeconds(rs.getLong("access_token_ttl")),
                rs.getBoolean("is_default"),
                scopes(id, rs.getString("scopes")));
    }

    private static List<Scope> scopes(String resourceId, @Nullable String json) {
        List<Scope> scopes = new ArrayList<>();
        if (json != null) {
            for (JsonNode scope : Json.readStored(json)) {
                JsonNode description = scope.get("description");
                scopes.add(new Scope(
                        scope.get("id").asString(),
                        resourceId,
                        scope.get("name").asString(),
                        description.isNull() ? null : description.asString(),
                        Instant.ofEpochMilli(scope.get("createdAt").asLong())));
            }
        }
        return List.copyOf(scopes);
    }
}
