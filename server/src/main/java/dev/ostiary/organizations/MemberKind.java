package dev.ostiary.organizations;

import dev.ostiary.roles.RoleType;

/** The two kinds of members; each has a table of members and one of their roles, of the same form. */
enum MemberKind {
    USER("user_id", "organization_users", "organization_user_roles", RoleType.USER),
    APPLICATION(
            "application_id",
            "organization_applications",
            "organization_application_roles",
            RoleType.MACHINE_TO_MACHINE);

    final String column;
    /** Which roles they may hold. */
    final RoleType type;
    /** Members of an organization. */
    final Relation members;
    /** Roles of a member: the owner is the organization and the member. */
    final Relation roles;

    private final String membersTable;
    private final String rolesTable;

    MemberKind(String column, String membersTable, String rolesTable, RoleType type) {
        this.column = column;
        this.type = type;
        this.membersTable = membersTable;
        this.rolesTable = rolesTable;
        this.members = new Relation(membersTable, column, "organization_id");
        this.roles = new Relation(rolesTable, "organization_role_id", "organization_id", column);
    }

    /** The statement with {@code $members}, {@code $roles} and {@code $member} replaced by this kind's names. */
    String sql(String statement) {
        return statement
                .replace("$members", membersTable)
                .replace("$roles", rolesTable)
                .replace("$member", column);
    }
}
