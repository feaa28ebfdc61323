package dev.ostiary.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Authorization codes: issued by {@code oidc.authorize}, each worth tokens once and for a minute. */
public final class AuthorizationCodes {
    private static final Duration LIFETIME = Duration.ofSeconds(60);

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
        tx.update(
                        """
                INSERT INTO authorization_codes (tenant_id, id, grant_id, user_id, client_id, session_uid, request,
                    expires_at)
                VALUES (:tenant, :id, :grant, :user, :client, :session, :request::jsonb, :expiresAt)
                """)
                .bind("id", Hashes.sha256(code))
                .bind("grant", issue.grantId())
                .bind("user", issue.userId())
                .bind("client", issue.clientId())
                .bind("session", issue.sessionUid())
                .bind("request", Json.write(issue.request()))
                .bind("expiresAt", clock.instant().plus(LIFETIME))
                .execute();
        return code;
    }
}
