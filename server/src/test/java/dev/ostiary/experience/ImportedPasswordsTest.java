package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Digests made by other programs: the reference implementation of Argon2 and OpenBSD's bcrypt through their Python
 * bindings, hashlib for the rest, OpenSSL's AES for Firebase.
 */
class ImportedPasswordsTest {
    private static final String PASSWORD = "Tr0ub4dor & 3 — 日本";

    @Test
    void every_form_of_another_system_signs_in_and_is_hashed_anew() throws Exception {
        List<ObjectNode> users = new ArrayList<>();
        for (JsonNode vector : vectors()) {
            users.add(((ObjectNode) vector).put("username", "from_elsewhere_" + users.size()));
        }
        try (TestServer server = TestServer.start()) {
            TestApi api = server.api();
            JsonNode report = api.post("/users/import", users).json();
            assertThat(report.path("created").asInt()).as(report.toString()).isEqualTo(users.size());
            for (int i = 0; i < users.size(); i++) {
                String form = users.get(i).toString();
                String username = users.get(i).path("username").asString();
                String at = "/users/" + report.at("/results/" + i + "/id").asString() + "?includePasswordHash=true";
                Visitor visitor = Visitor.of(server);
                visitor.begin("SignIn");
                assertThat(visitor.password("username", username, "wrong").code())
                        .as(form)
                        .isEqualTo("session.invalid_credentials");
                assertThat(api.get(at).json().path("passwordAlgorithm"))
                        .as(form)
                        .isEqualTo(users.get(i).path("passwordAlgorithm"));
                Answer proof = visitor.password("username", username, PASSWORD);
                assertThat(proof.status()).as(form).isEqualTo(200);
                assertThat(api.get(at).json().path("passwordDigest").asString())
                        .as(form)
                        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
                assertThat(visitor.password("username", username, PASSWORD).status())
                        .isEqualTo(200);
            }
        }
    }

    private static JsonNode vectors() throws Exception {
        try (InputStream file =
                Objects.requireNonNull(ImportedPasswordsTest.class.getResourceAsStream("/passwords/vectors.json"))) {
            return Json.read(file.readAllBytes());
        }
    }
}
