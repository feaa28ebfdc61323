package dev.ostiary.e2e;

import static dev.ostiary.e2e.Installation.PASSWORD;
import static dev.ostiary.e2e.Installation.away;
import static dev.ostiary.e2e.Installation.told;
import static dev.ostiary.e2e.Installation.typeEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.e2e.ManagementApi.Answer;
import dev.ostiary.e2e.Visitor.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Enterprise SSO with Entra ID, as the quickstart has it: registration, values, issuer, scopes, domain (M53 to M58). */
class SsoEntraTest {
    private static final String CARLA = "carla@contoso.test";

    private static Installation installation;
    private static FlaskProgram bookstore;

    private EntraStandIn entra;
    private String connector;

    @BeforeAll
    static void start() {
        installation = Installation.start();
        bookstore = installation.flask("Bookstore");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @BeforeEach
    void draft() {
        entra = new EntraStandIn();
        connector = installation
                .api()
                .call("POST", "/sso-connectors", Map.of("providerName", "AzureAdOidc", "connectorName", "Contoso"))
                .get("id")
                .asString();
    }

    @AfterEach
    void leave() {
        installation.disconnect(connector);
        installation.api().get("/users?page_size=100").forEach(user -> installation
                .api()
                .call("DELETE", "/users/" + user.get("id").asString(), Map.of()));
        entra.close();
    }

    @Test
    void M53_the_redirect_URI_of_the_connector_page_registered_at_Entra_letter_by_letter() {
        configure(Map.of());
        entra.register(installation.callback(connector) + "/");
        assertThat(typeEmail(new Visitor("en"), bookstore, CARLA).page()).contains("AADSTS50011");
        entra.register(installation.callback(connector));
        assertThat(told(enter(CARLA), "name")).isEqualTo("Carla Contoso");
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations"})
    void M53_an_application_for_any_directory(String word) {
        entra.register(installation.callback(connector));
        configure(Map.of("issuer", entra.issuerOfMany(word)), "contoso.test", "fabrikam.test");
        assertThat(typeEmail(new Visitor("en"), bookstore, CARLA).page()).contains("AADSTS50194");
        entra.multitenant(true);
        assertThat(told(enter(CARLA), "name")).isEqualTo("Carla Contoso");
        assertThat(told(enter("fay@fabrikam.test"), "name")).isEqualTo("Fay Fabrikam");
    }

    @Test
    void M54_the_secret_ID_pasted_by_mistake_is_explained() {
        entra.register(installation.callback(connector));
        configure(Map.of("clientSecret", EntraStandIn.SECRET_ID));
        Visitor visitor = new Visitor("en");
        Place stopped = entra.signIn(visitor, typeEmail(visitor, bookstore, CARLA), CARLA);
        assertThat(stopped.page()).contains("AADSTS7000215").containsPattern("(?i)secret.* value.*, not its .*ID");
        assertThat(stopped.page()).doesNotContain(EntraStandIn.SECRET_ID);
        configure(Map.of());
        assertThat(told(enter(CARLA), "name")).isEqualTo("Carla Contoso");
    }

    @Test
    void M54_consent_that_is_missing_is_explained() {
        entra.register(installation.callback(connector));
        configure(Map.of());
        entra.consented(false);
        Visitor visitor = new Visitor("en");
        Place stopped = entra.signIn(visitor, typeEmail(visitor, bookstore, CARLA), CARLA);
        assertThat(stopped.page()).contains("AADSTS65001").contains("Grant admin consent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/{tid}/v2.0",
                "/{tid}/v2.0/",
                "/{tid}/v2.0/.well-known/openid-configuration",
                "/{tid}/",
                "/{tid}/.well-known/openid-configuration"
            })
    void M55_the_issuer_with_and_without_a_slash_the_whole_metadata_URL_version_1_and_2(String typed) {
        String issuer = entra.origin() + typed.replace("{tid}", EntraStandIn.CONTOSO);
        Answer parsed = installation
                .api()
                .attempt("POST", "/sso-connectors/discovery", Map.of("providerName", "AzureAdOidc", "issuer", issuer));
        assertThat(parsed.status()).as(parsed.body().toString()).isEqualTo(200);
        assertThat(parsed.body().get("tokenEndpoint").asString()).startsWith(entra.origin());
        entra.register(installation.callback(connector));
        configure(Map.of("issuer", parsed.body().get("issuerToStore").asString()));
        assertThat(told(enter(CARLA), "name")).isEqualTo("Carla Contoso");
    }

    @Test
    void M56_the_endpoints_are_found_by_one_request_to_exactly_one_address() {
        entra.register(installation.callback(connector));
        configure(Map.of());
        enter(CARLA);
        assertThat(entra.seen().stream().filter(request -> request.contains(".well-known")))
                .containsOnly("GET /" + EntraStandIn.CONTOSO + "/v2.0/.well-known/openid-configuration");
    }

    @Test
    void M57_three_scopes_are_asked_for_without_any_being_typed() {
        entra.register(installation.callback(connector));
        configure(Map.of());
        enter(CARLA);
        assertThat(entra.seen()).anySatisfy(request -> assertThat(request)
                .startsWith("GET /" + EntraStandIn.CONTOSO + "/oauth2/v2.0/authorize?")
                .containsPattern("scope=openid(\\+|%20)profile(\\+|%20)email(&|$)"));
    }

    @Test
    void M58_the_connector_is_the_only_way_in_for_its_domain() {
        entra.register(installation.callback(connector));
        configure(Map.of());
        installation.api().call("POST", "/users", Map.of("primaryEmail", CARLA, "password", PASSWORD));
        Visitor visitor = new Visitor("en");
        Place signIn = visitor.open(bookstore.home() + "sign-in");
        Place login = away(visitor, visitor.submit(signIn, Map.of("identifier", CARLA, "password", PASSWORD)));
        assertThat(login.address().toString()).startsWith(entra.origin());
    }

    @Test
    void M58_an_address_without_email_verified_makes_no_claim_on_an_account_unless_it_is_trusted() {
        entra.register(installation.callback(connector));
        String local = installation
                .api()
                .call("POST", "/users", Map.of("primaryEmail", CARLA))
                .get("id")
                .asString();
        configure(Map.of("trustUnverifiedEmail", false));
        Visitor stranger = new Visitor("en");
        entra.signIn(stranger, typeEmail(stranger, bookstore, CARLA), CARLA);
        assertThat(stranger.open(bookstore.home()).page()).doesNotContain(local).doesNotContain(CARLA);
        installation.api().get("/users?page_size=100").forEach(user -> {
            if (!user.get("id").asString().equals(local)) {
                installation.api().call("DELETE", "/users/" + user.get("id").asString(), Map.of());
            }
        });
        configure(Map.of("trustUnverifiedEmail", true));
        assertThat(told(enter(CARLA), "sub")).isEqualTo(local);
    }

    @Test
    void without_an_email_claim_the_name_at_the_directory_is_no_address_unless_it_is_trusted() {
        entra.register(installation.callback(connector));
        configure(Map.of("trustUnverifiedEmail", true));
        Place home = enter("carlos@contoso.test");
        assertThat(told(home, "name")).isEqualTo("Carlos Contoso");
        assertThat(told(home, "email")).isEqualTo("carlos@contoso.test");
    }

    @Test
    void who_declines_at_Entra_is_told_so() {
        entra.register(installation.callback(connector));
        configure(Map.of());
        Visitor visitor = new Visitor("en");
        Place login = typeEmail(visitor, bookstore, CARLA);
        Place back = visitor.submit(login, Map.of("cancel", "yes"));
        assertThat(back.page()).contains("The sign-in was cancelled");
    }

    @Test
    void a_new_key_at_Entra_in_the_middle_of_a_sign_in_does_not_break_it() {
        entra.register(installation.callback(connector));
        configure(Map.of());
        enter(CARLA);
        Visitor visitor = new Visitor("en");
        Place login = typeEmail(visitor, bookstore, CARLA);
        entra.rotateKey();
        assertThat(told(entra.signIn(visitor, login, CARLA), "name")).isEqualTo("Carla Contoso");
    }

    private void configure(Map<String, ?> change) {
        configure(change, "contoso.test");
    }

    private void configure(Map<String, ?> change, String... domains) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "clientId", EntraStandIn.CLIENT_ID,
                "clientSecret", EntraStandIn.SECRET_VALUE,
                "issuer", entra.issuer()));
        config.putAll(change);
        installation
                .api()
                .call("PATCH", "/sso-connectors/" + connector, Map.of("config", config, "domains", List.of(domains)));
    }

    private Place enter(String email) {
        Visitor visitor = new Visitor("en");
        Place home = entra.signIn(visitor, typeEmail(visitor, bookstore, email), email);
        assertThat(home.address()).hasToString(bookstore.home());
        return home;
    }
}
