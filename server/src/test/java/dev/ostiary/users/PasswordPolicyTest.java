package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private static final BreachedPasswords NONE = password -> false;
    private static final PasswordPolicy.Owner ADA =
            new PasswordPolicy.Owner("Ada Lovelace", "countess", "ada.byron@analytical.example", "441632960482");

    private static PasswordPolicy policy(String json) {
        return PasswordPolicy.of(Json.read(json));
    }

    private static List<String> codes(PasswordPolicy policy, String password) {
        return policy.check(password, ADA, NONE).stream()
                .map(PasswordIssue::code)
                .map(code -> code.substring("password_rejected.".length()))
                .toList();
    }

    @Test
    void the_answer_has_the_shape_of_the_wire() {
        List<PasswordIssue> issues = PasswordPolicy.defaults().check("123456", ADA, NONE);
        assertThat(Json.write(issues))
                .isEqualTo("[{\"code\":\"password_rejected.too_short\",\"interpolation\":{\"min\":8}},"
                        + "{\"code\":\"password_rejected.restricted.sequence\"}]");
    }

    @Test
    void what_is_absent_in_the_settings_has_its_default() {
        assertThat(policy("{}")).isEqualTo(PasswordPolicy.defaults());
        assertThat(policy("{\"length\":{\"min\":12}}"))
                .isEqualTo(new PasswordPolicy(12, 256, 1, true, true, true, List.of()));
        assertThat(policy(
                        "{\"length\":{\"min\":6,\"max\":10},\"characterTypes\":{\"min\":3},\"rejects\":{\"pwned\":false,"
                                + "\"repetitionAndSequence\":false,\"userInfo\":false,\"words\":[\"Ostiary\",\"\"]}}"))
                .isEqualTo(new PasswordPolicy(6, 10, 3, false, false, false, List.of("ostiary")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Tr0ub4dor&3xyz | ",
                "wq7#Lk2! | ",
                "short1! | too_short",
                "aaaaaaaa | restricted.repetition",
                "aaaaawq7 | ",
                "aaaaaaq7 | restricted.repetition",
                "abcdefgh | restricted.sequence",
                "ABCdefgh | restricted.sequence",
                "abcde#w7 | ",
                "abcdef#w | restricted.sequence",
                "qwertyui | restricted.sequence",
                "1qaz2wsx | restricted.sequence",
                "9ol8ik7u | restricted.sequence",
                "aaa12345 | restricted.repetition restricted.sequence",
                "hgfedcba | ",
                "countess1 | restricted.user_info",
                "COUNTESS# | restricted.user_info",
                "lovelace42 | restricted.user_info",
                "ada.byron!7 | restricted.user_info",
                "441632960482x | restricted.user_info",
                "countessw7q# | ",
                "pässword#7 | unsupported_characters",
                "~tab\tw7q#9z~ | unsupported_characters",
            })
    void the_default_rules_refuse_what_leaves_too_little_to_guess(String password, String expected) {
        assertThat(String.join(" ", codes(PasswordPolicy.defaults(), password)))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void words_of_the_tenant_count_without_regard_to_case() {
        PasswordPolicy policy = policy("{\"rejects\":{\"words\":[\"Bookstore\"]}}");
        assertThat(codes(policy, "bookSTORE1!")).containsExactly("restricted.words");
        assertThat(codes(policy, "bookSTORE1!wq7")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abcw7xyk,2,true", "wkqzuvmx,2,false", "Wkq7u!mx,4,true", "Wkq7u mx,4,true", "Wkq7uzmx,4,false"})
    void kinds_of_characters_are_counted(String password, int types, boolean accepted) {
        PasswordPolicy policy = policy("{\"characterTypes\":{\"min\":" + types + "}}");
        assertThat(codes(policy, password)).isEqualTo(accepted ? List.of() : List.of("character_types"));
    }

    @Test
    void a_password_may_never_be_longer_than_what_is_hashed() {
        PasswordPolicy policy = policy("{\"length\":{\"min\":8,\"max\":100000}}");
        List<PasswordIssue> issues = policy.check("wq7#Lk2!".repeat(33), ADA, NONE);
        assertThat(Json.write(issues))
                .isEqualTo("[{\"code\":\"password_rejected.too_long\",\"interpolation\":{\"max\":256}}]");
        assertThat(policy.check("wq7#Lk2!".repeat(32), ADA, NONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1", "Password1", "iloveyou", "football", "trustno1"})
    void common_passwords_are_refused_without_network(String password) {
        assertThat(PasswordPolicy.defaults().check(password, ADA, BreachedPasswords.bundled()))
                .extracting(PasswordIssue::code)
                .containsExactly("password_rejected.pwned");
        assertThat(policy("{\"rejects\":{\"pwned\":false}}").check(password, ADA, BreachedPasswords.bundled()))
                .isEmpty();
    }

    @Test
    void the_bundled_list_has_at_least_ten_thousand_entries() {
        assertThat(CommonPasswords.bundledSize()).isGreaterThan(10_000);
        assertThat(BreachedPasswords.bundled().contains("wq7#Lk2!-not-common")).isFalse();
    }

    @Test
    void the_range_service_sees_five_characters_of_a_hash() {
        AtomicReference<String> asked = new AtomicReference<>("");
        // SHA-1 of wq7#Lk2!x, as the service would list it.
        String hash = dev.ostiary.crypto.Hashes.sha1Hex("wq7#Lk2!x").toUpperCase(java.util.Locale.ROOT);
        BreachedPasswords breached = BreachedPasswords.withRange(prefix -> {
            asked.set(prefix);
            return Optional.of("0000000000000000000000000000000000A:3\r\n" + hash.substring(5) + ":12\r\n");
        });
        assertThat(breached.contains("wq7#Lk2!x")).isTrue();
        assertThat(asked.get()).isEqualTo(hash.substring(0, 5));
        assertThat(breached.contains("wq7#Lk2!y")).isFalse();
    }

    @Test
    void padding_of_the_range_service_is_no_hit() {
        String rest = dev.ostiary.crypto.Hashes.sha1Hex("wq7#Lk2!x").substring(5);
        assertThat(BreachedPasswords.withRange(prefix -> Optional.of(rest + ":0"))
                        .contains("wq7#Lk2!x"))
                .isFalse();
        assertThat(BreachedPasswords.withRange(prefix -> Optional.of(rest)).contains("wq7#Lk2!x"))
                .isFalse();
    }

    @Test
    void a_machine_without_internet_still_registers_users() {
        BreachedPasswords offline = BreachedPasswords.withRange(prefix -> {
            throw new IllegalStateException("no route to host");
        });
        assertThat(PasswordPolicy.defaults().check("wq7#Lk2!x", ADA, offline)).isEmpty();
        assertThat(PasswordPolicy.defaults().check("password1", ADA, offline)).hasSize(1);
        assertThat(BreachedPasswords.withRange(prefix -> Optional.empty()).contains("wq7#Lk2!x"))
                .isFalse();
    }

    @Test
    void an_owner_of_whom_nothing_is_known_restricts_nothing() {
        assertThat(PasswordPolicy.defaults().check("countess1", PasswordPolicy.Owner.UNKNOWN, NONE))
                .isEmpty();
        PasswordPolicy.Owner brief = new PasswordPolicy.Owner("A  B", "ab", "a@b", "");
        assertThat(PasswordPolicy.defaults().check("abababab", brief, NONE)).isEmpty();
    }

    @Property(tries = 500)
    void any_text_gets_an_answer(@ForAll String password, @ForAll String name, @ForAll String word) {
        PasswordPolicy policy = new PasswordPolicy(8, 256, 4, true, true, true, List.of(word, name));
        PasswordPolicy.Owner owner = new PasswordPolicy.Owner(name, word, name + "@" + word, word);
        assertThat(policy.check(password, owner, BreachedPasswords.bundled())).isNotNull();
    }

    @Property(tries = 300)
    void three_free_characters_make_any_restricted_text_acceptable(
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 5, max = 20) String word) {
        PasswordPolicy policy = new PasswordPolicy(8, 256, 1, true, true, true, List.of(word));
        assertThat(policy.check(word + "#7!", ADA, NONE)).isEmpty();
        assertThat(policy.check(word + "#7!", ADA, NONE).size())
                .isLessThanOrEqualTo(policy.check(word, ADA, NONE).size());
    }

    @Test
    @Tag("stopwatch")
    void a_thousand_words_and_the_longest_password_cost_little() {
        List<String> words = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> "a".repeat(1 + i % 100))
                .toList();
        PasswordPolicy policy = new PasswordPolicy(8, 256, 1, true, true, true, words);
        long start = System.nanoTime();
        assertThat(policy.check("a".repeat(256), ADA, NONE)).isNotEmpty();
        assertThat(System.nanoTime() - start).isLessThan(500_000_000L);
    }
}
