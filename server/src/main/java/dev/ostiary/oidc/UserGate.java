package dev.ostiary.oidc;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Tx;
import dev.ostiary.users.User;

/**
 * Whether a user may use an application at all. Asked wherever codes or tokens of a user are made, by every grant alike
 * (TK8); handed in, because who is let in is told by organizations too.
 */
@FunctionalInterface
public interface UserGate {
    /** Everybody may use everything. */
    UserGate OPEN = (tx, application, userId) -> true;

    boolean allows(Tx tx, Application application, String userId);

    /** @throws OAuthException {@code access_denied} */
    default void require(Tx tx, Application application, User user) {
        if (!allows(tx, application, user.id())) {
            throw refusal();
        }
    }

    static OAuthException refusal() {
        return OAuthError.ACCESS_DENIED.because("the user is not allowed to use this application");
    }
}
