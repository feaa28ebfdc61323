package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connectors among others: other administrators, other tenants, visitors, readers of lists and logs. */
class SsoConnectorFencesTest {
    private static final String URL = SsoHouse.URL;

    private static SsoHouse house;

    @BeforeAll
    static void start() {
        house = new SsoHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void names_are_unique_even_in_a_race() throws Exception {
        String name = house.name();
        CyclicBarrier start = new CyclicBarrier(8);
        List<Callable<Answer>> racers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            racers.add(() -> {
                start.await();
                return house.server.api().post(URL, Map.of("providerName", "OIDC", "connectorName", name));
            });
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var racer : threads.invokeAll(racers)) {
                statuses.add(racer.get().status());
            }
        }
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        Answer refused = house.api.post(URL, Map.of("providerName", "OIDC", "connectorName", name));
        assertThat(refused.code()).isEqualTo("single_sign_on.duplicate_connector_name");
        String other = house.created(Map.of());
        assertThat(house.api
                        .patch(URL + "/" + other, Map.of("connectorName", name))
                        .status())
                .isEqualTo(409);
        // Its own name is no other's.
        String own =
                house.api.get(URL + "/" + other).json().get("connectorName").asString();
        assertThat(house.api
                        .patch(URL + "/" + other, Map.of("connectorName", own))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_an_administrator_changes_is_what_visitors_meet() {
        SsoConnectors connectors = house.server.app().ssoConnectors();
        String id = house.created(Map.of("config", house.config("good"), "domains", List.of("meet.example")));
        assertThat(connectors.forEmail("default", "Ana@MEET.example."))
                .extracting(SsoConnector::id)
                .containsExactly(id);
        assertThat(connectors.anyAvailable("default")).isTrue();
        assertThat(connectors.forEmail("default", "ana@sub.meet.example")).isEmpty();
        house.api.patch(URL + "/" + id, Map.of("domains", List.of("moved.example")));
        assertThat(connectors.forEmail("default", "ana@meet.example")).isEmpty();
        assertThat(connectors.forEmail("default", "ana@moved.example")).hasSize(1);
        house.api.patch(URL + "/" + id, Map.of("domains", List.of()));
        assertThat(connectors.find("default", id).orElseThrow().isAvailable()).isFalse();
        house.api.patch(URL + "/" + id, Map.of("domains", List.of("moved.example")));
        house.api.delete(URL + "/" + id);
        assertThat(connectors.forEmail("default", "ana@moved.example")).isEmpty();
        assertThat(connectors.find("default", id)).isEmpty();
    }

    @Test
    void two_administrators_do_not_overwrite_each_other() {
        String id = house.created(Map.of());
        String read = house.api.get(URL + "/" + id).header("ETag").orElseThrow();
        Answer first = patchIf(read, id, Map.of("syncProfile", true));
        assertThat(first.status()).isEqualTo(200);
        Answer late = patchIf(read, id, Map.of("connectorName", house.name()));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("single_sign_on.connector_changed");
        assertThat(house.api.get(URL + "/" + id).json().get("syncProfile").asBoolean())
                .isTrue();
        String fresh = first.header("ETag").orElseThrow();
        assertThat(patchIf(fresh, id, Map.of("syncProfile", false)).status()).isEqualTo(200);
        assertThat(patchIf("*", id, Map.of()).status()).isEqualTo(200);
        assertThat(patchIf("W/\"nonsense\"", id, Map.of()).status()).isEqualTo(412);
        // In another language the answer differs, the connector does not.
        String japanese =
                house.api.get(URL + "/" + id + "?locale=ja").header("ETag").orElseThrow();
        assertThat(patchIf(japanese, id, Map.of("syncProfile", true)).status()).isEqualTo(200);
    }

    /** MA2 */
    @Test
    void a_connector_of_another_tenant_does_not_exist() {
        TestApi other = house.server.adminApi();
        String name = house.name();
        String id = other.created(URL, Map.of("providerName", "OIDC", "connectorName", name))
                .get("id")
                .asString();
        assertThat(house.api.get(URL + "/" + id).status()).isEqualTo(404);
        assertThat(house.api
                        .patch(URL + "/" + id, Map.of("connectorName", "taken"))
                        .status())
                .isEqualTo(404);
        assertThat(house.api.delete(URL + "/" + id).status()).isEqualTo(404);
        assertThat(house.api.post(URL + "/" + id + "/test", Map.of()).status()).isEqualTo(404);
        assertThat(house.api.get(URL).text()).doesNotContain(id);
        assertThat(other.get(URL + "/" + id).json().get("connectorName").asString())
                .isEqualTo(name);
        // Names are unique in a tenant, not among all.
        assertThat(house.api
                        .post(URL, Map.of("providerName", "OIDC", "connectorName", name))
                        .status())
                .isEqualTo(200);
    }

    /** MA5, LG */
    @Test
    void the_secret_is_in_no_list_no_log_and_not_in_the_database() {
        String id = house.created(Map.of("config", house.config("good").put("clientSecret", "canary-4711")));
        house.api.patch(URL + "/" + id, Map.of("config", house.config("good").put("clientSecret", "canary-4711")));
        Answer single = house.api.get(URL + "/" + id);
        assertThat(single.text()).contains("canary-4711");
        assertThat(single.header("Cache-Control")).hasValue("no-store");
        assertThat(house.api.get(URL).text()).doesNotContain("canary");
        assertThat(house.api.get(URL + "?page=1").text()).doesNotContain("canary");
        assertThat(house.api.get("/logs?page_size=100").text()).contains(id).doesNotContain("canary");
        String stored = house.server.app().database().read("default", tx -> tx.query(
                        "SELECT string_agg(c::text, ' ') FROM sso_connectors c WHERE tenant_id = :tenant")
                .mapTo(String.class)
                .one());
        assertThat(stored).contains(id).doesNotContain("canary");
        assertThat(house.server
                        .app()
                        .ssoConnectors()
                        .find("default", id)
                        .orElseThrow()
                        .toString())
                .doesNotContain("canary");
    }

    private static Answer patchIf(String tag, String id, Object body) {
        return house.server
                .browser()
                .json(
                        "PATCH",
                        "/api" + URL + "/" + id,
                        body,
                        "Authorization",
                        "Bearer " + house.server.managementToken("default"),
                        "If-Match",
                        tag);
    }
}
