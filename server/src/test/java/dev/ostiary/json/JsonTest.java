package dev.ostiary.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"1e999", "[-1e999]", "{\"a\":{\"b\":[1e400000]}}"})
    void a_number_that_would_be_kept_as_another_value_is_refused(String json) {
        assertThatThrownBy(() -> Json.read(json)).isInstanceOf(JacksonException.class);
    }

    @Test
    void the_largest_and_the_smallest_numbers_are_kept() {
        String numbers = "[1.7976931348623157E308,-1.7976931348623157E308,4.9E-324," + "9".repeat(400) + "]";
        assertThat(Json.write(Json.read(numbers))).isEqualTo(numbers);
        assertThatThrownBy(() -> Json.read("9".repeat(401))).isInstanceOf(JacksonException.class);
    }

    @Test
    void what_is_stored_may_be_deeper_than_what_comes_DO3() {
        String deepest = "[".repeat(64) + "]".repeat(64);
        assertThat(Json.write(Json.read(deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> Json.read("[" + deepest + "]")).isInstanceOf(JacksonException.class);
        assertThat(Json.write(Json.readStored("[" + deepest + "]"))).isEqualTo("[" + deepest + "]");
        String endless = "[".repeat(100_000);
        assertThatThrownBy(() -> Json.readStored(endless)).isInstanceOf(JacksonException.class);
    }
}
