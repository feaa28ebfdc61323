package dev.ostiary.sessions;

import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie of a session. On https its name begins with {@code __Host-}, so that a sibling domain cannot plant its own
 * session in a visitor's browser.
 */
public final class SessionCookie {
    private static final String NAME = "_session";
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private SessionCookie() {}

    /** The bearer value; anything that is not of its form is no cookie. */
    public static Optional<String> read(Request request) {
        return request.cookie(name(request.site()))
                .filter(value -> VALUE.matcher(value).matches());
    }

    public static Cookie of(Site site, String value, Duration lifetime) {
        return Cookie.lasting(name(site), value, "/", lifetime);
    }

    public static Cookie removal(Site site) {
        return Cookie.removal(name(site), "/");
    }

    private static String name(Site site) {
        return site.isSecure() ? "__Host-" + NAME : NAME;
    }
}
