package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Thousands of addresses that are almost registered, at the endpoint itself, judged by a browser's reading of them. */
class RedirectCorpusTest {
    private static final List<String> REGISTERED = List.of(
            "https://app.example.com/cb",
            "https://app.example.com:8443/cb?x=1",
            "http://127.0.0.1:3000/cb",
            "http://[::1]:3000/cb",
            "com.example.app://callback",
            "com.example.app:/callback");

    @Test
    void a_code_goes_nowhere_but_to_what_a_browser_reads_as_registered_RU1_RU2() throws IOException {
        Map<String, JsonNode> corpus = corpus();
        Set<JsonNode> good = REGISTERED.stream().map(corpus::get).collect(Collectors.toSet());
        assertThat(good).hasSize(REGISTERED.size()).doesNotContainNull();
        try (SignInHouse house = new SignInHouse()) {
            house.application("close", "Traditional", REGISTERED, "{}");
            TestBrowser browser = house.server.browser();
            house.signIn(browser, "u1", "close", "redirect_uri", REGISTERED.getFirst());
            int taken = 0;
            for (Map.Entry<String, JsonNode> line : corpus.entrySet()) {
                if (line.getKey().isEmpty()) {
                    continue;
                }
                Answer answer = authorize(browser, "close", "redirect_uri", line.getKey());
                if (answer.status() == 303) {
                    taken++;
                    assertThat(line.getValue()).as(line.getKey()).isIn(good);
                } else {
                    assertThat(answer.status()).as(line.getKey()).isEqualTo(400);
                    assertThat(answer.header("Location")).as(line.getKey()).isEmpty();
                }
            }
            assertThat(taken).isGreaterThanOrEqualTo(REGISTERED.size());
        }
    }

    private static Map<String, JsonNode> corpus() throws IOException {
        try (InputStream in = RedirectCorpusTest.class.getResourceAsStream("/wire/applications/browser-urls.jsonl")) {
            Map<String, JsonNode> corpus = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Json::read)
                    .forEach(line -> {
                        corpus.put(line.get(0).asString(), line.get(1));
                    });
            REGISTERED.forEach(uri -> corpus.putIfAbsent(uri, Json.tree(uri)));
            return corpus;
        }
    }
}
