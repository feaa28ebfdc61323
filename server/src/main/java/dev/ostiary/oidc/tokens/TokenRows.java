package dev.ostiary.oidc.tokens;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.CodeRequest;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.sessions.Grant;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of {@link TokenStore}'s statements as records. */
final class TokenRows {
    private TokenRows() {}

    static StoredCode code(SingleUse kind, ResultSet rs) throws SQLException {
        CodeRequest request = Json.readStored(rs.getString("t_request"), CodeRequest.class);
        Set<String> scope = Scopes.parse(request.scope());
        boolean endsWithSession = !scope.contains(Scopes.OFFLINE_ACCESS);
        User user = Users.read(rs);
        Carried carried = Carried.of(request);
        if (kind == SingleUse.DEVICE_CODE) {
            carried = carried.ofDevice();
        }
        Redeemable redeemable = new Redeemable(
                grant(rs, user),
                user,
                rs.getString("t_client_id"),
                rs.getString("t_session_uid"),
                endsWithSession,
                !endsWithSession || rs.getBoolean("t_session_alive"),
                scope,
                request.resources(),
                carried,
                instant(rs, "t_created_at"),
                instant(rs, "t_expires_at"),
                roleNames(rs));
        return new StoredCode(kind, hash(rs), redeemable, request, isConsumed(rs));
    }

    static StoredRefreshToken refreshToken(ResultSet rs) throws SQLException {
        User user = Users.read(rs);
        Redeemable redeemable = new Redeemable(
                grant(rs, user),
                user,
                rs.getString("t_client_id"),
                rs.getString("t_session_uid"),
                rs.getBoolean("t_ends_with_session"),
                rs.getBoolean("t_session_alive"),
                Scopes.parse(rs.getString("t_scope")),
                List.of(strings(rs.getArray("t_resources"))),
                Json.readStored(rs.getString("t_claims"), Carried.class),
                instant(rs, "t_created_at"),
                instant(rs, "t_expires_at"),
                roleNames(rs));
        return new StoredRefreshToken(redeemable, hash(rs), instant(rs, "t_chain_began_at"), isConsumed(rs));
    }

    private static byte[] hash(ResultSet rs) throws SQLException {
        return HexFormat.of().parseHex(rs.getString("t_hash"));
    }

    private static boolean isConsumed(ResultSet rs) throws SQLException {
        return rs.getObject("t_consumed_at") != null;
    }

    static AccessToken accessToken(ResultSet rs) throws SQLException {
        return new AccessToken(
                rs.getString("t_grant_id"),
                rs.getString("t_client_id"),
                rs.getString("t_session_uid"),
                Scopes.parse(rs.getString("t_scope")),
                texts(rs.getString("t_claims")),
                instant(rs, "t_expires_at"),
                rs.getString("t_jkt"),
                Users.read(rs),
                roleNames(rs));
    }

    static TokenFacts facts(ResultSet rs) throws SQLException {
        String act = rs.getString("act");
        return new TokenFacts(
                rs.getBoolean("is_refresh_token"),
                rs.getString("grant_id"),
                rs.getString("user_id"),
                rs.getString("client_id"),
                rs.getString("session_uid"),
                rs.getString("scope"),
                instant(rs, "created_at"),
                instant(rs, "expires_at"),
                act == null ? null : Json.readStored(act),
                rs.getString("jkt"),
                rs.getBoolean("is_alive"));
    }

    private static Grant grant(ResultSet rs, User user) throws SQLException {
        Map<String, Set<String>> ofResources = new LinkedHashMap<>();
        String json = rs.getString("g_resource_scopes");
        if (!json.equals("{}")) {
            Json.readStored(json).properties().forEach(entry -> {
                Set<String> scopes = new LinkedHashSet<>();
                entry.getValue().forEach(scope -> scopes.add(scope.asString()));
                ofResources.put(entry.getKey(), scopes);
            });
        }
        return new Grant(
                rs.getString("t_grant_id"),
                user.id(),
                rs.getString("g_client_id"),
                rs.getString("g_session_uid"),
                new LinkedHashSet<>(List.of(strings(rs.getArray("g_scopes")))),
                ofResources,
                instant(rs, "g_expires_at"));
    }

    private static @Nullable List<String> roleNames(ResultSet rs) throws SQLException {
        Array names = rs.getArray("role_names");
        return names == null ? null : List.of(strings(names));
    }

    private static Set<String> texts(@Nullable String json) {
        Set<String> texts = new LinkedHashSet<>();
        if (json != null) {
            Json.readStored(json).forEach(text -> texts.add(text.asString()));
        }
        return texts;
    }

    private static String[] strings(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}
