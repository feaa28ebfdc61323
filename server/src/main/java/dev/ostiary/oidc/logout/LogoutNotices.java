package dev.ostiary.oidc.logout;

import dev.ostiary.db.Tx;
import dev.ostiary.sessions.Session;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes, in the transaction that ends sessions, which applications want to be told (OpenID Connect Back-Channel Logout 1.0):
 * whoever ends a session, for whatever reason, nobody is forgotten, and nothing is told that did not happen.
 */
public final class LogoutNotices {
    private final Runnable wake;
    private final Clock clock;

    /** @param wake whoever delivers them */
    public LogoutNotices(Runnable wake, Clock clock) {
        this.wake = wake;
        this.clock = clock;
    }

    /** One statement, however many sessions and applications. */
    public void write(Tx tx, List<Session> ended) {
        List<LogoutNotice> notices = new ArrayList<>();
        for (Session session : ended) {
            String userId = session.userId();
            if (userId != null) {
                session.authorizations()
                        .forEach((client, authorization) -> notices.add(
                                new LogoutNotice(tx.tenant(), session.uid(), client, userId, authorization.sid(), 0)));
            }
        }
        if (!notices.isEmpty() && LogoutNoticeStore.insert(tx, notices, clock.instant()) > 0) {
            tx.afterCommit(wake);
        }
    }
}
