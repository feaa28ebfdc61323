package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.NamedTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/conformance.md} against the tests: what it names is there and runs, and no module is left out. */
class ConformancePageTest {
    private static final Path PAGE = Path.of("..", "docs", "conformance.md");

    @Test
    void every_test_that_the_page_names_exists_and_runs() throws Exception {
        assertThat(NamedTests.on(PAGE)).hasSizeGreaterThan(40);
        assertThat(NamedTests.missing(PAGE)).isEmpty();
    }

    /** Of the classes that the page tells of; a module that several of them share is named once. */
    @Test
    void every_module_of_a_plan_is_on_the_page() throws Exception {
        String page = Files.readString(PAGE);
        Set<String> untold = new TreeSet<>();
        for (String name : NamedTests.in(getClass().getPackageName())) {
            String method = name.substring(name.indexOf('#'));
            if (page.contains("`" + name.substring(0, name.indexOf('#') + 1)) && !page.contains(method + "`")) {
                untold.add(name);
            }
        }
        assertThat(untold).isEmpty();
    }
}
