package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL of rotation: old tokens are spent and successors stored, or nothing is; one statement, one winner (RT1). */
final class RotationStore {
    /** Grants are locked before tokens, as a revocation does it, so that the two never wait in a circle. */
    private static final HotSql ROTATE = HotSql.of(
            """
            WITH input AS MATERIALIZED (
                SELECT decode(i.spent, 'hex') AS spent, decode(i.refresh, 'hex') AS refresh,
                    i.refresh_expires_at::timestamptz AS refresh_expires_at, decode(i.access, 'hex') AS access,
                    i.access_scope, i.access_expires_at::timestamptz AS access_expires_at
                FROM unnest(:spent::text[], :refresh::text[], :refreshExpiresAt::text[], :access::text[],
                        :accessScope::text[], :accessExpiresAt::text[])
                    AS i (spent, refresh, refresh_expires_at, access, access_scope, access_expires_at)),
            held AS MATERIALIZED (
                SELECT id FROM grants WHERE tenant_id = :tenant AND id = ANY (:grants::text[]) ORDER BY id
                FOR KEY SHARE),
            spent AS (
                UPDATE refresh_tokens t SET consumed_at = :now FROM input i, held h
                WHERE t.tenant_id = :tenant AND t.id = i.spent AND t.grant_id = h.id AND t.consumed_at IS NULL
                RETURNING t.*),
            successor AS (
                INSERT INTO refresh_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid,
                    expires_with_session, scope, resources, claims, chain_began_at, created_at, expires_at)
                SELECT s.tenant_id, i.refresh, s.grant_id, s.user_id, s.client_id, s.session_uid,
                    s.expires_with_session, s.scope, s.resources, s.claims, s.chain_began_at, :now,
                    i.refresh_expires_at
                FROM spent s JOIN input i ON i.spent = s.id),
            access AS (
                INSERT INTO access_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid,
                    expires_with_session, scope, created_at, expires_at)
                SELECT s.tenant_id, i.access, s.grant_id, s.user_id, s.client_id, s.session_uid,
                    s.expires_with_session, i.access_scope, :now, i.access_expires_at
                FROM spent s JOIN input i ON i.spent = s.id WHERE i.access IS NOT NULL)
            SELECT encode(id, 'hex') FROM spent
            """);

    private RotationStore() {}

    /**
     * @param rotations of different tokens
     * @return hashes, in hex, of the tokens that were spent now; the others had been before, or their grant is gone
     */
    static Set<String> rotate(Tx tx, List<Rotation> rotations, Instant now) {
        List<Rotation> ordered = rotations.stream()
                .sorted(Comparator.comparing(Rotation::grantId))
                .toList();
        Map<String, Object> columns = new HashMap<>();
        columns.put("now", now);
        columns.put("spent", column(ordered, r -> hex(r.spent())));
        columns.put("grants", column(ordered, Rotation::grantId));
        columns.put("refresh", column(ordered, r -> Hashes.sha256Hex(r.successor())));
        columns.put(
                "refreshExpiresAt", column(ordered, r -> r.successorExpiresAt().toString()));
        columns.put("access", column(ordered, r -> ofAccess(r, token -> Hashes.sha256Hex(token.value()))));
        columns.put("accessScope", column(ordered, r -> ofAccess(r, NewAccessToken::scope)));
        columns.put(
                "accessExpiresAt",
                column(ordered, r -> ofAccess(r, token -> token.expiresAt().toString())));
        return new HashSet<>(ROTATE.list(tx, columns, row -> row.getString(1)));
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static @Nullable String ofAccess(Rotation rotation, Function<NewAccessToken, String> part) {
        NewAccessToken access = rotation.access();
        return access == null ? null : part.apply(access);
    }

    private static String[] column(List<Rotation> rotations, Function<Rotation, @Nullable String> value) {
        return rotations.stream().map(value).toArray(String[]::new);
    }
}
