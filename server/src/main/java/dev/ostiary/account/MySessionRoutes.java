package dev.ostiary.account;

import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.sessions.GrantJson;
import dev.ostiary.sessions.SessionError;
import dev.ostiary.sessions.SessionJson;
import dev.ostiary.sessions.UserSessions;
import dev.ostiary.verifications.VerificationRecords;
import java.util.Map;

/**
 * {@code /api/my-account/sessions} and {@code …/grants}: users see where they are signed in and what they have let in, and
 * end it. Needs the scope {@code urn:logto:scope:sessions} and a fresh proof: with a stolen access token alone nobody locks
 * the user out or learns from where they sign in.
 */
public final class MySessionRoutes {
    private static final String TAG = "My account";
    private static final String SCOPE = "urn:logto:scope:sessions";
    private static final String PROOF = "logto-verification-id";

    private final AccountAccess access;
    private final UserSessions userSessions;
    private final VerificationRecords records;
    private final Database database;

    public MySessionRoutes(
            AccountAccess access, UserSessions userSessions, VerificationRecords records, Database database) {
        this.access = access;
        this.userSessions = userSessions;
        this.records = records;
        this.database = database;
    }

    public void mount(Routes api) {
        api.get("/my-account/sessions", this::list)
                .documented("GetSessions", TAG)
                .answers(200, SessionJson.AllOwn.class)
                .answers(400, 401, 403);
        api.delete("/my-account/sessions/{sessionId}", this::end)
                .documented("DeleteSessionById", TAG)
                .query("revokeGrantsTarget")
                .answers(204, 400, 401, 403);
        api.get("/my-account/grants", this::listGrants)
                .documented("GetGrants", TAG)
                .query("appType")
                .answers(200, GrantJson.All.class)
                .answers(400, 401, 403);
        api.delete("/my-account/grants/{grantId}", this::revoke)
                .documented("DeleteGrantById", TAG)
                .answers(204, 400, 401, 403, 404);
    }

    private Response list(Request request) {
        AccountCaller caller = proven(request);
        return personal(Response.json(userSessions.listOwn(request.tenant(), caller.userId(), caller.sessionUid())));
    }

    /** Somebody else's is as unknown as none: nobody learns what exists (SE3). */
    private Response end(Request request) {
        AccountCaller caller = changing(request);
        try {
            userSessions.end(request, caller.userId(), request.param("sessionId"), "the user ended the session");
        } catch (AppException refusal) {
            if (refusal.error() instanceof SessionError) {
                throw new AppException(AccountError.SESSION_NOT_FOUND, Map.of("status", 404), null);
            }
            throw refusal;
        }
        return Response.noContent();
    }

    private Response listGrants(Request request) {
        return personal(
                Response.json(userSessions.grants(request, proven(request).userId())));
    }

    private Response revoke(Request request) {
        AccountCaller caller = changing(request);
        userSessions.revoke(request, caller.userId(), request.param("grantId"), "the user revoked the grant");
        return Response.noContent();
    }

    private AccountCaller changing(Request request) {
        AccountCaller caller = access.authenticate(request);
        caller.requireOwnApplication();
        return proven(request, caller);
    }

    private AccountCaller proven(Request request) {
        return proven(request, access.authenticate(request));
    }

    private AccountCaller proven(Request request, AccountCaller caller) {
        caller.require(SCOPE);
        String proof = request.header(PROOF);
        if (proof == null || !database.read(request.tenant(), tx -> records.proves(tx, proof, caller.userId()))) {
            throw AccountError.NOT_VERIFIED.exception();
        }
        return caller;
    }

    private static Response personal(Response answer) {
        return answer.with("Cache-Control", "no-store");
    }
}
