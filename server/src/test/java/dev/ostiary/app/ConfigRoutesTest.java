package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConfigRoutesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_lifetime_of_sessions_is_the_tenants_choice() {
        String url = "/configs/oidc/session";
        assertThat(server.api().get(url).json().get("ttl").asLong()).isEqualTo(1_209_600);
        assertThat(server.api().patch(url, Map.of()).json().get("ttl").asLong()).isEqualTo(1_209_600);
        assertThat(server.api().patch(url, Map.of("ttl", 600)).json().get("ttl").asLong())
                .isEqualTo(600);
        assertThat(server.api().get(url).json().get("ttl").asLong()).isEqualTo(600);
        assertThat(server.adminApi().get(url).json().get("ttl").asLong()).isEqualTo(1_209_600);
        for (Object bad : new Object[] {0, -5, 1.5, "600", 1e15}) {
            assertThat(server.api().patch(url, Map.of("ttl", bad)).status()).isEqualTo(400);
        }
        assertThat(server.app().sessionLifetime("default")).hasSeconds(600);
    }

    @Test
    void the_console_remembers_what_it_is_told() {
        String url = "/configs/admin-console";
        assertThat(server.api().get(url).json().get("organizationCreated").asBoolean())
                .isFalse();
        server.api().patch(url, Map.of("organizationCreated", true));
        var both = server.api()
                .patch(url, Map.of("checkedChargeNotification", Map.of("token", true)))
                .json();
        assertThat(both.get("organizationCreated").asBoolean()).isTrue();
        assertThat(both.get("signInExperienceCustomized").asBoolean()).isFalse();
        assertThat(both.at("/checkedChargeNotification/token").asBoolean()).isTrue();
        assertThat(server.api().patch(url, Map.of("organizationCreated", 1)).status())
                .isEqualTo(400);
    }
}
