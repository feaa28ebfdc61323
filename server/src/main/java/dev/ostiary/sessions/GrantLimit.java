package dev.ostiary.sessions;

import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import java.util.List;

/**
 * How many grants of one user an application may hold at once ({@code maxAllowedGrants}): where it is let in once more, the
 * oldest ones end, with their codes and tokens, and the sessions they came from forget the application.
 */
public final class GrantLimit {
    private final Grants grants;
    private final Sessions sessions;
    private final Events events;

    public GrantLimit(Grants grants, Sessions sessions, Events events) {
        this.grants = grants;
        this.sessions = sessions;
        this.events = events;
    }

    /**
     * @param present the one that was used just now: it stays
     * @param most at least one
     */
    public void keep(Tx tx, Request request, Grant present, long most) {
        String userId = present.userId();
        List<String> ended = grants.keepNewest(tx, present, most);
        if (ended.isEmpty()) {
            return;
        }
        sessions.forgetGrants(tx, userId, ended);
        events.publish(
                tx,
                Event.of("RevokeGrants")
                        .user(userId)
                        .application(present.clientId())
                        .session(present.sessionUid())
                        .with("reason", "Grant.LimitExceeded")
                        .with("revokedGrantIds", ended)
                        .with("maxAllowedGrants", most)
                        .with("preRevocationActiveGrantCount", most + ended.size())
                        .from(request));
    }
}
