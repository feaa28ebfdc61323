package dev.ostiary.experience;

import dev.ostiary.experience.ProviderStandIn.Person;
import dev.ostiary.http.ErrorRenderer;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Site;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoConnector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A browser whose application has just sent it to sign in, in front of a {@link SsoHouse}. */
final class SsoVisitor {
    private final SsoHouse house;
    final String uid;

    SsoVisitor(SsoHouse house) {
        this.house = house;
        ObjectNode request = Json.object();
        request.putObject("params");
        request.putObject("prompt").put("name", "login");
        Interaction interaction = house.write(tx -> house.interactions.start(tx, "demo-app", request, null));
        this.uid = interaction.uid();
    }

    record Answer(int status, String text) {
        JsonNode json() {
            return Json.read(text);
        }

        String code() {
            return json().path("code").asString("");
        }

        String string(String name) {
            return json().path(name).asString("");
        }
    }

    Request request(String method, String path, String query, @Nullable Object body) {
        byte[] bytes = body == null ? new byte[0] : Json.write(body).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        headers.put("cookie", "_interaction=" + uid);
        headers.put("content-type", "application/json");
        return new Request(
                method,
                path,
                query,
                new Site(SsoHouse.TENANT, SsoHouse.ORIGIN),
                "0123456789abcdef",
                "127.0.0.1",
                name -> headers.get(name.toLowerCase(java.util.Locale.ROOT)),
                () -> bytes);
    }

    Answer open(String path) {
        return send(request("GET", path, "", null));
    }

    Answer call(String method, String path, @Nullable Object body) {
        String[] parts = path.split("\\?", 2);
        return send(request(method, "/api/experience" + parts[0], parts.length > 1 ? parts[1] : "", body));
    }

    private Answer send(Request request) {
        Response response;
        try {
            response = house.router.handle(request);
        } catch (RuntimeException refusal) {
            response = ErrorRenderer.render(request, refusal);
        }
        return new Answer(response.status(), new String(response.body(), StandardCharsets.UTF_8));
    }

    Answer begin(String event) {
        return call("PUT", "", Map.of("interactionEvent", event));
    }

    Answer depart(SsoConnector connector, String state) {
        return depart(connector, state, SsoHouse.ORIGIN + "/callback/" + connector.id());
    }

    Answer depart(SsoConnector connector, String state, String redirectUri) {
        return call(
                "POST",
                "/verification/sso/" + connector.id() + "/authorization-uri",
                Map.of("state", state, "redirectUri", redirectUri));
    }

    Answer arrive(SsoConnector connector, String verificationId, Map<String, String> data) {
        return call(
                "POST",
                "/verification/sso/" + connector.id() + "/verify",
                Map.of("connectorData", data, "verificationId", verificationId));
    }

    Answer identify(String verificationId) {
        return call("POST", "/identification", Map.of("verificationId", verificationId));
    }

    Answer register(String verificationId) {
        call("PUT", "/interaction-event", Map.of("interactionEvent", "Register"));
        return identify(verificationId);
    }

    Answer submit() {
        return call("POST", "/submit", null);
    }

    Answer password(String type, String value, String password) {
        return call(
                "POST",
                "/verification/password",
                Map.of("identifier", Map.of("type", type, "value", value), "password", password));
    }

    /** To the provider and back. @return id of the proof */
    String proven(SsoConnector connector, Person person) {
        begin("SignIn");
        String id = depart(connector, "state-1").string("verificationId");
        Answer answer =
                arrive(connector, id, Map.of("code", house.provider.code(connector, person), "state", "state-1"));
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return id;
    }

    /** The whole sign-in, as a client does it. @return who it is */
    String signedIn(SsoConnector connector, Person person) {
        String proof = proven(connector, person);
        Answer identified = identify(proof);
        if (identified.code().equals("user.sso_identity_not_exist")) {
            identified = register(proof);
        }
        if (identified.status() >= 300) {
            throw new AssertionError(identified.text());
        }
        String userId = call("GET", "/interaction", null).string("userId");
        Answer submitted = submit();
        if (submitted.status() != 200) {
            throw new AssertionError(submitted.text());
        }
        return userId;
    }
}
