package dev.ostiary.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.tenants.Tenants;
import java.util.Map;

/** Organizations as administrators leave them: who belongs to them, and what roles let members do. */
public final class TestOrganizations {
    private final Database database;
    private final Ids ids = Ids.secure();

    public TestOrganizations(TestOidc oidc) {
        this(oidc.database());
    }

    public TestOrganizations(Database database) {
        this.database = database;
    }

    /** @return its id */
    public String organization(String name) {
        String id = ids.brief();
        update(
                "INSERT INTO organizations (tenant_id, id, name, description) VALUES (:tenant, :id, :name, 'for a test')",
                Map.of("id", id, "name", name));
        return id;
    }

    public void requireMfa(String organization) {
        update(
                "UPDATE organizations SET is_mfa_required = true WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", organization));
    }

    public void delete(String organization) {
        update("DELETE FROM organizations WHERE tenant_id = :tenant AND id = :id", Map.of("id", organization));
    }

    /** @param member a user or an application */
    public void join(String organization, String member) {
        update(
                "INSERT INTO " + Kind.of(member).members("(tenant_id, organization_id, %s)")
                        + " VALUES (:tenant, :organization, :member)",
                Map.of("organization", organization, "member", member));
    }

    public void leave(String organization, String member) {
        update(
                "DELETE FROM "
                        + Kind.of(member)
                                .members("WHERE tenant_id = :tenant AND organization_id = :organization"
                                        + " AND %s = :member"),
                Map.of("organization", organization, "member", member));
    }

    /** Lets a member do something in the organization, by a role of their own. @return the role's id */
    public String permit(String organization, String member, String... scopes) {
        String role = role(organization, member);
        for (String scope : scopes) {
            update(
                    "INSERT INTO organization_scopes (tenant_id, id, name) VALUES (:tenant, :id, :name)"
                            + " ON CONFLICT DO NOTHING",
                    Map.of("id", ids.standard(), "name", scope));
            update(
                    """
                    INSERT INTO organization_role_scopes (tenant_id, organization_role_id, organization_scope_id)
                    SELECT :tenant, :role, id FROM organization_scopes WHERE tenant_id = :tenant AND name = :name
                    """,
                    Map.of("role", role, "name", scope));
        }
        return role;
    }

    /** Lets a member do something at an API for the organization. @return the role's id */
    public String permitAt(String resource, String organization, String member, String... scopes) {
        String role = role(organization, member);
        for (String scope : scopes) {
            update(
                    """
                    INSERT INTO organization_role_resource_scopes (tenant_id, organization_role_id, scope_id)
                    SELECT :tenant, :role, id FROM scopes
                    WHERE tenant_id = :tenant AND resource_id = :resource AND name = :name
                    """,
                    Map.of("role", role, "resource", resource, "name", scope));
        }
        return role;
    }

    public void deleteRole(String role) {
        update("DELETE FROM organization_roles WHERE tenant_id = :tenant AND id = :id", Map.of("id", role));
    }

    public void deleteScope(String name) {
        update("DELETE FROM organization_scopes WHERE tenant_id = :tenant AND name = :name", Map.of("name", name));
    }

    private String role(String organization, String member) {
        String id = ids.standard();
        Kind kind = Kind.of(member);
        update(
                "INSERT INTO organization_roles (tenant_id, id, name, type) VALUES (:tenant, :id, :id, :type)",
                Map.of("id", id, "type", kind == Kind.USER ? "User" : "MachineToMachine"));
        update(
                "INSERT INTO " + kind.roles("(tenant_id, organization_id, organization_role_id, %s)")
                        + " VALUES (:tenant, :organization, :role, :member)",
                Map.of("organization", organization, "role", id, "member", member));
        return id;
    }

    private void update(String sql, Map<String, ?> values) {
        database.run(Tenants.DEFAULT, tx -> tx.update(sql).bindMap(values).execute());
    }

    private enum Kind {
        USER("user"),
        APPLICATION("application");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        static Kind of(String member) {
            return member.length() == 12 ? USER : APPLICATION;
        }

        String members(String rest) {
            return "organization_" + word + "s " + rest.formatted(word + "_id");
        }

        String roles(String rest) {
            return "organization_" + word + "_roles " + rest.formatted(word + "_id");
        }
    }
}
