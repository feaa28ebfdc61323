package dev.ostiary.connectors;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address, with a name perhaps: {@code Example <noreply@example.com>}. One strict reader for senders and recipients
 * (PR2): no lists, comments, quoted local parts, second {@code @}, control characters.
 */
public record Mailbox(String name, String address) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{Cc}\"(),:;<>@\\[\\]\\\\]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?"
                    + "(\\.[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?)+");

    private static final Pattern NAMED = Pattern.compile("\\s*\"?([^\"<>\\p{Cc}]*?)\"?\\s*<([^<>]+)>\\s*");
    private static final int LONGEST = 254;

    static Optional<Mailbox> parse(String text) {
        Matcher named = NAMED.matcher(text);
        String name = named.matches() ? named.group(1).strip() : "";
        String address = named.matches() ? named.group(2) : text.strip();
        return isAddress(address) ? Optional.of(new Mailbox(name, address)) : Optional.empty();
    }

    /** Whether this is one bare address that can be written to. */
    public static boolean isAddress(String text) {
        return text.length() <= LONGEST && ADDRESS.matcher(text).matches();
    }

    String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return name.isEmpty() ? address : name + " <" + address + ">";
    }
}
