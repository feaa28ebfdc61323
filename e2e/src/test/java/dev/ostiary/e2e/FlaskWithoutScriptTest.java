package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.e2e.ManagementApi.Client;
import dev.ostiary.e2e.Visitor.Place;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The quickstart over plain HTTP, as a browser without JavaScript walks it: the Flask program with the unmodified package,
 * registration, sign-in, sign-out.
 */
class FlaskWithoutScriptTest {
    private static final String PASSWORD = "Turmfalke-2026-wohnt-hier";

    private static Program program;
    private static FlaskProgram bookstore;
    private static FlaskProgram library;
    private static ManagementApi api;

    @BeforeAll
    static void start() {
        program = Program.start(ManagementApi.BOOTSTRAP);
        api = ManagementApi.of(program);
        bookstore = flask("Bookstore");
        library = flask("Library");
    }

    @AfterAll
    static void stop() {
        bookstore.close();
        library.close();
        program.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja", "zh-CN"})
    void a_visitor_registers_signs_out_and_signs_in_again(String language) {
        Visitor visitor = new Visitor(language);
        String name = "visitor_" + language.replace("-", "").toLowerCase(java.util.Locale.ROOT);

        assertThat(visitor.open(bookstore.home()).page()).contains("Not authenticated");
        Place register = visitor.open(bookstore.home() + "sign-up");
        assertThat(register.path()).isEqualTo("/register");
        assertThat(register.page()).contains("lang=\"" + language + "\"").contains("Bookstore");
        Place home = visitor.submit(register, Map.of("identifier", name, "password", PASSWORD));
        assertThat(home.address()).hasToString(bookstore.home());
        assertThat(home.page()).contains("<p id=\"who\">" + name + "</p>");
        String subject = subject(home);

        assertThat(visitor.open(bookstore.home() + "userinfo").page()).contains("\"username\":\"" + name + "\"");
        assertThat(visitor.open(bookstore.home() + "refresh").page()).contains("true");

        Place signedOut = signOut(visitor, bookstore);
        assertThat(signedOut.page()).contains("Not authenticated");

        Place signIn = visitor.open(bookstore.home() + "sign-in");
        assertThat(signIn.path()).isEqualTo("/sign-in");
        Place again = visitor.submit(signIn, Map.of("identifier", name, "password", PASSWORD));
        assertThat(again.page()).contains("<p id=\"who\">" + name + "</p>");
        assertThat(subject(again)).isEqualTo(subject);
    }

    @Test
    void a_wrong_password_is_told_on_the_page_and_the_next_try_works() {
        api.call("POST", "/users", Map.of("username", "forgetful", "password", PASSWORD));
        Visitor visitor = new Visitor("en");
        Place signIn = visitor.open(bookstore.home() + "sign-in");
        Place wrong = visitor.submit(signIn, Map.of("identifier", "forgetful", "password", "not-it-at-all"));
        assertThat(wrong.path()).isEqualTo("/sign-in");
        assertThat(wrong.page()).contains("forgetful").doesNotContain("not-it-at-all");
        Place right = visitor.submit(wrong, Map.of("identifier", "forgetful", "password", PASSWORD));
        assertThat(right.page()).contains("<p id=\"who\">forgetful</p>");
    }

    @Test
    void a_second_application_needs_no_second_password() {
        api.call("POST", "/users", Map.of("username", "reader", "password", PASSWORD));
        Visitor visitor = new Visitor("en");
        visitor.submit(
                visitor.open(bookstore.home() + "sign-in"), Map.of("identifier", "reader", "password", PASSWORD));
        assertThat(visitor.open(library.home() + "sign-in").page()).contains("<p id=\"who\">reader</p>");
    }

    @Test
    void two_tabs_with_two_applications_both_finish() {
        api.call("POST", "/users", Map.of("username", "busy", "password", PASSWORD));
        Visitor visitor = new Visitor("en");
        Place first = visitor.open(bookstore.home() + "sign-in");
        Place second = visitor.open(library.home() + "sign-in");
        Map<String, String> credentials = Map.of("identifier", "busy", "password", PASSWORD);
        assertThat(visitor.submit(first, credentials).address()).hasToString(bookstore.home());
        assertThat(visitor.submit(second, credentials).address()).hasToString(library.home());
    }

    @Test
    void everything_fits_the_session_cookie_of_flask() {
        String longName = "n".repeat(60);
        api.call("POST", "/users", Map.of("username", longName, "password", PASSWORD, "name", "名前".repeat(20)));
        Visitor visitor = new Visitor("en");
        visitor.submit(
                visitor.open(bookstore.home() + "sign-in"), Map.of("identifier", longName, "password", PASSWORD));
        visitor.open(bookstore.home() + "userinfo");
        String port = Integer.toString(URI.create(bookstore.home()).getPort());
        String cookie = visitor.cookie("session-" + port).orElseThrow();
        assertThat("session-".length() + port.length() + cookie.length()).isLessThan(4093);
    }

    @Test
    void after_sign_out_nobody_is_signed_in_here() {
        api.call("POST", "/users", Map.of("username", "leaving", "password", PASSWORD));
        Visitor visitor = new Visitor("en");
        visitor.submit(
                visitor.open(bookstore.home() + "sign-in"), Map.of("identifier", "leaving", "password", PASSWORD));
        signOut(visitor, bookstore);
        assertThat(visitor.open(library.home() + "sign-in").path()).isEqualTo("/sign-in");
    }

    /** The sign-out page sends itself by script; without one it has a button. */
    private static Place signOut(Visitor visitor, FlaskProgram flask) {
        Place confirm = visitor.open(flask.home() + "sign-out");
        Place out = visitor.submit(confirm, Map.of());
        assertThat(out.address()).hasToString(flask.home());
        return out;
    }

    private static String subject(Place home) {
        return home.page().replaceAll("(?s).*<p id=\"sub\">([^<]*)</p>.*", "$1");
    }

    private static FlaskProgram flask(String name) {
        int port = Ports.free();
        Client client = api.createTraditional(name, port);
        return FlaskProgram.start(port, program.endpoint(), client.id(), client.secret());
    }
}
