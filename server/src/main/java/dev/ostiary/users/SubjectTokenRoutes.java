package dev.ostiary.users;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/subject-tokens}. */
public final class SubjectTokenRoutes {
    private final Database database;
    private final Users users;
    private final SubjectTokens tokens;

    public SubjectTokenRoutes(Database database, Users users, SubjectTokens tokens) {
        this.database = database;
        this.users = users;
        this.tokens = tokens;
    }

    record Create(String userId, Optional<ObjectNode> context) {}

    /** @param expiresIn seconds */
    record View(String subjectToken, long expiresIn) {}

    public void mount(Routes api) {
        api.post("/subject-tokens", this::create)
                .documented("CreateSubjectToken", "Subject tokens")
                .takes(Create.class)
                .answers(201, View.class)
                .answers(400, 401, 403, 404);
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        String token = database.write(request.tenant(), tx -> {
            User user = users.get(tx, wanted.userId());
            return tokens.issue(tx, user.id(), wanted.context().orElseGet(Json::object));
        });
        return Response.json(201, new View(token, SubjectTokens.LIFETIME.toSeconds()))
                .with("Cache-Control", "no-store");
    }
}
