package dev.ostiary.pages;

import dev.ostiary.applications.Applications;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.pages.SsoAnnouncements.Announcement;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import java.util.Optional;

/**
 * {@code /enterprise-sso/{connectorId}/start}: a provider sends a visitor whom its own portal knows (OpenID Connect Core
 * section 4). Nobody is signed in by it: the application begins its sign-in as ever, with a state of its own, and the
 * connector is chosen already when the visitor arrives here again. So a link that an attacker sends does no more than one
 * to the application itself.
 */
final class SsoStartPages {
    private final Stages stages;
    private final Departures departures;
    private final Applications applications;
    private final SsoAnnouncements announcements;
    private final SsoFaultPages faults;

    SsoStartPages(
            Stages stages,
            Departures departures,
            Applications applications,
            SsoAnnouncements announcements,
            SsoFaultPages faults) {
        this.stages = stages;
        this.departures = departures;
        this.applications = applications;
        this.announcements = announcements;
        this.faults = faults;
    }

    /** By GET or POST, as the specification has it. */
    Response start(Request request) {
        Params told = request.method().equals("POST") ? request.form() : request.query();
        Stage stage = stages.of(request, null);
        Optional<SsoConnector> found = departures.ofId(stage, request.param("connectorId"));
        if (found.isEmpty()) {
            return faults.page(stage, SsoOutcome.GONE);
        }
        if (!isIssuer(found.get(), told)) {
            return faults.page(stage, SsoOutcome.OTHER_ISSUER);
        }
        Optional<String> target = target(stage, told);
        if (target.isEmpty()) {
            return faults.page(stage, told.has("target_link_uri") ? SsoOutcome.FOREIGN_TARGET : SsoOutcome.NO_TARGET);
        }
        String hint = told.first(Stage.HINT)
                .filter(text -> text.length() <= Field.LONGEST_ECHO)
                .orElse("");
        Announcement announcement = new Announcement(found.get().id(), hint);
        return Guard.kept(Response.seeOther(target.get()))
                .with(announcements.announce(request, announcement, target.get()));
    }

    /** Some portals leave it out; the connector is named by the path already. */
    private static boolean isIssuer(SsoConnector connector, Params told) {
        return told.all("iss").stream()
                .allMatch(issuer -> connector.config() instanceof OidcConfig config
                        && bare(config.issuer()).equals(bare(issuer)));
    }

    private static String bare(String issuer) {
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }

    /** Where none is named: where the settings send who comes without an application. */
    private Optional<String> target(Stage stage, Params told) {
        if (!told.has("target_link_uri")) {
            return Optional.ofNullable(Legal.web(stage.settings().unknownSessionRedirectUrl()));
        }
        return told.all("target_link_uri").size() == 1
                ? told.first("target_link_uri")
                        .filter(uri ->
                                applications.isOnOwnOrigin(stage.request().tenant(), uri))
                : Optional.empty();
    }
}
