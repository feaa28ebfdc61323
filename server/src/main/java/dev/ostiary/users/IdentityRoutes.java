package dev.ostiary.users;

import dev.ostiary.db.Database;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/users/{userId}/identities}: accounts at social providers, by their target. */
final class IdentityRoutes {
    private static final String TAG = "Users";

    private final Database database;
    private final Users users;

    IdentityRoutes(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    /** @param details what the provider told when the account was last used */
    record Identity(String userId, Optional<ObjectNode> details) {}

    /** @param connectorData what the provider sent back to the connector */
    record Link(String connectorId, ObjectNode connectorData) {}

    /** Its tokens are kept with the connector that got them. */
    record Single(ObjectNode identity) {}

    void mount(Routes api) {
        api.post("/users/{userId}/identities", this::link)
                .documented("CreateUserIdentity", TAG)
                .takes(Link.class)
                .answers(200, ObjectNode.class)
                .answers(400, 401, 403, 404, 422);
        api.get("/users/{userId}/identities/{target}", this::get)
                .documented("GetUserIdentity", TAG)
                .query("includeTokenSecret")
                .answers(200, Single.class)
                .answers(400, 401, 403, 404);
        api.put("/users/{userId}/identities/{target}", this::put)
                .documented("ReplaceUserIdentity", TAG)
                .takes(Identity.class)
                .answers(200, ObjectNode.class)
                .answers(201, ObjectNode.class)
                .answers(400, 401, 403, 404, 422);
        api.delete("/users/{userId}/identities/{target}", this::delete)
                .documented("DeleteUserIdentity", TAG)
                .answers(200, UserJson.View.class)
                .answers(400, 401, 403, 404);
    }

    /** No connector signs in at a social provider, so whichever is named is unknown. */
    private Response link(Request request) {
        request.body(Link.class);
        database.read(request.tenant(), tx -> users.get(tx, request.param("userId")));
        throw CommonError.ENTITY_NOT_FOUND.exception();
    }

    private Response get(Request request) {
        User user = database.read(request.tenant(), tx -> users.get(tx, request.param("userId")));
        JsonNode identity = user.identities().get(request.param("target"));
        if (!(identity instanceof ObjectNode known)) {
            throw UserError.IDENTITY_NOT_EXIST.exception();
        }
        return Response.json(new Single(known));
    }

    private Response put(Request request) {
        ObjectNode identity = (ObjectNode) Json.tree(request.body(Identity.class));
        String target = request.param("target");
        boolean[] existed = {false};
        User user = database.write(request.tenant(), tx -> {
            User before = users.lock(tx, request.param("userId"));
            existed[0] = before.identities().has(target);
            return users.linkIdentity(tx, before.id(), target, identity);
        });
        return Response.json(existed[0] ? 200 : 201, user.identities());
    }

    private Response delete(Request request) {
        return UserRoutes.view(database.write(request.tenant(), tx -> {
            User user = users.get(tx, request.param("userId"));
            return users.unlinkIdentity(tx, user.id(), request.param("target"))
                    .orElseThrow(UserError.IDENTITY_NOT_EXIST::exception);
        }));
    }
}
