package dev.ostiary.oidc.cimd;

import dev.ostiary.net.OutboundAnswer;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a document is good, by what its server says and within our bounds (RFC 9111 section 5.2, DR3). */
final class CacheLife {
    static final Duration LONGEST = Duration.ofHours(24);
    /** Also for what must not be stored: between the steps of one sign-in a client does not change. */
    static final Duration SHORTEST = Duration.ofMinutes(5);

    private static final Duration USUAL = Duration.ofHours(1);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[\\s,])max-age=\"?(\\d{1,9})");
    private static final Pattern FORBIDDEN = Pattern.compile("(?i)(?:^|[\\s,])no-(store|cache)(?:$|[\\s,=])");

    private CacheLife() {}

    static Duration of(OutboundAnswer answer) {
        String control = answer.header("Cache-Control").orElse("");
        if (FORBIDDEN.matcher(control).find()) {
            return SHORTEST;
        }
        Matcher maxAge = MAX_AGE.matcher(control);
        Duration said = maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : USUAL;
        return said.compareTo(LONGEST) > 0 ? LONGEST : said.compareTo(SHORTEST) < 0 ? SHORTEST : said;
    }
}
