package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.DeviceCodes;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers that a device finds when it asks next; the browser is told on a page of ours. */
public final class DeviceAnswers implements Ending {
    static final String SUCCESS = "/device/success";
    private static final String PAGE = "/device";
    private static final String LOCALES = "ui_locales";

    /** What the page is told in its address, in this order. */
    private static final List<String> PASSED_ON = List.of("organization_id", LOCALES);

    private final DeviceCodes codes;
    private final Events events;
    private final Database database;

    public DeviceAnswers(DeviceCodes codes, Events events, Database database) {
        this.codes = codes;
        this.events = events;
        this.database = database;
    }

    /** The page for typing and confirming, dressed for the application. */
    static String page(AuthorizeParams params, Map<String, String> more) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("app_id", List.of(Objects.requireNonNullElse(params.get("client_id"), "")));
        for (String name : PASSED_ON) {
            String value = params.get(name);
            if (value != null) {
                query.put(name, List.of(value));
            }
        }
        more.forEach((name, value) -> query.put(name, List.of(value)));
        return PAGE + "?" + Params.of(query).encode();
    }

    /** @throws OAuthException {@code expired_token}, and nothing is granted, if the device waits no more */
    @Override
    public Response granted(Visit visit, Approved approved) {
        if (!codes.grant(visit.tx(), device(visit.asked().params()), approved.code())) {
            throw OAuthError.EXPIRED_TOKEN.because("the device does not wait any more");
        }
        String locales = visit.asked().params().get(LOCALES);
        return Response.seeOther(
                locales == null
                        ? SUCCESS
                        : SUCCESS + "?"
                                + Params.of(Map.of(LOCALES, List.of(locales))).encode());
    }

    @Override
    public Response failed(Tx tx, Request request, AuthorizeRequest asked, String error, @Nullable String description) {
        codes.deny(tx, device(asked.params()));
        return told(asked.params(), "AbortedError");
    }

    @Override
    public Response refused(Request request, AuthorizeParams params, OAuthException refusal) {
        if (refusal.error() == OAuthError.EXPIRED_TOKEN) {
            return told(params, "ExpiredError");
        }
        database.run(request.tenant(), tx -> codes.deny(tx, device(params)));
        return told(params, "AbortedError");
    }

    /** The person says no before signing in. */
    Response declined(Tx tx, Request request, AuthorizeParams params) {
        codes.deny(tx, device(params));
        events.publish(
                tx,
                Event.of("Interaction.End")
                        .application(params.get("client_id"))
                        .failed("oidc." + OAuthError.ACCESS_DENIED.word())
                        .with("description", "the user declined the device")
                        .from(request));
        return told(params, "AbortedError");
    }

    private static Response told(AuthorizeParams params, String error) {
        return Response.seeOther(page(params, Map.of("error", error)));
    }

    private static String device(AuthorizeParams params) {
        return Objects.requireNonNull(params.device());
    }
}
