package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A script with the unmodified management client of npm, {@code @logto/api}. */
@ExtendWith(ClientStage.Resolver.class)
class ManagementClientTest {
    private static ClientStage stage;

    @BeforeAll
    static void start(ClientStage given) {
        stage = given;
    }

    @Test
    void it_makes_a_user_finds_it_is_refused_a_second_one_and_deletes_it() {
        Map<String, String> environment = Map.of(
                "ENDPOINT", stage.endpoint(),
                "CLIENT_ID", ManagementApi.CLIENT_ID,
                "CLIENT_SECRET", ManagementApi.CLIENT_SECRET);
        String said = Companion.run("api", ClientProgram.node(), "node api/users.mjs", environment);
        // it warns when the scope of the token is not "all", and an exception ends it without a word on this stream
        assertThat(said).doesNotContain("not equal to the expected value");
        JsonNode told = new JsonMapper().readTree(said);
        assertThat(told.at("/made/username").asString()).isEqualTo("made_by_script");
        assertThat(told.at("/found/0/id").asString())
                .isEqualTo(told.at("/made/id").asString());
        assertThat(told.path("total").asString()).isEqualTo("1");
        assertThat(told.at("/refusal/status").asInt()).isEqualTo(422);
        assertThat(told.at("/refusal/code").asString()).isEqualTo("user.username_already_in_use");
        assertThat(told.at("/refusal/message").asString()).isNotEmpty();
        assertThat(told.at("/custom/seen").asBoolean()).isTrue();
        assertThat(told.path("gone").asInt()).isEqualTo(204);
        assertThat(told.path("signInMode").asString()).isEqualTo("SignInAndRegister");
    }
}
