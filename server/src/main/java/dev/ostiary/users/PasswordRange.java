package dev.ostiary.users;

import dev.ostiary.crypto.Hashes;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a service that answers ranges of SHA-1 hashes: {@code GET …/range/{first five}} gives lines of
 * {@code <other 35 characters>:<count>}. Lines with the count 0 are padding and mean nothing.
 */
final class PasswordRange implements BreachedPasswords {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordRange.class);
    private static final int PREFIX = 5;

    private final Function<String, Optional<String>> range;

    PasswordRange(Function<String, Optional<String>> range) {
        this.range = range;
    }

    @Override
    public boolean contains(String password) {
        String hash = Hashes.sha1Hex(password).toUpperCase(Locale.ROOT);
        String rest = hash.substring(PREFIX);
        return ask(hash.substring(0, PREFIX))
                .map(answer -> answer.lines().anyMatch(line -> isHit(line.strip(), rest)))
                .orElse(false);
    }

    private Optional<String> ask(String prefix) {
        try {
            return range.apply(prefix);
        } catch (RuntimeException unreachable) {
            LOG.warn(
                    "Only the bundled list was asked, the service of breached passwords failed: {}",
                    unreachable.toString());
            return Optional.empty();
        }
    }

    private static boolean isHit(String line, String rest) {
        return line.length() > rest.length()
                && line.charAt(rest.length()) == ':'
                && line.regionMatches(true, 0, rest, 0, rest.length())
                && !line.substring(rest.length() + 1).strip().equals("0");
    }
}
