package dev.ostiary.verifications;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A name somebody claims to have.
 *
 * @param value as typed; a phone number in digits with the country's code
 */
public record Identifier(IdentifierType type, String value) {
    public static Identifier username(String value) {
        return new Identifier(IdentifierType.USERNAME, value);
    }

    /**
     * One text for all spellings of a name: case, width of letters, spaces and the plus of a phone number make no
     * difference, or each spelling would be worth a fresh set of guesses (SI2).
     */
    String folded() {
        String folded =
                Normalizer.normalize(value, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return type == IdentifierType.PHONE ? folded.replaceAll("[^0-9]", "") : folded;
    }
}
