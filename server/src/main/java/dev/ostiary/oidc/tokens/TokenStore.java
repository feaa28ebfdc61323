package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.users.Users;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL of {@code access_tokens} and {@code refresh_tokens}, and the spending of {@code authorization_codes}. */
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

    private static final HotSql SPEND_CODE = HotSql.of(
            """
            WITH spent AS (
                UPDATE authorization_codes SET consumed_at = :now
                WHERE tenant_id = :tenant AND id = :id AND consumed_at IS NULL
                RETURNING tenant_id, grant_id, user_id, client_id, session_uid, request, created_at, expires_at,
                    request ->> 'scope' AS scope)
            SELECT t.client_id AS t_client_id, t.session_uid AS t_session_uid, t.request AS t_request,
                t.created_at AS t_created_at, t.expires_at AS t_expires_at, t.grant_id AS t_grant_id,
            """
                    + SESSION_ALIVE + "AS t_session_alive," + ROLE_NAMES + "," + GRANT + "," + Users.COLUMNS
                    + " FROM spent t " + GRANT_AND_USER);

    private static final HotSql FIND_REFRESH_TOKEN = HotSql.of(
            """
            SELECT t.client_id AS t_client_id, t.session_uid AS t_session_uid, t.grant_id AS t_grant_id,
                t.expires_with_session AS t_ends_with_session, t.scope AS t_scope, t.resources AS t_resources,
                t.claims AS t_claims, t.chain_began_at AS t_chain_began_at, t.consumed_at AS t_consumed_at,
                t.created_at AS t_created_at, t.expires_at AS t_expires_at,
                NOT t.expires_with_session OR
            """
                    + SESSION_ALIVE + "AS t_session_alive," + ROLE_NAMES + "," + GRANT + "," + Users.COLUMNS
                    + " FROM refresh_tokens t " + GRANT_AND_USER + " WHERE t.tenant_id = :tenant AND t.id = :id");

    private static final HotSql FIND_ACCESS_TOKEN = HotSql.of(
            """
            SELECT t.client_id AS t_client_id, t.session_uid AS t_session_uid, t.grant_id AS t_grant_id,
                t.scope AS t_scope, t.expires_at AS t_expires_at,
            """
                    + ROLE_NAMES + "," + Users.COLUMNS
                    + """
             FROM access_tokens t JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
             WHERE t.tenant_id = :tenant AND t.id = :id AND t.expires_at > :now AND NOT u.is_suspended
                AND (NOT t.expires_with_session OR
            """
                    + SESSION_ALIVE + ")");

    /** A replaced refresh token is dead; it stays only so that its reuse is noticed. */
    private static final HotSql FACTS = HotSql.of(
            """
            SELECT t.is_refresh_token, t.grant_id, t.user_id, t.client_id, t.session_uid, t.scope, t.created_at,
                t.expires_at, t.expires_at > :now AND t.consumed_at IS NULL AND NOT u.is_suspended
                AND g.expires_at > :now AND (NOT t.expires_with_session OR
            """
                    + SESSION_ALIVE
                    + """
                ) AS is_alive
            FROM (
                SELECT false AS is_refresh_token, tenant_id, grant_id, user_id, client_id, session_uid, scope,
                    created_at, expires_at, NULL::timestamptz AS consumed_at, expires_with_session
                FROM access_tokens WHERE tenant_id = :tenant AND id = :id
                UNION ALL
                SELECT true, tenant_id, grant_id, user_id, client_id, session_uid, scope,
                    created_at, expires_at, consumed_at, expires_with_session
                FROM refresh_tokens WHERE tenant_id = :tenant AND id = :id) t
            """
                    + GRANT_AND_USER);

    private static final String INTO_ACCESS_TOKENS =
            """
            INSERT INTO access_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid, expires_with_session,
                scope, created_at, expires_at)
            """;
    private static final HotSql INSERT_ACCESS_TOKENS = HotSql.of(
            INTO_ACCESS_TOKENS
                    + """
            SELECT :tenant, decode(t.id, 'hex'), t.grant_id, t.user_id, t.client_id, t.session_uid,
                t.with_session::boolean, t.scope, t.created_at::timestamptz, t.expires_at::timestamptz
            FROM unnest(:id::text[], :grant::text[], :user::text[], :client::text[], :session::text[],
                    :withSession::text[], :scope::text[], :createdAt::text[], :expiresAt::text[])
                AS t (id, grant_id, user_id, client_id, session_uid, with_session, scope, created_at, expires_at)
            """);
    private static final String ACCESS_TOKEN_VALUES =
            "SELECT :tenant, :aId, :grant, :user, :client, :session, :withSession, :aScope, :aCreatedAt, :aExpiresAt";
    private static final String NEW_REFRESH_TOKEN =
            """
            INSERT INTO refresh_tokens (tenant_id, id, grant_id, user_id, client_id, session_uid, expires_with_session,
                scope, resources, claims, chain_began_at, created_at, expires_at)
            SELECT :tenant, :rId, :grant, :user, :client, :session, :withSession, :rScope, :rResources, :rClaims::jsonb,
                :rChainBeganAt, :rCreatedAt, :rExpiresAt
            """;

    private static final HotSql INSERT_ACCESS_TOKEN = HotSql.of(INTO_ACCESS_TOKENS + ACCESS_TOKEN_VALUES);
    private static final HotSql INSERT_REFRESH_TOKEN = HotSql.of(NEW_REFRESH_TOKEN);
    private static final HotSql INSERT_BOTH =
            HotSql.of("WITH refresh AS (" + NEW_REFRESH_TOKEN + ") " + INTO_ACCESS_TOKENS + ACCESS_TOKEN_VALUES);

    private TokenStore() {}

    static Optional<StoredCode> spendCode(Tx tx, String code, Instant now) {
        return SPEND_CODE.findOne(tx, Map.of("id", Hashes.sha256(code), "now", now), TokenRows::code);
    }

    /** The grant of a code that was spent before. */
    static Optional<String> grantOfSpentCode(Tx tx, String code) {
        return tx.query("SELECT grant_id FROM authorization_codes"
                        + " WHERE tenant_id = :tenant AND id = :id AND consumed_at IS NOT NULL")
                .bind("id", Hashes.sha256(code))
                .mapTo(String.class)
                .findOne();
    }

    static Optional<StoredRefreshToken> findRefreshToken(Tx tx, byte[] hash, Instant now) {
        return FIND_REFRESH_TOKEN.findOne(tx, Map.of("id", hash, "now", now), rs -> TokenRows.refreshToken(rs, hash));
    }

    static Optional<AccessToken> findAccessToken(Tx tx, String value, Instant now) {
        return FIND_ACCESS_TOKEN.findOne(tx, Map.of("id", Hashes.sha256(value), "now", now), TokenRows::accessToken);
    }

    static Optional<TokenFacts> facts(Tx tx, String value, Instant now) {
        return FACTS.findOne(tx, Map.of("id", Hashes.sha256(value), "now", now), TokenRows::facts);
    }

    /** What there is of the two: an access token that is a JWT is not stored. */
    static void insert(Tx tx, @Nullable NewAccessToken access, @Nullable NewRefreshToken refresh) {
        if (access == null && refresh == null) {
            return;
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        if (access != null) {
            put(values, access);
        }
        if (refresh != null) {
            put(values, refresh);
        }
        HotSql insert = refresh == null ? INSERT_ACCESS_TOKEN : access == null ? INSERT_REFRESH_TOKEN : INSERT_BOTH;
        insert.update(tx, values);
    }

    /** Many at once; the arrays make it one statement whatever their number. */
    static void insertAll(Tx tx, List<NewAccessToken> tokens) {
        // In the order of their grants: two writers that lock several never wait for each other in a circle.
        List<NewAccessToken> ordered = tokens.stream()
                .sorted(Comparator.comparing(NewAccessToken::grantId))
                .toList();
        Map<String, Object> columns = new HashMap<>();
        columns.put("id", column(ordered, token -> Hashes.sha256Hex(token.value())));
        columns.put("grant", column(ordered, NewAccessToken::grantId));
        columns.put("user", column(ordered, NewAccessToken::userId));
        columns.put("client", column(ordered, NewAccessToken::clientId));
        columns.put("session", column(ordered, NewAccessToken::sessionUid));
        columns.put("withSession", column(ordered, token -> String.valueOf(token.endsWithSession())));
        columns.put("scope", column(ordered, NewAccessToken::scope));
        columns.put("createdAt", column(ordered, token -> token.createdAt().toString()));
        columns.put("expiresAt", column(ordered, token -> token.expiresAt().toString()));
        INSERT_ACCESS_TOKENS.update(tx, columns);
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

    private static void put(Map<String, @Nullable Object> values, NewAccessToken token) {
        values.put("aId", Hashes.sha256(token.value()));
        values.put("grant", token.grantId());
        values.put("user", token.userId());
        values.put("client", token.clientId());
        values.put("session", token.sessionUid());
        values.put("withSession", token.endsWithSession());
        values.put("aScope", token.scope());
        values.put("aCreatedAt", token.createdAt());
        values.put("aExpiresAt", token.expiresAt());
    }

    private static void put(Map<String, @Nullable Object> values, NewRefreshToken token) {
        values.put("rId", Hashes.sha256(token.value()));
        values.put("grant", token.grantId());
        values.put("user", token.userId());
        values.put("client", token.clientId());
        values.put("session", token.sessionUid());
        values.put("withSession", token.endsWithSession());
        values.put("rScope", token.scope());
        values.put("rResources", token.resources().toArray(String[]::new));
        values.put("rClaims", Json.write(token.carried()));
        values.put("rChainBeganAt", token.chainBeganAt());
        values.put("rCreatedAt", token.createdAt());
        values.put("rExpiresAt", token.expiresAt());
    }
}
