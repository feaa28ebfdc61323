package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import java.util.List;

/** SQL of tables {@code organization_jit_*}. */
final class JitStore {
    private JitStore() {}

    /** What an organization has set up. */
    enum Rule {
        DOMAINS("organization_jit_email_domains", "email_domain"),
        ROLES("organization_jit_roles", "organization_role_id"),
        CONNECTORS("organization_jit_sso_connectors", "sso_connector_id");

        final Relation relation;
        private final String table;

        Rule(String table, String column) {
            this.table = table;
            this.relation = new Relation(table, column, "organization_id");
        }

        long count(Tx tx, String organizationId) {
            return tx.query("SELECT count(*) FROM " + table
                            + " WHERE tenant_id = :tenant AND organization_id = :organization")
                    .bind("organization", organizationId)
                    .mapTo(Long.class)
                    .one();
        }
    }

    /**
     * Organizations and roles are locked as they are read: one that is being deleted is waited for, and then not joined,
     * so that nobody's registration fails for it.
     *
     * @param domain empty for none
     * @param ssoConnectorId empty for none
     * @return the organizations of which the user was no member before
     */
    static List<String> join(Tx tx, String userId, String domain, String ssoConnectorId) {
        return tx.query(
                        """
                        WITH wanted AS (
                            SELECT o.id FROM organizations AS o
                            WHERE o.tenant_id = :tenant AND o.id IN (
                                SELECT organization_id FROM organization_jit_email_domains
                                WHERE tenant_id = :tenant AND email_domain = :domain
                                UNION
                                SELECT organization_id FROM organization_jit_sso_connectors
                                WHERE tenant_id = :tenant AND sso_connector_id = :connector)
                            ORDER BY o.id FOR KEY SHARE
                        ), joined AS (
                            INSERT INTO organization_users (tenant_id, organization_id, user_id)
                            SELECT :tenant, id, :user FROM wanted
                            ON CONFLICT DO NOTHING RETURNING organization_id
                        ), roles AS (
                            SELECT j.organization_id, r.id
                            FROM joined AS j
                            JOIN organization_jit_roles AS jr
                                ON jr.tenant_id = :tenant AND jr.organization_id = j.organization_id
                            JOIN organization_roles AS r ON r.tenant_id = :tenant AND r.id = jr.organization_role_id
                            ORDER BY r.id FOR KEY SHARE OF r
                        ), given AS (
                            INSERT INTO organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
                            SELECT :tenant, organization_id, :user, id FROM roles
                        )
                        SELECT organization_id FROM joined
                        """)
                .bind("user", userId)
                .bind("domain", domain)
                .bind("connector", ssoConnectorId)
                .mapTo(String.class)
                .list();
    }

    static List<String> domains(Tx tx, String organizationId, long offset, long limit) {
        return tx.query(
                        """
                        SELECT email_domain FROM organization_jit_email_domains
                        WHERE tenant_id = :tenant AND organization_id = :organization
                        ORDER BY email_domain LIMIT :limit OFFSET :offset
                        """)
                .bind("organization", organizationId)
                .bind("limit", limit)
                .bind("offset", offset)
                .mapTo(String.class)
                .list();
    }

    /** Ids of roles. */
    static List<String> roles(Tx tx, String organizationId, long offset, long limit) {
        return tx.query(
                        """
                        SELECT r.id FROM organization_jit_roles j
                        JOIN organization_roles r ON r.tenant_id = j.tenant_id AND r.id = j.organization_role_id
                        WHERE j.tenant_id = :tenant AND j.organization_id = :organization
                        ORDER BY r.name, r.id LIMIT :limit OFFSET :offset
                        """)
                .bind("organization", organizationId)
                .bind("limit", limit)
                .bind("offset", offset)
                .mapTo(String.class)
                .list();
    }

    /** Ids of connectors. */
    static List<String> connectors(Tx tx, String organizationId, long offset, long limit) {
        return tx.query(
                        """
                        SELECT c.id FROM organization_jit_sso_connectors j
                        JOIN sso_connectors c ON c.tenant_id = j.tenant_id AND c.id = j.sso_connector_id
                        WHERE j.tenant_id = :tenant AND j.organization_id = :organization
                        ORDER BY c.connector_name, c.id LIMIT :limit OFFSET :offset
                        """)
                .bind("organization", organizationId)
                .bind("limit", limit)
                .bind("offset", offset)
                .mapTo(String.class)
                .list();
    }
}
