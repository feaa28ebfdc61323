package dev.ostiary.users;

import dev.ostiary.db.Search;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Params;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which users a list is about.
 *
 * @param excludeRoleId users who have this role are left out
 */
record UserFilter(Search search, @Nullable String excludeRoleId) {
    /** Columns of {@code user_search AS s}. */
    static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("id", "s.user_id");
        FIELDS.put("primaryEmail", "s.primary_email");
        FIELDS.put("primaryPhone", "s.primary_phone");
        FIELDS.put("username", "s.username");
        FIELDS.put("name", "s.name");
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
        if (role != null && role.indexOf('\0') >= 0) {
            throw CommonError.INVALID_REQUEST_INPUT.exception();
        }
        // No organization has members before the room of organizations exists: there is nobody to leave out.
        return new UserFilter(Search.of(query.names(), query::all, FIELDS), role);
    }
}
