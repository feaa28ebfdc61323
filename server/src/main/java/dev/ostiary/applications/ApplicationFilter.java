package dev.ostiary.applications;

import dev.ostiary.db.Search;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * Which applications a list shows.
 *
 * @param types all if empty
 * @param excludeRoleId leaves out those that hold the role
 * @param excludeOrganizationId leaves out those that are members of the organization
 */
record ApplicationFilter(
        List<ApplicationType> types,
        Optional<String> excludeRoleId,
        Optional<String> excludeOrganizationId,
        Optional<Boolean> isThirdParty,
        Search search) {
    /** Columns of {@code applications a} by the field of the wire. */
    static final Map<String, String> SEARCHABLE =
            Map.of("id", "a.id", "name", "a.name", "description", "a.description");

    String condition() {
        StringBuilder sql = new StringBuilder("a.tenant_id = :tenant AND ").append(search.condition());
        if (!types.isEmpty()) {
            sql.append(" AND a.type = ANY(:types)");
        }
        if (isThirdParty.isPresent()) {
            sql.append(" AND a.is_third_party = :thirdParty");
        }
        if (excludeRoleId.isPresent()) {
            sql.append(
                    """
                     AND NOT EXISTS (SELECT 1 FROM application_roles ar WHERE ar.tenant_id = a.tenant_id
                         AND ar.application_id = a.id AND ar.role_id = :excludeRole)
                    """);
        }
        if (excludeOrganizationId.isPresent()) {
            sql.append(
                    """
                     AND NOT EXISTS (SELECT 1 FROM organization_applications oa WHERE oa.tenant_id = a.tenant_id
                         AND oa.application_id = a.id AND oa.organization_id = :excludeOrganization)
                    """);
        }
        return sql.toString();
    }

    Query bind(Query query) {
        if (!types.isEmpty()) {
            query.bindArray(
                    "types",
                    String.class,
                    types.stream().map(ApplicationType::wire).toList());
        }
        isThirdParty.ifPresent(value -> query.bind("thirdParty", value));
        excludeRoleId.ifPresent(id -> query.bind("excludeRole", id));
        excludeOrganizationId.ifPresent(id -> query.bind("excludeOrganization", id));
        return search.bind(query);
    }
}
