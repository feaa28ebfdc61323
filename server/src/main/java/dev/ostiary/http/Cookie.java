package dev.ostiary.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cookie to set. Secure is added by the server on https; SameSite is Lax unless said otherwise.
 *
 * @param value sent as it is: encode it first if it may hold {@code ;} or control characters
 * @param maxAge null for a cookie that ends with the browser; zero deletes
 */
public record Cookie(
        String name, String value, String path, @Nullable Duration maxAge, boolean httpOnly, String sameSite) {

    public static Cookie session(String name, String value) {
        return new Cookie(name, value, "/", null, true, "Lax");
    }

    public static Cookie lasting(String name, String value, String path, Duration maxAge) {
        return new Cookie(name, value, path, maxAge, true, "Lax");
    }

    public static Cookie removal(String name, String path) {
        return new Cookie(name, "", path, Duration.ZERO, true, "Lax");
    }

    public Cookie readableByScripts() {
        return new Cookie(name, value, path, maxAge, false, sameSite);
    }

    String header(boolean secure) {
        StringBuilder text = new StringBuilder(name)
                .append('=')
                .append(value)
                .append("; path=")
                .append(path);
        if (maxAge != null) {
            text.append("; max-age=").append(maxAge.toSeconds());
            if (maxAge.isZero()) {
                text.append("; expires=Thu, 01 Jan 1970 00:00:00 GMT");
            }
        }
        text.append("; samesite=").append(sameSite.toLowerCase(java.util.Locale.ROOT));
        if (secure) {
            text.append("; secure");
        }
        if (httpOnly) {
            text.append("; httponly");
        }
        return text.toString();
    }
}
