package dev.ostiary.users;

import dev.ostiary.db.Search;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Params;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which users a list is about. */
record UserFilter(Search search, @Nullable Exclusion exclusion) {
    /** Columns of {@code user_search AS s}. */
    static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("id", "s.user_id");
        FIELDS.put("primaryEmail", "s.primary_email");
        FIELDS.put("primaryPhone", "s.primary_phone");
        FIELDS.put("username", "s.username");
        FIELDS.put("name", "s.name");
    }

    /**
     * Users who are left out.
     *
     * @param condition of {@code user_search AS s}, with the id bound as {@code excluded}; by {@code OFFSET 0} it stays a
     *     look-up for each match, where PostgreSQL would rather read all users and all who are left out
     * @param count how many they are, as an SQL expression
     */
    record Exclusion(String condition, String count, String id) {
        static Exclusion ofRole(String id) {
            return new Exclusion(
                    " AND NOT EXISTS (SELECT FROM user_roles AS x WHERE x.tenant_id = :tenant"
                            + " AND x.role_id = :excluded AND x.user_id = s.user_id OFFSET 0)",
                    "(SELECT coalesce(sum(x.difference), 0)::bigint FROM role_user_counts AS x"
                            + " WHERE x.tenant_id = :tenant AND x.role_id = :excluded)",
                    id);
        }

        static Exclusion ofOrganization(String id) {
            return new Exclusion(
                    " AND NOT EXISTS (SELECT FROM organization_users AS x WHERE x.tenant_id = :tenant"
                            + " AND x.organization_id = :excluded AND x.user_id = s.user_id OFFSET 0)",
                    "(SELECT coalesce(sum(x.difference), 0)::bigint FROM organization_user_counts AS x"
                            + " WHERE x.tenant_id = :tenant AND x.organization_id = :excluded)",
                    id);
        }
    }

    /** @throws AppException 400 {@code request.invalid_input} */
    static UserFilter of(Params query) {
        String role = query.get("excludeRoleId");
        String organization = query.get("excludeOrganizationId");
        if (role != null && organization != null) {
            throw new AppException(
                    CommonError.INVALID_REQUEST_INPUT,
                    null,
                    "excludeRoleId and excludeOrganizationId exclude each other.");
        }
        Search search = Search.of(query.names(), query::all, FIELDS);
        if (role != null) {
            return new UserFilter(search, Exclusion.ofRole(sound(role)));
        }
        return new UserFilter(search, organization == null ? null : Exclusion.ofOrganization(sound(organization)));
    }

    private static String sound(String id) {
        if (id.indexOf('\0') >= 0) {
            throw CommonError.INVALID_REQUEST_INPUT.exception();
        }
        return id;
    }
}
