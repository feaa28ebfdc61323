package dev.ostiary.oidc.device;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a browser is known from its first look at the page to its word on the device: by a secret in a cookie of ours, and by
 * a value made of it that forms carry, which pages find in {@code _logto_device_flow_xsrf}. No other site can read either,
 * and one of another browser is worth nothing here (SE4).
 */
final class DeviceBrowser {
    static final String XSRF = "_logto_device_flow_xsrf";
    private static final String SECRET = "_device";
    private static final Duration XSRF_LIFETIME = Duration.ofMinutes(10);
    private static final Duration SECRET_LIFETIME = Duration.ofHours(1);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Function<String, Hmac> hmac;
    private final Ids ids;

    /** @param hmac of a tenant; the same keys on all nodes */
    DeviceBrowser(Function<String, Hmac> hmac, Ids ids) {
        this.hmac = hmac;
        this.ids = ids;
    }

    /** The cookies with which the page can be shown. */
    List<Cookie> begin(Request request) {
        String secret = secret(request).orElseGet(ids::token);
        return List.of(
                Cookie.lasting(name(request.site()), secret, "/", SECRET_LIFETIME),
                Cookie.lasting(XSRF, hmac.apply(request.tenant()).sign(text(request, secret)), "/device", XSRF_LIFETIME)
                        .readableByScripts());
    }

    /** What forms of the page carry; empty if the browser has none, or one that is not its own. */
    Optional<String> xsrf(Request request) {
        return request.cookie(XSRF).filter(value -> isOwn(request, value));
    }

    /** Whether the form is of a page of ours, sent by the browser that the page was made for. */
    boolean hasSent(Request request, Params form) {
        String site = request.header("Sec-Fetch-Site");
        String origin = request.header("Origin");
        return (site == null || OWN_SITE.contains(site))
                && (origin == null || origin.equals(request.site().origin()))
                && isOwn(request, Objects.requireNonNullElse(form.get("xsrf"), ""));
    }

    /** What the browser is called where its secret must not stand; null before {@link #begin}. */
    byte @Nullable [] id(Request request) {
        return secret(request).map(Hashes::sha256).orElse(null);
    }

    private boolean isOwn(Request request, String xsrf) {
        return secret(request)
                .filter(secret -> hmac.apply(request.tenant()).verify(text(request, secret), xsrf))
                .isPresent();
    }

    private static Optional<String> secret(Request request) {
        return request.cookie(name(request.site()))
                .filter(value -> TOKEN.matcher(value).matches());
    }

    private static String text(Request request, String secret) {
        return "device\0" + request.tenant() + '\0' + secret;
    }

    /** On https a sibling domain cannot plant it (RFC 6265bis section 4.1.3.2). */
    private static String name(Site site) {
        return site.isSecure() ? "__Host-" + SECRET : SECRET;
    }
}
