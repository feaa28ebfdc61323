package dev.ostiary.e2e;

import static dev.ostiary.e2e.Installation.PASSWORD;
import static dev.ostiary.e2e.Installation.away;
import static dev.ostiary.e2e.Installation.pressButton;
import static dev.ostiary.e2e.Installation.told;
import static dev.ostiary.e2e.Installation.typeEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.e2e.Visitor.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The ways into enterprise SSO and what may happen on them, with npm oidc-provider, as a browser without script. */
class SsoSignInTest {
    private static Installation installation;
    private static FlaskProgram bookstore;

    private final OidcProviderNode node = OidcProviderNode.start();

    @BeforeAll
    static void start() {
        installation = Installation.start();
        bookstore = installation.flask("Bookstore");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @AfterEach
    void leave() {
        node.close();
    }

    @Test
    void of_two_connectors_for_one_domain_the_visitor_chooses() {
        String first = connect("Paper", "chooser.test");
        String second = connect("Ink", "chooser.test");
        call(first, Map.of("branding", Map.of("displayName", "The paper mill")));
        Visitor visitor = new Visitor("en");
        Place chooser = typeEmail(visitor, bookstore, "chris@chooser.test");
        assertThat(chooser.path()).isEqualTo("/single-sign-on/connectors");
        assertThat(chooser.page()).contains("The paper mill", first, second);
        Place login = away(visitor, visitor.follow(chooser, "/direct/sso/" + second));
        Place home = node.signIn(visitor, login, "chris@chooser.test");
        assertThat(told(home, "email")).isEqualTo("chris@chooser.test");
        assertThat(connectorOf(home)).isEqualTo(second);
    }

    @Test
    void direct_sign_in_skips_our_pages() {
        String connector = connect("Direct", "direct.test");
        Visitor visitor = new Visitor("en");
        Place login = away(visitor, visitor.open(bookstore.home() + "sign-in?direct_sign_in=sso:" + connector));
        assertThat(login.address().toString()).startsWith(node.issuer());
        assertThat(told(node.signIn(visitor, login, "dora@direct.test"), "name"))
                .isEqualTo("Dora");
    }

    @Test
    void a_tile_in_the_portal_of_the_provider_ends_in_Flask() {
        String connector = connect("Portal", "portal.test");
        Visitor visitor = new Visitor("en");
        Place login = away(visitor, visitor.open(tile(connector, node.issuer(), bookstore.home() + "sign-in")));
        assertThat(login.address().toString()).startsWith(node.issuer());
        assertThat(login.page()).contains("petra@portal.test");
        Place home = node.signIn(visitor, login, "petra@portal.test");
        assertThat(home.address()).hasToString(bookstore.home());
        assertThat(told(home, "email")).isEqualTo("petra@portal.test");
    }

    @Test
    void a_tile_that_leads_elsewhere_or_names_another_issuer_leads_nowhere() {
        String connector = connect("Foreign tile", "tile.test");
        Visitor visitor = new Visitor("en");
        Place foreign = visitor.open(tile(connector, node.issuer(), "https://attacker.example/"));
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.path()).startsWith("/enterprise-sso/");
        Place other = visitor.open(tile(connector, "https://attacker.example", bookstore.home() + "sign-in"));
        assertThat(other.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    void a_secret_with_special_characters_reaches_the_provider_whole(String method) {
        node.client("token_endpoint_auth_method", method);
        String domain = method.replace('_', '-') + ".test";
        connect(method, domain, Map.of("clientAuthentication", method));
        assertThat(told(enter("sam@" + domain), "email")).isEqualTo("sam@" + domain);
    }

    @Test
    void a_client_may_prove_itself_by_our_published_key() {
        JsonNode keys = installation.publicKeys();
        node.client("jwks", keys);
        node.client("token_endpoint_auth_signing_alg", "ES384");
        node.client("token_endpoint_auth_method", "private_key_jwt");
        connect("Key", "key.test", Map.of("clientAuthentication", "private_key_jwt"));
        assertThat(told(enter("kim@key.test"), "email")).isEqualTo("kim@key.test");
    }

    @Test
    void a_provider_that_answers_by_a_form_is_understood() {
        node.client("answers_by_form", true);
        connect("Form", "form.test");
        Visitor visitor = new Visitor("en");
        Place form = node.signIn(visitor, typeEmail(visitor, bookstore, "fred@form.test"), "fred@form.test");
        assertThat(form.page()).contains("/callback/");
        assertThat(told(visitor.submit(form, Map.of()), "email")).isEqualTo("fred@form.test");
    }

    @Test
    void a_new_key_at_the_provider_in_the_middle_of_a_sign_in_does_not_break_it() {
        connect("Rotation", "rotation.test");
        enter("rita@rotation.test");
        Visitor visitor = new Visitor("en");
        Place login = typeEmail(visitor, bookstore, "rolf@rotation.test");
        node.rotateKey();
        assertThat(told(node.signIn(visitor, login, "rolf@rotation.test"), "name"))
                .isEqualTo("Rolf");
    }

    @Test
    void a_provider_that_is_down_is_told_and_trying_again_later_works() {
        connect("Down", "down.test");
        enter("dana@down.test");
        node.down("/token");
        Visitor visitor = new Visitor("en");
        Place failed = node.signIn(visitor, typeEmail(visitor, bookstore, "dave@down.test"), "dave@down.test");
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.page()).contains("cannot be reached");
        node.up();
        Place home = away(visitor, visitor.follow(failed, "/direct/sso/"));
        assertThat(told(home, "name")).isEqualTo("Dave");
    }

    @Test
    void who_cancels_at_the_provider_can_try_again() {
        connect("Cancel", "cancel.test");
        Visitor visitor = new Visitor("en");
        Place login = typeEmail(visitor, bookstore, "carl@cancel.test");
        Place cancelled = visitor.follow(login, "/abort");
        assertThat(cancelled.page()).contains("The sign-in was cancelled");
        Place home = node.signIn(visitor, away(visitor, visitor.follow(cancelled, "/direct/sso/")), "carl@cancel.test");
        assertThat(told(home, "name")).isEqualTo("Carl");
    }

    @Test
    void a_password_does_not_help_where_the_company_signs_people_in() {
        connect("Only", "only.test");
        installation
                .api()
                .call("POST", "/users", Map.of("primaryEmail", "olaf@only.test", "password", PASSWORD, "name", "Olaf"));
        Visitor visitor = new Visitor("en");
        Place signIn = visitor.open(bookstore.home() + "sign-in");
        Place login =
                away(visitor, visitor.submit(signIn, Map.of("identifier", "olaf@only.test", "password", PASSWORD)));
        assertThat(login.address().toString()).startsWith(node.issuer());
        assertThat(visitor.open(bookstore.home()).page()).contains("Not authenticated");
    }

    @Test
    void a_verified_address_finds_the_account_that_has_it_an_unverified_one_does_not() {
        connect("Linking", "linking.test");
        String linda = user("linda@linking.test");
        user("unverified@linking.test");
        assertThat(told(enter("linda@linking.test"), "sub")).isEqualTo(linda);
        Visitor visitor = new Visitor("en");
        Place login = typeEmail(visitor, bookstore, "unverified@linking.test");
        Place stopped = node.signIn(visitor, login, "unverified@linking.test");
        assertThat(visitor.open(bookstore.home() + "sign-in").page()).doesNotContain("unverified@linking.test</p>");
        assertThat(stopped.page()).doesNotContain(linda);
    }

    @ParameterizedTest
    @CsvSource({"en, Single Sign-On", "ja, シングルサインオン", "zh-CN, 单点登录"})
    void the_button_is_there_while_the_switch_is_on(String language, String words) {
        connect("Switch " + language, "switch-" + language.toLowerCase(java.util.Locale.ROOT) + ".test");
        try {
            assertThat(new Visitor(language).open(bookstore.home() + "sign-in").page())
                    .contains("/single-sign-on/email")
                    .contains(words);
            installation.singleSignOn(false);
            assertThat(new Visitor(language).open(bookstore.home() + "sign-in").page())
                    .doesNotContain("/single-sign-on/email");
        } finally {
            installation.singleSignOn(true);
        }
    }

    @Test
    void one_switch_is_for_all_connectors_and_off_means_passwords_again() {
        connect("One", "one.test");
        connect("Two", "two.test");
        installation.api().call("POST", "/users", Map.of("username", "ursula", "password", PASSWORD));
        try {
            installation.singleSignOn(false);
            Visitor visitor = new Visitor("en");
            assertThat(typeEmail(visitor, bookstore, "una@one.test").path()).isEqualTo("/sign-in");
            assertThat(typeEmail(visitor, bookstore, "tom@two.test").path()).isEqualTo("/sign-in");
            installation.singleSignOn(true);
            assertThat(typeEmail(visitor, bookstore, "una@one.test").address().toString())
                    .startsWith(node.issuer());
            assertThat(typeEmail(visitor, bookstore, "tom@two.test").address().toString())
                    .startsWith(node.issuer());
        } finally {
            installation.singleSignOn(true);
        }
    }

    @Test
    void a_connector_is_offered_once_it_has_a_domain() {
        String connector = connect("Domain", "domain.test");
        call(connector, Map.of("domains", java.util.List.of()));
        Visitor visitor = new Visitor("en");
        Place unknown = pressButton(visitor, bookstore, "dina@domain.test");
        assertThat(unknown.path()).isEqualTo("/single-sign-on/email");
        call(connector, Map.of("domains", java.util.List.of("domain.test")));
        assertThat(pressButton(visitor, bookstore, "dina@domain.test").address().toString())
                .startsWith(node.issuer());
    }

    @ParameterizedTest
    @CsvSource({
        "'', openid profile email",
        "groups, openid profile email groups",
        "email groups+groups, openid profile email groups"
    })
    void three_scopes_are_asked_for_and_those_that_were_added(String extra, String asked) {
        String domain = "scope-" + Integer.toHexString(extra.hashCode()) + ".test";
        connect("Scopes " + extra, domain, Map.of("scope", extra));
        enter("sally@" + domain);
        assertThat(node.seen()).anySatisfy(request -> assertThat(request)
                .startsWith("GET /auth?")
                .containsPattern("scope="
                        + URLEncoder.encode(asked, StandardCharsets.UTF_8).replace("+", "(\\+|%20)") + "(&|$)")
                .contains("client_id=ostiary", "code_challenge_method=S256", "nonce=", "state="));
    }

    @Test
    void metadata_and_keys_are_asked_for_once_not_at_each_sign_in() {
        connect("Once", "once.test");
        for (String name : new String[] {"olivia", "oscar", "otto"}) {
            enter(name + "@once.test");
        }
        assertThat(node.seen().stream().filter(r -> r.equals("GET /jwks"))).hasSize(1);
        assertThat(node.seen().stream().filter(r -> r.equals("GET /.well-known/openid-configuration")))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(node.seen().stream().filter(r -> r.equals("POST /token"))).hasSize(3);
    }

    private String connect(String name, String domain) {
        return connect(name, domain, Map.of());
    }

    private String connect(String name, String domain, Map<String, ?> config) {
        return installation.connect("OIDC", name, node, domain, config);
    }

    private void call(String connector, Map<String, ?> change) {
        installation.api().call("PATCH", "/sso-connectors/" + connector, change);
    }

    private static String user(String email) {
        JsonNode user = installation.api().call("POST", "/users", Map.of("primaryEmail", email));
        return user.get("id").asString();
    }

    /** The home page of Flask after the first sign-in of this person. */
    private Place enter(String email) {
        Visitor visitor = new Visitor("en");
        Place home = node.signIn(visitor, typeEmail(visitor, bookstore, email), email);
        assertThat(home.address()).hasToString(bookstore.home());
        return home;
    }

    private static String connectorOf(Place home) {
        return installation
                .api()
                .get("/users/" + told(home, "sub") + "?includeSsoIdentities=true")
                .get("ssoIdentities")
                .get(0)
                .get("ssoConnectorId")
                .asString();
    }

    private static String tile(String connector, String issuer, String target) {
        return installation.program().endpoint().resolve("/enterprise-sso/" + connector + "/start")
                + "?iss=" + URLEncoder.encode(issuer, StandardCharsets.UTF_8)
                + "&login_hint=" + URLEncoder.encode("petra@portal.test", StandardCharsets.UTF_8)
                + "&target_link_uri=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
    }
}
