package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL of what is of single use: it is spent and its tokens stored, or nothing is; one statement, one winner (TK1, RT1). */
final class RedemptionStore {
    private static final Map<SingleUse, HotSql> REDEEM = forEach(RedemptionStore::redeeming);
    private static final Map<SingleUse, HotSql> SPEND = forEach(kind -> "UPDATE " + kind.table()
            + " SET consumed_at = :now WHERE tenant_id = :tenant AND id = :id AND consumed_at IS NULL");

    private RedemptionStore() {}

    private static Map<SingleUse, HotSql> forEach(Function<SingleUse, String> sql) {
        Map<SingleUse, HotSql> statements = new EnumMap<>(SingleUse.class);
        for (SingleUse kind : SingleUse.values()) {
            statements.put(kind, HotSql.of(sql.apply(kind)));
        }
        return statements;
    }

    /**
     * Grants are locked before what hangs on them, as a revocation does it, so that the two never wait in a circle. What is
     * spent is named twice, so that it is found by its key even where PostgreSQL believes the table to be empty.
     */
    private static String redeeming(SingleUse kind) {
        return """
            WITH input AS MATERIALIZED (
                SELECT decode(i.spent, 'hex') AS spent, i.grant_id, i.with_session::boolean AS with_session,
                    decode(i.refresh, 'hex') AS refresh, i.refresh_scope, i.refresh_resources::jsonb AS refresh_resources,
                    i.refresh_claims::jsonb AS refresh_claims, i.chain_began_at::timestamptz AS chain_began_at,
                    i.refresh_expires_at::timestamptz AS refresh_expires_at,
                    decode(i.access, 'hex') AS access, i.access_scope, i.access_claims::jsonb AS access_claims,
                    i.access_jkt, i.access_expires_at::timestamptz AS access_expires_at
                FROM unnest(:spent::text[], :grants::text[], :withSession::text[], :refresh::text[], :refreshScope::text[],
                        :refreshResources::text[], :refreshClaims::text[], :chainBeganAt::text[],
                        :refreshExpiresAt::text[], :access::text[], :accessScope::text[], :accessClaims::text[],
                        :accessJkt::text[], :accessExpiresAt::text[])
                    AS i (spent, grant_id, with_session, refresh, refresh_scope, refresh_resources, refresh_claims,
                        chain_began_at, refresh_expires_at, access, access_scope, access_claims, access_jkt,
                        access_expires_at)),
            held AS MATERIALIZED (
                SELECT id FROM grants WHERE tenant_id = :tenant AND id = ANY (:grants::text[]) ORDER BY id
                FOR KEY SHARE),
            due AS MATERIALIZED (SELECT i.spent FROM input i JOIN held h ON h.id = i.grant_id),
            spent AS (
                UPDATE\s"""
                + kind.table()
                + """
             t SET consumed_at = :now FROM due
                WHERE t.tenant_id = :tenant AND t.id = ANY (:ids) AND t.id = due.spent AND t.consumed_at IS NULL
                RETURNING t.tenant_id, t.id, t.grant_id, t.user_id, t.client_id, t.session_uid),
            refresh AS (
                INSERT INTO refresh_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid,
                    expires_with_session, scope, resources, claims, chain_began_at, created_at, expires_at)
                SELECT s.tenant_id, i.refresh, s.grant_id, s.user_id, s.client_id, s.session_uid, i.with_session,
                    i.refresh_scope, ARRAY(SELECT jsonb_array_elements_text(i.refresh_resources)),
                    i.refresh_claims, i.chain_began_at, :now, i.refresh_expires_at
                FROM spent s JOIN input i ON i.spent = s.id WHERE i.refresh IS NOT NULL),
            access AS (
                INSERT INTO access_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid,
                    expires_with_session, scope, claims, jkt, created_at, expires_at)
                SELECT s.tenant_id, i.access, s.grant_id, s.user_id, s.client_id, s.session_uid, i.with_session,
                    i.access_scope, i.access_claims, i.access_jkt, :now, i.access_expires_at
                FROM spent s JOIN input i ON i.spent = s.id WHERE i.access IS NOT NULL)
            SELECT encode(id, 'hex') FROM spent
            """;
    }

