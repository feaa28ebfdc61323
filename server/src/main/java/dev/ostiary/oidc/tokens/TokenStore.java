package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.users.Users;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL of {@code access_tokens} and {@code refresh_tokens}, and codes as they are presented. */
final class TokenStore {
    /** A token t without offline_access lives as long as its session holds this very grant for this client. */
    private static final String SESSION_ALIVE =
            """
            EXISTS (SELECT FROM sessions s WHERE s.tenant_id = t.tenant_id AND s.uid = t.session_uid
                AND s.expires_at > :now AND s.user_id = t.user_id
                AND s.authorizations -> t.client_id ->> 'grantId' = t.grant_id)
            """;

    private static final String ROLE_NAMES =
            """
            CASE WHEN t.scope ~ '(^| )roles( |$)' THEN ARRAY(
                SELECT r.name FROM user_roles ur
                JOIN roles r ON r.tenant_id = ur.tenant_id AND r.id = ur.role_id
                WHERE ur.tenant_id = t.tenant_id AND ur.user_id = t.user_id ORDER BY r.name) END AS role_names
            """;

    private static final String GRANT =
            """
            g.client_id AS g_client_id, g.session_uid AS g_session_uid, g.scopes AS g_scopes, g.resource_scopes AS g_resource_scopes,
            g.expires_at AS g_expires_at
            """;

    private static final String GRANT_AND_USER =
            """
            JOIN grants g ON g.tenant_id = t.tenant_id AND g.id = t.grant_id
            JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
            """;

    private static final HotSql FIND_AUTHORIZATION_CODES = HotSql.of(findingCodes(SingleUse.AUTHORIZATION_CODE));
    private static final HotSql FIND_DEVICE_CODES = HotSql.of(findingCodes(SingleUse.DEVICE_CODE));

    private static final HotSql FIND_REFRESH_TOKENS =
            HotSql.of(presented("SELECT * FROM refresh_tokens WHERE tenant_id = :tenant AND id = ANY(:hashes)")
                    + """
            SELECT encode(t.id, 'hex') AS t_hash, t.client_id AS t_client_id, t.session_uid AS t_session_uid,
                t.grant_id AS t_grant_id, t.expires_with_session AS t_ends_with_session, t.scope AS t_scope, t.resources AS t_resources,
                t.claims AS t_claims, t.chain_began_at AS t_chain_began_at, t.consumed_at AS t_consumed_at,
                t.created_at AS t_created_at, t.expires_at AS t_expires_at,
                NOT t.expires_with_session OR
            """
                    + SESSION_ALIVE + "AS t_session_alive," + ROLE_NAMES + "," + GRANT + "," + Users.COLUMNS
                    + " FROM presented t " + GRANT_AND_USER);

    private static final HotSql FIND_ACCESS_TOKENS = HotSql.of(presented(
                    "SELECT * FROM access_tokens WHERE tenant_id = :tenant AND id = ANY(:hashes) AND expires_at > :now")
            + """
            SELECT encode(t.id, 'hex') AS t_hash, t.client_id AS t_client_id, t.session_uid AS t_session_uid, t.grant_id AS t_grant_id,
                t.scope AS t_scope, t.claims -> 'userinfo' AS t_claims, t.expires_at AS t_expires_at, t.jkt AS t_jkt,
            """
            + ROLE_NAMES + "," + Users.COLUMNS
            + """
             FROM presented t JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
             WHERE NOT u.is_suspended AND (NOT t.expires_with_session OR
            """
            + SESSION_ALIVE + ")");

    /** A replaced refresh token is dead; it stays only so that its reuse is noticed. */
    private static final HotSql FACTS = HotSql.of(presented(
                    """
                SELECT id, false AS is_refresh_token, tenant_id, grant_id, user_id, client_id, session_uid, scope,
                    created_at, expires_at, NULL::timestamptz AS consumed_at, expires_with_session, jkt
                FROM access_tokens WHERE tenant_id = :tenant AND id = ANY(:hashes)
                UNION ALL
                SELECT id, true, tenant_id, grant_id, user_id, client_id, session_uid, scope,
                    created_at, expires_at, consumed_at, expires_with_session, claims ->> 'jkt'
                FROM refresh_tokens WHERE tenant_id = :tenant AND id = ANY(:hashes)
            """)
            + """
            SELECT encode(t.id, 'hex') AS t_hash, t.is_refresh_token, t.grant_id, t.user_id, t.client_id, t.session_uid, t.scope, t.created_at,
                g.exchange -> 'act' AS act, t.jkt, t.expires_at, t.expires_at > :now AND t.consumed_at IS NULL AND NOT u.is_suspended
                AND g.expires_at > :now AND (NOT t.expires_with_session OR
            """
            + SESSION_ALIVE
            + """
                ) AS is_alive
            FROM presented t
            """
            + GRANT_AND_USER);

