package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Secret;
import dev.ostiary.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ProviderConfigsTest {
    @Test
    void providers_that_are_down_hold_up_a_list_once_and_not_each() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ProviderConfigs configs = new ProviderConfigs(
                (provider, config) -> {
                    if (config.issuer().endsWith("/0")) {
                        return Json.object().put("tokenEndpoint", "https://idp.example/token");
                    }
                    try {
                        end.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new IllegalStateException("down");
                },
                tenant -> "https://auth.example.com");
        List<SsoConnector> connectors =
                IntStream.range(0, 60).mapToObj(ProviderConfigsTest::connector).toList();
        Instant start = Instant.now();
        var told = configs.of("default", connectors, false);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(told).containsOnlyKeys("c0");
        end.countDown();
    }

    @Test
    void a_provider_is_asked_once_for_many_connectors_and_pages() {
        AtomicInteger asked = new AtomicInteger();
        ProviderConfigs configs = new ProviderConfigs(
                (provider, config) -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("down");
                },
                tenant -> "https://auth.example.com");
        for (int page = 0; page < 5; page++) {
            assertThat(configs.of("default", List.of(connector(1), connector(1)), false))
                    .isEmpty();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_list_of_thousands_does_not_ask_thousands() {
        AtomicInteger asked = new AtomicInteger();
        ProviderConfigs configs = new ProviderConfigs(
                (provider, config) -> {
                    asked.incrementAndGet();
                    return Json.object();
                },
                tenant -> "https://auth.example.com");
        configs.of(
                "default",
                IntStream.range(0, 5_000)
                        .mapToObj(ProviderConfigsTest::connector)
                        .toList(),
                false);
        assertThat(asked).hasValueLessThanOrEqualTo(100);
    }

    @Test
    void what_the_provider_tells_is_laid_over_what_was_configured() {
        ProviderConfigs configs = new ProviderConfigs(
                (provider, config) ->
                        Json.object().put("issuer", "https://idp.example/x/").put("jwksUri", "https://k"),
                tenant -> "https://auth.example.com");
        ObjectNode told = configs.of("default", connector(7), true).orElseThrow();
        assertThat(told.get("issuer").asString()).isEqualTo("https://idp.example/x/");
        assertThat(told.get("clientSecret").asString()).isEqualTo("canary");
        assertThat(told.get("scope").asString()).isEqualTo("openid profile email groups");
        assertThat(configs.of("default", List.of(connector(7)), false))
                .hasEntrySatisfying(
                        "c7", listed -> assertThat(listed.has("clientSecret")).isFalse());
    }

    private static SsoConnector connector(int number) {
        OidcConfig config = new OidcConfig(
                "client",
                new Secret("canary"),
                "https://idp.example/" + number,
                "groups+email",
                false,
                false,
                Optional.empty());
        return new SsoConnector(
                "c" + number,
                SsoProvider.OIDC,
                "C " + number,
                config,
                List.of(),
                SsoConnector.Branding.NONE,
                false,
                false,
                Instant.EPOCH);
    }
}
