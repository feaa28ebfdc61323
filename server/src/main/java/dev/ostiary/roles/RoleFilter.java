package dev.ostiary.roles;

import dev.ostiary.db.Search;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * Which roles a list shows; never those that belong to the program.
 *
 * @param excludeUserId leaves out the roles that the user holds
 */
record RoleFilter(
        Optional<RoleType> type, Optional<String> excludeUserId, Optional<String> excludeApplicationId, Search search) {
    /** Columns of {@code roles r} by the field of the wire. */
    static final Map<String, String> SEARCHABLE =
            Map.of("id", "r.id", "name", "r.name", "description", "r.description");

    static RoleFilter of(Search search) {
        return new RoleFilter(Optional.empty(), Optional.empty(), Optional.empty(), search);
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
        return sql.toString();
    }

    Query bind(Query query) {
        query.bind("internal", Role.INTERNAL_PREFIX);
        type.ifPresent(t -> query.bind("type", t.wire()));
        excludeUserId.ifPresent(id -> query.bind("excludeUser", id));
        excludeApplicationId.ifPresent(id -> query.bind("excludeApplication", id));
        return search.bind(query);
    }
}
