package dev.ostiary.sso;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Domains in one spelling, so that no other spelling escapes the rule of a company (AL8): lower case, without trailing
 * dots, full-width letters folded, internationalised names in their ASCII form.
 */
public final class EmailDomains {
    private static final Pattern DOTS = Pattern.compile("[\u3002\uff0e\uff61]");
    /** Invisible, or a comment of RFC 5322: a mail server reads past them. */
    private static final Pattern NOISE = Pattern.compile("\\([^()]*\\)|[\\s\\p{Cc}\\p{Cf}]");

    private static final Pattern TRAILING_DOTS = Pattern.compile("\\.+$");
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern VALID = Pattern.compile("(?:" + LABEL + "\\.)+(?!\\d+$)" + LABEL);
    private static final int LONGEST = 253;
    /** Of what is looked at at all; an e-mail address has 254 characters at most. */
    private static final int LONGEST_INPUT = 1024;

    private EmailDomains() {}

    /** The domain of an address, after the last {@code @}. */
    public static Optional<String> of(String email) {
        int at = Math.max(email.lastIndexOf('@'), email.lastIndexOf('\uff20'));
        return at < 0 ? Optional.empty() : canonical(email.substring(at + 1)).filter(domain -> !domain.isEmpty());
    }

    /** A domain that somebody has typed; empty if there is none with that name. */
    public static Optional<String> parse(String typed) {
        String stripped = typed.strip();
        if (NOISE.matcher(stripped).find()) {
            return Optional.empty();
        }
        return canonical(stripped)
                .filter(domain ->
                        domain.length() <= LONGEST && VALID.matcher(domain).matches());
    }

    private static Optional<String> canonical(String domain) {
        if (domain.length() > LONGEST_INPUT) {
            return Optional.empty();
        }
        String visible = NOISE.matcher(domain).replaceAll("");
        String folded = Normalizer.normalize(
                DOTS.matcher(visible).replaceAll(".").toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        String plain = TRAILING_DOTS.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll("");
        try {
            return Optional.of(IDN.toASCII(plain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
