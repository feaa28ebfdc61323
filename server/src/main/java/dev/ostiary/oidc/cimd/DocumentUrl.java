package dev.ostiary.oidc.cimd;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A client id that is a URL (draft-ietf-oauth-client-id-metadata-document section 3): https, a host by name, the usual port,
 * a path; no user information, fragment or dot segments. Stricter than the draft where two readers could see two hosts.
 */
final class DocumentUrl {
    static final int LONGEST = 2048;
    private static final String SCHEME = "https://";
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
    /** What RFC 3986 lets stand in path and query, and nothing that needs to be read twice. */
    private static final Pattern REST =
            Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*(\\?[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?");

    private DocumentUrl() {}

    static Optional<URI> parse(String id) {
        if (!id.startsWith(SCHEME) || id.length() > LONGEST) {
            return Optional.empty();
        }
        int slash = id.indexOf('/', SCHEME.length());
        if (slash < 0
                || !isName(id.substring(SCHEME.length(), slash))
                || !REST.matcher(id.substring(slash)).matches()
                || hasDotSegment(id.substring(slash))
                || id.length() == slash + 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(id));
        } catch (IllegalArgumentException odd) {
            return Optional.empty();
        }
    }

    /** With a last label that no reader takes for a number: what is an address has no name to show. */
    private static boolean isName(String host) {
        return HOST.matcher(host).matches()
                && Character.isLetter(host.charAt(host.lastIndexOf('.') + 1))
                && !host.substring(host.lastIndexOf('.') + 1).startsWith("0x");
    }

    private static boolean hasDotSegment(String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        for (String segment : path.split("/", -1)) {
            String decoded =
                    segment.toLowerCase(Locale.ROOT).replace("%25", "%").replace("%2e", ".");
            if (decoded.equals(".") || decoded.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
