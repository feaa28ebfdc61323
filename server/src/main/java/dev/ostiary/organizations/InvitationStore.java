package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.organizations.Invitation.RoleName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** SQL of tables {@code organization_invitations} and {@code organization_invitation_roles}. */
final class InvitationStore {
    private static final String SELECT =
            """
            SELECT i.id, i.inviter_id, i.invitee, i.accepted_user_id, i.organization_id, i.status, i.created_at,
                i.updated_at, i.expires_at, coalesce((
                    SELECT jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) ORDER BY r.name, r.id)
                    FROM organization_invitation_roles ir
                    JOIN organization_roles r ON r.tenant_id = ir.tenant_id AND r.id = ir.organization_role_id
                    WHERE ir.tenant_id = i.tenant_id AND ir.invitation_id = i.id), '[]') AS roles
            FROM organization_invitations i
            WHERE i.tenant_id = :tenant
            """;

    private InvitationStore() {}

    /**
     * Which invitations; null for any.
     *
     * @param containing a part of the address, without regard to case
     * @param status as it is now: what has run out is expired, though nobody has written it down
     */
    record Filter(
            @Nullable String organizationId,
            @Nullable String inviterId,
            @Nullable String invitee,
            @Nullable String containing,
            @Nullable InvitationStatus status) {
        private String condition() {
            StringBuilder sql = new StringBuilder();
            if (organizationId != null) {
                sql.append(" AND i.organization_id = :organization");
            }
            if (inviterId != null) {
                sql.append(" AND i.inviter_id = :inviter");
            }
            if (invitee != null) {
                sql.append(" AND i.invitee_folded = lower(:invitee)");
            }
            if (containing != null) {
                sql.append(" AND i.invitee_folded LIKE lower(:containing)");
            }
            if (status != null) {
                sql.append(
                        switch (status) {
                            case PENDING -> " AND i.status = 'Pending' AND i.expires_at >= :now";
                            case EXPIRED ->
                                " AND (i.status = 'Expired' OR i.status = 'Pending' AND i.expires_at < :now)";
                            case ACCEPTED, REVOKED -> " AND i.status = :status";
                        });
            }
            return sql.toString();
        }

        private Query bind(Query query, Instant now) {
            return query.bind("organization", organizationId)
                    .bind("inviter", inviterId)
                    .bind("invitee", invitee)
                    .bind("containing", containing == null ? null : Containing.pattern(containing))
                    .bind("status", status == null ? null : status.word())
                    .bind("now", now);
        }
    }

