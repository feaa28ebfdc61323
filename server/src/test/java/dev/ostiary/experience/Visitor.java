package dev.ostiary.experience;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A browser whose application has just sent it to sign in, as the Experience API sees it. */
final class Visitor {
    static final String PASSWORD = "Plum-tree47-window";

    private final TestBrowser browser;
    final String uid;

    private Visitor(TestBrowser browser, String uid) {
        this.browser = browser;
        this.uid = uid;
        browser.setCookie("_interaction", uid);
    }

    static Visitor of(TestServer server) {
        return of(server, Tenants.DEFAULT);
    }

    static Visitor of(TestServer server, String tenant) {
        Database database = server.app().database();
        Interactions interactions = new Interactions(database, Ids.secure(), server.clock());
        ObjectNode request = Json.object();
        request.putObject("params");
        request.putObject("prompt").put("name", "login");
        String uid = database.write(tenant, tx -> interactions.start(tx, "demo-app", request, null))
                .uid();
        return new Visitor(new TestBrowser(server.app().origin(tenant)), uid);
    }

    /** The same browser at another node. */
    Visitor at(TestServer node) {
        return new Visitor(new TestBrowser(node.origin()), uid);
    }

    Answer call(String method, String path, @Nullable Object body) {
        return browser.json(method, "/api/experience" + path, body);
    }

    /** A body as it is. */
    Answer raw(String method, String path, String body) {
        return browser.send(method, "/api/experience" + path, body, "Content-Type", "application/json");
    }

    Answer begin(String event) {
        return call("PUT", "", Map.of("interactionEvent", event));
    }

    Answer password(String type, String value, Object password) {
        return call(
                "POST",
                "/verification/password",
                Map.of("identifier", Map.of("type", type, "value", value), "password", password));
    }

    Answer newIdentity(String username, String password) {
        return call(
                "POST",
                "/verification/new-password-identity",
                Map.of("identifier", Map.of("type", "username", "value", username), "password", password));
    }

    Answer identify(String verificationId) {
        return call("POST", "/identification", Map.of("verificationId", verificationId));
    }

    Answer submit() {
        return call("POST", "/submit", null);
    }

    Answer profile(Map<String, ?> body) {
        return call("POST", "/profile", body);
    }

    /** The whole registration. */
    Answer register(String username) {
        begin("Register");
        Answer identity = newIdentity(username, PASSWORD);
        if (identity.status() != 200) {
            return identity;
        }
        Answer identified = identify(identity.json().get("verificationId").asString());
        return identified.status() == 201 ? submit() : identified;
    }

    /** Up to the identification. */
    Answer signIn(String username) {
        begin("SignIn");
        Answer proof = password("username", username, PASSWORD);
        return proof.status() == 200
                ? identify(proof.json().get("verificationId").asString())
                : proof;
    }
}