    private static final String INTO_ACCESS_TOKENS =
            """
            INSERT INTO access_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid, expires_with_session,
                scope, claims, jkt, created_at, expires_at)
            """;
    /** Any number of them; a statement, or a part of one. See {@link #columns}. */
    static final String INSERT_ACCESS_TOKENS = INTO_ACCESS_TOKENS
            + """
            SELECT :tenant, decode(t.id, 'hex'), t.grant_id, t.user_id, t.client_id, t.session_uid,
                t.with_session::boolean, t.scope, t.claims::jsonb, t.jkt, t.created_at::timestamptz,
                t.expires_at::timestamptz
            FROM unnest(:id::text[], :grant::text[], :user::text[], :client::text[], :session::text[],
                    :withSession::text[], :scope::text[], :claims::text[], :jkt::text[], :createdAt::text[],
                    :expiresAt::text[])
                AS t (id, grant_id, user_id, client_id, session_uid, with_session, scope, claims, jkt, created_at,
                    expires_at)
            """;

    private static final HotSql INSERT_ACCESS_TOKEN = HotSql.of(
            INTO_ACCESS_TOKENS
                    + """
            VALUES (:tenant, :id, :grant, :user, :client, :session, :withSession, :scope, :claims::jsonb, :jkt,
                :createdAt, :expiresAt)
            """);
    private static final HotSql INSERT_REFRESH_TOKEN = HotSql.of(
            """
            INSERT INTO refresh_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid, expires_with_session,
                scope, resources, claims, chain_began_at, created_at, expires_at)
            VALUES (:tenant, :id, :grant, :user, :client, :session, :withSession, :scope, :resources, :claims::jsonb,
                :chainBeganAt, :createdAt, :expiresAt)
            """);

    /**
     * PostgreSQL plans a statement anew each time if it expects to gain by knowing its values; of an unknown array it
     * expects ten. Where it is told as many or more there is nothing to gain, and the plan stays: that is most of the
     * cost. The same hash twice is looked up once.
     */
    static final int PADDED = 12;

    private TokenStore() {}

    private static String findingCodes(SingleUse kind) {
        return presented("SELECT *, request ->> 'scope' AS scope FROM " + kind.table()
                        + " WHERE tenant_id = :tenant AND id = ANY(:hashes)")
                + """
            SELECT encode(t.id, 'hex') AS t_hash, t.client_id AS t_client_id, t.session_uid AS t_session_uid,
                t.request AS t_request, t.created_at AS t_created_at, t.expires_at AS t_expires_at,
                t.grant_id AS t_grant_id, t.consumed_at AS t_consumed_at,
            """
                + SESSION_ALIVE + "AS t_session_alive," + ROLE_NAMES + "," + GRANT + "," + Users.COLUMNS
                + " FROM presented t " + GRANT_AND_USER;
    }

    /**
     * What is presented is looked up by its hash before anything is joined to it. PostgreSQL could as well begin with the
     * grants and read all that hangs on each; it does so as long as it believes that the tables are small, which it does
     * for up to a minute when they are filled quickly.
     */
    private static String presented(String select) {
        return "WITH presented AS MATERIALIZED (" + select + ") ";
    }

    static Map<String, StoredCode> findCodes(Tx tx, SingleUse kind, List<String> hashes, Instant now) {
        HotSql sql = kind == SingleUse.DEVICE_CODE ? FIND_DEVICE_CODES : FIND_AUTHORIZATION_CODES;
        return find(tx, sql, hashes, now, row -> TokenRows.code(kind, row));
    }

    /** The grant of a code that was spent by then. */
    static Optional<String> grantOfSpentCode(Tx tx, SingleUse kind, String code, Instant then) {
        return tx.query("SELECT grant_id FROM " + kind.table()
                        + " WHERE tenant_id = :tenant AND id = :id AND consumed_at <= :then")
                .bind("id", Hashes.sha256(code))
                .bind("then", then)
                .mapTo(String.class)
                .findOne();
    }

