package dev.ostiary.e2e;

import static dev.ostiary.e2e.Installation.pressButton;
import static dev.ostiary.e2e.Installation.signOut;
import static dev.ostiary.e2e.Installation.told;
import static dev.ostiary.e2e.Installation.typeEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.e2e.Visitor.Place;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Flask with the unmodified package, our program, and each kind of identity provider: the work address typed, the
 * provider's login page, back in Flask with name and address; signed out; the second time the same user (M36, M50, M52).
 */
class SsoJourneyTest {
    private static Installation installation;
    private static FlaskProgram bookstore;
    private static OidcProviderNode node;
    private static EntraStandIn entra;
    private static OktaStandIn okta;

    /** What each journey needs to know: how the connector is set up, and who travels. */
    private record Company(
            IdentityProvider provider, String providerName, Map<String, ?> config, String email, String name) {
        String domain() {
            return email.substring(email.indexOf('@') + 1);
        }
    }

    @BeforeAll
    static void start() {
        KeycloakProvider.launch();
        installation = Installation.start();
        bookstore = installation.flask("Bookstore");
        node = OidcProviderNode.start();
        entra = new EntraStandIn();
        okta = new OktaStandIn();
    }

    @AfterAll
    static void stop() {
        node.close();
        entra.close();
        okta.close();
        installation.close();
    }

    static Stream<Arguments> companies() {
        return Stream.of("oidc-provider", "Entra ID", "Okta", "Keycloak").map(Arguments::of);
    }

    /** Keycloak is the last one, and has had the time of the others to start. */
    private static Company company(String name) {
        return switch (name) {
            case "oidc-provider" -> new Company(node, "OIDC", Map.of(), "nora.node@node.test", "Nora Node");
            case "Entra ID" ->
                new Company(
                        entra,
                        "AzureAdOidc",
                        Map.of("trustUnverifiedEmail", true),
                        "carla@contoso.test",
                        "Carla Contoso");
            case "Okta" -> new Company(okta, "Okta", Map.of(), "olga@oktopus.test", "Olga Oktopus");
            default ->
                new Company(
                        KeycloakProvider.launch().awaitReady(), "OIDC", Map.of(), KeycloakProvider.ANN, "Ann Archer");
        };
    }

    @ParameterizedTest
    @MethodSource("companies")
    void typed_address_login_page_of_the_company_back_in_Flask_and_the_second_time_the_same_user(String name) {
        Company company = company(name);
        String connector =
                installation.connect(company.providerName, name, company.provider, company.domain(), company.config);
        Visitor visitor = new Visitor("en");

        Place login = typeEmail(visitor, bookstore, company.email);
        assertThat(login.address().getHost()).isEqualTo("127.0.0.1");
        Place home = company.provider.signIn(visitor, login, company.email);
        assertThat(home.address()).hasToString(bookstore.home());
        assertThat(told(home, "name")).isEqualTo(company.name);
        assertThat(told(home, "email")).isEqualTo(company.email);
        String user = told(home, "sub");

        assertThat(signOut(visitor, bookstore).page()).contains("Not authenticated");
        Visitor elsewhere = new Visitor("en");
        Place again =
                company.provider.signIn(elsewhere, pressButton(elsewhere, bookstore, company.email), company.email);
        assertThat(told(again, "sub")).isEqualTo(user);

        JsonNode row = installation.api().get("/users/" + user + "?includeSsoIdentities=true");
        assertThat(row.get("primaryEmail").asString()).isEqualTo(company.email);
        assertThat(row.get("ssoIdentities").size()).isEqualTo(1);
        assertThat(row.get("ssoIdentities").get(0).get("ssoConnectorId").asString())
                .isEqualTo(connector);
    }
}
