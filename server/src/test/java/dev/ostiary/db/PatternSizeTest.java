package dev.ostiary.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternSizeTest {
    @Test
    void repetitions_of_repetitions_multiply_and_neighbours_add() {
        Map.of(
                        "abc", 3L,
                        "a{3}b{2,5}", 8L,
                        "(ab){10}", 20L,
                        "((a{1,60}){1,60}){1,4}z", 14_401L,
                        "[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", 36L,
                        "[({]{3}", 3L,
                        "\\({5}\\{2", 7L,
                        "a{9999999}", 1_000_000L,
                        "(((", 0L,
                        "a{", 1L)
                .forEach((pattern, size) ->
                        assertThat(PatternSize.of(pattern)).as(pattern).isEqualTo(size));
    }
}
