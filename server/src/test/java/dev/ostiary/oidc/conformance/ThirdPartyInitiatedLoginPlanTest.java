package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The modules of {@code oidcc-3rdparty-init-login-certification-test-plan}. */
class ThirdPartyInitiatedLoginPlanTest {
    private static final String LOGIN = "https://suite.example/test/a/ostiary/initiate_login";
    private static RegisteredHouse house;

    @BeforeAll
    static void open() {
        house = new RegisteredHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void oidcc_3rd_party_init_login() {
        JsonNode client = house.registered("initiate_login_uri", LOGIN);
        assertThat(client.path("initiate_login_uri").asString()).isEqualTo(LOGIN);
        Answer told = house.manage("GET", client);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(told.json().path("initiate_login_uri").asString()).isEqualTo(LOGIN);
    }

    @Test
    void oidcc_3rd_party_init_login_nohttps() {
        Answer answer = house.register("initiate_login_uri", LOGIN.replace("https:", "http:"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.json().path("error").asString()).isEqualTo("invalid_client_metadata");
    }
}
