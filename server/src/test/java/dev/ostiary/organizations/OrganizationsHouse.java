package dev.ostiary.organizations;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import dev.ostiary.users.NewUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The program, with short ways to what organizations need. */
final class OrganizationsHouse implements AutoCloseable {
    static final String ORGANIZATIONS = "/organizations";
    static final String USER = "User";
    static final String MACHINE = "MachineToMachine";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TestServer server = TestServer.start();
    final TestApi api = server.api();

    static String unique(String word) {
        return word + "-" + NUMBER.incrementAndGet();
    }

    String organization() {
        return created(ORGANIZATIONS, Map.of("name", unique("Organization")));
    }

    /** A user of the default tenant. */
    String user() {
        return user("default", unique("user").replace('-', '_'));
    }

    String user(String tenant, String username) {
        NewUser user = new NewUser(
                username,
                username + "@example.com",
                null,
                "Name of " + username,
                null,
                Json.object(),
                Json.object(),
                null);
        return server.app()
                .database()
                .write(tenant, tx -> server.app().users().create(tx, user))
                .id();
    }

    String machine() {
        return application(MACHINE);
    }

    String application(String type) {
        return created("/applications", Map.of("name", unique("Application"), "type", type));
    }

    String role(String type) {
        return created("/organization-roles", Map.of("name", unique("role"), "type", type));
    }

    String scope() {
        return created("/organization-scopes", Map.of("name", unique("scope")));
    }

    String resource() {
        return created("/resources", Map.of("name", "API", "indicator", "https://" + unique("api") + ".example.com"));
    }

    String resourceScope(String resource, String name) {
        return created("/resources/" + resource + "/scopes", Map.of("name", name));
    }

    /** @return the id of what was made */
    String created(String path, Map<String, ?> body) {
        return api.created(path, body).get("id").asString();
    }

    /** Makes users members. */
    void join(String organization, String... users) {
        require(201, api.post(ORGANIZATIONS + "/" + organization + "/users", Map.of("userIds", List.of(users))));
    }

    static void require(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
    }

    /** The ids of a list's rows, in order. */
    List<String> ids(String path) {
        Answer answer = api.get(path);
        require(200, answer);
        return answer.json().valueStream().map(row -> row.get("id").asString()).toList();
    }

    String total(String path) {
        return api.get(path).header("Total-Number").orElseThrow();
    }

    Answer patchIf(String tag, String path, Object body) {
        return server.browser()
                .json(
                        "PATCH",
                        "/api" + path,
                        body,
                        "Authorization",
                        "Bearer " + server.managementToken("default"),
                        "If-Match",
                        tag);
    }

    @Override
    public void close() {
        server.close();
    }
}
