package dev.ostiary.applications;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be registered, and which of the presented ones are registered. Comparing is by whole canonical
 * address, never by prefix or pattern match over the text (RFC 9700 section 4.1.3); what two URL parsers could read
 * differently is refused on both sides, so a browser never goes elsewhere than was checked (RU2).
 */
public final class RedirectUris {
    private RedirectUris() {}

    /** What is wrong with a URI that somebody wants to register; empty if nothing is. */
    public static Optional<String> fault(String uri) {
        try {
            WebUri.parse(uri, true);
            return Optional.empty();
        } catch (WebUri.Refused e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** As {@link #fault}, for addresses that are fetched or shown, not redirected to: plain http or https URLs (RU4). */
    public static Optional<String> faultOfWebUrl(String url) {
        try {
            return WebUri.parse(url, false).isWeb() ? Optional.empty() : Optional.of("Must be an http or https URL");
        } catch (WebUri.Refused e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * As {@link #faultOfWebUrl}, for the address at which somebody else may begin a sign-in (OpenID Connect Core section
     * 4): it must be https; on the developer's own machine http will do.
     */
    public static Optional<String> faultOfLoginUri(String url) {
        try {
            WebUri uri = WebUri.parse(url, false);
            return uri.isWeb() && uri.isSecureOrLoopback()
                    ? Optional.empty()
                    : Optional.of("Must be an https URL, or an http URL of this machine");
        } catch (WebUri.Refused e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a code may be sent to {@code uri}. */
    public static boolean matches(Application application, String uri) {
        if (application.isFromDocument()) {
            return matchesExactly(application.oidcClientMetadata().redirectUris(), uri);
        }
        return matches(application.oidcClientMetadata().redirectUris(), uri, application.isNative());
    }

    /** Whether a browser may be sent to {@code uri} after it was signed out. */
    public static boolean matchesPostLogout(Application application, String uri) {
        return matches(application.oidcClientMetadata().postLogoutRedirectUris(), uri, false);
    }

    /** The redirect URI of a request that names none: the only one that is registered. */
    public static Optional<String> only(Application application) {
        List<String> registered = application.oidcClientMetadata().redirectUris();
        return registered.size() == 1 && registered.getFirst().indexOf('*') < 0
                ? Optional.of(registered.getFirst())
                : Optional.empty();
    }

    /** Whether scripts of this origin may call the token endpoint for the application. */
    public static boolean allowsOrigin(Application application, String origin) {
        WebUri asked = parsed(origin);
        if (asked == null || !asked.isWeb() || asked.isWildcard() || !asked.isOrigin()) {
            return false;
        }
        return Stream.concat(
                        application.customClientMetadata().corsAllowedOrigins().stream()
                                .flatMap(List::stream),
                        application.oidcClientMetadata().redirectUris().stream())
                .map(RedirectUris::parsed)
                .anyMatch(known -> known != null && known.hasOrigin(asked));
    }

    /** Whether a web address is on the origin of one that is registered; a registered pattern of hosts stands for none. */
    static boolean shareOrigin(List<String> registered, String uri) {
        WebUri asked = parsed(uri);
        if (asked == null || !asked.isWeb() || asked.isWildcard()) {
            return false;
        }
        return registered.stream()
                .map(RedirectUris::parsed)
                .anyMatch(known -> known != null && known.hasOrigin(asked) && asked.hasOrigin(known));
    }

    /** Character by character (RFC 9700 section 4.1.3); of http on the user's own machine the port is free (RFC 8252). */
    private static boolean matchesExactly(List<String> registered, String uri) {
        WebUri asked = parsed(uri);
        if (asked == null || asked.isWildcard()) {
            return false;
        }
        return registered.stream().anyMatch(known -> {
            WebUri parsed = parsed(known);
            return known.equals(uri) || (parsed != null && parsed.isPlainLoopback() && parsed.covers(asked, true));
        });
    }

    private static boolean matches(List<String> registered, String uri, boolean loopbackPortsAreFree) {
        WebUri asked = parsed(uri);
        if (asked == null || asked.isWildcard()) {
            return false;
        }
        return registered.stream()
                .map(RedirectUris::parsed)
                .anyMatch(known -> known != null && known.covers(asked, loopbackPortsAreFree));
    }

    private static @Nullable WebUri parsed(String uri) {
        try {
            return WebUri.parse(uri, true);
        } catch (WebUri.Refused e) {
            return null;
        }
    }
}
