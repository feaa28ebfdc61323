package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code organizations}. */
final class OrganizationStore {
    static final String COLUMNS =
            """
            o.id, o.name, o.description, o.custom_data, o.is_mfa_required, o.color, o.branding, o.custom_css, o.created_at
            """;

    private OrganizationStore() {}

    static Optional<Organization> find(Tx tx, String id) {
        return find(tx, id, "");
    }

    /** Until the transaction ends nobody else changes it; members may join meanwhile. */
    static Optional<Organization> lock(Tx tx, String id) {
        return find(tx, id, " FOR NO KEY UPDATE");
    }

    private static Optional<Organization> find(Tx tx, String id, String lock) {
        return tx.query("SELECT " + COLUMNS + " FROM organizations o WHERE o.tenant_id = :tenant AND o.id = :id" + lock)
                .bind("id", id)
                .map((rs, ctx) -> organization(rs))
                .findOne();
    }

    static boolean exists(Tx tx, String id) {
        return tx.query("SELECT 1 FROM organizations WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static void insert(Tx tx, Organization organization) {
        bind(
                        tx.update(
                                """
                INSERT INTO organizations (tenant_id, id, name, description, custom_data, is_mfa_required, color,
                    branding, custom_css, created_at)
                VALUES (:tenant, :id, :name, :description, :customData::jsonb, :isMfaRequired, :color::jsonb,
                    :branding::jsonb, :customCss, :createdAt)
                """),
                        organization)
                .bind("createdAt", organization.createdAt())
                .execute();
    }

    static void update(Tx tx, Organization organization) {
        bind(
                        tx.update(
                                """
                UPDATE organizations SET name = :name, description = :description, custom_data = :customData::jsonb,
                    is_mfa_required = :isMfaRequired, color = :color::jsonb, branding = :branding::jsonb,
                    custom_css = :customCss
                WHERE tenant_id = :tenant AND id = :id
                """),
                        organization)
                .execute();
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM organizations WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Short ledgers: one row an organization, where there are many. */
    static void foldCounts(Tx tx) {
        tx.update(
                        """
                WITH long AS MATERIALIZED (
                    SELECT tenant_id, organization_id FROM organization_user_counts
                    GROUP BY tenant_id, organization_id HAVING count(*) > 20 LIMIT 1000),
                taken AS (
                    DELETE FROM organization_user_counts c USING long
                    WHERE c.tenant_id = long.tenant_id AND c.organization_id = long.organization_id
                    RETURNING c.tenant_id, c.organization_id, c.difference)
                INSERT INTO organization_user_counts
                SELECT tenant_id, organization_id, sum(difference) FROM taken GROUP BY tenant_id, organization_id
                """)
                .execute();
    }

    static Organization organization(ResultSet rs) throws SQLException {
        return new Organization(
                rs.getString("id"),
                rs.getString("name"),
                rs.getString("description"),
                (ObjectNode) Json.readStored(rs.getString("custom_data")),
                rs.getBoolean("is_mfa_required"),
                (ObjectNode) Json.readStored(rs.getString("color")),
                (ObjectNode) Json.readStored(rs.getString("branding")),
                rs.getString("custom_css"),
                rs.getTimestamp("created_at").toInstant());
    }

    private static Update bind(Update update, Organization organization) {
        return update.bind("id", organization.id())
                .bind("name", organization.name())
                .bind("description", organization.description())
                .bind("customData", Json.write(organization.customData()))
                .bind("isMfaRequired", organization.isMfaRequired())
                .bind("color", Json.write(organization.color()))
                .bind("branding", Json.write(organization.branding()))
                .bind("customCss", organization.customCss());
    }
}
