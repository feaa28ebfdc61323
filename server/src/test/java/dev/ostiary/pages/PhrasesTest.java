package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.errors.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words, and the templates that say them. */
class PhrasesTest {
    private static final Path JAVA = Path.of("src/main/java/dev/ostiary/pages");
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Pattern KEY = Pattern.compile(
            "\"((?:sign_in|register|complete|identifier|field|password|required|rule|terms|legal|forgot|support|unknown|missing"
                    + "|error|fact|sso|consent|scope|demo|logout|title|language)(?:\\.[a-z_]+)*)\"");

    /** A file and a code that look like phrases. */
    private static final Set<String> OTHERS = Set.of("demo.js", "password.rejected");

    @Test
    void the_three_languages_say_the_same_things_with_the_same_gaps() {
        Phrases english = Phrases.in("en");
        for (String language : Texts.LANGUAGES) {
            Phrases phrases = Phrases.in(language);
            assertThat(phrases.keys()).as(language).isEqualTo(english.keys());
            for (String key : english.keys()) {
                assertThat(gaps(phrases.say(key))).as(language + " " + key).isEqualTo(gaps(english.say(key)));
                assertThat(phrases.say(key)).as(key).isNotBlank().doesNotContain("!");
            }
        }
    }

    @Test
    void every_phrase_that_a_page_says_exists() throws IOException {
        Set<String> keys = Phrases.in("en").keys();
        Set<String> missing = new TreeSet<>();
        for (Path file : files(JAVA, TEMPLATES.resolve("pages"))) {
            Pattern.compile("(?:say|parts)\\(\"([a-z_.]+)\"[,)]")
                    .matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1))
                    .filter(key -> !key.endsWith(".") && !keys.contains(key))
                    .forEach(missing::add);
            KEY.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1))
                    .filter(key -> key.contains(".")
                            && !OTHERS.contains(key)
                            && keys.stream().noneMatch(known -> known.startsWith(key)))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_reason_against_a_password_has_a_sentence() {
        List<String> reasons = List.of(
                "too_short",
                "too_long",
                "character_types",
                "unsupported_characters",
                "pwned",
                "restricted.repetition",
                "restricted.sequence",
                "restricted.user_info",
                "restricted.words");
        for (String language : Texts.LANGUAGES) {
            assertThat(reasons).allMatch(reason -> Phrases.in(language).has("password_rejected." + reason));
        }
    }

    @Test
    void XS1_no_template_writes_text_as_markup() throws IOException {
        for (Path file : files(TEMPLATES)) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContain("$unsafe", "@raw", " style=\"", "javascript:")
                    .doesNotContainPattern(" on[a-z]+=\"");
        }
    }

    @Test
    void the_mark_is_the_same_wherever_it_is_drawn() throws IOException {
        Path root = Path.of("..");
        Pattern path = Pattern.compile(" d=\"(M3 22[^\"]*)\"");
        Set<String> drawings = new TreeSet<>();
        for (String file : List.of(
                "docs/brand/mark.svg",
                "docs/brand/favicon.svg",
                "server/src/main/jte/pages/mark.jte",
                "server/src/main/resources/pages/favicon.svg",
                "web/console/public/favicon.svg",
                "web/console/src/ui/Mark.tsx")) {
            List<MatchResult> found =
                    path.matcher(Files.readString(root.resolve(file))).results().toList();
            assertThat(found).as(file).hasSize(1);
            drawings.add(found.getFirst().group(1));
        }
        assertThat(drawings).hasSize(1);
    }

    private static Set<String> gaps(String text) {
        return Pattern.compile("\\{[a-z]+}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files(Path... roots) throws IOException {
        List<Path> all = new java.util.ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> walk = Files.walk(root)) {
                walk.filter(file -> file.toString().matches(".*\\.(java|jte)")).forEach(all::add);
            }
        }
        return all;
    }
}
