package dev.ostiary.oidc.authorize;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A server with applications and users, and visitors who sign in without a page: the answer is put in its place. */
public final class SignInHouse implements AutoCloseable {
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public static final String CHALLENGE = Hashes.sha256Base64Url(VERIFIER);
    public static final String CALLBACK = "https://shop.example/callback";

    public final TestServer server = TestServer.start();

    public SignInHouse() {
        user("u1");
        user("u2");
        application("web", "Traditional", List.of(CALLBACK), "{}");
        application("spa", "SPA", List.of(CALLBACK), "{}");
        application("native", "Native", List.of("http://127.0.0.1/cb", "com.example.app://callback"), "{}");
    }

    public void user(String id) {
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        "INSERT INTO users (tenant_id, id, username) VALUES (:tenant, :id, :id)")
                .bind("id", id)
                .execute());
    }

    public void application(String id, String type, List<String> redirectUris, String customMetadata) {
        application(id, type, redirectUris, customMetadata, false);
    }

    public void application(
            String id, String type, List<String> redirectUris, String customMetadata, boolean thirdParty) {
        register(id, type, metadata(redirectUris), customMetadata, thirdParty);
    }

    /** An application that may ask for these kinds of answers. */
    public void answeredBy(String id, String type, String... responseTypes) {
        ObjectNode metadata = metadata(List.of(CALLBACK));
        List.of(responseTypes).forEach(metadata.putArray("responseTypes")::add);
        register(id, type, metadata, "{}", false);
    }

    public static ObjectNode metadata(List<String> redirectUris) {
        ObjectNode metadata = Json.object();
        redirectUris.forEach(metadata.putArray("redirectUris")::add);
        metadata.putArray("postLogoutRedirectUris").add("https://shop.example/");
        return metadata;
    }

    public void register(String id, String type, ObjectNode metadata, String customMetadata, boolean thirdParty) {
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        """
                INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata, custom_client_metadata,
                    is_third_party)
                VALUES (:tenant, :id, :id, :type, :metadata::jsonb, :custom::jsonb, :third)
                """)
                .bind("id", id)
                .bind("type", type)
                .bind("metadata", Json.write(metadata))
                .bind("custom", customMetadata)
                .bind("third", thirdParty)
                .execute());
    }

    /** Parameters of an ordinary request; pairs are laid over them, an empty value takes one away. */
    public static Map<String, String> params(String client, String... pairs) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("client_id", client);
        params.put("redirect_uri", client.equals("native") ? "http://127.0.0.1/cb" : CALLBACK);
        params.put("response_type", "code");
        params.put("scope", "openid profile");
        params.put("state", "s t&<1>");
        params.put("code_challenge", CHALLENGE);
        params.put("code_challenge_method", "S256");
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1].isEmpty()) {
                params.remove(pairs[i]);
            } else {
                params.put(pairs[i], pairs[i + 1]);
            }
        }
        return params;
    }

    public static Answer authorize(TestBrowser browser, String client, String... pairs) {
        return browser.get("/oidc/auth?" + TestBrowser.encode(params(client, pairs)));
    }

    /** What the sign-in pages do in the end. The address to go on with. */
    public String answerAs(TestBrowser browser, String user) {
        ObjectNode answer = Json.object();
        answer.putObject("login")
                .put("accountId", user)
                .put("at", server.clock().millis());
        return answer(browser, answer);
    }

    public String answer(TestBrowser browser, ObjectNode answer) {
        String uid = uid(browser);
        Interactions interactions = new Interactions(server.app().database(), Ids.secure(), server.clock());
        server.app().database().run(Tenants.DEFAULT, tx -> interactions.answer(tx, uid, answer));
        return "/oidc/auth/" + uid;
    }

    public static String uid(TestBrowser browser) {
        String map = browser.cookie("_interaction").orElseThrow();
        String json = java.net.URLDecoder.decode(map, java.nio.charset.StandardCharsets.UTF_8);
        return Json.read(json).path("_legacy").asString();
    }

    /** A whole sign-in; the last answer leads to the client. */
    public Answer signIn(TestBrowser browser, String user, String client, String... pairs) {
        Answer sentOff = authorize(browser, client, pairs);
        if (!sentOff.location().startsWith("/")) {
            throw new AssertionError("Expected a page of ours: " + sentOff.location());
        }
        return browser.get(answerAs(browser, user));
    }

    /** A parameter of an answer to the client. */
    public static Optional<String> param(String location, String name) {
        String query = location.contains("#")
                ? URI.create(location).getRawFragment()
                : URI.create(location).getRawQuery();
        return dev.ostiary.http.Params.parse(query).first(name);
    }

    public static String code(Answer answer) {
        return param(answer.location(), "code").orElseThrow(() -> new AssertionError(answer.location()));
    }

    public static String error(Answer answer) {
        return param(answer.location(), "error").orElseThrow(() -> new AssertionError(answer.location()));
    }

    @Override
    public void close() {
        server.close();
    }
}