    /** By the hash in hexadecimal digits, as the other statements that find many. */
    static Map<String, StoredRefreshToken> findRefreshTokens(Tx tx, List<String> hashes, Instant now) {
        return find(tx, FIND_REFRESH_TOKENS, hashes, now, TokenRows::refreshToken);
    }

    /** Good ones only. */
    static Map<String, AccessToken> findAccessTokens(Tx tx, List<String> hashes, Instant now) {
        return find(tx, FIND_ACCESS_TOKENS, hashes, now, TokenRows::accessToken);
    }

    /** Of tokens of either kind, dead ones included. */
    static Map<String, TokenFacts> facts(Tx tx, List<String> hashes, Instant now) {
        return find(tx, FACTS, hashes, now, TokenRows::facts);
    }

    private static <T> Map<String, T> find(Tx tx, HotSql sql, List<String> hashes, Instant now, HotSql.Row<T> row) {
        byte[][] ids = new byte[Math.max(hashes.size(), PADDED)][];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = HexFormat.of().parseHex(hashes.get(Math.min(i, hashes.size() - 1)));
        }
        Map<String, T> found = new HashMap<>();
        sql.list(tx, Map.of("hashes", ids, "now", now), rs -> found.put(rs.getString("t_hash"), row.read(rs)));
        return found;
    }

    static void insert(Tx tx, NewAccessToken token) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", Hashes.sha256(token.value()));
        values.put("grant", token.grantId());
        values.put("user", token.userId());
        values.put("client", token.clientId());
        values.put("session", token.sessionUid());
        values.put("withSession", token.endsWithSession());
        values.put("scope", token.scope());
        values.put("claims", claims(token));
        values.put("jkt", token.jkt());
        values.put("createdAt", token.createdAt());
        values.put("expiresAt", token.expiresAt());
        INSERT_ACCESS_TOKEN.update(tx, values);
    }

    static void insert(Tx tx, NewRefreshToken token) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", Hashes.sha256(token.value()));
        values.put("grant", token.grantId());
        values.put("user", token.userId());
        values.put("client", token.clientId());
        values.put("session", token.sessionUid());
        values.put("withSession", token.endsWithSession());
        values.put("scope", token.scope());
        values.put("resources", token.resources().toArray(String[]::new));
        values.put("claims", Json.write(token.carried()));
        values.put("chainBeganAt", token.chainBeganAt());
        values.put("createdAt", token.createdAt());
        values.put("expiresAt", token.expiresAt());
        INSERT_REFRESH_TOKEN.update(tx, values);
    }

    /** The parameters of {@link #INSERT_ACCESS_TOKENS}. */
    static Map<String, Object> columns(List<NewAccessToken> ordered) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("id", column(ordered, token -> Hashes.sha256Hex(token.value())));
        columns.put("grant", column(ordered, NewAccessToken::grantId));
        columns.put("user", column(ordered, NewAccessToken::userId));
        columns.put("client", column(ordered, NewAccessToken::clientId));
        columns.put("session", column(ordered, NewAccessToken::sessionUid));
        columns.put("withSession", column(ordered, token -> String.valueOf(token.endsWithSession())));
        columns.put("scope", column(ordered, NewAccessToken::scope));
        columns.put("claims", column(ordered, TokenStore::claims));
        columns.put("jkt", column(ordered, NewAccessToken::jkt));
        columns.put("createdAt", column(ordered, token -> token.createdAt().toString()));
        columns.put("expiresAt", column(ordered, token -> token.expiresAt().toString()));
        return columns;
    }

    /** The column {@code claims} of an access token. */
    static String claims(NewAccessToken token) {
        return token.claims().isEmpty() ? "{}" : Json.write(Map.of("userinfo", token.claims()));
    }

    private static String[] column(List<NewAccessToken> tokens, Function<NewAccessToken, @Nullable String> value) {
        return tokens.stream().map(value).toArray(String[]::new);
    }

    /** Codes too: nothing of the grant is worth anything after this, but the grant itself stays. */
    static void deleteOfGrant(Tx tx, String grantId) {
        tx.update(
                        """
                WITH access AS (DELETE FROM access_tokens WHERE tenant_id = :tenant AND grant_id = :grant),
                    refresh AS (DELETE FROM refresh_tokens WHERE tenant_id = :tenant AND grant_id = :grant)
                DELETE FROM authorization_codes WHERE tenant_id = :tenant AND grant_id = :grant
                """)
                .bind("grant", grantId)
                .execute();
    }
}
