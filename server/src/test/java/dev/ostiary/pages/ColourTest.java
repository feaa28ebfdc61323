package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is readable on every colour a tenant may choose. */
class ColourTest {
    @Test
    void contrast_is_that_of_WCAG() {
        assertThat(Colour.WHITE.contrast(Colour.BLACK)).isEqualTo(21, within(0.01));
        assertThat(Colour.of("#777").contrast(Colour.WHITE)).isEqualTo(4.48, within(0.01));
    }

    static Stream<Colour> colours() {
        return Stream.concat(
                Stream.of("#6139f6", "#8768f8", "#0f766e", "#2dd4bf", "#fff", "#000", "#facc15", "#777777")
                        .map(Colour::of),
                Stream.iterate(0, i -> i + 1).limit(216).map(i -> new Colour(i / 36 * 51, i / 6 % 6 * 51, i % 6 * 51)));
    }

    @ParameterizedTest
    @MethodSource("colours")
    void every_pair_of_text_and_ground_is_readable(Colour primary) {
        for (Map<String, String> theme : List.of(Theme.light(primary), Theme.dark(primary))) {
            for (String button : List.of("primary", "primary-hover", "primary-active")) {
                assertContrast(theme, "on-primary", button, Colour.TEXT);
            }
            for (String ground : List.of("surface", "ground")) {
                for (String text : List.of("ink", "muted", "link")) {
                    assertContrast(theme, text, ground, Colour.TEXT);
                }
                assertContrast(theme, "focus", ground, Colour.SHAPE);
                assertContrast(theme, "primary-line", ground, Colour.SHAPE);
            }
            for (String text : List.of("danger", "success", "ink", "muted")) {
                assertContrast(theme, text, "surface", Colour.TEXT);
            }
            assertContrast(theme, "danger", "danger-ground", Colour.TEXT);
            assertContrast(theme, "ink", "field", Colour.TEXT);
            assertContrast(theme, "field-line", "surface", Colour.SHAPE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "#12", "#12345", "#1234567", "#zzz", "", "#fff}body{display:none", "url(x)"})
    void nothing_but_a_colour_gets_into_a_style_sheet(String text) {
        assertThat(Colour.parse(text)).isEmpty();
    }

    private static void assertContrast(Map<String, String> theme, String text, String ground, double least) {
        double contrast = Colour.of(theme.getOrDefault(text, "")).contrast(Colour.of(theme.getOrDefault(ground, "")));
        assertThat(contrast).as("%s on %s", text, ground).isGreaterThanOrEqualTo(least);
    }
}
