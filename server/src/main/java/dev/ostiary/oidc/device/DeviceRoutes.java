package dev.ostiary.oidc.device;

import dev.ostiary.applications.Application;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.Texts;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.DeviceCodes;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.UserCode;
import dev.ostiary.oidc.authorize.DeviceRequests;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import dev.ostiary.oidc.device.Devices.Found;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /oidc/device/auth} for devices; {@code /oidc/device} for the browsers of their users. */
public final class DeviceRoutes {
    private static final String PAGE = "/device";

    /** Chosen at the foot of the page. */
    private static final String LANGUAGE = "lang";

    /** What the page may be told in its address, in this order. */
    private static final List<String> PASSED_ON = List.of(
            "app_id", "organization_id", "ui_locales", LANGUAGE, "user_code", "input_code", "error", Devices.FETCHED);

    private static final int LONGEST = 256;

    /** Parameters that the log may show. */
    private static final List<String> SHOWN = List.of("client_id", "scope", "resource", "prompt", "organization_id");

    private static final int LONGEST_SHOWN = 500;

    private final ClientAuthentication clients;
    private final DeviceRequests requests;
    private final DeviceCodes codes;
    private final Devices devices;
    private final Events events;

    public DeviceRoutes(
            ClientAuthentication clients, DeviceRequests requests, DeviceCodes codes, Devices devices, Events events) {
        this.clients = clients;
        this.requests = requests;
        this.codes = codes;
        this.devices = devices;
        this.events = events;
    }

    public void mount(OidcRoutes oidc) {
        oidc.forClients().post("/device/auth", this::ask);
        oidc.forClients().route("OPTIONS", "/device/auth", Cors.preflight("POST"));
        oidc.plain().with(DeviceRoutes::kept).get("/device", this::open);
        oidc.plain().with(DeviceRoutes::kept).post("/device", this::decide);
    }

    /** RFC 8628 section 3.1 and 3.2. No {@code interval}: five seconds are what devices then assume. */
    private Response ask(Request request) {
        Params form = OAuthForm.read(request);
        Application client = null;
        try {
            client = clients.authenticate(request, form);
            return issue(request, form, client);
        } catch (OAuthException refusal) {
            publish(request, form, client, "oidc." + refusal.error().word(), refusal.description());
            throw refusal;
        } catch (AppException refusal) {
            if (refusal.status() < 500) {
                publish(request, form, client, refusal.code(), null);
            }
            throw refusal;
        }
    }

    private void publish(
            Request request, Params form, @Nullable Application client, String code, @Nullable String description) {
        ObjectNode shown = Json.object();
        for (String name : SHOWN) {
            String value = String.join(" ", form.all(name));
            if (!value.isEmpty()) {
                shown.put(name, value.substring(0, Math.min(value.length(), LONGEST_SHOWN)));
            }
        }
        events.publish(
                request.tenant(),
                Event.of("Interaction.Create")
                        .application(client == null ? null : client.id())
                        .failed(code)
                        .with("description", description)
                        .with("params", shown)
                        .from(request));
    }

    private Response issue(Request request, Params form, Application client) {
        String deviceCode = codes.next();
        ObjectNode params = requests.check(request.tenant(), form, client.id(), DeviceCodes.id(deviceCode));
        UserCode userCode = devices.issue(request, deviceCode, client.id(), params)
                .orElseThrow(DeviceError.OfRequest.TOO_MANY_CODES::exception);
        String page = request.site().origin() + PAGE;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("device_code", deviceCode);
        body.put("user_code", userCode.shown());
        body.put("verification_uri", page);
        body.put("verification_uri_complete", page + "?user_code=" + userCode.shown());
        body.put("expires_in", DeviceCodes.LIFETIME.toSeconds());
        return Response.json(body).with("Cache-Control", "no-store");
    }

    /** Sets the cookies without which no form of the page is worth anything. */
    private Response open(Request request) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String name : PASSED_ON) {
            String value = request.query().first(name).orElse("");
            if (!value.isEmpty() && value.length() <= LONGEST) {
                query.put(name, List.of(value));
            }
        }
        String address = query.isEmpty() ? PAGE : PAGE + "?" + Params.of(query).encode();
        return Response.seeOther(address).with(devices.browser().begin(request));
    }

    /** A code that was typed; or, with {@code confirm} or {@code abort}, the word on its device. */
    private Response decide(Request request) {
        Params form = OAuthForm.read(request);
        if (!devices.browser().hasSent(request, form)) {
            throw DeviceError.OfRequest.FORM_REJECTED.exception();
        }
        byte[] browser = Objects.requireNonNull(devices.browser().id(request));
        String typed = Objects.requireNonNullElse(form.get("user_code"), "");
        return switch (devices.look(request, typed)) {
            case Found.Nothing(DeviceError error) -> refused(request, typed, error);
            case Found.Waiting(var device, var code) -> {
                if (form.has("abort")) {
                    yield requests.decline(request, device, browser, chosen(request))
                            .orElseGet(() -> refused(request, typed, DeviceError.ALREADY_USED));
                }
                if ("yes".equals(form.get("confirm"))) {
                    yield requests.confirm(request, device, browser, chosen(request))
                            .orElseGet(() -> refused(request, typed, DeviceError.ALREADY_USED));
                }
                yield Response.seeOther(requests.comparePage(device, compared(request, code)));
            }
        };
    }

    private static Map<String, String> compared(Request request, UserCode code) {
        Map<String, String> query = new LinkedHashMap<>();
        request.query().first(LANGUAGE).filter(DeviceRoutes::isShort).ifPresent(tag -> query.put(LANGUAGE, tag));
        query.put("user_code", code.shown());
        return query;
    }

    /** In which of our languages the person reads, if they have said so at the foot of the page. */
    private static @Nullable String chosen(Request request) {
        return request.query().first(LANGUAGE).filter(Texts.LANGUAGES::contains).orElse(null);
    }

    private static boolean isShort(String value) {
        return value.length() <= LONGEST;
    }

    private static Response refused(Request request, String typed, DeviceError error) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.query()
                .first(LANGUAGE)
                .filter(DeviceRoutes::isShort)
                .ifPresent(tag -> query.put(LANGUAGE, List.of(tag)));
        if (!typed.isBlank() && typed.length() <= LONGEST) {
            query.put("input_code", List.of(typed));
        }
        query.put("error", List.of(error.word()));
        return Response.seeOther(PAGE + "?" + Params.of(query).encode());
    }

    /** The code is in the address: not into caches, not into a Referer. */
    private static Response kept(Request request, Handler next) {
        return next.handle(request).with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
    }
}
