package dev.ostiary.oidc.logout;

import dev.ostiary.http.Routes;

/** {@code /oidc/session/end} and what follows it. */
public final class LogoutRoutes {
    private final Logout logout;

    public LogoutRoutes(Logout logout) {
        this.logout = logout;
    }

    /** @param oidc routes below {@code /oidc} for browsers that navigate */
    public void mount(Routes oidc) {
        oidc.get("/session/end", logout::ask);
        oidc.post("/session/end", logout::ask);
        oidc.post("/session/end/confirm", logout::confirm);
        oidc.get("/session/end/success", logout::signedOut);
        oidc.get("/session/end/declined", logout::declined);
    }
}
