package dev.ostiary.e2e;

import static dev.ostiary.e2e.Installation.signOut;
import static dev.ostiary.e2e.Installation.told;
import static dev.ostiary.e2e.Installation.typeEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.e2e.Visitor.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Enterprise SSO with Keycloak: what the installation keeps, hides and takes over. */
class SsoKeycloakTest {
    private static KeycloakProvider keycloak;
    private static Installation installation;
    private static FlaskProgram bookstore;
    private static String connector;

    @BeforeAll
    static void start() {
        keycloak = KeycloakProvider.launch();
        installation = Installation.start();
        bookstore = installation.flask("Bookstore");
        keycloak.awaitReady();
        connector = installation.connect("OIDC", "Acme", keycloak, KeycloakProvider.DOMAIN);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void an_address_that_the_company_has_not_confirmed_takes_over_no_account() {
        String local = installation
                .api()
                .call("POST", "/users", Map.of("primaryEmail", KeycloakProvider.EVE))
                .get("id")
                .asString();
        Visitor visitor = new Visitor("en");
        Place login = typeEmail(visitor, bookstore, KeycloakProvider.EVE);
        keycloak.signIn(visitor, login, KeycloakProvider.EVE);
        assertThat(visitor.open(bookstore.home()).page()).doesNotContain(local).doesNotContain(KeycloakProvider.EVE);
    }

    @Test
    void who_is_signed_out_here_is_asked_again_by_us_and_a_wrong_password_stays_at_the_company() {
        Visitor visitor = new Visitor("en");
        Place login = typeEmail(visitor, bookstore, KeycloakProvider.BEN);
        Place wrong = visitor.submit(login, Map.of("username", KeycloakProvider.BEN, "password", "wrong"));
        assertThat(wrong.address().toString()).startsWith(keycloak.issuer());
        Place home = keycloak.signIn(visitor, wrong, KeycloakProvider.BEN);
        assertThat(told(home, "name")).isEqualTo("Ben Baker");
        signOut(visitor, bookstore);
        assertThat(visitor.open(bookstore.home() + "sign-in").path()).isEqualTo("/sign-in");
    }

    @Test
    void after_a_restart_the_connector_works_as_before() {
        installation.program().restartGently();
        Visitor visitor = new Visitor("en");
        Place home =
                keycloak.signIn(visitor, typeEmail(visitor, bookstore, KeycloakProvider.ANN), KeycloakProvider.ANN);
        assertThat(told(home, "name")).isEqualTo("Ann Archer");
    }

    @Test
    void the_secret_is_in_no_list_no_log_and_no_file() throws IOException {
        String secret = keycloak.clientSecret();
        assertThat(installation.api().get("/sso-connectors").toString()).doesNotContain(secret);
        assertThat(installation.api().get("/logs?page_size=100").toString()).doesNotContain(secret);
        assertThat(installation.program().log()).doesNotContain(secret);
        byte[] wanted = secret.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(installation.program().dataFolder())) {
            List<Path> leaking = files.filter(Files::isRegularFile)
                    .filter(file -> contains(read(file), wanted))
                    .toList();
            assertThat(leaking).isEmpty();
        }
    }

    @Test
    void the_tokens_of_the_company_are_stored_and_readable_by_the_user_alone() {
        installation.api().call("PATCH", "/sso-connectors/" + connector, Map.of("enableTokenStorage", true));
        FlaskProgram reader = installation.flask("Token reader");
        Visitor visitor = new Visitor("en");
        keycloak.signIn(visitor, typeEmail(visitor, reader, KeycloakProvider.ANN), KeycloakProvider.ANN);
        Place answer = visitor.open(reader.home() + "company-token?connector=" + connector);
        assertThat(answer.status()).as(answer.page()).isEqualTo(200);
        JsonNode told = new JsonMapper().readTree(answer.page());
        assertThat(told.get("status").asInt()).as(answer.page()).isEqualTo(200);
        String token = told.get("body").get("access_token").asString();
        assertThat(keycloak.userOf(token)).isEqualTo(KeycloakProvider.ANN);
        assertThat(status(installation.program().endpoint(), connector)).isEqualTo(401);
    }

    /** What a stranger gets. */
    private static int status(URI endpoint, String connector) {
        return new Visitor("en")
                .open(endpoint.resolve("/api/my-account/sso-identities/" + connector + "/access-token")
                        .toString())
                .status();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException gone) {
            return new byte[0];
        }
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        outer:
        for (int i = 0; i <= text.length - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (text[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
