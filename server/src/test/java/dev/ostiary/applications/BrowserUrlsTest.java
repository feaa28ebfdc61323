package dev.ostiary.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Our reading of addresses beside a browser's. {@code browser-urls.jsonl} has a line an address: the text, and what {@code
 * new URL(text).href} makes of it (the parser of the URL standard, which browsers and Node have), null where it throws.
 */
class BrowserUrlsTest {
    private record Line(String text, JsonNode href) {}

    @Test
    void what_we_take_a_browser_reads_alike_RU2() throws IOException {
        List<String> differing = new ArrayList<>();
        int taken = 0;
        for (Line line : lines()) {
            WebUri ours = parsed(line.text);
            if (ours == null || ours.isWildcard()) {
                continue;
            }
            taken++;
            if (line.href.isNull() && (line.text.contains("xn--") || line.text.matches("[^:]*_[^:]*:.*"))) {
                // A name that does not decode, a scheme with an underscore (the wire has those): it leads nowhere.
                continue;
            }
            WebUri theirs = line.href.isNull() ? null : parsed(line.href.asString());
            if (!ours.equals(theirs)) {
                differing.add(line.text + " → " + line.href + ": " + ours + " / " + theirs);
            }
        }
        assertThat(differing).isEmpty();
        // The corpus would tell nothing if all of it were refused.
        assertThat(taken).isGreaterThan(300);
    }

    @Test
    void what_we_take_can_be_a_header_and_a_source_of_a_policy_RU4() throws IOException {
        for (Line line : lines()) {
            if (parsed(line.text) != null) {
                assertThat(line.text).as(line.text).doesNotContainPattern("[\"<>\\s\\p{Cntrl}\\\\`{}|^]");
            }
        }
    }

    @Test
    void no_two_addresses_that_a_browser_tells_apart_are_one_to_us_RU1() throws IOException {
        List<Line> taken =
                lines().stream().filter(line -> parsed(line.text) != null).toList();
        for (Line one : taken) {
            for (Line other : taken) {
                if (!one.href.equals(other.href) && !one.text.contains("*") && !other.text.contains("*")) {
                    assertThat(parsed(one.text)).as(one + " " + other).isNotEqualTo(parsed(other.text));
                }
            }
        }
    }

    private static @Nullable WebUri parsed(String text) {
        try {
            return WebUri.parse(text, true);
        } catch (WebUri.Refused e) {
            return null;
        }
    }

    private static List<Line> lines() throws IOException {
        try (InputStream in = BrowserUrlsTest.class.getResourceAsStream("/wire/applications/browser-urls.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Json::read)
                    .map(line -> new Line(line.get(0).asString(), line.get(1)))
                    .toList();
        }
    }
}
