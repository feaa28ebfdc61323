package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.json.Json;
import dev.ostiary.pages.FormPage.SingleSignOn;
import dev.ostiary.sso.EmailDomains;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoConnectors;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The way to a company's own provider, from wherever on the pages it begins. */
final class Departures {
    /** Refused everywhere but at the provider: what the visitor wanted to do is done there. */
    private static final String SSO_ENABLED = "session.sso_enabled";

    private static final String LOOKUP = "/api/experience/sso-connectors";

    private final Kit kit;
    private final SsoConnectors connectors;
    private final SsoFaultPages faults;
    private final SsoAnnouncements announcements;

    Departures(Kit kit, SsoConnectors connectors, SsoFaultPages faults, SsoAnnouncements announcements) {
        this.kit = kit;
        this.connectors = connectors;
        this.faults = faults;
        this.announcements = announcements;
    }

    boolean isOffered(Stage stage) {
        if (!stage.settings().signInMode().allowsSignIn()) {
            return false;
        }
        return stage.isPreview()
                ? stage.settings().singleSignOnEnabled()
                : kit.experience().offersSso(stage.request().tenant());
    }

    /** What a form with a password shows of it. */
    SingleSignOn offer(Stage stage) {
        String client = stage.interaction() == null ? "" : stage.interaction().clientId();
        return new SingleSignOn(
                stage.address(SsoEmailPages.PATH),
                stage.isPreview() ? null : LOOKUP + "?app_id=" + Params.encode(client) + "&email=");
    }

    /** The connectors for an address that was typed; none for any other text. */
    List<SsoConnector> ofAddress(Stage stage, String typed) {
        boolean isAddress =
                typed.length() <= Field.LONGEST_ECHO && EmailDomains.of(typed).isPresent();
        return isAddress && isOffered(stage)
                ? kit.experience().ssoConnectors(stage.request().tenant(), typed)
                : List.of();
    }

    /** The connector of that id, if visitors may be sent to it. */
    Optional<SsoConnector> ofId(Stage stage, String id) {
        return isOffered(stage)
                ? connectors.find(stage.request().tenant(), id).filter(SsoConnector::isAvailable)
                : Optional.empty();
    }

    /** To the only one, or to choose among them. */
    Response leave(Visit visit, Stage stage, List<SsoConnector> fitting, String email) {
        return fitting.size() == 1
                ? to(visit, stage, fitting.getFirst(), email)
                : kit.guard()
                        .toPage(
                                stage,
                                SsoChooserPages.PATH,
                                stage.request().query().with(Stage.HINT, email));
    }

    Response to(Visit visit, Stage stage, SsoConnector connector, String email) {
        try {
            URI provider = kit.experience().departBySso(visit, connector.id(), hint(email));
            kit.experience().save(visit);
            return to(stage, connector, provider)
                    .with(PageLanguage.leaving(stage.phrases().language()));
        } catch (AppException refusal) {
            return faults.refused(stage, connector.id(), refusal);
        }
    }

    private static Optional<String> hint(String email) {
        return EmailDomains.of(email).isPresent() ? Optional.of(email) : Optional.empty();
    }

    /**
     * Browsers hold all redirects that follow a form to the {@code form-action} of its page, which lets https pass and
     * nothing else. A provider without TLS, in a company's own network, is reached from a page of its own.
     */
    private Response to(Stage stage, SsoConnector connector, URI provider) {
        boolean passes = !stage.request().method().equals("POST") || "https".equalsIgnoreCase(provider.getScheme());
        if (passes) {
            return Guard.kept(Response.seeOther(provider.toString()));
        }
        String name = connector.displayName(stage.phrases().language());
        String heading = stage.say("sso.go.heading", Map.of("provider", name));
        Frame frame = kit.frames().of(stage, heading);
        GoPage page =
                new GoPage(frame, heading, stage.say("sso.go.text"), stage.say("sso.go.link"), provider.toString());
        return kit.output().of(200, stage, frame, "go", page);
    }

    /** Where the provider has announced the visitor: a tile in its portal was pressed a moment ago. */
    Optional<Response> announced(Visit visit, Stage stage) {
        Request request = stage.request();
        return announcements.read(request, visit.interaction()).map(told -> ofId(stage, told.connectorId())
                .map(connector -> to(visit, stage, connector, told.loginHint()))
                .orElseGet(() -> kit.guard().toPage(stage, request.path()))
                .with(announcements.removal(request)));
    }

    /** Where a refusal says that the account is the provider's: there, instead of an error. */
    Optional<Response> instead(Visit visit, Stage stage, AppException refusal, String name) {
        if (!refusal.code().equals(SSO_ENABLED) || refusal.data() == null) {
            return Optional.empty();
        }
        List<SsoConnector> fitting = StreamSupport.stream(
                        Json.tree(refusal.data()).path("ssoConnectors").spliterator(), false)
                .flatMap(row -> ofId(stage, row.path("id").asString("")).stream())
                .toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(leave(visit, stage, fitting, name));
    }
}
