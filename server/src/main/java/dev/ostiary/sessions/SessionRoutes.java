package dev.ostiary.sessions;

import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;

/** {@code /api/users/{userId}/sessions} and {@code …/grants}, for administrators. */
public final class SessionRoutes {
    private static final String TAG = "Users";

    private final UserSessions userSessions;

    public SessionRoutes(UserSessions userSessions) {
        this.userSessions = userSessions;
    }

    public void mount(Routes api) {
        api.get("/users/{userId}/sessions", this::list)
                .documented("ListUserSessions", TAG)
                .answers(200, SessionJson.All.class)
                .answers(400, 401, 403);
        api.delete("/users/{userId}/sessions", this::endAll)
                .documented("DeleteUserSessions", TAG)
                .query("revokeGrantsTarget")
                .answers(204, 400, 401, 403);
        api.get("/users/{userId}/sessions/{sessionId}", this::get)
                .documented("GetUserSession", TAG)
                .answers(200, SessionJson.View.class)
                .answers(400, 401, 403, 404);
        api.delete("/users/{userId}/sessions/{sessionId}", this::end)
                .documented("DeleteUserSession", TAG)
                .query("revokeGrantsTarget")
                .answers(204, 400, 401, 403, 404);
        api.get("/users/{userId}/grants", this::listGrants)
                .documented("ListUserGrants", TAG)
                .query("appType")
                .answers(200, GrantJson.All.class)
                .answers(400, 401, 403);
        api.delete("/users/{userId}/grants/{grantId}", this::revoke)
                .documented("DeleteUserGrant", TAG)
                .answers(204, 400, 401, 403, 404);
    }

    private Response list(Request request) {
        return Response.json(userSessions.list(request.tenant(), request.param("userId")));
    }

    private Response get(Request request) {
        return Response.json(userSessions.get(request.tenant(), request.param("userId"), request.param("sessionId")));
    }

    private Response end(Request request) {
        userSessions.end(
                request, request.param("userId"), request.param("sessionId"), "an administrator ended the session");
        return Response.noContent();
    }

    private Response endAll(Request request) {
        userSessions.endAll(request, request.param("userId"), "an administrator signed the user out everywhere");
        return Response.noContent();
    }

    private Response listGrants(Request request) {
        return Response.json(userSessions.grants(request, request.param("userId")));
    }

    private Response revoke(Request request) {
        userSessions.revoke(
                request, request.param("userId"), request.param("grantId"), "an administrator revoked the grant");
        return Response.noContent();
    }
}
