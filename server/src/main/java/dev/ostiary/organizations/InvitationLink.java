package dev.ostiary.organizations;

import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an invited person has: {@code /invitation/<id>?token=<43 characters>}; and what their browser keeps of it while they
 * sign in, in a cookie, because the parameters of a sign-in are stored.
 *
 * @param nonce by which the browser knows the sign-in that it began for this link
 */
public record InvitationLink(String id, String token, String nonce) {
    public static final String PATH = "/invitation";
    private static final String COOKIE = "_invitation";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VALUE = Pattern.compile("([0-9a-z]{21})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    static String address(String origin, String id, String token) {
        return origin + PATH + "/" + id + "?token=" + token;
    }

    /** The link that the browser has begun a sign-in for. */
    public static Optional<InvitationLink> kept(Request request) {
        Matcher value = VALUE.matcher(request.cookie(name(request.site())).orElse(""));
        return value.matches()
                ? Optional.of(new InvitationLink(value.group(1), value.group(2), value.group(3)))
                : Optional.empty();
    }

    public Cookie cookie(Site site) {
        return Cookie.lasting(name(site), id + "." + token + "." + nonce, "/", LIFETIME);
    }

    /** A sibling domain cannot plant a cookie of the name that it has on https. */
    private static String name(Site site) {
        return site.isSecure() ? "__Host-" + COOKIE : COOKIE;
    }
}
