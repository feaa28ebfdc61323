package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import dev.ostiary.http.Page;
import dev.ostiary.json.Json;
import dev.ostiary.organizations.OrganizationJson.RoleName;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of {@code organization_users} and {@code organization_applications} and of the roles of both. */
final class MemberStore {
    private static final String MEMBERS_OF = "m.tenant_id = :tenant AND m.organization_id = :organization";
    private static final String NEWEST_FIRST = " ORDER BY m.created_at DESC, m.application_id DESC";

    private static final String ROLES =
            """
            SELECT mr.$member AS member,
                jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) ORDER BY r.name) AS organization_roles
            FROM $roles mr JOIN organization_roles r ON r.tenant_id = mr.tenant_id AND r.id = mr.organization_role_id
            WHERE mr.tenant_id = :tenant AND mr.organization_id = :organization AND mr.$member = ANY(:members)
            GROUP BY mr.$member
            """;

    private MemberStore() {}

    /** Ids of applications that are members, those that joined last in front. */
    static IdPage applications(Tx tx, String organizationId, Optional<String> text, Page page) {
        String from = " FROM organization_applications m"
                + " JOIN applications a ON a.tenant_id = m.tenant_id AND a.id = m.application_id WHERE " + MEMBERS_OF
                + " AND " + Containing.condition(text, "a.id", "a.name", "a.description");
        UnaryOperator<Query> bind = query -> Containing.bind(query.bind("organization", organizationId), text);
        return new IdPage(
                IdPage.list(tx, "SELECT a.id" + from + NEWEST_FIRST, page, bind),
                bind.apply(tx.query("SELECT count(*)" + from)).mapTo(Long.class).one(),
                false);
    }

    /** In the order of the ids. */
    static List<User> readUsers(Tx tx, List<String> ids) {
        return tx.query(
                        "SELECT " + Users.COLUMNS
                                + """
                         FROM unnest(:ids) WITH ORDINALITY AS page (id, place)
                        JOIN users u ON u.tenant_id = :tenant AND u.id = page.id ORDER BY page.place
                        """)
                .bindArray("ids", String.class, ids)
                .map((rs, ctx) -> Users.read(rs))
                .list();
    }

    /** Roles in one organization by member; who has none is left out. */
    static Map<String, List<RoleName>> rolesOf(Tx tx, MemberKind kind, String organizationId, List<String> memberIds) {
        Map<String, List<RoleName>> roles = new HashMap<>();
        tx.query(kind.sql(ROLES))
                .bind("organization", organizationId)
                .bindArray("members", String.class, memberIds)
                .map((rs, ctx) -> roles.put(rs.getString("member"), roleNames(rs.getString("organization_roles"))))
                .list();
        return roles;
    }

    /** Every member gets every role, those that they have not yet. */
    static void giveRoles(
            Tx tx,
            MemberKind kind,
            String organizationId,
            Collection<String> memberIds,
            Collection<String> organizationRoleIds) {
        tx.update(
                        kind.sql(
                                """
                INSERT INTO $roles (tenant_id, organization_id, $member, organization_role_id)
                SELECT DISTINCT :tenant, :organization, m.id, r.id
                FROM unnest(:members) AS m (id) CROSS JOIN unnest(:given) AS r (id) ORDER BY m.id, r.id
                ON CONFLICT DO NOTHING
                """))
                .bind("organization", organizationId)
                .bindArray("members", String.class, List.copyOf(memberIds))
                .bindArray("given", String.class, List.copyOf(organizationRoleIds))
                .execute();
    }

    static List<RoleName> roleNames(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        List<RoleName> names = new ArrayList<>();
        for (JsonNode role : Json.readStored(json)) {
            names.add(new RoleName(role.get("id").asString(), role.get("name").asString()));
        }
        return names;
    }
}
