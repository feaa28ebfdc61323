package dev.ostiary.e2e;

import dev.ostiary.e2e.ManagementApi.Client;
import dev.ostiary.e2e.Visitor.Place;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our program with enterprise SSO switched on, a Flask program that signs in with it, and what people do with both. */
final class Installation implements AutoCloseable {
    static final String PASSWORD = "Turmfalke-2026-wohnt-hier";
    /** The providers of the tests are on this machine, without TLS. */
    static final Map<String, String> INSIDE = Map.of("OUTBOUND_ALLOWED_NETWORKS", "127.0.0.0/8");

    private final Program program;
    private final ManagementApi api;
    private final URI endpoint;
    private final List<FlaskProgram> flasks = new ArrayList<>();

    private Installation(Program program, URI endpoint) {
        this.program = program;
        this.endpoint = endpoint;
        this.api = ManagementApi.of(program);
    }

    static Installation start() {
        return start(Map.of());
    }

    /** @param environment ENDPOINT in it is where browsers find the program */
    static Installation start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(ManagementApi.BOOTSTRAP);
        all.putAll(INSIDE);
        all.putAll(environment);
        Program program = Program.start(all);
        URI endpoint =
                environment.containsKey("ENDPOINT") ? URI.create(environment.get("ENDPOINT")) : program.endpoint();
        Installation installation = new Installation(program, endpoint);
        installation.singleSignOn(true);
        return installation;
    }

    ManagementApi api() {
        return api;
    }

    Program program() {
        return program;
    }

    /** Another Flask program, registered as an application. */
    FlaskProgram flask(String name) {
        int port = Ports.free();
        Client client = api.createTraditional(name, port);
        FlaskProgram flask = FlaskProgram.start(port, endpoint, client.id(), client.secret());
        flasks.add(flask);
        return flask;
    }

    void singleSignOn(boolean enabled) {
        api.call("PATCH", "/sign-in-exp", Map.of("singleSignOnEnabled", enabled));
    }

    /** What the provider has to know of a connector. */
    String callback(String connectorId) {
        return endpoint.resolve("/callback/" + connectorId).toString();
    }

    /** As an administrator does it: a draft, its callback registered at the provider, then the three values and a domain. */
    String connect(String providerName, String name, IdentityProvider provider, String domain) {
        return connect(providerName, name, provider, domain, Map.of());
    }

    /** @param config more of the configuration, or other values of it */
    String connect(String providerName, String name, IdentityProvider provider, String domain, Map<String, ?> config) {
        JsonNode draft =
                api.call("POST", "/sso-connectors", Map.of("providerName", providerName, "connectorName", name));
        String id = draft.get("id").asString();
        provider.register(callback(id));
        Map<String, Object> values = new HashMap<>(Map.of(
                "clientId", provider.clientId(), "clientSecret", provider.clientSecret(), "issuer", provider.issuer()));
        values.putAll(config);
        api.call("PATCH", "/sso-connectors/" + id, Map.of("config", values, "domains", List.of(domain)));
        return id;
    }

    /** What it publishes to verify its signatures with. */
    JsonNode publicKeys() {
        return new JsonMapper()
                .readTree(new Visitor("en")
                        .open(endpoint.resolve("/oidc/jwks").toString())
                        .page());
    }

    void disconnect(String connectorId) {
        api.call("DELETE", "/sso-connectors/" + connectorId, Map.of());
    }

    /** Types an address into the first page, as people do who do not know what single sign-on is. To the login page. */
    static Place typeEmail(Visitor visitor, FlaskProgram flask, String email) {
        Place signIn = visitor.open(flask.home() + "sign-in");
        return away(visitor, visitor.submit(signIn, Map.of("identifier", email, "password", "")));
    }

    /** Presses "Single Sign-On" and types the address there. To the login page, or the page that refuses. */
    static Place pressButton(Visitor visitor, FlaskProgram flask, String email) {
        Place signIn = visitor.open(flask.home() + "sign-in");
        Place page = visitor.follow(signIn, "/single-sign-on/email");
        return away(visitor, visitor.submit(page, Map.of("email", email)));
    }

    /** Providers without TLS are reached by a page that sends browsers on. */
    static Place away(Visitor visitor, Place place) {
        return place.page().contains("http-equiv=\"refresh\"") ? visitor.follow(place, "http://127.0.0.1") : place;
    }

    /** The sign-out page sends itself by script; without one it has a button. */
    static Place signOut(Visitor visitor, FlaskProgram flask) {
        return visitor.submit(visitor.open(flask.home() + "sign-out"), Map.of());
    }

    /** A paragraph of the Flask program's page. */
    static String told(Place home, String id) {
        return home.page().replaceAll("(?s).*<p id=\"" + id + "\">([^<]*)</p>.*", "$1");
    }

    @Override
    public void close() {
        flasks.forEach(FlaskProgram::close);
        program.close();
    }
}
