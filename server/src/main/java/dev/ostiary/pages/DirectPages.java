package dev.ostiary.pages;

import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;

/** {@code /direct/{method}/{target}}: straight to a provider, for applications and links that know which one. */
final class DirectPages {
    static final String SSO = "sso";

    private final Kit kit;
    private final Departures departures;
    private final EntryPages signIn;
    private final EntryPages register;

    DirectPages(Kit kit, Departures departures, EntryPages signIn, EntryPages register) {
        this.kit = kit;
        this.departures = departures;
        this.signIn = signIn;
        this.register = register;
    }

    static String ssoPath(String connectorId) {
        return "/direct/" + SSO + "/" + Params.encode(connectorId).replace("+", "%20");
    }

    Response show(Request request) {
        return kit.steps().show(request, visit -> {
            Stage stage = kit.stages().of(request, visit.interaction());
            if (!request.param("method").equals(SSO)) {
                // Providers of other kinds cannot be set up yet; the screen behind them is what is left.
                return kit.guard().toPage(stage, registers(request) ? RegisterEntry.PATH : SignInEntry.PATH);
            }
            return departures
                    .ofId(stage, request.param("target"))
                    .map(connector -> departures.to(visit, stage, connector, stage.hint()))
                    .orElseGet(() -> (registers(request) ? register : signIn)
                            .show(visit, stage, Trouble.notice(404, stage.say("sso.not_available"))));
        });
    }

    private static boolean registers(Request request) {
        return request.query().first("fallback").orElse("").contains("register");
    }
}
