package dev.ostiary.oidc.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.NamedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/security-tests.md} against the tests: what it names is there and runs. */
class SecurityTestsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "security-tests.md");

    @Test
    void every_test_that_the_page_names_exists_and_runs() throws Exception {
        assertThat(NamedTests.on(PAGE)).hasSizeGreaterThan(80);
        assertThat(NamedTests.missing(PAGE)).isEmpty();
    }

    @Test
    void every_section_of_attacks_in_RFC_9700_has_a_row() throws IOException {
        List<String> rows = Files.readAllLines(PAGE);
        Set<String> without = IntStream.rangeClosed(1, 17)
                .mapToObj(section -> "4." + section)
                .filter(section ->
                        rows.stream().noneMatch(row -> row.matches("\\| " + Pattern.quote(section) + "[ .].*#.*")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(without).isEmpty();
    }

    @Test
    void every_test_of_this_package_is_on_the_page() throws Exception {
        String page = Files.readString(PAGE);
        Set<String> untold = new TreeSet<>(NamedTests.in(getClass().getPackageName()));
        untold.removeIf(name -> name.startsWith(getClass().getSimpleName()) || page.contains(name + "`"));
        assertThat(untold).isEmpty();
    }
}
