package dev.ostiary.organizations;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Tx;
import dev.ostiary.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes organizations, their roles and users for tests. */
public final class Organizing {
    private final TestServer server;
    private final Ids ids = Ids.secure();

    public Organizing(TestServer server) {
        this.server = server;
    }

    /** @return its id */
    public String organization(String name) {
        return organization(name, "{}", "{}", null);
    }

    public String organization(
            String name, String color, String branding, @org.jspecify.annotations.Nullable String css) {
        String id = ids.brief();
        write(tx -> tx.update("INSERT INTO organizations (tenant_id, id, name, color, branding, custom_css)"
                        + " VALUES (:tenant, :id, :name, :color::jsonb, :branding::jsonb, :css)")
                .bind("id", id)
                .bind("name", name)
                .bind("color", color)
                .bind("branding", branding)
                .bind("css", css)
                .execute());
        return id;
    }

    public String role(String name) {
        return role(name, "User");
    }

    public String machineRole(String name) {
        return role(name, "MachineToMachine");
    }

    private String role(String name, String type) {
        String id = ids.standard();
        write(tx -> tx.update("INSERT INTO organization_roles (tenant_id, id, name, type)"
                        + " VALUES (:tenant, :id, :name, :type)")
                .bind("id", id)
                .bind("name", name + " " + id)
                .bind("type", type)
                .execute());
        return id;
    }

    /** Made by an administrator, with an address that nobody has proven. */
    public String user(String email) {
        return server.api()
                .created("/users", Map.of("primaryEmail", email))
                .path("id")
                .asString();
    }

    public List<String> rolesOf(String organization, String user) {
        return write(tx -> tx.query("SELECT organization_role_id FROM organization_user_roles WHERE tenant_id = :tenant"
                        + " AND organization_id = :organization AND user_id = :user ORDER BY 1")
                .bind("organization", organization)
                .bind("user", user)
                .mapTo(String.class)
                .list());
    }

    /** Ids of the organizations of a user. */
    public List<String> of(String user) {
        return write(tx -> tx.query("SELECT organization_id FROM organization_users WHERE tenant_id = :tenant"
                        + " AND user_id = :user ORDER BY 1")
                .bind("user", user)
                .mapTo(String.class)
                .list());
    }

    public long count(String from) {
        return write(
                tx -> tx.query("SELECT count(*) FROM " + from).mapTo(Long.class).one());
    }

    public void run(String sql) {
        write(tx -> tx.update(sql).execute());
    }

    public <T> T write(Function<Tx, T> work) {
        return server.app().database().write("default", work::apply);
    }
}
