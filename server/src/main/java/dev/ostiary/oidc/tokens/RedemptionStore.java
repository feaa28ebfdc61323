package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Events;
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
    private static final Map<SingleUse, HotSql> SPEND = new EnumMap<>(SingleUse.class);

    static {
        for (SingleUse kind : SingleUse.values()) {
            SPEND.put(
                    kind,
                    HotSql.of(
                            "UPDATE " + kind.table()
                                    + " SET consumed_at = :now WHERE tenant_id = :tenant AND id = :id AND consumed_at IS NULL"));
        }
    }

    private final Events events;
    private final HotSql redeem;

    /** For one kind of what is of single use. */
    RedemptionStore(SingleUse kind, Events events) {
        this.events = events;
        this.redeem = HotSql.of(redeeming(
                kind, events.part("e.position IN (SELECT i.position FROM input i JOIN spent s ON s.id = i.spent)")));
    }

    /**
     * Grants are locked before what hangs on them, as a revocation does it, so that the two never wait in a circle. What is
     * spent is named twice, so that it is found by its key even where PostgreSQL believes the table to be empty.
     */
    private static String redeeming(SingleUse kind, String telling) {
        return """
            WITH input AS MATERIALIZED (
                SELECT decode(i.spent, 'hex') AS spent, i.grant_id, i.with_session::boolean AS with_session,
                    decode(i.refresh, 'hex') AS refresh, i.refresh_scope, i.refresh_resources::jsonb AS refresh_resources,
                    i.refresh_claims::jsonb AS refresh_claims, i.chain_began_at::timestamptz AS chain_began_at,
                    i.refresh_expires_at::timestamptz AS refresh_expires_at,
                    decode(i.access, 'hex') AS access, i.access_scope, i.access_claims::jsonb AS access_claims,
                    i.access_jkt, i.access_expires_at::timestamptz AS access_expires_at, i.position
                FROM unnest(:spent::text[], :grants::text[], :withSession::text[], :refresh::text[], :refreshScope::text[],
                        :refreshResources::text[], :refreshClaims::text[], :chainBeganAt::text[],
                        :refreshExpiresAt::text[], :access::text[], :accessScope::text[], :accessClaims::text[],
                        :accessJkt::text[], :accessExpiresAt::text[])
                    WITH ORDINALITY AS i (spent, grant_id, with_session, refresh, refresh_scope, refresh_resources, refresh_claims,
                        chain_began_at, refresh_expires_at, access, access_scope, access_claims, access_jkt,
                        access_expires_at, position)),
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
                FROM spent s JOIN input i ON i.spent = s.id WHERE i.access IS NOT NULL),
            told AS ("""
                + telling
                + """
            )
            SELECT encode(id, 'hex') FROM spent
            """;
    }

    /**
     * Tells the event of each that comes true.
     *
     * @param redemptions of that kind, each of something else
     * @return hashes, in hex, of what was spent now; the rest had been before, or its grant is gone
     */
    Set<String> redeem(Tx tx, List<Redemption> redemptions, Instant now) {
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
        events.values(ordered.stream().map(Redemption::event).toList())
                .forEach((name, value) -> columns.put(
                        name,
                        value instanceof String[] column
                                ? Arrays.copyOf(column, Math.max(column.length, TokenStore.PADDED))
                                : value));
        return new HashSet<>(redeem.list(tx, columns, row -> row.getString(1)));
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
