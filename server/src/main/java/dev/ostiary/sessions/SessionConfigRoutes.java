package dev.ostiary.sessions;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.sessions.SessionLifetimes.Setting;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** {@code /configs/oidc/session} of the Management API. */
public final class SessionConfigRoutes {
    private static final String TAG = "Configs";
    /** Ten years; a cookie lives shorter in any browser. */
    private static final long LONGEST = 315_360_000;

    private final Database database;
    private final SessionLifetimes lifetimes;

    public SessionConfigRoutes(Database database, SessionLifetimes lifetimes) {
        this.database = database;
        this.lifetimes = lifetimes;
    }

    /** @param ttl in seconds after the last use */
    record Patch(Optional<@Min(1) @Max(LONGEST) Long> ttl) {}

    public void mount(Routes api) {
        api.get("/configs/oidc/session", this::get)
                .documented("GetOidcSessionConfig", TAG)
                .answers(200, Setting.class)
                .answers(401, 403);
        api.patch("/configs/oidc/session", this::update)
                .documented("UpdateOidcSessionConfig", TAG)
                .takes(Patch.class)
                .answers(200, Setting.class)
                .answers(400, 401, 403);
    }

    private Response get(Request request) {
        return Response.json(database.read(request.tenant(), SessionLifetimes::read));
    }

    /** Sessions that are open keep the end they have until they are used again. */
    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        return Response.json(database.write(request.tenant(), tx -> {
            patch.ttl().ifPresent(ttl -> lifetimes.change(tx, new Setting(ttl)));
            return SessionLifetimes.read(tx);
        }));
    }
}
