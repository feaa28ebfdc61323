package dev.ostiary.roles;

import dev.ostiary.db.Search;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * Which roles a list shows; never those that belong to the program.
 *
 * @param excludeUserId leaves out the roles that the user holds
 * @param resourceId only roles that give a permission on this resource
 * @param scopeId only roles that give this permission
 */
record RoleFilter(
        Optional<RoleType> type,
        Optional<String> excludeUserId,
        Optional<String> excludeApplicationId,
        Optional<String> resourceId,
        Optional<String> scopeId,
        Search search) {
    /** Columns of {@code roles r} by the field of the wire. */
    static final Map<String, String> SEARCHABLE =
            Map.of("id", "r.id", "name", "r.name", "description", "r.description");

    static RoleFilter of(Search search) {
        return new RoleFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), search);
    }

    String condition() {
        StringBuilder sql = new StringBuilder("r.tenant_id = :tenant AND NOT starts_with(r.name, :internal) AND ")
                .append(search.condition());
        if (type.isPresent()) {
            sql.append(" AND r.type = :type");
        }
        if (excludeUserId.isPresent()) {
            sql.append(
                    """
                     AND NOT EXISTS (SELECT 1 FROM user_roles x
                         WHERE x.tenant_id = r.tenant_id AND x.user_id = :excludeUser AND x.role_id = r.id)
                    """);
        }
        if (excludeApplicationId.isPresent()) {
            sql.append(
                    """
                     AND NOT EXISTS (SELECT 1 FROM application_roles x WHERE x.tenant_id = r.tenant_id
                         AND x.application_id = :excludeApplication AND x.role_id = r.id)
                    """);
        }
        if (resourceId.isPresent()) {
            sql.append(
                    """
                     AND EXISTS (SELECT 1 FROM role_scopes x
                         JOIN scopes s ON s.tenant_id = x.tenant_id AND s.id = x.scope_id
                         WHERE x.tenant_id = r.tenant_id AND x.role_id = r.id AND s.resource_id = :ofResource)
                    """);
        }
        if (scopeId.isPresent()) {
            sql.append(
                    """
                     AND EXISTS (SELECT 1 FROM role_scopes x
                         WHERE x.tenant_id = r.tenant_id AND x.role_id = r.id AND x.scope_id = :ofScope)
                    """);
        }
        return sql.toString();
    }

    Query bind(Query query) {
        query.bind("internal", Role.INTERNAL_PREFIX);
        type.ifPresent(t -> query.bind("type", t.wire()));
        excludeUserId.ifPresent(id -> query.bind("excludeUser", id));
        excludeApplicationId.ifPresent(id -> query.bind("excludeApplication", id));
        resourceId.ifPresent(id -> query.bind("ofResource", id));
        scopeId.ifPresent(id -> query.bind("ofScope", id));
        return search.bind(query);
    }
}
