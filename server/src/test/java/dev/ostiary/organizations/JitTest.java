package dev.ostiary.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who joins by themselves, as it is set up over the Management API. */
class JitTest {
    private static TestServer server;
    private static Organizing organizing;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        organizing = new Organizing(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String jit(String organization, String rule) {
        return "/organizations/" + organization + "/jit/" + rule;
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void domains_are_added_replaced_listed_and_removed_in_one_spelling() {
        String acme = organizing.organization("Domains");
        String path = jit(acme, "email-domains");
        Answer added = server.api().post(path, Map.of("emailDomain", "ACME.Example."));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("emailDomain").asString()).isEqualTo("acme.example");
        refused(
                server.api().post(path, Map.of("emailDomain", "acme.example")),
                422,
                "entity.unique_integrity_violation");
        Answer list = server.api().get(path);
        assertThat(list.json()).hasSize(1);
        assertThat(list.header("Total-Number")).contains("1");
        assertThat(server.api()
                        .put(path, Map.of("emailDomains", List.of("b.example", "c.example", "B.example")))
                        .status())
                .isEqualTo(204);
        assertThat(server.api().get(path + "?page=1&page_size=1").header("Total-Number"))
                .contains("2");
        assertThat(server.api().delete(path + "/B.example").status()).isEqualTo(204);
        refused(server.api().delete(path + "/b.example"), 404, "entity.not_found");
        refused(server.api().delete(path + "/%00"), 404, "entity.not_found");
        assertThat(server.api().put(path, Map.of("emailDomains", List.of())).status())
                .isEqualTo(204);
        assertThat(server.api().get(path).json()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "acme", "a b.example", "a@acme.example", "acme..example", "*.acme.example", "nul\0.example"})
    void what_is_no_domain_is_refused(String domain) {
        String path = jit(organizing.organization("Odd"), "email-domains");
        refused(server.api().post(path, Map.of("emailDomain", domain)), 400, "guard.invalid_input");
        refused(server.api().put(path, Map.of("emailDomains", List.of(domain))), 400, "guard.invalid_input");
    }

    @Test
    void roles_are_those_of_users() {
        String acme = organizing.organization("Roles");
        String path = jit(acme, "roles");
        String member = organizing.role("member");
        assertThat(server.api()
                        .post(path, Map.of("organizationRoleIds", List.of(member, member)))
                        .status())
                .isEqualTo(201);
        refused(
                server.api().post(path, Map.of("organizationRoleIds", List.of(member))),
                422,
                "entity.unique_integrity_violation");
        refused(
                server.api().post(path, Map.of("organizationRoleIds", List.of("nobody"))),
                422,
                "entity.relation_foreign_key_not_found");
        refused(
                server.api().put(path, Map.of("organizationRoleIds", List.of(organizing.machineRole("robot")))),
                422,
                "entity.db_constraint_violated");
        refused(server.api().post(path, Map.of("organizationRoleIds", List.of())), 400, "guard.invalid_input");
        assertThat(server.api().get(path).json().get(0).path("id").asString()).isEqualTo(member);
        assertThat(server.api().get(path + "?page=1").header("Total-Number")).contains("1");
        assertThat(server.api().delete(path + "/" + member).status()).isEqualTo(204);
        refused(server.api().delete(path + "/" + member), 404, "entity.not_found");
    }

    @Test
    void connectors_are_listed_without_their_secrets() {
        try (TestProvider provider = TestProvider.start()) {
            String acme = organizing.organization("Connectors");
            String path = jit(acme, "sso-connectors");
            String connector = server.api().connect("jit acme", provider, "jit-acme.test");
            assertThat(server.api()
                            .post(path, Map.of("ssoConnectorIds", List.of(connector)))
                            .status())
                    .isEqualTo(201);
            Answer list = server.api().get(path);
            assertThat(list.json().get(0).path("id").asString()).isEqualTo(connector);
            assertThat(list.text()).doesNotContain("clientSecret", provider.clientSecret);
            refused(
                    server.api().put(path, Map.of("ssoConnectorIds", List.of("nobody"))),
                    422,
                    "entity.relation_foreign_key_not_found");
            assertThat(server.api().delete(path + "/" + connector).status()).isEqualTo(204);
            assertThat(server.api().get(path).json()).isEmpty();
        }
    }

    @Test
    void what_nobody_has_is_unknown_and_too_much_is_refused() {
        for (String rule : List.of("email-domains", "roles", "sso-connectors")) {
            refused(server.api().get(jit("nobody", rule)), 404, "entity.not_exists_with_id");
        }
        refused(
                server.api().post(jit("nobody", "email-domains"), Map.of("emailDomain", "x.example")),
                422,
                "entity.relation_foreign_key_not_found");
        List<String> many = new ArrayList<>(
                IntStream.range(0, 10_000).mapToObj(i -> "d" + i + ".example").toList());
        Collections.shuffle(many);
        refused(
                server.api().put(jit(organizing.organization("Many"), "email-domains"), Map.of("emailDomains", many)),
                400,
                "guard.invalid_input");
    }
}
