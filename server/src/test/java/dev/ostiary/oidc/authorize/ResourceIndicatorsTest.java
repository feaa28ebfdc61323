package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOrganizations;
import dev.ostiary.oidc.grants.TestGrants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the authorization request to tokens for APIs (RFC 8707) and organizations, each step as a client takes it. */
class ResourceIndicatorsTest {
    private static final String ORDERS = "https://orders.example.com";
    private static final String STOCK = "https://stock.example.com/v1";
    private static final String ORGANIZATIONS = "urn:logto:resource:organizations";

    private static SignInHouse house;
    private static String orders;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        orders = resource(ORDERS, 120);
        resource(STOCK, 7200);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void several_apis_are_asked_for_by_repetition_or_with_commas() {
        String both = ORDERS + "," + STOCK;
        for (String query : List.of(
                "&resource=" + ORDERS + "&resource=" + STOCK,
                "&resource=" + both,
                "&resource=" + both.replace(",", "%2C"),
                "&resource=" + ORGANIZATIONS + "&resource=" + both)) {
            String refresh = refreshToken(signIn("openid offline_access read", query));
            JsonNode first = granted(refresh(refresh, "resource", ORDERS));
            assertThat(claims(first).get("aud").asString()).as(query).isEqualTo(ORDERS);
            assertThat(first.get("expires_in").asInt()).isEqualTo(120);
            JsonNode second = granted(refresh(first.get("refresh_token").asString(), "resource", STOCK));
            assertThat(claims(second).get("aud").asString()).as(query).isEqualTo(STOCK);
            assertThat(second.get("expires_in").asInt()).isEqualTo(7200);
            JsonNode userinfo = granted(refresh(second.get("refresh_token").asString()));
            assertThat(userinfo.get("access_token").asString()).hasSize(43);
        }
    }

    @Test
    void without_an_indicator_the_tenants_default_is_meant() {
        setDefault(true);
        try {
            JsonNode tokens = granted(redeem(signIn("read", "")));
            assertThat(claims(tokens).get("aud").asString()).isEqualTo(ORDERS);
            JsonNode told = granted(redeem(signIn("openid read", "")));
            assertThat(told.get("access_token").asString()).hasSize(43);
            JsonNode chosen = granted(redeem(signIn("read", "&resource=" + STOCK)));
            assertThat(claims(chosen).get("aud").asString()).isEqualTo(STOCK);
        } finally {
            setDefault(false);
        }
        JsonNode none = granted(redeem(signIn("read", "")));
        assertThat(none.get("access_token").asString()).hasSize(43);
        assertThat(none.get("scope").asString()).isEmpty();
    }

    @Test
    void of_two_apis_without_openid_one_must_be_named() {
        Answer answer = redeem(signIn("read", "&resource=" + ORDERS + "," + STOCK));
        TestGrants.refused(answer, 400, "invalid_target", "resource indicator is missing, or unknown");
    }

    @Test
    void a_scope_that_only_a_role_in_an_organization_gives_can_be_asked_for() {
        TestOrganizations organizations =
                new TestOrganizations(house.server.app().database());
        house.user("orgmember123");
        String acme = organizations.organization("Acme");
        organizations.join(acme, "orgmember123");
        organizations.permit(acme, "orgmember123", "invite:member");
        organizations.permitAt(orders, acme, "orgmember123", "read");
        String code = signIn(
                "orgmember123",
                "openid offline_access urn:logto:scope:organizations read write invite:member",
                "&resource=" + ORDERS + "&resource=" + ORGANIZATIONS);
        JsonNode first = granted(redeem(code));
        JsonNode idToken = payload(first.get("id_token").asString());
        assertThat(idToken.get("organizations").get(0).asString()).isEqualTo(acme);

        JsonNode atApi =
                granted(refresh(first.get("refresh_token").asString(), "resource", ORDERS, "organization_id", acme));
        assertThat(atApi.get("scope").asString()).isEqualTo("read");
        assertThat(claims(atApi).get("organization_id").asString()).isEqualTo(acme);

        JsonNode inside = granted(refresh(atApi.get("refresh_token").asString(), "organization_id", acme));
        assertThat(inside.get("scope").asString()).isEqualTo("invite:member");
        assertThat(claims(inside).get("aud").asString()).isEqualTo("urn:logto:organization:" + acme);

        JsonNode alone = granted(refresh(inside.get("refresh_token").asString(), "resource", ORDERS));
        assertThat(alone.get("scope").asString()).isEmpty();
    }

    /** @return its id */
    private static String resource(String indicator, int lifetime) {
        String id = house.server
                .api()
                .created("/resources", Map.of("name", indicator, "indicator", indicator, "accessTokenTtl", lifetime))
                .get("id")
                .asString();
        for (String scope : List.of("read", "write")) {
            house.server.api().created("/resources/" + id + "/scopes", Map.of("name", scope));
        }
        return id;
    }

    private static void setDefault(boolean isDefault) {
        Answer answer =
                house.server.api().patch("/resources/" + orders + "/is-default", Map.of("isDefault", isDefault));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static String signIn(String scope, String resources) {
        return signIn("u1", scope, resources);
    }

    /** @return the code */
    private static String signIn(String user, String scope, String resources) {
        TestBrowser browser = house.server.browser();
        String query = TestBrowser.encode(SignInHouse.params("spa", "scope", scope, "prompt", "consent"));
        assertThat(browser.get("/oidc/auth?" + query + resources).location()).startsWith("/");
        return code(browser.get(house.answerAs(browser, user)));
    }

    private static String refreshToken(String code) {
        return granted(redeem(code)).get("refresh_token").asString();
    }

    private static Answer redeem(String code) {
        return house.server
                .browser()
                .form(
                        "/oidc/token",
                        TestGrants.redemption(
                                code,
                                "client_id",
                                "spa",
                                "redirect_uri",
                                CALLBACK,
                                "code_verifier",
                                SignInHouse.VERIFIER));
    }

    private static Answer refresh(String token, String... more) {
        Map<String, String> form = TestGrants.redemption("", more);
        form.keySet().removeAll(List.of("code", "redirect_uri", "code_verifier"));
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        form.put("client_id", "spa");
        return house.server.browser().form("/oidc/token", form);
    }

    private static JsonNode granted(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode claims(JsonNode tokens) {
        return payload(tokens.get("access_token").asString());
    }

    private static JsonNode payload(String jwt) {
        return Json.read(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8));
    }
}
