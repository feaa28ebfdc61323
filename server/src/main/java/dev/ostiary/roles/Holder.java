package dev.ostiary.roles;

import dev.ostiary.applications.ApplicationError;
import dev.ostiary.errors.ErrorCode;

/** The two kinds of those who hold roles; each has a table of the same form. */
enum Holder {
    USER("user_roles", "user_id", RoleType.USER, RoleError.INVALID_USER_ROLE_TYPE),
    APPLICATION("application_roles", "application_id", RoleType.MACHINE_TO_MACHINE, ApplicationError.INVALID_ROLE_TYPE);

    final String table;
    final String column;
    final RoleType type;
    /** Told when a role is of the other type. */
    final ErrorCode wrongType;

    Holder(String table, String column, RoleType type, ErrorCode wrongType) {
        this.table = table;
        this.column = column;
        this.type = type;
        this.wrongType = wrongType;
    }

    /** The statement with {@code $table} and {@code $holder} replaced by this kind's names. */
    String sql(String statement) {
        return statement.replace("$table", table).replace("$holder", column);
    }
}
