package dev.ostiary.oidc.tokens;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.TestOrganizations;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What userinfo always tells, and ID tokens only if the tenant wants it. */
class ClaimsTest {
    private static final String PATH = "/configs/id-token";
    private static final List<String> UNLESS_SET = List.of("roles", "organizations", "organization_roles");
    private static final String[] EXTENDED = {
        "custom_data",
        "identities",
        "sso_identities",
        "roles",
        "organizations",
        "organization_data",
        "organization_roles"
    };
    private static final String EVERYTHING = "openid offline_access custom_data identities roles"
            + " urn:logto:scope:organizations urn:logto:scope:organization_roles";

    private final TestOidc oidc = TestOidc.shared();
    private final TestApi api = oidc.server().api();
    private final TestOrganizations organizations = new TestOrganizations(oidc);
    private final Client web = oidc.web();
    private final String user = oidc.user("claims");

    @AfterEach
    void asBefore() {
        choose(UNLESS_SET);
    }

    @Test
    void userinfo_tells_of_organizations_and_of_roles_in_them() {
        String acme = organizations.organization("Acme");
        String beta = organizations.organization("Beta");
        organizations.join(acme, user);
        organizations.join(beta, user);
        String role = organizations.permit(beta, user, "invite:member");
        JsonNode told =
                ok(oidc.userinfo(member(signIn(EVERYTHING), "access_token"))).json();
        assertThat(texts(told.get("organizations"))).containsExactlyInAnyOrder(acme, beta);
        assertThat(texts(told.get("organization_roles"))).containsExactly(beta + ":" + role);
        assertThat(told.get("organization_data")).hasSize(2);
        JsonNode first = told.get("organization_data").get(0);
        assertThat(first.propertyNames()).containsExactly("id", "name", "description");
        assertThat(first.get("description").asString()).isEqualTo("for a test");
        assertThat(told.propertyNames()).containsSequence(EXTENDED);
    }

    @Test
    void each_claim_needs_its_scope() {
        organizations.join(organizations.organization("Acme"), user);
        assertThat(told("openid").propertyNames()).containsExactly("sub");
        assertThat(told("openid urn:logto:scope:organizations").propertyNames())
                .containsExactly("sub", "organizations", "organization_data");
        assertThat(told("openid urn:logto:scope:organization_roles").propertyNames())
                .containsExactly("sub", "organization_roles");
        assertThat(told("openid urn:logto:scope:sessions urn:logto:scope:trusted_devices")
                        .propertyNames())
                .containsExactly("sub");
    }

    @Test
    void who_has_left_is_told_of_at_once() {
        String acme = organizations.organization("Acme");
        organizations.join(acme, user);
        String access = member(signIn(EVERYTHING), "access_token");
        assertThat(ok(oidc.userinfo(access)).json().get("organizations")).hasSize(1);
        organizations.leave(acme, user);
        assertThat(ok(oidc.userinfo(access)).json().get("organizations")).isEmpty();
    }

    @Test
    void id_tokens_tell_of_roles_and_organizations_unless_the_tenant_wants_otherwise() {
        organizations.join(organizations.organization("Acme"), user);
        Answer config = api.get(PATH);
        assertThat(config.status()).isEqualTo(200);
        assertThat(texts(config.json().get("enabledExtendedClaims"))).containsExactlyElementsOf(UNLESS_SET);
        assertThat(idToken())
                .containsKeys("roles", "organizations", "organization_roles")
                .doesNotContainKeys("custom_data", "identities", "sso_identities", "organization_data");
    }

    @Test
    void the_tenant_chooses_and_the_next_token_obeys() {
        String acme = organizations.organization("Acme");
        organizations.join(acme, user);
        String refresh = member(signIn(EVERYTHING), "refresh_token");
        choose(List.of(EXTENDED));
        assertThat(refreshed(refresh)).containsKeys(EXTENDED);
        assertThat(refreshed(refresh).get("organizations")).isEqualTo(List.of(acme));
        choose(List.of("custom_data", "custom_data"));
        assertThat(texts(api.get(PATH).json().get("enabledExtendedClaims"))).containsExactly("custom_data");
        assertThat(refreshed(refresh)).containsKey("custom_data").doesNotContainKeys("roles", "organizations");
        choose(List.of());
        assertThat(refreshed(refresh)).doesNotContainKeys(EXTENDED);
        assertThat(texts(oidc.server().adminApi().get(PATH).json().get("enabledExtendedClaims")))
                .containsExactlyElementsOf(UNLESS_SET);
        assertThat(told(EVERYTHING).propertyNames()).contains(EXTENDED);
    }

    @Test
    void another_node_obeys_at_once() throws Exception {
        String refresh = member(signIn(EVERYTHING), "refresh_token");
        try (TestServer node = TestServer.start(oidc.server().database(), BootstrapCredentials.none())) {
            assertThat(claimsAt(node, refresh).has("roles")).isTrue();
            choose(List.of());
            long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (claimsAt(node, refresh).has("roles") && System.nanoTime() < until) {
                Thread.sleep(20);
            }
            assertThat(claimsAt(node, refresh).has("roles")).isFalse();
        }
    }

    private JsonNode claimsAt(TestServer node, String refresh) {
        Answer answer = new TestBrowser(node.origin())
                .form(
                        "/oidc/token",
                        TestOidc.form("grant_type", "refresh_token", "refresh_token", refresh),
                        "Authorization",
                        web.basic());
        String payload = member(ok(answer), "id_token").split("\\.")[1];
        return Json.read(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    @Test
    void only_claims_that_there_are_can_be_chosen() {
        for (Object wanted : new Object[] {List.of("email"), List.of("ROLES"), "roles", Map.of()}) {
            Answer answer = api.put(PATH, Map.of("enabledExtendedClaims", wanted));
            assertThat(answer.status()).as(String.valueOf(wanted)).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("guard.invalid_input");
        }
        assertThat(api.put(PATH, Map.of()).status()).isEqualTo(200);
        assertThat(api.patch(PATH, Map.of("enabledExtendedClaims", List.of("roles")))
                        .status())
                .isEqualTo(200);
        assertThat(texts(api.get(PATH).json().get("enabledExtendedClaims"))).containsExactly("roles");
    }

    private void choose(List<String> claims) {
        Answer answer = api.put(PATH, Map.of("enabledExtendedClaims", claims));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private Answer signIn(String scope) {
        return oidc.signIn(web, user, scope);
    }

    private JsonNode told(String scope) {
        return ok(oidc.userinfo(member(signIn(scope), "access_token"))).json();
    }

    private Map<String, Object> idToken() {
        return oidc.verified(member(signIn(EVERYTHING), "id_token"), "").claims();
    }

    private Map<String, Object> refreshed(String refresh) {
        return oidc.verified(member(ok(oidc.refresh(web, refresh)), "id_token"), "")
                .claims();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