    static List<Invitation> list(Tx tx, Filter filter, Instant now, long offset, long limit) {
        return filter.bind(
                        tx.query(SELECT + filter.condition()
                                + " ORDER BY i.created_at DESC, i.id DESC LIMIT :limit OFFSET :offset"),
                        now)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> invitation(row, now))
                .list();
    }

    static long count(Tx tx, Filter filter, Instant now) {
        return filter.bind(
                        tx.query("SELECT count(*) FROM organization_invitations i WHERE i.tenant_id = :tenant"
                                + filter.condition()),
                        now)
                .mapTo(Long.class)
                .one();
    }

    static Optional<Invitation> find(Tx tx, String id, Instant now) {
        return tx.query(SELECT + " AND i.id = :id")
                .bind("id", id)
                .map((row, context) -> invitation(row, now))
                .findOne();
    }

    static Optional<Invitation> find(Tx tx, String id, byte[] tokenHash, Instant now) {
        return tx.query(SELECT + " AND i.id = :id AND i.token_hash = :token")
                .bind("id", id)
                .bind("token", tokenHash)
                .map((row, context) -> invitation(row, now))
                .findOne();
    }

    /** Whoever has the address is a member already. */
    static boolean isMember(Tx tx, String organizationId, String invitee) {
        return tx.query(
                        """
                        SELECT 1 FROM users u
                        JOIN organization_users m ON m.tenant_id = u.tenant_id AND m.user_id = u.id
                        WHERE u.tenant_id = :tenant AND u.primary_email_folded = lower(:invitee)
                            AND m.organization_id = :organization
                        """)
                .bind("invitee", invitee)
                .bind("organization", organizationId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** What waits no more must not be in the way of a new one: the index of pending ones knows no time. */
    static void expire(Tx tx, String organizationId, String invitee, Instant now) {
        tx.update(
                        """
                        UPDATE organization_invitations SET status = 'Expired'
                        WHERE tenant_id = :tenant AND organization_id = :organization
                            AND invitee_folded = lower(:invitee) AND status = 'Pending' AND expires_at < :now
                        """)
                .bind("organization", organizationId)
                .bind("invitee", invitee)
                .bind("now", now)
                .execute();
    }

    static void insert(
            Tx tx,
            String id,
            Invitations.Draft draft,
            byte @Nullable [] tokenHash,
            Collection<String> roleIds,
            Instant now) {
        tx.update(
                        """
                        INSERT INTO organization_invitations (tenant_id, id, organization_id, inviter_id, invitee,
                            status, token_hash, created_at, updated_at, expires_at)
                        VALUES (:tenant, :id, :organization, :inviter, :invitee, 'Pending', :token, :now, :now, :expiresAt)
                        """)
                .bind("id", id)
                .bind("organization", draft.organizationId())
                .bind("inviter", draft.inviterId())
                .bind("invitee", draft.invitee())
                .bind("token", tokenHash)
                .bind("now", now)
                .bind("expiresAt", draft.expiresAt())
                .execute();
        if (!roleIds.isEmpty()) {
            tx.update(
                            """
                            INSERT INTO organization_invitation_roles (tenant_id, invitation_id, organization_role_id)
                            SELECT DISTINCT :tenant, :id, unnest(:roles)
                            """)
                    .bind("id", id)
                    .bindArray("roles", String.class, List.copyOf(roleIds))
                    .execute();
        }
    }

    /** @return false unless it is pending */
    static boolean replaceToken(Tx tx, String id, byte[] tokenHash, Instant now) {
        return tx.update(
                                """
                        UPDATE organization_invitations SET token_hash = :token, updated_at = :now
                        WHERE tenant_id = :tenant AND id = :id AND status = 'Pending' AND expires_at >= :now
                        """)
                        .bind("id", id)
                        .bind("token", tokenHash)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** @return false unless it is pending */
    static boolean revoke(Tx tx, String id, Instant now) {
        return tx.update(
                                """
                        UPDATE organization_invitations SET status = 'Revoked', updated_at = :now
                        WHERE tenant_id = :tenant AND id = :id AND status = 'Pending' AND expires_at >= :now
                        """)
                        .bind("id", id)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    static Optional<String> delete(Tx tx, String id) {
        return tx.query(
                        """
                        DELETE FROM organization_invitations WHERE tenant_id = :tenant AND id = :id
                        RETURNING organization_id
                        """)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /** What has come of accepting. @param joined false for who was a member before */
    record Accepted(String organizationId, boolean joined) {}

    /**
     * All of it is one statement: of two who accept at once one does, and what is decided here is still so when it is
     * done (OR1). Roles are locked as they are read: one that is being deleted is waited for, and then not given.
     *
     * @param tokenHash null where no link is asked for
     */
    static Optional<Accepted> accept(Tx tx, String id, String userId, byte @Nullable [] tokenHash, Instant now) {
        return tx.query(
                        """
                        WITH accepted AS (
                            UPDATE organization_invitations AS i
                            SET status = 'Accepted', accepted_user_id = u.id, updated_at = :now
                            FROM users AS u
                            WHERE i.tenant_id = :tenant AND i.id = :id AND i.status = 'Pending' AND i.expires_at >= :now
                                AND (:token::bytea IS NULL OR i.token_hash = :token::bytea)
                                AND u.tenant_id = :tenant AND u.id = :user AND NOT u.is_suspended
                                AND u.primary_email_folded = i.invitee_folded
                            RETURNING i.id, i.organization_id
                        ), joined AS (
                            INSERT INTO organization_users (tenant_id, organization_id, user_id, created_at)
                            SELECT :tenant, organization_id, :user, :now FROM accepted
                            ON CONFLICT DO NOTHING RETURNING organization_id
                        ), roles AS (
                            SELECT a.organization_id, r.id
                            FROM accepted AS a
                            JOIN organization_invitation_roles AS ir ON ir.tenant_id = :tenant AND ir.invitation_id = a.id
                            JOIN organization_roles AS r ON r.tenant_id = :tenant AND r.id = ir.organization_role_id
                            ORDER BY r.id FOR KEY SHARE OF r
                        ), given AS (
                            INSERT INTO organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
                            SELECT :tenant, organization_id, :user, id FROM roles
                            ON CONFLICT DO NOTHING
                        )
                        SELECT organization_id, EXISTS (SELECT 1 FROM joined) AS joined FROM accepted
                        """)
                .bind("id", id)
                .bind("user", userId)
                .bind("token", tokenHash)
                .bind("now", now)
                .map((row, context) -> new Accepted(row.getString("organization_id"), row.getBoolean("joined")))
                .findOne();
    }

    private static Invitation invitation(ResultSet row, Instant now) throws SQLException {
        InvitationStatus stored = InvitationStatus.of(row.getString("status"));
        Instant expiresAt = instant(row, "expires_at");
        boolean isOver = stored == InvitationStatus.PENDING && expiresAt.isBefore(now);
        List<RoleName> roles = new ArrayList<>();
        Json.readStored(row.getString("roles"))
                .forEach(role -> roles.add(new RoleName(
                        role.path("id").asString(), role.path("name").asString())));
        return new Invitation(
                row.getString("id"),
                row.getString("inviter_id"),
                row.getString("invitee"),
                row.getString("accepted_user_id"),
                row.getString("organization_id"),
                isOver ? InvitationStatus.EXPIRED : stored,
                instant(row, "created_at"),
                instant(row, "updated_at"),
                expiresAt,
                List.copyOf(roles));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
