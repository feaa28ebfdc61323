package dev.ostiary.roles;

import dev.ostiary.applications.ApplicationType;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.roles.RoleJson.FeaturedApplication;
import dev.ostiary.roles.RoleJson.FeaturedUser;
import dev.ostiary.roles.RoleJson.Overview;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of {@code roles}. */
final class RoleStore {
    static final String COLUMNS = "r.id, r.name, r.description, r.type, r.is_default";

    /** Who holds each role of the list: how many, and the first three. One statement, whatever the number of roles. */
    private static final String OVERVIEW =
            """
            , (SELECT coalesce(sum(x.difference), 0)::bigint FROM role_user_counts x
                WHERE x.tenant_id = r.tenant_id AND x.role_id = r.id) AS users_count,
            (SELECT jsonb_agg(jsonb_build_object('id', u.id, 'avatar', u.avatar, 'name', u.name) ORDER BY u.id)
                FROM (SELECT x.user_id FROM user_roles x WHERE x.tenant_id = r.tenant_id AND x.role_id = r.id
                    ORDER BY x.user_id LIMIT 3) AS first
                JOIN users u ON u.tenant_id = r.tenant_id AND u.id = first.user_id) AS featured_users,
            (SELECT count(*) FROM application_roles x
                WHERE x.tenant_id = r.tenant_id AND x.role_id = r.id) AS applications_count,
            (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'type', a.type) ORDER BY a.id)
                FROM (SELECT x.application_id FROM application_roles x
                    WHERE x.tenant_id = r.tenant_id AND x.role_id = r.id ORDER BY x.application_id LIMIT 3) AS first
                JOIN applications a
                    ON a.tenant_id = r.tenant_id AND a.id = first.application_id) AS featured_applications
            """;

    private RoleStore() {}

    static Optional<Role> find(Tx tx, String id) {
        return tx.query("SELECT " + COLUMNS + " FROM roles r WHERE r.tenant_id = :tenant AND r.id = :id")
                .bind("id", id)
                .map((rs, ctx) -> role(rs))
                .findOne();
    }

    static Optional<Role> lock(Tx tx, String id) {
        return tx.query("SELECT " + COLUMNS + " FROM roles r WHERE r.tenant_id = :tenant AND r.id = :id FOR UPDATE")
                .bind("id", id)
                .map((rs, ctx) -> role(rs))
                .findOne();
    }

    /** In no order; ids that nobody has are left out. */
    static List<Role> all(Tx tx, List<String> ids) {
        return tx.query("SELECT " + COLUMNS + " FROM roles r WHERE r.tenant_id = :tenant AND r.id = ANY(:ids)")
                .bindArray("ids", String.class, ids)
                .map((rs, ctx) -> role(rs))
                .list();
    }

    /** Newest first, with who holds them. */
    static List<Overview> list(Tx tx, RoleFilter filter, long offset, long limit) {
        return filter.bind(tx.query("SELECT " + COLUMNS + OVERVIEW + " FROM roles r WHERE " + filter.condition()
                        + " ORDER BY r.created_at DESC, r.id DESC OFFSET :offset LIMIT :limit"))
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> overview(tx.tenant(), rs))
                .list();
    }

    static long count(Tx tx, RoleFilter filter) {
        return filter.bind(tx.query("SELECT count(*) FROM roles r WHERE " + filter.condition()))
                .mapTo(Long.class)
                .one();
    }

    static void insert(Tx tx, Role role, Instant createdAt) {
        tx.update(
                        """
                INSERT INTO roles (tenant_id, id, name, description, type, is_default, created_at)
                VALUES (:tenant, :id, :name, :description, :type, :isDefault, :createdAt)
                """)
                .bind("id", role.id())
                .bind("name", role.name())
                .bind("description", role.description())
                .bind("type", role.type().wire())
                .bind("isDefault", role.isDefault())
                .bind("createdAt", createdAt)
                .execute();
    }

    /** @return false if there is a role of that id or name already */
    static boolean insertIfAbsent(Tx tx, Role role) {
        return tx.update(
                                """
                        INSERT INTO roles (tenant_id, id, name, description, type)
                        VALUES (:tenant, :id, :name, :description, :type) ON CONFLICT DO NOTHING
                        """)
                        .bind("id", role.id())
                        .bind("name", role.name())
                        .bind("description", role.description())
                        .bind("type", role.type().wire())
                        .execute()
                == 1;
    }

    static Role update(Tx tx, String id, RoleJson.Patch patch) {
        return tx.query(
                        """
                UPDATE roles AS r SET name = coalesce(:name, r.name), description = coalesce(:description, r.description),
                    is_default = coalesce(:isDefault, r.is_default)
                WHERE r.tenant_id = :tenant AND r.id = :id RETURNING
                """
                                + COLUMNS)
                .bind("id", id)
                .bind("name", patch.name().orElse(null))
                .bind("description", patch.description().orElse(null))
                .bind("isDefault", patch.isDefault().orElse(null))
                .map((rs, ctx) -> role(rs))
                .one();
    }

    static void delete(Tx tx, String id) {
        tx.update("DELETE FROM roles WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id)
                .execute();
    }

    static Role role(ResultSet rs) throws SQLException {
        return new Role(
                rs.getString("id"),
                rs.getString("name"),
                rs.getString("description"),
                RoleType.of(rs.getString("type")),
                rs.getBoolean("is_default"));
    }

    private static Overview overview(String tenant, ResultSet rs) throws SQLException {
        Role role = role(rs);
        List<FeaturedUser> users = new ArrayList<>();
        for (JsonNode user : array(rs.getString("featured_users"))) {
            users.add(new FeaturedUser(
                    text(user, "id"),
                    user.get("avatar").asStringOpt().orElse(null),
                    user.get("name").asStringOpt().orElse(null)));
        }
        List<FeaturedApplication> applications = new ArrayList<>();
        for (JsonNode application : array(rs.getString("featured_applications"))) {
            applications.add(new FeaturedApplication(
                    text(application, "id"),
                    text(application, "name"),
                    Json.convert(application.get("type"), ApplicationType.class)));
        }
        return new Overview(
                tenant,
                role.id(),
                role.name(),
                role.description(),
                role.type(),
                role.isDefault(),
                rs.getLong("users_count"),
                users,
                rs.getLong("applications_count"),
                applications);
    }

    private static Iterable<JsonNode> array(@Nullable String json) {
        return json == null ? List.of() : Json.readStored(json);
    }

    private static String text(JsonNode object, String key) {
        return object.get(key).asString();
    }
}
