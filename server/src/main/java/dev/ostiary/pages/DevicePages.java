package dev.ostiary.pages;

import dev.ostiary.http.Network;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.DeviceCode;
import dev.ostiary.oidc.UserCode;
import dev.ostiary.oidc.device.DeviceError;
import dev.ostiary.oidc.device.Devices;
import dev.ostiary.oidc.device.Devices.Found;
import dev.ostiary.pages.MessagePage.Fact;
import dev.ostiary.pages.MessagePage.Link;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /device}: a person types the code of a device, compares it with what the device shows, and says whether to let it
 * in; {@code /device/success}. Forms go to {@code /oidc/device}.
 */
final class DevicePages {
    static final String PATH = "/device";
    static final String SUCCESS = PATH + "/success";
    private static final String ACTION = "/oidc/device";
    private static final String WORDS = "device.";

    private final Devices devices;
    private final Stages stages;
    private final Frames frames;
    private final Output output;
    private final Clock clock;

    DevicePages(Devices devices, Stages stages, Frames frames, Output output, Clock clock) {
        this.devices = devices;
        this.stages = stages;
        this.frames = frames;
        this.output = output;
        this.clock = clock;
    }

    Response show(Request request) {
        Optional<String> xsrf = devices.xsrf(request);
        boolean hasFetched = request.query().has(Devices.FETCHED);
        if (xsrf.isEmpty()) {
            return hasFetched ? withoutCookies(request) : Guard.kept(Response.found(fetching(request)));
        }
        if (hasFetched) {
            // Not into bookmarks.
            return Guard.kept(Response.seeOther(plain(request)));
        }
        String code = request.query().first("user_code").orElse("");
        if (!code.isBlank()) {
            return switch (devices.look(request, code)) {
                case Found.Waiting waiting -> compare(request, waiting, xsrf.get());
                case Found.Nothing nothing -> refused(request, nothing.error(), code, xsrf.get());
            };
        }
        String typed = request.query().first("input_code").orElse("");
        return request.query()
                .first("error")
                .flatMap(DeviceError::find)
                .map(error -> refused(request, error, typed, xsrf.get()))
                .orElseGet(() -> enter(request, typed, null, xsrf.get()));
    }

    /** Where our cookies are set; what the address says goes along. */
    private static String fetching(Request request) {
        String query = request.rawQuery();
        return ACTION + "?" + (query.isEmpty() ? "" : query + "&") + Devices.FETCHED + "=1";
    }

    /** This page, for the first time. */
    private static String plain(Request request) {
        Params query = request.query().without(Devices.FETCHED);
        return query.isEmpty() ? PATH : PATH + "?" + query.encode();
    }

    /** A browser that takes none would be sent round in a circle. */
    private Response withoutCookies(Request request) {
        Stage stage = queried(request);
        Link again = new Link(stage.say(WORDS + "cookies.link"), plain(request));
        return told(400, stage, "cookies", stage.say(WORDS + "cookies.text"), again);
    }

    /** Told to whoever has just let a device in; others find the page to type a code. */
    Response success(Request request) {
        return devices.lastGranted(request)
                .map(device -> success(stage(request, device)))
                .orElseGet(() -> Guard.kept(Response.seeOther(PATH)));
    }

    private Response success(Stage stage) {
        String name = stage.applicationName();
        String text = name == null
                ? stage.say(WORDS + "success.text")
                : stage.say(WORDS + "success.application", Map.of("application", name));
        return told(200, stage, "success", text, null);
    }

    private Response refused(Request request, DeviceError error, String typed, String xsrf) {
        return switch (error) {
            case NO_CODE, NOT_FOUND, TOO_MANY_ATTEMPTS -> enter(request, typed, error, xsrf);
            case EXPIRED -> told(request, "expired");
            case ALREADY_USED -> told(request, "used");
            case ABORTED -> told(request, "aborted");
        };
    }

    private Response enter(Request request, String typed, @Nullable DeviceError error, String xsrf) {
        Stage stage = queried(request);
        String heading = stage.say(WORDS + "heading");
        Frame frame = error == null ? frames.of(stage, heading) : frames.erroneous(stage, heading);
        String problem =
                error == null ? null : stage.say(WORDS + "error." + error.name().toLowerCase(java.util.Locale.ROOT));
        DevicePage page = new DevicePage(frame, heading, action(request), xsrf, Field.echo(typed), problem);
        return output.of(200, stage, frame, "device", page);
    }

    /** The page that stands between a person and a device of somebody else (RFC 8628 section 5.4). */
    private Response compare(Request request, Found.Waiting waiting, String xsrf) {
        Stage stage = stage(request, waiting.device());
        String heading = stage.say(WORDS + "compare.heading");
        Frame frame = frames.of(stage, heading);
        UserCode code = waiting.code();
        DeviceComparePage page = new DeviceComparePage(
                frame,
                heading,
                code.shown(),
                String.join(" ", code.letters().split("")),
                Objects.requireNonNullElse(
                        stage.applicationName(), waiting.device().clientId()),
                facts(stage, waiting.device()),
                action(request),
                xsrf);
        return output.of(200, stage, frame, "compare", page);
    }

    private List<Fact> facts(Stage stage, DeviceCode device) {
        Network asked = Network.of(device.ip());
        boolean isHere =
                asked.key().equals(Network.of(stage.request().clientIp()).key());
        String program = DeviceAgent.of(device.userAgent())
                .map(DeviceAgent::shown)
                .orElseGet(() -> stage.say(WORDS + "compare.unknown"));
        long minutes = Duration.between(device.createdAt(), clock.instant()).toMinutes();
        return List.of(
                new Fact(stage.say(WORDS + "compare.program"), program),
                new Fact(
                        stage.say(WORDS + "compare.network"),
                        stage.say(
                                WORDS + (isHere ? "compare.here" : "compare.elsewhere"),
                                Map.of("address", asked.shown()))),
                new Fact(
                        stage.say(WORDS + "compare.time"),
                        minutes < 1
                                ? stage.say(WORDS + "compare.now")
                                : stage.say(WORDS + "compare.minutes", Map.of("minutes", minutes))));
    }

    private Response told(Request request, String word) {
        Stage stage = queried(request);
        return told(
                200,
                stage,
                word,
                stage.say(WORDS + word + ".text"),
                new Link(stage.say(WORDS + "another"), another(request)));
    }

    private Response told(int status, Stage stage, String word, String text, @Nullable Link link) {
        String heading = stage.say(WORDS + word + ".heading");
        Frame frame = frames.of(stage, heading);
        MessagePage page = new MessagePage(
                frame,
                heading,
                List.of(text, stage.say(WORDS + word + ".next")),
                link,
                null,
                Messages.support(stage),
                null,
                List.of());
        return output.of(status, stage, frame, "message", page);
    }

    /** Dressed as the address says: an application of this tenant. */
    private Stage queried(Request request) {
        return stages.ofApplication(
                request, request.query().get("app_id"), request.query().get("organization_id"));
    }

    private Stage stage(Request request, DeviceCode device) {
        return stages.ofApplication(
                request, device.clientId(), device.param("organization_id").orElse(null));
    }

    /** What was chosen at the foot of the page stays chosen. */
    private static String action(Request request) {
        return withLanguage(request, ACTION);
    }

    private static String another(Request request) {
        return withLanguage(request, PATH);
    }

    private static String withLanguage(Request request, String path) {
        return request.query()
                .first(PageLanguage.CHOICE)
                .filter(PageLanguage.NAMES::containsKey)
                .map(language -> path + "?" + PageLanguage.CHOICE + "=" + language)
                .orElse(path);
    }
}
