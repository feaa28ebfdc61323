package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.http.Params;
import dev.ostiary.http.Response;
import dev.ostiary.json.Json;
import dev.ostiary.pages.MessagePage.Fact;
import dev.ostiary.pages.MessagePage.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What went wrong with a provider, for the visitor; and below it, small, for who can mend it. */
final class SsoFaultPages {
    private final Frames frames;
    private final Output output;

    SsoFaultPages(Frames frames, Output output) {
        this.frames = frames;
        this.output = output;
    }

    Response refused(Stage stage, String connectorId, AppException refusal) {
        ProviderFault fault = ProviderFault.of(refusal);
        // To the one that the refusal names; only with a press of the button, so that two cannot play ball with a
        // visitor.
        String next = Json.tree(refusal.data())
                .path("ssoConnectors")
                .path(0)
                .path("id")
                .asString(connectorId);
        return page(stage, fault.outcome(), fault.outcome() == SsoOutcome.MOVED ? next : connectorId, fault);
    }

    Response page(Stage stage, SsoOutcome kind) {
        return page(stage, kind, null, ProviderFault.none(kind));
    }

    Response page(Stage stage, SsoOutcome kind, String connectorId) {
        return page(stage, kind, connectorId, ProviderFault.none(kind));
    }

    private Response page(Stage stage, SsoOutcome kind, @Nullable String connectorId, ProviderFault fault) {
        Frame frame = frames.of(stage, stage.say(kind.heading()));
        MessagePage page = new MessagePage(
                frame,
                stage.say(kind.heading()),
                List.of(stage.say(kind.text()), stage.say(kind.next())),
                link(stage, kind, connectorId),
                again(kind, connectorId) ? otherWay(stage) : null,
                Messages.support(stage),
                fault.fault()
                        .map(known -> known.text(stage.phrases().language()))
                        .orElse(null),
                facts(stage, fault.code()));
        Response response = output.of(kind.status(), stage, frame, "message", page);
        return kind == SsoOutcome.DOWN ? response.with("Retry-After", "30") : response;
    }

    static List<Fact> facts(Stage stage, Optional<String> code) {
        List<Fact> facts = new ArrayList<>();
        code.ifPresent(known -> facts.add(new Fact(stage.say("fact.code"), known)));
        facts.add(new Fact(stage.say("fact.request"), stage.request().id()));
        return facts;
    }

    /** The same way once more; else another one; without a visit, where the settings send who comes without one. */
    private static @Nullable Link link(Stage stage, SsoOutcome kind, @Nullable String connectorId) {
        if (stage.interaction() == null) {
            String elsewhere = Legal.web(stage.settings().unknownSessionRedirectUrl());
            return elsewhere == null ? null : new Link(stage.say("sso.to_application"), elsewhere);
        }
        return connectorId != null && again(kind, connectorId)
                ? new Link(
                        stage.say(kind == SsoOutcome.MOVED ? "sso.button" : "sso.again"),
                        address(stage, DirectPages.ssoPath(connectorId)))
                : otherWay(stage);
    }

    private static boolean again(SsoOutcome kind, @Nullable String connectorId) {
        return connectorId != null && kind.mayBeTriedAgain();
    }

    private static @Nullable Link otherWay(Stage stage) {
        return stage.interaction() == null
                ? null
                : new Link(stage.say("sso.other_way"), address(stage, SignInEntry.PATH));
    }

    /** Without the query of this page, which is the provider's. */
    private static String address(Stage stage, String path) {
        Params query = Params.NONE;
        if (stage.interaction() != null) {
            query = query.with("app_id", stage.interaction().clientId());
        }
        String language = stage.request().query().get(PageLanguage.CHOICE);
        return path + "?" + (language == null ? query : query.with(PageLanguage.CHOICE, language)).encode();
    }
}
