package dev.ostiary.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Authorization codes: issued by {@code oidc.authorize}, each worth tokens once and for a minute. */
public final class AuthorizationCodes {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final HotSql INSERT = HotSql.of(
            """
            INSERT INTO authorization_codes (tenant_id, id, grant_id, user_id, client_id, session_uid, request,
                expires_at)
            VALUES (:tenant, :id, :grant, :user, :client, :session, :request::jsonb, :expiresAt)
            """);

    private final Ids ids;
    private final Clock clock;

    public AuthorizationCodes(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** @param sessionUid the session it was issued in; tokens without offline_access end with it */
    public record CodeIssue(
            String grantId, String userId, String clientId, @Nullable String sessionUid, CodeRequest request) {}

    /** The code, 43 characters; only its hash is stored. */
    public String issue(Tx tx, CodeIssue issue) {
        String code = ids.token();
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", Hashes.sha256(code));
        row.put("grant", issue.grantId());
        row.put("user", issue.userId());
        row.put("client", issue.clientId());
        row.put("session", issue.sessionUid());
        row.put("request", Json.write(issue.request()));
        row.put("expiresAt", clock.instant().plus(LIFETIME));
        INSERT.update(tx, row);
        return code;
    }
}
