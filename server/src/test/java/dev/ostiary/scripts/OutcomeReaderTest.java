package dev.ostiary.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.node.ObjectNode;

class OutcomeReaderTest {
    @Property(tries = 500)
    void whatever_a_script_hands_over_is_an_outcome_within_limits(@ForAll String text, @ForAll int number) {
        ObjectNode value = Json.object();
        switch (Math.floorMod(number, 4)) {
            case 0 -> value.put("claims", text);
            case 1 -> value.put("denied", text.repeat(20));
            case 2 -> value.put("name", text.repeat(20)).put("message", number).put("line", text);
            default -> value.putObject("claims").put(text, number);
        }
        switch (OutcomeReader.read(value)) {
            case ScriptOutcome.Claims claims ->
                assertThat(Json.bytes(claims.claims()).length).isLessThanOrEqualTo(OutcomeReader.MOST_BYTES);
            case ScriptOutcome.Denied denied ->
                assertThat(denied.message().length()).isLessThanOrEqualTo(1_001);
            case ScriptOutcome.Failed failed ->
                assertThat(failed.fault().text()).isNotEmpty();
        }
    }
}
