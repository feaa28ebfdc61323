package dev.ostiary.applications;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address in canonical form. Reads less than the URL standard does, on purpose: what browsers repair (backslashes, tabs,
 * missing slashes, odd IPv4 forms, Unicode hosts) is refused, so that there is one reading only.
 *
 * @param host lower-case, null for a private scheme
 * @param port the effective one, −1 for a private scheme
 * @param path begins with a slash; for a private scheme everything after the colon
 * @param query with its question mark, empty if there is none
 */
record WebUri(String scheme, @Nullable String host, int port, String path, String query) {
    private static final int LONGEST = 2048;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+._-]*):(.*)", Pattern.DOTALL);
    private static final Pattern PRIVATE_SCHEME = Pattern.compile("[a-z][\\d+_a-z-]*(\\.[\\d+_a-z-]+)*");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_*-]{1,63}");
    private static final Pattern NUMBER_LABEL = Pattern.compile("\\d+|0x[0-9a-f]*");
    private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5]");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:]{2,39}\\]");

    /** What may follow the slashes of a private scheme: no user information, nothing that a parser would rewrite. */
    private static final Pattern PRIVATE_AUTHORITY =
            Pattern.compile("[A-Za-z0-9._~!$&'()+,;=%\\x{80}-\\x{10FFFF}-]*(?::(0|[1-9]\\d{0,4}))?");

    /** Characters that are none of a URI (RFC 3986 section 2); browsers encode some of them here and some there. */
    private static final Pattern FOREIGN = Pattern.compile("[\"<>^`{|}\\[\\]]|%(?![0-9A-Fa-f]{2})");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Schemes that run, show or read something instead of opening an application (RU4). */
    private static final Set<String> DANGEROUS = Set.of(
            "javascript",
            "data",
            "vbscript",
            "file",
            "blob",
            "filesystem",
            "about",
            "view-source",
            "jar",
            "mhtml",
            "livescript",
            "mocha",
            "ws",
            "wss",
            "ftp",
            "resource",
            "chrome",
            "wyciwyg");

    /** Why an address is not taken; the message is for its author. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** @param patterns whether {@code *} may stand in host and path */
    static WebUri parse(String text, boolean patterns) throws Refused {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new Refused("Must be a URI of 1 to " + LONGEST + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F || c == '\\' || Character.isISOControl(c) || Character.isSpaceChar(c)) {
                throw new Refused("Must not contain spaces, control characters or backslashes");
            }
        }
        if (text.indexOf('#') >= 0) {
            throw new Refused("Must not have a fragment");
        }
        Matcher parts = SCHEME.matcher(text);
        if (!parts.matches()) {
            throw new Refused("Must be an absolute URI with a scheme");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String rest = parts.group(2);
        if (scheme.equals("http") || scheme.equals("https")) {
            return web(scheme, rest, patterns);
        }
        if (DANGEROUS.contains(scheme) || !PRIVATE_SCHEME.matcher(scheme).matches()) {
            throw new Refused("The scheme " + scheme + ": is not allowed");
        }
        return ofApplication(scheme, rest);
    }

    private static WebUri ofApplication(String scheme, String rest) throws Refused {
        if (rest.isEmpty() || rest.indexOf('*') >= 0) {
            throw new Refused("A URI with a private scheme needs a path and takes no wildcard");
        }
        if (rest.startsWith("//")) {
            Matcher authority = PRIVATE_AUTHORITY.matcher(rest.substring(2, firstOf(rest, 2)));
            if (!authority.matches() || (authority.group(1) != null && Integer.parseInt(authority.group(1)) > 65_535)) {
                throw new Refused("After the slashes there must be a name, without user information");
            }
        }
        int question = rest.indexOf('?');
        checkPath(question < 0 ? rest : rest.substring(0, question));
        checkCharacters(rest);
        return new WebUri(scheme, null, -1, escaped(rest), "");
    }

    /** An https address, or one of this machine (RFC 8252 section 8.3). */
    static boolean isSecureOrLoopback(String text) {
        try {
            return parse(text, true).isSecureOrLoopback();
        } catch (Refused e) {
            return false;
        }
    }

    private static void checkPath(String path) throws Refused {
        if (hasDotSegment(path)) {
            throw new Refused("The path must not contain . or .. segments");
        }
    }

    private static void checkCharacters(String text) throws Refused {
        if (FOREIGN.matcher(text).find()) {
            throw new Refused("Other characters than those of a URI must be written as %XX");
        }
    }

    private static WebUri web(String scheme, String rest, boolean patterns) throws Refused {
        if (!rest.startsWith("//")) {
            throw new Refused("Must have two slashes after the scheme");
        }
        int end = firstOf(rest, 2);
        String authority = rest.substring(2, end);
        int question = rest.indexOf('?', end);
        String path = question < 0 ? rest.substring(end) : rest.substring(end, question);
        String query = question < 0 ? "" : rest.substring(question);
        Matcher parts = AUTHORITY.matcher(authority);
        if (authority.indexOf('@') >= 0 || !parts.matches()) {
            throw new Refused("Must name a host, without user information");
        }
        String host = host(parts.group(1).toLowerCase(Locale.ROOT));
        int standard = scheme.equals("https") ? 443 : 80;
        int port = parts.group(2) == null ? standard : Integer.parseInt(parts.group(2));
        if (port > 65_535) {
            throw new Refused("The port must be at most 65535");
        }
        checkPath(path);
        checkCharacters(path + query);
        if (query.indexOf('*') >= 0 || !patterns && (host + path).indexOf('*') >= 0) {
            throw new Refused("A wildcard may stand in the host and in the path of a redirect URI only");
        }
        return new WebUri(
                scheme,
                host,
                port,
                path.isEmpty() ? "/" : escaped(path),
                escaped(query).replace("'", "%27"));
    }

    private static String host(String host) throws Refused {
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        String[] labels = host.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new Refused("The host must consist of letters, digits and hyphens; write others as xn--…");
            }
        }
        // The URL standard reads a host whose last label is a number as IPv4, in octal and hexadecimal too.
        if (NUMBER_LABEL.matcher(labels[labels.length - 1]).matches()) {
            boolean plain = labels.length == 4;
            for (String label : labels) {
                plain &= OCTET.matcher(label).matches();
            }
            if (!plain) {
                throw new Refused("The host is not a plain IPv4 address");
            }
        }
        for (int i = Math.max(0, labels.length - 2); i < labels.length; i++) {
            if (labels[i].indexOf('*') >= 0) {
                throw new Refused("A wildcard needs two more host labels after it, as in *.example.com");
            }
        }
        return host;
    }

    /** In the one form that it has everywhere (RFC 5952), which is how a browser writes it. */
    private static String ipv6(String host) throws Refused {
        if (IPV6.matcher(host).matches()) {
            try {
                // A literal, so nobody is asked; an IPv4 address in disguise comes out as one.
                if (InetAddress.ofLiteral(host.substring(1, host.length() - 1)) instanceof Inet6Address address) {
                    return "[" + shortForm(address.getAddress()) + "]";
                }
            } catch (IllegalArgumentException malformed) {
                throw new Refused("The host is not a plain IPv6 address");
            }
        }
        throw new Refused("The host is not a plain IPv6 address");
    }

    private static String shortForm(byte[] address) {
        String[] groups = new String[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = Integer.toHexString((address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF);
        }
        String all = ":" + String.join(":", groups) + ":";
        // The first of the longest runs of zeros, two groups at least.
        for (int length = groups.length; length > 1; length--) {
            String zeros = ":" + "0:".repeat(length);
            int at = all.indexOf(zeros);
            if (at >= 0) {
                String before = at == 0 ? "" : all.substring(1, at);
                String after = all.substring(at + zeros.length());
                return before + "::" + (after.isEmpty() ? "" : after.substring(0, after.length() - 1));
            }
        }
        return all.substring(1, all.length() - 1);
    }

    boolean isWeb() {
        return host != null;
    }

    boolean isSecureOrLoopback() {
        return scheme.equals("https") || (scheme.equals("http") && host != null && LOOPBACK.contains(host));
    }

    /** Where a program on the user's own machine listens, without TLS. */
    boolean isPlainLoopback() {
        return host != null && scheme.equals("http") && LOOPBACK.contains(host);
    }

    boolean isWildcard() {
        return host != null && (host.indexOf('*') >= 0 || path.indexOf('*') >= 0);
    }

    /** Whether this is an origin and nothing beyond it. */
    boolean isOrigin() {
        return path.equals("/") && query.isEmpty();
    }

    /** Whether the other address, which has no wildcard, has this one's origin. */
    boolean hasOrigin(WebUri other) {
        return host != null
                && other.host != null
                && scheme.equals(other.scheme)
                && port == other.port
                && hostCovers(host, other.host);
    }

    /**
     * Whether the other address is this one.
     *
     * @param loopbackPortsAreFree a native application listens where it finds a free port (RFC 8252 section 7.3)
     */
    boolean covers(WebUri other, boolean loopbackPortsAreFree) {
        if (host == null || other.host == null) {
            return equals(other);
        }
        if (!scheme.equals(other.scheme) || !query.equals(other.query)) {
            return false;
        }
        boolean freePort = loopbackPortsAreFree && scheme.equals("http") && LOOPBACK.contains(host);
        if (port != other.port && !freePort) {
            return false;
        }
        return hostCovers(host, other.host) && pathCovers(other.path);
    }

    private boolean pathCovers(String other) {
        if (path.indexOf('*') < 0) {
            return path.equals(other);
        }
        // Beneath a wildcard nothing may stand that a server could read as another path (RU3).
        String folded = other.toLowerCase(Locale.ROOT);
        if (other.indexOf(';') >= 0 || folded.contains("%2f") || folded.contains("%5c") || folded.contains("%25")) {
            return false;
        }
        return glob(path, other, 0);
    }

    private static boolean hostCovers(String pattern, String host) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(host);
        }
        String[] patterns = pattern.split("\\.", -1);
        String[] labels = host.split("\\.", -1);
        boolean covers = patterns.length == labels.length;
        for (int i = 0; covers && i < labels.length; i++) {
            covers = glob(patterns[i], labels[i], 1);
        }
        return covers;
    }

    /** Linear: each literal between two stars is taken where it first occurs. */
    private static boolean glob(String pattern, String text, int leastPerStar) {
        String[] literals = pattern.split("\\*", -1);
        if (literals.length == 1) {
            return pattern.equals(text);
        }
        String last = literals[literals.length - 1];
        if (!text.startsWith(literals[0])) {
            return false;
        }
        int at = literals[0].length();
        for (int i = 1; i < literals.length - 1; i++) {
            int found = text.indexOf(literals[i], at + leastPerStar);
            if (found < 0) {
                return false;
            }
            at = found + literals[i].length();
        }
        return text.length() - last.length() >= at + leastPerStar && text.endsWith(last);
    }

    private static boolean hasDotSegment(String path) {
        for (String segment : path.split("/", -1)) {
            // Encoded twice as well: a proxy in front of the application may decode once more.
            String decoded =
                    segment.toLowerCase(Locale.ROOT).replace("%25", "%").replace("%2e", ".");
            if (decoded.equals(".") || decoded.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static int firstOf(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '/' && text.charAt(at) != '?') {
            at++;
        }
        return at;
    }

    /** Letters beyond ASCII in their percent form, which is how a browser sends them. */
    private static String escaped(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                escaped.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
            } else {
                escaped.append((char) b);
            }
        }
        return escaped.toString();
    }
}
