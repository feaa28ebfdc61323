package dev.ostiary.users;

import dev.ostiary.crypto.PasswordHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a password that its owner chooses must be like: {@code passwordPolicy} of the sign-in experience.
 *
 * <p>Repetitions, sequences, the owner's own data and words of the tenant are not forbidden as such: a password is
 * refused once they cover so much of it that fewer than three characters (or all but one of a short password) are left
 * to guess.
 *
 * @param minLength in UTF-16 units, as browsers count
 * @param maxLength the same; never more than what is hashed
 * @param characterTypes how many of lower case, upper case, digits and symbols must occur
 * @param rejectsPwned whether a password of a known breach is refused
 * @param words of the tenant, compared without regard to case
 */
public record PasswordPolicy(
        int minLength,
        int maxLength,
        int characterTypes,
        boolean rejectsPwned,
        boolean rejectsRepetitionAndSequence,
        boolean rejectsUserInfo,
        List<String> words) {
    private static final String SYMBOLS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ";

    /** A name or an address part shorter than this is in too many passwords by chance. */
    private static final int SHORTEST_USER_INFO = 3;

    public PasswordPolicy {
        maxLength = Math.min(maxLength, PasswordHasher.LONGEST_PASSWORD);
        words = words.stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** What the owner of the password is called, as far as it is known. */
    public record Owner(
            @Nullable String name, @Nullable String username, @Nullable String email, @Nullable String phone) {
        public static final Owner UNKNOWN = new Owner(null, null, null, null);

        List<String> phrases() {
            return Stream.of(words(name), Stream.of(username), parts(email), Stream.of(phone))
                    .flatMap(parts -> parts)
                    .filter(Objects::nonNull)
                    .filter(part -> part.length() >= SHORTEST_USER_INFO)
                    .map(part -> part.toLowerCase(Locale.ROOT))
                    .toList();
        }

        private static Stream<String> words(@Nullable String text) {
            return text == null ? Stream.empty() : Arrays.stream(text.strip().split("\\s+"));
        }

        private static Stream<String> parts(@Nullable String email) {
            return email == null ? Stream.empty() : Arrays.stream(email.split("@"));
        }
    }

    public static PasswordPolicy defaults() {
        return of(null);
    }

    /** @param settings {@code passwordPolicy}; what is absent has its default */
    public static PasswordPolicy of(@Nullable JsonNode settings) {
        return new PasswordPolicy(
                number(settings, "length", "min", 8),
                number(settings, "length", "max", 256),
                number(settings, "characterTypes", "min", 1),
                flag(settings, "pwned"),
                flag(settings, "repetitionAndSequence"),
                flag(settings, "userInfo"),
                words(settings));
    }

    private static int number(@Nullable JsonNode settings, String group, String name, int otherwise) {
        return settings == null ? otherwise : settings.path(group).path(name).asInt(otherwise);
    }

    private static boolean flag(@Nullable JsonNode settings, String name) {
        return settings == null || settings.path("rejects").path(name).asBoolean(true);
    }

    private static List<String> words(@Nullable JsonNode settings) {
        if (settings == null) {
            return List.of();
        }
        return StreamSupport.stream(settings.path("rejects").path("words").spliterator(), false)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }

    /**
     * Everything that is wrong with the password, empty if nothing is. The known breaches are asked only about a
     * password that is right otherwise.
     */
    public List<PasswordIssue> check(String password, Owner owner, BreachedPasswords breached) {
        List<PasswordIssue> issues = new ArrayList<>();
        checkLength(password, issues);
        checkCharacters(password, issues);
        checkRestricted(password, owner, issues);
        if (issues.isEmpty() && rejectsPwned && breached.contains(password)) {
            issues.add(PasswordIssue.of("pwned"));
        }
        return List.copyOf(issues);
    }

    private void checkLength(String password, List<PasswordIssue> issues) {
        if (password.length() < minLength) {
            issues.add(PasswordIssue.of("too_short", "min", minLength));
        } else if (password.length() > maxLength) {
            issues.add(PasswordIssue.of("too_long", "max", maxLength));
        }
    }

    private void checkCharacters(String password, List<PasswordIssue> issues) {
        boolean lower = password.chars().anyMatch(PasswordPolicy::isLower);
        boolean upper = password.chars().anyMatch(PasswordPolicy::isUpper);
        boolean digit = password.chars().anyMatch(PasswordPolicy::isDigit);
        boolean symbol = password.chars().anyMatch(PasswordPolicy::isSymbol);
        long types =
                Stream.of(lower, upper, digit, symbol).filter(found -> found).count();
        if (types < characterTypes) {
            issues.add(PasswordIssue.of("character_types", "min", characterTypes));
        }
        if (!password.chars().allMatch(c -> isLower(c) || isUpper(c) || isDigit(c) || isSymbol(c))) {
            issues.add(PasswordIssue.of("unsupported_characters"));
        }
    }

    private void checkRestricted(String password, Owner owner, List<PasswordIssue> issues) {
        if (password.length() > maxLength) {
            return;
        }
        Map<String, PasswordCoverage> kinds = new LinkedHashMap<>();
        if (rejectsRepetitionAndSequence) {
            kinds.put("restricted.repetition", PasswordCoverage.ofRepetitions(password));
            kinds.put("restricted.sequence", PasswordCoverage.ofSequences(password));
        }
        if (rejectsUserInfo) {
            kinds.put("restricted.user_info", PasswordCoverage.ofPhrases(password, owner.phrases()));
        }
        kinds.put("restricted.words", PasswordCoverage.ofPhrases(password, words));
        int covered = PasswordCoverage.together(kinds.values());
        if (covered > Math.max(1, password.length() - 3)) {
            kinds.forEach((reason, coverage) -> {
                if (coverage.count() > 0) {
                    issues.add(PasswordIssue.of(reason));
                }
            });
        }
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSymbol(int c) {
        return SYMBOLS.indexOf(c) >= 0;
    }
}