    /**
     * @param redemptions of that kind, each of something else
     * @return hashes, in hex, of what was spent now; the rest had been before, or its grant is gone
     */
    static Set<String> redeem(Tx tx, SingleUse kind, List<Redemption> redemptions, Instant now) {
        List<Redemption> ordered = redemptions.stream()
                .sorted(Comparator.comparing(Redemption::grantId))
                .toList();
        Map<String, Object> columns = new HashMap<>();
        columns.put("now", now);
        byte[][] ids = ordered.stream().map(Redemption::spent).toArray(byte[][]::new);
        columns.put("ids", Arrays.copyOf(ids, Math.max(ids.length, TokenStore.PADDED)));
        columns.put("spent", column(ordered, r -> hex(r.spent())));
        columns.put("grants", column(ordered, Redemption::grantId));
        columns.put("withSession", column(ordered, RedemptionStore::endsWithSession));
        columns.put("refresh", ofRefresh(ordered, token -> Hashes.sha256Hex(token.value())));
        columns.put("refreshScope", ofRefresh(ordered, NewRefreshToken::scope));
        columns.put("refreshResources", ofRefresh(ordered, token -> Json.write(token.resources())));
        columns.put("refreshClaims", ofRefresh(ordered, token -> Json.write(token.carried())));
        columns.put(
                "chainBeganAt", ofRefresh(ordered, token -> token.chainBeganAt().toString()));
        columns.put("refreshExpiresAt", ofRefresh(ordered, token -> token.expiresAt()
                .toString()));
        columns.put("access", ofAccess(ordered, token -> Hashes.sha256Hex(token.value())));
        columns.put("accessScope", ofAccess(ordered, NewAccessToken::scope));
        columns.put("accessClaims", ofAccess(ordered, TokenStore::claims));
        columns.put("accessJkt", ofAccess(ordered, NewAccessToken::jkt));
        columns.put(
                "accessExpiresAt", ofAccess(ordered, token -> token.expiresAt().toString()));
        return new HashSet<>(Objects.requireNonNull(REDEEM.get(kind)).list(tx, columns, row -> row.getString(1)));
    }

    /** Spends it and stores nothing; false if it was spent before. */
    static boolean spend(Tx tx, SingleUse kind, byte[] hash, Instant now) {
        return Objects.requireNonNull(SPEND.get(kind)).update(tx, Map.of("id", hash, "now", now)) == 1;
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static @Nullable String endsWithSession(Redemption redemption) {
        NewRefreshToken refresh = redemption.refresh();
        NewAccessToken access = redemption.access();
        return refresh != null
                ? String.valueOf(refresh.endsWithSession())
                : access != null ? String.valueOf(access.endsWithSession()) : null;
    }

    private static String[] ofRefresh(List<Redemption> all, Function<NewRefreshToken, @Nullable String> part) {
        return column(all, redemption -> {
            NewRefreshToken refresh = redemption.refresh();
            return refresh == null ? null : part.apply(refresh);
        });
    }

    private static String[] ofAccess(List<Redemption> all, Function<NewAccessToken, @Nullable String> part) {
        return column(all, redemption -> {
            NewAccessToken access = redemption.access();
            return access == null ? null : part.apply(access);
        });
    }

    /** Padded with nulls, which spend nothing: see {@link TokenStore#PADDED}. */
    private static String[] column(List<Redemption> all, Function<Redemption, @Nullable String> value) {
        String[] column = new String[Math.max(all.size(), TokenStore.PADDED)];
        for (int i = 0; i < all.size(); i++) {
            column[i] = value.apply(all.get(i));
        }
        return column;
    }
}
