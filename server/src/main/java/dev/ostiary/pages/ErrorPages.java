package dev.ostiary.pages;

import dev.ostiary.applications.Application;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.json.Json;
import dev.ostiary.pages.MessagePage.Fact;
import dev.ostiary.pages.MessagePage.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Errors as pages, for people: what happened, whose fault it may be, what to do next, and the request's id. Programs get
 * what they got before; a person is who asks for {@code text/html} first.
 */
final class ErrorPages {
    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);
    /** Of programs, whatever they accept. */
    private static final Set<String> FOR_PROGRAMS = Set.of("/api", "/assets", "/oidc/token", "/oidc/me", "/oidc/jwks");

    private final Stages stages;
    private final Frames frames;
    private final Output output;
    private final WayBack wayBack;

    ErrorPages(Stages stages, Frames frames, Output output, WayBack wayBack) {
        this.stages = stages;
        this.frames = frames;
        this.output = output;
        this.wayBack = wayBack;
    }

    /** The answer as it is, or its page. */
    Response dress(Request request, Response response) {
        if (response.status() < 400 || !isForPerson(request) || isPage(response)) {
            return response;
        }
        Response page = page(request, response.status(), body(response));
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            boolean kept = page.header(header.getKey()) == null
                    && !header.getKey().toLowerCase(Locale.ROOT).startsWith("content-");
            page = kept ? page.with(header.getKey(), header.getValue()) : page;
        }
        return page.with(response.cookies());
    }

    private static boolean isForPerson(Request request) {
        String accept = request.header("Accept");
        if (accept == null || !accept.strip().toLowerCase(Locale.ROOT).startsWith("text/html")) {
            return false;
        }
        String path = request.path();
        return FOR_PROGRAMS.stream().noneMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    private static boolean isPage(Response response) {
        String type = response.header("Content-Type");
        return type != null && type.startsWith("text/html");
    }

    private static JsonNode body(Response response) {
        String type = response.header("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return Json.object();
        }
        try {
            return Json.read(response.body());
        } catch (JacksonException e) {
            return Json.object();
        }
    }

    private Response page(Request request, int status, JsonNode body) {
        String code = body.path("code").asString("");
        try {
            if (kind(status, code).equals("unknown")) {
                return lost(request, status);
            }
            Stage stage = stages.of(request, null);
            MessagePage page = message(request, stage.phrases(), frame(stage, status, code), status, body);
            return output.of(status, stage, page.frame(), "message", page);
        } catch (RuntimeException e) {
            // Most likely the database is what is missing: then without the tenant's own look.
            log.debug("No settings for an error page: {}", e.toString());
            Phrases phrases = Phrases.in(PageLanguage.of(request));
            Frame frame = frames.plain(request, phrases, phrases.say(kind(status, code) + ".heading"));
            return output.plain(status, "message", message(request, phrases, frame, status, body));
        }
    }

    private Frame frame(Stage stage, int status, String code) {
        return frames.of(stage, stage.say(kind(status, code) + ".heading"));
    }

    /** Beginning of the phrases that fit. */
    private static String kind(int status, String code) {
        return switch (code) {
            case "page.form_rejected", "device.form_rejected" -> "error.form";
            case "session.not_found" -> "unknown";
            default ->
                switch (status) {
                    case 404, 405, 501 -> "missing";
                    case 503 -> "error.busy";
                    default -> status >= 500 ? "error.failed" : "error.refused";
                };
        };
    }

    private static MessagePage message(Request request, Phrases phrases, Frame frame, int status, JsonNode body) {
        String code = body.path("code").asString("");
        String kind = kind(status, code);
        List<String> texts = new ArrayList<>();
        if (kind.equals("error.refused")) {
            texts.add(sentence(body, phrases));
            String detail = body.path("error_description").asString("");
            if (!detail.isEmpty()) {
                texts.add(detail);
            }
        } else {
            texts.add(phrases.say(kind + ".text"));
        }
        texts.add(phrases.say(kind + ".next"));
        texts.removeIf(String::isBlank);
        List<Fact> facts = new ArrayList<>();
        if (!code.isEmpty() && kind.equals("error.refused")) {
            facts.add(new Fact(phrases.say("fact.code"), code));
        }
        facts.add(new Fact(phrases.say("fact.request"), request.id()));
        return new MessagePage(
                frame,
                phrases.say(kind + ".heading"),
                texts,
                again(request, phrases, kind),
                null,
                List.of(),
                null,
                facts);
    }

    /** In the page's language, which may be another than the answer's; but the answer knows what stands in its gaps. */
    private static String sentence(JsonNode body, Phrases phrases) {
        String code = body.path("code").asString("");
        String text = Texts.of(code, phrases.language(), Map.of());
        return code.isEmpty() || text.equals(code) || text.contains("{")
                ? body.path("message").asString("")
                : text;
    }

    private static @Nullable Link again(Request request, Phrases phrases, String kind) {
        if (!kind.equals("error.form")) {
            return null;
        }
        String query = request.rawQuery();
        String path = request.path().startsWith(RegisterEntry.PATH)
                ? RegisterEntry.PATH
                : request.path().startsWith("/oidc/device") ? DevicePages.PATH : SignInEntry.PATH;
        return new Link(phrases.say("error.form.link"), query.isEmpty() ? path : path + "?" + query);
    }

    /** {@code /unknown-session}. */
    Response unknownSession(Request request) {
        return lost(request, 200);
    }

    /** There is nothing to go on with here, but perhaps there is a way to begin anew. */
    private Response lost(Request request, int status) {
        Application application = wayBack.application(request).orElse(null);
        Stage stage = stages.ofApplication(request, application);
        Frame frame = frames.of(stage, stage.say("unknown.heading"));
        String name = Objects.requireNonNullElse(stage.applicationName(), "");
        MessagePage page = new MessagePage(
                frame,
                stage.say("unknown.heading"),
                List.of(stage.say("unknown.text"), stage.say(application == null ? "unknown.next" : "unknown.again")),
                application == null
                        ? null
                        : new Link(
                                stage.say("unknown.back", Map.of("application", name)),
                                wayBack.address(request, application)),
                null,
                Messages.support(stage),
                null,
                List.of(new Fact(stage.say("fact.request"), request.id())));
        return output.of(status, stage, frame, "message", page);
    }
}
